"""Puts a session into words and order: intro, phases, exercises, sides, sets, rests, closing. It times nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audioguide.compose import announcements, effort_cues
from audioguide.compose.verbosity import VERBOSITIES, Verbosity
from audioguide.compose.wording import ENGLISH, Wording
from audioguide.model.kinds import BeepRole, RestRole, SpeechRole
from audioguide.model.script import Break, Finish, Line, Place, Say, Script, Step
from audioguide.model.session import Effort, Prescription, Session, SessionPhase

PARAGRAPH_MS = 750
READY_FROM_MS = 5_000
"""From this much silence on, a word just before the start beep brings the person, and a sleeping speaker, back."""

POSITION_FROM_MS = 10_000
"""From a rest on that is this much longer than it takes to get into position, the person is called back into it."""

UNTIMED_SET_PAUSE_MS = 3_000
"""Between sets without a rest of their own: time to hear what comes."""

_NEED = {SpeechRole.CAUTION: 1, SpeechRole.SETUP: 2, SpeechRole.COACHING: 3, SpeechRole.MISTAKE: 4}
"""In a short rest of a circuit what is needed most comes first; all else, names above all, comes before these."""


def compose(session: Session, length_ms: int | None = None, say: Wording = ENGLISH) -> Script:
    """Return the script of ``session``.

    Args:
        session: the resolved session.
        length_ms: the session's length to say at the start; None leaves it unsaid.
        say: the fixed sentences.
    """
    verbosity = VERBOSITIES[session.detail]
    return Script(
        tuple(_Composer(session, length_ms, verbosity if session.cues.tips else verbosity.without_tips(), say).steps())
    )


@dataclass(slots=True)
class _Composer:
    """Walks the session; remembers what was met before, what is at hand, and how long the person is to rest."""

    session: Session
    length_ms: int | None
    verbosity: Verbosity
    say: Wording
    met: set[str] = field(default_factory=set)
    warned: set[str] = field(default_factory=set)
    in_hand: tuple[str, ...] = ()
    paced: bool = False
    rest_ms: int = 0

    def steps(self) -> Iterator[Step]:
        intro = tuple(announcements.intro(self.session, self.length_ms, self.verbosity, self.say))
        yield Say(intro, PARAGRAPH_MS, chapter=self.say.chapter_start)
        for number, phase in enumerate(self.session.phases, 1):
            opening = tuple(announcements.phase(self.session, number, phase, self.verbosity, self.say))
            if phase.circuit:
                yield from self._circuit(phase, (*opening, *self._warnings(phase)))
            else:
                yield from self._plain(phase, opening)
        closing = tuple(announcements.closing(self.session, self.verbosity, self.say))
        yield Say(closing, 0, chapter=self.say.chapter_end)
        yield Finish()

    def _plain(self, phase: SessionPhase, opening: tuple[Line, ...]) -> Iterator[Step]:
        for item in phase.prescriptions:
            first_time = item.id not in self.met
            yield self._approach(phase, item, opening, self._chapter(phase, item.exercise.name))
            for number in range(1, item.sets + 1):
                if number > 1:
                    yield self._set_break(item, number)
                yield from self._set(item, number, first_time and number == 1)
            self.rest_ms, opening = item.rest_ms, ()

    def _circuit(self, phase: SessionPhase, opening: tuple[Line, ...]) -> Iterator[Step]:
        assert phase.circuit is not None
        rounds = phase.circuit.rounds
        for number in range(1, rounds + 1):
            for index, item in enumerate(phase.prescriptions):
                first_time = item.id not in self.met
                title = self._round_title(phase, item, number)
                opens_round = index == 0
                if opens_round and number == 1:
                    yield self._approach(phase, item, opening, title)
                else:
                    rest_ms = phase.circuit.round_rest_ms if opens_round else phase.circuit.rest_ms
                    yield self._circuit_break(item, number if opens_round else 0, rounds, rest_ms, title)
                yield from self._set(item, 1, first_time)
        self.rest_ms = 0

    def _approach(self, phase: SessionPhase, item: Prescription, opening: tuple[Line, ...], chapter: str) -> Break:
        """Return the time before an exercise: everything is said, then the person gets into position."""
        lines = (*opening, *self._announcement(item))
        return Break(
            role=RestRole.SETUP,
            place=Place(item.id, item.efforts[0].side, 1),
            lines=lines,
            rest_ms=self.rest_ms,
            settle_ms=item.setup_ms,
            ready=self._ready(Place(item.id, item.efforts[0].side, 1), item.setup_ms),
            chapter=chapter,
        )

    def _circuit_break(self, item: Prescription, round_number: int, rounds: int, rest_ms: int, chapter: str) -> Break:
        place = Place(item.id, item.efforts[0].side, 1)
        lines = tuple(self._announcement(item, in_circuit=True))
        if round_number:
            text = self.say.round.format(number=round_number, total=rounds)
            lines = (lines[0], Line(SpeechRole.REST, text, place), *lines[1:])
        needed_first = tuple(sorted(lines, key=lambda line: _NEED.get(line.role, 0)))
        return Break(RestRole.REST, place, needed_first, rest_ms, exact=True, beep=BeepRole.REST, chapter=chapter)

    def _announcement(self, item: Prescription, in_circuit: bool = False) -> Iterator[Line]:
        """Yield what announces an exercise; inside a circuit its dose and cautions were said before the first one."""
        first_time = item.id not in self.met
        verbosity = replace(self.verbosity, doses=False) if in_circuit else self.verbosity
        warned = item.id in self.warned
        paced = self.session.breath is not None and item.paced and not self.paced
        yield from announcements.exercise(
            item, self._naming(item), self.in_hand, first_time, warned, verbosity, self.say, explain_breath=paced
        )
        self.paced = self.paced or paced
        self.met.add(item.id)
        self.warned.add(item.id)
        self.in_hand = item.exercise.equipment

    def _warnings(self, phase: SessionPhase) -> tuple[Line, ...]:
        """Return the cautions of a circuit's later exercises that were not said yet."""
        items = {item.id: item for item in phase.prescriptions[1:] if item.id not in self.warned}
        items.pop(phase.prescriptions[0].id, None)
        self.warned.update(items)
        return tuple(announcements.warnings(items.values(), self.say))

    def _naming(self, item: Prescription) -> str:
        items = self.session.prescriptions()
        circuits = any(phase.circuit for phase in self.session.phases)
        if len(items) == 1:
            return self.say.only
        if not self.met:
            return self.say.first
        return self.say.last if item is items[-1] and not circuits else self.say.next

    def _set(self, item: Prescription, number: int, first_time: bool) -> Iterator[Step]:
        for index, effort in enumerate(item.efforts_in(number)):
            place = Place(item.id, effort.side, number)
            if index:
                yield self._switch(item, effort, place)
            yield self._effort(item, effort, place, first_time and index == 0)

    def _effort(self, item: Prescription, effort: Effort, place: Place, first_time: bool) -> Step:
        if effort.hold_ms is None:
            return effort_cues.rep_set(item, effort, place, self.verbosity, self.say, self.session.breath)
        cues, breath = self.session.cues, self.session.breath
        return effort_cues.hold(item, effort, place, first_time, cues, self.verbosity, self.say, breath)

    def _switch(self, item: Prescription, effort: Effort, place: Place) -> Break:
        return Break(
            role=RestRole.SWITCH,
            place=place,
            lines=tuple(announcements.switch(item, effort, place, self.verbosity, self.say)),
            settle_ms=item.switch_ms,
            beep=BeepRole.SWITCH,
            ready=self._ready(place, item.switch_ms),
        )

    def _set_break(self, item: Prescription, number: int) -> Break:
        place = Place(item.id, item.efforts_in(number)[0].side, number)
        timed = item.rest_ms > 0
        pause_ms = max(item.switch_ms if len(item.efforts) > 1 else 0, UNTIMED_SET_PAUSE_MS)
        return Break(
            role=RestRole.REST,
            place=place,
            lines=tuple(announcements.set_rest(item, number, item.rest_ms, place, self.verbosity, self.say)),
            rest_ms=item.rest_ms,
            settle_ms=item.setup_ms if timed else pause_ms,
            exact=timed,
            beep=BeepRole.REST,
            ready=self._ready(place, item.rest_ms if timed else pause_ms),
            position=self._position(item, place),
        )

    def _position(self, item: Prescription, place: Place) -> Line | None:
        """Return the call back into position; in a short rest nobody leaves it."""
        long = item.rest_ms >= item.setup_ms + POSITION_FROM_MS
        return Line(SpeechRole.TIME, self.say.position, place) if long else None

    def _ready(self, place: Place, silence_ms: int) -> Line | None:
        if silence_ms < READY_FROM_MS:
            return None
        return Line(SpeechRole.TIME, self.say.ready, place)

    def _chapter(self, phase: SessionPhase, name: str) -> str:
        if len(self.session.phases) == 1:
            return name
        return self.say.chapter_phase.format(phase=phase.title, name=name)

    def _round_title(self, phase: SessionPhase, item: Prescription, number: int) -> str:
        assert phase.circuit is not None
        name = (
            item.exercise.name
            if phase.circuit.rounds == 1
            else self.say.chapter_round.format(number=number, name=item.exercise.name)
        )
        return self._chapter(phase, name)
