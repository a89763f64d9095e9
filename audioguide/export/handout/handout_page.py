"""Writes a session as a page to print: exercises, doses, weeks to tick, the picture. One HTML file that loads
nothing.

`export.handout.handout_text` puts doses into words, `export.handout.week_table` lays out the weeks; the template is
in `templates`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audioguide.export.handout import handout_text as words
from audioguide.export.handout import week_table as table
from audioguide.export.handout.week_table import Weeks
from audioguide.export.plan.picture import COLOURS, REST, SPEECH, TRACK, to_svg
from audioguide.export.tags.id3 import NO_ADVICE
from audioguide.model.kinds import Day, EventKind, Side
from audioguide.model.plan import Plan
from audioguide.model.protocol import Programme
from audioguide.model.session import Prescription, Session
from audioguide.model.text import filled

HEALTH_NOTE = f"This page goes with your recording and informs about its exercises. {NO_ADVICE}"

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


@dataclass(frozen=True, slots=True)
class Handout:
    """What the page is made from.

    Attributes:
        session: the session as this person does it.
        plan: the same with its times, for the length and the picture.
        programme: how often the protocol says it is done, or None where it says nothing.
        days: the days of the week on which it is done once it is no longer daily; empty where nobody says.
        weeks: the weeks to tick.
    """

    session: Session
    plan: Plan
    programme: Programme | None
    days: tuple[Day, ...]
    weeks: Weeks


@dataclass(frozen=True, slots=True)
class _Entry:
    """One exercise in the words of the page."""

    number: int
    name: str
    dose: tuple[str, ...]
    order: str
    setup: tuple[str, ...]
    tips: tuple[str, ...]
    caution: tuple[str, ...]
    mistake: tuple[str, ...]
    not_in: str


@dataclass(frozen=True, slots=True)
class _Group:
    """A phase in the words of the page."""

    title: str
    say: tuple[str, ...]
    rounds: str
    entries: tuple[_Entry, ...]


def to_html(handout: Handout) -> str:
    """Return the page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("audioguide.export.handout"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("handout.html.j2").render(
        session=handout.session,
        minutes=max(1, round(handout.plan.timeline.duration_ms / 60_000)),
        groups=tuple(_groups(handout.session)),
        left_out=tuple((item.name, words.why_left_out(item)) for item in handout.session.left_out),
        when=words.when(handout.programme, handout.days, handout.weeks.first),
        expect=handout.programme.expect if handout.programme else (),
        heads=table.heads(handout.weeks),
        rows=tuple(table.rows(handout.weeks)),
        start=table.start(handout.weeks),
        picture=to_svg(handout.plan),
        greys=tuple(_greys()),
        note=HEALTH_NOTE,
    )


def _groups(session: Session) -> Iterator[_Group]:
    number = 1
    for phase in session.phases:
        entries = tuple(_entry(place, item) for place, item in enumerate(phase.prescriptions, number))
        number += len(entries)
        yield _Group(phase.title, phase.say, words.rounds(phase.circuit) if phase.circuit else "", entries)


def _entry(number: int, item: Prescription) -> _Entry:
    def for_first_side(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filled(text, item.first_side) for text in texts)

    return _Entry(
        number=number,
        name=item.exercise.name,
        dose=tuple(words.dose(item)),
        order=words.order(item),
        setup=for_first_side(item.exercise.setup),
        tips=for_first_side(item.exercise.coaching[:_MOST_TIPS]),
        caution=for_first_side(item.exercise.caution),
        mistake=for_first_side(item.exercise.mistake),
        not_in=words.conditions(item),
    )


def _greys() -> Iterator[tuple[str, str, float]]:
    """Yield each colour of the picture with a grey and the width of an edge, to be told apart without colours."""
    yield from ((COLOURS[key], grey, 0.7) for key, grey in _GREYS.items())
    yield from ((REST, "#ffffff", 0.7), (TRACK, "#f4f4f4", 0.3), (SPEECH, "#000000", 0))
