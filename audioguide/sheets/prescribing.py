"""Turns an exercise of a sheet into what a protocol file says of it: a built-in exercise, or one of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from audioguide.languages.registry import FOLDERS
from audioguide.languages.sheet_words import plain, sheet_words
from audioguide.languages.text_words import text_words
from audioguide.library.builtin import exercises
from audioguide.model.kinds import Sides
from audioguide.model.protocol import Exercise
from audioguide.model.text import quoted
from audioguide.model.units import plain_number
from audioguide.sheets.exercise_names import built_in, similar
from audioguide.sheets.sheet import Entry, Quantity, SheetDose, UnreadError, Why

MOST_BARE_REPS = 25
"""A bare number beyond it is rarely one of reps: 3 x 30 are seconds more often than not, so it is asked."""

USUAL_REP_S = 4
"""Seconds of a rep whose tempo no sheet states: our suggestion, marked where it is printed."""

USUAL_WAY_S = 2
"""Seconds on the way into a position that a rep holds, and out of it: our suggestion too."""

Table = Mapping[str, Any]


class Prescribed(Struct, frozen=True):
    """An exercise of a sheet as a protocol says it.

    Attributes:
        entry: the exercise as the sheet has it.
        built_in: the id of the built-in exercise; None for one of its own.
        doses: the keys of the doses.
        own: the other keys of an exercise of its own.
        assumed: what was taken for granted, a sentence each.
    """

    entry: Entry
    built_in: str | None
    doses: Table
    own: Table
    assumed: tuple[str, ...]


def prescribe_entry(entry: Entry, language: str) -> Prescribed:
    """Return what a protocol says of an exercise of a sheet in the language of a code.

    Raises:
        UnreadError: where its dose has more than one reading.
    """
    key = built_in(entry.name)
    exercise = None if key is None else exercises()[key]
    dose, assumed = _with_reps(entry, exercise)
    # Whatever is assumed is told to who imports the sheet, so that they can hold each line against it.
    notes = [*entry.assumed, *entry.dose.assumed, *assumed]
    if exercise is not None and (why := _unfit(dose, exercise)):
        notes.append(f"the built-in {quoted(str(exercise.name))} {why}, so this is an exercise of its own")
        key = exercise = None
        is_similar = False
    else:
        is_similar = exercise is None
    dose, noted = _with_sides(dose, exercise)
    notes += noted
    doses, noted = _doses(dose, exercise)
    notes += noted
    if exercise is not None:
        assert key is not None
        notes.append(f"{quoted(entry.name)} is the built-in '{key}'")
        if exercise.tempo:
            tempo = "-".join(plain_number(part.s) for part in exercise.tempo)
            notes.append(f"a rep takes {tempo} s, as in the built-in exercise")
        return Prescribed(entry, key, doses=doses, own={}, assumed=tuple(dict.fromkeys(notes)))
    if is_similar and (near := similar(entry.name)) is not None:
        name = str(exercises()[near].name)
        notes.append(f"{quoted(entry.name)} is an exercise of its own; the built-in '{near}' is called {quoted(name)}")
    elif is_similar:
        notes.append(f"{quoted(entry.name)} is an exercise of its own")
    own, noted = _own(dose, language)
    return Prescribed(entry, None, doses=doses, own=own, assumed=tuple(dict.fromkeys((*notes, *noted))))


def _with_reps(entry: Entry, exercise: Exercise | None) -> tuple[SheetDose, list[str]]:
    """Return the dose with a bare number read as reps, where it can be nothing else.

    Raises:
        UnreadError: where it may be seconds.
    """
    dose = entry.dose
    if dose.bare is None:
        return dose, []
    number = _ranged_text(dose.bare)
    if exercise is None:
        held = any(part in plain(entry.name) for code in FOLDERS for part in sheet_words(code).held)
    else:
        held = exercise.hold_s is not None
    if held or dose.bare.high > MOST_BARE_REPS:
        raise UnreadError(Why.BARE_COUNT, number)
    return replace(dose, reps=(dose.bare,), bare=None), [f"{number} are reps"]


def _unfit(dose: SheetDose, exercise: Exercise) -> str:
    """Return why a built-in exercise can't be done in a dose; empty where it can."""
    holds = bool(dose.hold_s)
    if holds and exercise.hold_s is None:
        return "has reps, and the sheet a hold"
    if dose.reps and exercise.hold_s is not None:
        return "is held, and the sheet has reps"
    if dose.tempo:
        return "has a tempo of its own"
    if dose.relax_s is not None:
        return "lets go nowhere"
    if dose.rep_hold_s is not None:
        # A rep of a built-in exercise is held in the part whose word is one for a pause.
        pauses = {plain(word) for word in text_words("en").pause}
        held_s = {part.s for part in exercise.tempo if part.say and plain(str(part.say)).split()[0] in pauses}
        if dose.rep_hold_s.low not in held_s:
            return "holds its reps otherwise"
    if dose.sides is not None and not _fits_sides(dose, exercise):
        return f"has sides = {exercise.sides}"
    return ""


def _fits_sides(dose: SheetDose, exercise: Exercise) -> bool:
    """Return whether a built-in exercise can be done on the sides of a dose that states them."""
    if exercise.sides is Sides.EACH:
        return not dose.alternating and dose.sides in (Sides.EACH, Sides.LEFT, Sides.RIGHT)
    if exercise.sides is Sides.ALTERNATING:
        return dose.sides is Sides.EACH
    return dose.sides is Sides.BOTH


def _with_sides(dose: SheetDose, exercise: Exercise | None) -> tuple[SheetDose, list[str]]:
    """Return the dose with its sides, and what was taken for granted of them.

    Raises:
        UnreadError: where the words may mean two things.
    """
    if dose.both_sides:
        if dose.sides is not None and dose.sides is not Sides.EACH:
            raise UnreadError(Why.BOTH_SIDES, dose.both_sides)
        if dose.sides is None and (exercise is None or exercise.sides is not Sides.EACH):
            raise UnreadError(Why.BOTH_SIDES, dose.both_sides)
        return replace(dose, sides=Sides.EACH), [f"{quoted(dose.both_sides)} is one side after the other"]
    if dose.sides in (Sides.LEFT, Sides.RIGHT):
        return dose, [f"it is done with the {dose.sides} side only"]
    if dose.sides is not None:
        return dose, []
    if exercise is None:
        return dose, ["no side is named, so it is done once, not on each side"]
    if exercise.sides is Sides.BOTH:
        return dose, []
    if dose.reps:
        # Of a bird dog "3 x 10" is ten reps a side, or ten in all.
        raise UnreadError(Why.REPS_OF_SIDES)
    return dose, ["it is done on each side, as the built-in exercise is"]


def _doses(dose: SheetDose, exercise: Exercise | None) -> tuple[dict[str, Any], list[str]]:
    """Return the keys of a dose and what was taken for granted."""
    notes: list[str] = []
    doses: dict[str, Any] = {}
    if dose.sides is not None and not (exercise is not None and exercise.sides is Sides.ALTERNATING):
        doses["sides"] = str(Sides.ALTERNATING if dose.alternating else dose.sides)
    # Reps that are held with a time to let go between them are repeated holds of one set.
    repeated = dose.relax_s is not None and dose.rep_hold_s is not None
    held = (dose.rep_hold_s,) if repeated and dose.rep_hold_s else dose.hold_s
    if held:
        doses["hold_s"] = _by_set(held, "s", notes)
        if repeated:
            doses["repeat"] = _ranged(dose.reps[0], "holds", notes)
            assert dose.relax_s is not None
            doses["relax_s"] = _longer(dose.relax_s, "to let go", notes)
    else:
        doses["reps"] = _by_set(dose.reps, "reps", notes)
    # A list of doses says by its length how many sets there are.
    if len(held) < 2 and len(dose.reps) < 2:
        doses["sets"] = _ranged(dose.sets or Quantity(1, 1), "sets", notes)
        if dose.sets is None and exercise is not None:
            notes.append("it is one set, as no number of sets is stated")
    rest = dose.rest_s
    # "Hold 30 s, relax 10 s" with no count of holds: it can only be let go of between sets.
    if rest is None and dose.relax_s is not None and not repeated:
        rest = dose.relax_s
        notes.append(f"the {plain_number(rest.low)} s to let go are the rest between the holds")
    if rest is not None:
        doses["rest_s"] = _longer(rest, "of rest", notes)
    elif exercise is not None and isinstance(exercise.rest_s, float) and doses.get("sets", 1) != 1:
        notes.append(f"a rest of {plain_number(exercise.rest_s)} s, as the built-in exercise has it")
    elif exercise is None and doses.get("sets", 2) != 1:
        notes.append("no rest is stated, so that it lasts as long as its words")
    return doses, notes


def _by_set(values: Sequence[Quantity], unit: str, notes: list[str]) -> Any:
    """Return the dose of every set, or a list with one for each; of a list no number is a range."""
    if len(values) == 1:
        return _ranged(values[0], unit, notes)
    return [_number(value.low) for value in values]


def _ranged(value: Quantity, unit: str, notes: list[str]) -> Any:
    """Return a dose; of a range the least is done at first, and the most later."""
    if not value.ranged:
        return _number(value.low)
    low, high = _number(value.low), _number(value.high)
    notes.append(f"of {low} to {high} {unit} it begins with {low}")
    return {"default": low, "min": low, "max": high}


def _longer(value: Quantity, what: str, notes: list[str]) -> Any:
    """Return a time in which nothing is trained; of a range the most, since more rest harms nobody."""
    if value.ranged:
        notes.append(f"of {_ranged_text(value)} s {what} it takes {plain_number(value.high)} s")
    return _number(value.high)


def _ranged_text(value: Quantity) -> str:
    return "–".join(dict.fromkeys((plain_number(value.low), plain_number(value.high))))


def _number(value: float) -> int | float:
    return int(value) if value % 1 == 0 else value


def _own(dose: SheetDose, language: str) -> tuple[dict[str, Any], list[str]]:
    """Return the keys of an exercise of its own that are no doses, and what was taken for granted."""
    if not dose.reps or dose.relax_s is not None:
        return {}, []
    if dose.tempo is not None:
        noted = [f"tempo {dose.tempo}: seconds to lower, pause and lift"]
        if re.search("[xX]", dose.tempo):
            noted.append("x in the tempo is one second")
        return {"tempo": re.sub("[xX×*]", "X", dose.tempo)}, noted
    if dose.rep_hold_s is not None:
        held = _number(dose.rep_hold_s.low)
        way = {"s": USUAL_WAY_S, "suggested": True}
        noted = [f"each rep takes {USUAL_WAY_S} s into the position and {USUAL_WAY_S} s out of it"]
        if dose.rep_hold_s.ranged:
            noted.append(f"each rep is held {held} s, the least of {_ranged_text(dose.rep_hold_s)} s")
        return {"tempo": [way, {"say": sheet_words(language).rep_word, "s": held}, way]}, noted
    return {"tempo": [{"s": USUAL_REP_S, "suggested": True}]}, [f"a rep takes {USUAL_REP_S} s, as no tempo is stated"]


def texts_of(prescribed: Prescribed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return how an exercise is done and what keeps a person safe in it, as the sheet says."""
    loads = tuple(f"{load.lstrip('@ ')}." for load in prescribed.entry.dose.loads)
    return (*loads, *prescribed.entry.remarks), prescribed.entry.cautions
