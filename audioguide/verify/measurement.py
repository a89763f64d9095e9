"""A row of the check's report, and what every row is measured from. `check` gathers the rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audioguide.audio.clip import Clip
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.plan import Plan
from audioguide.model.timeline import Event
from audioguide.model.units import clock
from audioguide.verify.recording import Match, Recording

_MOST_FAULTS = 20
_NEAR_MS = 150


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured.

    Attributes:
        name: what it is.
        planned: what the plan says.
        measured: what was found.
        worst: the largest deviation; empty where there is nothing to deviate from.
        ok: whether it is within its tolerance.
        problems: where it is not, a line each.
    """

    name: str
    planned: str
    measured: str
    worst: str
    ok: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
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


@dataclass(frozen=True, slots=True)
class Heard:
    """What rows are measured from.

    Attributes:
        plan: what was meant.
        recording: what is heard.
        peak_dbtp: the true peak of the whole, over both channels.
        sounds: the beeps as they should sound.
        matches: for each beep of the plan whose sound is known, where it was found.
    """

    plan: Plan
    recording: Recording
    peak_dbtp: float
    sounds: Mapping[BeepRole, Clip]
    matches: Mapping[Event, Match]

    @property
    def voice_lufs(self) -> float:
        """How loud the voice was asked to be, its volume counted in."""
        return self.plan.sound.voice_lufs(self.plan.voice.volume)

    def is_alone(self, event: Event) -> bool:
        """Whether nothing sounds below an event, so that its first and last sound can be told by their level."""
        return self.plan.sound.music is None and not any(
            breath.start_ms < event.end_ms + _NEAR_MS and event.start_ms < breath.end_ms + _NEAR_MS
            for breath in self.breaths()
        )

    def breaths(self) -> tuple[Event, ...]:
        """Return the breaths that a tone paces, in order."""
        return self.plan.timeline.of_kind(EventKind.BREATH)

    def cues_alone(self) -> tuple[Event, ...]:
        """Return the spoken cues below which nothing sounds."""
        return tuple(cue for cue in self.plan.timeline.of_kind(EventKind.SPEECH) if self.is_alone(cue))

    def known_beeps(self) -> tuple[Event, ...]:
        """Return the beeps that can be told: by their sound, or, alone, by their level."""
        beeps = self.plan.timeline.of_kind(EventKind.BEEP)
        return tuple(beep for beep in beeps if beep in self.matches or self.is_alone(beep))

    def gap_before_ms(self, event: Event) -> int:
        """Return how long the planned silence before a sounding event lasts."""
        ends = [other.end_ms for other in self.plan.timeline.sounds() if other.end_ms <= event.start_ms]
        return event.start_ms - max(ends, default=0)


def judged(name: str, planned: str, readings: Iterable[Reading], limit: float, unit: str) -> Row:
    """Return a row that is ok when every reading was taken and deviates by ``limit`` at most."""
    taken = tuple(readings)
    missing = tuple(f"{reading}: not found" for reading in taken if math.isnan(reading.deviation))
    found = tuple(reading for reading in taken if not math.isnan(reading.deviation))
    off = tuple(
        f"{reading}: {reading.deviation:+.1f} {unit}" for reading in found if not abs(reading.deviation) <= limit
    )
    worst = max(found, key=lambda reading: abs(reading.deviation), default=None)
    return Row(
        name=name,
        planned=f"{planned}, ±{limit:g} {unit}",
        measured=f"{len(taken) - len(missing) - len(off)} of {len(taken)}",
        worst="" if worst is None else f"{worst.deviation:+.1f} {unit}",
        ok=not missing and not off,
        problems=(*missing, *off)[:_MOST_FAULTS],
    )


def named(event: Event) -> str:
    """Return what people call a sounding event."""
    return f"'{event.text}'" if event.kind is EventKind.SPEECH else f"the {event.role} beep"


def moment(ms: int) -> str:
    """Return a time to the millisecond, as people write it."""
    return f"{clock(ms)}.{ms % 1000:03}"
