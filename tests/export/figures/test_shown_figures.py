"""Which figure a chapter has."""

from __future__ import annotations

from msgspec.structs import replace

from audioguide.export.figures.shown_figures import Shown, shown_in_chapters
from audioguide.model.kinds import EventKind, Side
from audioguide.model.plan import ExerciseFigure, Plan
from audioguide.model.script import Place
from audioguide.model.timeline import Chapter, Event, Timeline
from tests.export.plans import sample_plan

DOG, LUNGE = ExerciseFigure("dog", "bird-dog", None), ExerciseFigure("lunge", "lunge.png", "A lunge.")


def planned(*done: tuple[str, Side | None]) -> Plan:
    events = tuple(
        Event(EventKind.HOLD, EventKind.HOLD, at * 1000, at * 1000 + 900, Place(exercise, side))
        for at, (exercise, side) in enumerate(done)
    )
    return replace(sample_plan(), timeline=Timeline(events, (), (), 60_000), figures=(DOG, LUNGE))


def shown(*done: tuple[str, Side | None]) -> Shown | None:
    [found] = shown_in_chapters(planned(*done), [Chapter(0, 60_000, "Part")])
    return found


def test_a_chapter_shows_its_exercise_without_a_side_where_both_work():
    assert shown(("dog", Side.LEFT), ("dog", Side.RIGHT)) == Shown(DOG, None)
    assert shown(("dog", None)) == Shown(DOG, None)


def test_a_chapter_of_one_side_shows_that_side():
    assert shown(("dog", Side.LEFT), ("dog", Side.LEFT)) == Shown(DOG, Side.LEFT)


def test_an_own_picture_has_no_sides():
    assert shown(("lunge", Side.LEFT)) == Shown(LUNGE, None)


def test_a_chapter_of_several_exercises_shows_the_first_that_has_a_figure():
    assert shown(("walk", None), ("lunge", None), ("dog", None)) == Shown(LUNGE, None)


def test_a_chapter_shows_nothing_of_what_is_done_in_others():
    plan = planned(("dog", None), ("walk", None), ("lunge", None))
    chapters = [Chapter(0, 1000, "A"), Chapter(1000, 2000, "B"), Chapter(2000, 60_000, "C")]
    assert shown_in_chapters(plan, chapters) == (Shown(DOG, None), None, Shown(LUNGE, None))
    assert shown_in_chapters(replace(plan, figures=()), chapters) == (None, None, None)
