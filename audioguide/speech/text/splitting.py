"""Long texts in pieces: engines slow down or crash over a few hundred characters, so they get sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

LONGEST_PIECE = 300
"""Characters that go to an engine at once."""

# Measured on `gmw/en-us`; a joined text then pauses as one that is spoken in one go.
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


class Piece(Struct, frozen=True):
    """A part of a text, and the silence in ms that follows unless it is the last."""

    text: str
    pause_ms: int


def sentence_pause_ms(rate_wpm: int) -> int:
    """Return the silence between two sentences at ``rate_wpm``."""
    return round(ENDS[0][1] * MEASURED_WPM / rate_wpm)


def pieces(text: str, rate_wpm: int, longest: int = LONGEST_PIECE) -> tuple[Piece, ...]:
    """Return ``text`` in pieces of at most ``longest`` characters, parted where a speaker would breathe."""
    return tuple(
        Piece(part, round(pause * MEASURED_WPM / rate_wpm))
        for part, pause in _parted(LONG_WORD.sub(r"\1 ", text.strip()), 0, ENDS[0][1], longest)
        # A piece of nothing but signs is spoken as silence, which engines are refused for.
        if any(character.isalnum() for character in part)
    )


def _parted(text: str, level: int, pause: int, longest: int) -> Iterator[tuple[str, int]]:
    """Yield the parts of ``text`` with the pause after each.

    Args:
        text: what is to be parted.
        level: which of ``ENDS`` to part at; those before have been tried.
        pause: what follows the whole text, in ms.
        longest: characters in a part.
    """
    if len(text) <= longest:
        yield text, pause
        return
    if level == len(ENDS):  # no space left to part at
        yield from ((text[at : at + longest], 0) for at in range(0, len(text), longest))
        return
    pattern, own_pause = ENDS[level]
    # Neighbours are put together again as long as they stay short enough: each piece costs a request, and an engine
    # makes better pauses between sentences than the silence that joins two pieces.
    groups: list[str] = []
    for part in pattern.split(text):
        if groups and len(groups[-1]) + 1 + len(part) <= longest:
            groups[-1] += " " + part
        else:
            groups.append(part)
    for number, group in enumerate(groups, 1):
        yield from _parted(group, level + 1, pause if number == len(groups) else own_pause, longest)
