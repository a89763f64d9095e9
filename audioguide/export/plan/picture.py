"""Draws a plan as an SVG picture to scale: phases, holds, reps, rests, and where the voice speaks."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from audioguide.model.kinds import EventKind, RestRole, Side
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter, Event
from audioguide.model.units import clock

WIDTH, MARGIN, LABELS = 1180, 24, 430
STEPS_MS = (15_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000, 7_200_000)
"""Distances between the lines of the scale; the longest serves the longest session."""

ROW, GAP = 26, 8
TOP = 92

COLOURS = {
    (EventKind.HOLD, Side.LEFT): "#3b7dd8",
    (EventKind.HOLD, Side.RIGHT): "#17a398",
    (EventKind.HOLD, None): "#5b6ee1",
    (EventKind.REP, Side.LEFT): "#e08a2e",
    (EventKind.REP, Side.RIGHT): "#d9663f",
    (EventKind.REP, None): "#e6a23c",
}
REST, TRACK, SPEECH, INK, FAINT = "#cbd3dd", "#eef1f5", "#2b3440", "#1d2530", "#66717f"


def to_svg(plan: Plan) -> str:
    """Return the picture of ``plan``: a row for each chapter, all on one scale of time."""
    chapters = plan.timeline.chapters
    height = TOP + len(chapters) * (ROW + GAP) + 64
    longest_ms = max(chapter.end_ms - chapter.start_ms for chapter in chapters)
    scale = (WIDTH - 2 * MARGIN - LABELS) / longest_ms
    parts = [*_frame(plan, height), *_grid(longest_ms, scale, height)]
    for index, chapter in enumerate(chapters):
        parts += _row(plan, chapter, TOP + index * (ROW + GAP), scale)
    parts += _legend(plan, height - 26)
    return "\n".join([*parts, "</svg>", ""])


def _frame(plan: Plan, height: int) -> Iterator[str]:
    label = escape(f"{plan.title}, {clock(plan.timeline.duration_ms)}")
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif">'
    )
    yield f"<title>{label}</title>"
    yield f'<rect width="{WIDTH}" height="{height}" rx="12" fill="#ffffff"/>'
    title = _cut(plan.title, 60) + (f" for {_cut(plan.profile, 30)}" if plan.profile else "")
    yield _text(MARGIN, 40, title, size=22, weight=600)
    share = f"{plan.timeline.speech_share():.0%} speech"
    yield _text(
        MARGIN, 64, f"{clock(plan.timeline.duration_ms)} · {len(plan.timeline.chapters)} chapters · {share}", FAINT
    )


def _grid(longest_ms: int, scale: float, height: int) -> Iterator[str]:
    step_ms = next(step for step in STEPS_MS if longest_ms / step <= 12)
    for ms in range(0, longest_ms + 1, step_ms):
        x = MARGIN + LABELS + ms * scale
        yield f'<path d="M{x:.1f} {TOP - 8}V{height - 56}" stroke="#dfe4ea" stroke-width="1"/>'
        yield _text(x, TOP - 14, clock(ms), FAINT, size=11, anchor="middle")


def _row(plan: Plan, chapter: Chapter, y: int, scale: float) -> Iterator[str]:
    left = MARGIN + LABELS
    width = (chapter.end_ms - chapter.start_ms) * scale
    yield _text(MARGIN, y + 17, clock(chapter.start_ms), FAINT, size=12)
    yield _text(MARGIN + 52, y + 17, _cut(chapter.title, 58), size=13)
    yield f'<rect x="{left}" y="{y}" width="{width:.1f}" height="{ROW}" rx="4" fill="{TRACK}"/>'
    events = plan.timeline.events_in(chapter)
    for event in events:
        yield from _block(event, left + (event.start_ms - chapter.start_ms) * scale, y, event.duration_ms * scale)
    for event in events:
        if event.kind is EventKind.SPEECH:
            x = left + (event.start_ms - chapter.start_ms) * scale
            width = max(event.duration_ms * scale, 1)
            yield f'<rect x="{x:.1f}" y="{y + ROW - 5}" width="{width:.1f}" height="5" fill="{SPEECH}"/>'


def _block(event: Event, x: float, y: int, width: float) -> Iterator[str]:
    if event.kind is EventKind.REST and event.role is RestRole.REST:
        yield f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW}" fill="{REST}"/>'
    elif event.kind in (EventKind.HOLD, EventKind.REP):
        colour = COLOURS[event.kind, event.place.side]
        # A hair of space tells neighbouring reps apart.
        yield f'<rect x="{x:.1f}" y="{y}" width="{max(width - 0.6, 0.6):.1f}" height="{ROW}" rx="2" fill="{colour}"/>'
        if event.kind is EventKind.HOLD and width > 30:
            seconds = f"{round(event.duration_ms / 1000)} s"
            words = f"{event.place.side} {seconds}" if event.place.side and width > 64 else seconds
            yield _text(x + width / 2, y + 15, words, "#ffffff", size=11, anchor="middle")


def _legend(plan: Plan, y: int) -> Iterator[str]:
    found = {(event.kind, event.place.side) for event in plan.timeline.events}
    x = float(MARGIN)
    named = [(COLOURS[key], _legend_name(*key)) for key in COLOURS if key in found]
    for colour, name in [*named, (REST, "rest"), (TRACK, "getting ready"), (SPEECH, "voice")]:
        yield f'<rect x="{x:.0f}" y="{y - 10}" width="14" height="12" rx="2" fill="{colour}"/>'
        yield _text(x + 20, y, name, FAINT, size=12)
        x += 36 + 7 * len(name)


def _legend_name(kind: EventKind, side: Side | None) -> str:
    return f"{'hold' if kind is EventKind.HOLD else 'reps'}{f', {side}' if side else ''}"


def _text(
    x: float, y: float, words: str, colour: str = INK, size: int = 14, weight: int = 400, anchor: str = "start"
) -> str:
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
