"""Reads dates and days of the week as people write them: options, profile files and the questions share these forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from audioguide.errors import RequestError
from audioguide.model.kinds import Day
from audioguide.model.text import quoted, suggest

EXAMPLE = "2027-01-04"

_SHORTEST_DAY = 3
"""Letters from which a day is told: Tuesday and Thursday share one, Saturday and Sunday too."""


def read_date(text: str) -> date:
    """Return the date that ``text`` means: ISO 8601's calendar date, ``2027-01-04`` or ``20270104``.

    Raises:
        RequestError: for anything else, and for a day that no month has.
    """
    # date.fromisoformat also takes weeks (2027-W01-1); who types that by mistake is better asked again.
    form = re.fullmatch(r"(\d{4})(-?)(\d\d)\2(\d\d)", text.strip(), re.ASCII)
    if form is None:
        raise RequestError(f"{quoted(text)} is no date; write one as YYYY-MM-DD, such as {EXAMPLE}")
    try:
        return date(int(form[1]), int(form[3]), int(form[4]))
    except ValueError:
        raise RequestError(f"{quoted(text)} is in no calendar; write a date such as {EXAMPLE}") from None


def read_days(text: str) -> tuple[Day, ...]:
    """Return the days of the week in ``text``, ``mon,wed,fri`` or ``Monday, Wednesday``, Monday first, each once.

    Raises:
        RequestError: for a word that is no day, or none at all.
    """
    return in_week_order(re.split(r"[\s,;]+", text.strip(" ,;")))


def in_week_order(words: Iterable[str]) -> tuple[Day, ...]:
    """Return the days that ``words`` name, Monday first, each once.

    Raises:
        RequestError: for a word that is no day.
    """
    found = set()
    for word in words:
        name = word.strip().casefold()
        meant = [day for day in Day if len(name) >= _SHORTEST_DAY and day.name.casefold().startswith(name)]
        if not meant:
            raise RequestError(f"{quoted(word)} is no day of the week; {suggest(word, Day)}")
        found.add(meant[0])
    return tuple(day for day in Day if day in found)
