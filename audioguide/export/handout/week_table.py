"""The table of weeks and days to tick, as values for the page."""

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
        times_a_day: how often the session is done on each of the days, a box each.
    """

    start: date
    dated: bool
    done_on: frozenset[date]
    first: int = 1
    count: int = 4
    times_a_day: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: its date, empty where none is known, and whether the session is done."""

    date: str
    due: bool


@dataclass(frozen=True, slots=True)
class PrintedWeek:
    """One line of the table: a week's number and its seven days."""

    number: int
    cells: tuple[Cell, ...]


def heads(weeks: Weeks) -> tuple[str, ...]:
    """Return the names of the days in the order of the columns: a week begins on the day the programme does."""
    first = weeks.start.weekday()
    return _NAMES[first:] + _NAMES[:first]


def rows(weeks: Weeks) -> Iterator[PrintedWeek]:
    """Yield the weeks in order."""
    for number in range(weeks.first, weeks.first + weeks.count):
        days = [weeks.start + timedelta(weeks=number - 1, days=day) for day in range(len(_NAMES))]
        # Without a year, which the line above the table says and a narrow column has no room for.
        dates = [f"{day.day} {_MONTHS[day.month - 1][:3]}" if weeks.dated else "" for day in days]
        cells = (Cell(date=text, due=day in weeks.done_on) for text, day in zip(dates, days, strict=True))
        yield PrintedWeek(number, tuple(cells))


def start(weeks: Weeks) -> str:
    """Return the first day printed in full, such as ``Monday 5 October 2026``; empty where nobody knows it."""
    # Names of our own, as strftime's depend on the machine's language.
    day = weeks.start + timedelta(weeks=weeks.first - 1)
    return f"{_NAMES[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}" if weeks.dated else ""
