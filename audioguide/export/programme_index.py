"""A programme of several weeks as text: an index that says which file is for which days, and a playlist of all days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from audioguide.languages.formats import Formats
from audioguide.languages.language import Language
from audioguide.model.made_by import MADE_BY
from audioguide.model.units import clock

_DAYS_A_WEEK = 7


class Week(Struct, frozen=True):
    """One week of a programme, or the days of one that share a file, where days have sessions of their own.

    Attributes:
        number: 1 for the first.
        start: its first day.
        dates: the days on which the session is done.
        file: the name of its MP3, which several weeks may share.
        title: the session's title.
        length_ms: length of the session.
        doses: what it does, a line each: its phases where weeks have their own, and doses that differ.
        times_a_day: how often on each of the days.
    """

    number: int
    start: date
    dates: tuple[date, ...]
    file: str
    title: str
    length_ms: int
    doses: tuple[str, ...]
    times_a_day: int = 1


def index_of(weeks: Sequence[Week], language: Language) -> str:
    """Return the index as text: a line a week with its file and days, then what each file does, then who made it."""
    words, programme, formats = language.printed.index, language.printed.programme, language.formats
    files = dict.fromkeys(week.file for week in weeks)
    numbers = {week.number for week in weeks}
    # Where days have an order of their own, so that nobody looks for a file a week.
    count = words.sessions.text(len(files)) if len(weeks) > len(numbers) else ""
    head = words.head.text(len(numbers), title=weeks[0].title, day=_named(weeks[0].start, formats))
    lines = [f"{head}{count}", ""]
    width = max(len(week.file) for week in weeks)
    for week in weeks:
        last = week.start + timedelta(days=6)
        span = words.span.format(first=_named(week.start, formats), last=_named(last, formats))
        names = ", ".join(formats.short_day(day.weekday()) for day in week.dates)
        days = words.every_day if len(week.dates) == _DAYS_A_WEEK else names
        days += programme.times_a_day(week.times_a_day)
        lines.append(f"{words.week} {week.number:>3}  {span}  {week.file:<{width}}  {clock(week.length_ms):>7}  {days}")
    for file in files:
        first = next(week for week in weeks if week.file == file)
        lines += ["", f"{file}, {clock(first.length_ms)}", *(f"  {dose}" for dose in first.doses)]
    return "\n".join([*lines, "", MADE_BY]) + "\n"


def playlist_of(weeks: Sequence[Week], language: Language) -> str:
    """Return a playlist (M3U8, UTF-8) with an entry for each time that the session is done, in order."""
    words, entries = language.printed.index, ["#EXTM3U\n", f"# {MADE_BY}\n"]
    entries_by_day = ((day, week) for week in weeks for day in week.dates)
    for day, week in sorted(entries_by_day, key=lambda entry: entry[0]):
        # The title of an entry ends with its line, so it can have only one.
        title = " ".join(week.title.split())
        seconds = round(week.length_ms / 1000)
        for number in range(1, week.times_a_day + 1):
            which = words.which.format(number=number, total=week.times_a_day) if week.times_a_day > 1 else ""
            entry = words.entry.format(day=_named(day, language.formats), title=title, week=week.number)
            entries.append(f"#EXTINF:{seconds},{entry}{which}\n{week.file}\n")
    return "".join(entries)


def _named(day: date, formats: Formats) -> str:
    return f"{formats.short_day(day.weekday())} {day.isoformat()}"
