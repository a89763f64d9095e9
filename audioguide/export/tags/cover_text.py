"""Fits words into a circle, as large as they go, with the font that comes with the program. For `export.tags.cover`."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FONT = "OpenSans-Semibold.ttf"
_MEASURED_AT = 200
"""Size at which letters are measured; large, so that hinting rounds little away."""

_ABSENT = "\uffff"
"""No character at all, so the font draws its box for missing ones."""

_HYPHENS = str.maketrans("\u2010\u2011", "--")
"""Hyphens that the font lacks."""

_LEAST_FILLED = 0.9
"""Spaces at the ends of lines need no room, so words may be a little longer than the lines together."""

LINE = 1.12
"""Distance of lines, and the height of a line with accents and tails, in sizes of the font."""

CAPITAL = 0.71
"""Height of a capital in sizes of the font."""

Letters = list[tuple[str, float]]
"""Letters with their widths in sizes of the font."""

Row = tuple[float, float]
"""Top and bottom of a line in pixels."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A horizontal slice of a circle around (0, 0) that takes words. Pixels; y grows downwards.

    Attributes:
        radius: radius of the circle.
        top: where the slice begins.
        bottom: where it ends.
        largest: the largest size of the font.
        whole: the size below which long words are broken rather than everything made smaller.
        smallest: the smallest size.
        longest: how many letters it takes; more are cut.
    """

    radius: float
    top: float
    bottom: float
    largest: int
    whole: int
    smallest: int
    longest: int

    def width(self, row: Row) -> float:
        """Return how wide a line in ``row`` may be: the shorter of the two chords."""
        farthest = max(abs(edge) for edge in row)
        return 2 * math.sqrt(max(self.radius**2 - farthest**2, 0))


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of words, centred on x = 0; ``baseline`` in pixels below the circle's centre, ``size`` in pixels."""

    text: str
    size: int
    baseline: float


class Face:
    """The font: which letters it has, and how wide they are."""

    @cached_property
    def font(self) -> FreeTypeFont:
        """The font at the size at which letters are measured."""
        from PIL import ImageFont

        data = (files("audioguide.export.tags.fonts") / _FONT).read_bytes()
        # Basic layout is in every build of Pillow; the other depends on libraries of the machine.
        return ImageFont.truetype(io.BytesIO(data), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)

    def at(self, size: int) -> FreeTypeFont:
        """Return the font at ``size`` pixels."""
        return self.font.font_variant(size=size)

    def drawable(self, text: str) -> str:
        """Return ``text`` on one line with only what the font has.

        An accent that it lacks is left off its letter; a letter that it lacks is left out.
        """
        composed = unicodedata.normalize("NFC", text).translate(_HYPHENS)
        found = {letter: self._nearest(letter) for letter in set(composed)}
        return " ".join("".join(found[letter] for letter in composed).split())

    def width(self, letter: str) -> float:
        """Return the width of ``letter`` in sizes of the font."""
        return self.font.getlength(letter) / _MEASURED_AT

    def _nearest(self, letter: str) -> str:
        if letter.isspace():
            return " "
        if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
            return ""
        return next((known for known in (letter, unicodedata.normalize("NFD", letter)[0]) if self._has(known)), "")

    def _has(self, letter: str) -> bool:
        return self._shape(letter) != self._box

    @cached_property
    def _small(self) -> FreeTypeFont:
        return self.at(24)

    @cached_property
    def _box(self) -> bytes:
        return self._shape(_ABSENT)

    def _shape(self, letter: str) -> bytes:
        return bytes(self._small.getmask(letter))


def fit(face: Face, text: str, slot: Slot) -> tuple[PlacedLine, ...]:
    """Return ``text``, which ``face`` can draw, as lines within ``slot``, as large as they go; none without a place."""
    text = text if len(text) <= slot.longest else text[: slot.longest - 1].rstrip() + "…"
    letters = [(letter, face.width(letter)) for letter in text]
    for size, breaks in _sizes(slot):
        for rows in _layouts(slot, size, sum(width for _, width in letters)):
            lines = _filled(letters, [slot.width(row) / size for row in rows], breaks)
            if lines:
                return tuple(_placed(line, size, row) for line, row in zip(lines, rows, strict=True))
    return ()


def _sizes(slot: Slot) -> Iterator[tuple[int, bool]]:
    """Return sizes from the largest down, and whether words may be broken; first none may."""
    yield from ((size, False) for size in range(slot.largest, slot.whole - 1, -2))
    yield from ((size, True) for size in range(min(slot.largest, 2 * slot.whole), slot.smallest - 1, -2))


def _layouts(slot: Slot, size: int, length: float) -> Iterator[list[Row]]:
    """Return each number of lines in the middle of ``slot`` that could hold words ``length`` sizes long."""
    height = LINE * size
    for count in range(1, int((slot.bottom - slot.top) / height) + 1):
        top = (slot.top + slot.bottom - count * height) / 2
        rows = [(top + row * height, top + (row + 1) * height) for row in range(count)]
        if sum(map(slot.width, rows)) >= length * size * _LEAST_FILLED:
            yield rows


def _filled(letters: Letters, rooms: list[float], breaks: bool) -> list[str]:
    """Return a line of words for each of ``rooms``, widths in sizes of the font; nothing where they don't come out."""
    lines = []
    for room in rooms:
        count = _fitting(letters, room, breaks)
        lines.append("".join(letter for letter, _ in letters[:count]).strip())
        letters = letters[count:]
    return [] if letters or not all(lines) else lines


def _fitting(letters: Letters, room: float, breaks: bool) -> int:
    """Return how many of ``letters`` go on a line ``room`` wide: up to a space, or, if it ``breaks``, within a word."""
    used, end_of_word = 0.0, 0
    for at, (letter, width) in enumerate(letters):
        if letter == " ":
            end_of_word = at + 1
        used += width
        if used > room:
            return end_of_word or (at if breaks else 0)
    return len(letters)


def _placed(line: str, size: int, row: Row) -> PlacedLine:
    return PlacedLine(line, size, (row[0] + row[1] + CAPITAL * size) / 2)
