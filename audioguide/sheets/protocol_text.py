"""Writes a protocol file, with comments, from plain values. By hand, as TOML writers keep no comments inside lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from audioguide.library.protocol_files import builtin_exercise_ids
from audioguide.library.toml_values import toml_value
from audioguide.model.ids import free_id, id_of
from audioguide.model.text import printable

Table = Mapping[str, Any]


class Item(Struct, frozen=True):
    """A place in a phase: the id of an exercise, what is stated for it there, and comments above it."""

    use: str
    stated: Table
    comments: tuple[str, ...] = ()


class WrittenPhase(Struct, frozen=True):
    """A phase with its other keys, such as a circuit."""

    title: str
    items: tuple[Item, ...]
    keys: Table


class ProtocolText(Struct, frozen=True):
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
        # By the order of TOML: what stands below a table's header is that table's.
        for phase in self.phases:
            lines += ["", "[[phase]]", f"title = {toml_value(phase.title)}", *_keys(phase.keys), "exercises = ["]
            for item in phase.items:
                lines += _comments(item.comments, indent="    ")
                stated = {"use": item.use, **item.stated}
                lines.append(f"    {toml_value(stated if item.stated else item.use)},")
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
        wanted = id_of(name) or "exercise"
        if wanted in builtin_exercise_ids():
            wanted = f"own-{wanted}"
        found = free_id(wanted, self._taken | builtin_exercise_ids())
        self._taken.add(found)
        return found


def _keys(table: Table) -> list[str]:
    """Return the lines of a table's entries; texts of a list stand on lines of their own, to be read by people."""
    lines = []
    for key, entry in table.items():
        if isinstance(entry, list | tuple) and len(entry) > 1 and any(isinstance(one, str) for one in entry):
            lines += [f"{key} = [", *(f"    {toml_value(one)}," for one in entry), "]"]
        else:
            lines.append(f"{key} = {toml_value(entry)}")
    return lines


def _comments(texts: Iterable[str], indent: str = "") -> list[str]:
    return [f"{indent}# {printable(text)}".rstrip() for text in texts]
