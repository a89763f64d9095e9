"""Writes reminders of sessions and movement breaks as an iCalendar file (RFC 5545). The dates come from `planning`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from audioguide.model.protocol import Programme, TimesAWeek

if TYPE_CHECKING:
    from icalendar import Alarm, Event

BREAK_MINUTES = 5
BREAK_TITLE = "Movement break"
_BREAK_TEXT = "A short break for every hour of sitting."
_NO_ADVICE = "This informs; it is no medical advice."
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMESPACE = uuid5(NAMESPACE_URL, "audioguide/reminders")


@dataclass(frozen=True, slots=True)
class Breaks:
    """Movement breaks in working hours.

    Attributes:
        dates: the working days, in order.
        times: when a break begins on each of them.
    """

    dates: tuple[date, ...]
    times: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class Reminders:
    """What one person wants to be reminded of.

    Attributes:
        protocol: the protocol's id.
        title: the protocol's title.
        profile: the name of the person's profile, if any.
        programme: how often the protocol is done, if it says so.
        dates: every date of the session, in order; at least one.
        at: when the session begins, by the clock on the wall.
        minutes: how long it takes.
        remind: how many minutes before it the alarm comes; 0 for none.
        zone: where the clock hangs.
        breaks: movement breaks, if wanted.
        made: the day on which the file is made, so that one made later updates it; None for the first date.
    """

    protocol: str
    title: str
    profile: str | None
    programme: Programme | None
    dates: tuple[date, ...]
    at: time
    minutes: int
    remind: int
    zone: ZoneInfo
    breaks: Breaks | None = None
    made: date | None = None


@dataclass(frozen=True, slots=True)
class _Series:
    """One recurring event: every day, or on the days of the week on which its dates lie."""

    kind: str
    title: str
    text: str
    dates: tuple[date, ...]
    at: time
    minutes: int
    alarm: int | None
    daily: bool = False
    busy: bool = True


_FIRST_DAY = date(2026, 1, 1)


def calendar_file(reminders: Reminders) -> bytes:
    """Return ``reminders`` as an iCalendar file; the same reminders give the same bytes."""
    from icalendar import Calendar

    from audioguide.export.calendar.time_zone import time_zone

    calendar = Calendar()
    calendar.add("prodid", "-//audioguide//audioguide//EN")
    calendar.add("version", "2.0")
    for series in _all_series(reminders):
        calendar.add_component(_event(series, reminders))
    if calendar.get_missing_tzids():
        dates = (*reminders.dates, *(reminders.breaks.dates if reminders.breaks else ()))
        calendar.subcomponents.insert(0, time_zone(reminders.zone, min(dates), max(dates)))
    ics: bytes = calendar.to_ical()
    return ics


def _all_series(reminders: Reminders) -> Iterator[_Series]:
    daily_days = reminders.programme.daily_days if reminders.programme else 0
    text = f"{_how_often(reminders)} {_NO_ADVICE}"
    alarm = reminders.remind or None
    parts = (("daily", reminders.dates[:daily_days]), ("weekly", reminders.dates[daily_days:]))
    for kind, dates in parts:
        if dates:
            daily = kind == "daily"
            yield _Series(kind, reminders.title, text, dates, reminders.at, reminders.minutes, alarm, daily)
    if reminders.breaks is not None:
        yield from _breaks(reminders.breaks)


def _breaks(breaks: Breaks) -> Iterator[_Series]:
    """Yield a weekly series for each hour: iOS and Google take no rule that recurs by the hour."""
    text = f"{_BREAK_TEXT} {_NO_ADVICE}"
    for number, at in enumerate(breaks.times, start=1):
        yield _Series(f"break {number}", BREAK_TITLE, text, breaks.dates, at, BREAK_MINUTES, alarm=0, busy=False)


def _how_often(reminders: Reminders) -> str:
    if reminders.programme is None:
        return f"On {_count(len(_weekdays(reminders.dates)))} a week."
    days, weekly = reminders.programme.daily_days, _times(reminders.programme.times_a_week)
    return f"Every day for {_count(days)}, then on {weekly} a week." if days else f"On {weekly} a week."


def _times(times: TimesAWeek) -> str:
    bounded = times.min < times.max and {"min", "max"} & times.model_fields_set
    return f"{times.min} to {_count(times.max)}" if bounded else _count(times.default)


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _event(series: _Series, reminders: Reminders) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", str(_uid(reminders, series.kind)))
    # A day, not a moment: the same wishes on the same day make the same file. Calendars take an event with a known UID
    # for a change only where its SEQUENCE is higher (RFC 5545, 3.8.7.4), so it counts days.
    made = reminders.made or reminders.dates[0]
    event.add("dtstamp", datetime.combine(made, time(), UTC))
    event.add("sequence", max(0, (made - _FIRST_DAY).days))
    event.add("summary", series.title)
    event.add("description", series.text)
    event.add("dtstart", datetime.combine(series.dates[0], series.at, reminders.zone))
    # Not an end, which would be an hour off all along where the clock changes during the first event.
    event.add("duration", timedelta(minutes=series.minutes))
    event.add("rrule", _rule(series))
    event.add("transp", "OPAQUE" if series.busy else "TRANSPARENT")
    if series.alarm is not None:
        event.add_component(_alarm(series.title, series.alarm))
    return event


def _uid(reminders: Reminders, kind: str) -> UUID:
    """Return what names an event for ever, so that importing it again moves it instead of adding another."""
    return uuid5(_NAMESPACE, json.dumps([reminders.protocol, reminders.profile, kind]))


def _rule(series: _Series) -> dict[str, object]:
    # A count, since an end would have to be told in UTC, which readers get wrong around the change of the clock.
    count = len(series.dates)
    if series.daily:
        return {"FREQ": "DAILY", "COUNT": count}
    return {"FREQ": "WEEKLY", "COUNT": count, "BYDAY": [_DAYS[day] for day in _weekdays(series.dates)]}


def _weekdays(dates: Sequence[date]) -> list[int]:
    return sorted({day.weekday() for day in dates})


def _alarm(title: str, minutes: int) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm
