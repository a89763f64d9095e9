"""Doses in a column of a table, with room for ``2 × 45 s a side``; what the program says of itself is in English."""

from __future__ import annotations

from functools import partial

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.formats import Counted, Formats
from audioguide.model.doses import Dose, by_set
from audioguide.model.kinds import Sides
from audioguide.model.protocol import Exercise, ExerciseRef
from audioguide.model.units import plain_number

_counted = partial(Counted, "en")

LISTED = DoseWording(
    formats=Formats("en"),
    once="1 rep",
    times=_counted("{count} reps"),
    reps_of_set=_counted("{count}"),
    one_hold="{work}",
    each_side="{work} a side",
    on_left="{work} left",
    on_right="{work} right",
    only_left="{work} left",
    only_right="{work} right",
    between_sides=" and ",
    sets=_counted("{count} × {work}"),
    sets_of_sides=_counted("{count} × {work}"),
    varied=_counted("{count} sets: {work}"),
    between_lists="; ",
    repeated=_counted("{count} times {work}"),
)


def dose_of(exercise: Exercise, use: ExerciseRef | None = None) -> str:
    """Return an exercise's dose with its range, as the use in a phase changes it."""
    used = exercise.used_as(use or ExerciseRef(use="own"))
    if used.hold_s is not None:
        amount = f"{_listed(used.hold_s)} s"
        if used.repeat is not None:
            amount = LISTED.repeated.text(ranged(used.repeat), work=amount)
    else:
        assert used.reps is not None
        amount = LISTED.times.text(_listed(used.reps))
    each_side = used.sides in (Sides.EACH, Sides.ALTERNATING)
    if isinstance(used.hold_s or used.reps, tuple):
        work = LISTED.work({used.sides.only: amount}, each_side=each_side)
        return LISTED.varied.text(used.sets.default, work=work)
    # One set goes without saying, unless the person may do more.
    times = 1 if (used.sets.default, used.sets.max) == (1, None) else ranged(used.sets)
    return LISTED.work({used.sides.only: amount}, times, each_side=each_side)


def _listed(doses: Dose | tuple[Dose, ...]) -> str:
    return LISTED.formats.list(map(ranged, by_set(doses)))


def ranged(dose: Dose) -> str:
    """Return a dose with its range: ``45 (45–60)``."""
    default = plain_number(dose.default)
    if dose.min is None or dose.max is None or dose.min == dose.max:
        return default
    return f"{default} ({plain_number(dose.min)}–{plain_number(dose.max)})"
