"""Dates and days of the week are read alike by every command, by profile files and by the questions."""

from datetime import date
from pathlib import Path

import pytest

from audioguide.cli.questions import first_day
from audioguide.errors import RequestError
from audioguide.library.profile_files import load_profile

pytestmark = pytest.mark.usefixtures("tmp_path")  # they write into the current folder

FAKE = ("--engine", "fake")
CALENDAR = ("calendar", "--zone", "Europe/Berlin", "--length", "30", "-o", "out.ics")
PLAN = ("plan", "box-breathing", *FAKE, "--json")
HANDOUT = ("handout", "box-breathing", *FAKE, "-o", "out.html")
PROGRAMME = ("programme", *FAKE, "--weeks", "0")

DATE_OPTIONS = {
    "calendar --start or --started": (*CALENDAR, "--started"),
    "handout --start": (*HANDOUT, "--start"),
    "handout --started": (*HANDOUT, "--started"),
    "plan --started": (*PLAN, "--started"),
    "profile new --started": ("profile", "new", "anna", "--started"),
}
DAY_OPTIONS = {
    "calendar --days": (*CALENDAR, "--days"),
    "calendar --break-days": (*CALENDAR, "--breaks", "9:00-17:00", "--break-days"),
    "handout --days": (*HANDOUT, "--days"),
    "plan --days": (*PLAN, "--days"),
    "profile new --days": ("profile", "new", "anna", "--days"),
}


@pytest.mark.parametrize("text", ["2026-01-05", "20260105"])
@pytest.mark.parametrize("option", DATE_OPTIONS)
def test_every_option_takes_a_date_with_hyphens_and_without(audioguide, option, text):
    ran = audioguide(*DATE_OPTIONS[option], text)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("text", ["mon,wed,fri", "Monday,WED,friday", "monday, Wednesday, Fri"])
@pytest.mark.parametrize("option", DAY_OPTIONS)
def test_every_option_takes_days_short_or_whole_in_any_case(audioguide, option, text):
    ran = audioguide(*DAY_OPTIONS[option], text)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", "'soon' is no date; write one as YYYY-MM-DD, such as 2027-01-04"),
        ("5.1.2026", "'5.1.2026' is no date; write one as YYYY-MM-DD, such as 2027-01-04"),
        ("2026-W02-1", "'2026-W02-1' is no date; write one as YYYY-MM-DD, such as 2027-01-04"),
        ("2026-02-30", "'2026-02-30' is in no calendar; write a date such as 2027-01-04"),
        ("20260230", "'20260230' is in no calendar; write a date such as 2027-01-04"),
    ],
)
def test_what_is_no_date_is_refused_in_the_same_words_everywhere(audioguide, text, message):
    for option, command in DATE_OPTIONS.items():
        ran = audioguide(*command, text)
        name = option.partition(" --")[2].replace(" or ", "' / '")
        assert (ran.code, f"'--{name}': {message}" in ran.err) == (2, True), f"{option}: {ran.err}"
        assert len(ran.err.splitlines()) == 1
    with pytest.raises(RequestError) as refused:
        first_day(date(2026, 1, 5))(text)
    assert f"{refused.value}" == f"{message}, or none"
    Path("own.toml").write_text(f'started = "{text}"\n')
    assert audioguide("plan", "--profile", "own.toml").err == f"audioguide: own.toml: started: {message}\n"


@pytest.mark.parametrize("text", ["mon,someday", "someday", "sunday,some day", "mo"])
def test_what_is_no_day_is_refused_in_the_same_words_everywhere(audioguide, text):
    wrong = next(word for word in text.replace(" ", ",").split(",") if word not in ("mon", "sunday"))
    messages = set()
    for option, command in DAY_OPTIONS.items():
        ran = audioguide(*command, text)
        name = option.split()[-1]
        assert (ran.code, f"'{name}': '{wrong}' is no day of the week; " in ran.err) == (2, True), (
            f"{option}: {ran.err}"
        )
        messages.add(ran.err.partition("day of the week; ")[2].partition(" See")[0].removesuffix("."))
    Path("own.toml").write_text(f'days = "{text}"\n')
    messages.add(audioguide("plan", "--profile", "own.toml").err.partition("day of the week; ")[2].strip())
    assert len(messages) == 1


@pytest.mark.parametrize("days", ['["mon", "wed"]', '["Wednesday", "MON", "monday"]', '"Monday, wed"'])
@pytest.mark.parametrize("started", ["2026-11-02", '"2026-11-02"', '"20261102"', "20261102"])
def test_a_profile_file_takes_the_same_forms(days, started):
    Path("anna.toml").write_text(f"started = {started}\ndays = {days}\n")
    profile = load_profile("anna.toml")
    assert (profile.started, profile.days) == (date(2026, 11, 2), ("mon", "wed"))


def test_the_first_question_about_a_day_takes_the_same_forms():
    assert first_day(date(2026, 11, 1))("20261102") == date(2026, 11, 2)


def test_an_option_writes_the_usual_form_into_the_profile(audioguide):
    assert audioguide("profile", "new", "anna", "--started", "20261102", "--days", "Friday,mon").code == 0
    text = audioguide("profile", "show", "anna").out
    assert "started = 2026-11-02\n" in text
    assert 'days = ["mon", "fri"]\n' in text
