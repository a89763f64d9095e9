"""The range of each dose as it is printed, and the mark of what is the author's own suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audioguide.languages.language import Language
from audioguide.model.doses import Dose, by_set
from audioguide.model.kinds import Suggested
from audioguide.model.session import Prescription
from audioguide.model.units import to_ms

MARK = "*"
"""Stands behind each number that is the author's own suggestion; the page explains it."""


class _Ranged(NamedTuple):
    """A dose as it is stated, with how much of it this person does, in the units of the file.

    Attributes:
        key: its key in the file.
        doses: one, or one for each set.
        done: the values that this person has.
        form: what is done so often, with ``{range}``, as a field of the page's words; empty for a length.
    """

    key: str
    doses: Sequence[Dose]
    done: frozenset[float]
    form: str = ""


def range_of(item: Prescription, language: Language, in_circuit: bool = False) -> str:
    """Return the range in which an exercise's doses may be, ``45–60 s, 1*–3 sets``; empty for none.

    In a circuit, whose rounds are the sets, the exercise's own sets don't count.
    """
    marks = _marks(item)
    found = []
    for ranged in _doses(item, in_circuit):
        for dose in ranged.doses:
            if dose.min is not None and dose.max is not None and dose.min < dose.max:
                # Of a dose that is a suggestion the ends are, too.
                low, high = (MARK if {ranged.key, f"{ranged.key}.{end}"} & {*marks} else "" for end in ("min", "max"))
                found.append(_range(ranged, (low, high), (dose.min, dose.max), language))
    return ", ".join(dict.fromkeys(found))


def dose_mark(item: Prescription, in_circuit: bool = False) -> str:
    """Return the mark behind a dose of which this person does what is marked; empty where the source has it."""
    for ranged in _doses(item, in_circuit):
        for mark in (mark for mark in _marks(item) if mark.key == ranged.key):
            # Another dose is the person's own, or lies between the ends.
            if {getattr(dose, mark.end or "default") for dose in ranged.doses} & ranged.done:
                return MARK
    return ""


def tempo_marks(item: Prescription) -> tuple[str, ...]:
    """Return the mark of each part of a rep; empty for those with a source, and where the tempo is the person's own."""
    parts = [] if item.stated is None else [part for part in item.stated.tempo if part.s > 0]
    if [to_ms(part.s) for part in parts] != [part.duration_ms for part in item.tempo]:
        return ("",) * len(item.tempo)
    return tuple(MARK if part.suggested else "" for part in parts)


def rest_mark(item: Prescription) -> str:
    """Return the mark behind the rests between sets, where they are as stated."""
    if item.stated is None or item.stated.rest_s is None or Suggested.REST not in _marks(item):
        return ""
    stated = item.stated.rest_s if isinstance(item.stated.rest_s, tuple) else (item.stated.rest_s,)
    return MARK if {*map(to_ms, stated)} >= {*(item.rests_ms or (item.rest_ms,))} else ""


def setup_mark(item: Prescription) -> str:
    """Return the mark behind how an exercise is done."""
    return MARK if Suggested.SETUP in _marks(item) else ""


def _marks(item: Prescription) -> tuple[Suggested, ...]:
    return () if item.stated is None else item.stated.suggested


def _doses(item: Prescription, in_circuit: bool) -> Iterator[_Ranged]:
    """Yield the doses that an exercise states where it stands, but those that its circuit replaces."""
    stated = item.stated
    if stated is None:
        return
    efforts = [effort for each in item.by_set or (item.efforts,) for effort in each]
    if stated.hold_s is not None and not item.station.fixed_work:
        held = frozenset((effort.hold_ms or 0) / 1000 for effort in efforts)
        yield _Ranged("hold_s", by_set(stated.hold_s), held)
    if stated.repeat is not None:
        yield _Ranged("repeat", (stated.repeat,), frozenset(effort.repeat for effort in efforts), "range_holds")
    if stated.reps is not None:
        form = "range_reps" if stated.count else "range_times"
        yield _Ranged("reps", by_set(stated.reps), frozenset(effort.reps or 0 for effort in efforts), form)
    if not in_circuit and not isinstance(stated.hold_s or stated.reps, tuple):
        yield _Ranged("sets", (stated.sets,), frozenset({item.sets}), "range_sets")


def _range(ranged: _Ranged, marks: tuple[str, str], ends: tuple[float, float], language: Language) -> str:
    """Return a range in words, each end with its mark behind it; a unit stands once where both have the same."""
    if ranged.form:
        low, high = map(language.formats.number, ends)
        form: str = getattr(language.printed.handout, ranged.form)
        return form.format(range=f"{low}{marks[0]}–{high}{marks[1]}")
    low, high = language.printed.lengths.texts([to_ms(end_s) for end_s in ends])
    unit = "\N{NO-BREAK SPACE}min"
    if low.endswith(unit) and high.endswith(unit) and high.count(unit[0]) == 1:
        low = low.removesuffix(unit)
    return f"{low}{marks[0]}–{high}{marks[1]}"
