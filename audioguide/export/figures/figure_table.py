"""The built-in figures by name; an exercise of the library has the figure of its own name."""

from __future__ import annotations

from audioguide.export.figures.interval_poses import INTERVAL
from audioguide.export.figures.panels import Figure
from audioguide.export.figures.release_poses import RELEASE
from audioguide.export.figures.standing_poses import STANDING
from audioguide.export.figures.strengthen_poses import STRENGTHEN
from audioguide.export.figures.stretch_poses import STRETCH
from audioguide.languages.language import Language
from audioguide.languages.sides import of_side
from audioguide.model.kinds import Side

FIGURES: dict[str, Figure] = {**RELEASE, **STRETCH, **STRENGTHEN, **STANDING, **INTERVAL}


def words_of(name: str, side: Side | None, language: Language) -> str:
    """Return what the figure of this name shows, in words for who can't see it."""
    # The figures' own words are English.
    words = language.printed.figures.get(name) or FIGURES[name].words
    return of_side(words.replace("{side}", "{left|right|one}"), side)
