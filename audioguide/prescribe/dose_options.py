"""Every way to do each exercise of a session inside its ranges, with the time it takes and what it costs the person.

Costs are tiers: rests give way before sets, sets before reps and holds, and whole exercises last, by the protocol's
priority; each tier moves only where the ones before it don't suffice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeVar

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from audioguide.model.doses import Dose
from audioguide.model.profile import DoseOverrides, Holds, Reps, Sets
from audioguide.model.session import Prescription, Rounds, Session, TimeCap
from audioguide.model.units import to_ms
from audioguide.prescribe.dose_ranges import Ranges
from audioguide.prescribe.knapsack import Group, Option
from audioguide.prescribe.layers import Layer
from audioguide.prescribe.progression import HOLD_STEP_S

T = TypeVar("T")

REST_STEP_S = 5

LEAST_REST_S = 10.0
"""Time to breathe between two sets."""

# So far apart that moving all doses of one tier, in twenty exercises, costs less than a usual step of the next.
_REST_COST, _SET_COST, _WORK_COST, _DROP_COST = 1, 10**4, 10**7, 10**12

_DROP_BASE = 3
"""An exercise of the next lower priority number costs so many times as much to leave out."""

_FULL_MOVE = 20
"""A dose moved through its whole range counts so many steps, squared: many small moves are kinder than one large."""

_MOST_VALUES = 40
"""Of a very wide range some values do; the search takes longer with each."""

_SWITCH_WORDS_MS = 6_000
_BETWEEN_SETS_MS = 6_000
"""Guesses at what is said at a change of sides and between sets; what is wrong in them, timing the session corrects."""


class DoseOption(Struct, frozen=True):
    """One way to do an exercise.

    Attributes:
        time_ms: how long its sets take, everywhere in the session together.
        cost: what it costs the person; 0 for the usual.
        doses: what differs from the usual; None where the exercise is left out.
        caps: the minutes of the rounds against the clock that it is, by the number of their phase; else empty.
    """

    time_ms: int
    cost: int
    doses: DoseOverrides | None
    caps: Mapping[int, float] = field(default_factory=dict)


class ExerciseOptions(Struct, frozen=True):
    """An exercise of the session with its options.

    Attributes:
        id: the exercise.
        phase: the number of the phase in which it stands first.
        options: what may be done, the usual first.
    """

    id: str
    phase: int
    options: tuple[DoseOption, ...]

    def group(self, besides_ms: int) -> Group:
        """Return the options in whole seconds; ``besides_ms`` is what the exercise takes besides its sets."""
        return Group(
            self.phase,
            tuple(
                Option(max(1, (option.time_ms + besides_ms + 500) // 1000), option.cost)
                if option.doses is not None
                else Option(0, option.cost, kept=False)
                for option in self.options
            ),
        )


def exercise_options(
    session: Session, layers: Sequence[Layer], ranges: Mapping[str, Ranges], kept: Collection[str], longer: bool
) -> Iterator[ExerciseOptions]:
    """Yield the options of each exercise that may move; what the person states stays as it is.

    Args:
        session: what is done, at the usual doses.
        layers: the person's changes.
        ranges: the ranges of every exercise.
        kept: ids of exercises that are not left out.
        longer: whether options take longer than the usual one, or shorter.
    """
    chosen = {name for layer in layers for name in layer.profile.choose.values()}
    scaled = any(layer.profile.scale is not None for layer in layers)
    for name, places in standings_of(session).items():
        # In rounds against the clock no dose takes time of its own.
        if all(place.circuit is not None and place.circuit.cap for place in places):
            continue
        item = usual_place(places).item
        stated = [layer.profile.exercise[name] for layer in layers if name in layer.profile.exercise]
        own = [doses for doses in stated if doses.states_dose]
        usual = Doses.of(item)
        options = [DoseOption(sum(place.time_ms(usual) for place in places), 0, DoseOverrides())]
        for doses in _in_ranges(item, ranges[name], own, scaled):
            if doses != usual and doses.goes(longer, usual):
                time_ms = sum(place.time_ms(doses) for place in places)
                options.append(DoseOption(time_ms, doses.cost(usual, ranges[name]), doses.changed(usual)))
        # One that also stands in another phase stays: leaving it out could empty that phase unseen. One of a circuit
        # stays too: its rounds are made of all their exercises.
        elsewhere = any(place.phase != places[0].phase or place.circuit for place in places)
        if not (longer or own or elsewhere or name in chosen or name in kept):
            options.append(DoseOption(0, _DROP_COST * _DROP_BASE ** (9 - ranges[name].priority), None))
        yield ExerciseOptions(name, places[0].phase, tuple(options))


def cap_options(session: Session, caps: Mapping[int, Dose], longer: bool) -> Iterator[ExerciseOptions]:
    """Yield the lengths that rounds against the clock may have; ``caps`` are those with a range, in minutes."""
    for number, phase in enumerate(session.phases):
        cap = phase.circuit.cap if phase.circuit else None
        if cap is None or cap.phase not in caps:
            continue
        dose, usual = caps[cap.phase], cap.length_ms / 60_000
        options = [DoseOption(cap.length_ms, 0, DoseOverrides())]
        # In half minutes.
        for halves in values_in(
            Dose(default=2 * usual, min=2 * (dose.min or 0), max=2 * (dose.max or 0)), 2 * usual, 1
        ):
            minutes = halves / 2
            if minutes != usual and (minutes > usual) == longer:
                cost = round(_WORK_COST * _moved_once(minutes, usual, dose) ** 2) or 1
                options.append(DoseOption(round(minutes * 60_000), cost, DoseOverrides(), {cap.phase: minutes}))
        yield ExerciseOptions(name_of_cap(cap), number, tuple(options))


def name_of_cap(cap: TimeCap) -> str:
    """Return what rounds against the clock are called among exercises, whose ids have no spaces."""
    return f"rounds of phase {cap.phase}"


def standings_of(session: Session) -> dict[str, list[Standing]]:
    """Return the places of each exercise, by its id, in the order of the session."""
    found: dict[str, list[Standing]] = {}
    for number, phase in enumerate(session.phases):
        for item in phase.prescriptions:
            found.setdefault(item.id, []).append(Standing(number, item, phase.circuit))
    return found


def usual_place(places: Sequence[Standing]) -> Standing:
    """Return the place at which an exercise's usual doses are read."""
    # Outside circuits it has sets and rests of its own.
    return min(places, key=lambda place: place.circuit is not None)


class Standing(Struct, frozen=True):
    """A place in which an exercise stands: the number of the phase, how it is done there, and the circuit if any."""

    phase: int
    item: Prescription
    circuit: Rounds | None

    def time_ms(self, doses: Doses) -> int:
        """Return how long the exercise takes here with other doses."""
        if self.circuit is None:
            return doses.time_ms(self.item)
        if self.circuit.cap is not None:
            return 0
        # Where its time of work is stated in the circuit, the exercise's own has no say.
        # A list of doses, one a set, belongs to a place outside.
        own = self.item.station.fixed_work or len(doses.hold_s + doses.reps) > 1
        done = Doses.of(self.item) if own else replace(doses, sets=1, rest_s=0.0)
        return self.circuit.rounds * done.time_ms(self.item)


class Doses(Struct, frozen=True):
    """The doses of one exercise: hold or reps, of each set or one for all; holds in one go; sets, rest."""

    hold_s: tuple[float, ...]
    reps: tuple[float, ...]
    repeat: float
    sets: float
    rest_s: float

    @classmethod
    def of(cls, item: Prescription) -> Doses:
        """Return the doses of an exercise as it is done in one place."""
        firsts = [efforts[0] for efforts in item.by_set or (item.efforts,)]
        hold_s = tuple(effort.hold_ms / 1000 for effort in firsts if effort.hold_ms is not None)
        reps = tuple(float(effort.reps) for effort in firsts if effort.reps is not None)
        # One side may have more sets than the other, all alike.
        alike = len(set(hold_s + reps)) == 1
        rests_ms = item.rests_ms or (item.rest_ms or 0,)
        rest_s = sum(rests_ms) / len(rests_ms) / 1000
        return cls(
            hold_s=hold_s[:1] if alike else hold_s,
            reps=reps[:1] if alike else reps,
            repeat=firsts[0].repeat,
            sets=item.sets,
            rest_s=rest_s,
        )

    def time_ms(self, item: Prescription) -> int:
        """Return how long the sets take."""
        repeat, relax_ms = round(self.repeat), item.efforts[0].relax_ms
        goes_ms = [repeat * to_ms(hold_s) + (repeat - 1) * relax_ms for hold_s in self.hold_s]
        each_ms = goes_ms or [round(reps) * item.rep_ms for reps in self.reps]
        sets = round(self.sets)
        work_ms = (sum(each_ms) if len(each_ms) > 1 else sets * each_ms[0]) * len(item.efforts)
        moves_ms = (item.switch_ms + _SWITCH_WORDS_MS) * (len(item.efforts) - 1)
        between_ms = max(to_ms(self.rest_s), _BETWEEN_SETS_MS)
        return work_ms + sets * moves_ms + (sets - 1) * between_ms

    def goes(self, longer: bool, usual: Doses) -> bool:
        """Return whether nothing is done less than usual, or, where not ``longer``, nothing more."""
        own = (*self.hold_s, *self.reps, self.repeat, self.sets, self.rest_s)
        others = (*usual.hold_s, *usual.reps, usual.repeat, usual.sets, usual.rest_s)
        return all(one >= other if longer else one <= other for one, other in zip(own, others, strict=True))

    def changed(self, usual: Doses) -> DoseOverrides:
        """Return what differs from the usual doses."""
        reps = tuple(map(round, self.reps))
        return DoseOverrides(
            hold_s=None if self.hold_s == usual.hold_s else Holds(default=_stated(self.hold_s)),
            repeat=None if self.repeat == usual.repeat else round(self.repeat),
            reps=None if self.reps == usual.reps else Reps(default=_stated(reps)),
            sets=None if self.sets == usual.sets else Sets(default=round(self.sets)),
            rest_s=None if self.rest_s == usual.rest_s else self.rest_s,
        )

    def cost(self, usual: Doses, ranges: Ranges) -> int:
        """Return what it costs to do these doses instead of the usual ones; at least 1."""
        work = _moved(self.hold_s, usual.hold_s, ranges.hold_s) + _moved(self.reps, usual.reps, ranges.reps)
        work += _moved((self.repeat,), (usual.repeat,), ranges.repeat)
        rest = _FULL_MOVE * (usual.rest_s - self.rest_s) / (usual.rest_s or 1)
        sets = abs(self.sets - usual.sets)
        return round(_REST_COST * rest**2 + _SET_COST * sets**2 + _WORK_COST * work**2) or 1


def _stated(values: tuple[T, ...]) -> T | tuple[T, ...]:
    """Return the doses as a profile states them: one for all sets, or a list."""
    return values[0] if len(values) == 1 else values


def _moved(values: tuple[float, ...], usual: tuple[float, ...], doses: tuple[Dose, ...]) -> float:
    """Return how far a dose moves, on average of its sets, in steps of which its whole range has ``_FULL_MOVE``."""
    if values == usual or len(doses) != len(values):
        return 0.0
    return sum(map(_moved_once, values, usual, doses)) / len(values)


def _moved_once(value: float, usual: float, dose: Dose) -> float:
    if value == usual:
        return 0.0
    span = max(abs(usual - (dose.min or 0)), abs((dose.max or usual) - usual), 1.0)
    return _FULL_MOVE * abs(value - usual) / span


def _in_ranges(item: Prescription, ranges: Ranges, own: Sequence[DoseOverrides], scaled: bool) -> Iterator[Doses]:
    """Yield all doses inside the ranges of an exercise; what ``own`` states, or a scale moved, is fixed."""
    usual = Doses.of(item)
    holds = _values(ranges.hold_s, usual.hold_s, HOLD_STEP_S, scaled or any(one.hold_s for one in own))
    reps = _values(ranges.reps, usual.reps, 1, any(one.reps for one in own))
    # A list of doses has one a set, so that there can be neither more nor fewer.
    fixed = ranges.in_circuit or bool(item.by_set) or any(one.sets for one in own)
    sets = [values[0] for values in _values((ranges.sets,), (usual.sets,), 1, fixed)]
    # A rest may shrink to half, but leaves time to breathe, and to change sides.
    least_s = max(LEAST_REST_S, usual.rest_s / 2, item.switch_ms / 1000 if len(item.efforts) > 1 else 0.0)
    rests = {usual.rest_s}
    if least_s < usual.rest_s and not item.rests_ms and not any(one.rest_s is not None for one in own):
        first_s = -(-least_s // REST_STEP_S) * REST_STEP_S
        rests |= {float(rest_s) for rest_s in np.arange(first_s, usual.rest_s, REST_STEP_S)}
    repeats = _values(ranges.repeat, (usual.repeat,), 1, any(one.repeat for one in own))
    for hold_s, rep, (repeat,), count in product(holds, reps, repeats, sets):
        # A single set has no rest that could differ.
        for rest_s in sorted(rests) if count > 1 else (usual.rest_s,):
            yield Doses(hold_s, rep, repeat, sets=count, rest_s=rest_s)


def _values(doses: tuple[Dose, ...], usual: tuple[float, ...], step: int, fixed: bool) -> tuple[tuple[float, ...], ...]:
    """Return the values that a dose may take: whole steps in its range, its ends, and the usual one.

    Sets that differ move together, each through the same share of its own range.
    """
    if fixed or not usual or len(doses) != len(usual):
        return (usual,)
    of_each = [values_in(dose, value, step) for dose, value in zip(doses, usual, strict=True)]
    if len(of_each) == 1:
        return tuple((value,) for value in of_each[0])
    steps = max(map(len, of_each))
    found = {usual}
    for number in range(steps):
        share = number / (steps - 1) if steps > 1 else 0.0
        down = [[value for value in values if value <= most] for values, most in zip(of_each, usual, strict=True)]
        up = [[value for value in values if value >= least] for values, least in zip(of_each, usual, strict=True)]
        for sides in (down, up):
            found.add(tuple(values[round(share * (len(values) - 1))] for values in sides))
    return tuple(sorted(found))


def values_in(dose: Dose, usual: float, step: int) -> tuple[float, ...]:
    """Return the values of a dose in order: whole steps in its range, its ends, and the usual one."""
    if dose.min is None or dose.max is None:
        return (usual,)
    step *= max(1, round((dose.max - dose.min) / step) // _MOST_VALUES)
    inside = np.arange(-(-dose.min // step) * step, dose.max + 0.001, step).tolist()
    return tuple(sorted({float(value) for value in (dose.min, *inside, dose.max, usual)}))
