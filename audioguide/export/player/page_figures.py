"""The figures of a session for its page: each position once, however often it is shown and for whichever side."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audioguide.export.figures.drawing import Drawing, drawing_of
from audioguide.export.figures.figure_svg import panel_paths, panel_transform, view_box
from audioguide.export.figures.figure_table import FIGURES, words_of
from audioguide.export.figures.pictures import Picture
from audioguide.export.figures.shown_figures import Shown, shown_of
from audioguide.export.player.blocks import Block
from audioguide.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PageFigure:
    """A figure on the page.

    Attributes:
        words: what it shows.
        view_box: its size, for one that is drawn.
        panels: of one that is drawn the id of each panel, and where it goes.
        marks: its letters and arrows, as paths.
        source: of an own picture the address, which holds the picture itself.
    """

    words: str
    view_box: str = ""
    panels: tuple[tuple[str, str], ...] = ()
    marks: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PageFigures:
    """The figures of a session.

    Attributes:
        positions: each position that is drawn, as paths by its id.
        figures: the figures.
        shown: for each block the number of its figure, from 0; None for none.
    """

    positions: Mapping[str, str]
    figures: tuple[PageFigure, ...]
    shown: tuple[int | None, ...]


def page_figures(plan: Plan, blocks: Sequence[Block], own: Mapping[str, Picture]) -> PageFigures:
    """Return the figures of the blocks of ``plan``; ``own`` has the pictures of the user's own by their names."""
    known = {entry.exercise: entry for entry in plan.figures}
    positions: dict[str, str] = {}
    figures: dict[Shown, PageFigure | None] = {}
    shown: list[Shown | None] = []
    for number, block in enumerate(blocks):
        entry = known.get(block.exercise or "")
        view = None if entry is None else shown_of(entry, block.side)
        if block.exercise is None and number and blocks[number - 1].chapter == block.chapter:
            # What is said when the last effort is over still belongs to it.
            view = shown[-1]
        if view is not None and view not in figures:
            figures[view] = _figure(view, own, positions)
        shown.append(view)
    numbers = {view: number for number, view in enumerate(view for view, figure in figures.items() if figure)}
    return PageFigures(
        positions,
        tuple(figure for figure in figures.values() if figure),
        tuple(None if view is None else numbers.get(view) for view in shown),
    )


def _figure(view: Shown, own: Mapping[str, Picture], positions: dict[str, str]) -> PageFigure | None:
    name, alt = view.figure.figure, view.figure.alt
    if alt is not None:
        picture = own.get(name)
        return None if picture is None else PageFigure(alt, source=address_of(picture))
    figure = FIGURES.get(name)
    if figure is None:
        return None
    drawing: Drawing = drawing_of(figure, view.side)
    panels = []
    for number, shapes in enumerate(drawing.panels):
        key = f"{name}-{number}"
        positions.setdefault(key, panel_paths(shapes))
        panels.append((key, panel_transform(drawing, number)))
    words = words_of(figure, view.side)
    return PageFigure(words, view_box(drawing), tuple(panels), panel_paths(drawing.marks))


def address_of(picture: Picture) -> str:
    """Return ``picture`` as an address that holds it (RFC 2397), so that a page loads nothing."""
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode('ascii')}"
