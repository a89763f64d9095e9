"""The built-in figures by name; an exercise of the library has the figure of its own name."""

from __future__ import annotations

from audioguide.export.figures.interval_poses import INTERVAL
from audioguide.export.figures.panels import Figure
from audioguide.export.figures.release_poses import RELEASE
from audioguide.export.figures.standing_poses import STANDING
from audioguide.export.figures.strengthen_poses import STRENGTHEN
from audioguide.export.figures.stretch_poses import STRETCH
from audioguide.model.kinds import Side

FIGURES: dict[str, Figure] = {**RELEASE, **STRETCH, **STRENGTHEN, **STANDING, **INTERVAL}


def words_of(figure: Figure, side: Side | None = None) -> str:
    """Return what a figure shows, in words for who can't see it."""
    return figure.words.replace("{side}", "one" if side is None else side)
