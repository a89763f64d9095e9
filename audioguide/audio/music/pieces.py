"""Pieces of music as a user gives them: found in a file or folder, decoded once, at 48 kHz stereo, and measured."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.loudness import (
    BLOCK_STEPS,
    SILENCE_LUFS,
    STEP_MS,
    energies_of,
    gated_lufs,
    k_weighted,
    lufs,
)
from audioguide.audio.mp3.mp3_format import STEREO
from audioguide.audio.read.source import Source, is_sound_file, open_source, to_stereo
from audioguide.audio.resample import soxr_module
from audioguide.errors import RequestError
from audioguide.model.text import written_name

RATE_HZ = STEREO.rate_hz
SHORTEST_S = 2.0

_BLOCK_S = 10
_STEP = RATE_HZ * STEP_MS // 1000
_SHORT_TERM_STEPS = 30
"""Short-term loudness looks at 3 s (EBU Tech 3341, 2.2)."""

# After 200 ms nothing is left of the past in the K filter.
_HISTORY = RATE_HZ // 5
_HEADROOM = 0.5
"""What is kept on disk is turned down by 6 dB, so that what decodes above full scale isn't clipped."""

_FULL_SCALE = 32767


class Piece(Struct, frozen=True, eq=False):
    """A decoded piece of music.

    Attributes:
        name: its file's name.
        decoded: int16, shape (n, 2), 48 kHz, 6 dB down, on disk.
        loudness_lufs: its integrated loudness (BS.1770), both channels.
        loudest_lufs: its highest short-term loudness.
    """

    name: str
    decoded: NDArray[np.int16]
    loudness_lufs: float
    loudest_lufs: float

    @property
    def size(self) -> int:
        """Samples of each channel."""
        return len(self.decoded)

    def samples(self, start: int, end: int) -> Samples:
        """Return the sound from one sample to another, float32, shape (n, 2)."""
        return self.decoded[start:end].astype(np.float32) / np.float32(_FULL_SCALE * _HEADROOM)


def find_pieces(path: Path) -> tuple[Path, ...]:
    """Return the files that ``path`` means: itself, or the sound files in the folder, by name, numbers in order.

    Raises:
        RequestError: when there is nothing at ``path``, or no sound file in the folder.
    """
    if not path.is_dir():
        if not path.exists():
            raise RequestError(f"{path}: no such music; check the path")
        return (path,)
    try:
        inside = sorted(path.iterdir(), key=_natural_order)
    except OSError as error:
        raise RequestError(f"{path}: the folder can't be read ({error.strerror}); see to its permissions") from error
    found = [file for file in inside if is_sound_file(file)]
    if not found:
        raise RequestError(
            f"{path}: no sound file in this folder; put music there as WAV, FLAC, OGG or MP3, or name a file"
        )
    return tuple(found)


def load_piece(path: Path, longest_s: float) -> Piece:
    """Return the piece in a file, or its first ``longest_s`` seconds, which is all that is decoded.

    Raises:
        RequestError: when it is no sound that can be read, is silent, or is under 2 s.
    """
    # On disk, not in memory: an hour of it is 690 MB, of which a mix needs 30 s at a time. A memory map of the file
    # outlives its name and its handle.
    with tempfile.TemporaryFile() as file, open_source(path) as source:
        steps: list[NDArray[np.float64]] = []
        meter = _Meter()
        size = 0
        for block in _resampled(source, math.ceil(longest_s * RATE_HZ)):
            steps.append(meter.steps(block))
            file.write(np.rint(np.clip(block * _HEADROOM, -1, 1) * _FULL_SCALE).astype("<i2").tobytes())
            size += len(block)
        if size < SHORTEST_S * RATE_HZ:
            raise RequestError(f"{path}: lasts only {size / RATE_HZ:.1f} s; music needs {SHORTEST_S:g} s at least")
        powers = np.concatenate(steps)
        loudness = gated_lufs(powers) if len(powers) >= BLOCK_STEPS else SILENCE_LUFS
        if loudness == SILENCE_LUFS:
            raise RequestError(f"{path}: is silent; name music that can be heard")
        short_term = sliding_window_view(powers, min(_SHORT_TERM_STEPS, len(powers))).mean(axis=1)
        file.flush()
        decoded = np.memmap(file, np.int16, "r", shape=(size, 2))
    return Piece(written_name(path.name), decoded, loudness, loudest_lufs=lufs(float(short_term.max())))


def _natural_order(path: Path) -> tuple[object, ...]:
    """Return what sorts names as people do: ``2`` before ``10``."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _resampled(source: Source, most: int) -> Iterator[Samples]:
    """Yield stereo blocks at 48 kHz, ``most`` samples in all."""
    resampler = soxr_module().ResampleStream(source.rate_hz, RATE_HZ, num_channels=2, dtype="float32", quality="HQ")
    left = most
    for block in source.blocks(source.rate_hz * _BLOCK_S):
        made: Samples = resampler.resample_chunk(to_stereo(block))
        yield made[:left]
        left -= len(made)
        if left <= 0:
            return
    # The filter still holds the end of the last block; an empty chunk drives it out.
    yield resampler.resample_chunk(np.zeros((0, 2), np.float32), last=True)[:left]


class _Meter:
    """Measures block by block; carries so much of the past that the K filter's memory is over."""

    def __init__(self) -> None:
        self._history = np.zeros((_HISTORY, 2), np.float32)
        self._rest = np.zeros((0, 2), np.float32)

    def steps(self, block: Samples) -> NDArray[np.float64]:
        """Return the K-weighted mean squares of the next whole 100 ms, both channels added up."""
        fresh = np.concatenate([self._rest, block])
        count = len(fresh) // _STEP
        now = fresh[: count * _STEP]
        self._rest = fresh[count * _STEP :]
        if not count:
            return np.zeros(0)
        heard = np.concatenate([self._history, now])
        self._history = heard[-_HISTORY:]
        channels = (k_weighted(Clip(np.ascontiguousarray(heard[:, side]), RATE_HZ))[_HISTORY:] for side in (0, 1))
        # BS.1770 adds the channels' powers, left and right with equal weight.
        total: NDArray[np.float64] = sum(energies_of(channel, _STEP) / _STEP for channel in channels)  # type: ignore[assignment]
        return total
