"""The table of weeks and days to tick, as values. `export.handout.handout_page` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from audioguide.export.handout.handout_text import DAYS

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NAMES = tuple(DAYS.values())


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks of the programme that are printed.

    Attributes:
        start: the first day of the programme; where nobody knows it yet, any Monday.
        dated: whether the start is known, so that dates are printed.
        done_on: the days on which the session is done.
        first: the first week printed, 1 for the programme's first.
        count: how many weeks are printed.
    """

    start: date
    dated: bool
    done_on: frozenset[date]
    first: int = 1
    count: int = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: its date, empty where none is known, and whether the session is done."""

    date: str
    due: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One week: its number and its seven days."""

    number: int
    cells: tuple[Cell, ...]


def heads(weeks: Weeks) -> tuple[str, ...]:
    """Return the names of the days in the order of the columns: a week begins on the day the programme does."""
    first = weeks.start.weekday()
    return _NAMES[first:] + _NAMES[:first]


def rows(weeks: Weeks) -> Iterator[Row]:
    """Yield the weeks in order."""
    for number in range(weeks.first, weeks.first + weeks.count):
        days = [weeks.start + timedelta(weeks=number - 1, days=day) for day in range(len(_NAMES))]
        yield Row(number, tuple(Cell(_short(day) if weeks.dated else "", day in weeks.done_on) for day in days))


def start(weeks: Weeks) -> str:
    """Return the first day printed in full, such as ``Monday 5 October 2026``; empty where nobody knows it."""
    day = weeks.start + timedelta(weeks=weeks.first - 1)
    return f"{_NAMES[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}" if weeks.dated else ""


def _short(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"
