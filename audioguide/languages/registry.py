"""The languages there are, and how a tag such as ``de-AT`` finds its own."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from audioguide.errors import RequestError
from audioguide.model.text import listed

if TYPE_CHECKING:
    # Help asks for the codes alone, and a language loads what a session is made of.
    from audioguide.languages.language import Language

FOLDERS = {
    "en": "en",
    "de": "de",
    "es": "es",
    "fr": "fr",
    "it": "it",
    "pt-BR": "pt_br",
}
"""Each language's BCP 47 tag to the folder that holds it. Of two with one primary subtag the first is the usual one."""

CODES = tuple(FOLDERS)


def code_of(tag: str) -> str | None:
    """Return the code of the language that a BCP 47 ``tag`` is served by: ``de`` for ``de-AT``; None for none.

    Also the other way round: who says ``pt`` gets ``pt-BR`` where that is the only Portuguese.
    """
    wanted = tag.casefold().replace("_", "-")
    exact = {code.casefold(): code for code in CODES}
    # From the most to the least specific, as RFC 4647, 3.4, looks a tag up.
    parts = wanted.split("-")
    for length in range(len(parts), 0, -1):
        if found := exact.get("-".join(parts[:length])):
            return found
    return next((code for code in CODES if code.casefold().split("-")[0] == parts[0]), None)


def find(tag: str) -> Language:
    """Return the language of a BCP 47 ``tag``; its folder is loaded when it is first asked for.

    Raises:
        RequestError: for one that there is none of.
    """
    return _loaded(find_code(tag))


def find_code(tag: str) -> str:
    """Return the code of the language of a BCP 47 ``tag``.

    Raises:
        RequestError: for one that there is none of.
    """
    code = code_of(tag)
    if code is None:
        raise RequestError(f"there is no language '{tag}' here; there is {listed(CODES)}")
    return code


def nearest(tag: str) -> Language:
    """Return the language of ``tag``, or English where there is none: a plan may come from a newer program."""
    return _loaded(code_of(tag) or "en")


@cache
def _loaded(code: str) -> Language:
    language: Language = import_module(f"audioguide.languages.{FOLDERS[code]}").LANGUAGE
    return language
