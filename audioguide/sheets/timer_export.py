"""Makes a timer of TimeR Machine of a session: sets and rounds are groups, holds and reps are steps with their time.

What a person needs to know stands in the steps: how to get into position, cautions, and stop rules at the start. A
timer speaks no coaching, and counts no reps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audioguide.languages.language import Language
from audioguide.languages.registry import find
from audioguide.model.kinds import Side
from audioguide.model.session import Effort, Prescription, Session, SessionPhase
from audioguide.model.side_forms import filled
from audioguide.sheets.timer_file import Behaviour, BehaviourKind, Group, Step, StepKind, Timer

_HALFWAY_MS = 20_000
"""Of a shorter hold half the time is no news."""

_COUNTED_MS = 10_000
"""A shorter step is over before it is counted down."""

_GATHER_MS = 30_000
"""Time for the first step, in which stop rules are said; the timer goes on by itself."""

_UNSTATED_REST_MS = 5_000
"""A rest that nobody states: about as long as a session's words in it take."""

_LAST_STEP_MS = 10_000
"""Time for the closing."""


def timer_of(session: Session, told_first: Sequence[str] = ()) -> Timer:
    """Return ``session`` as a timer of TimeR Machine; ``told_first`` is what this person is told before they begin."""
    writer = _Writer(session)
    opening = (*told_first, *session.safety, *session.red_flags)
    closing = (*session.closing, *session.see_professional)
    words = writer.language.wording
    gather_ms = max(_GATHER_MS, session.gather_ms)
    title = str(session.title)
    start = writer.said(title, gather_ms, opening, StepKind.START) if opening or session.gather_ms else None
    end = writer.said(words.chapter_end, _LAST_STEP_MS, closing, StepKind.END) if closing else None
    steps = tuple(part for phase in session.phases for part in writer.phase(phase))
    return Timer(id=1, name=title, loop=1, steps=steps, start=start, end=end)


class _Writer:
    """Makes steps of the parts of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.language: Language = find(session.language)
        self._words = self.language.printed.player

    def phase(self, phase: SessionPhase) -> Iterator[Step | Group]:
        """Yield the steps of a phase."""
        if phase.circuit is not None:
            yield from self._circuit(phase)
            return
        for item in phase.prescriptions:
            yield self._ready(item.setup_ms, [item], phase.say if item is phase.prescriptions[0] else ())
            yield from self._sets(item)

    def _circuit(self, phase: SessionPhase) -> Iterator[Step | Group]:
        """Yield a circuit: getting ready for all of it, then its rounds; one against the clock is a single step."""
        circuit = phase.circuit
        assert circuit is not None
        first = phase.prescriptions[0]
        distinct = list({item.id: item for item in phase.prescriptions}.values())
        yield self._ready(first.setup_ms, distinct, phase.say)
        if circuit.cap is not None:
            yield self._work(str(phase.title), circuit.cap.length_ms, first)
            return
        steps: list[Step | Group] = []
        for sequence in phase.sequences:
            for item in sequence:
                steps += self._set(item, 1)
                # Behind the last one the group begins anew: that rest is the one between rounds.
                rest_ms = circuit.round_rest_ms if item is sequence[-1] else circuit.rest_after_ms(item)
                steps += self._pause(self._words.rest, rest_ms)
        yield from self._repeated(str(phase.title), circuit.rounds, steps)

    def _sets(self, item: Prescription) -> Iterator[Step | Group]:
        """Yield the sets of an exercise: one group, or written out where they differ."""
        if not (item.by_set or item.rests_ms or item.ends_with_first):
            rest_ms = _UNSTATED_REST_MS if item.rest_ms is None else item.rest_ms
            rest = self._pause(self._words.rest, rest_ms) if item.sets > 1 else []
            yield from self._repeated(str(item.exercise.name), item.sets, [*self._set(item, 1), *rest])
            return
        for number in range(1, item.sets + 1):
            if number > 1:
                before_ms = item.rest_before_ms(number)
                yield from self._pause(self._words.rest, _UNSTATED_REST_MS if before_ms is None else before_ms)
            yield from self._set(item, number)

    def _set(self, item: Prescription, number: int) -> list[Step | Group]:
        """Return one set: an effort, or one a side with the time to change between them."""
        steps: list[Step | Group] = []
        for effort in item.efforts_in(number):
            if steps:
                steps += self._pause(self._words.switch, item.switch_ms)
            steps += self._effort(item, effort)
        return steps

    def _effort(self, item: Prescription, effort: Effort) -> list[Step | Group]:
        """Return the steps of an effort, whose name says its reps and its side; repeated holds are a group."""
        label = str(item.exercise.name)
        if effort.reps is not None:
            each = (
                self._words.next_reps_each_side if item.exercise.sides.value == "alternating" else self._words.next_reps
            )
            label = f"{label}, {each.text(effort.reps)}"
        if effort.side is not None:
            wording = self.language.wording
            label = f"{label}, {wording.left if effort.side is Side.LEFT else wording.right}"
        if effort.repeat == 1:
            return [self._work(label, effort.work_ms(item.rep_ms), item)]
        assert effort.hold_ms is not None
        steps = [self._work(label, effort.hold_ms, item), *self._pause(self._words.rest, effort.relax_ms)]
        return list(self._repeated(label, effort.repeat, steps))

    def _work(self, label: str, length_ms: int, item: Prescription) -> Step:
        """Return a step of work: it says its name, beeps once, and calls the time as the session does."""
        cues = item.cues or self._session.cues
        behaviours = [Behaviour(BehaviourKind.VOICE), Behaviour(BehaviourKind.BEEP, content="1,0")]
        if cues.halfway and length_ms >= _HALFWAY_MS:
            behaviours.append(Behaviour(BehaviourKind.HALF))
        if cues.countdown and length_ms >= _COUNTED_MS:
            behaviours.append(Behaviour(BehaviourKind.COUNT, content="0"))
        return Step(label, length_ms, tuple(behaviours))

    def _ready(self, length_ms: int, items: Sequence[Prescription], say: Sequence[str]) -> Step:
        """Return the step to get into position, which says how, and what to watch for."""
        texts = [*say]
        for item in items:
            side = item.first_side if item.exercise.sides.one_at_a_time or item.by_side else None
            exercise = item.exercise
            wording = self.language.wording
            texts += [f"{exercise.name}.", wording.dose_sentence(item), *((item.note,) if item.note else ())]
            if exercise.avoid_if:
                texts.append(wording.avoid_if.format(conditions=wording.either(exercise.avoid_if)))
            steps = [line.say for line in (*exercise.setup, *exercise.load)]
            texts += [filled(text, side) for text in (*steps, *exercise.caution)]
        names = ", ".join(str(item.exercise.name) for item in items)
        label = self._words.said_setup.format(name=names)[:120]
        # Getting into position takes some time also where a session has none for it.
        return self.said(label, max(length_ms, _UNSTATED_REST_MS), texts, StepKind.NORMAL)

    def said(self, label: str, length_ms: int, texts: Sequence[str], kind: StepKind) -> Step:
        """Return a step that says ``texts`` behind its name."""
        words = " ".join(str(text) for text in texts)
        return Step(label, length_ms, (Behaviour(BehaviourKind.VOICE, label=words),), kind)

    def _pause(self, label: str, length_ms: int) -> list[Step | Group]:
        return [Step(label, length_ms, (Behaviour(BehaviourKind.VOICE),))] if length_ms else []

    def _repeated(self, name: str, times: int, steps: Sequence[Step | Group]) -> Iterator[Step | Group]:
        if times == 1:
            yield from steps
        else:
            yield Group(name, times, tuple(steps))
