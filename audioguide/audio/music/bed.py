"""The bed: pieces of music one after the other, cross-faded, at one loudness, from the session's start to its end.
`audio.render.music_mix` puts the voice over it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, pairwise
from pathlib import Path

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.music.pieces import RATE_HZ, Piece, load_piece

CROSS_FADE_S = 4.0
FADE_IN_S, FADE_OUT_S = 3.0, 6.0

_SHORTEST_SHARE = 3
"""A cross-fade takes a third of either piece at most, so that every piece is heard for itself, too."""

_LOUD_PASSAGE_LU = 4.0
"""A piece whose loudest 3 s lie further above its loudness is set by those: no passage may rise into the words."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A piece at its place; ``fade_in`` and ``fade_out`` are the samples it shares with its neighbours."""

    piece: Piece
    start: int
    fade_in: int
    fade_out: int
    gain: float

    @property
    def end(self) -> int:
        return self.start + self.piece.size


class Bed:
    """Music for a whole session.

    Args:
        files: the pieces, played in this order, and again from the first until the session ends.
        samples: length of the session in samples at 48 kHz.
        target_lufs: loudness of every piece.

    Raises:
        RequestError: when a piece can't be read, is silent or too short, or all of them are.
    """

    def __init__(self, files: Sequence[Path], samples: int, target_lufs: float) -> None:
        self._samples = samples
        self._turns = tuple(_turns(_loaded(files, samples), samples, target_lufs))
        self._starts = [turn.start for turn in self._turns]

    def read(self, start: int, end: int) -> Samples:
        """Return the music from one sample to another, float32, shape (n, 2); silence beyond the session's end."""
        heard = np.zeros((end - start, 2), np.float32)
        # Only neighbours overlap, so the one before the last to start by then is the first that may still be heard.
        first = max(0, bisect_right(self._starts, start) - 2)
        for turn in self._turns[first : bisect_right(self._starts, end)]:
            begin, stop = max(start, turn.start), min(end, turn.end, self._samples)
            if begin < stop:
                own = turn.piece.samples(begin - turn.start, stop - turn.start)
                own *= (turn.gain * _fades(turn, begin, stop))[:, None]
                heard[begin - start : stop - start] += own
        heard *= _session_fades(start, end, self._samples)[:, None]
        return heard


def _loaded(files: Sequence[Path], samples: int) -> list[Piece]:
    """Return as many pieces as the session has room for, no more of the last than is heard."""
    pieces: list[Piece] = []
    missing = samples
    for file in files:
        pieces.append(load_piece(file, missing / RATE_HZ + CROSS_FADE_S))
        missing -= pieces[-1].size - round(CROSS_FADE_S * RATE_HZ)
        if missing <= 0:
            break
    return pieces


def _turns(pieces: Sequence[Piece], samples: int, target_lufs: float) -> Iterator[_Turn]:
    start, fade_in = 0, 0
    for piece, following in pairwise(chain(pieces, cycle(pieces))):
        fade_out = min(round(CROSS_FADE_S * RATE_HZ), piece.size // _SHORTEST_SHARE, following.size // _SHORTEST_SHARE)
        yield _Turn(piece, start, fade_in, fade_out, _gain(piece, target_lufs))
        start += piece.size - fade_out
        fade_in = fade_out
        if start >= samples:
            return


def _gain(piece: Piece, target_lufs: float) -> float:
    level = max(piece.loudness_lufs, piece.loudest_lufs - _LOUD_PASSAGE_LU)
    return db_to_amplitude(target_lufs - level)


def _fades(turn: _Turn, start: int, end: int) -> Samples:
    """Return the gain of a turn's samples: two halves of a cross-fade keep the power of music that differs."""
    gains = np.ones(end - start, np.float32)
    _fade(gains, start, turn.start, turn.fade_in)
    _fade(gains, start, turn.end, -turn.fade_out)
    return gains


def _session_fades(start: int, end: int, samples: int) -> Samples:
    gains = np.ones(end - start, np.float32)
    _fade(gains, start, 0, round(FADE_IN_S * RATE_HZ))
    _fade(gains, start, samples, -round(FADE_OUT_S * RATE_HZ))
    return gains**2


def _fade(gains: Samples, first: int, edge: int, length: int) -> None:
    """Let gains of samples from ``first`` on rise from 0 at ``edge``, or, for a negative length, fall to 0 there."""
    begin, end = sorted((edge, edge + length))
    at = np.arange(max(begin, first), min(end, first + gains.size))
    if at.size:
        share = (np.abs(at - edge) + (0.5 if length > 0 else -0.5)) / abs(length)
        gains[at[0] - first : at[-1] + 1 - first] *= np.sin(np.pi / 2 * share).astype(np.float32)
