"""Writes a time zone for a calendar file (RFC 5545, 3.6.5), as yearly rules where the zone follows such, else as dates.

By hand, as those of icalendar 7.3 (`Timezone.from_tzinfo`, https://github.com/collective/icalendar/pull/741) are of no
use here:

- They list the date of every change. Outlook ignores lists, and shifts all events of the other half of the year by an
  hour (https://github.com/iCalcreator/iCalcreator/issues/86, https://github.com/iCalcreator/iCalcreator/issues/106).
- They set the clock forward at 3:00 where it is set at 2:00: the time stands as the clock shows it after the change,
  and the standard wants it as the clock showed it before.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEARS_SEEN = 10
"""So many years tell the fourth Sunday of a month from its last one."""


class _Change(Struct, frozen=True):
    """One way in which the clock is set: the offsets before and after, and the name of the time after."""

    before: timedelta
    after: timedelta
    name: str


def time_zone(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """Return the definition of ``zone``, good for all days from ``first`` to ``last``."""
    from icalendar import Timezone

    # A year earlier, so that the change which holds on the first day is among them; the calendar has 9999 years.
    years = range(max(first.year - 1, 2), min(max(last.year, first.year + _YEARS_SEEN), 9997) + 1)
    moments: dict[_Change, list[datetime]] = defaultdict(list)
    for change, at in _changes(zone, years):
        moments[change].append(at)
    component = Timezone()
    component.add("tzid", zone.key)
    if not moments or min(map(min, moments.values())).date() >= first:
        # Nothing changes before the first day, so what holds then has to be told as a change from itself.
        start = datetime(years.start, 1, 1, tzinfo=UTC)
        offset = _offset(zone, start)
        opening = _Change(before=offset, after=offset, name=start.astimezone(zone).tzname() or zone.key)
        component.add_component(_observance(opening, [datetime(years.start, 1, 1)], years))
    for change, times in moments.items():
        component.add_component(_observance(change, times, years))
    return component


def _changes(zone: ZoneInfo, years: range) -> Iterator[tuple[_Change, datetime]]:
    """Yield each change of the clock, and when it comes by the clock as it ran before (RFC 5545, 3.6.5)."""
    start = datetime(years.start, 1, 1, tzinfo=UTC)
    length = (datetime(years.stop, 1, 1, tzinfo=UTC) - start).days
    days = (start + timedelta(days=number) for number in range(length + 1))
    for (day, before), (_, after) in pairwise((day, _offset(zone, day)) for day in days):
        if before != after:
            # zoneinfo names no changes: within the day, the first minute at which the offset before no longer holds.
            minute = bisect_left(
                range(24 * 60), True, key=lambda minute: _offset(zone, day + timedelta(minutes=minute)) != before
            )
            moment = day + timedelta(minutes=minute)
            name = moment.astimezone(zone).tzname() or zone.key
            yield _Change(before=before, after=after, name=name), (moment + before).replace(tzinfo=None)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _observance(change: _Change, moments: Sequence[datetime], years: range) -> TimezoneStandard | TimezoneDaylight:
    """Return the part of the definition that tells when ``change`` comes."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    component = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    component.add("dtstart", moments[0])
    component.add("tzoffsetfrom", change.before)
    component.add("tzoffsetto", change.after)
    component.add("tzname", change.name)
    every_year = [at.year for at in moments] == list(years)
    alike = len({(at.month, at.weekday(), at.time()) for at in moments}) == 1
    # Which of its weekday in the month each is: 1 for the first, and -1 for the last, which may be the fourth too.
    places: list[set[int]] = []
    for at in moments:
        last = at.day + 7 > monthrange(at.year, at.month)[1]
        places.append({(at.day - 1) // 7 + 1} | ({-1} if last else set()))
    common = set.intersection(*places)
    if every_year and alike and common:
        # Such as the last Sunday of March.
        day = f"{min(common)}{_DAYS[moments[0].weekday()]}"
        component.add("rrule", {"FREQ": "YEARLY", "BYMONTH": moments[0].month, "BYDAY": day})
    elif moments[1:]:
        component.add("rdate", list(moments[1:]))
    return component
