"""Weeks of a programme as a file states them: `"1-3"`, `"4"`, `"5-"`, `"1,3,5"`, a number or a list of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from audioguide.model.limits import LAST_WEEK
from audioguide.model.text import listed, quoted
from audioguide.model.validators import BeforeValidator

_FORM = re.compile(r"\s*(\d{1,6})\s*(?:(?:[-–]|to)\s*(\d{1,6})?\s*)?", re.ASCII)
"""One part between commas. Word processors turn the hyphen between two numbers into a dash."""

_HINT = 'write "1-3", "4", "5-" for week 5 and all later ones, or "1,3,5"'


@dataclass(frozen=True, slots=True)
class Weeks:
    """Some weeks of a programme.

    Attributes:
        spans: first and last week of each stretch, in order and apart from each other; a last of None has no end.
    """

    spans: tuple[tuple[int, int | None], ...]

    def __contains__(self, week: int) -> bool:
        """Return whether ``week``, 1 for the first, is one of them."""
        return any(first <= week and (last is None or week <= last) for first, last in self.spans)

    def __str__(self) -> str:
        """Return the weeks as people read them: ``week 4``, ``weeks 1 to 3 and 5``, ``weeks 5 and on``."""
        return f"week{'s' * (self.spans != ((self.highest, self.highest),))} {self.numbers}"

    @property
    def numbers(self) -> str:
        """The weeks without the word: ``4``, ``1 to 3 and 5``."""
        return listed(
            f"{first} and on" if last is None else f"{first}" if first == last else f"{first} to {last}"
            for first, last in self.spans
        )

    @property
    def highest(self) -> int:
        """The highest number that is named."""
        first, last = self.spans[-1]
        return first if last is None else last

    @property
    def has_end(self) -> bool:
        """Whether there is a last week."""
        return self.spans[-1][1] is not None

    def within(self, other: Weeks | None) -> Weeks | None:
        """Return the weeks that are in both; None where there are none, and ``other`` as None is every week."""
        if other is None:
            return self
        most = max(self.highest, other.highest)
        found = [week for week in range(1, most + 1) if week in self and week in other]
        spans = _joined([(week, week) for week in found])
        if not (self.has_end or other.has_end):
            # Where both go on, so does what they share, from the later beginning on.
            spans = _joined([*spans, (most, None)])
        return Weeks(spans) if spans else None


def read_weeks(value: Any) -> Any:
    """Return the weeks that a file's value means; what is of no such kind is left to pydantic.

    Raises:
        PydanticCustomError: for a text or number that names no weeks.
    """
    if isinstance(value, Weeks) or value is None:
        return value
    parts = value if isinstance(value, list) else [value]
    if not parts or any(isinstance(part, bool) or not isinstance(part, int | str) for part in parts):
        raise _problem("names no weeks")
    spans = []
    for text in (text for part in parts for text in f"{part}".split(",")):
        form = _FORM.fullmatch(text)
        if form is None:
            raise _problem(f"{quoted(text.strip())} names no weeks")
        first = int(form[1])
        last = int(form[2]) if form[2] else None if re.search(r"[-–t]", text) else first
        if not 1 <= first <= LAST_WEEK or (last or 1) > LAST_WEEK:
            raise _problem(f"{quoted(text.strip())} is out of bounds", f"use weeks from 1 to {LAST_WEEK}")
        if last is not None and last < first:
            raise _problem(f"{quoted(text.strip())} ends before it begins", f'write "{last}-{first}"')
        spans.append((first, last))
    return Weeks(_joined(spans))


def _joined(spans: Sequence[tuple[int, int | None]]) -> tuple[tuple[int, int | None], ...]:
    """Return the stretches in order, those that touch or overlap as one."""
    found: list[tuple[int, int | None]] = []
    for first, last in sorted(spans, key=lambda span: span[0]):
        if found:
            begin, end = found[-1]
            if end is None or first <= end + 1:
                found[-1] = (begin, None if end is None or last is None else max(end, last))
                continue
        found.append((first, last))
    return tuple(found)


def _problem(what: str, hint: str = _HINT) -> PydanticCustomError:
    return PydanticCustomError("advice", "{what}", {"what": what, "hint": hint})


WeeksField = Annotated[Weeks | None, BeforeValidator(read_weeks, json_schema_input_type=str | int | list[int | str])]
"""Weeks in a file; None for every week."""
