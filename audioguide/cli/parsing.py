"""The kinds of values that options take besides click's own: dates, times, days of the week, time zones."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING, Any

import click

from audioguide.errors import RequestError
from audioguide.model.dates import read_date, read_days
from audioguide.model.text import listed, quoted, similar_names

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

ZONE_EXAMPLE = "--zone Europe/Berlin"


class Value(click.ParamType[Any]):
    """A kind of value that ``read`` makes of a text; it raises `RequestError` for one that it can't use."""

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what ``value`` means; a default that is no text is one already."""
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except RequestError as error:
            # Advice may be a question.
            self.fail(f"{error}{'' if f'{error}'.endswith('?') else '.'}", param, ctx)


def read_time(text: str) -> time:
    """Return the time of day that ``text`` means.

    Raises:
        RequestError: when it is no time from 0:00 to 23:59.
    """
    # Without re.ASCII \d takes the digits of every script.
    form = re.fullmatch(r"(\d{1,2}):(\d\d)", text.strip(), re.ASCII)
    if form is None or int(form[1]) > 23 or int(form[2]) > 59:
        raise RequestError(f"{quoted(text)} is no time; write one as HH:MM, from 0:00 to 23:59, such as 18:00")
    return time(int(form[1]), int(form[2]))


def read_hours(text: str) -> tuple[time, ...]:
    """Return when the breaks in the hours ``text`` begin: after each hour of sitting, and before they end.

    Raises:
        RequestError: when it is no pair of times, or there is no break between them.
    """
    # Word processors turn the hyphen between two numbers into a dash.
    parts = text.replace("–", "-").split("-")
    if len(parts) != 2:
        raise RequestError(f"{quoted(text)} are no hours; write them as HH:MM-HH:MM, such as 9:00-17:00")
    start, end = read_time(parts[0]), read_time(parts[1])
    if end <= start:
        raise RequestError(f"{quoted(text)} end before they start; write the earlier time first")
    # The first break comes after an hour of sitting, so none at the start.
    hourly = (start.replace(hour=hour) for hour in range(start.hour + 1, 24))
    times = tuple(at for at in hourly if at < end)
    if not times:
        raise RequestError(f"a break comes after each hour, and {quoted(text)} hold none; name more hours")
    return times


def read_zone(text: str) -> ZoneInfo:
    """Return the time zone called ``text``.

    Raises:
        RequestError: when there is none, with similar names.
    """
    # Imported here, as it reads the machine's whole list of zones.
    from zoneinfo import ZoneInfo, available_timezones

    known = sorted(available_timezones())
    if text in known:
        return ZoneInfo(text)
    # A zone is called after one city, so most people know a part of its name at best.
    part = text.strip().replace(" ", "_").casefold()
    similar = [name for name in known if part and part in name.casefold()][:3]
    if not similar:
        cities = {name.rpartition("/")[2].casefold(): name for name in known}
        similar = [cities[city] for city in similar_names(part.rpartition("/")[2], cities)]
    names = [f"'{name}'" for name in similar]
    advice = f"did you mean {listed(names, 'or')}?" if names else f"name one such as {ZONE_EXAMPLE}"
    raise RequestError(f"there is no time zone {quoted(text)}; {advice}")


def local_zone() -> ZoneInfo:
    """Return the time zone of this machine.

    Raises:
        RequestError: when it can't be told.
    """
    from zoneinfo import ZoneInfo, available_timezones

    from tzlocal import get_localzone_name

    # On a machine without a zone, as in a container, tzlocal gives None, or fails in one of several ways.
    try:
        name = get_localzone_name()
    except (LookupError, ValueError, OSError):
        name = None
    if not name or name not in available_timezones():
        raise RequestError(f"the time zone of this machine can't be told; name yours, such as {ZONE_EXAMPLE}")
    return ZoneInfo(name)


DATE = Value("date", read_date)
DAYS = Value("days", read_days)
TIME = Value("time", read_time)
HOURS = Value("hours", read_hours)
ZONE = Value("zone", read_zone)
