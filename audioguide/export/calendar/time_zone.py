"""Writes a time zone for a calendar file, as yearly rules where the zone follows such, else as dates.

icalendar's own are dates alone, which Outlook ignores, and set the clock forward an hour late.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEARS_SEEN = 10
"""So many years tell the fourth Sunday of a month from its last one."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One way in which the clock is set: the offsets before and after, and the name of the time after."""

    before: timedelta
    after: timedelta
    name: str


def time_zone(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Return the definition of ``zone``, good for all days from ``first`` to ``last``."""
    from icalendar import Timezone

    # A year earlier, so that the change which holds on the first day is among them; the calendar has 9999 years.
    years = range(max(first.year - 1, 2), min(max(last.year, first.year + _YEARS_SEEN), 9997) + 1)
    changes: dict[_Kind, list[datetime]] = defaultdict(list)
    for kind, at in _changes(zone, years):
        changes[kind].append(at)
    component = Timezone()
    component.add("tzid", zone.key)
    if not changes or min(map(min, changes.values())).date() >= first:
        component.add_component(_opening(zone, years))
    for kind, moments in changes.items():
        component.add_component(_change(kind, moments, years))
    return component


def _changes(zone: ZoneInfo, years: range) -> Iterator[tuple[_Kind, datetime]]:
    """Yield each change of the clock, and when it comes by the clock as it ran before (RFC 5545, 3.6.5)."""
    start = datetime(years.start, 1, 1, tzinfo=UTC)
    length = (datetime(years.stop, 1, 1, tzinfo=UTC) - start).days
    days = (start + timedelta(days=number) for number in range(length + 1))
    for day, next_day in pairwise(days):
        before, after = _offset(zone, day), _offset(zone, next_day)
        if before != after:
            moment = _moment(zone, day)
            name = moment.astimezone(zone).tzname() or zone.key
            yield _Kind(before, after, name), (moment + before).replace(tzinfo=None)


def _moment(zone: ZoneInfo, day: datetime) -> datetime:
    """Return the minute of ``day`` from which on its first offset no longer holds."""
    before = _offset(zone, day)
    minute = bisect_left(
        range(24 * 60), True, key=lambda minute: _offset(zone, day + timedelta(minutes=minute)) != before
    )
    return day + timedelta(minutes=minute)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _opening(zone: ZoneInfo, years: range) -> TimezoneStandard | TimezoneDaylight:
    start = datetime(years.start, 1, 1, tzinfo=UTC)
    offset = _offset(zone, start)
    name = start.astimezone(zone).tzname() or zone.key
    return _change(_Kind(offset, offset, name), [datetime(years.start, 1, 1)], years)


def _change(kind: _Kind, moments: Sequence[datetime], years: range) -> TimezoneStandard | TimezoneDaylight:
    from icalendar import TimezoneDaylight, TimezoneStandard

    component = TimezoneDaylight() if kind.after > kind.before else TimezoneStandard()
    component.add("dtstart", moments[0])
    component.add("tzoffsetfrom", kind.before)
    component.add("tzoffsetto", kind.after)
    component.add("tzname", kind.name)
    if rule := _yearly(moments, years):
        component.add("rrule", rule)
    elif moments[1:]:
        component.add("rdate", list(moments[1:]))
    return component


def _yearly(moments: Sequence[datetime], years: range) -> dict[str, object] | None:
    """Return the rule by which ``moments`` come each year, such as the last Sunday of March; None without one."""
    if [at.year for at in moments] != list(years):
        return None
    if len({(at.month, at.weekday(), at.time()) for at in moments}) != 1:
        return None
    places = set.intersection(*map(_places, moments))
    if not places:
        return None
    day = f"{min(places)}{_DAYS[moments[0].weekday()]}"
    return {"FREQ": "YEARLY", "BYMONTH": moments[0].month, "BYDAY": day}


def _places(at: datetime) -> set[int]:
    """Return which of its weekday in the month ``at`` is: 1 for the first, and -1 for the last."""
    last = at.day + 7 > monthrange(at.year, at.month)[1]
    return {(at.day - 1) // 7 + 1} | ({-1} if last else set())
