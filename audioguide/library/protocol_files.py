"""Finds and loads protocols: built-in ones by id, a user's own by path."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from audioguide.errors import FileError, RequestError
from audioguide.library.builtin import exercises, raw_exercises
from audioguide.library.problems import problems_of
from audioguide.library.recording_rules import recording_problems
from audioguide.library.rules import exercise_problems, phase_problems
from audioguide.library.toml_files import parse_toml, read_toml
from audioguide.model.limits import DEFAULT_PROTOCOL
from audioguide.model.protocol import Protocol
from audioguide.model.text import suggest

# Through importlib.resources, as an installed package need not be a folder.
_FOLDER = files("audioguide.library.protocols")


def builtin_ids() -> tuple[str, ...]:
    """Return the ids of the built-in protocols, the default first."""
    names = sorted(entry.name.removesuffix(".toml") for entry in _FOLDER.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_PROTOCOL))


def builtin_text(name: str) -> str:
    """Return the file of the built-in protocol ``name``.

    Raises:
        RequestError: when there is no such protocol.
    """
    if name not in builtin_ids():
        raise RequestError(f"unknown protocol '{name}'; {suggest(name, builtin_ids())} (a file is named by its path)")
    return _FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8")


@cache
def builtin_exercise_ids() -> frozenset[str]:
    """Return the id of every exercise that comes with the program: of the library, and of the protocols' own."""
    own = (parse_toml(builtin_text(name).encode(), name).get("exercise", {}) for name in builtin_ids())
    return frozenset(raw_exercises()).union(*own)


def load_protocol(name_or_path: str | Path = DEFAULT_PROTOCOL) -> Protocol:
    """Return the protocol that a built-in id or a path names, checked, with every exercise it uses.

    Raises:
        RequestError: for an unknown id.
        FileError: with every problem of the file.
    """
    name = str(name_or_path)
    is_path = isinstance(name_or_path, Path) or name.endswith(".toml") or "/" in name or "\\" in name
    # A built-in id wins over a file of that name in the current folder.
    if not is_path and name not in builtin_ids():
        is_path = os.path.exists(name)  # noqa: PTH110 - unlike pathlib it answers also where a name can't be a path
    if is_path:
        return parse_protocol(read_toml(Path(name_or_path)), name, Path(name_or_path).absolute().parent)
    source = f"{name} (built-in)"
    return parse_protocol(parse_toml(builtin_text(name).encode(), source), source)


def parse_protocol(table: dict[str, Any], source: str, folder: Path | None = None) -> Protocol:
    """Return the protocol in ``table``.

    Args:
        table: what the file holds.
        source: names the file in errors.
        folder: where its recordings are looked for; None for a protocol that is no file, which can't have any.

    Raises:
        FileError: with every problem of the file.
    """
    # Both kinds are gathered before any is raised, so that one run names all.
    problems = list(exercise_problems(table.get("exercise"), table.get("phase")))
    problems += phase_problems(table.get("phase"), table.get("exercise"), raw_exercises())
    problems += recording_problems(table)
    try:
        protocol = Protocol.model_validate(table, context={"folder": folder})
    except ValidationError as error:
        raise FileError(source, [*problems_of(error, Protocol, table), *problems]) from None
    if problems:
        raise FileError(source, problems)
    library = exercises()
    used = {ref.use: library[ref.use] for ref in protocol.exercise_refs() if ref.use in library}
    # A file's own definition replaces the built-in one of the same id.
    return protocol.model_copy(update={"exercise": used | protocol.exercise})


def unused_exercises(protocol: Protocol) -> tuple[str, ...]:
    """Return the ids of exercises that the protocol defines and no phase uses."""
    used = {ref.use for ref in protocol.exercise_refs()}
    return tuple(name for name in protocol.exercise if name not in used)
