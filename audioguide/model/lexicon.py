"""How words are to be spoken, as protocols and profiles state it: respelt or in phonemes, for all engines or by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from audioguide.model.text import suggest
from audioguide.model.validators import BeforeValidator

ENGINES = ("hibari", "espeak", "pyttsx3", "piper", "command", "fake")
"""Names that a lexicon may tell apart: those of the engines' registry, which this folder can't see."""

OTHER = "other"
"""In the place of an engine's name: every engine that isn't named."""

LONGEST_SAID = 200

Spoken = str | Mapping[str, str]
"""What is said for a word: a respelling, or phonemes between slashes; or a table of them by engine."""

Lexicon = Mapping[str, Spoken]
"""Written form to what is said."""

# Phonemes hold letters, stress and length marks and spaces. Brackets and marks of sentences would end them too early.
_PHONEMES = re.compile(r"/[^/\[\](){}<>.,;:!?…\d]+/")


def _said(text: str) -> str:
    if len(text) > LONGEST_SAID:
        raise PydanticCustomError("advice", f"over {LONGEST_SAID} characters long", {"hint": "shorten it"})
    if text.startswith("/") and not _PHONEMES.fullmatch(text):
        raise PydanticCustomError(
            "advice",
            f"'{text[:40]}' is neither a respelling nor phonemes",
            {"hint": "write phonemes between two slashes, such as '/sˈOəs/', without digits or punctuation"},
        )
    return text


def _entry(value: Any) -> Any:
    if isinstance(value, str):
        return _said(value)
    if not isinstance(value, dict) or not all(isinstance(said, str) for said in value.values()):
        hint = "write a text in quotes, or a text for each engine such as { espeak = 'so-as', other = 'psoas' }"
        raise PydanticCustomError("advice", "is no text", {"hint": hint})
    for engine in value:
        if engine not in (*ENGINES, OTHER):
            advice = suggest(engine, (*ENGINES, OTHER))
            raise PydanticCustomError("advice", f"'{engine}' is no voice engine", {"hint": advice})
    return {engine: _said(said) for engine, said in value.items()}


Entry = Annotated[Any, BeforeValidator(_entry, json_schema_input_type=str | dict[str, str])]
"""`Spoken`, validated by hand: pydantic would report every form of the union that a value fails to have."""
