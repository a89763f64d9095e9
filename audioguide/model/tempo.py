"""Tempos in figures, as strength training writes them: seconds to lower, to pause, to lift, and to pause again."""

from __future__ import annotations

import re

from pydantic_core import PydanticCustomError

from audioguide.model.text import quoted

TEMPO_WORDS = ("Lower", "Pause", "Lift", "Pause")
"""What each figure is for: eccentric, pause, concentric, and where there is a fourth, pause.

The order of the field: the eccentric part first, also where the exercise begins with lifting.
"""

_FIGURES = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})?|[Xx])(?:-(?:\d{1,3}(?:\.\d{1,3})?|[Xx])){2,3}", re.ASCII)

SHORTEST_PART_S = 0.5
"""A shorter part of a rep could not be followed by ear."""

_EXPLOSIVE_S = 1.0
"""What X stands for, as fast as possible: a part that can be followed by ear lasts a second."""


def read_tempo(text: str) -> tuple[float, ...]:
    """Return the seconds of lowering, pausing, lifting, and where stated pausing again; 0 for no such part.

    Raises:
        PydanticCustomError: for a text that is no tempo.
    """
    # Word processors turn the hyphen between two numbers into a dash.
    figures = text.strip().replace("–", "-")
    if not _FIGURES.fullmatch(figures):
        hint = 'write the seconds to lower, pause and lift, such as "3-1-1"; a fourth is the pause after lifting'
        raise PydanticCustomError("advice", "{text} is no tempo", {"text": quoted(text), "hint": hint})
    seconds = tuple(_EXPLOSIVE_S if figure in "Xx" else float(figure) for figure in figures.split("-"))
    if not (seconds[0] or seconds[2]):
        raise PydanticCustomError("advice", "takes no time", {"hint": "give lowering or lifting 0.5 s or more"})
    if any(0 < length < SHORTEST_PART_S for length in seconds):
        raise PydanticCustomError("advice", "is too short to follow", {"hint": "use 0.5 or more, or 0 for none"})
    return seconds
