"""Writes a protocol file, with comments, from plain values. By hand, as TOML writers keep no comments inside lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audioguide.languages.sheet_words import plain
from audioguide.library.protocol_files import builtin_exercise_ids
from audioguide.model.text import printable

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A place in a phase: the id of an exercise, what is stated for it there, and comments above it."""

    use: str
    stated: Table
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenPhase:
    """A phase with its other keys, such as a circuit."""

    title: str
    items: tuple[Item, ...]
    keys: Table


@dataclass(frozen=True, slots=True)
class ProtocolText:
    """A protocol to be written.

    Attributes:
        comments: what stands at the top.
        head: the keys of the protocol, ``format`` left out.
        programme: the keys of its programme; empty for none.
        phases: in order.
        exercises: the tables of its own exercises by id.
    """

    comments: tuple[str, ...]
    head: Table
    programme: Table
    phases: tuple[WrittenPhase, ...]
    exercises: Mapping[str, Table]

    def written(self) -> str:
        """Return the file."""
        lines = [*_comments(self.comments), "", "format = 1", *_keys(self.head)]
        if self.programme:
            lines += ["", "[programme]", *_keys(self.programme)]
        for phase in self.phases:
            lines += ["", "[[phase]]", f"title = {value(phase.title)}", *_keys(phase.keys), "exercises = ["]
            for item in phase.items:
                lines += _comments(item.comments, indent="    ")
                stated = {"use": item.use, **item.stated}
                lines.append(f"    {value(stated) if item.stated else value(item.use)},")
            lines.append("]")
        for key, table in self.exercises.items():
            lines += ["", f"[exercise.{key}]", *_keys(table)]
        return "\n".join(lines) + "\n"


class Ids:
    """Ids of exercises of a file's own, none of them a built-in one's or another's."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """Return a free id for a name."""
        wanted = slug(name) or "exercise"
        if wanted in builtin_exercise_ids():
            wanted = f"own-{wanted}"[:60]
        found, number = wanted, 1
        while found in self._taken or found in builtin_exercise_ids():
            number += 1
            found = f"{wanted[:58]}-{number}"
        self._taken.add(found)
        return found


def slug(name: str) -> str:
    """Return ``name`` as an id: small letters, digits and hyphens; empty where it has none of these."""
    return re.sub("[^a-z0-9]+", "-", plain(name)).strip("-")[:60].strip("-")


def value(entry: Any) -> str:
    """Return a value as TOML has it: texts, numbers, truth values, lists, and tables on one line."""
    if isinstance(entry, bool):
        return "true" if entry else "false"
    if isinstance(entry, str):
        # JSON's escapes are TOML's too, but for a delete character.
        return json.dumps(str(entry), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(entry, Mapping):
        inside = ", ".join(f"{key} = {value(one)}" for key, one in entry.items())
        return f"{{ {inside} }}"
    if isinstance(entry, Sequence):
        return f"[{', '.join(map(value, entry))}]"
    return f"{entry:g}" if isinstance(entry, float) and entry % 1 else f"{entry:.0f}"


def _keys(table: Table) -> list[str]:
    lines = []
    for key, entry in table.items():
        if isinstance(entry, list | tuple) and len(entry) > 1 and any(isinstance(one, str) for one in entry):
            lines += [f"{key} = [", *(f"    {value(one)}," for one in entry), "]"]
        else:
            lines.append(f"{key} = {value(entry)}")
    return lines


def _comments(texts: Iterable[str], indent: str = "") -> list[str]:
    return [f"{indent}# {printable(text)}".rstrip() for text in texts]
