"""The fields of the page: for each key of the format what a person fills in, with what the file has there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from audioguide.edit.format_fields import Field, Form, Shape, fields_of, short_key
from audioguide.edit.toml_places import Path
from audioguide.errors import RequestError
from audioguide.library.problems import path as place_as_people_count
from audioguide.library.toml_values import toml_value

_DOSE = {"default", "min", "max"}


class Widget(StrEnum):
    """How a value is shown."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    WORD = "word"
    DOSE = "dose"
    LIST = "list"
    TABLE = "table"
    NAMES = "names"
    UNKNOWN = "unknown"


class Control(Struct, frozen=True):
    """A place of the file that a person can fill in.

    Attributes:
        path: where a value that is typed goes.
        label: what it is called.
        widget: how it is shown.
        value: what the file has there; None for nothing.
        field: the key that it belongs to; None for a key that no file has.
        shape: what may stand there.
        children: what is inside: fields of a table, entries of a list.
        addition: what a new entry of a list begins as; None for a line of text.
    """

    path: Path
    label: str
    widget: Widget
    value: Any = None
    field: Field | None = None
    shape: Shape | None = None
    children: tuple[Control, ...] = ()
    addition: Any = None

    @property
    def id(self) -> str:
        """Names it in the page."""
        return element_id(self.path, self.widget in (Widget.LIST, Widget.DOSE, Widget.NAMES))

    @property
    def where(self) -> str:
        """Names it as problems do."""
        return place_as_people_count(self.path)

    @property
    def is_stated(self) -> bool:
        """Whether the file has something there."""
        return self.value is not None

    @property
    def shown(self) -> str:
        """The value as it stands in a field."""
        if self.value is None:
            return ""
        if isinstance(self.value, str):
            return self.value
        return toml_value(self.value) if isinstance(self.value, bool | int | float | list | dict) else f"{self.value}"

    @property
    def is_long(self) -> bool:
        """Whether its text is a sentence, which needs more than a line."""
        return self.shape is not None and (self.shape.longest or 0) > 200

    @property
    def limits(self) -> str:
        """The range of its number, or of those of a dose, in words; empty without one."""
        shape = self.children[0].shape if self.widget is Widget.DOSE else self.shape
        return "" if shape is None else shape.limits

    @property
    def is_required(self) -> bool:
        """Whether the file must state it; a key that no file has it must not."""
        return self.field is not None and self.field.is_required

    @property
    def first(self) -> tuple[Control, ...]:
        """Of a table the fields that are always shown: those that the file states or must state."""
        return tuple(child for child in self.children if child.is_stated or child.is_required)

    @property
    def more(self) -> tuple[Control, ...]:
        """The others."""
        first = self.first
        return tuple(child for child in self.children if child not in first)


def element_id(path: Path, is_group: bool = False) -> str:
    """Return the id of the element for a place; a group of fields may have the place of one of them."""
    return f"{'g' if is_group else 'f'}-" + "-".join(quote(str(step), safe="") for step in path)


def table_controls(table: str, path: Path, values: Any, but: Sequence[str] = ()) -> tuple[Control, ...]:
    """Return the fields of a table, and after them the keys in ``values`` that it doesn't have.

    Args:
        table: its name in the format.
        path: where it is.
        values: what the file has there.
        but: keys that are shown elsewhere.
    """
    stated = values if isinstance(values, Mapping) else {}
    known = [field for field in fields_of(table) if field.key not in but]
    controls = [control_of((*path, field.key), field.label, field, stated.get(field.key)) for field in known]
    other = stated.keys() - {field.key for field in known} - {*but}
    return (*controls, *(Control((*path, key), key, Widget.UNKNOWN, stated[key]) for key in stated if key in other))


def control_of(path: Path, label: str, field: Field, value: Any, shapes: tuple[Shape, ...] | None = None) -> Control:
    """Return the control for what may stand at ``path``.

    Args:
        path: the place.
        label: what it is called.
        field: the key that it belongs to.
        value: what the file has there; None for nothing.
        shapes: what may stand there; those of the key where not stated.
    """
    shapes = field.shapes if shapes is None else shapes
    shape = _shape_for(value, shapes)
    shown = Control(path, label, Widget.UNKNOWN, value, field=field, shape=shape)
    if shape is None:
        return shown
    match shape.form:
        case Form.LIST:
            return _list(shown, field, shape)
        case Form.TABLE if _is_dose(shape):
            return _dose(shown, shape)
        case Form.TABLE:
            return replace(shown, widget=Widget.TABLE, children=table_controls(shape.table, path, value))
        case Form.NAMES:
            inside = (
                control_of((*path, name), name, field, each, shapes=shape.inside)
                for name, each in (value.items() if isinstance(value, Mapping) else ())
            )
            return replace(shown, widget=Widget.NAMES, children=tuple(inside))
        case form:
            # A plain line may become a table, as one with the time at which it makes sense.
            more = _more(path, field, shapes) if form is Form.TEXT and value is not None else ()
            return replace(shown, widget=Widget(form.value), children=tuple(more))


def _shape_for(value: Any, shapes: tuple[Shape, ...]) -> Shape | None:
    """Return the form in which a value is shown, or for none the usual one; None where no form fits."""
    by_form: dict[Form, list[Shape]] = {}
    for shape in shapes:
        by_form.setdefault(shape.form, []).append(shape)
    tables = by_form.get(Form.TABLE, [])
    doses = [shape for shape in tables if _is_dose(shape)]
    lists, names = by_form.get(Form.LIST, []), by_form.get(Form.NAMES, [])
    single = [shape for form in (Form.WORD, Form.TEXT) for shape in by_form.get(form, [])]
    flags = by_form.get(Form.FLAG, [])
    numbers = by_form.get(Form.NUMBER, [])
    found: list[Shape]
    if value is None:
        found = [*doses, *([] if single else numbers), *([] if numbers else lists), *single, *flags, *tables, *names]
    elif isinstance(value, list):
        found = lists
    elif isinstance(value, Mapping):
        found = sorted([*tables, *names], key=lambda shape: -_fitting(shape, value))
    elif isinstance(value, bool):
        found = flags
    elif single and not doses and lists and not numbers and any(shape.form is Form.TEXT for shape in lists[0].inside):
        # A line alone is short for a list of one.
        found = lists
    else:
        # What is no number stays as it was typed, with its problem beside it.
        found = [*doses, *(single if isinstance(value, str) or not numbers else numbers), *numbers]
    return next(iter(found), None)


def _is_dose(shape: Shape) -> bool:
    return shape.form is Form.TABLE and {field.key for field in fields_of(shape.table)} == _DOSE


def _fitting(shape: Shape, value: Mapping[str, Any]) -> int:
    """Return how well the keys of a table fit: those that it has, less those that it lacks."""
    if shape.form is Form.NAMES:
        return 0
    fields = fields_of(shape.table)
    lacking = sum(field.is_required and field.key not in value for field in fields)
    return sum(field.key in value for field in fields) - lacking


def _list(shown: Control, field: Field, shape: Shape) -> Control:
    """Return a list with a control for each entry; a value alone is shown as its only one."""
    one, value = shown.label.split(" (")[0], shown.value
    if value is None or isinstance(value, list):
        rows = [
            control_of((*shown.path, number), f"{one} {number + 1}", field, each, shapes=shape.inside)
            for number, each in enumerate(value or ())
        ]
    else:
        rows = [control_of(shown.path, f"{one} 1", field, value, shapes=shape.inside)]
    takes_lines = any(inside.form in (Form.TEXT, Form.WORD) for inside in shape.inside)
    addition = None if takes_lines else _beginning(shape.inside[0])
    return replace(shown, widget=Widget.LIST, children=tuple(rows), addition=addition)


def _beginning(shape: Shape) -> Any:
    """Return what a new entry of a list begins as: numbers from the examples, and texts to be written."""
    if shape.form is Form.NUMBER:
        return max(shape.low or 0, 10)
    return {
        field.key: "" if isinstance(field.example, str) else field.example
        for field in fields_of(shape.table)
        if field.is_required
    }


def _dose(shown: Control, shape: Shape) -> Control:
    """Return a dose with a number for its default and both ends of its range, and what else the file has in it."""
    path, value = shown.path, shown.value
    stated = value if isinstance(value, Mapping) else {"default": value}
    ends = []
    for end in fields_of(shape.table):
        is_plain = end.key == "default" and not isinstance(value, Mapping)
        number = next(each for each in end.shapes if each.form is Form.NUMBER)
        at = path if is_plain else (*path, end.key)
        ends.append(Control(at, end.key, Widget.NUMBER, stated.get(end.key), field=end, shape=number))
    other = [Control((*path, key), key, Widget.UNKNOWN, stated[key]) for key in stated if key not in _DOSE]
    return replace(shown, widget=Widget.DOSE, children=(*ends, *other))


def _more(path: Path, field: Field, shapes: tuple[Shape, ...]) -> Iterator[Control]:
    """Yield the further keys that a plain text at ``path`` may have once it is a table."""
    seen: set[str] = set()
    for shape in shapes:
        for inside in fields_of(shape.table) if shape.form is Form.TABLE else ():
            short = short_key(path, inside.key)
            if short and short != inside.key and inside.key not in seen:
                seen.add(inside.key)
                yield control_of((*path, inside.key), inside.label, inside, None)


def typed_value(typed: str, widget: str) -> Any:
    """Return what was typed into a field as the value that goes into the file.

    What can't be read as a number stays the text that it is, so that its problem is told beside it and nothing is
    guessed.

    Raises:
        RequestError: for a field that the page doesn't have.
    """
    if widget == Widget.NUMBER:
        try:
            number = float(typed)
        except ValueError:
            return typed
        # Beyond that whole numbers are no longer exact, and soon none that a file may hold.
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    if widget == Widget.FLAG and typed in ("true", "false"):
        return typed == "true"
    if widget in (Widget.TEXT, Widget.WORD):
        # A text is on one line; what is pasted may have several.
        return " ".join(typed.split("\n")) if widget == Widget.TEXT else typed
    raise RequestError("the page asked for something that it has no field for; load it again")
