"""A greeting and a note from the option or the profile to the plan, the page and the handout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audioguide.library.profile_files import load_profile
from tests.helpers import HEAD, HOLD

WORDS = ("--greeting", "Hello Anna.", "--note", "reach=Mind your <left> knee.")


@pytest.fixture(autouse=True)
def _own() -> None:
    Path("own.toml").write_text(HEAD + HOLD)


def test_they_are_kept_in_a_profile_beside_doses(audioguide):
    assert audioguide("profile", "new", "anna", "--hold", "reach=50", *WORDS).code == 0
    assert audioguide("profile", "set", "anna", "--note", "reach=Go slowly.").code == 0
    profile = load_profile("anna")
    assert profile.greeting == "Hello Anna."
    assert profile.exercise["reach"].note == "Go slowly."
    assert profile.exercise["reach"].hold_s is not None
    assert audioguide("profile", "set", "anna", "--unset", "exercise.reach.note", "--unset", "greeting").code == 0
    assert load_profile("anna").greeting is None


def test_the_plan_the_page_and_the_handout_show_them(audioguide):
    shown = audioguide("plan", "own.toml", "--engine", "fake", *WORDS).out
    assert "“Hello Anna.”" in shown
    assert "To mind\n  reach: Mind your <left> knee." in shown
    plan = json.loads(audioguide("plan", "own.toml", "--engine", "fake", "--json", *WORDS).out)
    assert plan["notes"] == [{"exercise": "reach", "text": "Mind your <left> knee."}]
    assert plan["events"][1]["text"] == "Hello Anna."
    assert audioguide("build", "own.toml", "-o", "own.mp3", "--engine", "fake", "--quiet", *WORDS).code == 0
    assert audioguide("page", "own.mp3").code == 0
    page = Path("own.html").read_text()
    assert '<small class="mind">Mind your &lt;left&gt; knee.</small>' in page
    assert '"name":"Reach","note":"Mind your \\u003cleft\\u003e knee."' in page
    assert audioguide("handout", "own.toml", "-o", "sheet.html", "--engine", "fake", *WORDS).code == 0
    sheet = Path("sheet.html").read_text()
    assert '<p dir="auto">Hello Anna.</p>' in sheet
    assert "<strong>For you:</strong> <strong>Mind your &lt;left&gt; knee.</strong>" in sheet


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--note", "reach"], '--note reach: write EXERCISE=TEXT, such as --note "couch-stretch=Mind your left knee."'),
        (["--note", "reech=Go slowly."], "no exercise 'reech' in this session; did you mean 'reach'?"),
        (
            ["--note", "reach=Go {side}."],
            "--note reach: has braces, and nothing is filled in here; write the word itself",
        ),
        (["--greeting", "?!"], "--greeting: has no word that could be said"),
    ],
)
def test_what_cannot_be_said_is_one_line(audioguide, arguments, message):
    ran = audioguide("plan", "own.toml", "--engine", "fake", *arguments)
    assert ran.code == 2
    assert message in ran.err
