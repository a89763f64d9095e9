"""Draws the cover that players show: title, length, and the session as the ring of a clock.

Its colours are those of the picture.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from audioguide.export.plan.picture import COLOURS, FAINT, INK, REST, SPEECH, TRACK
from audioguide.export.tags.cover_text import Face, PlacedLine, Slot, fit
from audioguide.model.kinds import EventKind, RestRole, SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.units import whole_minutes

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SIZE = 800
"""Width and height in pixels."""

RING, HOLE = 392, 334
"""Radii of the ring's edges in pixels."""

PHASES, WORDS = (326, 319), 308
"""Radii of the thin ring's edges, which shows the phases, and of the circle that words stay in, in pixels."""

NAME = Slot(WORDS, -270, -185, largest=56, whole=40, smallest=20, longest=30)
TITLE = Slot(WORDS, -235, 150, largest=150, whole=44, smallest=20, longest=120)
TITLE_BELOW_NAME = replace(TITLE, top=-185)
LENGTH = Slot(WORDS, 165, 275, largest=84, whole=40, smallest=20, longest=20)

_FINER = 2
"""The ring is drawn this much larger and reduced, as Pillow draws edges without smoothing."""

_STEP = math.radians(2)
"""Length of the straight pieces of an arc: 0.06 pixels from round."""

_REP_GAP, _PHASE_GAP = math.radians(0.3), math.radians(1.5)
"""Space that tells neighbouring reps and phases apart; of a short rep it takes a quarter."""

_SHADE = 10
"""Levels between two shades of a colour, for smooth edges; Pillow takes closer ones for each other."""


def cover_png(plan: Plan) -> bytes:
    """Return the cover of ``plan``, a square PNG of ``SIZE`` pixels. The same plan, the same bytes."""
    from PIL import Image
    from PIL.ImageDraw import Draw

    image = Image.new("RGB", (SIZE * _FINER, SIZE * _FINER), INK)
    _draw_ring(plan, Draw(image))
    image = image.reduce(_FINER)
    # Words only now: the font smooths its own edges, and smoothing them twice would blur them.
    face, draw = Face(), Draw(image)
    for line, colour in words(plan, face):
        # Anchored in the middle of the baseline, which does not depend on the letters' heights.
        at = (SIZE / 2, SIZE / 2 + line.baseline)
        draw.text(at, line.text, font=face.at(line.size), fill=colour, anchor="ms")
    file = _Png()
    # A palette halves the file (30 of 64 kB), which stands in every MP3. Dithering would put dots on plain colours.
    # Packed less than PNG usually is, in less than half the time: it is a five-hundredth of its MP3.
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, bits=8, compress_level=2)
    return file.getvalue()


class _Png(io.BytesIO):
    """A file in memory with a name: by its ending Pillow loads one format, and for a format that is named five."""

    name = "cover.png"


def words(plan: Plan, face: Face) -> Iterator[tuple[PlacedLine, str]]:
    """Yield the lines on the cover of ``plan`` with their colours: profile, title, length."""
    name = face.drawable(plan.profile or "")
    title = face.drawable(plan.title) or face.drawable(plan.protocol)
    length = f"{whole_minutes(plan.timeline.duration_ms)} min"
    yield from ((line, REST) for line in fit(face, name, NAME))
    yield from ((line, TRACK) for line in fit(face, title, TITLE_BELOW_NAME if name else TITLE))
    yield from ((line, REST) for line in fit(face, length, LENGTH))


def _draw_ring(plan: Plan, draw: ImageDraw) -> None:
    """Draw the session once round the clock: what is done when, and inside of it the phases."""
    turn = 2 * math.pi / plan.timeline.duration_ms
    # Pillow draws the far edge's pixel too (ImageDraw.ellipse), hence one less.
    first, last = (SIZE / 2 - RING) * _FINER, (SIZE / 2 + RING) * _FINER - 1
    draw.ellipse((first, first, last, last), outline=SPEECH, width=(RING - HOLE) * _FINER)
    for event in plan.timeline.events:
        if event.kind is EventKind.REST:
            # Time to get ready or to switch sides keeps the ground's colour, as it is mostly the voice's.
            colour = FAINT if event.role is RestRole.REST else None
        else:
            colour = COLOURS.get((event.kind, event.place.side))
        if colour is not None:
            begin, end = event.start_ms * turn, event.end_ms * turn
            _arc(draw, (RING, HOLE), begin=begin, end=end, gap=_REP_GAP, colour=colour)
    # A phase opens with the first of its cues that follow one another.
    cues = plan.timeline.of_kind(EventKind.SPEECH)
    starts_ms = [
        cue.start_ms
        for before, cue in pairwise(cues)
        if cue.role is SpeechRole.PHASE and before.role is not SpeechRole.PHASE
    ]
    for begin_ms, end_ms in pairwise((*starts_ms, plan.timeline.duration_ms)):
        begin, end = begin_ms * turn, end_ms * turn
        _arc(draw, PHASES, begin=begin, end=end, gap=_PHASE_GAP, colour=FAINT)


def _arc(draw: ImageDraw, radii: tuple[int, int], *, begin: float, end: float, gap: float, colour: str) -> None:
    """Draw a part of a ring between two angles, clockwise from the top in radians, less a gap at its end."""
    end -= min(gap, (end - begin) / 4)
    steps = math.ceil((end - begin) / _STEP)
    angles = [begin + (end - begin) * step / steps for step in range(steps + 1)]
    # Only what is seen is filled: a whole sector has four times the area.
    turns = [(math.sin(angle), -math.cos(angle)) for angle in angles]
    middle, (far, near) = SIZE * _FINER / 2, (radius * _FINER for radius in radii)
    rims = [[(middle + radius * x, middle + radius * y) for x, y in turns] for radius in (far, near)]
    draw.polygon([*rims[0], *reversed(rims[1])], fill=colour)


def _palette() -> Image:
    """Return an image whose palette has every colour and its shades towards the background."""
    from PIL import Image, ImageColor

    paper = ImageColor.getrgb(INK)
    shades: list[int] = []
    for colour in (SPEECH, FAINT, REST, TRACK, *COLOURS.values()):
        full = ImageColor.getrgb(colour)
        count = max(abs(high - low) for low, high in zip(paper, full, strict=True)) // _SHADE
        for step in range(count + 1):
            shades += [low + (high - low) * step // count for low, high in zip(paper, full, strict=True)]
    image = Image.new("P", (1, 1))
    image.putpalette(shades)
    return image
