"""Continuous sound to MP3 on all processors: encoded in overlapping chunks, whose frames are joined without a seam.

A frame may take its data from the frames before it, the bit reservoir: it points back by up to 511 bytes
(main_data_begin, ISO/IEC 11172-3, 2.4.3.4). Two encodings of the same sound can be joined at a frame where the later
one points back no further than the earlier one: the bytes that it points to are written over those that the earlier
one left for its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from msgspec import Struct

from audioguide.audio.clip import Samples
from audioguide.audio.mp3.encoder import encode_pieces
from audioguide.audio.mp3.info_frame import frames_needed
from audioguide.audio.mp3.mp3_format import HEADER_BYTES, STEREO, Mp3Format
from audioguide.audio.parallel import in_parallel
from audioguide.model.progress import Progress

CHUNK_FRAMES = 1_250
"""30 s. The same on every machine, so that the same session has the same bytes."""

PRE_ROLL_FRAMES = 16
"""A fresh encoder's first frames differ from those of one that has run on: filters, bits in reserve."""

OVERLAP_FRAMES = 24
"""Frames among which the place to join is looked for."""

SamplesBetween = Callable[[int, int], Samples]
"""Returns the sound from one sample to another, shape (n, channels); silence beyond the end. Called in threads."""


class _Chunk(Struct, frozen=True):
    """Frames ``first`` to ``first + count`` by an encoder of their own; ``own`` is the first frame it is for."""

    own: int
    first: int
    count: int


def encode_chunks(
    read: SamplesBetween,
    samples: int,
    mp3_format: Mp3Format = STEREO,
    progress: Progress | None = None,
    threads: int | None = None,
) -> bytes:
    """Return ``samples`` samples of each channel as MP3 frames, as true as by one encoder.

    Args:
        read: gives the sound; the same stretch is asked for by two chunks.
        samples: how many samples of each channel there are.
        mp3_format: what kind of MP3.
        progress: told now and then how many chunks are done, of how many.
        threads: how many encode side by side; None for one a processor. The result does not depend on it.

    Raises:
        ValueError: when the sound peaks above what the encoder takes.
        OutputError: when the encoder failed.
    """
    total = frames_needed(samples, mp3_format)
    chunks: list[_Chunk] = []
    # What is left at the end within an overlap's length, the chunk before carries: it has no frames to join at.
    for own in range(0, max(1, total - OVERLAP_FRAMES), CHUNK_FRAMES):
        first = max(0, own - PRE_ROLL_FRAMES)
        chunks.append(_Chunk(own, first, min(total, own + CHUNK_FRAMES + OVERLAP_FRAMES) - first))
    at_once = threads or os.cpu_count() or 1
    encoded = in_parallel(chunks, lambda chunk: _encode_chunk(read, chunk, mp3_format), at_once, progress)
    joined = bytearray(encoded[0])
    for chunk, frames in zip(chunks[1:], encoded[1:], strict=True):
        at = _join_at(joined, chunk, frames, mp3_format)
        if at is None:
            # Among so few frames there may be none to join at; one encoder needs none.
            return encode_whole(read, samples, mp3_format)
        _join(joined, frames, at=at, own_at=at - chunk.first, mp3_format=mp3_format)
    return bytes(joined)


def encode_whole(read: SamplesBetween, samples: int, mp3_format: Mp3Format = STEREO) -> bytes:
    """Return the same by one encoder, on one processor: the way back where chunks can't be joined, and to compare.

    Raises:
        ValueError: as `encode_chunks` does.
        OutputError: as `encode_chunks` does.
    """
    return _encode_chunk(read, _Chunk(own=0, first=0, count=frames_needed(samples, mp3_format)), mp3_format)


def _encode_chunk(read: SamplesBetween, chunk: _Chunk, mp3_format: Mp3Format) -> bytes:
    size = mp3_format.samples_per_frame
    # A frame more than is wanted, so that the last one is encoded as in the midst of sound: the transform of each
    # frame overlaps half of the next.
    end = chunk.first + chunk.count + 1
    # Read 30 s at a time, for `encode_whole` reads all of a session.
    steps = range(chunk.first, end, CHUNK_FRAMES)
    pieces = (read(first * size, min(end, first + CHUNK_FRAMES) * size) for first in steps)
    return encode_pieces(pieces, chunk.count, mp3_format)


def _join_at(joined: bytearray, chunk: _Chunk, frames: bytes, mp3_format: Mp3Format) -> int | None:
    """Return the first frame at which ``frames`` may go on where ``joined`` leaves off."""
    size = mp3_format.frame_bytes
    for at in range(chunk.own, min(chunk.own + OVERLAP_FRAMES, len(joined) // size)):
        if _main_data_begin(frames, (at - chunk.first) * size) <= _main_data_begin(joined, at * size):
            return at
    return None


def _join(joined: bytearray, frames: bytes, *, at: int, own_at: int, mp3_format: Mp3Format) -> None:
    """Let ``joined`` go on with ``frames`` from its frame ``at`` on, which is the frame ``own_at`` of theirs."""
    size = mp3_format.frame_bytes
    room = size - HEADER_BYTES - mp3_format.side_bytes
    missing = _main_data_begin(frames, own_at * size)
    del joined[at * size :]
    # The frame's data may begin several frames back. main_data_begin counts only the room for data, not the headers
    # and side information in between, so it is copied frame by frame, from the end of each.
    end, own_end = at * size, own_at * size
    while missing > 0:
        count = min(room, missing)
        joined[end - count : end] = frames[own_end - count : own_end]
        end, own_end, missing = end - size, own_end - size, missing - count
    joined += frames[own_at * size :]


def _main_data_begin(frames: bytes | bytearray, at: int) -> int:
    """Return how many bytes back the data of the frame at a byte begins: nine bits behind an MPEG-1 frame's header."""
    return frames[at + HEADER_BYTES] << 1 | frames[at + HEADER_BYTES + 1] >> 7
