"""Pieces of music as a user gives them: found in a file or folder, decoded once, at 48 kHz stereo, with their loudness.
`audio.music.bed` plays them one after the other.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.loudness import SILENCE_LUFS, energies_of, gated_lufs, k_weighted, lufs
from audioguide.audio.mp3.mp3_format import STEREO
from audioguide.audio.read.source import SUFFIXES, Source, open_source, to_stereo
from audioguide.errors import RequestError

RATE_HZ = STEREO.rate_hz
SHORTEST_S = 2.0

_BLOCK_S = 10
_STEPS_A_SECOND = 10
_SHORT_TERM_STEPS = 30
"""Short-term loudness looks at 3 s (EBU Tech 3341, 2.2)."""

_GATING_STEPS = 4
_HISTORY = RATE_HZ // 5
_HEADROOM = 0.5
"""What is kept on disk is turned down by 6 dB, so that what decodes above full scale isn't clipped."""

_FULL_SCALE = 32767


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A decoded piece of music.

    Attributes:
        name: its file's name.
        kept: int16, shape (n, 2), 48 kHz, 6 dB down, on disk.
        loudness_lufs: its integrated loudness (BS.1770), both channels.
        loudest_lufs: its highest short-term loudness.
    """

    name: str
    kept: NDArray[np.int16]
    loudness_lufs: float
    loudest_lufs: float

    @property
    def size(self) -> int:
        """Samples of each channel."""
        return len(self.kept)

    def samples(self, start: int, end: int) -> Samples:
        """Return the sound from one sample to another, float32, shape (n, 2)."""
        return self.kept[start:end].astype(np.float32) / np.float32(_FULL_SCALE * _HEADROOM)


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
        inside = sorted(path.iterdir(), key=_in_order)
    except OSError as error:
        raise RequestError(f"{path}: the folder can't be read ({error.strerror}); see to its permissions") from error
    found = [file for file in inside if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")]
    if not found:
        raise RequestError(f"{path}: no sound file in this folder; put music there as {_suffixes()}, or name a file")
    return tuple(found)


def load_piece(path: Path, longest_s: float) -> Piece:
    """Return the piece in a file, or its first ``longest_s`` seconds, which is all that is decoded.

    Raises:
        RequestError: when it is no sound that can be read, is silent, or is under 2 s.
    """
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
        loudness, loudest = _loudness(np.concatenate(steps))
        if loudness == SILENCE_LUFS:
            raise RequestError(f"{path}: is silent; name music that can be heard")
        file.flush()
        kept = np.memmap(file, np.int16, "r", shape=(size, 2))
    return Piece(path.name, kept, loudness, loudest)


def _in_order(path: Path) -> tuple[object, ...]:
    """Return what sorts names as people do: ``2`` before ``10``."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _suffixes() -> str:
    return "WAV, FLAC, OGG or MP3"


def _resampled(source: Source, most: int) -> Iterator[Samples]:
    """Yield stereo blocks at 48 kHz, ``most`` samples in all."""
    import soxr

    resampler = soxr.ResampleStream(source.rate_hz, RATE_HZ, 2, "float32", "HQ")
    left = most
    for block in source.blocks(source.rate_hz * _BLOCK_S):
        made: Samples = resampler.resample_chunk(to_stereo(block))
        yield made[:left]
        left -= len(made)
        if left <= 0:
            return
    yield resampler.resample_chunk(np.zeros((0, 2), np.float32), last=True)[:left]


class _Meter:
    """Measures block by block; carries so much of the past that the K filter's memory is over."""

    def __init__(self) -> None:
        self._history = np.zeros((_HISTORY, 2), np.float32)
        self._rest = np.zeros((0, 2), np.float32)

    def steps(self, block: Samples) -> NDArray[np.float64]:
        """Return the K-weighted mean squares of the next whole 100 ms, both channels added up."""
        step = RATE_HZ // _STEPS_A_SECOND
        fresh = np.concatenate([self._rest, block])
        count = len(fresh) // step
        now = fresh[: count * step]
        self._rest = fresh[count * step :]
        if not count:
            return np.zeros(0)
        heard = np.concatenate([self._history, now])
        self._history = heard[-_HISTORY:]
        channels = (k_weighted(Clip(np.ascontiguousarray(heard[:, side]), RATE_HZ))[_HISTORY:] for side in (0, 1))
        total: NDArray[np.float64] = sum(energies_of(channel, step) / step for channel in channels)  # type: ignore[assignment]
        return total


def _loudness(steps: NDArray[np.float64]) -> tuple[float, float]:
    """Return integrated and highest short-term loudness of mean squares of 100 ms each."""
    if len(steps) < _GATING_STEPS:
        return SILENCE_LUFS, SILENCE_LUFS
    windows = sliding_window_view(steps, min(_SHORT_TERM_STEPS, len(steps)))
    return gated_lufs(steps), lufs(float(windows.mean(axis=1).max()))
