"""What of a language's folder speech asks for, each file loaded only when it is: most builds find their clips kept."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import import_module, resources

from audioguide.languages.reading import Reading
from audioguide.languages.registry import FOLDERS, code_of, find_code
from audioguide.languages.speaking import Speaking
from audioguide.model.lexicon import Spoken
from audioguide.storage.packaged_files import is_packaged, packaged_file

_NO_TABLES = Reading()
_LANGUAGES = resources.files("audioguide.languages")


def reading_of(tag: str) -> Reading | None:
    """Return how the language of a BCP 47 ``tag`` reads shorthand aloud; None for English, whose rules are code.

    A folder without a table leaves texts as they are, and so does a language that has no folder.
    """
    code = code_of(tag)
    return _NO_TABLES if code is None else _reading(FOLDERS[code])


def speaking_of(tag: str) -> Speaking:
    """Return which voices speak the language of a BCP 47 ``tag``, and how.

    Raises:
        RequestError: for a language that there is none of.
    """
    speaking: Speaking = import_module(f"audioguide.languages.{FOLDERS[find_code(tag)]}.speaking").SPEAKING
    return speaking


def lexicon_of(tag: str) -> dict[str, Spoken]:
    """Return how voices are to say words that they misread in the language of a BCP 47 ``tag``; empty for none."""
    code = code_of(tag)
    file = "" if code is None else f"languages/{FOLDERS[code]}/lexicon.toml"
    if not is_packaged(file):
        return {}
    words: dict[str, Spoken] = tomllib.loads(packaged_file(file).decode("utf-8"))["lexicon"]
    return words


def read_by(tag: str) -> tuple[bytes, ...]:
    """Return all that decides how the language of ``tag`` reads a text, for the key of what is kept between builds."""
    folder = FOLDERS[find_code(tag)]
    # The files, as the tables themselves are loaded only where a text is new.
    files = (_LANGUAGES / "reading.py", _LANGUAGES / folder / "reading.py")
    return tuple(file.read_bytes() if file.is_file() else b"" for file in files)


# One object for each language, by which its compiled rules are remembered.
@cache
def _reading(folder: str) -> Reading | None:
    if not (_LANGUAGES / folder / "reading.py").is_file():
        return _NO_TABLES
    reading: Reading | None = import_module(f"audioguide.languages.{folder}.reading").READING
    return reading
