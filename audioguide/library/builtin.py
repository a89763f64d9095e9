"""The built-in exercises, each usable by its id from any protocol."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import ValidationError

from audioguide.errors import FileError
from audioguide.library.problems import problems_of
from audioguide.library.rules import exercise_problems
from audioguide.library.toml_files import parse_toml
from audioguide.model.protocol import Exercise, Library


@cache
def exercise_files() -> dict[str, dict[str, Any]]:
    """Return the raw tables of the built-in exercises by id, of each file in order, by its name without ``.toml``.

    Raises:
        FileError: when a built-in file has a problem, which only an edit of the installation can cause.
    """
    tables: dict[str, dict[str, Any]] = {}
    entries = files("audioguide.library.exercises").iterdir()
    # Packages list their files in any order; the numbers in their names give the order of a session.
    for entry in sorted((entry for entry in entries if entry.name.endswith(".toml")), key=lambda entry: entry.name):
        table = parse_toml(entry.read_bytes(), entry.name)
        problems = list(exercise_problems(table.get("exercise")))
        try:
            # Checked like a user's own, so that an edit of the installation is told in the same words.
            Library.model_validate(table)
        except ValidationError as error:
            problems += problems_of(error, Library, table)
        if problems:
            raise FileError(entry.name, problems)
        tables[entry.name.removesuffix(".toml")] = table["exercise"]
    return tables


@cache
def raw_exercises() -> dict[str, Any]:
    """Return the raw table of every built-in exercise by id, in the order of the files.

    Raises:
        FileError: as `exercise_files` does.
    """
    return {name: table for tables in exercise_files().values() for name, table in tables.items()}


@cache
def exercises() -> dict[str, Exercise]:
    """Return every built-in exercise by id.

    Raises:
        FileError: as `raw_exercises` does.
    """
    return {key: Exercise.model_validate(table) for key, table in raw_exercises().items()}


def conditions() -> set[str]:
    """Return every condition in which a built-in exercise is left out."""
    return {condition for exercise in exercises().values() for condition in exercise.avoid_if}
