"""The doses of a protocol's exercises with their ranges, as its phases use them. `progress` grows doses in them, `fit`
fits doses in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audioguide.model.doses import Dose
from audioguide.model.protocol import ExerciseRef, Item, Phase, Protocol


@dataclass(frozen=True, slots=True)
class Ranges:
    """What one exercise may be done with.

    Attributes:
        hold_s: seconds of a hold, or None for reps.
        reps: reps of a set, or None for a hold.
        sets: sets.
        rest_s: seconds of rest after a set; it has no range of its own.
        in_circuit: whether a circuit's times rule it.
        priority: of the place where it stands, 1 to 9.
    """

    hold_s: Dose | None
    reps: Dose | None
    sets: Dose
    rest_s: float
    in_circuit: bool
    priority: int


def ranges_of(protocol: Protocol) -> dict[str, Ranges]:
    """Return the ranges of every exercise that may be done; of one that is used twice, those of its first place.

    One that stands in a circuit anywhere is ruled by that.
    """
    found: dict[str, Ranges] = {}
    circuits: set[str] = set()
    for phase, item, use in _places(protocol):
        found.setdefault(use.use, _ranges(protocol, phase, item, use))
        if phase.circuit:
            circuits.add(use.use)
    return {
        name: Ranges(own.hold_s, own.reps, own.sets, own.rest_s, name in circuits, own.priority)
        for name, own in found.items()
    }


def _places(protocol: Protocol) -> Iterator[tuple[Phase, Item, ExerciseRef]]:
    for phase in protocol.phase:
        for item in phase.exercises:
            for use in item.options:
                yield phase, item, use
            if item.harder is not None:
                yield phase, item, ExerciseRef(use=item.harder.use)


def _ranges(protocol: Protocol, phase: Phase, item: Item, use: ExerciseRef) -> Ranges:
    exercise = protocol.exercise[use.use]
    return Ranges(
        hold_s=None if exercise.hold_s is None else exercise.hold_s.overridden(use.hold_s),
        reps=None if exercise.reps is None else exercise.reps.overridden(use.reps),
        sets=exercise.sets.overridden(use.sets),
        rest_s=exercise.rest_s if use.rest_s is None else use.rest_s,
        in_circuit=phase.circuit is not None,
        priority=item.priority,
    )
