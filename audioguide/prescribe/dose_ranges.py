"""The doses of a protocol's exercises with their ranges, as its phases use them: what may grow over the weeks, and what
may give way to fit a session to minutes.
"""

from __future__ import annotations

from dataclasses import dataclass

from audioguide.model.doses import Dose
from audioguide.model.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Ranges:
    """What one exercise may be done with.

    Attributes:
        hold_s: seconds of a hold, or None for reps.
        reps: reps of a set, or None for a hold.
        sets: sets.
        in_circuit: whether a circuit's times rule it.
        priority: of the item where it stands, 1 to 9.
    """

    hold_s: Dose | None
    reps: Dose | None
    sets: Dose
    in_circuit: bool
    priority: int


def ranges_of(protocol: Protocol) -> dict[str, Ranges]:
    """Return the ranges of every exercise that may be done; of one that is used twice, those of its first use.

    One that stands in a circuit anywhere is ruled by that.
    """
    # There work_s says how long everything is held, so that no range has a say.
    circuits = {ref.use for phase in protocol.phase if phase.circuit for item in phase.exercises for ref in item.refs}
    found: dict[str, Ranges] = {}
    for item in protocol.items():
        for ref in item.refs:
            used = protocol.exercise[ref.use].used_as(ref)
            own = Ranges(used.hold_s, used.reps, used.sets, in_circuit=ref.use in circuits, priority=item.priority)
            # A person's doses are by exercise, not by use, so one range must do for all uses.
            found.setdefault(ref.use, own)
    return found
