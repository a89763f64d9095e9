"""Rasters a figure as a square PNG, small enough to stand in every chapter of an MP3."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from audioguide.export.figures.drawing import Drawing, drawing_of
from audioguide.export.figures.figure_svg import COLOURS
from audioguide.export.figures.figure_table import FIGURES
from audioguide.export.figures.shapes import Tone
from audioguide.model.kinds import Side

if TYPE_CHECKING:
    from PIL.Image import Image

SIZE = 320
"""Width and height in pixels: what players show beside a chapter's title is smaller, and a full screen is drawn up."""

_FINER = 3
"""It is drawn this much larger and reduced, as Pillow draws edges without smoothing."""

_SHADES = 3
"""Steps from white to each colour, for smooth edges: 5 colours and their steps fit into 4 bits a pixel."""

_LEAST_ACROSS = 1.5
"""A figure is drawn no larger than one of so many metres would be."""


def figure_png(name: str, side: Side | None = None, letters: str = "LR") -> bytes | None:
    """Return the built-in figure ``name`` for ``side`` on a white square of ``SIZE`` pixels; None where there is none.

    ``letters`` are those of the left and the right side. The same figure, the same bytes.
    """
    figure = FIGURES.get(name)
    return None if figure is None else drawn_png(drawing_of(figure, side, square=True, letters=letters))


def drawn_png(drawing: Drawing) -> bytes:
    """Return ``drawing`` in the middle of a white square."""
    from PIL import Image
    from PIL.ImageDraw import Draw

    side = SIZE * _FINER
    image = Image.new("RGB", (side, side), COLOURS[Tone.PAPER])
    draw = Draw(image)
    scale = side / max(drawing.width, drawing.height, _LEAST_ACROSS)
    left, top = (side - drawing.width * scale) / 2, (side - drawing.height * scale) / 2
    for shape in drawing.shapes():
        colour, half = COLOURS[shape.tone], shape.width * scale / 2
        for line in shape.lines:
            points = [(left + x * scale, top + y * scale) for x, y in line]
            if shape.filled:
                draw.polygon(points, fill=colour)
                points.append(points[0])
            draw.line(points, fill=colour, width=round(2 * half))
            # Pillow's own joints are gaps or corners; round ends and joints are discs.
            for x, y in points:
                draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)
    file = io.BytesIO()
    image.reduce(_FINER).quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG", bits=4, optimize=True)
    return file.getvalue()


def _palette() -> Image:
    """Return an image whose palette has white and every colour with its steps towards it."""
    from PIL import Image, ImageColor

    white = (255, 255, 255)
    shades: list[int] = list(white)
    for tone in (Tone.INK, Tone.FAR, Tone.MARK, Tone.THING):
        colour = ImageColor.getrgb(COLOURS[tone])
        for step in range(1, _SHADES + 1):
            shades += [light + (dark - light) * step // _SHADES for light, dark in zip(white, colour, strict=False)]
    image = Image.new("P", (1, 1))
    image.putpalette(shades)
    return image
