"""Doses of a programme's week: they start at their least, and grow by as many steps as the session's length allows.

Each dose with a range has its steps: a hold 5 s, reps, sets and minutes of rounds one more. A step is due when even
growth from the first week to ``grow_until_week`` has reached it. Of the steps that are due, those that lead to the
usual dose are taken first, and of these the ones that have waited longest, until the session would be over
``growth_percent`` longer than the week before, or longer than ``longest_min``; the others wait. So sets of different
exercises come in different weeks, although they are due at once.

How long a session takes is estimated here, with its words at full detail, as nothing is spoken yet; so the same week
has the same doses at every level of detail.
"""

from __future__ import annotations

import dataclasses
import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from audioguide.errors import RequestError
from audioguide.model.doses import Dose
from audioguide.model.kinds import Side
from audioguide.model.profile import DoseOverrides, Profile
from audioguide.model.protocol import Programme, Protocol
from audioguide.model.protocol_weeks import distinct_until, of_week
from audioguide.model.session import Session
from audioguide.model.units import plain_number, to_ms
from audioguide.prescribe.dose_options import Doses, Standing, standings_of, usual_place, values_in
from audioguide.prescribe.dose_ranges import caps_of, has_range, ranges_of
from audioguide.prescribe.doses_of_week import GrownDoses
from audioguide.prescribe.layers import Layer, Layers, Origin
from audioguide.prescribe.progression import HOLD_STEP_S

LEAST_GROWTH_MS = 60_000
"""So much longer a session may always get from one week to the next: a tenth of five minutes is less than one set."""

_MS_A_CHARACTER = 80
"""At the usual 150 words a minute, pauses between sentences included."""

_WORDS_AROUND_MS = 27_000
"""A guess at what is said of an exercise besides its own texts: its dose and things, what comes, "Ready"."""

HELD_BACK = "doses grow by about {percent}% a week at most, so some of what this week could have comes later"
AT_LONGEST = "doses grow until a session takes about {minutes} min, the longest of this programme, and it does"


# A dataclass, as not all of its fields belong to its hash.
@dataclasses.dataclass(frozen=True, slots=True)
class _Growing:
    """One dose that grows.

    Attributes:
        of: the exercise's id; for rounds against the clock the title of their phase, in quotes.
        key: the field of the dose.
        steps: its values from the least to the most, each with a number a set or one for all.
        usual: how many steps lead to the protocol's default.
        priority: of the item where the exercise stands; 1 comes first where several are due at once.
        cap: for rounds against the clock the number of their phase, which may differ from week to week; else None.
    """

    of: str
    key: str
    # Left out of the hash, which is asked for thousands of times.
    steps: tuple[tuple[float, ...], ...] = dataclasses.field(hash=False)
    usual: int
    priority: int
    cap: int | None = dataclasses.field(default=None, compare=False)

    def rank(self, step: int) -> tuple[bool, float, int]:
        """Return when a step is taken among those that are due, the first lowest: what is usual before what is more."""
        return step > self.usual, self.due(step), self.priority

    def due(self, step: int) -> float:
        """Return after which share of the growth a step is due: half way to it, as people round."""
        return (step - 0.5) / (len(self.steps) - 1)


SessionOf = Callable[[int, Layer], Session]
"""Returns the session of a week with a layer of doses below all that the person states."""


def grown_doses(
    protocol: Protocol, week: int, layers: Layers, session_of: SessionOf, reserved_ms: int = 0
) -> GrownDoses:
    """Return the doses of ``week``.

    Args:
        protocol: what is done, in all weeks.
        week: 1 for the first.
        layers: the person's changes; what they state for themselves doesn't grow.
        session_of: makes the session of any week, whose length decides how much a week grows.
        reserved_ms: what comes to the session besides, so that the longest has so much less room.
    """
    programme = protocol.programme
    if programme is None or programme.grow_until_week is None:
        return GrownDoses(None)
    growth = _Growth(protocol, programme, layers, session_of, reserved_ms=reserved_ms)
    for number in range(1, week):
        if growth.settled(number):
            # Nothing more comes of any week from here on.
            break
        growth.go_through(number)
    notes = growth.go_through(week)
    return GrownDoses(growth.layer(week), notes, waits=growth.waits)


def least_doses(protocol: Protocol, by: str) -> Layer:
    """Return the least of every dose of ``protocol`` that has a range, as a layer called ``by``."""
    return _layer(by, dict.fromkeys(_growing(protocol), 0))


class _Growth(Struct):
    """Goes through the weeks one by one, and keeps how far each dose has grown.

    Attributes:
        protocol: what is done, in all weeks.
        programme: how it grows.
        layers: the person's changes.
        session_of: makes the session of any week.
        reserved_ms: what comes to each session besides.
        grown: how many steps each dose has taken.
        begun: the first week of each dose's exercise.
        first_ms: how long the session of the first week takes.
        before_ms: how long that of the last week takes that was gone through.
        waits: whether something that was due in that week could come in a later one.
        idle: whether nothing was taken in that week, and nothing waits.
        content: what is done in that week, and how long it takes.
    """

    protocol: Protocol
    programme: Programme
    layers: Layers
    session_of: SessionOf
    reserved_ms: int
    grown: dict[_Growing, int] = field(default_factory=dict)
    begun: dict[str, int] = field(default_factory=dict)
    first_ms: float | None = None
    before_ms: float = 0
    waits: bool = False
    idle: bool = False
    content: tuple[object, _Lengths] | None = None

    def settled(self, week: int) -> bool:
        """Return whether neither ``week`` nor a later one changes anything."""
        until = self.programme.grow_until_week or 1
        harder = [item.harder.from_week for item in self.protocol.items() if item.harder is not None]
        return self.idle and week > max(distinct_until(self.protocol), max(harder, default=1)) + until

    def go_through(self, week: int) -> tuple[str, ...]:
        """Take the steps of ``week``; return what held growth back, a line each."""
        lengths = self._lengths(week)
        if lengths is None:
            # Nothing is done in it, so nothing grows.
            return ()
        for growing in lengths.growing:
            self.begun.setdefault(growing.of, week)
        percent, longest_ms = self.programme.growth_percent, self.programme.longest_min * 60_000 - self.reserved_ms
        least_ms = lengths.length_ms(self.grown)
        if self.first_ms is None:
            self.first_ms = self.before_ms = least_ms
        within_ms = min(longest_ms, _grown_by(self.before_ms, percent))
        waiting = self._take_due(lengths, week, within_ms - least_ms)
        if waiting and lengths.length_ms(self.grown) == least_ms:
            # A step may be more than a week allows: then weeks without any make room for it.
            allowed_ms = self.first_ms
            for _ in range(1, week):
                allowed_ms = min(_grown_by(allowed_ms, percent), longest_ms)
            growing, step_ms = waiting[0]
            if least_ms + step_ms <= allowed_ms:
                self.grown[growing] = self._step(growing) + 1
                del waiting[0]
        self.before_ms = lengths.length_ms(self.grown)
        over = [growing for growing, step_ms in waiting if self.before_ms + step_ms > longest_ms]
        self.waits = len(over) < len(waiting)
        self.idle = self.before_ms == least_ms and not self.waits
        notes = [HELD_BACK.format(percent=plain_number(percent))] if self.waits else []
        return (*notes, *([AT_LONGEST.format(minutes=plain_number(self.programme.longest_min))] if over else []))

    def _take_due(self, lengths: _Lengths, week: int, room_ms: float) -> list[tuple[_Growing, float]]:
        """Take the steps that are due in ``week`` and have room; return those that haven't, with their lengths."""
        waiting: list[tuple[_Growing, float]] = []
        due = [growing for growing in lengths.growing if self._next_due(growing, week)]
        while due:
            growing = min(due, key=lambda one: one.rank(self._step(one) + 1))
            step_ms = lengths.step_ms(growing, self.grown)
            if step_ms <= room_ms:
                room_ms -= step_ms
                self.grown[growing] = self._step(growing) + 1
            else:
                waiting.append((growing, step_ms))
                due.remove(growing)
            due = [one for one in due if self._next_due(one, week)]
        return waiting

    def layer(self, week: int) -> Layer | None:
        """Return what has grown by ``week`` as a layer; None where nothing grows."""
        steps = {growing: self._step(growing) for growing in _growing(of_week(self.protocol, week))}
        return _layer(f"week {week}", steps) if steps else None

    def _lengths(self, week: int) -> _Lengths | None:
        """Return how long the session of ``week`` takes; None where nothing is done then."""
        protocol = of_week(self.protocol, week)
        harder = [item.harder for item in protocol.items()]
        content = (protocol.phase, [own is not None and week >= own.from_week for own in harder])
        if self.content is None or self.content[0] != content:
            try:
                session = self.session_of(week, least_doses(protocol, f"week {week}"))
            except RequestError:
                # A person may leave out all of an earlier week; the week that they ask for says what is wrong in it.
                return None
            self.content = (content, _lengths_of(session, protocol, self.layers))
        return self.content[1]

    def _step(self, growing: _Growing) -> int:
        return self.grown.get(growing, 0)

    def _next_due(self, growing: _Growing, week: int) -> bool:
        """Return whether the next step of a dose is due by ``week``."""
        step = self._step(growing) + 1
        if step >= len(growing.steps):
            return False
        # An exercise that comes later, such as a harder one, starts at its least then.
        until = (self.programme.grow_until_week or 2) - 1
        share = min(1.0, (week - self.begun.get(growing.of, week)) / until)
        return share >= growing.due(step)


def _grown_by(length_ms: float, percent: float) -> float:
    return length_ms + max(length_ms * percent / 100, LEAST_GROWTH_MS)


class _Lengths(Struct, frozen=True):
    """How long the session of a week takes, by what its doses have grown to.

    Attributes:
        least_ms: how long it takes with the least of its doses.
        growing: the doses that grow in it.
        places: where each of their exercises stands.
        least: the least doses of each of these exercises, as this person does them.
        scale: by how much the person's holds are longer.
    """

    least_ms: float
    growing: tuple[_Growing, ...]
    places: Mapping[str, Sequence[Standing]]
    least: Mapping[str, Doses]
    scale: float

    def length_ms(self, grown: Mapping[_Growing, int]) -> float:
        """Return how long the session takes."""
        names = {growing.of for growing in self.growing}
        return self.least_ms + sum(self._time_ms(name, grown) - self._time_ms(name, {}) for name in names)

    def step_ms(self, growing: _Growing, grown: Mapping[_Growing, int]) -> float:
        """Return how much longer it takes with one step more of a dose."""
        more = {**grown, growing: grown.get(growing, 0) + 1}
        return self._time_ms(growing.of, more) - self._time_ms(growing.of, grown)

    def _time_ms(self, of: str, grown: Mapping[_Growing, int]) -> float:
        values = {one.key: one.steps[grown.get(one, 0)] for one in self.growing if one.of == of}
        if "minutes" in values:
            return values["minutes"][0] * 60_000
        doses = self.least[of]
        for key, value in values.items():
            match key:
                case "repeat":
                    doses = replace(doses, repeat=value[0])
                case "sets":
                    doses = replace(doses, sets=value[0])
                case "reps" if len(value) == len(doses.reps):
                    doses = replace(doses, reps=value)
                case "hold_s" if len(value) == len(doses.hold_s):
                    doses = replace(doses, hold_s=tuple(seconds * self.scale for seconds in value))
        return sum(place.time_ms(doses) for place in self.places[of])


def _lengths_of(session: Session, protocol: Protocol, layers: Layers) -> _Lengths:
    """Return how long ``session``, with the least doses of ``protocol``, takes, and what makes it longer."""
    places = standings_of(session)
    caps = {phase.circuit.cap.phase for phase in session.phases if phase.circuit and phase.circuit.cap}
    return _Lengths(
        least_ms=session.work_ms + _words_ms(session),
        growing=tuple(
            one
            for one in _growing(protocol)
            if one.cap in caps or (one.of in places and not _is_stated(layers, one.of, one.key))
        ),
        places=places,
        least={name: Doses.of(usual_place(own).item) for name, own in places.items()},
        scale=layers.last(lambda profile: profile.scale, 1.0),
    )


def _is_stated(layers: Layers, exercise: str, key: str) -> bool:
    """Return whether the person states a dose for both sides, so that no week moves it."""
    if key == "repeat":
        return layers.stated(exercise, key) is not None
    own = [layer.profile.exercise[exercise] for layer in layers if exercise in layer.profile.exercise]
    doses = [dose for dose in (getattr(one, key) for one in own) if dose is not None]
    return all(any(dose.for_side(side) is not None for dose in doses) for side in Side)


def _words_ms(session: Session) -> int:
    """Return about how long the words of a session take at full detail, with the time to do them, besides sets."""
    texts = [session.title, *session.summary, *session.safety, *session.red_flags]
    texts += [*session.closing, *session.see_professional]
    words_ms = session.gather_ms
    for phase in session.phases:
        texts += [phase.title, *phase.say]
        for item in phase.listed:
            exercise = item.exercise
            steps = [*exercise.setup, *exercise.load, *exercise.leave]
            steps += exercise.brief * (len(item.efforts) - 1)
            texts += [exercise.name, *exercise.caution, *(step.say for step in steps)]
            words_ms += _WORDS_AROUND_MS + sum(to_ms(step.give_s or 0) for step in steps)
    return words_ms + _MS_A_CHARACTER * sum(map(len, texts))


def _growing(protocol: Protocol) -> Iterator[_Growing]:
    """Yield every dose of ``protocol`` that has a range."""
    for name, ranges in ranges_of(protocol).items():
        by_key = {"hold_s": ranges.hold_s, "repeat": ranges.repeat, "reps": ranges.reps}
        # A circuit's rounds stay as many as they are.
        by_key |= {} if ranges.in_circuit else {"sets": (ranges.sets,)}
        for key, doses in by_key.items():
            if has_range(doses):
                yield _growing_dose(name, key, doses, ranges.priority)
    for number, minutes in caps_of(protocol).items():
        # Titles may be those of exercises, whose ids are never in quotes.
        title = f'"{protocol.phase[number - 1].title}"'
        yield dataclasses.replace(_growing_dose(title, "minutes", (minutes,), priority=1), cap=number)


def _growing_dose(of: str, key: str, doses: tuple[Dose, ...], priority: int) -> _Growing:
    step = HOLD_STEP_S if key == "hold_s" else 1
    of_each = [
        values_in(dose, dose.default if dose.min is None or dose.max is None else dose.min, step) for dose in doses
    ]
    # From the least to the most; sets that differ move together, each in its own range.
    last = max(map(len, of_each)) - 1
    steps: list[tuple[float, ...]] = []
    for number in range(last + 1):
        # floor(x + 0.5), as round() takes halves to the even number, so that growth would not be even.
        share = number / last if last else 0.0
        steps.append(tuple(values[math.floor(share * (len(values) - 1) + 0.5)] for values in of_each))
    defaults = tuple(dose.default for dose in doses)
    usual = next(number for number, values in enumerate(steps) if all(map(operator.ge, values, defaults)))
    return _Growing(of, key, tuple(steps), usual=usual, priority=priority)


def _layer(by: str, grown: Mapping[_Growing, int]) -> Layer:
    """Return a layer in which each dose has taken so many steps."""
    doses: dict[str, dict[str, object]] = {}
    caps: dict[int, float] = {}
    for growing, step in grown.items():
        values = growing.steps[step]
        if growing.cap is not None:
            caps[growing.cap] = values[0]
            continue
        numbers: list[float] = [value if growing.key == "hold_s" else round(value) for value in values]
        doses.setdefault(growing.of, {})[growing.key] = numbers[0] if len(numbers) == 1 else numbers
    exercise = {name: DoseOverrides.model_validate(own) for name, own in doses.items()}
    return Layer(by, Profile(exercise=exercise), Origin.DERIVED, caps)
