"""Rules of reading as rows of tables: a pattern, and what is said in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from re import Match, Pattern

Written = tuple[str, str | Callable[[Match[str]], str]]
"""A row as it is written: a pattern, and what is said in its place or what makes that of a match."""

Rows = tuple[tuple[Pattern[str], str | Callable[[Match[str]], str]], ...]
"""Applied in order, so a row for a special case stands above the general one."""


def rows(*written: Written, flags: int = 0) -> Rows:
    """Return rows with their patterns compiled."""
    return tuple((re.compile(pattern, flags), said) for pattern, said in written)


def applied(table: Rows, text: str) -> str:
    """Return ``text`` with each row of ``table`` applied once."""
    for pattern, said in table:
        text = pattern.sub(said, text)
    return text
