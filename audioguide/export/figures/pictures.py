"""A finished picture: a file that pages and the MP3 hold."""

from __future__ import annotations

from base64 import b64encode

from msgspec import Struct

FIGURE_VERSION = 3
"""Raised by one whenever a built-in figure is drawn otherwise, so that pictures kept between builds are drawn anew."""

PNG, JPEG, SVG = "image/png", "image/jpeg", "image/svg+xml"


class Picture(Struct, frozen=True):
    """A finished picture.

    Attributes:
        name: the name of its file, without where it lies; of a built-in figure, the figure's.
        media_type: `PNG`, `JPEG` or `SVG`.
        data: the file.
    """

    name: str
    media_type: str
    data: bytes

    @property
    def short_name(self) -> str:
        """The name as the MP3 has it, by which pages find the picture there."""
        return shortened(self.name)

    @property
    def address(self) -> str:
        """An address that holds the picture itself (RFC 2397), so that a page loads nothing."""
        return f"data:{self.media_type};base64,{b64encode(self.data).decode('ascii')}"


def shortened(name: str) -> str:
    """Return as much of a name as the description of a picture in a tag takes: 64 letters (ID3v2.3, 4.15)."""
    return name[:64]
