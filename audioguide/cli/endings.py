"""The ending of a file's name says what is in it: one of another kind is refused before anything is written."""

from __future__ import annotations

import re
from pathlib import Path

from audioguide.errors import RequestError

KINDS = {
    ".mp3": "an MP3",
    ".wav": "a WAV file",
    ".html": "a web page",
    ".ics": "a calendar file",
    ".svg": "an SVG picture",
    ".json": "JSON",
    ".toml": "a TOML file",
}
"""Each ending that files are written with, and what they are."""

_SAME = {".htm": ".html", ".wave": ".wav"}

_CONVERTED = {".aac", ".ac3", ".aif", ".aiff", ".flac", ".m4a", ".m4b", ".mka", ".mp4", ".oga", ".ogg", ".opus", ".wav"}
"""Endings of sound that ffmpeg tells by their name, and makes of an MP3."""


def ending(path: Path) -> str:
    """Return the ending of a file's name in small letters; empty where there is none: "week 1.5" ends in a number."""
    suffix = path.suffix.casefold()
    return suffix if re.fullmatch(r"\.[a-z0-9]*[a-z][a-z0-9]*", suffix) else ""


def refuse_ending(path: Path, suffix: str) -> None:
    """Refuse a name whose ending promises something else than what ``suffix`` stands for in `KINDS`.

    A name without an ending may stand, as some programs pass such a one on.

    Raises:
        RequestError: with the right name and, where one program away, how to have the other kind.
    """
    found = ending(path)
    if not found or _SAME.get(found, found) == suffix:
        return
    right = path.with_suffix(suffix)
    convert = f", then: ffmpeg -i {right} {path}" if suffix == ".mp3" and found in _CONVERTED else ""
    raise RequestError(f"{path}: what is written is {KINDS[suffix]}; name it {right}{convert}")
