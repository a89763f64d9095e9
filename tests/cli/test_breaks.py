"""Breaks from sitting that a protocol states: on the handout, and behind the session where they are wished for."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.export.tags.id3 import read_plan
from audioguide.export.titles import full_title
from tests.helpers import HEAD, HOLD

FAKE = ("--engine", "fake")
STAND = """
format = 1
id = "stand"
title = "Stand up"
summary = "For every hour."
safety = "Stop if you feel dizzy."
[[phase]]
title = "On your feet"
exercises = ["rise", "sway"]
[exercise.rise]
name = "Rise"
hold_s = { default = 20, min = 10, max = 30 }
read = "Stand up slowly."
avoid_if = ["pregnancy"]
[exercise.sway]
name = "Sway"
hold_s = 10
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/stand.toml").write_text(STAND)
    (tmp_path / "sub/own.toml").write_text(HEAD + 'breaks = "stand.toml"\n' + HOLD)
    return "sub/own.toml"


def page_of(audioguide, tmp_path: Path, *arguments: str) -> str:
    ran = audioguide("handout", *arguments, *FAKE, "-o", "page.html")
    assert ran.code == 0, ran.err
    page = (tmp_path / "page.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(page.split())


def test_the_handout_prints_breaks_as_this_person_does_them(audioguide, tmp_path, own):
    page = page_of(audioguide, tmp_path, own)
    assert '<h2 dir="auto">Stand up</h2>' in page
    assert "For every hour. Stop if you feel dizzy." in page
    assert "Stand up slowly." in page
    assert '<p class="work">20 s</p> <p>Range: 10–30 s</p>' in page
    page = page_of(
        audioguide, tmp_path, own, "--hold", "reach=50", "--avoid", "pregnancy", "--week", "2", "--minutes", "3"
    )
    assert "<bdi>Sway</bdi>" in page
    assert "<bdi>Rise</bdi>" not in page


def test_who_leaves_all_of_the_breaks_out_has_none_printed(audioguide, tmp_path, own):
    (tmp_path / "sub/stand.toml").write_text(STAND.replace(', "sway"]', "]"))
    assert "Stand up" not in page_of(audioguide, tmp_path, own, "--avoid", "pregnancy")


def test_with_breaks_does_them_at_the_end(audioguide, tmp_path, own):
    assert audioguide("build", own, "--with-breaks", *FAKE, "--quiet").out == "output/test-stand.mp3\n"
    plan = read_plan(tmp_path / "output/test-stand.mp3")
    assert full_title(plan) == "Test session and Stand up"
    assert [chapter.name for chapter in plan.timeline.chapters][1:-1] == ["Reach", "Rise", "Sway"]
    page = page_of(audioguide, tmp_path, own, "--with-breaks")
    assert "2.</span> <bdi>Rise</bdi>" in page, "they are part of the session"
    assert page.count("<bdi>Rise</bdi>") == 1


def test_breaks_that_are_named_too_are_done_once(audioguide, tmp_path, own):
    for asked in ((own, "sub/stand.toml"), (own, "sub/stand.toml", "--with-breaks")):
        assert page_of(audioguide, tmp_path, *asked).count("<bdi>Rise</bdi>") == 1


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        ('"gone.toml"', "sub/gone.toml: does not exist; check the path"),
        ('"movement-brake"', "breaks: unknown protocol 'movement-brake'; did you mean 'movement-break'?"),
        ('"own.toml"', "breaks: goes in a circle: own.toml → own.toml"),
        ('"clash.toml"', "breaks: exercise 'reach' is another one in"),
        ("3", "breaks: 3 is not a text in quotes"),
    ],
)
def test_breaks_that_cannot_be_are_a_problem_of_the_file(audioguide, tmp_path, own, breaks, message):
    (tmp_path / "sub/clash.toml").write_text(HEAD.replace('"test"', '"clash"') + HOLD.replace("= 45", "= 50"))
    (tmp_path / own).write_text(HEAD + f"breaks = {breaks}\n" + HOLD)
    ran = audioguide("protocol", "check", own)
    assert ran.code == 2
    assert message in ran.err


def test_with_breaks_where_none_are_stated_is_refused(audioguide, tmp_path):
    (tmp_path / "plain.toml").write_text(HEAD + HOLD)
    ran = audioguide("plan", "plain.toml", "--with-breaks", *FAKE)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "--with-breaks: plain.toml states no breaks; write breaks = …" in ran.err


def test_no_result_replaces_the_file_of_breaks(audioguide, tmp_path, own):
    ran = audioguide("build", own, *FAKE, "--plan", "sub/stand.toml")
    assert ran.code == 2
    assert (tmp_path / "sub/stand.toml").read_text() == STAND
