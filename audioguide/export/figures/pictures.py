"""A finished picture: a file that pages and the MP3 hold."""

from __future__ import annotations

from dataclasses import dataclass

FIGURE_VERSION = 1
"""Raised by one whenever a built-in figure is drawn otherwise, so that pictures kept between builds are drawn anew."""

PNG, JPEG, SVG = "image/png", "image/jpeg", "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture.

    Attributes:
        name: the name of its file, without where it lies; of a built-in figure, the figure's.
        media_type: `PNG`, `JPEG` or `SVG`.
        data: the file.
    """

    name: str
    media_type: str
    data: bytes
