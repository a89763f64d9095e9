"""Draws a session as one strip to scale, with the number of each exercise, for the printed page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from audioguide.model.kinds import EventKind
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter, Timeline

WIDTH, HEIGHT, BAR_TOP, BAR = 1000, 64, 22, 22

_LETTER = 8.5
"""Width of a letter of the strip; a guess, as only the printer knows its font."""

_STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240)
"""Minutes between two marks of the scale; the last one serves a session of a day."""

_MOST_MARKS = 12

_GREYS = ("#d8d8d8", "#f4f4f4")
"""Of neighbouring phases, as most printers at home and in practices print grey."""


def session_strip(plan: Plan, numbers: Mapping[str, int]) -> str:
    """Return the strip as an SVG element: a block for each chapter, phases above it, minutes below it.

    Args:
        plan: the timed session.
        numbers: the number of each exercise on the page, by its id.
    """
    timeline = plan.timeline
    per_ms = (WIDTH - 2) / timeline.duration_ms
    # Without phases to tell apart nothing stands above the strip.
    top = 0 if any(chapter.phase for chapter in timeline.chapters) else BAR_TOP - 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {WIDTH} {HEIGHT - top}" '
        f'width="{WIDTH}" height="{HEIGHT - top}" '
        'role="img" fill="#000" font-size="15">',
        f"<title>{escape(plan.title, quote=False)}</title>",
    ]
    # Chapters of no phase are the start, the end, or all exercises of the only phase.
    for index, (phase, chapters) in enumerate(groupby(timeline.chapters, key=lambda chapter: chapter.phase)):
        listed = list(chapters)
        start, end = (ms * per_ms + 1 for ms in (listed[0].start_ms, listed[-1].end_ms))
        if phase is not None and (room := int((end - start) / _LETTER)) > 3:
            name = phase if len(phase) <= room else f"{phase[: room - 1].rstrip()}…"
            parts.append(f'<text x="{start:.1f}" y="15" font-weight="700">{escape(name, quote=False)}</text>')
        for chapter in listed:
            parts += _block(timeline, chapter, _GREYS[index % 2], per_ms=per_ms, numbers=numbers)
    length_min = timeline.duration_ms / 60_000
    step_ms = 60_000 * next((step for step in _STEPS_MIN if length_min / step <= _MOST_MARKS), _STEPS_MIN[-1])
    for ms in range(0, timeline.duration_ms + 1, step_ms):
        x, minutes = ms * per_ms + 1, f"{ms // 60_000}" if ms else "0 min"
        parts.append(f'<path d="M{x:.1f} {BAR_TOP + BAR}v4" stroke="#000"/>')
        anchor = "middle" if ms else "start"
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 3}" text-anchor="{anchor}">{minutes}</text>')
    return "\n".join([*parts, "</svg>"])


def _block(
    timeline: Timeline, chapter: Chapter, grey: str, *, per_ms: float, numbers: Mapping[str, int]
) -> Iterator[str]:
    """Yield the block of a chapter, with the number of its exercise where there is room."""
    x, width = chapter.start_ms * per_ms + 1, (chapter.end_ms - chapter.start_ms) * per_ms
    work = (event for event in timeline.events_in(chapter) if event.kind in (EventKind.HOLD, EventKind.REP))
    number = numbers.get(next((event.place.exercise or "" for event in work), ""))
    fill = "#fff" if number is None else grey
    yield f'<rect x="{x:.1f}" y="{BAR_TOP}" width="{width:.1f}" height="{BAR}" fill="{fill}" stroke="#000"/>'
    if number is not None and width > _LETTER * (len(str(number)) + 1):
        yield f'<text x="{x + width / 2:.1f}" y="{BAR_TOP + 16}" text-anchor="middle">{number}</text>'
