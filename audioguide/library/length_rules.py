"""How much text a file may hold: all of it is spoken and held in memory, so that a slip would take gigabytes.

Read from the raw tables, as in `library.rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Problem

MOST_LETTERS = 100_000
"""Of all texts together: nearly two hours of speech, and five times what the built-in protocols and exercises hold."""

MOST_LINES = 100
"""Of a list of texts: of coaching a hold says a few."""


def length_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is too long in a protocol's or a profile's table."""
    letters = sum(map(len, _texts(table)))
    if letters > MOST_LETTERS:
        hint = f"use at most {MOST_LETTERS}, nearly two hours of speech; split it into several protocols"
        yield Problem("", f"has {letters} letters of text in all", hint)
    exercises = table.get("exercise")
    named = exercises.items() if isinstance(exercises, Mapping) else ()
    places = [("", table), *((f"exercise.{name}.", exercise) for name, exercise in named)]
    for where, place in places:
        for key, lines in place.items() if isinstance(place, Mapping) else ():
            # The list of phases holds tables of exercises, not lines.
            if isinstance(lines, list) and len(lines) > MOST_LINES and key != "phase":
                yield Problem(f"{where}{key}", f"has {len(lines)} entries", f"use at most {MOST_LINES}")


def _texts(value: Any) -> Iterator[str]:
    left = [value]
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            left += value.values()
            # Keys of a lexicon are words to be found in every text.
            left += value.keys()
        elif isinstance(value, list):
            left += value
