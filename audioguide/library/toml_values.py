"""Writes plain values as TOML, in the layout that the built-in files have: ``{ use = "reach", sets = 2 }``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from audioguide.errors import RequestError
from audioguide.model.text import printable, quoted

LONGEST_LINE = 118
"""Characters; a list that would be longer has a line for each entry."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def toml_value(value: Any) -> str:
    """Return ``value`` on one line.

    Raises:
        RequestError: for a value that TOML has no form for, such as half of a surrogate pair.
    """
    # Imported when something is written: reading needs it not.
    import tomlkit

    match value:
        case Mapping():
            inside = ", ".join(f"{toml_key(key)} = {toml_value(each)}" for key, each in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return f"[{', '.join(map(toml_value, value))}]"
        case str():
            if re.search("[\ud800-\udfff]", value):
                shown = quoted(printable(value))
                raise RequestError(f"the text {shown} holds half of a sign, which no file can hold; type it anew")
            return tomlkit.string(value).as_string()
        case float() if not math.isfinite(value) or value == int(value):
            return repr(value)
        case bool() | int() | float():
            return tomlkit.item(value).as_string()
        case date() | time():
            # No key wants one, but a file may hold it, and is shown as it is.
            return value.isoformat()
    raise RequestError(
        f"a file holds texts, numbers, true and false, dates, lists and tables, not {type(value).__name__}"
    )


def toml_key(key: str) -> str:
    """Return ``key`` as it stands before an equals sign, in quotes where it must be."""
    return key if _BARE_KEY.fullmatch(key) else toml_value(key)


def toml_section(keys: tuple[str, ...], table: Mapping[str, Any], is_listed: bool) -> str:
    """Return ``table`` as a section below the header of ``keys``, a line for each of its keys."""
    name = ".".join(map(toml_key, keys))
    lines = [f"[[{name}]]" if is_listed else f"[{name}]", *(toml_line(key, each) for key, each in table.items())]
    return "".join(f"{line}\n" for line in lines)


def toml_line(key: str, value: Any) -> str:
    """Return the entry of a section; a list that is too long for a line has several, parted by line feeds."""
    line = f"{toml_key(key)} = {toml_value(value)}"
    if len(line) <= LONGEST_LINE or not isinstance(value, list | tuple):
        return line
    return "\n".join([f"{toml_key(key)} = [", *(f"    {toml_value(each)}," for each in value), "]"])
