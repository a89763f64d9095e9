"""The days of a programme: every day at first, then so many days a week. The calendar, the handout and the programme
share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from audioguide.errors import RequestError
from audioguide.model.kinds import Day
from audioguide.model.protocol import Programme, Protocol
from audioguide.model.protocol_weeks import all_weeks, last_week

_WEEK = tuple(Day)


def training_days(programme: Programme, chosen: Sequence[Day] = ()) -> tuple[Day, ...]:
    """Return the days of the week on which the session is done once it is no longer daily, Monday first.

    Args:
        programme: how often it is done.
        chosen: the person's own days; none takes as many as the programme says, spread evenly.

    Raises:
        RequestError: when more or fewer days are chosen than the programme allows.
    """
    times = programme.times_a_week
    if not chosen:
        # Muscles rest a day or two between sessions: three days are Monday, Wednesday and Friday.
        return tuple(_WEEK[number * len(_WEEK) // times.default] for number in range(times.default))
    days = tuple(day for day in _WEEK if day in chosen)
    if not times.min <= len(days) <= times.max:
        span = f"{times.min}" if times.min == times.max else f"{times.min} to {times.max}"
        count = f"{len(days)} days a week were" if len(days) > 1 else "1 day a week was"
        raise RequestError(f"{count} chosen; this protocol is done on {span}")
    return days


def weeks_wanted(protocol: Protocol, asked: int | None, usual: int) -> int:
    """Return for how many weeks something is made: so many as are asked for, else as the protocol has, else ``usual``.

    Raises:
        RequestError: when more are asked for than there are.
    """
    last = last_week(protocol)
    if asked is None:
        return last or (protocol.programme and protocol.programme.weeks) or usual
    if last is not None and asked > last:
        raise RequestError(f"--weeks {asked}: this protocol has {all_weeks(protocol)}; name at most {last}")
    return asked


def session_dates(programme: Programme, start: date, weeks: int, chosen: Sequence[Day] = ()) -> tuple[date, ...]:
    """Return every date on which the session is done, from ``start`` on, for ``weeks`` weeks.

    Raises:
        RequestError: as `training_days` does, or when the weeks go on after the year 9999, which no date can.
    """
    days = training_days(programme, chosen)
    if date.max - start < timedelta(weeks=weeks):
        raise RequestError(f"the calendar ends before week {weeks} does; name an earlier start")
    dates = (start + timedelta(days=number) for number in range(weeks * len(_WEEK)))
    # date.weekday() counts from Monday, as Day does.
    return tuple(
        day for number, day in enumerate(dates) if number < programme.daily_days or _WEEK[day.weekday()] in days
    )


def week_of(start: date, day: date) -> int:
    """Return the week of the programme in which ``day`` lies, 1 for the first.

    Raises:
        RequestError: when ``day`` lies before the start.
    """
    if day < start:
        raise RequestError(f"the programme starts on {start}, after {day}; name an earlier start, or a week")
    return (day - start).days // len(_WEEK) + 1
