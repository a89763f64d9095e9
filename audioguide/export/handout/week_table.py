"""The table of weeks and days to tick, as values for the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from audioguide.languages.formats import Formats

_DAYS_A_WEEK = 7


class Weeks(Struct, frozen=True):
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


class Cell(Struct, frozen=True):
    """One day: its date, empty where none is known, and whether the session is done."""

    date: str
    due: bool


class PrintedWeek(Struct, frozen=True):
    """One line of the table: a week's number and its seven days."""

    number: int
    cells: tuple[Cell, ...]


class Head(Struct, frozen=True):
    """A column's head: the name of its day cut short, and the whole name or what is cut off of it.

    Attributes:
        short: what is seen.
        rest: what a screen reader says behind it; empty where it says ``full`` instead.
        full: the whole name where the short one is not its beginning.
    """

    short: str
    rest: str
    full: str


def heads(weeks: Weeks, formats: Formats) -> tuple[Head, ...]:
    """Return the names of the days in the order of the columns: a week begins on the day the programme does."""
    first, found = weeks.start.weekday(), []
    for weekday in (*range(first, _DAYS_A_WEEK), *range(first)):
        short, name = formats.short_day(weekday), formats.day_name(weekday)
        begins = name.startswith(short)
        found.append(Head(short, name.removeprefix(short) if begins else "", "" if begins else name))
    return tuple(found)


def rows(weeks: Weeks, formats: Formats) -> Iterator[PrintedWeek]:
    """Yield the weeks in order."""
    for number in range(weeks.first, weeks.first + weeks.count):
        days = [weeks.start + timedelta(weeks=number - 1, days=day) for day in range(_DAYS_A_WEEK)]
        # Without a year, which the line above the table says and a narrow column has no room for.
        dates = [formats.date(day) if weeks.dated else "" for day in days]
        cells = (Cell(date=text, due=day in weeks.done_on) for text, day in zip(dates, days, strict=True))
        yield PrintedWeek(number, tuple(cells))


def start(weeks: Weeks, formats: Formats) -> str:
    """Return the first day printed in full, such as ``Monday 5 October 2026``; empty where nobody knows it."""
    day = weeks.start + timedelta(weeks=weeks.first - 1)
    return formats.full_date(day) if weeks.dated else ""
