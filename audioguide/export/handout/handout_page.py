"""Writes a session as a page to print: exercises, doses, weeks to tick, the picture.

It is one HTML file that loads nothing, so that it opens and prints the same from an e-mail, a stick or a server.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audioguide.export.handout import handout_text, week_table
from audioguide.export.handout.week_table import Weeks
from audioguide.export.health_note import HANDOUT_NOTE
from audioguide.export.page_templates import filled_page
from audioguide.export.plan.picture import COLOURS, REST, SPEECH, TRACK, to_svg
from audioguide.export.week_contents import WeekContent
from audioguide.model.kinds import Day, EventKind, Side
from audioguide.model.plan import Plan
from audioguide.model.protocol import Programme
from audioguide.model.session import Session
from audioguide.model.text import filled
from audioguide.model.units import whole_minutes

_MOST_TIPS = 2
"""The voice says the others; a page of all would not be read."""

_GREYS = {
    (EventKind.HOLD, Side.LEFT): "#b4b4b4",
    (EventKind.HOLD, Side.RIGHT): "#e4e4e4",
    (EventKind.HOLD, None): "#cccccc",
    (EventKind.REP, Side.LEFT): "#8f8f8f",
    (EventKind.REP, Side.RIGHT): "#d4d4d4",
    (EventKind.REP, None): "#a6a6a6",
}
"""Most printers at home and in practices print grey, in which the picture's colours are nearly the same."""


@dataclass(frozen=True, slots=True)
class Handout:
    """What the page is made from.

    Attributes:
        session: the session as this person does it.
        plan: the same with its times, for the length and the picture.
        programme: how often the protocol says it is done, or None where it says nothing.
        days: the days of the week on which it is done once it is no longer daily; empty where nobody says.
        weeks: the weeks to tick.
        contents: what is done in which weeks, where they differ; empty where they don't.
    """

    session: Session
    plan: Plan
    programme: Programme | None
    days: tuple[Day, ...]
    weeks: Weeks
    contents: tuple[WeekContent, ...] = ()


@dataclass(frozen=True, slots=True)
class _PrintedExercise:
    """One exercise in the words of the page."""

    number: int
    name: str
    dose: tuple[str, ...]
    order: str
    setup: tuple[str, ...]
    tips: tuple[str, ...]
    caution: tuple[str, ...]
    mistake: tuple[str, ...]
    note: str | None
    not_in: str


@dataclass(frozen=True, slots=True)
class _PrintedPhase:
    """A phase in the words of the page."""

    title: str
    say: tuple[str, ...]
    rounds: str
    exercises: tuple[_PrintedExercise, ...]


def to_html(handout: Handout) -> str:
    """Return the page."""
    # Each colour of the picture with its grey and the width of an edge, in pixels. Speech is a line of a few pixels
    # and has none, as an edge would double it.
    greys = [(COLOURS[key], grey, 0.7) for key, grey in _GREYS.items()]
    greys += [(REST, "#ffffff", 0.7), (TRACK, "#f4f4f4", 0.3), (SPEECH, "#000000", 0)]
    weeks, programme = handout.weeks, handout.programme
    return filled_page(
        "audioguide.export.handout",
        "handout.html.j2",
        session=handout.session,
        minutes=whole_minutes(handout.plan.timeline.duration_ms),
        phases=tuple(_phases(handout.session)),
        notices=handout.plan.notices,
        less_said=handout_text.less_said(handout.plan.changes),
        left_out=tuple((item.name, handout_text.why_left_out(item)) for item in handout.session.left_out),
        when=handout_text.when(programme, handout.days, weeks.first),
        expect=programme.expect if programme else (),
        heads=week_table.heads(weeks),
        weeks=tuple(week_table.rows(weeks)),
        times_a_day=weeks.times_a_day,
        start=week_table.start(weeks),
        contents=handout.contents,
        picture=to_svg(handout.plan),
        greys=greys,
        note=HANDOUT_NOTE,
    )


def _phases(session: Session) -> Iterator[_PrintedPhase]:
    """Yield the phases of a session; its exercises are numbered through."""
    number = 0
    for phase in session.phases:
        exercises = []
        paced, items = phase.circuit is None or phase.circuit.cap is None, phase.listed
        for place, item in enumerate(items):
            number += 1
            rest = handout_text.rest_after(phase.circuit, items, place, phase.by_side) if phase.circuit else ""
            exercise = item.exercise
            # The page speaks of the side that works first; the voice, of each as it comes.
            setup, tips, caution, mistake = (
                tuple(filled(text, item.first_side) for text in texts)
                for texts in (exercise.setup, exercise.coaching[:_MOST_TIPS], exercise.caution, exercise.mistake)
            )
            exercises.append(
                _PrintedExercise(
                    number=number,
                    name=exercise.name,
                    dose=(*handout_text.dose(item, paced), *([rest] if rest else [])),
                    order="" if phase.by_side else handout_text.order(item),
                    setup=setup,
                    tips=tips,
                    caution=caution,
                    mistake=mistake,
                    note=item.note,
                    not_in=handout_text.conditions(item),
                )
            )
        how = [handout_text.rounds(phase.circuit, items, phase.by_side)] if phase.circuit else []
        how += [handout_text.by_side(phase.prescriptions[0].first_side)] if phase.by_side else []
        how += [handout_text.ORDER_VARIES] if phase.shuffled else []
        rounds = " ".join(how)
        yield _PrintedPhase(title=phase.title, say=phase.say, rounds=rounds, exercises=tuple(exercises))
