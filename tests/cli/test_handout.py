from pathlib import Path

import pytest

from tests.cli.fresh_process import imported
from tests.helpers import HEAD, HOLD

FAKE = ("--engine", "fake")


def test_the_page_is_written_and_named(audioguide, tmp_path: Path):
    ran = audioguide("handout", *FAKE, "-o", "page.html")
    assert (ran.code, ran.out) == (0, "page.html\n")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<bdi>Couch stretch</bdi>" in page
    assert "Week 1 begins on:" in page


def test_without_a_name_the_page_goes_beside_the_recording(audioguide, tmp_path: Path):
    ran = audioguide("handout", "box-breathing", *FAKE)
    assert (ran.code, ran.out) == (0, f"{Path('output', 'box-breathing.html')}\n")
    assert (tmp_path / "output/box-breathing.html").is_file()


def test_doses_are_this_persons(audioguide, tmp_path: Path):
    own = ["--hold", "couch-stretch.right=75", "--avoid", "pregnancy", "--first-side", "right"]
    assert audioguide("handout", *FAKE, *own, "-o", "page.html").code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "Right 75 s, left 60 s" in page
    assert "(avoided: pregnancy)" in page


def test_start_gives_dates_and_days_are_the_persons(audioguide, tmp_path: Path):
    asked = ["--start", "2026-10-05", "--days", "tue,thu,sat", "--weeks", "3"]
    assert audioguide("handout", *FAKE, *asked, "-o", "page.html").code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert (
        "then 3 to 4 days a week, here on Tuesday, Thursday and Saturday. Week 1 begins on Monday 5 October 2026."
        in page
    )
    assert "25 Oct" in page
    assert "26 Oct" not in page


def test_the_weeks_printed_are_those_of_the_doses(audioguide, tmp_path: Path):
    (tmp_path / "anna.toml").write_text('name = "Anna"\nweek = 6\nstarted = 2026-01-05\n')
    assert audioguide("handout", *FAKE, "--profile", "anna.toml", "-o", "page.html").code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>Hip flexor release for Anna</title>" in page
    assert "Week 6 begins on Monday 9 February 2026." in page
    asked = ("--profile", "anna.toml", "--start", "2026-03-02")
    assert audioguide("handout", *FAKE, *asked, "-o", "page.html").code == 0
    assert "Week 6 begins on Monday 2 March 2026." in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_protocol_without_a_programme_has_every_day_to_tick(audioguide, tmp_path: Path):
    assert audioguide("handout", "interval", *FAKE, "-o", "page.html").code == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").count('class="box"') == 28


def test_own_days_without_a_programme_are_in_the_order_of_the_week(audioguide, tmp_path: Path):
    assert audioguide("handout", "interval", *FAKE, "--days", "fri,mon", "-o", "page.html").code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "On Monday and Friday. Week 1 begins on" in page
    assert page.count('class="box"') == 8


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "page.html", "--start", "2026-02-30"], "'--start': '2026-02-30' is in no calendar; write a date"),
        (["-o", "page.html", "--start", "9999-12-30"], "the calendar ends before week 4 does"),
        (["-o", "page.html", "--start", "0001-01-02", "--week", "9"], "the calendar ends before week 12 does"),
        (["-o", "page.html", "--days", "mon"], "this protocol is done on 3 to 4"),
        (["-o", "page.html", "--weeks", "0"], "0 is not in the range"),
        (["-o", "none/page.html"], "the folder none does not exist"),
    ],
)
def test_what_cannot_be_is_one_line(audioguide, tmp_path: Path, arguments: list[str], message: str):
    ran = audioguide("handout", *FAKE, *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "page.html").exists()


def test_the_page_never_replaces_the_protocol(audioguide, tmp_path: Path):
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    ran = audioguide("handout", "own.toml", *FAKE, "-o", "own.toml")
    assert ran.code == 2
    assert "what the session is made from" in ran.err


def test_help_loads_no_template_engine():
    assert "jinja2" not in imported("--help") | imported("handout", "--help")


def test_the_doses_are_those_of_the_recording_fitted_to_minutes(audioguide, tmp_path):
    ran = audioguide("handout", "hip-flexor", "--engine", "fake", "--minutes", "20", "-o", "page.html")
    assert ran.code == 0
    page = " ".join((tmp_path / "page.html").read_text().split())
    usual = audioguide("handout", "hip-flexor", "--engine", "fake", "-o", "usual.html")
    assert usual.code == 0
    assert page != " ".join((tmp_path / "usual.html").read_text().split())
    assert "20 min" in page
