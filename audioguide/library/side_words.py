"""The words for left and right in the texts of a language: ``{side}`` with them filled in, and pairs held to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Problem
from audioguide.languages.registry import code_of, find
from audioguide.languages.text_words import text_words
from audioguide.library.problems import path
from audioguide.library.text_slots import slots
from audioguide.model.side_forms import side_forms


def with_side_words(value: Any, tag: str) -> Any:
    """Return a raw exercise, or a table of them, with the language's own words where ``{side}`` stands in its texts.

    English ones stay as they are.
    """
    if code_of(tag) in (None, "en"):
        return value
    say = find(tag).wording
    return _replaced(
        value, {"{side}": f"{{{say.left}|{say.right}}}", "{other_side}": f"{{other:{say.left}|{say.right}}}"}
    )


def _replaced(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for placeholder, pair in words.items():
            value = value.replace(placeholder, pair)
        return value
    if isinstance(value, list):
        return [_replaced(entry, words) for entry in value]
    if isinstance(value, Mapping):
        return {key: _replaced(entry, words) for key, entry in value.items()}
    return value


def side_word_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each pair of forms in the raw ``table`` of a protocol whose first form says right and whose second left."""
    code = code_of(str(table.get("language", "en")))
    if code is None:
        return
    words = text_words(code)
    for slot in slots(table):
        for form in side_forms(slot.text):
            if words.says_right(form.left) and words.says_left(form.right):
                pair = f"{{{form.left}|{form.right}}}"
                hint = f"write {{{form.right}|{form.left}}}: the first form is said when the side is left"
                yield Problem(path(slot.where), f"{pair} has left and right swapped", hint)


def outside_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each text outside exercises that names a side, which it is not filled in there."""
    exercises = re.compile("exercise|exercises")
    for slot in slots(table):
        if any(isinstance(step, str) and exercises.fullmatch(step) for step in slot.where):
            continue
        if side_forms(slot.text):
            yield Problem(
                path(slot.where), "names a side where there is none", "write the side itself, or leave it out"
            )
