"""Finds the built-in exercise that a sheet names: by its name in any language, or by another name that is known.

A name that is only similar is never taken: it is suggested.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from audioguide.errors import RequestError
from audioguide.languages.registry import FOLDERS
from audioguide.languages.sheet_words import plain, sheet_words
from audioguide.library.builtin import exercises
from audioguide.library.translations import exercise_in
from audioguide.model.text import similar_names

_SIMILAR = 0.72
"""Share of letters in common from which a name is suggested: of unlike ones it would only be noise."""


def bare(name: str) -> str:
    """Return a name as it is compared: in small letters, without accents and signs."""
    return " ".join(re.findall(r"[^\W_]+", plain(name)))


@cache
def _names() -> Mapping[str, str]:
    """Return the id of each built-in exercise by its names; a name that two share is none's."""
    found: dict[str, set[str]] = {}
    for key in exercises():
        for code in FOLDERS:
            found.setdefault(bare(_name_in(key, code)), set()).add(key)
            for other in sheet_words(code).aliases.get(key, ()):
                found.setdefault(bare(other), set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def _name_in(key: str, code: str) -> str:
    try:
        return str(exercise_in(key, code).name)
    except RequestError:
        # A language may do without the built-in texts.
        return str(exercises()[key].name)


def built_in(name: str) -> str | None:
    """Return the id of the built-in exercise of this name; None where there is none."""
    return _names().get(bare(name))


def similar(name: str) -> str | None:
    """Return the id of a built-in exercise of a similar name, to be suggested; None for none."""
    found = similar_names(bare(name), _names(), most=1, cutoff=_SIMILAR)
    return _names()[found[0]] if found else None
