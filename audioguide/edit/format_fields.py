"""What the format of protocol files allows, read from its models: the keys of each table, what may stand there, limits.

The page has its fields from here, so that no key, range or default is written a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec import Struct

from audioguide.edit.toml_places import Path
from audioguide.model.protocol import Protocol
from audioguide.model.units import plain_number, unit_of_key

Schema = Mapping[str, Any]


class Form(StrEnum):
    """One form of what may stand at a key."""

    TEXT = "text"
    WORD = "word"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"
    TABLE = "table"
    NAMES = "names"


class Shape(Struct, frozen=True):
    """What may stand somewhere.

    Attributes:
        form: what kind of value it is.
        low: the least number, where there is one.
        high: the greatest.
        is_whole: whether it is a whole number.
        longest: the most characters of a text.
        is_id: whether a text is an id.
        words: the words to choose from.
        table: the name of the table, as the page of the format calls it.
        inside: what may stand in a list, or behind each name.
    """

    form: Form
    low: float | None = None
    high: float | None = None
    is_whole: bool = False
    longest: int | None = None
    is_id: bool = False
    words: tuple[str, ...] = ()
    table: str = ""
    inside: tuple[Shape, ...] = ()

    @property
    def limits(self) -> str:
        """The range of a number in words; empty without one."""
        if self.low is None or self.high is None:
            return ""
        return f"{plain_number(self.low)} to {self.high:,.0f}"


class Field(Struct, frozen=True):
    """A key of a table.

    Attributes:
        key: the key.
        description: what it is.
        example: a value that is right.
        default: what counts where the file states nothing; None for nothing.
        is_required: whether the file must state it.
        shapes: what may stand there.
        may_be_empty: whether an empty list there says something else than nothing at all.
    """

    key: str
    description: str
    example: Any
    default: Any
    is_required: bool
    shapes: tuple[Shape, ...]
    may_be_empty: bool

    @property
    def label(self) -> str:
        """The key in words, with its unit."""
        unit = unit_of_key(self.key)
        words = self.key.rpartition("_")[0] if unit else self.key
        # The parts of a tempo state nothing but their seconds.
        words = words.replace("_", " ") if len(words) > 1 else unit_of_key(f"_{words}")
        return f"{words[:1].upper()}{words[1:]}{f' ({unit})' if unit else ''}"

    @property
    def default_text(self) -> str:
        """What counts where the file states nothing, in words; empty for nothing."""
        if isinstance(self.default, bool):
            return "yes" if self.default else "no"
        return plain_number(self.default) if isinstance(self.default, int | float) else str(self.default or "")

    @property
    def is_spoken(self) -> bool:
        """Whether its texts are said, which are those that may have a recording."""
        shapes = [*self.shapes, *(inside for shape in self.shapes for inside in shape.inside)]
        return any("clip" in (field.key for field in fields_of(shape.table)) for shape in shapes if shape.table)


@cache
def tables() -> Mapping[str, tuple[Field, ...]]:
    """Return the fields of every table of a protocol file by the table's name, ``Protocol`` for the top of the file."""
    schema = Protocol.model_json_schema()
    known = schema["$defs"]
    models = {Protocol.__name__: schema, **{name: part for name, part in known.items() if "properties" in part}}
    return {
        name: tuple(
            Field(
                key=key,
                description=field["description"],
                example=field["examples"][0],
                default=_default(field.get("default")),
                is_required=key in model.get("required", ()),
                shapes=_shapes(field, known),
                may_be_empty=_may_be_empty(field, _shapes(field, known)),
            )
            for key, field in model["properties"].items()
        )
        for name, model in models.items()
    }


def fields_of(table: str) -> tuple[Field, ...]:
    """Return the fields of a table by its name."""
    return tables()[table]


def top_shape() -> Shape:
    """Return the whole file as a table."""
    return Shape(Form.TABLE, table=Protocol.__name__)


def shapes_at(path: Path) -> tuple[Shape, ...]:
    """Return what may stand at a place of a file; empty for one that no file has."""
    shapes: tuple[Shape, ...] = (top_shape(),)
    for step in path:
        found: list[Shape] = []
        for shape in shapes:
            if isinstance(step, int):
                found += shape.inside if shape.form is Form.LIST else ()
            elif shape.form is Form.NAMES:
                found += shape.inside
            elif shape.form is Form.TABLE:
                found += next((field.shapes for field in fields_of(shape.table) if field.key == step), ())
        shapes = tuple(dict.fromkeys(found))
    return shapes


def is_gone_when_empty(path: Path) -> bool:
    """Return whether the list at ``path`` goes with its last entry: its key may be left out, and it is of no ids."""
    # What is done in a phase and what there is to choose from stay lists, to be filled again.
    if any(inside.is_id for shape in shapes_at(path) for inside in shape.inside):
        return False
    fields = [
        field
        for shape in shapes_at(path[:-1])
        for field in (fields_of(shape.table) if shape.table else ())
        if field.key == path[-1]
    ]
    return bool(fields) and not any(field.is_required for field in fields)


def short_key(path: Path, key: str) -> str:
    """Return the key that a plain text or number at ``path`` stands for where ``key`` is to join it in a table.

    A bare number is the default of a dose, an id the use of an exercise, a text the words of a line. Empty where what
    is plain there is short for nothing, such as the name of a built-in figure.
    """
    shapes = shapes_at(path)
    # Only where something plain may stand too is there a short form.
    if any(shape.form in (Form.TEXT, Form.NUMBER) for shape in shapes):
        for shape in shapes:
            keys = {field.key: field.is_required for field in fields_of(shape.table)} if shape.table else {}
            required = [name for name, is_required in keys.items() if is_required]
            if key in keys:
                return (
                    required[0] if len(required) == 1 else next((name for name in ("text", "use") if name in keys), "")
                )
    return ""


def _default(value: Any) -> Any:
    """Return a default of the schema as a person would type it: a dose as its number, an empty list as nothing."""
    if isinstance(value, Mapping):
        return value.get("default")
    return None if value == [] else value


def _may_be_empty(field: Schema, shapes: tuple[Shape, ...]) -> bool:
    """Return whether ``[]`` is a value of its own, as something else counts where nothing is stated."""
    is_none_else = "default" in field and field["default"] is None
    lists = [shape for shape in shapes if shape.form is Form.LIST]
    # Weeks and the doses of sets are numbers, of which there must be one.
    return is_none_else and bool(lists) and not any(inside.form is Form.NUMBER for inside in lists[0].inside)


def _shapes(field: Schema, known: Mapping[str, Schema]) -> tuple[Shape, ...]:
    """Return every form that the schema of a field allows."""
    if forms := field.get("anyOf") or field.get("oneOf"):
        return tuple(dict.fromkeys(shape for form in forms for shape in _shapes(form, known)))
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[1]
        words = known[name].get("enum")
        return (Shape(Form.WORD, words=tuple(words)) if words else Shape(Form.TABLE, table=name),)
    if "const" in field:
        kind = Form.WORD if isinstance(field["const"], str) else Form.NUMBER
        return (Shape(kind, words=(str(field["const"]),)),)
    match field["type"]:
        case "null":
            return ()
        case "string":
            # Ids are told by their pattern, as the schema has no type for them.
            is_id = field.get("pattern", "").startswith("^[a-z0-9]")
            return (Shape(Form.TEXT, longest=field.get("maxLength"), is_id=is_id),)
        case "boolean":
            return (Shape(Form.FLAG),)
        case "array":
            return (Shape(Form.LIST, inside=_shapes(field["items"], known)),)
        case "object":
            inside = next(iter(field.get("patternProperties", {}).values()), None) or field["additionalProperties"]
            return (Shape(Form.NAMES, inside=_shapes(inside, known)),)
        case kind:
            return (Shape(Form.NUMBER, field.get("minimum"), field.get("maximum"), is_whole=kind == "integer"),)
