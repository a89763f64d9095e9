"""Reads a TOML file that a user wrote, and says what is wrong with the file itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from audioguide.errors import FileError, Problem
from audioguide.storage.plain_files import open_plain

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; no protocol comes near, so a larger file is a slip such as naming an MP3."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return the table that the file at ``path`` holds.

    Raises:
        FileError: when it can't be read, is no UTF-8 text, is empty or is not TOML.
    """
    source = str(path)
    try:
        with open_plain(path) as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _problem(source, "does not exist", "check the path") from None
    except IsADirectoryError:
        raise _problem(source, "is a folder", "name the .toml file in it") from None
    except PermissionError:
        # Windows reports a folder this way.
        what = "is a folder" if path.is_dir() else "may not be read"
        raise _problem(source, what, "check the path and its permissions") from None
    except (OSError, ValueError) as error:
        # ValueError: a path with a null character in it.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise _problem(source, f"can't be read: {reason}", "check the path") from None
    if len(data) > LARGEST_FILE:
        raise _problem(source, "is over 4 MB", "name a protocol file")
    return parse_toml(data, source)


def parse_toml(data: bytes, source: str) -> dict[str, Any]:
    """Return the table in ``data``; ``source`` names it in errors. A byte order mark is passed over.

    Raises:
        FileError: as for `read_toml`.
    """
    try:
        # Windows' Notepad used to begin a file with a byte order mark, which TOML doesn't know.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _problem(source, f"is not UTF-8 text (line {line})", "save it as UTF-8") from None
    if not text.strip():
        raise _problem(
            source, "is empty", "start from what `audioguide protocol new` or `audioguide profile new` writes"
        )
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if _has_curly_quotes(text, str(error)):
            hint = 'its quotes are curly, as word processors make them; write straight ones: "…"'
            raise _problem(source, f"is not valid TOML: {error}", hint) from None
        # tomllib's words for a table or a key that stands twice say nothing to someone who copied an exercise.
        twice = "Cannot declare" in str(error) or "Cannot overwrite" in str(error)
        hint = "the same id or key stands twice; rename or remove one" if twice else "check quotes and brackets there"
        raise _problem(source, f"is not valid TOML: {error}", hint) from None
    except RecursionError:
        raise _problem(source, "is nested too deeply", "write flat tables") from None
    except ValueError:
        # Python reads no number of over 4,300 digits.
        raise _problem(source, "has a number with thousands of digits", "write a smaller one") from None
    if where := _too_large(table):
        raise FileError(source, [Problem(where, "has a number with too many digits", "write a smaller one")])
    return table


def _too_large(table: dict[str, Any]) -> str:
    """Return the path of a whole number that TOML doesn't promise to hold (64 bits); empty where there is none."""
    left: list[tuple[str, Any]] = [("", table)]
    while left:
        where, value = left.pop()
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            return where
        if isinstance(value, dict):
            left += [(f"{where}.{key}" if where else key, inside) for key, inside in value.items()]
        elif isinstance(value, list):
            left += [(where, inside) for inside in value]
    return ""


_CURLY = re.compile("[“”„‟‘’‚‛«»]")


def _has_curly_quotes(text: str, error: str) -> bool:
    """Whether the line that tomllib's ``error`` names has quotes that end no text, outside texts and comments."""
    # Only from Python 3.14 on has the error the number of the line as an attribute.
    place = re.search(r"\(at line (\d+)", error)
    lines = text.split("\n")
    line = lines[int(place[1]) - 1] if place else lines[-1]
    return bool(_CURLY.search(re.sub(r'"[^"]*"|\'[^\']*\'|#.*', "", line)))


def _problem(source: str, what: str, hint: str) -> FileError:
    return FileError(source, [Problem("", what, hint)])
