"""Puts a session into words and order: intro, phases, exercises, sides, sets, rests, closing. It times nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from msgspec import Struct, field

from audioguide.compose import announcements, effort_cues, timed_rounds
from audioguide.compose.announcements import Introduction
from audioguide.compose.context import Context, context_of
from audioguide.compose.phase_words import with_phase_words
from audioguide.languages.registry import find
from audioguide.model.kinds import BeepRole, Need, RestRole, Side, Sides, SpeechRole
from audioguide.model.protocol import Instruction
from audioguide.model.script import Break, ChapterTitle, Finish, Line, Place, Say, Script, Step, given_ms
from audioguide.model.session import Prescription, Rounds, Session, SessionPhase
from audioguide.model.side_forms import names_a_side

PARAGRAPH_MS = 750
"""After the intro: a speaker's pause before a new subject, longer than between two sentences."""

DECIDE_MS = 4_000
"""The same where it was just said who is not to begin: time to decide, and too short for an output to fall asleep."""

READY_FROM_MS = 5_000
"""From this much silence on, a word just before the start beep brings the person, and a sleeping speaker, back."""

POSITION_FROM_MS = 10_000
"""From a rest on that is this much longer than it takes to get into position, the person is called back into it."""

LONG_REST_MS = 20_000
"""From so much more rest than it takes to get into position, its length is said, and the person is called back."""

BREATH_MS = 5_000
"""Once all is fetched: time for the slow breath that is asked for."""

LEAVES_FROM_MS = 45_000
"""In a rest between sets that is shorter, only who is told how to comes out of the position."""

REST_NOW_MS = 8_000
"""After the last exercise, before the closing words."""

UNTIMED_SET_PAUSE_MS = 3_000
"""Between sets without a rest of their own: time to hear what comes."""

STATION_REST_SAID_FROM_MS = 10_000
"""In a circuit whose rests differ: a shorter one would be half over before its length is said."""

_PRIORITY = {SpeechRole.CAUTION: 1, SpeechRole.SETUP: 2, SpeechRole.COACHING: 3, SpeechRole.MISTAKE: 4}
"""In a short rest of a circuit what is needed most comes first; all else, names above all, comes before these."""


def compose(session: Session, length_ms: int | None = None) -> Script:
    """Return the script of ``session``.

    Args:
        session: the resolved session.
        length_ms: the session's length to say at the start; None leaves it unsaid.
    """
    put = {thing for pair in announcements.put_in_place(session) for thing in pair}
    return Script(tuple(_Composer(session, _context(session), at_hand=put).steps(length_ms)))


def with_length(script: Script, session: Session, length_ms: int) -> Script:
    """Return ``script``, which `compose` made of ``session``, saying another length: only its opening differs."""
    return Script((_opening(session, length_ms, _context(session)), *script.steps[1:]))


def _context(session: Session) -> Context:
    return context_of(session, find(session.language).wording)


def _opening(session: Session, length_ms: int | None, context: Context) -> Say:
    intro = announcements.intro(session, length_ms, context)
    pause_ms = DECIDE_MS if session.red_flags else PARAGRAPH_MS
    return Say(tuple(intro), pause_ms, chapter=ChapterTitle(context.say.chapter_start))


class _Composer(Struct):
    """Walks through the session as it will run, and remembers what the person knows by then.

    Attributes:
        session: the session.
        context: how it is spoken.
        introduced: exercises that came up before.
        sides_met: exercises of phases that go by sides, and the sides that they came up with.
        warned: exercises whose cautions were said before.
        taught: exercises that were held before, with the side.
        in_use: equipment of the exercise before.
        at_hand: that of all exercises before, and what was put in its place before the first.
        pacer_explained: whether it was said what the breath pacer's tone means.
        before: the exercise before, outside circuits; None for none.
        rest_ms: how long the exercise before asks to rest, to be spent on the way to the next; None where nobody says.
    """

    session: Session
    context: Context
    introduced: set[str] = field(default_factory=set)
    sides_met: set[tuple[str, Side]] = field(default_factory=set)
    warned: set[str] = field(default_factory=set)
    taught: set[tuple[str, Side | None]] = field(default_factory=set)
    in_use: tuple[str, ...] = ()
    at_hand: set[str] = field(default_factory=set)
    pacer_explained: bool = False
    before: Prescription | None = None
    rest_ms: int | None = None

    def steps(self, length_ms: int | None) -> Iterator[Step]:
        """Yield the session's steps; without ``length_ms`` the intro doesn't say its length."""
        say = self.context.say
        yield _opening(self.session, length_ms, self.context)
        if self.session.gather_ms:
            place = Place()
            yield Break(
                role=RestRole.SETUP,
                place=place,
                lines=(announcements.gather(self.session, self.context),),
                settle_ms=self.session.gather_ms,
                chapter=ChapterTitle(say.chapter_gather),
            )
            yield Say((Line(SpeechRole.INTRO, say.settle),), BREATH_MS)
            yield Say((Line(SpeechRole.INTRO, say.gathered),))
        for number in range(1, len(self.session.phases) + 1):
            yield from with_phase_words(self._phase(number), self.session, number, context=self.context)
        left = () if self.before is None else tuple(announcements.leave(self.before))
        done, words = announcements.over(self.session, say), announcements.closing(self.session, self.context)
        # Who was told to rest gets a moment of it before anything else is said.
        yield Say((*left, *done), REST_NOW_MS if len(done) > 1 else 0, chapter=ChapterTitle(say.chapter_end))
        yield Say(tuple(words))
        yield Finish()

    def _phase(self, number: int) -> Iterator[Step]:
        """Yield the steps of the phase with this number, counted from 1."""
        phase = self.session.phases[number - 1]
        # A phase's title is said in the break before its first exercise, so that it doesn't add a pause.
        opening = tuple(announcements.phase(self.session, number, self.context))
        if phase.circuit is not None and phase.circuit.cap is not None:
            yield from self._timed_rounds(phase, phase.circuit.cap.length_ms, opening)
            return
        for again, sequence in enumerate(phase.sequences):
            if phase.by_side:
                opening += tuple(announcements.sequence(sequence[0].first_side, bool(again), self.context))
            if phase.circuit is not None:
                yield from self._circuit(number, phase.circuit, opening)
                break
            for item in sequence:
                first_time = item.id not in self.introduced
                yield self._approach(phase, item, opening)
                for set_number in range(1, item.sets + 1):
                    if set_number > 1:
                        yield self._set_break(item, set_number)
                    yield from self._set(item, set_number, first_time and set_number == 1)
                self.rest_ms, self.before, opening = item.rest_ms, item, ()

    def _circuit(self, number: int, circuit: Rounds, opening: tuple[Line, ...]) -> Iterator[Step]:
        """Yield the exercises of a phase in rounds, one set of each, with the circuit's short rests of exact length."""
        say, phase = self.context.say, self.session.phases[number - 1]
        first = phase.prescriptions[0]
        # One time of work for all need not be said with each of them.
        same_dose = f"circuit {number}" if circuit.same_work else None
        # Cautions have no room in a rest of ten seconds, so those of all its exercises come before the first one.
        unwarned = {item.id: item for item in phase.prescriptions if item.id not in self.warned | {first.id}}
        self.warned.update(unwarned)
        opening = (*opening, *announcements.warnings(unwarned.values(), self.context))
        # The side is said where somebody needs it: with the first exercise of its turn that has one.
        turns = [next((item for item in sequence if item.by_side), None) for sequence in phase.sequences]
        # Rests that are all alike are heard once and known.
        rests_ms = {circuit.rest_after_ms(item) for item in phase.prescriptions}
        if circuit.rounds > 1:
            rests_ms.add(circuit.round_rest_ms)
        tells_rests, told_rest_ms = len(rests_ms) > 1, None
        before = first
        for turn, item in product(range(1, circuit.rounds + 1), phase.prescriptions):
            first_time, opens_round = item.id not in self.introduced, item is first
            opens_sequence = any(item is sequence[0] for sequence in phase.sequences)
            if opens_round and turn == 1:
                yield self._approach(phase, item, opening, same_dose)
            else:
                place = Place(item.id, item.efforts[0].side, 1)
                opens_turn = any(item is other for other in turns)
                lines = [*self._introduction(item, Need.WANTED, same_dose, opens_turn)]
                lines += announcements.load(item, place, first_time, self.context.of(item), need=Need.WANTED)
                if opens_round:
                    # Behind the name: who has no time for more must know what to do, not how often.
                    text = say.round.format(number=turn, total=circuit.rounds)
                    lines.insert(1, Line(SpeechRole.REST, text, place))
                rest_ms = circuit.round_rest_ms if opens_sequence else circuit.rest_after_ms(before)
                if tells_rests and rest_ms != told_rest_ms and rest_ms >= STATION_REST_SAID_FROM_MS:
                    text = say.rest.format(length=say.lengths.text(rest_ms))
                    lines.insert(0, Line(SpeechRole.REST, text, place))
                    told_rest_ms = rest_ms
                setup_ms = item.station.setup_ms or 0
                yield Break(
                    role=RestRole.REST,
                    place=place,
                    lines=tuple(sorted(lines, key=lambda line: _PRIORITY.get(line.role, 0))),
                    rest_ms=rest_ms,
                    settle_ms=setup_ms,
                    # Time of its own to get into position comes when all is said, as outside circuits.
                    exact=setup_ms == 0,
                    beep=BeepRole.REST,
                    ready=self._ready(self.context.of(item), place, rest_ms if rest_ms >= LONG_REST_MS else setup_ms),
                    chapter=self._chapter(phase, item, turn),
                )
            yield from self._set(item, 1, first_time)
            before = item
        # A circuit without rests also leaves none behind it; else only its last exercise may ask for one.
        self.rest_ms = 0 if circuit.rest_after_ms(before) == 0 else before.station.rest_ms

    def _timed_rounds(self, phase: SessionPhase, length_ms: int, opening: tuple[Line, ...]) -> Iterator[Step]:
        """Yield rounds against the clock: what a round has, and then one stretch of time."""
        items, place = phase.prescriptions, Place()
        things = dict.fromkeys(thing for item in items for thing in item.exercise.equipment)
        if needed := [thing for thing in things if thing not in self.at_hand]:
            needs = self.context.say.needs.format(things=self.context.say.list(needed))
            opening = (*opening, Line(SpeechRole.EXERCISE, needs, place))
        told = timed_rounds.announcement(
            items, length_ms, known=self.introduced, warned=self.warned, context=self.context
        )
        several = len(self.session.phases) > 1
        yield Break(
            role=RestRole.SETUP,
            place=place,
            lines=(*opening, *told),
            rest_ms=self.rest_ms or 0,
            settle_ms=items[0].setup_ms,
            ready=self._ready(self.context, place, items[0].setup_ms),
            chapter=ChapterTitle(phase.title, phase.title if several else None),
        )
        yield timed_rounds.block(items, length_ms, self.introduced, self.context)
        done = {item.id for item in items}
        self.introduced |= done
        self.warned |= done
        self.in_use, self.rest_ms = tuple(things), None
        self.at_hand.update(things)

    def _approach(
        self, phase: SessionPhase, item: Prescription, opening: tuple[Line, ...], same_dose: str | None = None
    ) -> Break:
        """Return the time before an exercise: everything is said, then the person gets into position.

        Who asks for no rest and no time to get into position has none, unless there is more to say than what comes.
        """
        place, rest_ms = Place(item.id, item.efforts[0].side, 1), self.rest_ms or 0
        at_hand = set(item.exercise.equipment) <= set(self.in_use)
        first_time, new_side = item.id not in self.introduced, self._comes_with_new_side(item)
        left = () if self.before is None else tuple(announcements.leave(self.before))
        lines = (*left, *opening, *self._introduction(item, Need.AS_IT_BEGINS, same_dose))
        self.before = None
        say = self.context.say
        length = Line(SpeechRole.REST, say.until_next.format(length=say.lengths.text(rest_ms)), place)
        last = tuple(announcements.load(item, place, first_time, self.context.of(item), new_side=new_side))
        leaves = rest_ms >= item.setup_ms + given_ms((*lines, *last)) + LONG_REST_MS
        # Who knows it by heart hears the position itself, and needs no call into it.
        calls = bool(last) and not self.context.of(item).verbosity.setup
        none = self.rest_ms == 0 and item.setup_ms == 0 and at_hand and not last
        return Break(
            role=RestRole.SETUP,
            place=place,
            lines=lines,
            rest_ms=rest_ms,
            settle_ms=item.setup_ms,
            last=last,
            exact=none and not any(line.need is Need.BEFORE for line in lines),
            ready=self._ready(self.context.of(item), place, item.setup_ms + given_ms(last)),
            position=(Line(SpeechRole.TIME, say.position, place),) if leaves and not calls else (),
            # What ends the exercise before comes first, and by then the rest is shorter.
            length=length if leaves and not left and not calls else None,
            chapter=self._chapter(phase, item),
        )

    def _introduction(
        self, item: Prescription, dose_need: Need, same_dose: str | None, opens_turn: bool = False
    ) -> Iterator[Line]:
        """Yield what announces an exercise.

        Args:
            item: the exercise.
            dose_need: how much its dose is needed.
            same_dose: names the circuit that states one dose for all in it.
            opens_turn: whether its name says the side, as that changes with it: a short rest has room for no more.
        """
        say, items = self.context.say, self.session.prescriptions()
        naming = say.next if self.introduced else say.first
        if len(items) == 1:
            naming = say.only
        elif self.introduced and self._is_last(item):
            naming = say.last
        explain_breath = self.context.breath is not None and item.paced and not self.pacer_explained
        dose_about: tuple[str, ...] = (item.id,)
        if same_dose is not None:
            dose_about = (item.id, same_dose)
        elif item.by_set and item.by_side:
            # Where sets differ, the other side's first set is not like the last one of this side.
            dose_about = (f"{item.id} {item.first_side}",)
        coming = Introduction(
            item=item,
            naming=naming,
            first_time=item.id not in self.introduced,
            warned=item.id in self.warned,
            dose_need=dose_need,
            dose_about=dose_about,
            at_hand=self.at_hand,
            explain_breath=explain_breath,
            side_known=item.by_side,
            new_side=item.by_side and (item.id, item.first_side) not in self.sides_met,
            turn=item.first_side if opens_turn else None,
        )
        yield from announcements.exercise(coming, self.context.of(item))
        self.introduced.add(item.id)
        self.sides_met.add((item.id, item.first_side))
        self.warned.add(item.id)
        self.pacer_explained |= explain_breath
        self.in_use = item.exercise.equipment
        self.at_hand.update(self.in_use)

    def _is_last(self, item: Prescription) -> bool:
        """Return whether an exercise is the last of several; in rounds it comes up before, and is not called so."""
        items = self.session.prescriptions()
        return len(items) > 1 and item is items[-1] and not any(phase.circuit for phase in self.session.phases)

    def _comes_with_new_side(self, item: Prescription) -> bool:
        """Return whether an exercise that is known, with its cautions, comes up with a side that is new to it."""
        known = item.id in self.introduced and item.id in self.warned
        return known and item.by_side and (item.id, item.first_side) not in self.sides_met

    def _set(self, item: Prescription, number: int, first_time: bool) -> Iterator[Step]:
        """Yield one set: its effort, or that of one side, the change of sides, and that of the other."""
        context = self.context.of(item)
        for index, effort in enumerate(item.efforts_in(number)):
            place = Place(item.id, effort.side, number)
            if index:
                last = tuple(announcements.load(item, place, False, context, new_side=True)) if number == 1 else ()
                yield Break(
                    role=RestRole.SWITCH,
                    place=place,
                    lines=tuple(announcements.switch(item, place, self.context.of(item))),
                    # Of the time to change sides, what the steps that load leave of it.
                    settle_ms=max(0, item.switch_ms - given_ms(last)),
                    last=last,
                    beep=BeepRole.SWITCH,
                    ready=self._ready(context, place, item.switch_ms + given_ms(last)),
                )
            if effort.reps is None:
                first, fresh = first_time and index == 0, (item.id, effort.side) not in self.taught
                self.taught.add((item.id, effort.side))
                yield from effort_cues.holds(item, effort, place, context, first_time=first, fresh=fresh)
            else:
                yield effort_cues.rep_set(item, effort, place, context)

    def _set_break(self, item: Prescription, number: int) -> Break:
        """Return the rest before a later set; without a length of its own it takes as long as its words."""
        place = Place(item.id, item.efforts_in(number)[0].side, number)
        asked_ms = item.rest_before_ms(number)
        timed, rest_ms = asked_ms is not None, asked_ms or 0
        # Back to the first side takes as long as leaving it did.
        pause_ms = max(item.switch_ms if len(item.efforts) > 1 else 0, UNTIMED_SET_PAUSE_MS)
        # In a short rest nobody leaves the position.
        told = bool(item.exercise.leave_between)
        leaves = rest_ms >= item.setup_ms + POSITION_FROM_MS and (told or rest_ms >= LEAVES_FROM_MS)
        return Break(
            role=RestRole.REST,
            place=place,
            lines=tuple(announcements.set_rest(item, place, self.context.of(item), ends_session=self._is_last(item))),
            rest_ms=rest_ms,
            settle_ms=item.setup_ms if timed else pause_ms,
            exact=timed,
            beep=BeepRole.REST,
            ready=self._ready(self.context.of(item), place, rest_ms if timed else pause_ms),
            position=self._position(item, place) if leaves else (),
        )

    def _position(self, item: Prescription, place: Place) -> tuple[Line, ...]:
        """Return what calls back into position: the exercise's own short words, where they name no side."""
        exercise = item.exercise
        words = exercise.load_minimal or exercise.setup_minimal or exercise.setup_brief or ()
        plain = words and not any(names_a_side(line.say) for line in words) and exercise.sides is not Sides.EACH
        called = words if plain and len(words) <= 2 else (Instruction(say=self.context.say.position),)
        return tuple(Line(SpeechRole.TIME, line.say, place, give_ms=line.give_ms) for line in called)

    @staticmethod
    def _ready(context: Context, place: Place, silence_ms: int) -> Line | None:
        wanted = context.cues.start and silence_ms >= READY_FROM_MS
        return Line(SpeechRole.TIME, context.say.ready, place) if wanted else None

    def _chapter(self, phase: SessionPhase, item: Prescription, round_number: int = 1) -> ChapterTitle:
        """Return what a chapter is called, with its phase where there are several to find one's way among."""
        say, name, side = self.context.say, item.exercise.name, item.efforts[0].side
        if phase.by_side and side is not None:
            name = say.sided(say.with_name, side, name=name)
        if phase.circuit is not None and phase.circuit.rounds > 1:
            name = say.chapter_round.format(number=round_number, name=name)
        if len(self.session.phases) == 1:
            return ChapterTitle(name)
        title = self.context.say.chapter_phase.format(phase=phase.title, name=name)
        return ChapterTitle(title, phase.title)
