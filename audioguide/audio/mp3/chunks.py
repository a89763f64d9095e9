"""Continuous sound to MP3 on all processors: encoded in overlapping chunks, whose frames are joined without a seam.
`audio.render.render_music` calls it.

A frame may take its data from the frames before it: it points back by up to 511 bytes (main_data_begin, ISO/IEC
11172-3, 2.4.3.4). Two encodings of the same sound can be joined at a frame where the later one points back no further
than the earlier one: the bytes that it points to are written over those that the earlier one left for its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Frames ``first`` to ``first + count`` by an encoder of their own; ``own`` is the first frame it is for."""

    own: int
    first: int
    count: int


def encode_chunks(
    part: SamplesBetween,
    samples: int,
    form: Mp3Format = STEREO,
    progress: Progress | None = None,
    threads: int | None = None,
) -> bytes:
    """Return ``samples`` samples of each channel as MP3 frames, as true as by one encoder.

    Args:
        part: gives the sound; the same stretch is asked for by two chunks.
        samples: how many samples of each channel there are.
        form: what kind of MP3.
        progress: told now and then how many chunks are done, of how many.
        threads: how many encode side by side; None for one a processor. The result does not depend on it.

    Raises:
        ValueError: when the sound peaks above what the encoder takes.
        OutputError: when the encoder failed.
    """
    total = frames_needed(samples, form)
    chunks = list(_chunks(total))
    at_once = threads or os.cpu_count() or 1
    encoded = in_parallel(chunks, lambda chunk: _encoded(part, chunk, form), at_once, progress)
    joined = bytearray(encoded[0])
    for chunk, frames in zip(chunks[1:], encoded[1:], strict=True):
        at = _join_at(joined, chunk, frames, form)
        if at is None:
            return encode_whole(part, samples, form)
        _join(joined, at, frames, at - chunk.first, form)
    return bytes(joined)


def encode_whole(part: SamplesBetween, samples: int, form: Mp3Format = STEREO) -> bytes:
    """Return the same by one encoder, on one processor: the way back where chunks can't be joined, and to compare.

    Raises:
        ValueError: as `encode_chunks` does.
        OutputError: as `encode_chunks` does.
    """
    total = frames_needed(samples, form)
    return encode_pieces(_parts(part, _Chunk(0, 0, total), form), total, form)


def _chunks(total: int) -> Iterator[_Chunk]:
    # What is left within an overlap's length the chunk before carries to the end.
    for own in range(0, max(1, total - OVERLAP_FRAMES), CHUNK_FRAMES):
        first = max(0, own - PRE_ROLL_FRAMES)
        yield _Chunk(own, first, min(total, own + CHUNK_FRAMES + OVERLAP_FRAMES) - first)


def _encoded(part: SamplesBetween, chunk: _Chunk, form: Mp3Format) -> bytes:
    return encode_pieces(_parts(part, chunk, form), chunk.count, form)


def _parts(part: SamplesBetween, chunk: _Chunk, form: Mp3Format) -> Iterator[Samples]:
    """Yield the sound of a chunk, and a frame more, so that its last frame is encoded as in the midst of sound."""
    size = form.samples_per_frame
    end = chunk.first + chunk.count + 1
    for first in range(chunk.first, end, CHUNK_FRAMES):
        yield part(first * size, min(end, first + CHUNK_FRAMES) * size)


def _join_at(joined: bytearray, chunk: _Chunk, frames: bytes, form: Mp3Format) -> int | None:
    """Return the first frame at which ``frames`` may go on where ``joined`` leaves off."""
    size = form.frame_bytes
    for at in range(chunk.own, min(chunk.own + OVERLAP_FRAMES, len(joined) // size)):
        if _points_back(frames, (at - chunk.first) * size) <= _points_back(joined, at * size):
            return at
    return None


def _points_back(frames: bytes | bytearray, at: int) -> int:
    """Return main_data_begin of the frame at a byte: the nine bits behind the header of an MPEG-1 frame."""
    return frames[at + HEADER_BYTES] << 1 | frames[at + HEADER_BYTES + 1] >> 7


def _join(joined: bytearray, at: int, frames: bytes, own_at: int, form: Mp3Format) -> None:
    """Let ``joined`` go on with ``frames`` from its frame ``at`` on, which is the frame ``own_at`` of theirs."""
    size = form.frame_bytes
    room = size - HEADER_BYTES - form.side_bytes
    missing = _points_back(frames, own_at * size)
    del joined[at * size :]
    end, own_end = at * size, own_at * size
    while missing > 0:
        count = min(room, missing)
        joined[end - count : end] = frames[own_end - count : own_end]
        end, own_end, missing = end - size, own_end - size, missing - count
    joined += frames[own_at * size :]
