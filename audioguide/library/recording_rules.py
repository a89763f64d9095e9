"""What texts with a recording must keep: a side that is named has its own, and the same words have the same one.

Read from the raw tables, as in `library.rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Problem
from audioguide.model.kinds import Side
from audioguide.model.side_forms import form_problem, names_a_side, without_pairs
from audioguide.model.text import fields_in, quoted


def recording_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the recordings in the raw ``table`` of a protocol, beyond the shape of each."""
    known: dict[str, tuple[str, Any]] = {}
    for where, text, clip in _recordings(table, ""):
        if form_problem(text) is not None or not _braces_match(text):
            # A problem of the text itself, which leaves open what it names.
            continue
        sided = names_a_side(text)
        if isinstance(clip, str) and sided:
            hint = 'write clip = { left = "…", right = "…" }'
            yield Problem(f"{where}.clip", "one recording can't name both sides", hint)
        elif not isinstance(clip, str) and clip.keys() == {*Side} and not sided:
            yield Problem(f"{where}.clip", "has a recording for each side, and the text names none", "write one file")
        other_where, other_clip = known.setdefault(text, (where, clip))
        if other_clip != clip:
            hint = "the same words have the same recording; name one file, or word one of them differently"
            yield Problem(f"{where}.clip", f"{quoted(text)} has another one in {other_where}", hint)


def _braces_match(text: str) -> bool:
    try:
        fields_in(without_pairs(text))
    except ValueError:
        return False
    return True


def _recordings(value: Any, where: str) -> Iterator[tuple[str, str, Any]]:
    """Yield each recorded text below ``value`` with its place and its clip."""
    if isinstance(value, list):
        for number, entry in enumerate(value, 1):
            yield from _recordings(entry, f"{where} {number}")
    elif isinstance(value, Mapping):
        text, clip = value.get("text"), value.get("clip")
        if isinstance(text, str) and isinstance(clip, str | Mapping):
            yield where, text, clip
            return
        for name, entry in value.items():
            yield from _recordings(entry, f"{where}.{name}" if where else f"{name}")
