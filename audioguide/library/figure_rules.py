"""What the figure of an exercise must keep: a name is one of a built-in exercise. Read from the raw tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from audioguide.errors import Problem
from audioguide.model.text import quoted, suggest


def figure_problems(exercises: Any, known: Callable[[], Collection[str]]) -> Iterator[Problem]:
    """Yield the figures in a file's raw ``exercise`` table whose names are none of those that ``known`` returns."""
    for key, exercise in exercises.items() if isinstance(exercises, dict) else ():
        name = exercise.get("figure") if isinstance(exercise, dict) else None
        if isinstance(name, str) and name not in known():
            yield Problem(f"exercise.{key}.figure", f"unknown figure {quoted(name)}", suggest(name, sorted(known())))
