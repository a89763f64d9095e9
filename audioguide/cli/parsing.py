"""Reads what a user types for dates, times, days of the week and time zones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from audioguide.errors import RequestError
from audioguide.model.kinds import Day
from audioguide.model.text import listed, suggest

_ZONE_EXAMPLE = "--zone Europe/Berlin"


def read_date(option: str, text: str) -> date:
    """Return the date that ``text`` means.

    Raises:
        RequestError: when it is no date of the calendar in the form YYYY-MM-DD.
    """
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip(), re.ASCII):
        raise RequestError(f"{option} {text}: write a date as YYYY-MM-DD, such as {option} 2027-01-04")
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise RequestError(f"{option} {text}: there is no such date ({error}); write one such as 2027-01-04") from None


def read_time(option: str, text: str) -> time:
    """Return the time of day that ``text`` means.

    Raises:
        RequestError: when it is no time from 0:00 to 23:59.
    """
    form = re.fullmatch(r"(\d{1,2}):(\d\d)", text.strip(), re.ASCII)
    if form is None or int(form[1]) > 23 or int(form[2]) > 59:
        raise RequestError(f"{option} {text}: write a time as HH:MM, from 0:00 to 23:59, such as 18:00")
    return time(int(form[1]), int(form[2]))


def read_days(option: str, text: str) -> tuple[Day, ...]:
    """Return the days of the week that ``text`` lists, Monday first.

    Raises:
        RequestError: for a word that is no day, or none at all.
    """
    words = [word.strip().casefold() for word in text.split(",")]
    for word in words:
        if word not in [*Day]:
            raise RequestError(f"{option} {text}: '{word}' is no day of the week; {suggest(word, Day)}")
    return tuple(day for day in Day if day in words)


def read_hours(option: str, text: str) -> tuple[time, ...]:
    """Return when the breaks in the hours ``text`` begin: after each hour of sitting, and before they end.

    Raises:
        RequestError: when it is no pair of times, or there is no break between them.
    """
    parts = text.replace("–", "-").split("-")
    if len(parts) != 2:
        raise RequestError(f"{option} {text}: write the hours as HH:MM-HH:MM, such as {option} 9:00-17:00")
    start, end = read_time(option, parts[0]), read_time(option, parts[1])
    if end <= start:
        raise RequestError(f"{option} {text}: they end before they start; write the earlier time first")
    times = tuple(_hourly(start, end))
    if not times:
        raise RequestError(f"{option} {text}: a break comes after each hour, and these hold none; name more hours")
    return times


def _hourly(start: time, end: time) -> Iterator[time]:
    for hour in range(start.hour + 1, 24):
        if start.replace(hour=hour) < end:
            yield start.replace(hour=hour)


def read_zone(text: str) -> ZoneInfo:
    """Return the time zone called ``text``.

    Raises:
        RequestError: when there is none, with near names.
    """
    if text not in (known := available_timezones()):
        raise RequestError(f"--zone {text}: there is no such time zone; {_near_zones(text, sorted(known))}")
    return ZoneInfo(text)


def _near_zones(text: str, known: list[str]) -> str:
    # A zone is called after one city, so most people know a part of its name at best.
    part = text.strip().replace(" ", "_").casefold()
    found = [name for name in known if part and part in name.casefold()][:3]
    if not found:
        cities = {name.rpartition("/")[2].casefold(): name for name in known}
        found = [cities[city] for city in get_close_matches(part.rpartition("/")[2], cities)]
    names = [f"'{name}'" for name in found]
    return f"did you mean {listed(names, 'or')}?" if names else f"name one such as {_ZONE_EXAMPLE}"


def local_zone() -> ZoneInfo:
    """Return the time zone of this machine.

    Raises:
        RequestError: when it can't be told.
    """
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name()
    except (LookupError, ValueError, OSError):
        name = None
    if not name or name not in available_timezones():
        raise RequestError(f"the time zone of this machine can't be told; name yours, such as {_ZONE_EXAMPLE}")
    return ZoneInfo(name)
