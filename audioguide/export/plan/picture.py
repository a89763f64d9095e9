"""Draws a plan as an SVG picture to scale: phases, holds, reps, rests, and where the voice speaks."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from msgspec import Struct

from audioguide.languages.registry import nearest
from audioguide.languages.sides import of_side
from audioguide.model.kinds import EventKind, HoldRole, RestRole, Side
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter
from audioguide.model.units import clock

WIDTH, MARGIN, LABELS = 1180, 24, 430
STEPS_MS = (15_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000, 7_200_000)
"""Distances between the lines of the scale; the longest serves the longest session."""

ROW, GAP = 26, 8
TOP = 92

# Cold colours for holds, warm ones for reps: what is done is seen before the side is.
COLOURS = {
    (EventKind.HOLD, Side.LEFT): "#3b7dd8",
    (EventKind.HOLD, Side.RIGHT): "#17a398",
    (EventKind.HOLD, None): "#5b6ee1",
    (EventKind.REP, Side.LEFT): "#e08a2e",
    (EventKind.REP, Side.RIGHT): "#d9663f",
    (EventKind.REP, None): "#e6a23c",
}
REST, TRACK, SPEECH, INK, FAINT = "#cbd3dd", "#eef1f5", "#2b3440", "#1d2530", "#66717f"


class _Lettering(Struct, frozen=True):
    """How words in the picture look."""

    colour: str = INK
    size: int = 14
    weight: int = 400
    anchor: str = "start"

    def text(self, x: float, y: float, words: str) -> str:
        """Return the element that shows ``words``; an SVG text stands on its ``y`` and does not break into lines."""
        style = f'font-size="{self.size}" font-weight="{self.weight}" text-anchor="{self.anchor}" fill="{self.colour}"'
        return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words, quote=False)}</text>'


_HEADING = _Lettering(size=22, weight=600)
_FACTS = _Lettering(FAINT)
_SCALE = _Lettering(FAINT, size=11, anchor="middle")
_CHAPTER = _Lettering(size=13)
_NOTE = _Lettering(FAINT, size=12)
_IN_BLOCK = _Lettering("#ffffff", size=11, anchor="middle")


def to_svg(plan: Plan) -> str:
    """Return the picture of ``plan``: a row for each chapter, all on one scale of time."""
    timeline = plan.timeline
    height = TOP + len(timeline.chapters) * (ROW + GAP) + 64
    longest_ms = max(chapter.end_ms - chapter.start_ms for chapter in timeline.chapters)
    pixels_per_ms = (WIDTH - 2 * MARGIN - LABELS) / longest_ms
    title, printed = _cut(plan.title, 60), nearest(plan.language).printed
    if plan.profile:
        title = printed.titles.for_person.format(title=title, name=_cut(plan.profile, 30))
    length = clock(timeline.duration_ms)
    share = nearest(plan.language).formats.percent(timeline.speech_share())
    facts = printed.picture.facts.text(len(timeline.chapters), length=length, share=share)
    parts = [
        # The machine's own letters: an SVG shown as an image may load no font.
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif">',
        # A screen reader says the title element for the picture (SVG 2, title and desc).
        f"<title>{escape(f'{plan.title}, {length}', quote=False)}</title>",
        # A page of its own, as the colours are made for white and a viewer may be dark.
        f'<rect width="{WIDTH}" height="{height}" rx="12" fill="#ffffff"/>',
        _HEADING.text(MARGIN, 40, title),
        _FACTS.text(MARGIN, 64, facts),
    ]
    step_ms = next(step for step in STEPS_MS if longest_ms / step <= 12)
    for ms in range(0, longest_ms + 1, step_ms):
        x = MARGIN + LABELS + ms * pixels_per_ms
        parts.append(f'<path d="M{x:.1f} {TOP - 8}V{height - 56}" stroke="#dfe4ea" stroke-width="1"/>')
        parts.append(_SCALE.text(x, TOP - 14, clock(ms)))
    for index, chapter in enumerate(timeline.chapters):
        parts += _row(plan, chapter, TOP + index * (ROW + GAP), pixels_per_ms)
    return "\n".join([*parts, *_legend(plan, height - 26), "</svg>", ""])


def _row(plan: Plan, chapter: Chapter, y: int, pixels_per_ms: float) -> Iterator[str]:
    """Yield the row of a chapter whose upper edge is ``y``: its time and title, what is done in it, what is said."""
    left, picture = MARGIN + LABELS, nearest(plan.language).printed.picture
    length = (chapter.end_ms - chapter.start_ms) * pixels_per_ms
    yield _NOTE.text(MARGIN, y + 17, clock(chapter.start_ms))
    yield _CHAPTER.text(MARGIN + 52, y + 17, _cut(chapter.title, 58))
    yield f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{ROW}" rx="4" fill="{TRACK}"/>'
    events = plan.timeline.events_in(chapter)
    for event in events:
        x, width = left + (event.start_ms - chapter.start_ms) * pixels_per_ms, event.duration_ms * pixels_per_ms
        if event.kind is EventKind.REST and event.role is RestRole.REST:
            yield f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW}" fill="{REST}"/>'
        elif event.kind in (EventKind.HOLD, EventKind.REP):
            colour = COLOURS[event.kind, event.place.side]
            # A little space tells neighbouring reps apart.
            drawn = max(width - 0.6, 0.6)
            yield f'<rect x="{x:.1f}" y="{y}" width="{drawn:.1f}" height="{ROW}" rx="2" fill="{colour}"/>'
            # Words only where they fit: some 30 pixels for the seconds, 64 with the side before them.
            if event.kind is EventKind.HOLD and width > 30:
                seconds = f"{round(event.duration_ms / 1000)} s"
                if event.place.side and width > 64:
                    sided = picture.left if event.place.side is Side.LEFT else picture.right
                    seconds = sided.format(length=seconds)
                yield _IN_BLOCK.text(x + width / 2, y + 15, seconds)
    # Last, so that speech lies above what is done meanwhile.
    for event in events:
        if event.kind is EventKind.SPEECH:
            x, width = left + (event.start_ms - chapter.start_ms) * pixels_per_ms, event.duration_ms * pixels_per_ms
            yield f'<rect x="{x:.1f}" y="{y + ROW - 5}" width="{max(width, 1):.1f}" height="5" fill="{SPEECH}"/>'


def _legend(plan: Plan, y: int) -> Iterator[str]:
    """Yield what the colours mean, those that the picture has."""
    found = {(event.kind, event.place.side) for event in plan.timeline.events}
    # Rounds against the clock have the colour of holds on both sides.
    roles = dict.fromkeys(event.role for event in plan.timeline.of_kind(EventKind.HOLD))
    language = nearest(plan.language)
    picture = language.printed.picture
    held = language.formats.list((picture.rounds if role is HoldRole.ROUNDS else picture.hold for role in roles), "or")
    named = []
    for (kind, side), colour in COLOURS.items():
        if (kind, side) in found:
            what = held if kind is EventKind.HOLD else picture.reps
            named.append((colour, of_side(picture.of_side, side).format(kind=what) if side else what))
    x = float(MARGIN)
    for colour, name in [*named, (REST, picture.rest), (TRACK, picture.setup), (SPEECH, picture.voice)]:
        yield f'<rect x="{x:.0f}" y="{y - 10}" width="14" height="12" rx="2" fill="{colour}"/>'
        yield _NOTE.text(x + 20, y, name)
        # The width of the letters is a guess, as only the viewer knows its font.
        x += 36 + 7 * len(name)


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
