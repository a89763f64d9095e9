"""A dose is said whenever it is not the one that was last said for its exercise."""

import pytest

from audioguide.model.kinds import SpeechRole
from audioguide.model.timeline import Timeline
from tests.cases import case, spoken, timeline_of_case, work
from tests.helpers import layer, session_of, timed, timeline_of


def doses(timeline: Timeline) -> list[tuple[str | None, str | None]]:
    """Return each dose that is said, with its exercise."""
    begins = ("For ", "Once", *(f"{number} " for number in range(1, 61)))
    return [
        (event.place.exercise, event.text)
        for event in spoken(timeline, SpeechRole.EXERCISE)
        if event.text and event.text.startswith(begins)
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "dose-unsaid/circuit-run-walk",
            [
                ("brisk-walk", "For 5 minutes."),
                *[
                    ("run", "For 90 seconds."),
                    ("walk", "For 90 seconds."),
                    ("run", "For 3 minutes."),
                    ("walk", "For 3 minutes."),
                ]
                * 2,
            ],
        ),
        (
            "dose-unsaid/list-run-walk",
            [
                ("run", "For 5 minutes."),
                ("walk", "For 3 minutes."),
                ("run", "For 8 minutes."),
                ("walk", "For 5 minutes."),
            ],
        ),
        (
            "dose-unsaid/pyramid-6-4-2",
            [
                ("curl-up", "6 times."),
                ("curl-up", "4 times."),
                ("curl-up", "2 times."),
                ("side-bridge", "6 times on each side."),
                ("side-bridge", "4 times on each side."),
                ("side-bridge", "2 times on each side."),
            ],
        ),
        ("dose-unsaid/circuit-of-reps", [("squat", "10 times."), ("row", "8 times on each side.")]),
        (
            "dose-unsaid/co2-table",
            [
                ("breathe", "For 2 minutes."),
                ("apnea", "For 2 minutes."),
                ("breathe", "For 1 minute 45 seconds."),
                ("breathe", "For 90 seconds."),
                ("breathe", "For 15 seconds."),
            ],
        ),
    ],
)
def test_each_dose_is_said_when_it_is_new(name, said):
    assert doses(timeline_of_case(name)) == said


def test_a_dose_is_said_before_what_it_is_the_dose_of_or_as_that_begins():
    timeline = timeline_of_case("dose-unsaid/circuit-run-walk")
    holds = work(timeline)
    said = [event for event in spoken(timeline, SpeechRole.EXERCISE) if event.text.startswith("For ")]
    for dose in said:
        hold = next(hold for hold in holds if hold.end_ms > dose.end_ms and hold.place.exercise == dose.place.exercise)
        assert dose.start_ms - hold.start_ms < 3_000


LADDER = """
[[phase]]
title = "Ladder"
exercises = [{ use = "press", reps = 1 }, { use = "press", reps = 2 }, { use = "press", reps = 3 }, "press"]
[exercise.press]
name = "Press"
reps = 3
tempo = [ { say = "Up", s = 2 }, { say = "Down", s = 2 } ]
"""


def test_a_ladder_counts_up_in_words():
    assert [text for _, text in doses(timeline_of(LADDER))] == ["Once.", "2 times.", "3 times."]


def test_sets_are_part_of_the_dose():
    sets = LADDER.replace("reps = 2 }", "reps = 1, sets = 2 }")
    assert [text for _, text in doses(timeline_of(sets))] == ["Once.", "2 sets of 1.", "3 times."]


TWO_PHASES = """
[[phase]]
title = "Round"
exercises = ["plank", "squat"]
circuit = { rounds = 3, rest_s = REST }
[[phase]]
title = "Once more"
exercises = ["squat", "plank"]
[exercise.plank]
name = "Plank"
hold_s = 20
[exercise.squat]
name = "Squat"
reps = 5
tempo = [ { say = "Down", s = 2 }, { say = "Up", s = 2 } ]
"""


def test_what_a_circuit_had_time_to_say_is_not_said_again():
    assert doses(timeline_of(TWO_PHASES.replace("REST", "12"))) == [("plank", "For 20 seconds."), ("squat", "5 times.")]


def test_what_a_circuit_had_no_time_to_say_is_said_when_there_is_time():
    timeline = timeline_of(TWO_PHASES.replace("REST", "2"))
    assert doses(timeline) == [("plank", "For 20 seconds."), ("squat", "5 times.")]
    first_of_phase_two = next(chapter for chapter in timeline.chapters if chapter.title == "Once more: Squat")
    assert "5 times." in [event.text for event in timeline.events_in(first_of_phase_two)]
    assert not any(drop.unheard for drop in timeline.dropped)


def test_a_hold_tells_its_dose_as_it_begins_where_the_rest_has_no_room():
    text = TWO_PHASES.replace("REST", "3").replace('["plank", "squat"]', '["squat", "plank"]')
    timeline = timeline_of(text)
    dose = next(event for event in spoken(timeline) if event.text == "For 20 seconds.")
    hold = next(event for event in work(timeline) if event.place.exercise == "plank")
    assert 0 < dose.start_ms - hold.start_ms < 1_000
    assert ("a rest of 3 s", "plank") not in {(drop.text, drop.exercise) for drop in timeline.dropped}


def test_one_time_of_work_for_all_is_said_once():
    text = """
[[phase]]
title = "Round"
exercises = ["one", "two", "three"]
circuit = { rounds = 2, work_s = 30, rest_s = 10 }
[exercise.one]
name = "One"
hold_s = 20
[exercise.two]
name = "Two"
hold_s = 20
[exercise.three]
name = "Three"
sides = "each"
hold_s = 20
"""
    assert doses(timeline_of(text)) == [("one", "For 30 seconds."), ("three", "30 seconds on each side.")]
    own = layer("profile anna", exercise={"two": {"hold_s": 45}})
    assert [text for _, text in doses(timeline_of(text, own))] == [
        "For 30 seconds.",
        "For 45 seconds.",
        "30 seconds on each side.",
    ]


def test_a_person_s_own_dose_is_one_dose_for_all_places():
    own = layer("profile anna", exercise={"run": {"hold_s": 100}})
    assert [dose for dose in doses(timeline_of_case("dose-unsaid/list-run-walk", own)) if dose[0] == "run"] == [
        ("run", "For 1 minute 40 seconds.")
    ]


def test_who_knows_the_session_by_heart_hears_the_same_doses():
    _, timeline = timed(session_of(case("dose-unsaid/co2-table"), layer(detail="minimal")))
    assert doses(timeline) == doses(timed(session_of(case("dose-unsaid/co2-table")))[1])
