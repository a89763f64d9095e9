"""The built-in exercises, each usable by its id from any protocol."""

from __future__ import annotations

from functools import cache
from typing import Any

from audioguide.library.toml_files import parse_toml
from audioguide.model.protocol import Exercise
from audioguide.storage.packaged_files import packaged_file, packaged_in

FOLDER = "library/exercises"


@cache
def exercise_files() -> dict[str, dict[str, Any]]:
    """Return the raw tables of the built-in exercises by id, of each file in order, by its name without ``.toml``.

    They are checked by the tests, as a user's own are when they are read: an edit of the installation is refused.

    Raises:
        InstallationError: when a file is not the one that came with the program.
    """
    tables: dict[str, dict[str, Any]] = {}
    # The numbers in their names give the order of a session.
    for name in packaged_in(FOLDER):
        tables[name.removesuffix(".toml")] = parse_toml(packaged_file(f"{FOLDER}/{name}"), name)["exercise"]
    return tables


@cache
def raw_exercises() -> dict[str, Any]:
    """Return the raw table of every built-in exercise by id, in the order of the files.

    Raises:
        InstallationError: as `exercise_files` does.
    """
    return {name: table for tables in exercise_files().values() for name, table in tables.items()}


@cache
def exercises() -> dict[str, Exercise]:
    """Return every built-in exercise by id.

    Raises:
        InstallationError: as `raw_exercises` does.
    """
    return {key: Exercise.model_validate(table) for key, table in raw_exercises().items()}


def conditions() -> set[str]:
    """Return every condition in which a built-in exercise is left out."""
    return {condition for table in raw_exercises().values() for condition in table.get("avoid_if", ())}
