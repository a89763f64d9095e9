"""The edits of a protocol file: (text, edit) -> text. Nothing is read or written here.

Each basic edit is a row of `EDITS`, which does it twice: to the text, where comments and order stay, and to the plain
data of the file. The text is taken only where reading it gives that data, so that no way of writing a file, however
unusual, is damaged; what can't be done is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from copy import deepcopy
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from audioguide.edit.format_fields import is_gone_when_empty, short_key
from audioguide.edit.toml_changes import cannot, moved, with_entry, with_value, without
from audioguide.edit.toml_places import Path, Places, places_of
from audioguide.errors import RequestError
from audioguide.languages.registry import find
from audioguide.library.builtin import raw_exercises
from audioguide.library.toml_files import parse_toml
from audioguide.library.translations import ORIGINAL, raw_exercise_in
from audioguide.model.ids import free_id, id_of

Table = Mapping[str, Any]


class EditKind(StrEnum):
    """What an edit does."""

    SET = "set"
    REMOVE = "remove"
    INSERT = "insert"
    MOVE = "move"
    TEXT = "text"
    NEW_EXERCISE = "new-exercise"
    OWN_EXERCISE = "own-exercise"
    CHOICE = "choice"


END = -1
"""The number of a new entry that goes behind all others."""


class Edit(Struct, frozen=True):
    """One edit.

    Attributes:
        kind: what it does.
        path: where: of an entry that is inserted or moved it ends with the entry's number from 0, the one that it gets
            (`END` for the last) or has.
        value: the new value; of a move the number that the entry gets; of the others what `STEPS` says.
    """

    kind: EditKind
    path: Path = ()
    value: Any = None


class BasicEdit(Struct, frozen=True):
    """How one kind of edit is done.

    Attributes:
        to_data: changes plain data in place.
        to_text: returns the changed text.
    """

    to_data: Callable[[dict[str, Any], Edit], None]
    to_text: Callable[[Places, Edit], str]


def _set_data(data: dict[str, Any], edit: Edit) -> None:
    """Set a value; missing tables on the way are made, and what is short for a table becomes that table."""
    table: Any = data
    for number, step in enumerate(edit.path[:-1], 1):
        inside = _at(table, step)
        if inside is None and isinstance(step, str) and isinstance(table, dict):
            inside = table[step] = {}
        elif isinstance(inside, str | int | float) and (short := short_key(edit.path[:number], str(edit.path[number]))):
            inside = table[step] = {short: inside}
        table = inside
    step = edit.path[-1]
    is_there = _at(table, step) is not None if isinstance(step, int) else isinstance(table, dict)
    if not is_there:
        raise cannot(edit.path)
    table[step] = deepcopy(edit.value)


def _remove_data(data: dict[str, Any], edit: Edit) -> None:
    table: Any = value_at(data, edit.path[:-1])
    if _at(table, edit.path[-1]) is None:
        raise cannot(edit.path)
    table.pop(edit.path[-1])


def _insert_data(data: dict[str, Any], edit: Edit) -> None:
    """Insert an entry; where there is no list, one is made of what stands alone there."""
    *above, at = edit.path
    entries = value_at(data, tuple(above))
    listed = entries if isinstance(entries, list) else [] if entries is None else [entries]
    if not above or not isinstance(at, int) or not 0 <= at <= len(listed):
        raise cannot(edit.path)
    if listed is not entries:
        _set_data(data, Edit(EditKind.SET, tuple(above), listed))
        listed = value_at(data, tuple(above))
    listed.insert(at, deepcopy(edit.value))


def _move_data(data: dict[str, Any], edit: Edit) -> None:
    *above, at = edit.path
    entries = value_at(data, tuple(above))
    if not (isinstance(entries, list) and isinstance(at, int) and isinstance(edit.value, int)):
        raise cannot(edit.path)
    if not (0 <= at < len(entries) and 0 <= edit.value < len(entries)):
        raise cannot(edit.path)
    entries.insert(edit.value, entries.pop(at))


EDITS: Mapping[EditKind, BasicEdit] = {
    EditKind.SET: BasicEdit(
        _set_data,
        lambda places, edit: with_value(
            places, edit.path, edit.value, short_key=short_key(edit.path[:-1], str(edit.path[-1]))
        ),
    ),
    EditKind.REMOVE: BasicEdit(_remove_data, lambda places, edit: without(places, edit.path)),
    EditKind.INSERT: BasicEdit(_insert_data, lambda places, edit: with_entry(places, edit.path, edit.value)),
    EditKind.MOVE: BasicEdit(_move_data, lambda places, edit: moved(places, edit.path, edit.value)),
}
"""The edits that change one place."""


def _new_exercise(data: Table, edit: Edit) -> tuple[Edit, ...]:
    """Define an exercise called ``value["name"]`` whose work is ``value["work"]``, and use it at ``path``."""
    name, work = str(edit.value.get("name", "")).strip(), edit.value.get("work")
    if not name or work not in WORK:
        raise RequestError("a new exercise needs a name, and is a hold or reps")
    taken = {*table_in(data.get("exercise")), *raw_exercises()}
    key = free_id(id_of(name) or "exercise", taken)
    defined = Edit(EditKind.SET, ("exercise", key), {"name": name, **WORK[work]})
    return (Edit(EditKind.INSERT, edit.path, key), defined)


def _own_exercise(data: Table, edit: Edit) -> tuple[Edit, ...]:
    """Copy the built-in exercise ``value`` into the file, in its language, where it then can be changed."""
    # Of a language that there is none of, what its words are isn't known either.
    table = raw_exercise_in(str(edit.value), find(str(data.get("language", ORIGINAL))).code)
    return (Edit(EditKind.SET, ("exercise", str(edit.value)), table),)


def _choice(data: Table, edit: Edit) -> tuple[Edit, ...]:
    """Make a choice of the exercise at ``path``: it is the usual one, and ``value`` the other."""
    item = value_at(data, edit.path)
    if item is None or (isinstance(item, dict) and "use" not in item):
        raise cannot(edit.path)
    # What is said of the place stays with it, and the rest belongs to the option.
    of_place = {key: each for key, each in table_in(item).items() if key in ("priority", "weeks")}
    option = {key: each for key, each in item.items() if key not in of_place} if isinstance(item, dict) else item
    option = option["use"] if isinstance(option, dict) and option.keys() == {"use"} else option
    items = [each for phase in list_in(data.get("phase")) for each in list_in(table_in(phase).get("exercises"))]
    name = free_id("choice", {str(table_in(each).get("choice")) for each in items})
    return (Edit(EditKind.SET, edit.path, {"choice": name, "of": [option, edit.value], **of_place}),)


WORK: Mapping[str, Table] = {
    "hold": {"sides": "both", "hold_s": 30, "setup_s": 10},
    "reps": {"sides": "both", "reps": 10, "tempo": [{"say": "Lift", "s": 2}, {"say": "Lower", "s": 2}], "rest_s": 30},
}
"""What a new exercise states besides its name, by its kind of work."""

STEPS: Mapping[EditKind, Callable[[Table, Edit], tuple[Edit, ...]]] = {
    EditKind.NEW_EXERCISE: _new_exercise,
    EditKind.OWN_EXERCISE: _own_exercise,
    EditKind.CHOICE: _choice,
}
"""The edits that are made of basic ones, which each function returns for the plain data of a file."""


def _numbered(data: Table, edit: Edit) -> Edit:
    """Return an edit that inserts at the end with the number that the new entry gets."""
    if edit.path[-1:] != (END,):
        return edit
    entries = value_at(data, edit.path[:-1])
    count = len(entries) if isinstance(entries, list) else 0 if entries is None else 1
    return replace(edit, path=(*edit.path[:-1], count))


def _with_its_key(data: Table, edit: Edit) -> Edit:
    """Return an edit that takes out the last entry of a list so that the key goes too: ``[]`` may mean something."""
    *above, at = edit.path or ("",)
    if edit.kind is not EditKind.REMOVE or at != 0 or not is_gone_when_empty(tuple(above)):
        return edit
    return replace(edit, path=tuple(above)) if len(list_in(value_at(data, tuple(above)))) == 1 else edit


def edited(text: str, edit: Edit) -> str:
    """Return ``text``, a TOML file, after ``edit``.

    Raises:
        FileError: when ``text`` is no TOML; only an edit of kind TEXT, which replaces it, is possible then.
        RequestError: when the edit can't be made, or not without touching something else.
    """
    if edit.kind is EditKind.TEXT:
        return str(edit.value)
    data = parse_toml(text.encode(), "this file")
    edit = _with_its_key(data, _numbered(data, edit))
    steps = STEPS[edit.kind](data, edit) if edit.kind in STEPS else (edit,)
    for step in steps:
        text = _edited_once(text, data, step)
        data = tomllib.loads(text)
    return text


def _edited_once(text: str, data: dict[str, Any], edit: Edit) -> str:
    """Return ``text``, whose plain data is ``data``, after one basic edit.

    Raises:
        RequestError: when it can't be made, or not without touching something else.
    """
    if not edit.path:
        raise cannot(edit.path)
    # Done to the data too, as only that tells whether the text says what it should, and nothing else was touched.
    expected = deepcopy(data)
    how = EDITS[edit.kind]
    how.to_data(expected, edit)
    try:
        made = how.to_text(places_of(text), edit)
        found = tomllib.loads(made)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        raise cannot(edit.path) from None
    if not is_same(found, expected):
        raise cannot(edit.path)
    return made


def value_at(data: Any, path: Path) -> Any:
    """Return what plain data has at ``path``; None where it has nothing."""
    for step in path:
        data = _at(data, step)
    return data


def _at(value: Any, step: str | int) -> Any:
    # A negative number would count from the end, where no place of a file does.
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and 0 <= step < len(value) else None
    return value.get(step) if isinstance(value, dict) else None


def is_same(one: Any, other: Any) -> bool:
    """Return whether two values of TOML are the same, the kind of number and NaN included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(is_same(each, other[key]) for key, each in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    # NaN, which TOML has, is no other NaN's equal.
    return bool(one == other) or bool(one != one and other != other)


def table_in(value: Any) -> Table:
    """Return ``value`` where it is a table; else an empty one, as a file may have anything at the place of a table."""
    return value if isinstance(value, Mapping) else {}


def list_in(value: Any) -> list[Any]:
    """Return ``value`` where it is a list; else an empty one."""
    return value if isinstance(value, list) else []
