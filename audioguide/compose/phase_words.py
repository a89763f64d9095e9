"""What is said once a phase beside what its exercises say: a check for pain with what to do then, and encouragement.

It is offered to each hold and rest that may have room; the first that has it says it. Where none has, encouragement is
left out, and the check, which concerns safety, is said while the person gets into position.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from audioguide.compose.context import Context
from audioguide.model.kinds import Need, RestRole, SpeechRole
from audioguide.model.script import Break, Hold, Line, Step, When
from audioguide.model.session import Session

LEAST_HOLD_MS, LEAST_REST_MS = 40_000, 15_000
"""Shorter ones have no time for more than what their exercise needs."""

CHECK_HOLD_MS = 60_000
"""The check comes in a hold of so much, where there is one."""

CHECK_FROM_MS, ENCOURAGED_FROM_MS = 10_000, 20_000
"""So long after a hold's start: by then one knows whether it hurts, and has done something."""


def with_phase_words(steps: Iterable[Step], session: Session, number: int, context: Context) -> tuple[Step, ...]:
    """Return ``steps``, which are those of the phase with this number, with what is said once in it.

    Encouragement comes in the second half of the phase, when there is something to encourage. A protocol without stop
    rules has nothing that could hurt, and no check; nor has a phase of breathing alone.
    """
    said, verbosity = list(steps), context.verbosity
    by_id = {item.id: item for item in session.phases[number - 1].prescriptions}

    def has_room(step: Step) -> bool:
        if isinstance(step, Hold):
            roomy = step.role is None and step.breath is None and step.duration_ms >= LEAST_HOLD_MS
        else:
            roomy = isinstance(step, Break) and step.role is RestRole.REST and step.rest_ms >= LEAST_REST_MS
        item = by_id.get(step.place.exercise or "") if roomy and isinstance(step, Hold | Break) else None
        return item is not None and context.of(item).cues.tips

    rooms = [index for index, step in enumerate(said) if has_room(step)]
    # In a shorter hold it would take the room of what teaches.
    longest = [
        index for index in rooms if not (isinstance(step := said[index], Hold) and step.duration_ms < CHECK_HOLD_MS)
    ]
    encouraged = session.encouraging and verbosity.encourages
    # Breathing alone neither stretches nor loads.
    breathes = all(any(part.breath for part in item.tempo) for item in by_id.values())
    checked = verbosity.checks and bool(session.safety) and not breathes
    offered: dict[SpeechRole, list[int]] = {
        SpeechRole.CHECK: (longest or rooms) if checked else [],
        SpeechRole.ENCOURAGEMENT: rooms[len(rooms) // 2 :] if encouraged else [],
    }
    texts = {
        SpeechRole.CHECK: (number > 1 and session.check_again) or session.check or context.say.check,
        SpeechRole.ENCOURAGEMENT: _encouragements(session, context)[number - 1],
    }

    def offer(index: int, role: SpeechRole, when: When, need: Need = Need.WANTED) -> None:
        step = said[index]
        assert isinstance(step, Hold | Break)
        at = len(step.lines)
        if role is SpeechRole.CHECK:
            # A break says what comes first while there is room, so the check comes before tips. A hold has it early,
            # behind the first tip, which is what the person begins with.
            tips = (SpeechRole.COACHING, SpeechRole.MISTAKE)
            behind = int(isinstance(step, Hold))
            at = next((place + behind for place, other in enumerate(step.lines) if other.role in tips), at)
        line = Line(role, texts[role], step.place, need=need, when=when)
        said[index] = replace(step, lines=(*step.lines[:at], line, *step.lines[at:]))

    for role, from_ms in ((SpeechRole.CHECK, CHECK_FROM_MS), (SpeechRole.ENCOURAGEMENT, ENCOURAGED_FROM_MS)):
        when = When(f"{role} {number}", from_ms=from_ms, left_ms=0, once=True)
        for index in offered[role]:
            offer(index, role, when)
        if role is SpeechRole.CHECK and checked:
            offer(_fallback_index(said), role, replace(when, fallback=True), Need.BEFORE)
    return tuple(said)


def _fallback_index(steps: Sequence[Step]) -> int:
    """Return which break of a phase says the check where nothing else has room for it.

    One that takes as long as its words: best the one before the second exercise, when the person has felt the first;
    else one between two efforts of the first; else the one that opens the phase, as in a circuit without such breaks.
    """
    breaks = [(index, step) for index, step in enumerate(steps) if isinstance(step, Break)]
    opening, opened = breaks[0]
    later = [(index, step) for index, step in breaks[1:] if not step.exact]
    second = [index for index, step in later if step.role is RestRole.SETUP]
    within_first = [index for index, step in later if step.place.exercise == opened.place.exercise]
    return next(iter([*second, *within_first, opening]))


def _encouragements(session: Session, context: Context) -> list[str]:
    """Return the encouragement of each phase: another in each, and another the next day, while there are several."""
    chosen: list[str] = []
    total = len(session.phases)
    for place, phase in enumerate(session.phases):
        texts = phase.encouragement or session.encouragement or context.say.encouragement
        # A day goes on where the one before ended, and never begins where that began.
        stride = total if total % len(texts) else total + 1
        index = (session.day * stride + place) % len(texts)
        if chosen and texts[index] == chosen[-1]:
            index = (index + 1) % len(texts)
        chosen.append(texts[index])
    return chosen
