"""The sentences that a session would need with other doses, so that they can be spoken before anybody asks for them.

A natural voice takes longer to load than a session takes to build from what is cached. A person who changes a hold
should not wait for it: what another dose adds is its own sentence, the numbers that count more reps, and the session's
length in minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from audioguide.compose.context import Context, context_of
from audioguide.compose.effort_cues import protocol_calls, rep_set
from audioguide.compose.timed_rounds import station
from audioguide.languages.registry import find
from audioguide.model.script import Line, Place
from audioguide.model.session import Effort, Prescription, Session
from audioguide.model.side_forms import filled

STEP_MS = 5_000
"""Holds are changed by whole steps of 5 s: protocols, clinic sheets and timers count so."""

HOLD_AWAY_MS, REPS_AWAY, MINUTES_AWAY = 30_000, 4, 3
"""How far from a dose, and from the session's length in minutes: what a person changes from one week to the next."""


def texts_of_other_doses(session: Session, length_ms: int) -> Iterator[str]:
    """Yield what ``session`` of ``length_ms`` does not say and would say after a change of one dose.

    Each exercise's hold in steps of 5 s up to half a minute longer or shorter, its reps up to four more or fewer, and
    the session's length up to three minutes more or less. Texts may come twice.
    """
    say = find(session.language).wording
    context = context_of(session, say)
    for phase in session.phases:
        against_clock = phase.circuit is not None and phase.circuit.cap is not None
        for item in phase.prescriptions:
            for efforts in _other_efforts(item):
                other = replace(item, efforts=efforts)
                if against_clock:
                    yield from station(other, context)
                    continue
                yield say.dose_sentence(other)
                place = Place(item.id, item.first_side, 1)
                if efforts[0].hold_ms is not None:
                    calls = protocol_calls(item, efforts[0], place, context)
                    yield from (call.sound.text for call in calls if isinstance(call.sound, Line))
                if item.tempo:
                    # A later set has fewer of its parts in words, and its reminder at another count.
                    yield from (
                        mark.text
                        for number in range(1, min(item.sets, 2) + 1)
                        for rep in rep_set(item, efforts[0], replace(place, set=number), context).reps
                        for mark in rep.marks
                        if isinstance(mark, Line)
                    )
    yield from _texts_of_other_days(session, context)
    for minutes in range(-MINUTES_AWAY, MINUTES_AWAY + 1):
        if (changed_ms := length_ms + minutes * 60_000) > 0:
            yield say.takes.format(length=say.about(changed_ms))


def _texts_of_other_days(session: Session, context: Context) -> Iterator[str]:
    """Yield the encouragements and feel-cues of which each day has one."""
    verbosity = context.verbosity
    for phase in session.phases:
        if session.encouraging and verbosity.encourages:
            yield from phase.encouragement or session.encouragement or context.say.encouragement
        for item in phase.prescriptions:
            feels = [line.say for line in item.exercise.coaching[: verbosity.coaching] if line.feel]
            yield from (filled(text, effort.side) for text in feels for effort in item.efforts)


def _other_efforts(item: Prescription) -> Iterator[tuple[Effort, ...]]:
    """Yield the efforts of one exercise with another dose on all sides."""
    first = item.efforts[0]
    if first.hold_ms is not None:
        nearest_ms = round(first.hold_ms / STEP_MS) * STEP_MS
        for hold_ms in range(nearest_ms - HOLD_AWAY_MS, nearest_ms + HOLD_AWAY_MS + 1, STEP_MS):
            if hold_ms > 0:
                yield tuple(replace(effort, hold_ms=hold_ms) for effort in item.efforts)
    elif first.reps is not None:
        for reps in range(max(1, first.reps - REPS_AWAY), first.reps + REPS_AWAY + 1):
            yield tuple(replace(effort, reps=reps) for effort in item.efforts)
