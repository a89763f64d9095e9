import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from audioguide.cli.build import build
from audioguide.export.registry import EXPORTS
from audioguide.export.tags.id3 import read_plan
from tests.helpers import HEAD, HOLD

QUICK = ("--engine", "fake", "--hold", "reach=5")


@pytest.fixture
def own(tmp_path: Path) -> str:
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    return "own.toml"


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.name.endswith(".tmp"))


def test_build_writes_an_mp3_with_its_plan_and_says_so(audioguide, own, tmp_path):
    ran = audioguide("build", own, *QUICK)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "output/test.mp3"
    assert "3 chapters:" in ran.out
    plan = read_plan(tmp_path / "output/test.mp3")
    assert plan.title == "Test session"
    assert plan.changes[0].by == "command line"


def test_quiet_prints_only_the_path(audioguide, own):
    ran = audioguide("build", own, *QUICK, "--quiet", "-o", "x.mp3")
    assert (ran.code, ran.out, ran.err) == (0, "x.mp3\n", "")


def test_plan_lyrics_and_subtitles_are_written_beside(audioguide, own, tmp_path):
    ran = audioguide("build", own, *QUICK, "-o", "x.mp3", "--plan", "p.json", "--lrc", "--vtt")
    assert ran.code == 0
    plan = json.loads((tmp_path / "p.json").read_text())
    assert plan["format"] == 1
    assert (tmp_path / "x.lrc").read_text().startswith("[")
    assert (tmp_path / "x.vtt").read_text().startswith("WEBVTT")


def test_the_same_inputs_give_the_same_bytes(audioguide, own, tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "cache"))  # first spoken, then from the cache
    for name in ("a.mp3", "b.mp3"):
        assert audioguide("build", own, *QUICK, "-o", name).code == 0
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_a_profile_names_the_file_and_the_plan(audioguide, own, tmp_path):
    assert audioguide("profile", "new", "anna", "--hold", "reach=6", "--engine", "fake").code == 0
    ran = audioguide("build", own, "--profile", "anna")
    assert ran.out.splitlines()[0] == "output/test-anna.mp3"
    assert read_plan(tmp_path / "output/test-anna.mp3").profile == "anna"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--hold", "reach=0"], "--hold reach: 0 is out of bounds; use a number of at least 1"),
        (["--hold", "reach=-5"], "--hold reach: -5 is out of bounds"),
        (["--hold", "reach=nan"], "--hold reach: nan is no number to count with"),
        (["--hold", "reach=inf"], "--hold reach: inf is no number to count with"),
        (["--hold", "reach=abc"], "--hold reach=abc: 'abc' is no number; write one such as couch-stretch=60"),
        (["--hold", "reach=1e9"], "--hold reach: 1000000000 is out of bounds; use a number of at most 86400"),
        (["--hold", "reach"], "--hold reach: write EXERCISE=SECONDS"),
        (["--hold", "reach.up=9"], "'up' is no side; use reach.left or reach.right"),
        (["--hold", "pigeon=9"], "no exercise 'pigeon' in this session"),
        (["--reps", "reach=2"], "'reach' is a hold and has no reps"),
        (["--sets", "reach=1.5"], "--sets reach: 1.5 is not a whole number"),
        (["--scale", "0"], "--scale: 0 is out of bounds"),
        (["--sets", "Reach Out=2"], "--sets Reach Out: 'Reach Out' is no id"),
        (["--hold", "reach.left=0"], "--hold reach.left: 0 is out of bounds"),
        (["--skip", "reach", "--skip", "A B"], "--skip: 'A B' is no id"),
        (["--choose", "a=B"], "--choose: 'B' is no id"),
        (["--lead-length", "5"], "--lead-length: 5 is out of bounds"),
        (["--breath-in", "0"], "--breath-in: 0 is out of bounds"),
        (["--music", ""], "--music: "),
        (["--skip", "reach"], "nothing is left to do"),
        (["--choose", "a=b"], "no choice 'a'; this protocol offers none"),
        (["--avoid", "flu"], "no exercise knows the condition 'flu'"),
        (["--engine", "siri"], "no voice engine 'siri'"),
        (["--voice", "nobody"], "nobody"),
        (["--rate", "10000"], "--rate: 10000 is out of bounds; use a number of at most 300"),
        (["--volume", "2"], "--volume: 2 is out of bounds"),
        (["--profile", "anna"], "no profile 'anna'"),
        (["--profile", "x/none.toml"], "x/none.toml: does not exist"),
        (["-o", "none/x.mp3"], "none/x.mp3: the folder none does not exist"),
        (["-o", "folder"], "folder is a folder; name a file in it"),
        (["-o", "own.toml/x.mp3"], "own.toml is no folder"),
        (["-o", "x" * 300 + ".mp3"], "file name too long"),
        (["-o", "x.mp3", "--plan", "x.mp3"], "another result goes there"),
        (["--detail", "much"], "'much' is not one of 'full', 'brief', 'minimal'"),
        (["--first-side", "up"], "'up' is not one of 'left', 'right'"),
        (["--holt", "a=1"], "No such option '--holt'"),
    ],
)
def test_a_mistake_is_one_clear_line_and_exit_code_2(audioguide, own, tmp_path, arguments, message):
    (tmp_path / "folder").mkdir()
    ran = audioguide("build", own, *(() if "--engine" in arguments else ("--engine", "fake")), *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert len([line for line in ran.err.splitlines() if not line.startswith(("Usage:", "Try"))]) <= 2
    assert left_over(tmp_path) == []
    assert not list(tmp_path.rglob("*.mp3"))


def test_an_unknown_protocol_is_refused_with_similar_names(audioguide):
    ran = audioguide("build", "hip-flexer")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "audioguide: unknown protocol 'hip-flexer'; did you mean 'hip-flexor'? (a file is named by its path)\n"
    )


def test_every_problem_of_a_file_is_a_line(audioguide, tmp_path):
    (tmp_path / "bad.toml").write_text(HEAD + HOLD.replace("hold_s", "holds") + "rest = 3\n")
    ran = audioguide("build", "bad.toml")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 3
    assert all(line.startswith("audioguide: bad.toml: exercise.reach") for line in ran.err.splitlines())


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere: run the tests as an ordinary user"
)
def test_a_folder_that_may_not_be_written_to_is_refused(audioguide, own, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    ran = audioguide("build", own, *QUICK, "-o", "locked/x.mp3")
    assert ran.code == 2
    assert "may not be written to" in ran.err


def test_a_full_disk_is_said_and_leaves_the_earlier_file(audioguide, own, tmp_path, monkeypatch):
    (tmp_path / "x.mp3").write_bytes(b"earlier")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = audioguide("build", own, *QUICK, "-o", "x.mp3")
    assert (ran.code, ran.err) == (1, "audioguide: x.mp3: the disk is full; free some space and run this again\n")
    assert (tmp_path / "x.mp3").read_bytes() == b"earlier"
    assert left_over(tmp_path) == []


def test_ctrl_c_leaves_the_earlier_file_and_exit_code_130(audioguide, own, tmp_path, monkeypatch):
    (tmp_path / "x.mp3").write_bytes(b"earlier")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    ran = audioguide("build", own, *QUICK, "-o", "x.mp3")
    assert ran.code == 130
    assert (tmp_path / "x.mp3").read_bytes() == b"earlier"
    assert left_over(tmp_path) == []


def test_a_warning_goes_to_stderr_and_the_build_goes_on(audioguide, own):
    ran = audioguide("build", own, *QUICK)
    assert ran.code == 0
    assert "note: command line: hold_s 5 for 'reach' is outside the protocol's 30 to 60; done as asked" in ran.err


def test_no_result_replaces_what_it_is_made_from(audioguide, own, tmp_path):
    before = (tmp_path / own).read_bytes()
    (tmp_path / "link.mp3").symlink_to(own)
    for arguments in (["-o", own], ["-o", "link.mp3"], ["--plan", f"../{tmp_path.name}/{own}"]):
        ran = audioguide("build", own, *QUICK, *arguments)
        assert ran.code == 2
        assert "it is what the session is made from" in ran.err
    assert audioguide("plan", own, *QUICK, "--svg", own).code == 2
    assert (tmp_path / own).read_bytes() == before


def test_two_results_never_go_into_one_file(audioguide, own, tmp_path):
    for arguments in (
        ["-o", "x.mp3", "--plan", f"../{tmp_path.name}/x.mp3"],
        ["-o", "y.mp3", "--lrc", "--plan", "y.lrc"],
    ):
        ran = audioguide("build", own, *QUICK, *arguments)
        assert ran.code == 2
        assert "another result goes there" in ran.err


def test_a_name_too_long_is_one_short_line(audioguide):
    ran = audioguide("build", "x" * 5000)
    assert ran.code == 2
    assert len(ran.err) < 500
    assert len(ran.err.splitlines()) == 1


@pytest.mark.real
def test_an_output_that_takes_nothing_is_one_line(tmp_path):
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "audioguide", "protocol", "list"]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "no space left" in ran.stderr


@pytest.mark.real
def test_a_terminal_without_every_sign_gets_a_question_mark():
    command = [sys.executable, "-m", "audioguide", "protocol", "show", "hip-flexor"]
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    ran = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert ran.returncode == 0
    assert b"(60?120) s" in ran.stdout


def test_every_export_with_words_for_an_option_has_one():
    options = {option.name: option for option in build.params if isinstance(option, click.Option)}
    stated = {name: export.help for name, export in EXPORTS.items() if export.help}
    assert stated
    assert {name: options[name].help for name in stated} == stated


RANGED = HOLD.replace("min = 30", "min = 5").replace('"Breathe out."', '"Breathe out.", "Let go."')


def test_build_tells_where_less_is_said_than_nobody_asked_for(audioguide, tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + RANGED)
    ran = audioguide("build", "own.toml", "--engine", "fake", "--minutes", "1", "-o", "x.mp3")
    assert "less is said: session detail: full → brief, by fit to 1 minute" in ran.out.splitlines()
    assert [change.after for change in read_plan(tmp_path / "x.mp3").changes if change.what == "detail"] == ["brief"]
    ran = audioguide("build", "own.toml", "--engine", "fake", "--minutes", "1", "--detail", "full", "-o", "x.mp3")
    assert "less is said" not in ran.out


def test_what_a_person_is_told_first_is_in_the_plan_the_page_and_on_paper(audioguide, own, tmp_path):
    words = "This session is not cleared in case of pregnancy. Ask a midwife or physiotherapist before you begin."
    asked = (own, *QUICK, "--avoid", "pregnancy")
    assert audioguide("build", *asked, "-o", "x.mp3").code == 0
    assert read_plan(tmp_path / "x.mp3").notices == (words,)
    assert f"Told first\n  {words}" in audioguide("plan", *asked).out
    for command in (("page", "x.mp3"), ("handout", *asked)):
        assert audioguide(*command, "-o", "x.html").code == 0
        assert words in (tmp_path / "x.html").read_text()
