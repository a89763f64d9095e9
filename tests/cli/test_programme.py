from pathlib import Path
from typing import NoReturn

import pytest

from audioguide.errors import SpeechError
from audioguide.export.tags.id3 import read_plan
from audioguide.verify.check import check
from tests.helpers import HEAD, HOLD

PROGRAMME = "[programme]\ndaily_days = 7\ntimes_a_week = 2\ngrow_until_week = 3\n"
QUICK = ("--engine", "fake", "-o", "out", "--started", "2026-11-23")


@pytest.fixture
def own(tmp_path: Path) -> str:
    (tmp_path / "own.toml").write_text(HEAD + PROGRAMME + HOLD)
    return "own.toml"


def test_each_distinct_session_is_made_once_with_an_index_and_a_playlist(audioguide, own, tmp_path):
    ran = audioguide("programme", own, "--weeks", "5", *QUICK)
    assert ran.code == 0
    folder = tmp_path / "out"
    assert sorted(path.name for path in folder.iterdir()) == [
        "index.txt", "programme.m3u8", "test-week-01.mp3", "test-week-02.mp3", "test-week-03.mp3",
    ]  # fmt: skip
    assert [read_plan(folder / f"test-week-0{week}.mp3").timeline.duration_ms for week in (1, 2, 3)] == sorted(
        read_plan(folder / f"test-week-0{week}.mp3").timeline.duration_ms for week in (1, 2, 3)
    )
    assert check(folder / "test-week-03.mp3").ok
    index = (folder / "index.txt").read_text()
    assert "Week   1  Mon 2026-11-23 to Sun 2026-11-29  test-week-01.mp3" in index
    assert "Week   5  Mon 2026-12-21 to Sun 2026-12-27  test-week-03.mp3" in index
    assert "every day" in index
    assert "reach hold_s: 45 → 30" in index
    entries = (folder / "programme.m3u8").read_text().splitlines()
    assert (entries[0], entries.pop(1)) == ("#EXTM3U", "# made by audioguide")
    assert len(entries) == 1 + 2 * (7 + 4 * 2)
    assert entries[1].startswith("#EXTINF:")
    assert "Mon 2026-11-23: Test session, week 1" in entries[1]
    assert set(entries[2::2]) == {"test-week-01.mp3", "test-week-02.mp3", "test-week-03.mp3"}


def test_a_protocol_that_does_not_grow_is_one_file_for_all_weeks(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    assert audioguide("programme", "own.toml", "--weeks", "3", *QUICK, "--quiet").code == 0
    assert [path.name for path in (tmp_path / "out").glob("*.mp3")] == ["test-week-01.mp3"]


def test_days_and_minutes_of_the_person_count(audioguide, own, tmp_path):
    ran = audioguide("programme", own, "--weeks", "2", *QUICK, "--days", "tue,sat", "--minutes", "3")
    assert ran.code == 0
    assert "Tue, Sat" in (tmp_path / "out/index.txt").read_text()
    changes = read_plan(tmp_path / "out/test-week-01.mp3").changes
    assert [(change.after, change.by) for change in changes] == [("60", "fit to 3 minutes")]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--weeks", "0"), "--weeks"),
        (("--weeks", "-1"), "--weeks"),
        (("--weeks", "9999"), "--weeks"),
        (("--week", "3"), "say how many with --weeks"),
        (("--days", "mon"), "this protocol is done on 2"),
        (("--days", "mon,someday"), "--days"),
        (("--started", "tomorrow"), "'tomorrow' is no date"),
    ],
)
def test_what_cannot_be_is_one_line_and_leaves_nothing(audioguide, own, tmp_path, options, words):
    ran = audioguide("programme", own, *QUICK[: -2 if "--started" in options else None], *options)
    assert ran.code == 2
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not list(tmp_path.rglob("*.mp3"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--minutes", "0"), "--minutes: 0"),
        (("--minutes", "2000"), "--minutes: 2000"),
        (("--week", "0"), "--week: 0"),
        (("--week", "-1"), "--week: -1"),
        (("--week", "9999"), "--week: 9999"),
        (("--started", "2999-01-01"), "2999-01-01"),
    ],
)
def test_impossible_wishes_of_a_build_are_one_clear_line(audioguide, own, options, words):
    ran = audioguide("build", own, "--engine", "fake", *options)
    assert ran.code == 2
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("minutes", ["2", "600"])
def test_minutes_that_cannot_be_reached_are_said_with_the_span_and_the_nearest_is_made(
    audioguide, own, tmp_path, minutes
):
    ran = audioguide("build", own, "--engine", "fake", "--minutes", minutes, "-o", "x.mp3")
    assert ran.code == 0
    assert "inside its ranges this session takes from" in ran.err or minutes == "2"
    assert (tmp_path / "x.mp3").exists()


def test_the_plan_says_what_moved_and_why(audioguide, own):
    ran = audioguide("plan", own, "--engine", "fake", "--minutes", "3")
    assert "by fit to 3 minutes" in ran.out


@pytest.mark.real
def test_a_circuit_that_grows_has_a_file_for_each_week_that_differs(audioguide, tmp_path):
    text = (Path(__file__).parent.parent / "cases/ranges-in-circuit/run-more.toml").read_text()
    (tmp_path / "own.toml").write_text(text)
    ran = audioguide("programme", "own.toml", "--weeks", "9", *QUICK, "--quiet")
    assert ran.code == 0
    weeks = sorted((tmp_path / "out").glob("*.mp3"))
    assert len(weeks) == 9
    lengths = [read_plan(week).timeline.duration_ms for week in weeks]
    assert lengths == sorted(set(lengths))


def test_how_often_a_day_is_said_by_every_text(audioguide, tmp_path):
    text = HEAD + "[programme]\ndaily_days = 3\ntimes_a_week = 2\ntimes_a_day = 3\n" + HOLD
    (tmp_path / "own.toml").write_text(text)
    assert audioguide("programme", "own.toml", "--weeks", "1", *QUICK, "--quiet").code == 0
    assert "Mon, Tue, Wed, Thu, 3 times a day" in (tmp_path / "out/index.txt").read_text()
    entries = (tmp_path / "out/programme.m3u8").read_text().splitlines()
    entries.pop(1)  # the mark
    assert len(entries) == 1 + 2 * 4 * 3
    assert [line.rpartition(",")[2] for line in entries[1:7:2]] == [" 1 of 3", " 2 of 3", " 3 of 3"]
    often = "Every day for 3 days, then on 2 days a week, 3 times a day"
    assert often in audioguide("plan", "own.toml", "--engine", "fake").out
    assert often in audioguide("protocol", "show", "own.toml").out
    assert audioguide("handout", "own.toml", "--engine", "fake", "--weeks", "1", "-o", "page.html").code == 0
    page = (tmp_path / "page.html").read_text()
    assert "then on Monday and Thursday, 3 times a day." in page
    assert "tick each time you did it" in page
    assert page.count('<span class="box">') == 4 * 3


COMMANDS = {
    "plan": ("plan", "own.toml", "--engine", "fake"),
    "build": ("build", "own.toml", "--engine", "fake", "-o", "x.mp3"),
    "handout": ("handout", "own.toml", "--engine", "fake", "-o", "x.html"),
    "calendar": ("calendar", "own.toml", "--zone", "Europe/Berlin", "--length", "30", "-o", "x.ics"),
    "programme": ("programme", "own.toml", "--engine", "fake", "-o", "out"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_days_and_a_start_that_cannot_be_are_refused_alike_by_every_command(audioguide, own, tmp_path, command):
    (tmp_path / "anna.toml").write_text('days = ["mon"]\n')
    for options, message in (
        (("--days", "mon"), "--days mon: 1 day a week was chosen; this protocol is done on 2"),
        (("--profile", "anna.toml"), "profile anna: 1 day a week was chosen; this protocol is done on 2"),
        (("--started", "2010-05-05"), "command line: started 2010-05-05 is over ten years ago; name a later day"),
    ):
        ran = audioguide(*COMMANDS[command], *options)
        assert (ran.code, ran.out, ran.err) == (2, "", f"audioguide: {message}\n")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["anna.toml", "own.toml"]


def test_a_programme_that_is_past_is_noted(audioguide, own):
    ran = audioguide("programme", own, "--engine", "fake", "-o", "out", "--weeks", "1", "--started", "2020-01-06")
    assert ran.err == "note: all sessions are past, the last one on 2020-01-12; name a later --started\n"


@pytest.mark.parametrize("command", ["build", "handout", "calendar", "programme"])
@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt, 130), (SpeechError("the voice is gone"), 1)])
def test_a_command_that_is_stopped_leaves_no_empty_folder(audioguide, own, tmp_path, monkeypatch, command, stop, code):
    def stopped(*_: object, **__: object) -> NoReturn:
        raise stop

    monkeypatch.setattr("audioguide.pipeline.prepare_session", stopped)
    options = ("-o", "deep/er") if command == "programme" else ()
    zone = ("--zone", "Europe/Berlin") if command == "calendar" else ("--engine", "fake")
    assert audioguide(command, own, *zone, *options).code == code
    assert [path.name for path in tmp_path.iterdir()] == ["own.toml"]


def test_a_folder_that_was_there_stays(audioguide, own, tmp_path, monkeypatch):
    def stopped(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("audioguide.pipeline.prepare_session", stopped)
    (tmp_path / "out").mkdir()
    assert audioguide("programme", own, *QUICK).code == 130
    assert (tmp_path / "out").is_dir()


def test_a_folder_that_can_not_be_made_is_one_line(audioguide, own):
    ran = audioguide("programme", own, "--engine", "fake", "-o", "x" * 300)
    assert (ran.code, ran.err.endswith("can't be made (File name too long); name another with -o\n")) == (2, True)


def test_weeks_whose_closing_differs_are_sessions_of_their_own(audioguide, tmp_path):
    closing = 'closing = [{ text = "Do this every day.", weeks = 1 }, { text = "Go on.", weeks = "2-" }]\n'
    (tmp_path / "own.toml").write_text(HEAD + closing + HOLD)
    assert audioguide("programme", "own.toml", "--engine", "fake", "--weeks", "3", "-o", "out").code == 0
    assert sorted(path.name for path in (tmp_path / "out").glob("*.mp3")) == ["test-week-01.mp3", "test-week-02.mp3"]
    said = [event.text for event in read_plan(tmp_path / "out/test-week-02.mp3").timeline.events]
    assert "Go on." in said
    assert "Do this every day." not in said
