from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar

from audioguide.library.protocol_files import load_protocol
from audioguide.model.kinds import Day
from audioguide.prescribe.training_days import session_dates
from tests.cli.fresh_process import imported
from tests.helpers import HEAD, HOLD

BERLIN = ("--zone", "Europe/Berlin", "--length", "30")


@pytest.fixture
def write(audioguide):
    """Return a function that calls the command with a fixed zone and length, and reads the file that it wrote."""

    def call(*arguments: str) -> Calendar:
        ran = audioguide("calendar", *arguments, *BERLIN, "-o", "made.ics")
        assert ran.code == 0, ran.err
        return Calendar.from_ical(Path("made.ics").read_bytes())

    return call


def moments(calendar: Calendar, title: str = "Hip flexor release") -> list[datetime]:
    found = (event for event in recurring_ical_events.of(calendar).all() if event["summary"] == title)
    return sorted(event.start.replace(tzinfo=None) for event in found)


def profile(text: str) -> str:
    Path("anna.toml").write_text(text, encoding="utf-8")
    return "anna.toml"


def programme():
    found = load_protocol("hip-flexor").programme
    assert found is not None
    return found


def test_twelve_weeks_of_the_built_in_session(write):
    found = moments(write("--start", "2026-11-23"))
    assert [moment.date() for moment in found] == list(session_dates(programme(), date(2026, 11, 23), 12))
    assert (len(found), found[0], found[-1]) == (44, datetime(2026, 11, 23, 18), datetime(2027, 2, 12, 18))


def test_the_file_is_named_like_the_session(audioguide):
    assert audioguide("calendar", *BERLIN).out.splitlines()[0] == "output/hip-flexor.ics"
    profile('detail = "brief"')
    ran = audioguide("calendar", "interval", "--profile", "anna.toml", *BERLIN)
    assert ran.out.splitlines()[0] == "output/interval-anna.ics"
    assert Path("output/interval-anna.ics").is_file()


def test_what_was_written_is_said(audioguide):
    ran = audioguide("calendar", "--start", f"{date.today()}", *BERLIN, "--breaks", "9:00-17:00", "--weeks", "2")
    last = date.today() + timedelta(days=13)
    assert ran.out.splitlines()[1] == (
        f"14 sessions of 30 min from {date.today()} to {last}, at 18:00 (Europe/Berlin); "
        "7 movement breaks a working day, 10:00 to 16:00"
    )
    assert ran.err == ""


def test_start_and_days_are_the_profiles_unless_asked_otherwise(write):
    name = profile('started = 2026-12-01\ndays = ["tue", "thu", "sat", "sun"]')
    days = (Day.TUESDAY, Day.THURSDAY, Day.SATURDAY, Day.SUNDAY)
    found = moments(write("--profile", name))
    assert [moment.date() for moment in found] == list(session_dates(programme(), date(2026, 12, 1), 12, days))
    found = moments(write("--profile", name, "--start", "2027-01-04", "--days", "Fri, mon,wed", "--weeks", "3"))
    days = (Day.MONDAY, Day.WEDNESDAY, Day.FRIDAY)
    assert [moment.date() for moment in found] == list(session_dates(programme(), date(2027, 1, 4), 3, days))


def test_without_a_start_it_is_today(write):
    assert moments(write())[0].date() == date.today()


def test_time_alarm_and_length_are_as_asked(write):
    calendar = write("--time", "6:45", "--remind", "0", "--start", "2026-11-23")
    assert {moment.time() for moment in moments(calendar)} == {time(6, 45)}
    assert timedelta(minutes=30) == calendar.events[0].DURATION
    assert not calendar.walk("VALARM")


def test_breaks_come_after_each_working_hour(write):
    calendar = write("--start", "2026-11-23", "--weeks", "1", "--breaks", "8:30–12:30", "--break-days", "tue,thu")
    days, times = (date(2026, 11, 24), date(2026, 11, 26)), (time(9, 30), time(10, 30), time(11, 30))
    assert moments(calendar, "Movement break") == [datetime.combine(day, at) for day in days for at in times]


def test_a_session_takes_its_own_length_up_to_the_next_five_minutes(audioguide):
    Path("own.toml").write_text(HEAD + HOLD)
    name = profile('voice = { engine = "fake" }')
    planned = audioguide("plan", "own.toml", "--profile", name, "--json").out
    milliseconds = int(planned.split('"duration_ms": ')[1].split(",")[0])
    assert audioguide("calendar", "own.toml", "--profile", name, "--zone", "Asia/Tokyo", "-o", "x.ics").code == 0
    minutes = Calendar.from_ical(Path("x.ics").read_bytes()).events[0]["duration"].dt.total_seconds() / 60
    assert minutes % 5 == 0
    assert 0 <= minutes - milliseconds / 60_000 < 5


def test_the_same_command_writes_the_same_file(write):
    write("--start", "2026-11-23")
    first = Path("made.ics").read_bytes()
    write("--start", "2026-11-23")
    assert Path("made.ics").read_bytes() == first


def test_a_profile_has_reminders_of_its_own(write):
    plain = {event["uid"] for event in write().events}
    assert not plain & {event["uid"] for event in write("--profile", profile('name = "Anna"')).events}


def test_the_zone_is_the_machines_unless_named(audioguide, monkeypatch):
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "America/New_York")
    ran = audioguide("calendar", "--length", "30", "-o", "x.ics")
    assert (ran.code, ran.err) == (0, "")
    assert "DTSTART;TZID=America/New_York:" in Path("x.ics").read_text()
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Etc/UTC")
    ran = audioguide("calendar", "--length", "30", "-o", "x.ics")
    assert ran.code == 0
    assert ran.err == (
        "note: this machine's clock runs on UTC; if yours does not, add --zone, such as --zone Europe/Berlin\n"
    )


@pytest.mark.parametrize("name", [None, "Mars/Crater"])
def test_a_machine_without_a_zone_asks_for_one(audioguide, monkeypatch, name):
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: name)
    ran = audioguide("calendar", "--length", "30")
    assert ran.code == 2
    assert "name yours, such as --zone Europe/Berlin" in ran.err


def test_a_start_long_past_is_noted(audioguide):
    ran = audioguide("calendar", "--start", "2020-01-06", *BERLIN)
    assert (ran.code, ran.err) == (0, "note: all sessions are past, the last one on 2020-03-27; name a later --start\n")
    start = date.today() - timedelta(days=400)
    ran = audioguide("calendar", "--start", f"{start}", "--weeks", "100", *BERLIN)
    assert (ran.code, ran.err) == (0, f"note: the first session, on {start}, is more than a year past\n")


def test_a_start_far_ahead_is_fine(audioguide):
    ran = audioguide("calendar", "--start", "2099-01-05", *BERLIN)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--start", "23.11.2026"], "'--start' / '--started': '23.11.2026' is no date; write one as YYYY-MM-DD"),
        (["--start", "2026-02-30"], "'--start' / '--started': '2026-02-30' is in no calendar"),
        (["--start", "9999-12-01"], "12 weeks from 9999-12-01 lie beyond the calendar"),
        (["--time", "25:00"], "'--time': '25:00' is no time; write one as HH:MM"),
        (["--time", "6pm"], "'--time': '6pm' is no time; write one as HH:MM"),
        (["--weeks", "0"], "--weeks 0: name a number from 1 to 520"),
        (["--weeks", "-1"], "--weeks -1: name a number from 1 to 520"),
        (["--weeks", "9999"], "--weeks 9999: name a number from 1 to 520"),
        (["--weeks", "many"], "--weeks"),
        (["--remind", "-5"], "--remind -5: name a number from 0 to 10080"),
        (["--length", "0"], "--length 0: name a number from 1 to 1440"),
        (["--days", "mon,midweek"], "'--days': 'midweek' is no day of the week; there is mon, tue, wed"),
        (["--days", ""], "'' is no day of the week"),
        (["--days", "mon"], "--days mon: 1 day a week was chosen; this protocol is done on 3 to 4"),
        (["--zone", "Europe/Berlín"], "did you mean 'Europe/Berlin'"),
        (["--zone", "berln"], "did you mean 'Europe/Berlin'"),
        (["--zone", "new york"], "did you mean 'America/New_York'?"),
        (["--zone", "Xqz"], "there is no time zone 'Xqz'; name one such as --zone Europe/Berlin"),
        (["--zone", "../../etc/passwd"], "there is no time zone '../../etc/passwd'"),
        (["--breaks", "17:00-9:00"], "'--breaks': '17:00-9:00' end before they start"),
        (["--breaks", "9:00-10:00"], "'9:00-10:00' hold none; name more hours"),
        (["--breaks", "9:00"], "'9:00' are no hours; write them as HH:MM-HH:MM"),
        (["--breaks", "9-17"], "'9' is no time; write one as HH:MM"),
        (["--breaks", "9:00-17:00", "--break-days", "someday"], "'--break-days': 'someday' is no day"),
        (["--break-days", "mon"], "there are no breaks; add the hours"),
        (["-o", "nowhere/x.ics"], "the folder nowhere does not exist"),
        (["--profile", "nobody"], "no profile 'nobody'"),
        (["hip-flexer"], "hip-flexor"),
    ],
)
def test_mistakes_are_one_line_that_says_how_to_fix_them(audioguide, arguments, words):
    chosen = BERLIN if not {"--zone", "--length"} & set(arguments) else ("--start", "2026-11-23")
    ran = audioguide("calendar", *chosen, *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not list(Path().rglob("*.ics"))


def test_days_of_a_profile_that_the_protocol_does_not_allow_name_the_profile(audioguide):
    ran = audioguide("calendar", "--profile", profile('days = ["mon"]'), *BERLIN)
    assert (ran.code, "profile anna: 1 day a week" in ran.err) == (2, True)


def test_the_file_never_replaces_what_it_is_made_from(audioguide):
    Path("own.toml").write_text(HEAD + HOLD)
    assert audioguide("calendar", "own.toml", *BERLIN, "-o", "own.toml").code == 2
    assert audioguide("calendar", "--profile", profile('detail = "brief"'), *BERLIN, "-o", "anna.toml").code == 2


@pytest.mark.real
def test_help_loads_no_library_of_calendars():
    assert not {"icalendar", "tzlocal", "zoneinfo", "pydantic"} & imported("calendar", "--help")


THRICE = HEAD + "[programme]\ntimes_a_day = 3\ndaily_days = 7\n" + HOLD


def test_a_session_that_is_done_three_times_a_day_has_a_series_for_each(audioguide, write):
    Path("thrice.toml").write_text(THRICE)
    start = ("--start", f"{date.today()}", "--weeks", "1")
    calendar = write("thrice.toml", *start, "--time", "19:30", "--time", "7:00", "--time", "12:15")
    days = [date.today() + timedelta(days=number) for number in range(7)]
    times = (time(7), time(12, 15), time(19, 30))
    assert moments(calendar, "Test session") == [datetime.combine(day, at) for day in days for at in times]
    assert {str(event["description"]).partition(" 7 days")[2].partition(".")[0] for event in calendar.events} == {
        ", then on 3 days a week, 3 times a day"
    }
    assert len({event["uid"] for event in calendar.events}) == 3
    ran = audioguide("calendar", "thrice.toml", *start, *BERLIN)
    assert ran.err == "note: 3 times a day are spread to 8:00, 14:00 and 20:00; name yours with --time\n"
    assert "21 sessions of 30 min" in ran.out
    assert "at 8:00, 14:00 and 20:00 (Europe/Berlin)" in ran.out


def test_the_first_time_of_a_day_moves_the_event_of_the_only_one(write):
    (once,) = write("interval", "--time", "9:00").events
    first, second = write("interval", "--time", "18:00", "--time", "8:00").events
    assert (first["uid"], first.start.hour) == (once["uid"], 8)
    assert second["uid"] != once["uid"]


def test_times_that_do_not_fit_the_protocol_are_told(audioguide):
    Path("thrice.toml").write_text(THRICE)
    ran = audioguide("calendar", "thrice.toml", *BERLIN, "--time", "8:00", "--time", "18:00")
    words = "this protocol is done 3 times a day; name 3 times, or none to have them spread over the day"
    assert (ran.code, ran.err) == (2, f"audioguide: --time 8:00 and 18:00: {words}\n")
    ran = audioguide("calendar", *BERLIN, "--time", "8:00", "--time", "08:00")
    assert (ran.code, ran.err) == (2, "audioguide: --time 8:00 and 8:00: 8:00 is named twice; name each time once\n")
    ran = audioguide("calendar", *BERLIN, "--time", "8:00", "--time", "18:00")
    assert (ran.code, ran.err) == (0, "note: the protocol says once a day, and you named 2 times\n")
