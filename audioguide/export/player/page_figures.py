"""The figures of a session for its page: each position once, however often it is shown and for whichever side."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from audioguide.export.figures.drawing import Drawing, drawing_of
from audioguide.export.figures.figure_svg import panel_paths, panel_transform, view_box
from audioguide.export.figures.figure_table import FIGURES, words_of
from audioguide.export.figures.pictures import Picture, shortened
from audioguide.export.figures.shown_figures import Shown, shown_of
from audioguide.languages.language import Language
from audioguide.languages.registry import nearest
from audioguide.model.kinds import Side
from audioguide.model.plan import Plan


class PageFigure(Struct, frozen=True):
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


class PageFigures:
    """The figures of a session, filled as blocks ask for them.

    Attributes:
        positions: each position that is drawn, as paths by its id.
        figures: the figures, in the order in which they are first shown.
    """

    def __init__(self, plan: Plan, own: Mapping[str, Picture]) -> None:
        self.positions: dict[str, str] = {}
        self.figures: list[PageFigure] = []
        self._known = {entry.exercise: entry for entry in plan.figures}
        self._own = own
        self._language = nearest(plan.language)
        self._numbers: dict[tuple[str, str | None, Side | None], int | None] = {}

    def number_of(self, exercise: str | None, side: Side | None) -> int | None:
        """Return the number of an exercise's figure, from 0; None where it has none."""
        entry = self._known.get(exercise or "")
        if entry is None:
            return None
        shown = shown_of(entry, side)
        # Several exercises may have the same figure.
        key = (entry.figure, entry.alt, shown.side)
        if key not in self._numbers:
            figure = _figure(shown, self._own, self.positions, self._language)
            self._numbers[key] = None if figure is None else len(self.figures)
            self.figures += [figure] if figure else []
        return self._numbers[key]


def _figure(
    view: Shown, own: Mapping[str, Picture], positions: dict[str, str], language: Language
) -> PageFigure | None:
    name, alt = view.figure.figure, view.figure.alt
    if alt is not None:
        picture = own.get(shortened(name))
        return None if picture is None else PageFigure(alt, source=picture.address)
    figure = FIGURES.get(name)
    if figure is None:
        return None
    drawing: Drawing = drawing_of(figure, view.side, letters=language.printed.side_letters)
    panels = []
    for number, shapes in enumerate(drawing.panels):
        key = f"{name}-{number}"
        positions.setdefault(key, panel_paths(shapes))
        panels.append((key, panel_transform(drawing, number)))
    words = words_of(name, view.side, language)
    return PageFigure(words, view_box(drawing), tuple(panels), panel_paths(drawing.marks))
