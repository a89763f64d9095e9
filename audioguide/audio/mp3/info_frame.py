"""The Info frame that opens an MP3: it tells decoders the exact length. Written behind the encoder, read by the check.

Layout: "Mp3 Info Tag rev 1 specifications" (LAME project), behind a frame header of ISO/IEC 11172-3, 2.4.1.3. Without
it decoders give the encoder's and their own delay as sound, and everything is 46 ms late. Its two checksums are
CRC-16/ARC: polynomial 0x8005, reflected, starting at 0.
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

from fastcrc import crc16
from msgspec import Struct

from audioguide.audio.mp3.mp3_format import HEADER_BYTES, MONO, Mp3Format, format_of

ENCODER_DELAY = 576
"""Samples that LAME puts ahead of the sound; what it writes itself into this frame."""

DECODER_DELAY = 529
"""Samples that every layer III decoder adds; decoders that know the Info frame cut them along with the encoder's."""

_ID3_HEADER_BYTES = 10

_READ_BYTES = 1 << 20

# Decoders look for LAME's name before they believe the fields behind it.
_ENCODER = b"LAME3.100"
_REVISION_AND_CBR = 0x01
_UNKNOWN = 0

# Of the four optional fields of Xing's header only two are written: the number of frames and of bytes. There is no
# table of contents: in a constant bitrate players compute positions exactly, while its 256 steps would put a jump in a
# 20 minute session up to 5 s off.
_FRAMES_AND_BYTES = 0x0003

# Delay and padding share three bytes, twelve bits each.
_LONGEST_PADDING = 0xFFF

_XING = struct.Struct(">4sIII")
_LAME = struct.Struct(">9sBBIHHBB3sBBHIH")


class Info(Struct, frozen=True):
    """What an Info frame says.

    Attributes:
        frames: number of frames after this one.
        total_bytes: length of all frames, this one included.
        delay: samples that the encoder put ahead of the sound.
        padding: samples that it put behind.
        mp3_format: rate, channels and size of its frames.
        music_crc: CRC-16 of all frames after this one.
        intact: whether the frame's own CRC-16 agrees.
    """

    frames: int
    total_bytes: int
    delay: int
    padding: int
    mp3_format: Mp3Format
    music_crc: int
    intact: bool

    @property
    def samples(self) -> int:
        """Length of the sound in samples."""
        return self.frames * self.mp3_format.samples_per_frame - self.delay - self.padding


def frames_needed(samples: int, mp3_format: Mp3Format = MONO) -> int:
    """Return how many frames carry ``samples`` samples of each channel through both delays."""
    return -(-(samples + ENCODER_DELAY + DECODER_DELAY) // mp3_format.samples_per_frame)


def info_frame(frames: bytes, samples: int, mp3_format: Mp3Format = MONO) -> bytes:
    """Return the frame that stands before ``frames`` so that decoders give ``samples`` samples at offset 0.

    Raises:
        ValueError: when ``frames`` are not whole, or too few or too many for ``samples``.
    """
    count, rest = divmod(len(frames), mp3_format.frame_bytes)
    if rest:
        raise ValueError(f"{count} frames and {rest} bytes can't carry {samples} samples")
    return info_frame_for(count, crc16.arc(frames), samples, mp3_format)


def info_frame_for(count: int, music_crc: int, samples: int, mp3_format: Mp3Format = MONO) -> bytes:
    """Return the frame that stands before ``count`` frames with this CRC-16, as `info_frame` does.

    Raises:
        ValueError: when there are too few or too many frames for ``samples``.
    """
    padding = count * mp3_format.samples_per_frame - ENCODER_DELAY - samples
    # With less padding than the decoder's own delay, the last samples would never leave the decoder.
    if samples < 1 or not DECODER_DELAY <= padding <= _LONGEST_PADDING:
        raise ValueError(f"{count} frames can't carry {samples} samples")
    total_bytes = mp3_format.frame_bytes * (1 + count)
    xing = _XING.pack(b"Info", _FRAMES_AND_BYTES, count, total_bytes)
    lame = _LAME.pack(
        _ENCODER,
        _REVISION_AND_CBR,
        _UNKNOWN,  # low-pass filter
        0, 0, 0,  # peak, radio and audiophile replay gain: none, so that no player turns the session up or down
        _UNKNOWN,  # encoding flags
        mp3_format.bitrate_kbps,
        (ENCODER_DELAY << 12 | padding).to_bytes(3, "big"),
        _UNKNOWN,  # noise shaping, source rate
        0,  # gain changed after encoding
        0,  # preset
        total_bytes,
        music_crc,
    )  # fmt: skip
    # Its side information is all zeros: a decoder that doesn't know the Info frame plays it as 24 ms of silence.
    head = mp3_format.header + bytes(mp3_format.side_bytes) + xing + lame
    return (head + crc16.arc(head).to_bytes(2, "big")).ljust(mp3_format.frame_bytes, b"\0")


def without_tag(mp3: bytes) -> bytes:
    """Return ``mp3`` without the ID3v2 tag in front, if there is one (ID3v2.3, 3.1: a size of seven bits a byte)."""
    if len(mp3) < _ID3_HEADER_BYTES or not mp3.startswith(b"ID3"):
        return mp3
    return mp3[_ID3_HEADER_BYTES + _tag_bytes(mp3) :]


def _tag_bytes(head: bytes) -> int:
    return sum(byte << 7 * place for place, byte in enumerate(reversed(head[6:_ID3_HEADER_BYTES])))


def is_unaltered(frames: bytes) -> bool:
    """Return whether ``frames``, the Info frame first, are those that it was written for, to the last byte."""
    return is_file_unaltered(io.BytesIO(frames))


def is_file_unaltered(mp3: BinaryIO) -> bool:
    """Return whether the frames of an open file are those that its Info frame was written for, to the last byte.

    A tag in front is passed over. Read in pieces, however long it is.
    """
    head = mp3.read(_ID3_HEADER_BYTES)
    mp3.seek(_ID3_HEADER_BYTES + _tag_bytes(head) if head.startswith(b"ID3") else 0)
    first = mp3.read(_READ_BYTES)
    info = read_info(first)
    if info is None or not info.intact:
        return False
    piece, total, crc = first[info.mp3_format.frame_bytes :], info.mp3_format.frame_bytes, 0
    while piece:
        crc, total = crc16.arc(piece, crc), total + len(piece)
        piece = mp3.read(_READ_BYTES)
    return (info.total_bytes, info.music_crc) == (total, crc)


def read_info(frames: bytes) -> Info | None:
    """Return what the Info frame at the start of ``frames`` says, or None where there is none in this layout."""
    mp3_format = format_of(frames)
    if mp3_format is None or len(frames) < mp3_format.frame_bytes:
        return None
    xing_at = HEADER_BYTES + mp3_format.side_bytes
    name, flags, count, _ = _XING.unpack_from(frames, xing_at)
    if name != b"Info" or flags != _FRAMES_AND_BYTES:
        return None
    *_, delays, _, _, _, total_bytes, music_crc = _LAME.unpack_from(frames, xing_at + _XING.size)
    packed = int.from_bytes(delays, "big")
    # The last field covers the frame up to itself, the frame header included.
    own_crc_at = xing_at + _XING.size + _LAME.size
    return Info(
        frames=count,
        total_bytes=total_bytes,
        delay=packed >> 12,
        padding=packed & _LONGEST_PADDING,
        mp3_format=mp3_format,
        music_crc=music_crc,
        intact=int.from_bytes(frames[own_crc_at : own_crc_at + 2], "big") == crc16.arc(frames[:own_crc_at]),
    )
