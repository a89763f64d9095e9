"""Writes reminders of sessions and movement breaks as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from msgspec import Struct

from audioguide.languages.registry import find
from audioguide.model.protocol import Programme

if TYPE_CHECKING:
    from icalendar import Event

BREAK_MINUTES = 5
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMESPACE = uuid5(NAMESPACE_URL, "audioguide/reminders")
_FIRST_DAY = date(2026, 1, 1)
"""Changes of an event are counted from here."""


class Breaks(Struct, frozen=True):
    """Movement breaks in working hours.

    Attributes:
        dates: the working days, in order.
        times: when a break begins on each of them.
    """

    dates: tuple[date, ...]
    times: tuple[time, ...]


class Reminders(Struct, frozen=True):
    """What one person wants to be reminded of.

    Attributes:
        protocol: the protocol's id.
        title: the protocol's title.
        profile: the name of the person's profile, if any.
        programme: how often the protocol is done, if it says so.
        dates: every date of the session, in order; at least one.
        times: when the session begins on each of them, by the clock on the wall, in order; at least one.
        minutes: how long it takes.
        remind: how many minutes before it the alarm comes; 0 for none.
        zone: the time zone of that clock.
        breaks: movement breaks, if wanted.
        made: the day on which the file is made, so that one made later updates it; None for the first date.
        language: the BCP 47 tag of the language in which it is.
    """

    protocol: str
    title: str
    profile: str | None
    programme: Programme | None
    dates: tuple[date, ...]
    times: tuple[time, ...]
    minutes: int
    remind: int
    zone: ZoneInfo
    breaks: Breaks | None = None
    made: date | None = None
    language: str = "en"


class _Series(Struct, frozen=True):
    """One recurring event.

    Attributes:
        kind: what tells it from the person's others of this protocol, for ever.
        title: what the calendar shows.
        text: the description.
        dates: the days on which it comes, in order.
        at: when it begins.
        minutes: how long it takes.
        alarm: how many minutes before it the alarm comes; None for none.
        daily: whether it comes every day, rather than on the days of the week on which its dates lie.
        busy: whether the calendar counts its time as taken.
    """

    kind: str
    title: str
    text: str
    dates: tuple[date, ...]
    at: time
    minutes: int
    alarm: int | None
    daily: bool = False
    busy: bool = True


def calendar_file(reminders: Reminders) -> bytes:
    """Return ``reminders`` as an iCalendar file; the same reminders give the same bytes."""
    from icalendar import Calendar

    from audioguide.export.calendar.time_zone import time_zone

    calendar = Calendar()
    # Both required, once each (RFC 5545, 3.6).
    calendar.add("prodid", f"-//audioguide//audioguide//{reminders.language.upper()}")
    calendar.add("version", "2.0")
    for series in _session_series(reminders):
        calendar.add_component(_event(series, reminders))
    # A weekly event for each hour of movement breaks: iOS and Google take no rule that recurs by the hour.
    breaks, printed = reminders.breaks or Breaks(dates=(), times=()), find(reminders.language).printed
    for number, at in enumerate(breaks.times, start=1):
        series = _Series(
            kind=f"break {number}",
            title=printed.calendar.break_title,
            text=f"{printed.calendar.break_text} {printed.notes.reminder}",
            dates=breaks.dates,
            at=at,
            minutes=BREAK_MINUTES,
            alarm=0,
            busy=False,
        )
        calendar.add_component(_event(series, reminders))
    # UTC needs no definition; every other zone that a time names needs one in the file (RFC 5545, 3.2.19).
    if calendar.get_missing_tzids():
        dates = (*reminders.dates, *breaks.dates)
        # In front, as readers that go through once know the zone only then.
        calendar.subcomponents.insert(0, time_zone(reminders.zone, min(dates), max(dates)))
    ics: bytes = calendar.to_ical()
    return ics


def _session_series(reminders: Reminders) -> list[_Series]:
    """Return the session's events of each time of a day: daily at first, then weekly; either may be missing."""
    programme, times_a_day, printed = reminders.programme, len(reminders.times), find(reminders.language).printed
    daily_days = programme.daily_days if programme else 0
    if programme is None:
        often = printed.programme.on_days_a_week(len(_weekdays(reminders.dates)), times_a_day)
    else:
        # The person may do it more often than the protocol says.
        often = printed.programme.how_often(programme.model_copy(update={"times_a_day": times_a_day}))
    return [
        _Series(
            # The first time of a day is called as the only one is, so that a file with more times moves its event.
            kind=kind if number == 1 else f"{kind} {number}",
            title=reminders.title,
            text=f"{often}. {printed.notes.reminder}",
            dates=dates,
            at=at,
            minutes=reminders.minutes,
            alarm=reminders.remind or None,
            daily=kind == "daily",
        )
        for number, at in enumerate(reminders.times, start=1)
        for kind, dates in (("daily", reminders.dates[:daily_days]), ("weekly", reminders.dates[daily_days:]))
        if dates
    ]


def _event(series: _Series, reminders: Reminders) -> Event:
    from icalendar import Alarm, Event

    from audioguide.export.calendar.escaped_text import EscapedText

    event = Event()
    # A name for ever, so that importing it again moves the event instead of adding another (RFC 5545, 3.8.4.7).
    event.add("uid", str(uuid5(_NAMESPACE, json.dumps([reminders.protocol, reminders.profile, series.kind]))))
    # A day, not a moment: the same wishes on the same day make the same file. Calendars take an event with a known UID
    # for a change only where its SEQUENCE is higher (RFC 5545, 3.8.7.4), so it counts days.
    made = reminders.made or reminders.dates[0]
    event.add("dtstamp", datetime.combine(made, time(), UTC))
    event.add("sequence", max(0, (made - _FIRST_DAY).days))
    event.add("summary", EscapedText(series.title))
    event.add("description", EscapedText(series.text))
    event.add("dtstart", datetime.combine(series.dates[0], series.at, reminders.zone))
    # Not an end, which would be an hour off all along where the clock changes during the first event.
    event.add("duration", timedelta(minutes=series.minutes))
    # A count, since an end would have to be told in UTC (RFC 5545, 3.3.10), which readers get wrong around the change
    # of the clock.
    rule: dict[str, object] = {"FREQ": "DAILY" if series.daily else "WEEKLY", "COUNT": len(series.dates)}
    if not series.daily:
        rule["BYDAY"] = [_DAYS[day] for day in _weekdays(series.dates)]
    event.add("rrule", rule)
    event.add("transp", "OPAQUE" if series.busy else "TRANSPARENT")
    if series.alarm is not None:
        # An alarm that is shown needs a description of its own (RFC 5545, 3.6.6).
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", EscapedText(series.title))
        alarm.add("trigger", timedelta(minutes=-series.alarm))
        event.add_component(alarm)
    return event


def _weekdays(dates: Sequence[date]) -> list[int]:
    return sorted({day.weekday() for day in dates})
