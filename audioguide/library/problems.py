"""Turns what pydantic finds into problems that say, in the words of the file, where, what and how to fix it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from audioguide.errors import Problem
from audioguide.model.doses import FileModel, Minutes, Seconds, Times
from audioguide.model.profile import Holds
from audioguide.model.protocol import ExerciseRef, Item, TempoPart, TimesAWeek
from audioguide.model.text import suggest

FORMS: dict[type[FileModel], str] = {
    Seconds: "write seconds such as 45, or { default = 45, min = 45, max = 60 }",
    Times: "write a whole number such as 3, or { default = 3, min = 1, max = 3 }",
    Minutes: "write minutes such as 12, or { default = 12, min = 8, max = 15 }",
    Item: "write an exercise's id in quotes, { use = …, sets = … } or { choice = …, of = […] }",
    ExerciseRef: "write an exercise's id in quotes, or { use = …, sets = … }",
    TempoPart: 'write { say = "Lift", s = 1 }',
    Holds: "write seconds such as 60, or { left = 60, right = 45 }",
    TimesAWeek: "write a whole number such as 3, or { default = 3, min = 3, max = 4 }",
}
"""What to write where a file has something else; of other tables their keys say enough."""


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Return every problem in ``error``, which came from checking a file against ``model``."""
    found = []
    for details in error.errors():
        location, kind = details["loc"], details["type"]
        where = path(location)
        if kind == "extra_forbidden":
            known = _keys_at(model, location[:-1])
            found.append(Problem(where, "unknown key", suggest(str(location[-1]), known)))
            continue
        if location and location[-1] == "default" and kind != "missing":
            # A bare number became a table on the way in; its author never wrote "default".
            where = where.removesuffix(".default")
        explain = _EXPLANATIONS.get(kind)
        what, hint = explain(details) if explain else (details["msg"], "")
        found.append(Problem(where, what, hint))
    return found


def path(location: Sequence[str | int]) -> str:
    """Return a place in a file as people count: ``phase 2.exercises 1.sets``."""
    words: list[str] = []
    for step in location:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        # pydantic's mark for a wrong key of a dictionary, which the step before it names already.
        elif step != "[key]":
            words.append(str(step))
    return ".".join(words)


Explanation = tuple[str, str]
"""What is wrong with a value, and what to write instead."""


def _shown(details: ErrorDetails) -> str:
    """Return the wrong value, short enough for a line, as a TOML file would have it."""
    value = details["input"]
    # TOML writes true where Python says True.
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    text = repr(value)
    # A wrong value may be a whole text; its beginning shows which one.
    return text if len(text) <= 40 else f"{text[:37]}…"


def _number(relation: str) -> Callable[[ErrorDetails], Explanation]:
    def explain(details: ErrorDetails) -> Explanation:
        limit = next(iter(details["ctx"].values()))
        return f"{_shown(details)} is out of bounds", f"use a number {relation} {limit}"

    return explain


def _kind(wanted: str) -> Callable[[ErrorDetails], Explanation]:
    return lambda details: (f"{_shown(details)} is not {wanted}", f"write {wanted}")


def _unknown(details: ErrorDetails) -> Explanation:
    return f"{_shown(details)} is unknown", f"use {details['ctx']['expected']}"


def _table(details: ErrorDetails) -> Explanation:
    # pydantic names the model that it wanted; ours are told apart by their names alone.
    forms = {model.__name__: form for model, form in FORMS.items()}
    return f"{_shown(details)} does not belong here", forms.get(details["ctx"].get("class_name", ""), "write a table")


_EXPLANATIONS: dict[str, Callable[[ErrorDetails], Explanation]] = {
    "missing": lambda details: ("missing", f"add {details['loc'][-1]} = …"),
    "literal_error": _unknown,
    "enum": _unknown,
    "string_pattern_mismatch": lambda details: (
        f"{_shown(details)} is no id",
        "use lower case letters, digits and hyphens, such as 'couch-stretch'",
    ),
    "string_too_long": lambda details: (
        f"{len(details['input'])} characters long",
        f"use at most {details['ctx']['max_length']}",
    ),
    "too_short": lambda details: ("empty", "add at least one entry"),
    "greater_than": _number("over"),
    "greater_than_equal": _number("of at least"),
    "less_than": _number("under"),
    "less_than_equal": _number("of at most"),
    "finite_number": lambda details: (f"{_shown(details)} is no number to count with", "use a plain number"),
    "string_type": _kind("a text in quotes"),
    "float_type": _kind("a number"),
    "int_type": _kind("a whole number"),
    "int_from_float": _kind("a whole number"),
    "bool_type": _kind("true or false"),
    "tuple_type": lambda details: (
        f"{_shown(details)} is not a list",
        "write [[phase]] above each phase" if details["loc"][-1] == "phase" else "write a list",
    ),
    "dict_type": _kind("a table"),
    "model_type": _table,
    "model_attributes_type": _table,
    "dose_range": lambda details: (details["msg"], "widen min and max or change default"),
    "advice": lambda details: (details["msg"], details["ctx"]["hint"]),
    "one_line": lambda details: (details["msg"], ""),
    "sayable": lambda details: (details["msg"], "write a sentence"),
}
"""For each kind of pydantic's errors, and of our own, its explanation (https://docs.pydantic.dev/latest/errors)."""


def _keys_at(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """Return the keys that may stand at ``location``, by walking the model's fields."""
    current: type[BaseModel] | None = model
    names_entry = False
    for step in location:
        if isinstance(step, int) or current is None:
            continue
        if names_entry:
            # The name of an entry, such as an exercise's id, is no field; its table's fields come after it.
            names_entry = False
            continue
        field = current.model_fields.get(str(step))
        if field is None:
            return []
        names_entry = get_origin(field.annotation) is dict
        current = _model_in(field.annotation)
    return list(current.model_fields) if current else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    # Optional, lists and dictionaries wrap the model that counts.
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
