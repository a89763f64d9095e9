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
from audioguide.library.rules import exercise_problems, phase_problems
from audioguide.library.toml_files import parse_toml, read_toml
from audioguide.model.limits import DEFAULT_PROTOCOL
from audioguide.model.protocol import Protocol
from audioguide.model.text import suggest


def builtin_ids() -> tuple[str, ...]:
    """Return the ids of the built-in protocols, the default first."""
    names = sorted(entry.name.removesuffix(".toml") for entry in _folder().iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_PROTOCOL))


def builtin_text(name: str) -> str:
    """Return the file of the built-in protocol ``name``.

    Raises:
        RequestError: when there is no such protocol.
    """
    if name not in builtin_ids():
        raise RequestError(f"unknown protocol '{name}'; {suggest(name, builtin_ids())} (a file is named by its path)")
    text: str = _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return text


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
    if isinstance(name_or_path, str) and not _looks_like_path(name):
        return parse_protocol(parse_toml(builtin_text(name).encode(), f"{name} (built-in)"), f"{name} (built-in)")
    return parse_protocol(read_toml(Path(name_or_path)), name)


def parse_protocol(table: dict[str, Any], source: str) -> Protocol:
    """Return the protocol in ``table``; ``source`` names the file in errors.

    Raises:
        FileError: with every problem of the file.
    """
    problems = list(exercise_problems(table.get("exercise")))
    problems += phase_problems(table.get("phase"), table.get("exercise"), raw_exercises())
    try:
        protocol = Protocol.model_validate(table)
    except ValidationError as error:
        raise FileError(source, [*problems_of(error, Protocol), *problems]) from None
    if problems:
        raise FileError(source, problems)
    return protocol.model_copy(update={"exercise": _used(protocol) | protocol.exercise})


def unused_exercises(protocol: Protocol) -> tuple[str, ...]:
    """Return the ids of exercises that the protocol defines and no phase uses."""
    used = _used_ids(protocol)
    return tuple(name for name in protocol.exercise if name not in used)


def _used(protocol: Protocol) -> dict[str, Any]:
    library = exercises()
    return {name: library[name] for name in _used_ids(protocol) if name in library}


def _used_ids(protocol: Protocol) -> dict[str, None]:
    items = [item for phase in protocol.phase for item in phase.exercises]
    used = {use.use: None for item in items for use in item.options}
    return used | {item.harder.use: None for item in items if item.harder is not None}


def _looks_like_path(name: str) -> bool:
    return name.endswith(".toml") or "/" in name or "\\" in name or (name not in builtin_ids() and _exists(name))


def _exists(name: str) -> bool:
    return os.path.exists(name)  # noqa: PTH110 - unlike pathlib it answers also where a name can't be a path


def _folder() -> Any:
    return files("audioguide.library.protocols")
