"""The doses of a protocol's exercises with their ranges, as its phases use them: what may grow over the weeks, and what
may give way to fit a session to minutes.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from audioguide.model.doses import Dose, by_set
from audioguide.model.protocol import Protocol


class Ranges(Struct, frozen=True):
    """What one exercise may be done with.

    Attributes:
        hold_s: seconds of a hold, of each set or one for all; empty for reps.
        repeat: how often it is held in one go; empty where it is not repeated.
        reps: reps of a set, of each or one for all; empty for a hold.
        sets: sets.
        in_circuit: whether it stands in circuits only, whose rounds are its sets.
        priority: of the item where it stands, 1 to 9.
    """

    hold_s: tuple[Dose, ...]
    repeat: tuple[Dose, ...]
    reps: tuple[Dose, ...]
    sets: Dose
    in_circuit: bool
    priority: int


def ranges_of(protocol: Protocol) -> dict[str, Ranges]:
    """Return the ranges of every exercise that may be done.

    Of one that is used twice each dose has the range of the first use that states one. Uses in a circuit come after the
    others: its rounds are its sets, and a time of work that it states is that hold's dose, mostly without a range.
    """
    # A person's doses are by exercise, not by use, so one range must do for all uses.
    uses = [(ref, item, phase.circuit) for phase in protocol.phase for item in phase.exercises for ref in item.refs]
    found: dict[str, Ranges] = {}
    for ref, item, circuit in sorted(uses, key=lambda use: use[2] is not None):
        used = protocol.exercise[ref.use].used_as(ref)
        hold_s: tuple[Dose, ...] = () if used.hold_s is None else by_set(used.hold_s)
        reps: tuple[Dose, ...] = () if used.reps is None else by_set(used.reps)
        if hold_s and circuit is not None and (work := circuit.work_of(ref)) is not None:
            hold_s = (work,)
        repeat: tuple[Dose, ...] = () if used.repeat is None else (used.repeat,)
        own = Ranges(hold_s, repeat, reps, used.sets, in_circuit=circuit is not None, priority=item.priority)
        before = found.setdefault(ref.use, own)
        found[ref.use] = replace(
            before,
            hold_s=own.hold_s if has_range(own.hold_s) and not has_range(before.hold_s) else before.hold_s,
            repeat=own.repeat if has_range(own.repeat) and not has_range(before.repeat) else before.repeat,
            reps=own.reps if has_range(own.reps) and not has_range(before.reps) else before.reps,
        )
    return found


def has_range(doses: tuple[Dose, ...]) -> bool:
    """Return whether any of the doses may move."""
    return any(dose.ranged for dose in doses)


def caps_of(protocol: Protocol) -> dict[int, Dose]:
    """Return the time caps that have a range, in minutes, by the number of their phase, 1 for the first."""
    caps = {number: phase.circuit.minutes for number, phase in enumerate(protocol.phase, 1) if phase.circuit}
    return {number: minutes for number, minutes in caps.items() if minutes is not None and minutes.ranged}
