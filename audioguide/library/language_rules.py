"""The language that a file states must be one that there are fixed sentences of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Problem
from audioguide.languages.registry import CODES, code_of
from audioguide.model.text import listed


def language_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problem of a ``language`` that is none of ours: its sentences would be mixed with English ones."""
    tag = table.get("language")
    # What is no tag at all is the model's to say.
    if isinstance(tag, str) and tag.strip() and code_of(tag) is None and len(tag.strip().split("-")[0]) in (2, 3):
        yield Problem("language", f"is '{tag}', which is not here", f"there is {listed(CODES)}")
