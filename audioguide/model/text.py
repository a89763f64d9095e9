"""Small helpers for the words in messages: similar names, lists, names in braces."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable


def suggest(name: str, known: Iterable[str]) -> str:
    """Return advice for a misspelt name: ``did you mean 'x'?`` or, where nothing is similar, what there is."""
    names = list(known)
    if similar := similar_names(name, names, most=2):
        return "did you mean " + " or ".join(f"'{match}'" for match in similar) + "?"
    return f"there is {listed(names)}" if names else ""


def similar_names(name: str, known: Iterable[str], most: int = 3, cutoff: float = 0.6) -> list[str]:
    """Return the names that a misspelt ``name`` may stand for, the most similar first, at most so many.

    ``cutoff`` is the least share of letters in common, 0 to 1.
    """
    # Imported where a name is misspelt: every command loads this module, and few have use for it.
    from difflib import get_close_matches

    # At 0.6, difflib's usual share of letters in common, one or two slips are forgiven in a word of five letters.
    return get_close_matches(name, list(known), n=most, cutoff=cutoff)


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return ``words`` as a list in a sentence: ``a, b and c``."""
    items = list(words)
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)


def fields_in(text: str) -> set[str]:
    """Return the names in braces in ``text``.

    Raises:
        ValueError: for a brace that is not closed or not opened, or holds more than a name.
    """
    # The parser of str.format, so that what passes here can be formatted, and what can't is found before it is spoken.
    parts = [part for part in string.Formatter().parse(text) if part[1] is not None]
    if any(form or conversion for _, _, form, conversion in parts):
        raise ValueError("a name in braces takes no format")
    return {str(name) for _, name, _, _ in parts}


LONGEST_QUOTED = 40
"""Characters of a wrong answer that are shown again: anybody may paste a whole page."""


def quoted(text: str) -> str:
    """Return what a user wrote as it may stand in a message: in quotes, a long one cut short."""
    return f"'{text}'" if len(text) <= LONGEST_QUOTED else f"'{text[:LONGEST_QUOTED]}…'"


def written_name(name: str) -> str:
    """Return the name of a file as text that can be written into another: what in it is no UTF-8 becomes a sign."""
    # Python reads such bytes as halves of signs (PEP 383).
    return re.sub("[\ud800-\udfff]", "\ufffd", name)


def printable(text: str) -> str:
    """Return ``text`` of whoever wrote it on one line, with a question mark for signs that steer a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
