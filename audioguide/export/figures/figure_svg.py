"""Writes a figure as SVG: for a page, whose style colours it, and as a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby, pairwise

from audioguide.export.figures.drawing import Drawing
from audioguide.export.figures.shapes import Line, Shape, Tone
from audioguide.model.made_by import MADE_BY

UNITS = 200
"""Units of the picture in a metre: fine enough for whole numbers."""

_EM = 3.4
"""Size of a metre on a page, in heights of its letters."""

COLOURS = {
    Tone.INK: "#1d2530",
    Tone.FAR: "#97a1ad",
    Tone.MARK: "#c2410c",
    Tone.PAPER: "#ffffff",
    Tone.THING: "#66717f",
}
"""What each tone is on white. What is marked has stripes too, for printers without colour and eyes that tell none."""

FIGURE_CSS = ".figure path{fill:none;stroke-linecap:round;stroke-linejoin:round}" + "".join(
    f".figure .{tone}{{stroke:{value}}}.figure .{tone}.s{{fill:{value}}}"
    for tone, value in ((tone, f"var(--figure-{tone.name.lower()},{colour})") for tone, colour in COLOURS.items())
)
"""The style of figures; a page changes the colours by variables such as ``--figure-ink``."""


def svg_file(drawing: Drawing, words: str) -> str:
    """Return ``drawing`` as a file, on white, for screen readers called ``words``."""
    width, height = round(drawing.width * UNITS), round(drawing.height * UNITS)
    # A page of its own, as the colours are made for white and a viewer may be dark.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img">\n<!-- {MADE_BY} -->\n'
        f"<title>{escape(words, quote=False)}</title>\n<style>{FIGURE_CSS}</style>\n"
        f'<rect width="{width}" height="{height}" fill="{COLOURS[Tone.PAPER]}"/>\n{svg_content(drawing)}</svg>\n'
    )


def svg_element(drawing: Drawing, words: str) -> str:
    """Return ``drawing`` as an element of a page, whose style has `FIGURE_CSS`, for screen readers called ``words``.

    Its size is stated in ``em``, so that all figures of a page are drawn to one scale.
    """
    size = f'width="{drawing.width * _EM:.1f}em" height="{drawing.height * _EM:.1f}em"'
    title = f"<title>{escape(words, quote=False)}</title>"
    return f'<svg class="figure" viewBox="{view_box(drawing)}" {size} role="img">{title}{svg_content(drawing)}</svg>'


def view_box(drawing: Drawing) -> str:
    """Return the size of ``drawing`` as SVG states it."""
    return f"0 0 {round(drawing.width * UNITS)} {round(drawing.height * UNITS)}"


def svg_content(drawing: Drawing) -> str:
    """Return what is drawn, a group for each panel, without the element around it."""
    groups = [
        f'<g transform="{panel_transform(drawing, number)}">{panel_paths(panel)}</g>\n'
        for number, panel in enumerate(drawing.panels)
    ]
    return "".join([*groups, panel_paths(drawing.marks), "\n"])


def panel_transform(drawing: Drawing, number: int) -> str:
    """Return where a panel goes, and for the left side how it is turned (SVG 2, 8.5)."""
    left, top = (round(edge * UNITS) for edge in drawing.corners[number])
    right = left + round(drawing.panel_width * UNITS)
    return f"matrix(-1 0 0 1 {right} {top})" if drawing.mirrored else f"translate({left} {top})"


def panel_paths(shapes: Iterable[Shape]) -> str:
    """Return shapes as paths; neighbours that look alike are one path."""
    paths = []
    for (tone, width, filled), alike in groupby(shapes, key=lambda shape: (shape.tone, shape.width, shape.filled)):
        data = "".join(_path_data(line, filled) for shape in alike for line in shape.lines)
        paths.append(f'<path class="{tone}{" s" if filled else ""}" stroke-width="{width * UNITS:.3g}" d="{data}"/>')
    return "".join(paths)


def _path_data(line: Line, closed: bool) -> str:
    points = [(round(x * UNITS), round(y * UNITS)) for x, y in line]
    start = f"M{points[0][0]} {points[0][1]}"
    if len(points) == 1:
        # A line of no length with round ends is a dot (SVG 2, 13.5.4).
        return f"{start}h0"
    # Steps are shorter to write than places, and as whole numbers add up to them.
    steps = " ".join(f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points))
    return f"{start}l{steps}{'z' if closed else ''}".replace(" -", "-")
