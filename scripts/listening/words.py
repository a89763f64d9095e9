"""Compares what was said with what was heard, word by word."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from audioguide.errors import SpeechError
from audioguide.speech.text.in_words import in_words
from audioguide.speech.text.normalise import spoken

SPELLINGS = {
    "centimetre": "centimeter",
    "centimetres": "centimeters",
    "cm": "centimeters",
    "ok": "okay",
    "orthopedic": "orthopaedic",
    "program": "programme",
    "inwards": "inward",
    "outwards": "outward",
    "toward": "towards",
}
"""Two spellings, or forms that are the same word. Words that only sound alike are no such pair."""


@dataclass(frozen=True, slots=True)
class Mishearing:
    """A stretch of words that was heard as another.

    Attributes:
        said: the words that were said; empty where words were heard that nobody said.
        heard: the words that were heard; empty where they were missed.
    """

    said: tuple[str, ...]
    heard: tuple[str, ...]

    @property
    def errors(self) -> int:
        """How many words are wrong: changed, missed or added."""
        return max(len(self.said), len(self.heard))


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` as they compare: numbers and signs in words, small letters, no punctuation."""
    # What is heard may be in letters of another script; no such word was said.
    with contextlib.suppress(SpeechError):
        text = in_words(spoken(text, {}))
    found = re.findall(r"[^\W_]+", re.sub(r"['’]", "", text.casefold()))
    return tuple(SPELLINGS.get(word, word) for word in found)


def mishearings(said: Sequence[str], heard: Sequence[str]) -> list[Mishearing]:
    """Return the stretches where two rows of words differ, with the fewest wrong words there can be.

    "table top" for "tabletop" is no mistake: nobody hears how a word is written.
    """
    found: list[Mishearing] = []
    said_run: list[str] = []
    heard_run: list[str] = []

    def end() -> None:
        if said_run or heard_run:
            found.append(Mishearing(tuple(said_run), tuple(heard_run)))
        said_run.clear()
        heard_run.clear()

    for one, other in _aligned(_in_one(said, heard), _in_one(heard, said)):
        if one == other:
            end()
        else:
            said_run += [one] if one else []
            heard_run += [other] if other else []
    end()
    return found


def _in_one(row: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return ``row`` with two words in one where ``other`` has them so."""
    joined: list[str] = []
    for word in row:
        if joined and joined[-1] + word in other:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _aligned(said: Sequence[str], heard: Sequence[str]) -> list[tuple[str, str]]:
    """Return pairs of words by Levenshtein's distance; "" stands where one has no word."""
    rows = [list(range(len(heard) + 1))]
    for at, word in enumerate(said, 1):
        row = [at]
        for other_at, other in enumerate(heard, 1):
            above, left = rows[-1][other_at] + 1, row[-1] + 1
            row.append(min(above, left, rows[-1][other_at - 1] + (word != other)))
        rows.append(row)
    pairs: list[tuple[str, str]] = []
    at, other_at = len(said), len(heard)
    while at or other_at:
        both = rows[at - 1][other_at - 1] + (said[at - 1] != heard[other_at - 1]) if at and other_at else None
        if rows[at][other_at] == both:
            at, other_at = at - 1, other_at - 1
            pairs.append((said[at], heard[other_at]))
        elif at and rows[at][other_at] == rows[at - 1][other_at] + 1:
            at -= 1
            pairs.append((said[at], ""))
        else:
            other_at -= 1
            pairs.append(("", heard[other_at]))
    return pairs[::-1]
