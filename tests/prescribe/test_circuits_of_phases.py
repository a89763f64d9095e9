"""Stations and rounds against the clock, in phases with sides, weeks and varying orders, and joined with others."""

from __future__ import annotations

import pytest

from audioguide.errors import FileError
from audioguide.export.handout.handout_page import _phases
from audioguide.export.week_contents import phase_lines
from audioguide.library.joining import Part, join_protocols
from audioguide.model.kinds import EventKind, RestRole, SpeechRole
from audioguide.model.timeline import Timeline
from audioguide.prescribe.growth import least_doses
from audioguide.prescribe.layers import Layer
from audioguide.prescribe.progression import protocol_of
from tests.helpers import HEAD, layer, parsed, session_of, timed

STATIONS = """
[[phase]]
title = "Flow"
sides = "each"
exercises = [{ use = "lunge", rest_s = 12 }, { use = "plank", work_s = 8, weeks = "2-" }, "reach"]
circuit = { rounds = 2, work_s = 20, rest_s = 5, round_rest_s = 30 }
[exercise.lunge]
name = "Lunge"
hold_s = 40
[exercise.plank]
name = "Plank"
sides = "both"
hold_s = 40
[exercise.reach]
name = "Reach"
hold_s = 40
"""

CLOCK = """
[programme]
grow_until_week = 5
[[phase]]
title = "Warm-up"
weeks = "1-2"
exercises = ["hang"]
[[phase]]
title = "Rounds"
exercises = [{ use = "push-ups", reps = 8 }, { use = "squats", reps = 10, weeks = "3-" }, { use = "hang", hold_s = 9 }]
circuit = { minutes = { default = 4, min = 2, max = 6 } }
[exercise.push-ups]
name = "Push-ups"
reps = 5
[exercise.squats]
name = "Squats"
reps = 5
[exercise.hang]
name = "Hang"
hold_s = 10
"""


def planned(text: str, *layers: Layer) -> Timeline:
    return timed(session_of(parsed(HEAD + text), *layers))[1]


def holds(timeline: Timeline) -> list[tuple[str | None, str | None, int]]:
    return [
        (hold.place.exercise, hold.place.side, round(hold.duration_ms / 1000))
        for hold in timeline.of_kind(EventKind.HOLD)
    ]


def rests_s(timeline: Timeline) -> list[int]:
    rests = [rest for rest in timeline.of_kind(EventKind.REST) if rest.role is RestRole.REST]
    return [round(rest.duration_ms / 1000) for rest in rests]


def test_stations_keep_their_times_in_both_turns_of_every_round():
    timeline = planned(STATIONS, layer(week=2))
    left = [("lunge", "left", 20), ("plank", None, 8), ("reach", "left", 20)]
    right = [("lunge", "right", 20), ("plank", None, 8), ("reach", "right", 20)]
    assert holds(timeline) == [*left, *right, *left, *right]
    assert rests_s(timeline) == [12, 5, 30, 12, 5, 30, 12, 5, 30, 12, 5]


def test_a_station_of_other_weeks_is_left_out_and_the_rest_before_it_stays():
    timeline = planned(STATIONS, layer(week=1))
    assert [name for name, *_ in holds(timeline)] == ["lunge", "reach"] * 4
    assert rests_s(timeline) == [12, 30] * 3 + [12]


def test_work_and_rests_of_turns_are_what_the_phase_takes_at_least():
    phase = session_of(parsed(HEAD + STATIONS), layer(week=2)).phases[0]
    assert phase.work_ms == phase.prescriptions[0].setup_ms + 1000 * (4 * 48 + 4 * 17 + 3 * 30)


def test_paper_says_the_rest_before_the_sides_change():
    [phase] = _phases(session_of(parsed(HEAD + STATIONS), layer(week=2)), {})
    doses = [tuple(text.replace("\u00a0", " ") for text in exercise.dose) for exercise in phase.exercises]
    assert doses == [
        ("20 s on each side", "12 s rest after it"), ("8 s", "5 s rest after it"),
        ("20 s on each side", "30 s rest before the sides change"),
    ]  # fmt: skip
    alike = STATIONS.replace('{ use = "lunge", rest_s = 12 }', '"lunge"').replace("rounds = 2", "rounds = 1")
    [phase] = _phases(session_of(parsed(HEAD + alike), layer(week=2)), {})
    assert phase.rounds.replace("\u00a0", " ").startswith(
        "Once through, with a rest of 5 s between exercises and 30 s where the sides change. All of it with the left"
    )


def test_one_treated_side_does_the_stations_once_a_round():
    timeline = planned(STATIONS, layer(week=2, only_side="right"))
    assert holds(timeline) == [("lunge", "right", 20), ("plank", None, 8), ("reach", "right", 20)] * 2
    assert rests_s(timeline) == [12, 5, 30, 12, 5]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            ('title = "Rounds"', 'title = "Rounds"\nsides = "each"'),
            'phase 2.sides: does not go with rounds against the clock; remove it, or give the exercises sides = "each"',
        ),
        (
            ('title = "Rounds"', 'title = "Rounds"\nshuffle = true\n'),
            "phase 2.exercises 1.setup_s: has no place in rounds against the clock",
        ),
    ],
)
def test_what_rounds_against_the_clock_cannot_have_is_one_line(change, problem):
    text = CLOCK.replace(*change)
    if "shuffle" in change[1]:
        text = text.replace("reps = 8", "reps = 8, setup_s = 9")
    with pytest.raises(FileError) as caught:
        parsed(HEAD + text)
    assert len(caught.value.problems) == 1
    assert str(caught.value.problems[0]).startswith(problem)


def stations_said(timeline: Timeline) -> list[str | None]:
    return [event.text for event in timeline.events if event.role is SpeechRole.STATION]


def test_rounds_against_the_clock_have_what_their_week_has_and_grow():
    found = {week: planned(CLOCK, layer(week=week)) for week in (1, 3, 5)}
    assert stations_said(found[1]) == ["8 push-ups.", "Hang, for 9 seconds."]
    assert stations_said(found[3]) == ["8 push-ups.", "10 squats.", "Hang, for 9 seconds."]
    # The phase before is of the first two weeks only, so that the phase's number differs from week to week.
    assert [holds(found[week])[-1] for week in (1, 3, 5)] == [(None, None, 120), (None, None, 240), (None, None, 360)]


def test_the_caps_of_a_week_are_numbered_as_its_phases_are():
    protocol = parsed(HEAD + CLOCK)
    for week, number in ((1, 2), (3, 1)):
        assert list(least_doses(protocol_of(protocol, week), "least").caps) == [number]


def test_the_lines_of_weeks_say_how_long_the_rounds_go_on():
    lines = phase_lines(session_of(parsed(HEAD + CLOCK), layer(week=3)))
    assert [line.replace("\u00a0", " ") for line in lines] == [
        "Rounds: as many rounds as you can in 4 min of Push-ups 8 times, Squats 10 times, Hang 9 s"
    ]


def test_shuffled_rounds_against_the_clock_are_told_in_the_order_of_the_seed():
    text = CLOCK.replace('title = "Rounds"', 'title = "Rounds"\nshuffle = true')
    orders = {tuple(stations_said(planned(text, layer(week=3, seed=seed)))) for seed in range(6)}
    assert len(orders) > 1
    assert {tuple(sorted(f"{text}" for text in order)) for order in orders} == {
        ("10 squats.", "8 push-ups.", "Hang, for 9 seconds.")
    }


def test_shuffled_stations_keep_the_rest_that_is_theirs():
    text = STATIONS.replace('sides = "each"\nexercises', "shuffle = true\nexercises")
    for seed in range(4):
        timeline = planned(text, layer(week=2, seed=seed))
        for (name, *_), rest_s in zip(holds(timeline)[:2], rests_s(timeline), strict=False):
            assert rest_s == (12 if name == "lunge" else 5)


def test_joined_rounds_against_the_clock_keep_their_times():
    clock = parsed(HEAD + CLOCK.replace("[programme]\ngrow_until_week = 5\n", "").replace('weeks = "1-2"', ""))
    joined = join_protocols([Part("a", parsed(HEAD + STATIONS)), Part("b", clock)])
    timeline = timed(session_of(joined, layer(week=3)))[1]
    assert holds(timeline)[-1] == (None, None, 240)
    assert len(holds(timeline)) == 14
