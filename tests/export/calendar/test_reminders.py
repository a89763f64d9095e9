"""Calendar files, as an independent reader expands them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, Timezone
from msgspec.structs import replace

from audioguide.export.calendar.reminders import Breaks, Reminders, calendar_file
from audioguide.export.calendar.time_zone import time_zone
from audioguide.model.kinds import Day
from audioguide.model.protocol import Programme, TimesAWeek
from audioguide.prescribe.training_days import session_dates
from tests.examples import examples, part

BERLIN = ZoneInfo("Europe/Berlin")
HIP = Programme(daily_days=14, times_a_week=TimesAWeek(default=3, min=3, max=4))
MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]


def reminders_of(
    start: date = MONDAY, weeks: int = 12, days: tuple[Day, ...] = (), programme: Programme | None = HIP
) -> Reminders:
    dates = session_dates(programme or Programme(), start, weeks, days)
    return Reminders("hip-flexor", "Hip flexor release", None, programme, dates, (time(18),), 40, 10, BERLIN)


def events(reminders: Reminders) -> list[Event]:
    return Calendar.from_ical(calendar_file(reminders)).events


def starts(file: bytes, title: str) -> Iterator[datetime]:
    """Yield when each event called ``title`` begins, every recurrence of it."""
    for event in recurring_ical_events.of(Calendar.from_ical(file)).all():
        if event["summary"] == title:
            yield event.start


def session_starts(reminders: Reminders) -> list[datetime]:
    return sorted(starts(calendar_file(reminders), reminders.title))


@pytest.mark.parametrize("start", WEEK, ids=lambda day: f"{day:%A}")
@pytest.mark.parametrize("weeks", [1, 2, 3, 12])
def test_reminders_come_on_the_days_of_the_programme(start, weeks):
    reminders = reminders_of(start, weeks)
    assert [moment.date() for moment in session_starts(reminders)] == list(reminders.dates)


@pytest.mark.parametrize("start", WEEK, ids=lambda day: f"{day:%A}")
def test_reminders_come_on_the_days_a_person_chose(start):
    days = (Day.TUESDAY, Day.THURSDAY, Day.SATURDAY, Day.SUNDAY)
    reminders = reminders_of(start, days=days)
    assert [moment.date() for moment in session_starts(reminders)] == list(session_dates(HIP, start, 12, days))


@pytest.mark.parametrize("start", WEEK, ids=lambda day: f"{day:%A}")
def test_a_protocol_without_programme_has_no_daily_part(start):
    reminders = reminders_of(start, programme=None)
    (event,) = events(reminders)
    assert event["rrule"]["FREQ"] == ["WEEKLY"]
    assert len(session_starts(reminders)) == 36
    assert {moment.weekday() for moment in session_starts(reminders)} == {0, 2, 4}


def test_twelve_weeks_are_a_daily_and_a_weekly_event():
    daily, weekly = events(reminders_of())
    assert daily["rrule"].to_ical() == b"FREQ=DAILY;COUNT=14"
    assert weekly["rrule"].to_ical() == b"FREQ=WEEKLY;COUNT=30;BYDAY=MO,WE,FR"
    assert (daily.start.date(), weekly.start.date()) == (MONDAY, date(2026, 12, 7))


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2026, 10, 25)])
def test_the_clock_on_the_wall_stays_where_the_clock_changes(change):
    reminders = reminders_of(change - timedelta(weeks=1))
    moments = session_starts(reminders)
    assert {moment.time() for moment in moments} == {time(18)}
    assert len({moment.astimezone(UTC).hour for moment in moments}) == 2


def test_a_session_keeps_its_length_over_the_change_of_the_clock():
    file = calendar_file(replace(reminders_of(date(2027, 3, 28)), times=(time(1, 30),)))
    recurring = recurring_ical_events.of(Calendar.from_ical(file)).all()
    assert {event.end.replace(tzinfo=None) - event.start.replace(tzinfo=None) for event in list(recurring)[1:]} == {
        timedelta(minutes=40)
    }


def test_breaks_come_every_hour_of_every_working_day():
    workdays = (Day.MONDAY, Day.TUESDAY, Day.WEDNESDAY, Day.THURSDAY, Day.FRIDAY)
    times = tuple(time(hour) for hour in range(10, 17))
    breaks = Breaks(session_dates(Programme(), WEEK[5], 12, workdays), times)
    file = calendar_file(replace(reminders_of(WEEK[5]), breaks=breaks))
    moments = sorted(starts(file, "Movement break"))
    assert [moment.replace(tzinfo=None) for moment in moments] == [
        datetime.combine(day, at) for day in breaks.dates for at in times
    ]
    of_breaks = [event for event in Calendar.from_ical(file).events if event["summary"] == "Movement break"]
    assert len(of_breaks) == 7
    for event in of_breaks:
        assert event["rrule"]["BYDAY"] == ["MO", "TU", "WE", "TH", "FR"]
        assert (event["duration"].dt, event["transp"]) == (timedelta(minutes=5), "TRANSPARENT")
        assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta()]


def test_every_event_has_a_name_of_its_own_that_outlives_new_dates_and_times():
    breaks = Breaks(tuple(WEEK[:5]), (time(10), time(11)))
    first = replace(reminders_of(), breaks=breaks)
    later = replace(
        reminders_of(WEEK[3], 20), breaks=Breaks(tuple(WEEK[:3]), (time(9, 30), time(10, 30))), times=(time(7),)
    )
    names = [event["uid"] for event in events(first)]
    assert len(set(names)) == 4
    assert [event["uid"] for event in events(later)] == names
    for other in (replace(first, profile="anna"), replace(first, protocol="interval")):
        assert not {event["uid"] for event in events(other)} & set(names)


def test_the_same_reminders_give_the_same_bytes():
    assert calendar_file(reminders_of()) == calendar_file(reminders_of())
    assert all(event["dtstamp"].dt == datetime(2026, 11, 23, tzinfo=UTC) for event in events(reminders_of()))


def test_a_file_made_on_a_later_day_counts_as_a_change_of_the_earlier_one():
    first, later = (events(replace(reminders_of(), made=date(2026, 12, day))) for day in (1, 2))
    for before, after in zip(first, later, strict=True):
        assert after["uid"] == before["uid"]
        assert after["sequence"] == before["sequence"] + 1
        assert after["dtstamp"].dt > before["dtstamp"].dt


def test_the_alarm_comes_before_the_session_or_not_at_all():
    daily, weekly = events(reminders_of())
    for event in (daily, weekly):
        (alarm,) = event.walk("VALARM")
        assert (alarm["action"], alarm["trigger"].dt) == ("DISPLAY", timedelta(minutes=-10))
        assert alarm["description"] == "Hip flexor release"
    assert not any(event.walk("VALARM") for event in events(replace(reminders_of(), remind=0)))


@pytest.mark.parametrize(
    ("programme", "words"),
    [
        (HIP, "Every day for 14 days, then on 3 to 4 days a week."),
        (Programme(daily_days=1, times_a_week=TimesAWeek(default=1)), "Every day for 1 day, then on 1 day a week."),
        (Programme(times_a_week=TimesAWeek(default=2, min=2, max=2)), "On 2 days a week."),
        (Programme(weeks=9), "On 3 days a week, for 9 weeks."),
        (None, "On 3 days a week."),
    ],
)
def test_the_description_says_how_often_and_that_it_is_no_advice(programme, words):
    for event in events(reminders_of(programme=programme)):
        assert event["description"] == f"{words} This informs; it is no medical advice."


def test_the_file_is_lines_of_75_bytes_at_most_that_end_in_crlf():
    file = calendar_file(replace(reminders_of(), title="Größe, Länge; Ruhe 🧘 " * 20))
    *lines, last = file.split(b"\r\n")
    assert last == b""
    assert all(len(line) <= 75 and b"\n" not in line and line.decode() for line in lines)


def test_what_has_a_meaning_in_the_format_is_escaped_in_a_title():
    # RFC 5545, 3.3.11. A backslash and an N mean a line break only in the file.
    file = calendar_file(replace(reminders_of(), title='\\N\\n; one, two\nthree: "four"'))
    written = rb'\\N\\n\; one\, two\nthree: "four"'
    assert file.count(b"SUMMARY:" + written + b"\r\n") == 2
    assert file.count(b"DESCRIPTION:" + written + b"\r\n") == 2


@settings(max_examples=examples(30), deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.just("\n")))
@example("\\N")
@pytest.mark.filterwarnings("ignore")
def test_any_title_is_read_back_as_it_was(title):
    for event in events(replace(reminders_of(), title=title)):
        assert event["summary"] == title
        assert event.walk("VALARM")[0]["description"] == title


def test_utc_needs_no_definition_of_its_zone():
    file = calendar_file(replace(reminders_of(), zone=ZoneInfo("Etc/UTC")))
    assert b"VTIMEZONE" not in file
    assert b"DTSTART:20261123T180000Z" in file


ZONES = (
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/Scoresbysund",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Jerusalem",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)


def moments(zone: ZoneInfo, first: datetime, last: datetime, step: timedelta) -> Iterator[datetime]:
    """Yield a moment every ``step``, and those just around each change of the zone's clock."""
    moment, minute, hour = first, timedelta(minutes=1), timedelta(hours=1)
    while moment < last:
        yield moment
        before, after = moment, moment + step
        while before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset() and after - before > minute:
            middle = before + (after - before) // (2 * minute) * minute
            changed = middle.astimezone(zone).utcoffset() != before.astimezone(zone).utcoffset()
            before, after = (before, middle) if changed else (middle, after)
        if after < moment + step:
            yield from (before - hour, before, after, after + hour)
        moment += step


@pytest.mark.parametrize("name", part(ZONES, of=3))
@pytest.mark.parametrize(("first", "years"), [(MONDAY, 0), (date(2027, 1, 1), 10), (date(1995, 6, 1), 2)])
def test_a_zone_in_the_file_keeps_the_time_of_the_zone(name, first, years):
    zone, last = ZoneInfo(name), first.replace(year=first.year + years) + timedelta(weeks=26)
    written = Timezone.from_ical(time_zone(zone, first, last).to_ical())
    clock = written.to_tz(lookup_tzid=False)
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    for moment in moments(zone, begin, end, timedelta(hours=70 if years else 10)):
        assert moment.astimezone(clock).utcoffset() == moment.astimezone(zone).utcoffset(), moment


def test_a_zone_with_yearly_rules_is_written_as_rules():
    spring, autumn = time_zone(BERLIN, MONDAY, MONDAY).subcomponents
    assert (spring.name, spring["rrule"].to_ical()) == ("DAYLIGHT", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3")
    assert (autumn.name, autumn["rrule"].to_ical()) == ("STANDARD", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10")
    assert (spring["dtstart"].dt, autumn["dtstart"].dt) == (datetime(2025, 3, 30, 2), datetime(2025, 10, 26, 3))


@pytest.mark.parametrize("start", [date(1, 1, 1), date(1890, 1, 1), date(9999, 1, 1)])
def test_far_days_are_written_too(start):
    assert [event.start.date() for event in events(reminders_of(start, 1))] == [start]
