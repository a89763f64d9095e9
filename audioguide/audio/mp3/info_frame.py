"""The Info frame that opens an MP3: it tells decoders the exact length. Made for `audio.mp3.encoder`, read back by
`check`.

Layout: "Mp3 Info Tag rev 1 specifications" (LAME project), behind a frame header of ISO/IEC 11172-3, 2.4.1.3.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from audioguide.audio.mp3.crc16 import crc16
from audioguide.audio.mp3.mp3_format import HEADER_BYTES, MONO, Mp3Format, format_of

ENCODER_DELAY = 576
"""Samples that LAME puts ahead of the sound; what it writes itself into this frame."""

DECODER_DELAY = 529
"""Samples that every layer III decoder adds; decoders that know the Info frame cut them along with the encoder's."""

_ID3_HEADER_BYTES = 10
_FRAMES_AND_BYTES = 0x0003
_ENCODER = b"LAME3.100"
_REVISION_AND_CBR = 0x01
_LONGEST_PADDING = 0xFFF
_XING = struct.Struct(">4sIII")
_LAME = struct.Struct(">9sBBIHHBB3sBBHIH")


@dataclass(frozen=True, slots=True)
class Info:
    """What an Info frame says.

    Attributes:
        frames: number of frames after this one.
        total_bytes: length of all frames, this one included.
        delay: samples that the encoder put ahead of the sound.
        padding: samples that it put behind.
        form: rate, channels and size of its frames.
        music_crc: CRC-16 of all frames after this one.
        intact: whether the frame's own CRC-16 agrees.
    """

    frames: int
    total_bytes: int
    delay: int
    padding: int
    form: Mp3Format
    music_crc: int
    intact: bool

    @property
    def samples(self) -> int:
        """Length of the sound in samples."""
        return self.frames * self.form.samples_per_frame - self.delay - self.padding


def frames_needed(samples: int, form: Mp3Format = MONO) -> int:
    """Return how many frames carry ``samples`` samples of each channel through both delays."""
    return -(-(samples + ENCODER_DELAY + DECODER_DELAY) // form.samples_per_frame)


def info_frame(frames: bytes, samples: int, form: Mp3Format = MONO) -> bytes:
    """Return the frame that stands before ``frames`` so that decoders give ``samples`` samples at offset 0.

    Raises:
        ValueError: when ``frames`` are not whole, or too few or too many for ``samples``.
    """
    count, rest = divmod(len(frames), form.frame_bytes)
    if rest:
        raise ValueError(f"{count} frames and {rest} bytes can't carry {samples} samples")
    return info_frame_for(count, crc16(frames), samples, form)


def info_frame_for(count: int, music_crc: int, samples: int, form: Mp3Format = MONO) -> bytes:
    """Return the frame that stands before ``count`` frames with this CRC-16, as `info_frame` does.

    There is no table of contents: in a constant bitrate players compute positions exactly, while its 256 steps would
    put a jump in a 20 minute session up to 5 s off.

    Raises:
        ValueError: when there are too few or too many frames for ``samples``.
    """
    padding = count * form.samples_per_frame - ENCODER_DELAY - samples
    if samples < 1 or not DECODER_DELAY <= padding <= _LONGEST_PADDING:
        raise ValueError(f"{count} frames can't carry {samples} samples")
    total_bytes = form.frame_bytes * (1 + count)
    xing = _XING.pack(b"Info", _FRAMES_AND_BYTES, count, total_bytes)
    head = form.header + bytes(form.side_bytes) + xing + _lame_fields(padding, total_bytes, music_crc, form)
    return (head + crc16(head).to_bytes(2, "big")).ljust(form.frame_bytes, b"\0")


def _lame_fields(padding: int, total_bytes: int, music_crc: int, form: Mp3Format) -> bytes:
    delays = (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    unknown = 0
    return _LAME.pack(
        _ENCODER, _REVISION_AND_CBR, unknown, 0, 0, 0, unknown, form.bitrate_kbps,
        delays, unknown, 0, 0, total_bytes, music_crc,
    )  # fmt: skip


def without_tag(mp3: bytes) -> bytes:
    """Return ``mp3`` without the ID3v2 tag in front, if there is one (ID3v2.3, 3.1: a size of seven bits a byte)."""
    if len(mp3) < _ID3_HEADER_BYTES or not mp3.startswith(b"ID3"):
        return mp3
    size = sum(byte << 7 * place for place, byte in enumerate(reversed(mp3[6:_ID3_HEADER_BYTES])))
    return mp3[_ID3_HEADER_BYTES + size :]


def is_unaltered(frames: bytes) -> bool:
    """Return whether ``frames``, the Info frame first, are those that it was written for, to the last byte."""
    info = read_info(frames)
    return (
        info is not None
        and info.intact
        and info.total_bytes == len(frames)
        and info.music_crc == crc16(frames[info.form.frame_bytes :])
    )


def read_info(frames: bytes) -> Info | None:
    """Return what the Info frame at the start of ``frames`` says, or None where there is none in this layout."""
    form = format_of(frames)
    if form is None or len(frames) < form.frame_bytes:
        return None
    xing_at = HEADER_BYTES + form.side_bytes
    name, flags, count, _ = _XING.unpack_from(frames, xing_at)
    if name != b"Info" or flags != _FRAMES_AND_BYTES:
        return None
    *_, delays, _, _, _, total_bytes, music_crc = _LAME.unpack_from(frames, xing_at + _XING.size)
    packed = int.from_bytes(delays, "big")
    tag_crc_at = xing_at + _XING.size + _LAME.size
    return Info(
        frames=count,
        total_bytes=total_bytes,
        delay=packed >> 12,
        padding=packed & _LONGEST_PADDING,
        form=form,
        music_crc=music_crc,
        intact=int.from_bytes(frames[tag_crc_at : tag_crc_at + 2], "big") == crc16(frames[:tag_crc_at]),
    )
