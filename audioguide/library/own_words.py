"""A language's own words where a protocol has none: for ``{side}`` and tempos in figures; and pairs held to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from audioguide.errors import Problem
from audioguide.languages.registry import code_of, find
from audioguide.languages.text_words import text_words
from audioguide.library.problems import path
from audioguide.library.text_slots import slots
from audioguide.model.side_forms import side_forms
from audioguide.model.tempo import read_tempo


def with_own_words(value: Any, tag: str) -> Any:
    """Return a raw exercise, or a table of them, with the language's own words for ``{side}`` and a tempo in figures.

    English ones stay as they are.
    """
    code = code_of(tag)
    if code in (None, "en"):
        return value
    say = find(tag).wording
    value = _with_tempo_words(value, text_words(f"{code}").tempo)
    return _replaced(
        value, {"{side}": f"{{{say.left}|{say.right}}}", "{other_side}": f"{{other:{say.left}|{say.right}}}"}
    )


def _with_tempo_words(value: Any, words: tuple[str, ...]) -> Any:
    if not isinstance(value, Mapping):
        return value
    value = {key: _with_tempo_words(entry, words) for key, entry in value.items()}
    if isinstance(value.get("tempo"), str):
        try:
            seconds = read_tempo(value["tempo"])
        except PydanticCustomError:
            # Figures that are none are the model's to say.
            return value
        value["tempo"] = [{"s": one, "say": word} for word, one in zip(words, seconds, strict=False)]
    return value


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
