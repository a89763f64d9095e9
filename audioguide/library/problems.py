"""Turns what pydantic finds into problems that say, in the words of the file, where, what and how to fix it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from audioguide.errors import Problem
from audioguide.library.key_advice import key_advice
from audioguide.model.cues import Cues
from audioguide.model.dates import EXAMPLE
from audioguide.model.doses import LISTED, ONE, FileModel, Minutes, Seconds, Times
from audioguide.model.kinds import Side
from audioguide.model.profile import Holds, Reps, Sets
from audioguide.model.protocol import Call, CoachingLine, ExerciseRef, Instruction, Item, ReadTip, TempoPart, TimesAWeek
from audioguide.model.units import plain_number

FORMS: dict[type[FileModel], str] = {
    Seconds: "write seconds such as 45, { default = 45, min = 45, max = 60 }, or a list of them, one a set",
    Times: "write a whole number such as 3, or { default = 3, min = 1, max = 3 }",
    Minutes: "write minutes such as 12, or { default = 12, min = 8, max = 15 }",
    Item: "write an exercise's id in quotes, { use = …, sets = … } or { choice = …, of = […] }",
    ExerciseRef: "write an exercise's id in quotes, or { use = …, sets = … }",
    TempoPart: 'write { say = "Lift", s = 1 }',
    Cues: "write the cues that are left out, such as { start = false }",
    Instruction: 'write a text, or { say = "Roll onto your hands and knees.", give_s = 8 }',
    CoachingLine: 'write a text, or { say = "For more, lean back.", from_s = 20 }',
    ReadTip: 'write a text, or { text = "For more, lean back.", more = true }',
    Call: 'write { at_s = 600, say = "Turn back." }',
    Holds: "write seconds such as 60, { left = 60, right = 45 }, or a list such as [20, 30, 40], one a set",
    Reps: "write a whole number such as 8, { left = 8, right = 6 }, or a list such as [6, 4, 2], one a set",
    Sets: "write a whole number such as 2, or { left = 3, right = 2 }",
    TimesAWeek: "write a whole number such as 3, or { default = 3, min = 3, max = 4 }",
}
"""What to write where a file has something else; of other tables their keys say enough."""


MEANT = {
    "circuit.sides": 'write sides = "each" on the phase, above its circuit',
    "circuit.alternate_sides": 'write sides = "each" on the phase, above its circuit',
    "phase.seed": "a seed is the person's: --seed N, or seed = N in a profile",
    "circuit.shuffle": "write shuffle = true on the phase, above its circuit",
    "exercises.switch_s": "state it for the exercise itself: [exercise.ID] with switch_s = …",
    "circuit.weeks": "write weeks on the phase, above its circuit",
}
"""What to write instead of a key that stands in another table than people think, where no spelling would lead there."""


def problems_of(error: ValidationError, model: type[BaseModel], table: Mapping[str, Any]) -> list[Problem]:
    """Return every problem in ``error``, which came from checking ``table``, as a file has it, against ``model``."""
    found: dict[Problem, None] = {}
    for details in error.errors():
        location, kind = details["loc"], details["type"]
        where = path(_written(location, table))
        if kind == "extra_forbidden":
            known = _keys_at(model, location[:-1])
            name = str(location[-1])
            # A switch of a cue that was written beside the others of an exercise is no misspelt dose.
            misplaced = "cues" in known and name in Cues.model_fields
            tables = [step for step in location[:-1] if isinstance(step, str)]
            hint = MEANT.get(".".join([*tables[-1:], name]), "")
            hint = hint or (
                f"write cues = {{ {name} = false }}" if misplaced else key_advice(name, details["input"], known)
            )
            found[Problem(where, "unknown key", hint)] = None
            continue
        explain = _EXPLANATIONS.get(kind)
        what, hint = explain(details) if explain else (details["msg"], "")
        # One number that is short for a table may be wrong for several of its keys.
        found[Problem(where, what, hint)] = None
    return list(found)


def _written(location: Sequence[str | int], table: Mapping[str, Any]) -> Sequence[str | int]:
    """Return ``location`` without keys that its author never wrote: a bare number becomes a table on the way in."""
    value: Any = table
    for number, step in enumerate(location):
        if step in _MARKS:
            continue
        if isinstance(value, Mapping):
            if step == "say" and step not in value and value.keys() & {"text", "clip"}:
                # A text with its recording becomes a line on the way in, as a text alone does.
                return location[:number]
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        elif isinstance(step, str) and value is not None:
            return location[:number]
    return location


_MARKS = frozenset({"[key]", ONE, LISTED})
"""Steps of a location that no file has: pydantic's for a wrong key of a dictionary, and the forms of a dose."""


def path(location: Sequence[str | int]) -> str:
    """Return a place in a file as people count: ``phase 2.exercises 1.sets``."""
    words: list[str] = []
    for step in location:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        elif step not in _MARKS:
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
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return plain_number(value) if math.isfinite(value) else str(value)
    text = repr(value)
    # A wrong value may be a whole text; its beginning shows which one.
    return text if len(text) <= 40 else f"{text[:37]}…"


def _number(relation: str) -> Callable[[ErrorDetails], Explanation]:
    def explain(details: ErrorDetails) -> Explanation:
        limit = plain_number(next(iter(details["ctx"].values())))
        return f"{_shown(details)} is out of bounds", f"use a number {relation} {limit}"

    return explain


def _kind(wanted: str) -> Callable[[ErrorDetails], Explanation]:
    return lambda details: (f"{_shown(details)} is not {wanted}", f"write {wanted}")


def _date(details: ErrorDetails) -> Explanation:
    value = details["input"]
    if isinstance(value, datetime):
        return f"{_shown(details)} has a time", f"write the date alone: {value.date().isoformat()}"
    return f"{_shown(details)} is no date", f"write one such as {EXAMPLE}"


def _list(details: ErrorDetails) -> Explanation:
    forms = {
        "phase": "write [[phase]] above each phase",
        "tempo": 'write parts such as [ { say = "Lower", s = 3 }, { say = "Hold", s = 1 } ], or "3-1-1"',
    }
    return f"{_shown(details)} is not a list", forms.get(str(details["loc"][-1]), "write a list")


def _unknown(details: ErrorDetails) -> Explanation:
    if details["loc"][-1] == "sides" and details["input"] in [*Side]:
        # Of an exercise one side is known; a phase goes by both.
        advice = f'write sides = "each", or state it for its exercises: {{ use = …, sides = "{details["input"]}" }}'
        return f"{_shown(details)} is no way to do a whole phase", advice
    return f"{_shown(details)} is unknown", f"use {details['ctx']['expected']}"


def _table(details: ErrorDetails) -> Explanation:
    # pydantic names the model that it wanted; ours are told apart by their names alone.
    forms = {model.__name__: form for model, form in FORMS.items()}
    wanted = details["ctx"].get("class_name", "")
    form = forms.get(wanted, "write a table")
    if isinstance(details["input"], list) and wanted in (Seconds.__name__, Times.__name__):
        # A pyramid of sets, as 6, 4, 2 reps, is a common wish.
        return "a list does not belong here", f"it is the same in every set: {form}"
    if wanted == TempoPart.__name__ and isinstance(details["input"], str):
        form = f'write {{ say = "{details["input"]}", s = 1 }}, with its seconds'
    if wanted in (Seconds.__name__, Times.__name__, Minutes.__name__):
        form = _dose_in_quotes(details["input"]) or form
    return f"{_shown(details)} does not belong here", form


def _dose_in_quotes(value: Any) -> str:
    """Return how to write what a text such as "45" or "5-8" says, or nothing where it says neither."""
    number = r"\s*(\d+(?:\.\d+)?)\s*"
    if not isinstance(value, str):
        return ""
    if alone := re.fullmatch(number, value):
        return f"write {alone[1]}, without quotes"
    span = re.fullmatch(rf"{number}(?:-|–|to){number}", value)
    return f"write {{ default = {span[1]}, min = {span[1]}, max = {span[2]} }}" if span else ""


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
    "string_unicode": lambda details: ("has bytes that are no UTF-8", "rename the file, or name another"),
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
    "tuple_type": _list,
    "date_type": _date,
    "dict_type": _kind("a table"),
    "model_type": _table,
    "model_attributes_type": _table,
    "dose_range": lambda details: (details["msg"], "widen min and max or change default"),
    "advice": lambda details: (details["msg"], details["ctx"]["hint"]),
    "one_line": lambda details: (details["msg"], ""),
    "sayable": lambda details: (
        details["msg"],
        "leave say out where nothing is said" if "tempo" in details["loc"] else "write a sentence",
    ),
}
"""For each kind of pydantic's errors, and of our own, its explanation (https://docs.pydantic.dev/latest/errors)."""


def _keys_at(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """Return the keys that may stand at ``location``, by walking the model's fields."""
    current: type[BaseModel] | None = model
    names_entry = False
    for step in location:
        if isinstance(step, int) or step in _MARKS or current is None:
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
