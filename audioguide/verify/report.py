"""What a check reports: rows, each of which holds something measured against the plan."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from audioguide.model.kinds import EventKind
from audioguide.model.plan import Plan
from audioguide.model.timeline import Event
from audioguide.model.units import clock

MOST_PROBLEMS = 20
"""A row lists no more: a file that is shifted as a whole is wrong at each of its hundreds of cues."""


class ReportRow(Struct, frozen=True):
    """One thing that was measured.

    Attributes:
        name: what it is.
        planned: what the plan says.
        measured: what was found.
        ok: whether it is within its tolerance.
        worst: the largest deviation; empty where there is nothing to deviate from.
        problems: where it is not, a line each.
    """

    name: str
    planned: str
    measured: str
    ok: bool
    worst: str = ""
    problems: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """What a check found.

    Attributes:
        path: the file.
        plan: the plan embedded in it.
        rows: everything that was measured.
    """

    path: Path
    plan: Plan
    rows: tuple[ReportRow, ...]

    @property
    def ok(self) -> bool:
        """Whether every row is."""
        return all(row.ok for row in self.rows)


class Reading(Struct, frozen=True):
    """One measured value beside its plan.

    Attributes:
        at_ms: where it belongs.
        what: what people call it.
        deviation: measured less planned; NaN where there was nothing to measure.
    """

    at_ms: int
    what: str
    deviation: float

    def __str__(self) -> str:
        return f"{self.what} at {moment(self.at_ms)}"


class Tolerance(Struct, frozen=True):
    """How far readings may deviate, up or down, in a unit such as ``ms``."""

    limit: float
    unit: str


def row_of(readings: Iterable[Reading], *, name: str, planned: str, within: Tolerance) -> ReportRow:
    """Return a row that is ok when every reading was taken and deviates by no more than ``within`` allows."""
    taken = tuple(readings)
    missing = tuple(f"{reading}: not found" for reading in taken if math.isnan(reading.deviation))
    found = tuple(reading for reading in taken if not math.isnan(reading.deviation))
    off = tuple(
        f"{reading}: {reading.deviation:+.1f} {within.unit}"
        for reading in found
        if not abs(reading.deviation) <= within.limit
    )
    worst = max(found, key=lambda reading: abs(reading.deviation), default=None)
    return ReportRow(
        name=name,
        planned=f"{planned}, ±{within.limit:g} {within.unit}",
        measured=f"{len(taken) - len(missing) - len(off)} of {len(taken)}",
        worst="" if worst is None else f"{worst.deviation:+.1f} {within.unit}",
        ok=not missing and not off,
        problems=(*missing, *off)[:MOST_PROBLEMS],
    )


def named(event: Event) -> str:
    """Return what people call a sounding event."""
    return f"'{event.text}'" if event.kind is EventKind.SPEECH else f"the {event.role} beep"


def moment(ms: int) -> str:
    """Return a time to the millisecond, as people write it."""
    return f"{clock(ms)}.{ms % 1000:03}"
