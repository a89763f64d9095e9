"""Rounds against the clock (AMRAP): what a round has is said once, then the time runs and is called.

Nothing is counted, as nobody but the person knows how far they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from audioguide.compose import effort_cues
from audioguide.compose.coaching import hold_lines
from audioguide.compose.context import Context
from audioguide.model.kinds import BeepRole, HoldRole, Need, SpeechRole
from audioguide.model.script import Hold, Line, Place, TimeCall, When
from audioguide.model.session import Prescription
from audioguide.model.side_forms import filled

MINUTES_LEFT = (30, 20, 10, 5, 2, 1)
"""When the time left is called: often enough to pace oneself by, and more often towards the end."""

CALL_FROM_MS = 30_000
"""How long after the start the first call of the time left may come; earlier it is no news."""

CALL_APART_MS = 10_000
"""A time left that is called so near to halfway would say the same twice."""


def announcement(
    items: tuple[Prescription, ...], length_ms: int, known: Collection[str], warned: Collection[str], context: Context
) -> Iterator[Line]:
    """Yield the time and what a round has: each exercise with its reps, and behind it how it is done.

    Args:
        items: the exercises of a round.
        length_ms: how long the rounds go on.
        known: ids of exercises that came up before in the session.
        warned: ids of exercises whose cautions were said before.
        context: how the session is spoken.
    """
    say = context.say
    yield Line(SpeechRole.PHASE, say.rounds_in.format(length=say.lengths.text(length_ms)), need=Need.BEFORE)
    told = set(known)
    for item in items:
        yield from (
            Line(SpeechRole.STATION, text, Place(item.id), need=Need.BEFORE, about=(item.id,))
            for text in station(item, context)
        )
        if item.id in told:
            continue
        told.add(item.id)
        # What is said of one side speaks of the one that works first.
        exercise, place = item.exercise, Place(item.id, item.efforts[0].side)
        if item.id not in warned and exercise.avoid_if:
            text = say.avoid_station.format(conditions=say.either(exercise.avoid_if))
            yield Line(SpeechRole.CAUTION, text, place, need=Need.BEFORE)
        verbosity = context.verbosity
        for line in (*verbosity.setup_lines(item, first_time=True), *(exercise.load if verbosity.setup else ())):
            said = filled(line.say, place.side)
            yield Line(SpeechRole.SETUP, said, place, need=Need.BEFORE, instruction=True)
        if item.id not in warned:
            # The person's note says what they are to mind, as cautions do.
            for text in (*exercise.caution, *([item.note] if item.note is not None else [])):
                yield Line(SpeechRole.CAUTION, filled(text, place.side), place, need=Need.BEFORE)


def station(item: Prescription, context: Context) -> tuple[str, ...]:
    """Return an exercise of a round with its dose, such as ``8 push-ups.``"""
    say, name = context.say, item.exercise.name.rstrip(" .")
    dose = say.dose.prescribed(item, say.lengths)
    if item.exercise.name in context.recorded:
        # A recorded name is heard alone.
        return item.exercise.name, f"{dose}."
    reps = item.efforts[0].reps
    if reps is None or reps == 1:
        return (say.station_dose.format(name=name, dose=say.formats.within(dose)),)
    amount = say.station_reps.format(reps=reps, name=say.formats.within(name))
    return (f"{say.dose.work({item.exercise.sides.only: amount}, each_side=item.sided)}.",)


def block(items: tuple[Prescription, ...], length_ms: int, known: Collection[str], context: Context) -> Hold:
    """Return the time itself, from its start beep to its end beep: its calls, and tips where there is room.

    Args:
        items: the exercises of a round.
        length_ms: how long the rounds go on.
        known: ids of exercises that came up before in the session.
        context: how the session is spoken.
    """
    place = Place()
    # An exercise's own switches of cues are for its holds, and rule no more than what is said of it.
    halfway = context.cues.halfway and length_ms >= effort_cues.HALFWAY_FROM_MS
    left = []
    for minutes in MINUTES_LEFT if context.cues.ten_seconds else ():
        at_ms = length_ms - minutes * 60_000
        beside_halfway = halfway and abs(at_ms - length_ms // 2) < CALL_APART_MS
        if at_ms >= CALL_FROM_MS and not beside_halfway:
            text = context.say.time_left.format(length=context.say.lengths.text(minutes * 60_000))
            left.append(TimeCall(at_ms, Line(SpeechRole.TIME, text, place)))
    return Hold(
        place=place,
        duration_ms=length_ms,
        calls=(*left, *effort_cues.length_calls(length_ms, place, context)),
        lines=tuple(line for item in items for line in _tips(item, item.id not in known, context.of(item))),
        beep=BeepRole.START if context.cues.start else None,
        role=HoldRole.ROUNDS,
    )


def _tips(item: Prescription, first_time: bool, context: Context) -> Iterator[Line]:
    """Yield what a hold of this exercise would have said in it, with its name, as any exercise may be on then."""
    about = context.say.about_exercise.format(name=item.exercise.name.rstrip(" ."))
    place = Place(item.id, item.efforts[0].side)
    for line in hold_lines(item, place, context, first_time=first_time, fresh=first_time):
        # One is at any exercise by then, so that no line counts on the time that another was said.
        when = line.when and When(line.when.key, once=line.when.once)
        # A recording is heard as it is: nothing can be put before it.
        text = line.text if line.text in context.recorded else f"{about} {line.text}"
        yield replace(line, text=text, when=when)
