"""Long texts in pieces: engines slow down or crash over a few hundred characters, so they get sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_PIECE = 300
"""Characters that go to an engine at once."""

ENDS = (
    (re.compile(r"(?<=[.!?])\s+"), 520),
    (re.compile(r"(?<=[:;])\s+"), 410),
    (re.compile(r"(?<=,)\s+"), 310),
    (re.compile(r"\s+"), 30),
)
"""Where a text may be parted, best first, and the pause in ms that espeak makes there at 140 words a minute."""

MEASURED_WPM = 140

LONG_WORD = re.compile(r"(\S{100})(?=\S)")
"""libespeak-ng drops what a word has beyond 160 bytes, so a word gets a space after so many characters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and the silence in ms that follows unless it is the last."""

    text: str
    pause_ms: int


def pieces(text: str, rate_wpm: int, longest: int = LONGEST_PIECE) -> tuple[Piece, ...]:
    """Return ``text`` in pieces of at most ``longest`` characters, parted where a speaker would breathe."""
    return tuple(
        Piece(part, round(pause * MEASURED_WPM / rate_wpm))
        for part, pause in _parted(LONG_WORD.sub(r"\1 ", text.strip()), 0, ENDS[0][1], longest)
        if any(character.isalnum() for character in part)
    )


def _parted(text: str, level: int, pause: int, longest: int) -> Iterator[tuple[str, int]]:
    """Yield the parts of ``text`` with the pause after each; ``pause`` is what follows the whole text."""
    if len(text) <= longest:
        yield text, pause
        return
    if level == len(ENDS):
        yield from ((text[at : at + longest], 0) for at in range(0, len(text), longest))
        return
    pattern, own_pause = ENDS[level]
    groups = _grouped(pattern.split(text), longest)
    for number, group in enumerate(groups, 1):
        yield from _parted(group, level + 1, pause if number == len(groups) else own_pause, longest)


def _grouped(parts: list[str], longest: int) -> list[str]:
    """Return neighbouring ``parts`` put together as long as they stay short enough, so that pieces are few."""
    groups: list[str] = []
    for part in parts:
        if groups and len(groups[-1]) + 1 + len(part) <= longest:
            groups[-1] += " " + part
        else:
            groups.append(part)
    return groups
