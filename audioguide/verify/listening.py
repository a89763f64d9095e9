"""Hears a session as it is decoded: each question is answered while its stretch is in memory, and then that goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Samples
from audioguide.model.units import SAMPLES_PER_MS
from audioguide.verify.recording import Recording

_PIECE_MS = 10_000

Take = Callable[[Recording], None]


class _Followed(Struct):
    """A stretch that is heard piece by piece.

    Attributes:
        at_ms: how far it was heard.
        end_ms: where it ends; None for the end of the session.
        take: told each piece.
    """

    at_ms: int
    end_ms: int | None
    take: Take


class Listener:
    """Collects questions about stretches of a session, and answers them in one pass over its samples."""

    def __init__(self) -> None:
        self._asked: list[tuple[int, int, Take]] = []
        self._followed: list[_Followed] = []

    def ask(self, start_ms: int, end_ms: int, take: Take) -> None:
        """Have ``take`` told a recording in which at least the stretch is; for sounds, which take seconds."""
        self._asked.append((start_ms, end_ms, take))

    def follow(self, start_ms: int, end_ms: int | None, take: Take) -> None:
        """Have ``take`` told a stretch of any length, up to the session's end for None, in pieces, in order."""
        self._followed.append(_Followed(max(0, start_ms), end_ms, take))

    def listen(self, blocks: Iterable[Samples], least_ms: int, most_missing_ms: int) -> None:
        """Answer everything that was asked.

        Args:
            blocks: the samples in order, 24 kHz, shape (n,) each.
            least_ms: where they end earlier, silence counts as heard up to there.
            most_missing_ms: where they end so much earlier, the rest is not answered.
        """
        self._asked.sort(key=lambda asked: asked[:2])
        self._followed.sort(key=lambda followed: followed.at_ms)
        start_ms, kept = 0, np.zeros(0, np.float32)
        for block, is_last in _with_silence(blocks, (least_ms, most_missing_ms)):
            kept = np.concatenate((kept, block))
            # The last millisecond may not be whole.
            until_ms = start_ms + (-(-kept.size // SAMPLES_PER_MS) if is_last else kept.size // SAMPLES_PER_MS)
            self._answer(Recording.at(start_ms, kept), until_ms, is_last)
            needed_ms = min((asked[0] for asked in self._asked), default=until_ms)
            needed_ms = min(max(start_ms, needed_ms), until_ms)
            kept, start_ms = kept[(needed_ms - start_ms) * SAMPLES_PER_MS :], needed_ms

    def _answer(self, window: Recording, until_ms: int, is_last: bool) -> None:
        waiting = []
        for number, asked in enumerate(self._asked):
            start_ms, end_ms, take = asked
            if start_ms >= until_ms:
                waiting += self._asked[number:]
                break
            if end_ms <= until_ms:
                take(window)
            elif not is_last:
                waiting.append(asked)
        self._asked = waiting
        following = []
        for number, followed in enumerate(self._followed):
            if followed.at_ms >= until_ms:
                following += self._followed[number:]
                break
            end_ms = until_ms if followed.end_ms is None else min(until_ms, followed.end_ms)
            if followed.at_ms < end_ms:
                followed.take(window.part(followed.at_ms, end_ms))
                followed.at_ms = end_ms
            if followed.end_ms is None or followed.at_ms < followed.end_ms:
                following.append(followed)
        self._followed = following


def _with_silence(blocks: Iterable[Samples], lengths_ms: tuple[int, int]) -> Iterator[tuple[Samples, bool]]:
    """Yield ``blocks`` in pieces of seconds, and silence up to a length; with each whether it is the last.

    Where more is missing than the second length, there is none.
    """
    piece = _PIECE_MS * SAMPLES_PER_MS
    least, most_missing = (length * SAMPLES_PER_MS for length in lengths_ms)
    done = 0
    before: Samples | None = None
    for block in blocks:
        for at in range(0, block.size, piece):
            if before is not None:
                yield before, False
            before = block[at : at + piece]
            done += before.size
    while least - most_missing <= done < least:
        if before is not None:
            yield before, False
        before = np.zeros(min(piece, least - done), np.float32)
        done += before.size
    if before is not None:
        yield before, True
