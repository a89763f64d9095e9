"""Tells the language of a sheet by its words of doses and its small words."""

from __future__ import annotations

import re
from collections import Counter

from audioguide.languages.registry import FOLDERS
from audioguide.languages.sheet_words import plain, sheet_words
from audioguide.languages.text_words import text_words

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return the code of the language that most words of ``text`` are of; English where none is ahead of it."""
    found = Counter(_WORD.findall(plain(text)))

    def hits(code: str) -> int:
        """Return how many words of the text are of a language."""
        words = sheet_words(code)
        known = {plain(word) for word in text_words(code).function_words}
        for phrases in (
            *words.words.values(),
            *words.refused.values(),
            *words.columns.values(),
            words.headings,
            words.openings,
        ):
            known.update(word for phrase in phrases for word in _WORD.findall(phrase))
        # Units and signs are the same everywhere.
        return sum(times for word, times in found.items() if len(word) > 1 and word in known)

    counts = {code: hits(code) for code in FOLDERS}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > counts["en"] else "en"
