"""Which fixed sentences a language needs for what is printed: handout, player page, cover, calendar, feed, subtitles.

Each language's own stand in ``printed.py`` of its folder.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The fixed sentences of one language on pages and in files. Names in braces are filled in."""
