"""Fits words into a circle, as large as they go, with the font that comes with the program."""

from __future__ import annotations

import io
import math
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from audioguide.storage.packaged_files import packaged_file

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

Band = tuple[float, float]
"""Top and bottom of a line in pixels."""


class Slot(Struct, frozen=True):
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

    def width(self, band: Band) -> float:
        """Return how wide a line in ``band`` may be: the shorter of the chords at its edges."""
        farthest = max(abs(edge) for edge in band)
        return 2 * math.sqrt(max(self.radius**2 - farthest**2, 0))


class PlacedLine(Struct, frozen=True):
    """A line of words, centred on x = 0; ``baseline`` in pixels below the circle's centre, ``size`` in pixels."""

    text: str
    size: int
    baseline: float


class Face:
    """The font: which letters it has, and how wide they are."""

    def __init__(self) -> None:
        from PIL import ImageFont

        data = packaged_file(f"export/tags/fonts/{_FONT}")
        # Basic layout is in every build of Pillow; the other depends on libraries of the machine.
        self.font = ImageFont.truetype(io.BytesIO(data), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)
        # Pillow can't say whether a font has a letter; one that it lacks looks like any other it lacks: an empty box.
        self._small = self.at(24)
        self._box = self._shape(_ABSENT)

    def at(self, size: int) -> FreeTypeFont:
        """Return the font at ``size`` pixels."""
        return self.font.font_variant(size=size)

    def drawable(self, text: str) -> str:
        """Return ``text`` on one line with only what the font has.

        An accent that it lacks is left off its letter; a letter that it lacks is left out. Of a text that is mostly in
        a script that it lacks nothing is left, as a word or two of it would mislead.
        """
        composed = unicodedata.normalize("NFC", text).translate(_HYPHENS)
        drawn = {}
        for letter in set(composed):
            # Marks to combine, and signs that only steer the text (Unicode, category Cf), draw nothing alone.
            if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
                drawn[letter] = ""
            elif letter.isspace():
                drawn[letter] = " "
            else:
                candidates = (letter, unicodedata.normalize("NFD", letter)[0])
                drawn[letter] = next((known for known in candidates if self._shape(known) != self._box), "")
        letters = [letter for letter in composed if letter.isalpha()]
        if sum(not drawn[letter] for letter in letters) > len(letters) / 2:
            return ""
        return " ".join("".join(drawn[letter] for letter in composed).split())

    def width(self, letter: str) -> float:
        """Return the width of ``letter`` in sizes of the font."""
        return self.font.getlength(letter) / _MEASURED_AT

    def _shape(self, letter: str) -> bytes:
        return bytes(self._small.getmask(letter))


def fit(face: Face, text: str, slot: Slot) -> tuple[PlacedLine, ...]:
    """Return ``text``, which ``face`` can draw, as lines within ``slot``, as large as they go; none without a place."""
    text = text if len(text) <= slot.longest else text[: slot.longest - 1].rstrip() + "…"
    letters = [(letter, face.width(letter)) for letter in text]
    length = sum(width for _, width in letters)
    # From large to small without a broken word; only where that would be smaller than `whole`, again with broken ones.
    sizes = [(size, False) for size in range(slot.largest, slot.whole - 1, -2)]
    sizes += [(size, True) for size in range(min(slot.largest, 2 * slot.whole), slot.smallest - 1, -2)]
    for size, breaks in sizes:
        height = LINE * size
        for count in range(1, int((slot.bottom - slot.top) / height) + 1):
            top = (slot.top + slot.bottom - count * height) / 2
            bands = [(top + line * height, top + (line + 1) * height) for line in range(count)]
            if sum(map(slot.width, bands)) < length * size * _LEAST_FILLED:
                continue
            lines = _filled(letters, [slot.width(band) / size for band in bands], breaks)
            if lines:
                # Capitals in the middle of the band look centred, as most letters have no tails.
                return tuple(
                    PlacedLine(text=line, size=size, baseline=(upper + lower + CAPITAL * size) / 2)
                    for line, (upper, lower) in zip(lines, bands, strict=True)
                )
    return ()


def _filled(letters: Letters, rooms: list[float], breaks: bool) -> list[str]:
    """Return a line of words for each of ``rooms``, widths in sizes of the font; nothing where they don't come out.

    A line ends at a space, or, if it ``breaks`` and one word is wider than the line, within that word.
    """
    lines = []
    for room in rooms:
        used, end_of_word, count = 0.0, 0, len(letters)
        for at, (letter, width) in enumerate(letters):
            if letter == " ":
                end_of_word = at + 1
            used += width
            if used > room:
                count = end_of_word or (at if breaks else 0)
                break
        lines.append("".join(letter for letter, _ in letters[:count]).strip())
        letters = letters[count:]
    return [] if letters or not all(lines) else lines
