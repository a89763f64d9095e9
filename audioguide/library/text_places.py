"""Finds where in a protocol a text comes from, for errors that show only when it is spoken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.model.protocol import Protocol

_SHORTEST = 3
"""Letters: a shorter text stands inside many others."""


def place_of(text: str, protocol: Protocol) -> str:
    """Return the dotted path of the longest text of ``protocol`` that is in ``text``, or has it; empty for none."""
    found = [
        (len(known), where)
        for where, known in _texts(protocol.model_dump(exclude_unset=True))
        if len(known) >= _SHORTEST and (known in text or text in known)
    ]
    return max(found, default=(0, ""), key=lambda one: one[0])[1]


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping) and value.keys() == {"say"}:
        # A text alone became a line on the way in.
        yield from _texts(value["say"], where)
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            yield from _texts(inside, f"{where}.{key}" if where else f"{key}")
    elif isinstance(value, list | tuple):
        for number, inside in enumerate(value, 1):
            yield from _texts(inside, f"{where} {number}")
