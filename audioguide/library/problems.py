"""Turns what pydantic finds into problems that say, in the words of the file, where, what and how to fix it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from audioguide.errors import Problem
from audioguide.model.text import suggest

Words = tuple[str, str]


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Return every problem in ``error``, which came from checking a file against ``model``."""
    return [_problem(details, model) for details in error.errors()]


def path(location: Sequence[str | int]) -> str:
    """Return a place in a file as people count: ``phase 2.exercises 1.sets``."""
    words: list[str] = []
    for step in location:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        elif step != "[key]":
            words.append(str(step))
    return ".".join(words)


def _problem(details: ErrorDetails, model: type[BaseModel]) -> Problem:
    location = details["loc"]
    if details["type"] == "extra_forbidden":
        key = str(location[-1])
        return Problem(path(location), "unknown key", suggest(key, _keys_at(model, location[:-1])))
    explain = _EXPLAINED.get(details["type"])
    what, hint = explain(details) if explain else (details["msg"], "")
    return Problem(_without_dose_default(location, details), what, hint)


def _without_dose_default(location: Sequence[str | int], details: ErrorDetails) -> str:
    # A bare number became a table on the way in; its author never wrote "default".
    shown = path(location)
    bare = location and location[-1] == "default" and details["type"] != "missing"
    return shown.removesuffix(".default") if bare else shown


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}…"


def _number(relation: str) -> Callable[[ErrorDetails], Words]:
    def words(details: ErrorDetails) -> Words:
        limit = next(iter(details["ctx"].values()))
        return f"{_shown(details['input'])} is out of bounds", f"use a number {relation} {limit}"

    return words


def _kind(wanted: str) -> Callable[[ErrorDetails], Words]:
    return lambda details: (f"{_shown(details['input'])} is not {wanted}", f"write {wanted}")


_EXPLAINED: dict[str, Callable[[ErrorDetails], Words]] = {
    "missing": lambda details: ("missing", f"add {details['loc'][-1]} = …"),
    "literal_error": lambda details: (f"{_shown(details['input'])} is unknown", f"use {details['ctx']['expected']}"),
    "enum": lambda details: (f"{_shown(details['input'])} is unknown", f"use {details['ctx']['expected']}"),
    "string_pattern_mismatch": lambda details: (
        f"{_shown(details['input'])} is no id",
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
    "finite_number": lambda details: (f"{_shown(details['input'])} is no number to count with", "use a plain number"),
    "string_type": _kind("a text in quotes"),
    "float_type": _kind("a number"),
    "int_type": _kind("a whole number"),
    "int_from_float": _kind("a whole number"),
    "bool_type": _kind("true or false"),
    "tuple_type": lambda details: (
        f"{_shown(details['input'])} is not a list",
        "write [[phase]] above each phase" if details["loc"][-1] == "phase" else "write a list",
    ),
    "dict_type": _kind("a table"),
    "model_type": lambda details: (f"{_shown(details['input'])} does not belong here", _table_mend(details)),
    "model_attributes_type": lambda details: (
        f"{_shown(details['input'])} does not belong here",
        _table_mend(details),
    ),
    "dose_range": lambda details: (details["msg"], "widen min and max or change default"),
    "lexicon": lambda details: (details["msg"], details["ctx"]["hint"]),
    "one_line": lambda details: (details["msg"], ""),
    "sayable": lambda details: (details["msg"], "write a sentence"),
}

_FORMS = {
    "Seconds": "write seconds such as 45, or { default = 45, min = 45, max = 60 }",
    "Times": "write a whole number such as 3, or { default = 3, min = 1, max = 3 }",
    "Item": "write an exercise's id in quotes, { use = …, sets = … } or { choice = …, of = […] }",
    "ExerciseRef": "write an exercise's id in quotes, or { use = …, sets = … }",
    "TempoPart": 'write { say = "Lift", s = 1 }',
    "SideHolds": "write seconds such as 60, or { left = 60, right = 45 }",
}


def _table_mend(details: ErrorDetails) -> str:
    return _FORMS.get(details["ctx"].get("class_name", ""), "write a table")


def _keys_at(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """Return the keys that may stand at ``location``, by walking the model's fields."""
    current: type[BaseModel] | None = model
    inside_map = False
    for step in location:
        if isinstance(step, int) or current is None:
            continue
        if inside_map:
            inside_map = False
            continue
        field = current.model_fields.get(str(step))
        if field is None:
            return []
        inside_map = "dict" in str(field.annotation)
        current = _model_in(field.annotation)
    return list(current.model_fields) if current else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
