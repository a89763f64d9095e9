"""Cues that an exercise goes without, and calls of its protocol's own, down to their times."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.languages.en.spoken import SPOKEN as ENGLISH
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.timeline import Event, Timeline
from audioguide.model.units import FRAME_MS
from audioguide.schedule.efforts import CALL_GAP_MS
from tests.helpers import HOLD, REPS, layer, parsed, session_of, speech_ms, timed, timeline_of

OFF = "cues = { halfway = false, countdown = false, start = false }\n"

WALK = """
[[phase]]
title = "Walk"
exercises = ["walk"]
[exercise.walk]
name = "Walk"
hold_s = { default = 1200, min = 300, max = 1800 }
coaching = ["Walk tall.", "Breathe."]
every_s = 300
calls = [{ at_s = 600, say = "Ten minutes. Turn back." }]
"""


def in_holds(timeline: Timeline, role: SpeechRole) -> list[tuple[float, str | None]]:
    """Return when and what is said in each hold, in seconds from its start."""
    return [
        (round((event.start_ms - hold.start_ms) / 1000), event.text)
        for hold in timeline.of_kind(EventKind.HOLD)
        for event in timeline.of_kind(EventKind.SPEECH)
        if event.role is role and hold.start_ms <= event.start_ms < hold.end_ms
    ]


def beeps(timeline: Timeline) -> set[BeepRole]:
    return {BeepRole(event.role) for event in timeline.of_kind(EventKind.BEEP)}


def test_an_exercise_goes_without_the_cues_that_it_switches_off():
    timeline = timeline_of(HOLD + OFF)
    assert in_holds(timeline, SpeechRole.TIME) == [(35, "Ten seconds."), (35, "Ten seconds.")]
    assert not beeps(timeline) & {BeepRole.START, BeepRole.COUNTDOWN}
    assert "Ready." not in timeline.texts()
    assert [hold.duration_ms for hold in timeline.of_kind(EventKind.HOLD)] == [45_000, 45_000]


def test_its_switches_leave_other_exercises_as_they_are():
    both = HOLD.replace('["reach"]', '["reach", "bridge"]') + OFF + REPS.partition('["bridge"]')[2]
    started = [event for event in timeline_of(both).of_kind(EventKind.BEEP) if event.role is BeepRole.START]
    assert {event.place.exercise for event in started} == {"bridge"}


@pytest.mark.parametrize(
    ("exercise", "use", "person", "on"),
    [
        (None, None, None, True),
        (False, None, None, False),
        (None, False, None, False),
        (False, True, None, True),
        (True, False, None, False),
        (None, None, False, False),
        (True, True, False, False),
        (False, False, True, True),
    ],
)
def test_a_person_comes_before_a_use_and_a_use_before_the_exercise(exercise, use, person, on):
    def cues(value: bool | None) -> dict[str, Any]:
        return {} if value is None else {"cues": {"countdown": value}}

    table = {
        "format": 1,
        "id": "test",
        "title": "Test",
        "phase": [{"title": "Stretch", "exercises": [{"use": "reach", **cues(use)}]}],
        "exercise": {"reach": {"name": "Reach", "hold_s": 20, **cues(exercise)}},
    }
    timeline = timed(session_of(parse_protocol(table, "x.toml"), layer("profile anna", **cues(person))))[1]
    assert (BeepRole.COUNTDOWN in beeps(timeline)) is on


def test_a_use_keeps_the_switches_of_the_exercise_that_it_does_not_state():
    text = HOLD.replace('["reach"]', '[{ use = "reach", cues = { countdown = true } }]') + OFF
    found = beeps(timeline_of(text))
    assert BeepRole.COUNTDOWN in found
    assert BeepRole.START not in found


def test_without_tips_a_hold_has_no_coaching_and_keeps_its_instructions():
    timeline = timeline_of(HOLD + "cues = { tips = false }\n", layer(cues={"halfway": True}))
    roles = {event.role for event in timeline.of_kind(EventKind.SPEECH)}
    assert not roles & {SpeechRole.COACHING, SpeechRole.MISTAKE}
    assert {SpeechRole.SETUP, SpeechRole.CAUTION} <= roles


def test_a_set_of_reps_may_begin_without_a_beep():
    timeline = timeline_of(REPS + "cues = { start = false }\n")
    assert BeepRole.START not in beeps(timeline)
    assert len(timeline.of_kind(EventKind.REP)) == 8


def test_calls_begin_just_at_their_time_and_come_before_coaching():
    timeline = timeline_of(WALK)
    assert in_holds(timeline, SpeechRole.TIME) == [
        (300, "5 minutes done."),
        (600, "Ten minutes. Turn back."),
        (900, "15 minutes done."),
        (1190, "Ten seconds."),
    ]
    [hold] = timeline.of_kind(EventKind.HOLD)
    [call] = [event for event in timeline.events if event.text == "Ten minutes. Turn back."]
    assert abs(call.start_ms - hold.start_ms - 600_000) <= FRAME_MS / 2
    assert not timeline.dropped


def test_a_call_in_the_way_of_coaching_moves_the_coaching():
    text = WALK.replace("at_s = 600", "at_s = 3").replace("every_s = 300\n", "")
    coaching = [text for _, text in in_holds(timeline_of(text), SpeechRole.COACHING) if text not in ENGLISH.calm]
    assert coaching == ["Walk tall.", "Breathe."]
    assert in_holds(timeline_of(text), SpeechRole.TIME)[0] == (3, "Ten minutes. Turn back.")


def test_a_call_at_the_middle_takes_the_place_of_halfway():
    timeline = timeline_of(WALK.replace("at_s = 600", "at_s = 610"))
    assert [text for at, text in in_holds(timeline, SpeechRole.TIME) if 600 <= at < 620] == [
        "10 minutes done.",
        "Ten minutes. Turn back.",
    ]
    assert "Halfway." not in timeline.texts()


def test_a_shorter_hold_of_a_person_leaves_a_call_out_with_a_note():
    short = layer("profile anna", exercise={"walk": {"hold_s": 605}})
    session = session_of(parsed(WALK), short)
    assert session.warnings[0] == (
        "the call at 600 s in 'walk' is not made in a hold of 605 s, whose last ten seconds are kept for its end"
    )
    said = in_holds(timed(session)[1], SpeechRole.TIME)
    assert said == [(300, "5 minutes done."), (302, "Halfway."), (595, "Ten seconds.")]


def test_a_use_may_have_calls_of_its_own():
    text = WALK.replace('["walk"]', '[{ use = "walk", calls = [{ at_s = 60, say = "One." }], every_s = 900 }]')
    assert in_holds(timeline_of(text), SpeechRole.TIME)[:3] == [
        (60, "One."),
        (600, "Halfway."),
        (900, "15 minutes done."),
    ]


def test_a_call_names_the_side_that_works():
    text = HOLD + 'calls = [{ at_s = 10, say = "Reach {side}." }]\n'
    assert [text for at, text in in_holds(timeline_of(text), SpeechRole.TIME) if at == 10] == [
        "Reach left.",
        "Reach right.",
    ]


@given(
    hold_s=st.integers(20, 900),
    at=st.lists(st.integers(1, 900), max_size=4, unique=True),
    every_s=st.none() | st.integers(10, 400),
    detail=st.sampled_from(["full", "brief", "minimal"]),
)
def test_whatever_is_called_holds_are_exact_calls_on_time_and_the_last_ten_seconds_free(
    hold_s: int, at: list[int], every_s: int | None, detail: str
):
    fitting = [second for second in at if second < hold_s - 10]
    every = {} if every_s is None or every_s >= hold_s - 10 else {"every_s": every_s}
    calls = [{"at_s": second, "say": f"Call {second}."} for second in fitting]
    walk = {"name": "Walk", "hold_s": hold_s, "coaching": ["Walk tall."], "calls": calls, **every}
    table = {
        "format": 1,
        "id": "test",
        "title": "Test",
        "phase": [{"title": "Walk", "exercises": ["walk"]}],
        "exercise": {"walk": walk},
    }
    timeline = timed(session_of(parse_protocol(table, "x.toml"), layer(detail=detail)))[1]
    [hold] = timeline.of_kind(EventKind.HOLD)
    assert abs(hold.duration_ms - hold_s * 1000) <= FRAME_MS / 2
    said = {event.text: event for event in timeline.of_kind(EventKind.SPEECH)}
    dropped = {drop.text for drop in timeline.dropped}
    for second in fitting:
        text = f"Call {second}."
        assert text in said or text in dropped
        if text in said:
            assert_on_time(said[text], hold, second)
    # The first call of all has nothing before it that could take its time.
    if fitting and min(fitting) * 1000 + speech_ms("Call 999.") + CALL_GAP_MS < (hold_s - 10) * 1000:
        assert f"Call {fitting[0]}." in said
    ticks = [event for event in timeline.of_kind(EventKind.BEEP) if event.role is BeepRole.COUNTDOWN]
    assert [hold.end_ms - tick.start_ms for tick in ticks] == [3000, 2000, 1000]


def assert_on_time(event: Event, hold: Event, second: int) -> None:
    assert abs(event.start_ms - hold.start_ms - second * 1000) <= FRAME_MS / 2
    assert event.end_ms <= hold.end_ms - 10_000
