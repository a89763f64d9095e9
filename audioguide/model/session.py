"""A session: the protocol as one person does it. From `prescribe.prescriber` to `compose.composer`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from audioguide.model.kinds import BreathRole, Detail, Side, Sides
from audioguide.model.lexicon import Lexicon
from audioguide.model.pictured import OwnPicture
from audioguide.model.plan import Change, ExerciseFigure
from audioguide.model.protocol import Exercise
from audioguide.model.sound import Breath
from audioguide.model.text import listed


class RepPart(Struct, frozen=True):
    """One part of a rep: its length, the word that starts it, and the breath that goes with it."""

    duration_ms: int
    say: str | None
    breath: BreathRole | None = None


class Effort(Struct, frozen=True):
    """One stretch of work: a hold, or a set of reps, on one side or on both.

    Attributes:
        side: the side that works, or None for both or alternating.
        hold_ms: length of the hold; None for reps.
        reps: reps in the set, a side where sides alternate; None for a hold.
        repeat: how often the hold is done in one go.
        relax_ms: time to let go between those holds.
    """

    side: Side | None
    hold_ms: int | None = None
    reps: int | None = None
    repeat: int = 1
    relax_ms: int = 0

    def work_ms(self, rep_ms: int) -> int:
        """Return how long it takes where a rep takes ``rep_ms``."""
        if self.hold_ms is None:
            return (self.reps or 0) * rep_ms
        return self.repeat * self.hold_ms + (self.repeat - 1) * self.relax_ms

    def __post_init__(self) -> None:
        # Here the mistake can be named; in a timeline it would only be an event without length.
        if (self.hold_ms is None) == (self.reps is None):
            raise ValueError("an effort is a hold or a set of reps")
        if (self.hold_ms or self.reps or 0) <= 0:
            raise ValueError(f"an effort of {self.hold_ms or self.reps or 0} has no length")


class Station(Struct, frozen=True):
    """What an exercise of a circuit has of its own there.

    Attributes:
        fixed_work: whether its time of work is stated without a range, so that neither weeks nor minutes move it.
        rest_ms: rest after it; None for the circuit's.
        setup_ms: time to get into position before it; None where the rest is all the time there is.
    """

    fixed_work: bool = False
    rest_ms: int | None = None
    setup_ms: int | None = None


class Prescription(Struct, frozen=True):
    """One exercise as this person does it.

    Attributes:
        exercise: the protocol's exercise: its name, its texts with ``{side}`` still open, its doses before any change;
            with the sides that this person does, and without tips that ask for more where pain is acute.
        efforts: what one set consists of: one effort, or one a side in the person's order.
        sets: how often the efforts are done.
        first_side: the side that begins, also where sides alternate; the only one where only one works.
        rest_ms: rest after each set, 0 for none; None where nobody states one, so that it takes as long as its words.
            Where rests differ, the one after the last set.
        setup_ms: silence to get into position, between the instructions and after them.
        switch_ms: time to change sides.
        tempo: the parts of a rep, in order; empty for a hold.
        ends_with_first: whether the side that begins the first set also ends the last one.
        cues: the switches where the exercise has some of its own; None for those of the session.
        calls: what the protocol wants said at a fixed time of the hold, in order of time.
        call_every_ms: from one call of the time that is done to the next; None for no such calls.
        note: what this person is to mind in it.
        by_set: the efforts of each set where they differ from set to set; empty where all are as ``efforts``, which are
            those of the first one.
        rests_ms: the rest before each set but the first, where they differ.
        station: what it has of its own in the circuit that it stands in.
        by_side: whether it is one side's turn in a phase that goes by sides, so that all around it is of that side.
        stated: the exercise with the doses that its place in the phase states, before any change by the person.
    """

    id: str
    exercise: Exercise
    efforts: tuple[Effort, ...]
    sets: int
    first_side: Side
    rest_ms: int | None
    setup_ms: int
    switch_ms: int
    tempo: tuple[RepPart, ...] = ()
    ends_with_first: bool = False
    cues: CueSwitches | None = None
    calls: tuple[HoldCall, ...] = ()
    call_every_ms: int | None = None
    note: str | None = None
    by_set: tuple[tuple[Effort, ...], ...] = ()
    rests_ms: tuple[int, ...] = ()
    station: Station = Station()
    by_side: bool = False
    stated: Exercise | None = None

    def efforts_in(self, number: int) -> tuple[Effort, ...]:
        """Return the efforts of the set with this number, counted from 1, in the order of the sides."""
        efforts = self.by_set[number - 1] if self.by_set else self.efforts
        return efforts[::-1] if self._turned(number) else efforts

    def first_side_in(self, number: int) -> Side:
        """Return the side that begins the set with this number."""
        # Where one side has more sets, those are its own.
        if (first := self.efforts_in(number)[0].side) is not None:
            return first
        return self.first_side.other if self._turned(number) else self.first_side

    def rest_before_ms(self, number: int) -> int | None:
        """Return the rest before the set with this number, from 2 on; None where nobody states one."""
        return self.rests_ms[number - 2] if self.rests_ms else self.rest_ms

    def _turned(self, number: int) -> bool:
        # The side that begins the first set ends the last one, so in the last set the sides change places.
        return self.ends_with_first and number == self.sets > 1

    @property
    def sided(self) -> bool:
        """Whether its amount is done on each side, one after the other or in turn; not where that is another turn's."""
        return self.exercise.sides in (Sides.EACH, Sides.ALTERNATING) and not self.by_side

    @property
    def rep_ms(self) -> int:
        """How long a rep takes, on both sides where they alternate; 0 for a hold."""
        # Where sides alternate, one counted rep is one on each side: "8 a side" counts to eight.
        return sum(part.duration_ms for part in self.tempo) * (2 if self.exercise.sides is Sides.ALTERNATING else 1)

    @property
    def work_ms(self) -> int:
        """How long the sets take at least, with their rests and changes of sides, before anything is said."""
        total_ms = 0
        for number in range(1, self.sets + 1) if self.by_set or self.rests_ms else (1,):
            efforts = self.efforts_in(number)
            total_ms += sum(effort.work_ms(self.rep_ms) for effort in efforts)
            total_ms += self.switch_ms * (len(efforts) - 1)
            total_ms += (self.rest_before_ms(number) or 0) if number > 1 else 0
        if self.by_set or self.rests_ms:
            return total_ms
        return self.sets * total_ms + (self.sets - 1) * (self.rest_ms or 0)

    @property
    def paced(self) -> bool:
        """Whether the breath pacer has something to do in it."""
        return self.exercise.breath or any(part.breath for part in self.tempo)


class TimeCap(Struct, frozen=True):
    """How long the rounds of a circuit go on by the clock, for as many as one can do.

    Attributes:
        phase: the number of the phase in the protocol, counted from 1.
        length_ms: from the start beep to the end beep.
    """

    phase: int
    length_ms: int


class Rounds(Struct, frozen=True):
    """How a circuit goes round.

    Attributes:
        rounds: how often.
        rest_ms: rest between two exercises, where the first has none of its own.
        round_rest_ms: rest between two rounds.
        same_work: whether the circuit states one time of work for all its exercises.
        cap: the time that ends them; None where the rounds are counted.
    """

    rounds: int
    rest_ms: int
    round_rest_ms: int
    same_work: bool = False
    cap: TimeCap | None = None

    def rest_after_ms(self, item: Prescription) -> int:
        """Return the rest from ``item`` to the next exercise of the same round."""
        return self.rest_ms if item.station.rest_ms is None else item.station.rest_ms


class SessionPhase(Struct, frozen=True):
    """A phase with what remains of it for this person.

    Attributes:
        title: what it is called.
        say: said after the title.
        prescriptions: what is done, in order; by sides, all with the first side and then all with the other.
        circuit: how it goes round; None where it doesn't.
        by_side: whether all of it is done with one side, and then with the other.
        shuffled: whether its order varies from day to day.
        encouragement: of these one is said in it; empty for those of the session.
    """

    title: str
    say: tuple[str, ...]
    prescriptions: tuple[Prescription, ...]
    circuit: Rounds | None = None
    by_side: bool = False
    shuffled: bool = False
    encouragement: tuple[str, ...] = ()

    @property
    def sequences(self) -> tuple[tuple[Prescription, ...], ...]:
        """What is done before the side changes: the exercises with one side, then with the other, or all as one."""
        half = len(self.prescriptions) // 2
        return (self.prescriptions[:half], self.prescriptions[half:]) if self.by_side else (self.prescriptions,)

    @property
    def listed(self) -> tuple[Prescription, ...]:
        """Each exercise once, with the efforts of both sides, as it is written down."""
        first, *other = self.sequences
        if not other:
            return first
        return tuple(_on_both_sides(one, two) for one, two in zip(first, other[0], strict=True))

    @property
    def work_ms(self) -> int:
        """How long the phase takes at least, before anything is said."""
        once_ms = sum(item.work_ms for item in self.prescriptions)
        if self.circuit is None or not self.prescriptions:
            return once_ms + sum(item.setup_ms for item in self.prescriptions)
        if self.circuit.cap is not None:
            return self.prescriptions[0].setup_ms + self.circuit.cap.length_ms
        # A circuit is set up once; then its own rests are all the time between exercises.
        rounds = self.circuit.rounds
        begins = rounds * len(self.sequences)
        rests_ms = rounds * sum(self.circuit.rest_after_ms(item) for each in self.sequences for item in each[:-1])
        return self.prescriptions[0].setup_ms + rounds * once_ms + rests_ms + (begins - 1) * self.circuit.round_rest_ms


def _on_both_sides(one: Prescription, two: Prescription) -> Prescription:
    """Return an exercise that is done with one side and later with the other as one, with the sets of both."""
    longer = max(one, two, key=lambda item: item.sets)
    sets = tuple(
        tuple(dict.fromkeys(effort for item in (one, two) if number <= item.sets for effort in item.efforts_in(number)))
        for number in range(1, longer.sets + 1)
    )
    return replace(
        longer,
        efforts=sets[0],
        first_side=one.first_side,
        by_set=sets if len(set(sets)) > 1 else (),
        by_side=False,
    )


class CueSwitches(Struct, frozen=True):
    """Which cues are given: calls in holds, tips, and what starts an effort."""

    halfway: bool = True
    ten_seconds: bool = True
    countdown: bool = True
    tips: bool = True
    start: bool = True


class HoldCall(Struct, frozen=True):
    """What is said so long after a hold's start; ``{side}`` is still open in it."""

    at_ms: int
    say: str


class Omission(Struct, frozen=True):
    """An exercise of the protocol that this person leaves out; by a condition, or because somebody skips it.

    Attributes:
        exercise: its id.
        name: its spoken name.
        avoided: the conditions that rule it out.
        skipped_by: who skips it, such as ``profile anna``; None where a condition rules it out.
    """

    exercise: str
    name: str
    avoided: tuple[str, ...] = ()
    skipped_by: str | None = None

    @property
    def why(self) -> str:
        """The reason in words: ``avoided: pregnancy`` or ``skipped by profile anna``."""
        return f"avoided: {listed(self.avoided)}" if self.skipped_by is None else f"skipped by {self.skipped_by}"


class Circumstances(Struct, frozen=True):
    """What is particular of this person today, and said before they begin.

    Attributes:
        eased: whether there is less to do than usual, as pain is acute.
        gentle: whether a gentle option is taken for that reason.
        avoided: the conditions that the person names, each with what the protocol has said of it; empty for nothing.
        weak_side: the side that needs more care and therefore begins; None where nobody names one, or all is done
            with both sides together.
        more_sets: whether that side has one set more than the other somewhere.
        less_said: whether less is said than usual, which nobody asked for, so that the session fits its minutes.
    """

    eased: bool = False
    gentle: bool = False
    avoided: tuple[tuple[str, tuple[str, ...]], ...] = ()
    weak_side: Side | None = None
    more_sets: bool = False
    less_said: bool = False


class Session(Struct, frozen=True):
    """The whole session for this person: doses and words. How it sounds is resolved beside it.

    Attributes:
        protocol: the protocol's id.
        title: the protocol's title.
        profile: name of the profile, or None.
        summary: said at the start, as are ``safety``'s stop rules and the ``red_flags``.
        done: said when the last exercise is over; None for the fixed words.
        closing: said at the end, before ``see_professional``.
        phases: what is done; none is empty.
        detail: how much is said.
        cues: which cues are given in exercises without switches of their own.
        breath: how the breath pacer goes; None for none.
        lexicon: how words are to be spoken: written form to spoken form.
        changes: doses that differ from the protocol, and by whom.
        left_out: exercises not done.
        warnings: what the person should know of their wishes, a line each.
        week: the week of the programme, 1 for the first; None where nobody goes by weeks.
        seed: what the order of shuffled phases comes from; None where nothing is shuffled.
        day: the number of the day, or the seed, by which what has variants changes; 0 for the first variants.
        encouraging: whether something encouraging is said once a phase.
        encouragement: of these one is said in each phase; empty for the fixed ones.
        check: what is said once a phase of pain; None for the fixed one.
        check_again: the same from the second phase on; None for no other words.
        greeting: said before all else; None for none.
        recordings: the sound file of each text that is heard from one.
        gather_ms: time at the start to fetch what is needed; 0 for none.
        put_by: things that are needed at others, and those.
        circumstances: what is particular of this person today.
        growth_waits: whether doses that could be more by this week become so in later ones.
        language: the BCP 47 tag of the language in which it is spoken and printed, with the region that was asked for.
    """

    protocol: str
    title: str
    profile: str | None
    summary: tuple[str, ...]
    safety: tuple[str, ...]
    red_flags: tuple[str, ...]
    closing: tuple[str, ...]
    see_professional: tuple[str, ...]
    phases: tuple[SessionPhase, ...]
    detail: Detail = Detail.FULL
    cues: CueSwitches = CueSwitches()
    breath: Breath | None = None
    # Read-only, as a frozen dataclass does not freeze the dictionary that it holds.
    lexicon: Lexicon = field(default_factory=lambda: MappingProxyType({}))
    changes: tuple[Change, ...] = ()
    left_out: tuple[Omission, ...] = ()
    warnings: tuple[str, ...] = ()
    week: int | None = None
    seed: int | None = None
    day: int = 0
    encouraging: bool = True
    encouragement: tuple[str, ...] = ()
    check: str | None = None
    check_again: str | None = None
    done: str | None = None
    greeting: str | None = None
    recordings: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    gather_ms: int = 0
    put_by: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    circumstances: Circumstances = Circumstances()
    growth_waits: bool = False
    language: str = "en"

    @property
    def work_ms(self) -> int:
        """How long it takes at least, before anything is said."""
        return sum(phase.work_ms for phase in self.phases)

    def prescriptions(self) -> tuple[Prescription, ...]:
        """Every exercise of the session, in order."""
        return tuple(item for phase in self.phases for item in phase.prescriptions)

    def notes(self) -> dict[str, str]:
        """What this person is to mind, by the exercise's id."""
        return {item.id: item.note for item in self.prescriptions() if item.note is not None}

    def figures(self) -> tuple[ExerciseFigure, ...]:
        """The figure of each exercise that has one."""
        found: dict[str, ExerciseFigure] = {}
        for item in self.prescriptions():
            figure = item.exercise.figure
            if isinstance(figure, OwnPicture):
                found[item.id] = ExerciseFigure(item.id, figure.path.name, figure.alt)
            elif figure is not None:
                found[item.id] = ExerciseFigure(item.id, figure, None)
        return tuple(found.values())

    def equipment(self) -> tuple[str, ...]:
        """What the session needs, each thing once, in order of use."""
        return tuple(dict.fromkeys(thing for item in self.prescriptions() for thing in item.exercise.equipment))
