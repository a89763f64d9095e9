"""What the files of each person are called: from the name, safe on every system, and never the same twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_NAME_BYTES = 120
"""File systems take 255 bytes; endings, temporary names and a number come on top."""

_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|index|manifest", re.IGNORECASE)
"""Names that Windows keeps for devices whatever their ending, and those of the batch's own files."""


def file_stems(names: Iterable[str]) -> list[str]:
    """Return what the files of each person are called, without an ending; people of one name are numbered.

    A stem holds letters and digits of any language, hyphens and underscores, and begins with a letter or digit: no
    sign that some system keeps out of names, that a shell or a spreadsheet reads as its own, or that leads out of the
    folder.
    """
    taken: set[str] = set()
    stems = []
    for name in names:
        plain = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", name)).strip("-_")
        while len(plain.encode()) > LONGEST_NAME_BYTES:
            plain = plain[:-1].rstrip("-_")
        plain = f"{plain}-file" if _RESERVED.fullmatch(plain) else plain or "person"
        stem, number = plain, 1
        # Windows and macOS take names for the same that differ in the size of letters or in how accents are written.
        while _compared(stem) in taken:
            number += 1
            stem = f"{plain}-{number}"
        taken.add(_compared(stem))
        stems.append(stem)
    return stems


def _compared(stem: str) -> str:
    return unicodedata.normalize("NFKC", stem).casefold()
