"""Rounds against the clock with what an exercise or a person has of their own: cues, calls, side, note, recordings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from audioguide.compose.composer import compose
from audioguide.compose.other_doses import texts_of_other_doses
from audioguide.errors import FileError
from audioguide.export.player.player_page import player_html
from audioguide.model.kinds import BeepRole, Detail, EventKind, SpeechRole
from audioguide.model.plan import PersonNote, Plan
from audioguide.model.script import Hold
from audioguide.model.session import Session
from audioguide.model.timeline import Timeline
from audioguide.model.voice import VoiceSettings
from tests.english import HANDOUT
from tests.helpers import layer, parsed, session_of, timed

ROUNDS = """
[[phase]]
title = "Rounds"
exercises = [PLANK, "lunge"]
circuit = { minutes = 2 }
[exercise.plank]
name = "Plank"
hold_s = 30
coaching = ["Breathe out."]
OWN
[exercise.lunge]
name = "Lunge"
sides = "each"
reps = 5
setup = ["Step forward with your {side} foot."]
coaching = ["Keep your {side} knee above your foot."]
"""
ALL_OFF = "cues = { halfway = false, ten_seconds = false, countdown = false, start = false, tips = false }"
CALLED = ["Ready.", "Halfway.", "Ten seconds."]


def rounds(own: str = "", place: str = '"plank"') -> str:
    return ROUNDS.replace("PLANK", place).replace("OWN", own)


def session(own: str = "", *layers: Any) -> Session:
    return session_of(parsed(rounds(own)), *layers)


def said(timeline: Timeline, *roles: SpeechRole) -> list[str | None]:
    return [event.text for event in timeline.events if event.role in roles]


def beeps(timeline: Timeline) -> list[str]:
    """Return the beeps that say something; the others wake the output before speech."""
    return [event.role for event in timeline.of_kind(EventKind.BEEP) if event.role is not BeepRole.LEAD]


def test_the_switches_of_its_first_exercise_do_not_rule_the_time():
    _, usual = timed(session())
    _, without = timed(session(ALL_OFF))
    assert said(usual, SpeechRole.TIME) == said(without, SpeechRole.TIME) == CALLED
    assert beeps(usual) == beeps(without)
    assert [beeps(without).count(role) for role in (BeepRole.START, BeepRole.COUNTDOWN, BeepRole.END)] == [1, 3, 1]


def test_the_tips_of_each_exercise_follow_its_own_switch():
    lunge = "About Lunge: Keep your left knee above your foot."
    assert said(timed(session())[1], SpeechRole.COACHING) == ["About Plank: Breathe out.", lunge]
    assert said(timed(session("cues = { tips = false }"))[1], SpeechRole.COACHING) == [lunge]
    wanted = layer(cues={"tips": True})
    assert len(said(timed(session("cues = { tips = false }", wanted))[1], SpeechRole.COACHING)) == 2


def test_the_person_s_switches_rule_the_time():
    script, timeline = timed(session("", layer(cues={"start": False, "countdown": False, "halfway": False})))
    # Halfway is the last minute: with the one off, the other is called.
    assert said(timeline, SpeechRole.TIME) == ["1 minute left.", "Ten seconds."]
    assert not {BeepRole.START, BeepRole.COUNTDOWN} & set(beeps(timeline))
    assert [step.beep for step in script.steps if isinstance(step, Hold)] == [None]


CALLS = 'every_s = 10\ncalls = [{ at_s = 15, say = "Half of the plank." }]'


def test_calls_of_a_hold_that_nobody_times_are_not_made_and_that_is_said():
    found = session(CALLS)
    assert found.warnings == (
        "the calls in 'plank' are not made in rounds against the clock, where each person times their own holds",
    )
    texts = {*compose(found).texts(), *texts_of_other_doses(found, 300_000)}
    assert not [text for text in texts if "Half of" in text or "seconds done." in text]
    assert list(HANDOUT.dose(found.prescriptions()[0], paced=False)) == ["30\N{NO-BREAK SPACE}s"]


@pytest.mark.parametrize(
    ("key", "stated"),
    [
        ("every_s", "every_s = 10"),
        ("calls", 'calls = [{ at_s = 15, say = "Half." }]'),
        ("cues.halfway", "cues = { halfway = false, tips = false }"),
        ("cues.start", "cues = { start = false }"),
    ],
)
def test_a_place_in_rounds_has_no_cues_of_a_timed_hold(key, stated):
    with pytest.raises(FileError) as error:
        parsed(rounds(place=f'{{ use = "plank", {stated} }}'))
    assert (
        str(error.value)
        .splitlines()[-1]
        .strip()
        .endswith(f"phase 1.exercises 1.{key}: has no place in rounds against the clock; remove it, or state rounds")
    )


def test_a_list_of_doses_has_no_place_in_rounds():
    with pytest.raises(FileError, match="lists 2 sets, and a circuit's rounds are its sets"):
        parsed(rounds(place='{ use = "plank", hold_s = [20, 30] }'))


def test_one_treated_side_is_the_only_one_that_is_said():
    found = session("", layer(only_side="right"))
    assert said(timed(found)[1], SpeechRole.STATION) == ["Plank, for 30 seconds.", "5 lunge on the right."]
    assert "Step forward with your right foot." in compose(found).texts()
    assert not [text for text in compose(found).texts() if "left foot" in text]


@pytest.mark.parametrize("detail", ["full", "brief", "minimal"])
def test_a_note_is_said_once_with_its_exercise_and_shown_on_the_page(detail):
    found = session("", layer("anna", detail=detail, exercise={"plank": {"note": "Mind your left knee."}}))
    _, timeline = timed(found)
    lines = said(timeline, SpeechRole.STATION, SpeechRole.CAUTION)
    assert lines[1] == "Mind your left knee."
    assert lines.count("Mind your left knee.") == 1
    notes = (PersonNote("plank", "Mind your left knee."),)
    plan = Plan("test", "Test", None, VoiceSettings(), timeline, notes=notes)
    assert "Mind your left knee." in player_html(plan, "session.mp3")


def test_a_tempo_of_a_person_s_own_is_told_to_be_of_no_use():
    found = session("", layer(exercise={"lunge": {"tempo": "3-1-1"}}))
    assert found.warnings == (
        "command line: 'lunge' is in rounds against the clock, where each person goes at their own pace; "
        "its tempo is not used there",
    )
    assert not found.changes


def test_recordings_are_heard_alone():
    recordings = {text: Path("a.wav") for text in ("Plank", "Breathe out.")}
    found = replace(session(), recordings=recordings)
    _, timeline = timed(found)
    assert said(timeline, SpeechRole.STATION)[:2] == ["Plank", "For 30 seconds."]
    assert said(timeline, SpeechRole.COACHING)[0] == "Breathe out."
    assert said(timed(replace(found, detail=Detail.MINIMAL))[1], SpeechRole.STATION)[0] == "Plank"
