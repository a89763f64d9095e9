"""Which figure is shown when: that of what is being done, with the side that works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audioguide.model.kinds import EventKind, Side
from audioguide.model.plan import ExerciseFigure, Plan
from audioguide.model.timeline import Chapter, Event


class Shown(NamedTuple):
    """A figure as it is shown.

    Attributes:
        figure: the figure.
        side: the side that works; None for both, for one after the other, and for own pictures.
    """

    figure: ExerciseFigure
    side: Side | None


def shown_in_chapters(plan: Plan, chapters: Sequence[Chapter]) -> tuple[Shown | None, ...]:
    """Return the figure of each of ``chapters``: of the first exercise done in it that has one; None for none."""
    if not plan.figures:
        return (None,) * len(chapters)
    known = {entry.exercise: entry for entry in plan.figures}
    efforts = [event for event in plan.timeline.events if is_effort(event) and event.place.exercise in known]
    shown: list[Shown | None] = []
    for chapter in chapters:
        done = [event.place for event in efforts if chapter.start_ms <= event.start_ms < chapter.end_ms]
        if not done:
            shown.append(None)
            continue
        exercise = done[0].exercise
        sides = {place.side for place in done if place.exercise == exercise}
        shown.append(shown_of(known[exercise or ""], sides.pop() if len(sides) == 1 else None))
    return tuple(shown)


def shown_of(figure: ExerciseFigure, side: Side | None) -> Shown:
    """Return how ``figure`` is shown while ``side`` works; an own picture is the same for both."""
    return Shown(figure, side if figure.alt is None else None)


def is_effort(event: Event) -> bool:
    """Whether ``event`` is a hold or a rep."""
    return event.kind in (EventKind.HOLD, EventKind.REP)
