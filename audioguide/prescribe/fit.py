"""Fits a session to the minutes that a person has: which doses move inside their ranges, and what is left out.

The doses of each exercise that may move are enumerated with their time and a cost; the cheapest choice that takes the
wished time is found by dynamic programming over seconds (a multiple-choice knapsack). Costs are tiers: rests give way
before sets, sets before reps and holds, and whole exercises last, by the protocol's priority; so each tier moves only
where the ones before it don't suffice. What a choice really takes, words included, is measured by timing it, and the
times are corrected by that until the session is as near as it can be. `pipeline` calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from audioguide.model.doses import Dose
from audioguide.model.kinds import Detail
from audioguide.model.profile import DoseOverrides, Holds, Profile
from audioguide.model.protocol import Protocol
from audioguide.model.session import Prescription, Session
from audioguide.model.timeline import Timeline
from audioguide.model.units import to_ms
from audioguide.prescribe.dose_ranges import Ranges, ranges_of
from audioguide.prescribe.knapsack import Place, Way, cheapest
from audioguide.prescribe.layers import Layer

WITHIN_MS = 15_000
"""So near to the wished length is near enough: then fewer changes count more than seconds."""

ROOM_MS = 3_000
"""Times are rounded, and words between sets are guessed: so much is left for it."""

HOLD_STEP_S = REST_STEP_S = 5
LEAST_REST_S = 10.0

_REST, _SETS, _WORK, _DROP = 1, 10**4, 10**7, 10**12
_DROP_BASE = 3
"""An exercise of the next lower priority number costs so many times as much to leave out."""

_FULL_MOVE = 20
"""A dose moved through its whole range counts so many steps, squared: many small moves are kinder than one large."""

_MOST_TRIES = 8
_MOST_VALUES = 40

Timed = tuple[Session, Timeline]
Measure = Callable[[Sequence[Layer]], Timed]
"""Prescribes, speaks and schedules what layers ask for."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted session.

    Attributes:
        layer: what has to be laid over the person's own layers.
        reach_ms: the shortest and the longest session that can be had; None where the wish was met.
        length_ms: how long the session takes.
    """

    layer: Layer
    reach_ms: tuple[int, int] | None
    length_ms: int


@dataclass(frozen=True, slots=True)
class _Option:
    """One way to do an exercise; none of its doses where it is left out."""

    time_ms: int
    cost: int
    doses: DoseOverrides | None


@dataclass(frozen=True, slots=True)
class _Place:
    """An exercise of the session with its options, the usual one among them.

    Attributes:
        phase: the number of the phase in which it stands first.
        options: what may be done, the usual first.
    """

    id: str
    phase: int
    options: tuple[_Option, ...]


def fit(protocol: Protocol, layers: Sequence[Layer], minutes: int, measure: Measure) -> Fitted:
    """Return what makes the session of ``layers`` last ``minutes``, or as near as the ranges allow.

    What the person states stays as it is: their own doses, their level of detail, the option that they chose.

    Args:
        protocol: the checked protocol.
        layers: the person's changes, the strongest last.
        minutes: the wished length.
        measure: times what layers ask for.
    """
    return _Fitting(protocol, layers, minutes, measure).fitted()


class _Fitting:
    def __init__(self, protocol: Protocol, layers: Sequence[Layer], minutes: int, measure: Measure) -> None:
        self._layers, self._measure = tuple(layers), measure
        self._by = f"fit to {minutes} minute{'s' * (minutes != 1)}"
        self._wish_ms = minutes * 60_000
        self._ranges = ranges_of(protocol)

    def fitted(self) -> Fitted:
        detail, timed = self._with_detail()
        length_ms = timed[1].duration_ms
        if abs(length_ms - self._wish_ms) <= WITHIN_MS:
            return Fitted(self._layer(detail, {}), None, length_ms)
        best = self._search(detail, timed, self._wish_ms)
        near = abs(best[1] - self._wish_ms) <= WITHIN_MS
        return Fitted(best[0], None if near else self._reach(), best[1])

    def _with_detail(self) -> tuple[Detail | None, Timed]:
        """Return the fullest detail at which the usual doses fit; instruction gives way before any dose does."""
        stated = any(layer.profile.detail is not None for layer in self._layers)
        timed = self._measure(self._layers)
        if stated:
            return None, timed
        detail: Detail | None = None
        for detail in (None, Detail.BRIEF, Detail.MINIMAL):
            if detail is not None:
                timed = self._measure([*self._layers, self._layer(detail, {})])
            if timed[1].duration_ms <= self._wish_ms + WITHIN_MS:
                break
        return detail, timed

    def _search(self, detail: Detail | None, timed: Timed, wish_ms: int) -> tuple[Layer, int]:
        """Return the layer that comes nearest to ``wish_ms``, and the length it really gives."""
        session, timeline = timed
        longer = wish_ms > timeline.duration_ms
        places = tuple(self._places(session, longer))
        usual = {place.id: place.options[0] for place in places}
        # What an exercise takes besides its sets: words, time to get into position. Each try measures it anew.
        besides_ms = _besides(usual, session, timeline)
        fixed_ms = timeline.duration_ms - sum(besides_ms[name] + option.time_ms for name, option in usual.items())
        tried = {(0,) * len(places): (self._layer(detail, {}), timeline.duration_ms)}
        for _ in range(_MOST_TRIES):
            chosen = _cheapest(places, besides_ms, wish_ms - fixed_ms)
            if chosen in tried:
                break
            doses = {place.id: place.options[index] for place, index in zip(places, chosen, strict=True)}
            layer = self._layer(detail, doses)
            session, timeline = self._measure([*self._layers, layer])
            tried[chosen] = (layer, timeline.duration_ms)
            if abs(timeline.duration_ms - wish_ms) <= WITHIN_MS:
                break
            kept = {name: option for name, option in doses.items() if option.doses is not None}
            besides_ms |= _besides(kept, session, timeline)
            fixed_ms = timeline.duration_ms - sum(besides_ms[name] + option.time_ms for name, option in kept.items())
        return min(tried.values(), key=lambda found: max(WITHIN_MS, abs(found[1] - wish_ms)))

    def _reach(self) -> tuple[int, int]:
        """Return the shortest session, at the fewest words, and the longest, at the most."""
        stated = any(layer.profile.detail is not None for layer in self._layers)
        fewest = None if stated else Detail.MINIMAL
        brief = self._measure([*self._layers, self._layer(fewest, {})])
        shortest = self._search(fewest, brief, 0)[1]
        return shortest, self._search(None, self._measure(self._layers), 24 * 3_600_000)[1]

    def _layer(self, detail: Detail | None, chosen: dict[str, _Option]) -> Layer:
        doses = {name: option.doses for name, option in chosen.items() if option.doses and option.cost}
        skip = tuple(name for name, option in chosen.items() if option.doses is None)
        return Layer(self._by, Profile(detail=detail, skip=skip, exercise=doses), derived=True)

    def _places(self, session: Session, longer: bool) -> Iterator[_Place]:
        in_session = [(number, item) for number, phase in enumerate(session.phases) for item in phase.prescriptions]
        for name in dict.fromkeys(item.id for _, item in in_session):
            standing = [(number, item) for number, item in in_session if item.id == name]
            ranges = self._ranges[name]
            if not ranges.in_circuit:
                yield self._place(standing, ranges, longer)

    def _place(self, standing: Sequence[tuple[int, Prescription]], ranges: Ranges, longer: bool) -> _Place:
        (phase, item), times = standing[0], len(standing)
        elsewhere = any(number != phase for number, _ in standing)
        own = [layer.profile.exercise[item.id] for layer in self._layers if item.id in layer.profile.exercise]
        options = tuple(self._options(item, ranges, own, times, longer))
        if not (longer or own or elsewhere) and not self._is_chosen(item.id):
            options = (*options, _Option(0, _DROP * _DROP_BASE ** (9 - ranges.priority), None))
        return _Place(item.id, phase, options)

    def _is_chosen(self, name: str) -> bool:
        return any(name in layer.profile.choose.values() for layer in self._layers)

    def _options(
        self, item: Prescription, ranges: Ranges, own: Sequence[DoseOverrides], times: int, longer: bool
    ) -> Iterator[_Option]:
        """Yield every way to do an exercise inside its ranges: the usual one, then all longer or all shorter ones."""
        usual = _Doses.of(item)
        scaled = any(layer.profile.scale is not None for layer in self._layers)
        holds = _values(ranges.hold_s, usual.hold_s, HOLD_STEP_S, scaled or any(one.hold_s for one in own))
        reps = _values(ranges.reps, usual.reps, 1, any(one.reps for one in own))
        sets = _values(ranges.sets, usual.sets, 1, any(one.sets for one in own))
        rests = _rests(item, usual.rest_s, any(one.rest_s is not None for one in own))
        yield _Option(times * usual.time_ms(item), 0, DoseOverrides())
        for hold_s in holds:
            for rep in reps:
                for count in sets:
                    for rest_s in rests if count and count > 1 else (usual.rest_s,):
                        doses = _Doses(hold_s, rep, count or 1, rest_s)
                        if doses != usual and doses.goes(longer, usual):
                            cost = _cost(doses, usual, ranges)
                            yield _Option(times * doses.time_ms(item), cost, doses.changed(usual))


@dataclass(frozen=True, slots=True)
class _Doses:
    """The doses of one exercise: hold or reps, sets, rest."""

    hold_s: float | None
    reps: float | None
    sets: float
    rest_s: float

    @classmethod
    def of(cls, item: Prescription) -> _Doses:
        effort = item.efforts[0]
        hold_s = None if effort.hold_ms is None else effort.hold_ms / 1000
        return cls(hold_s, effort.reps, item.sets, item.rest_ms / 1000)

    def time_ms(self, item: Prescription) -> int:
        """Return how long the sets take, words between them left to the measuring."""
        if self.hold_s is not None:
            work_ms = to_ms(self.hold_s) * len(item.efforts)
        else:
            work_ms = round(self.reps or 0) * item.rep_ms * len(item.efforts)
        moves_ms = (item.switch_ms + _SWITCH_WORDS_MS) * (len(item.efforts) - 1)
        between_ms = max(to_ms(self.rest_s), _BETWEEN_SETS_MS)
        return round(self.sets) * (work_ms + moves_ms) + (round(self.sets) - 1) * between_ms

    def goes(self, longer: bool, usual: _Doses) -> bool:
        """Return whether nothing is done less than usual, or, where not ``longer``, nothing more."""
        pairs = (
            (self.hold_s or 0, usual.hold_s or 0),
            (self.reps or 0, usual.reps or 0),
            (self.sets, usual.sets),
            (self.rest_s, usual.rest_s),
        )
        return all(own >= other if longer else own <= other for own, other in pairs)

    def changed(self, usual: _Doses) -> DoseOverrides:
        """Return what differs from the usual doses."""
        return DoseOverrides(
            hold_s=None if self.hold_s is None or self.hold_s == usual.hold_s else Holds(default=self.hold_s),
            reps=None if self.reps is None or self.reps == usual.reps else round(self.reps),
            sets=None if self.sets == usual.sets else round(self.sets),
            rest_s=None if self.rest_s == usual.rest_s else self.rest_s,
        )


_SWITCH_WORDS_MS = 6_000
_BETWEEN_SETS_MS = 6_000


def _besides(options: Mapping[str, _Option], session: Session, timeline: Timeline) -> dict[str, int]:
    """Return what each exercise takes besides the time of its option, from the chapters of a timed session."""
    chapters = iter(timeline.chapters[1:])
    taken: dict[str, int] = {}
    for phase in session.phases:
        for _ in range(phase.circuit.rounds if phase.circuit else 1):
            for item in phase.prescriptions:
                chapter = next(chapters)
                taken[item.id] = taken.get(item.id, 0) + chapter.end_ms - chapter.start_ms
    return {name: taken[name] - option.time_ms for name, option in options.items()}


def _values(dose: Dose | None, usual: float | None, step: int, fixed: bool) -> tuple[float | None, ...]:
    """Return the values that a dose may take: whole steps in its range, its ends, and the usual one."""
    if usual is None or dose is None or fixed or dose.min is None or dose.max is None:
        return (usual,)
    # Of a very wide range some values do.
    step *= max(1, round((dose.max - dose.min) / step) // _MOST_VALUES)
    inside = np.arange(-(-dose.min // step) * step, dose.max + 0.001, step).tolist()
    return tuple(sorted({float(value) for value in (dose.min, *inside, dose.max, usual)}))


def _rests(item: Prescription, usual: float, fixed: bool) -> tuple[float, ...]:
    """Return the rests that a set may have: down to half, but time to breathe, and to change sides."""
    least = max(LEAST_REST_S, usual / 2, item.switch_ms / 1000 if len(item.efforts) > 1 else 0.0)
    if fixed or least >= usual:
        return (usual,)
    inside = np.arange(-(-least // REST_STEP_S) * REST_STEP_S, usual, REST_STEP_S).tolist()
    return tuple(sorted({float(value) for value in (*inside, usual)}))


def _cost(doses: _Doses, usual: _Doses, ranges: Ranges) -> int:
    work = _moved(doses.hold_s, usual.hold_s, ranges.hold_s) + _moved(doses.reps, usual.reps, ranges.reps)
    rest = _FULL_MOVE * (usual.rest_s - doses.rest_s) / (usual.rest_s or 1)
    sets = abs(doses.sets - usual.sets)
    return round(_REST * rest**2 + _SETS * sets**2 + _WORK * work**2) or 1


def _moved(value: float | None, usual: float | None, dose: Dose | None) -> float:
    """Return how far a dose moves, in steps of which its whole range has ``_FULL_MOVE``."""
    if value is None or usual is None or dose is None or value == usual:
        return 0.0
    span = max(abs(usual - (dose.min or 0)), abs((dose.max or usual) - usual), 1.0)
    return _FULL_MOVE * abs(value - usual) / span


def _cheapest(places: Sequence[_Place], besides_ms: Mapping[str, int], wish_ms: int) -> tuple[int, ...]:
    """Return the option of each place whose times come to the wish within the tolerance, at the least cost."""
    packed = [
        Place(place.phase, tuple(_way(option, besides_ms[place.id]) for option in place.options)) for place in places
    ]
    return cheapest(packed, wish_ms / 1000, (WITHIN_MS - ROOM_MS) / 1000)


def _way(option: _Option, besides_ms: int) -> Way:
    if option.doses is None:
        return Way(0, option.cost, kept=False)
    return Way(max(1, (option.time_ms + besides_ms + 500) // 1000), option.cost)
