"""Writes a session as a page to print: exercises, doses, reasons, weeks to tick, the course of the session.

It is one HTML file that loads nothing, so that it opens and prints the same from an e-mail, a stick or a server.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from audioguide.export.figures.drawing import drawing_of
from audioguide.export.figures.figure_svg import FIGURE_CSS, svg_element
from audioguide.export.figures.figure_table import FIGURES, words_of
from audioguide.export.figures.pictures import Picture
from audioguide.export.handout import printed_ranges, week_table
from audioguide.export.handout.handout_text import HandoutText
from audioguide.export.handout.printed_texts import PrintedTexts
from audioguide.export.handout.session_strip import session_strip
from audioguide.export.handout.week_table import Weeks
from audioguide.export.page_templates import filled_page
from audioguide.export.week_contents import WeekContent
from audioguide.languages.language import Language
from audioguide.languages.paper import paper_of
from audioguide.languages.registry import find
from audioguide.model.kinds import Day, Sides
from audioguide.model.pictured import OwnPicture
from audioguide.model.plan import Plan
from audioguide.model.protocol import Programme
from audioguide.model.session import Prescription, Session
from audioguide.model.side_forms import filled
from audioguide.model.units import whole_minutes

_DOSE_LETTERS, _HOW_LETTERS = 30, 70
"""Letters in a line of either column of a sheet."""

_LINES_A_METRE = 2.1
"""Height of a drawn metre on paper, in lines of text."""


class Handout(Struct, frozen=True):
    """What the page is made from.

    Attributes:
        session: the session as this person does it.
        plan: the same with its times.
        programme: how often the protocol says it is done, or None where it says nothing.
        days: the days of the week on which it is done once it is no longer daily; empty where nobody says.
        weeks: the weeks to tick.
        contents: what is done in which weeks, where they differ; empty where they don't.
        own_pictures: the user's own picture of each exercise that has one.
        texts: what the protocol has for this page alone.
    """

    session: Session
    plan: Plan
    programme: Programme | None
    days: tuple[Day, ...]
    weeks: Weeks
    contents: tuple[WeekContent, ...] = ()
    own_pictures: Mapping[str, Picture] = field(default_factory=lambda: MappingProxyType({}))
    texts: PrintedTexts = PrintedTexts()


class _PrintedExercise(Struct, frozen=True):
    """One exercise in the words of the page."""

    number: int
    name: str
    dose: tuple[str, ...]
    order: str
    target: str
    how: tuple[str, ...]
    tips: tuple[str, ...]
    caution: tuple[str, ...]
    mistake: tuple[str, ...]
    note: str | None
    not_in: str
    figure: _PrintedFigure | None

    @property
    def is_marked(self) -> bool:
        """Whether anything of it has the mark of the author's own suggestions."""
        return any(printed_ranges.MARK in text for text in (*self.dose, *self.how))

    @property
    def is_figure_below_dose(self) -> bool:
        """Whether the column of the dose, most often the shorter one, has room for the figure; else text goes round it.

        By the letters of a line, as only the printer knows their widths.
        """
        how = (self.how, self.tips, self.caution, self.mistake, (self.note,) if self.note else ())
        how_lines = sum(_lines(" ".join(texts), _HOW_LETTERS) for texts in how)
        dose_lines = sum(
            _lines(text, _DOSE_LETTERS) for text in (self.name, *self.dose, self.order, self.target, self.not_in)
        )
        return self.figure is not None and dose_lines + self.figure.lines <= how_lines


class _PrintedFigure(Struct, frozen=True):
    """A figure: its words, and the drawing as an SVG element or the address of an own picture, which holds it.

    Attributes:
        words: what it shows.
        drawing: the element; empty for an own picture.
        source: the address; empty for a drawing.
        lines: about how many lines of text it is high.
    """

    words: str
    drawing: str = ""
    source: str = ""
    lines: float = 5.0


class _PrintedPhase(Struct, frozen=True):
    """A phase in the words of the page."""

    title: str
    say: tuple[str, ...]
    rounds: str
    exercises: tuple[_PrintedExercise, ...]


def to_html(handout: Handout) -> str:
    """Return the page."""
    weeks, programme, breaks = handout.weeks, handout.programme, handout.texts.breaks
    language = find(handout.session.language)
    text, formats = HandoutText(language), language.formats
    phases = tuple(_phases(handout.session, handout.own_pictures))
    of_breaks = replace(handout.session, phases=breaks.phases) if breaks else None
    break_phases = tuple(_phases(of_breaks, handout.own_pictures)) if of_breaks else ()
    printed = [exercise for phase in (*phases, *break_phases) for exercise in phase.exercises]
    return filled_page(
        "audioguide.export.handout",
        "handout.html.j2",
        session=handout.session,
        lang=handout.session.language,
        direction=formats.direction,
        paper=paper_of(handout.session.language),
        words=text.words,
        titles=language.printed.titles,
        minutes=whole_minutes(handout.plan.timeline.duration_ms),
        phases=phases,
        texts=handout.texts,
        break_phases=break_phases,
        mark=printed_ranges.MARK if any(exercise.is_marked for exercise in printed) else "",
        figure_css=FIGURE_CSS,
        notices=handout.plan.notices,
        less_said=text.less_said(handout.plan.changes),
        left_out=tuple((item.name, text.why_left_out(item)) for item in handout.session.left_out),
        when=text.when(programme, handout.days, weeks.first),
        expect=programme.expect if programme else (),
        heads=week_table.heads(weeks, formats),
        weeks=tuple(week_table.rows(weeks, formats)),
        times_a_day=weeks.times_a_day,
        start=week_table.start(weeks, formats),
        contents=handout.contents,
        strip=session_strip(handout.plan, _numbers(handout.session)),
        note=language.printed.notes.handout,
    )


def _phases(session: Session, own_pictures: Mapping[str, Picture]) -> Iterator[_PrintedPhase]:
    """Yield the phases of a session; its exercises are numbered through."""
    number, language = 0, find(session.language)
    handout_text = HandoutText(language)
    for phase in session.phases:
        exercises = []
        paced, items = phase.circuit is None or phase.circuit.cap is None, phase.listed
        for place, item in enumerate(items):
            number += 1
            rest = handout_text.rest_after(phase.circuit, items, place, phase.by_side) if phase.circuit else ""
            exercise = item.exercise
            how, tips = _read(item)
            exercises.append(
                _PrintedExercise(
                    number=number,
                    name=exercise.name,
                    dose=(*handout_text.dose(item, paced, phase.circuit is not None), *([rest] if rest else [])),
                    order="" if phase.by_side else handout_text.order(item),
                    target=language.formats.list(exercise.target),
                    how=how,
                    tips=tips,
                    caution=tuple(filled(text, item.first_side) for text in exercise.caution),
                    mistake=tuple(filled(text, item.first_side) for text in exercise.mistake),
                    note=item.note,
                    not_in=handout_text.conditions(item),
                    figure=_figure(item, own_pictures, language),
                )
            )
        order = [handout_text.rounds(phase.circuit, items, phase.by_side)] if phase.circuit else []
        order += [handout_text.by_side(phase.prescriptions[0].first_side)] if phase.by_side else []
        order += [handout_text.words.order_varies] if phase.shuffled else []
        rounds = " ".join(order)
        yield _PrintedPhase(title=phase.title, say=phase.say, rounds=rounds, exercises=tuple(exercises))


def _read(item: Prescription) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return how an exercise is done, and its tips: in its words for reading, or in those that are spoken."""
    exercise = item.exercise
    steps, coached = ([line.say for line in lines] for lines in (exercise.setup + exercise.load, exercise.coaching))
    # Those for reading speak of both sides. The spoken ones are printed for the side that works first.
    how, tips = (
        tuple(read) or tuple(filled(text, item.first_side) for text in spoken)
        for read, spoken in ((exercise.read, steps), ([tip.text for tip in exercise.read_tips], coached))
    )
    mark = printed_ranges.setup_mark(item)
    return ((*how[:-1], how[-1] + mark) if how else ()), tips


def _numbers(session: Session) -> dict[str, int]:
    """Return the number of each exercise on the page, by its id; of one that stands there twice the first."""
    found: dict[str, int] = {}
    for number, item in enumerate((item for phase in session.phases for item in phase.listed), 1):
        found.setdefault(item.id, number)
    return found


def _figure(item: Prescription, own_pictures: Mapping[str, Picture], language: Language) -> _PrintedFigure | None:
    """Return the figure of an exercise on the side that works first, as the page's words have it."""
    figure = item.exercise.figure
    if isinstance(figure, OwnPicture):
        picture = own_pictures.get(item.id)
        return None if picture is None else _PrintedFigure(figure.alt, source=picture.address)
    if figure is None or figure not in FIGURES:
        return None
    side = None if item.exercise.sides is Sides.BOTH else item.first_side
    words = words_of(figure, side, language)
    drawing = drawing_of(FIGURES[figure], side, letters=language.printed.side_letters)
    return _PrintedFigure(words, drawing=svg_element(drawing, words), lines=drawing.height * _LINES_A_METRE)


def _lines(text: str, letters: int) -> int:
    return math.ceil(len(text) / letters)
