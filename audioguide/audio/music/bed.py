"""The music bed: in broadcasting, music that plays below a voice. Pieces one after the other, cross-faded, at one
loudness, from the session's start to its end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain, cycle, pairwise
from pathlib import Path

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Samples
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.music.pieces import RATE_HZ, Piece, load_piece

CROSS_FADE_S = 4.0
FADE_IN_S, FADE_OUT_S = 3.0, 6.0

_SHORTEST_SHARE = 3
"""A cross-fade takes a third of either piece at most, so that every piece is heard for itself, too."""

_LOUD_PASSAGE_LU = 4.0
"""A piece whose loudest 3 s lie further above its loudness is set by those: no passage may rise into the words."""


class _PlacedPiece(Struct, frozen=True):
    """A piece in its place; ``fade_in`` and ``fade_out`` are the samples it shares with its neighbours."""

    piece: Piece
    start: int
    fade_in: int
    fade_out: int
    gain: float

    @property
    def end(self) -> int:
        return self.start + self.piece.size


class MusicBed:
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
        pieces: list[Piece] = []
        missing = samples
        # Only what is heard is decoded: of a folder with ten hours of music as much as the session has room for.
        for file in files:
            pieces.append(load_piece(file, missing / RATE_HZ + CROSS_FADE_S))
            missing -= pieces[-1].size - round(CROSS_FADE_S * RATE_HZ)
            if missing <= 0:
                break
        placed: list[_PlacedPiece] = []
        start, fade_in = 0, 0
        # Over and over, each overlapping the next, until they fill the session.
        for piece, following in pairwise(chain(pieces, cycle(pieces))):
            shortest = min(piece.size, following.size) // _SHORTEST_SHARE
            fade_out = min(round(CROSS_FADE_S * RATE_HZ), shortest)
            level = max(piece.loudness_lufs, piece.loudest_lufs - _LOUD_PASSAGE_LU)
            gain = db_to_amplitude(target_lufs - level)
            placed.append(_PlacedPiece(piece, start, fade_in=fade_in, fade_out=fade_out, gain=gain))
            start += piece.size - fade_out
            fade_in = fade_out
            if start >= samples:
                break
        self._placed = tuple(placed)
        self._starts = [each.start for each in placed]

    def read(self, start: int, end: int) -> Samples:
        """Return the music from one sample to another, float32, shape (n, 2); silence beyond the session's end."""
        music = np.zeros((end - start, 2), np.float32)
        # Only neighbours overlap, so the one before the last to start by then is the first that may still be heard.
        first = max(0, bisect_right(self._starts, start) - 2)
        for placed in self._placed[first : bisect_right(self._starts, end)]:
            begin, stop = max(start, placed.start), min(end, placed.end, self._samples)
            if begin < stop:
                # Two quarters of a sine: their powers add up to 1, which keeps the power of music that differs.
                fades = np.ones(stop - begin, np.float32)
                _fade(fades, begin, edge=placed.start, length=placed.fade_in)
                _fade(fades, begin, edge=placed.end, length=-placed.fade_out)
                own = placed.piece.samples(begin - placed.start, stop - placed.start)
                own *= (placed.gain * fades)[:, None]
                music[begin - start : stop - start] += own
        fades = np.ones(end - start, np.float32)
        _fade(fades, start, edge=0, length=round(FADE_IN_S * RATE_HZ))
        _fade(fades, start, edge=self._samples, length=-round(FADE_OUT_S * RATE_HZ))
        # Squared: next to silence nothing makes up for the other half, and a sine would begin too steeply.
        music *= (fades**2)[:, None]
        return music


def _fade(gains: Samples, first: int, *, edge: int, length: int) -> None:
    """Let gains of samples from ``first`` on rise from 0 at ``edge``, or, for a negative length, fall to 0 there."""
    begin, end = sorted((edge, edge + length))
    at = np.arange(max(begin, first), min(end, first + gains.size))
    if at.size:
        # Between the samples, so that a fade out and the fade in over the same samples mirror each other.
        share = (np.abs(at - edge) + (0.5 if length > 0 else -0.5)) / abs(length)
        gains[at[0] - first : at[-1] + 1 - first] *= np.sin(np.pi / 2 * share).astype(np.float32)
