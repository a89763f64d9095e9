"""A phase that goes by sides: all of it with one side, then all of it with the other."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from audioguide.errors import FileError, RequestError
from audioguide.export.handout.handout_page import _phases
from audioguide.export.week_contents import phase_lines
from audioguide.library.protocol_files import load_protocol, parse_protocol
from audioguide.model.kinds import EventKind, SpeechRole
from audioguide.model.protocol import Protocol
from audioguide.prescribe.layers import Layer
from tests.helpers import HEAD, layer, parsed, session_of, timed

FOLDER = Path(__file__).parent.parent / "protocols"
FLOW = load_protocol(FOLDER / "flow-by-side.toml")
ROUNDS = load_protocol(FOLDER / "flow-rounds.toml")


def done(protocol: Protocol, *layers: Layer) -> list[tuple[str | None, str | None, int]]:
    """Return exercise, side and seconds of each hold."""
    holds = timed(session_of(protocol, *layers))[1].of_kind(EventKind.HOLD)
    return [(hold.place.exercise, hold.place.side, round(hold.duration_ms / 1000)) for hold in holds]


def said(protocol: Protocol, *layers: Layer) -> list[str]:
    return [event.text or "" for event in timed(session_of(protocol, *layers))[1].of_kind(EventKind.SPEECH)]


def test_all_is_done_with_the_left_side_then_all_with_the_right():
    assert done(FLOW) == [
        ("warrior-two", "left", 30), ("triangle", "left", 30), ("warrior-two", "right", 30), ("triangle", "right", 30),
    ]  # fmt: skip


def test_the_weak_side_or_the_first_one_begins():
    for wish in ({"weak_side": "right"}, {"first_side": "right"}):
        assert [side for _, side, _ in done(FLOW, layer(**wish))] == ["right", "right", "left", "left"]


def test_each_sequence_opens_with_its_side_and_its_chapters_name_it():
    timeline = timed(session_of(FLOW))[1]
    phases = [event.text for event in timeline.events if event.role is SpeechRole.PHASE]
    assert phases == ["All of it with the left side first.", "Now all of it with the right side."]
    assert [chapter.title for chapter in timeline.chapters[1:-1]] == [
        "Warrior two, left side", "Triangle, left side", "Warrior two, right side", "Triangle, right side",
    ]  # fmt: skip
    assert not [text for text in said(FLOW) if "side first" in text and not text.startswith("All of it")]


def test_a_round_of_a_circuit_is_the_sequence_with_one_side_and_then_with_the_other():
    once = [("warrior-two", "left", 30), ("mountain", None, 10), ("triangle", "left", 30)]
    other = [("warrior-two", "right", 30), ("mountain", None, 10), ("triangle", "right", 30)]
    assert done(ROUNDS) == [*once, *other, *once, *other]
    texts = said(ROUNDS)
    assert "Next: Warrior two, right side." in texts
    assert "Next: Warrior two, left side." in texts
    assert {text for text in texts if "foot" in text} == {"Left foot forward.", "Right foot forward."}
    timeline = timed(session_of(ROUNDS))[1]
    titles = [chapter.title for chapter in timeline.chapters[1:-1]]
    assert titles[:4] == [
        "1. Warrior two, left side",
        "1. Mountain",
        "1. Triangle, left side",
        "1. Warrior two, right side",
    ]
    # The sides change in the rest between rounds, as the sequence begins anew.
    rests_s = [round(rest.duration_ms / 1000) for rest in timeline.of_kind(EventKind.REST)][1:]
    assert rests_s[2::3] == [12, 12, 12]


def test_texts_with_a_side_are_right_where_only_phases_with_sides_use_the_exercise():
    sided = '[[phase]]\ntitle = "Flow"\nsides = "each"\nexercises = ["lunge"]\n'
    lunge = '[exercise.lunge]\nname = "Lunge"\nhold_s = 20\nsetup = ["{side} foot forward, {other_side} back."]\n'
    texts = said(parsed(HEAD + sided + lunge))
    assert [text for text in texts if "foot" in text] == [
        "Left foot forward, right back.",
        "Right foot forward, left back.",
    ]
    with pytest.raises(FileError, match="names a side where there is none"):
        parsed(HEAD + sided + sided.replace('sides = "each"\n', "") + lunge)


def test_a_dose_of_one_side_is_of_its_sequence():
    assert done(FLOW, layer(exercise={"triangle": {"hold_s": {"left": 40}}})) == [
        ("warrior-two", "left", 30), ("triangle", "left", 40), ("warrior-two", "right", 30), ("triangle", "right", 30),
    ]  # fmt: skip
    with pytest.raises(RequestError, match="not done one side at a time"):
        session_of(ROUNDS, layer(exercise={"mountain": {"hold_s": {"left": 40}}}))


def test_paper_lists_each_exercise_once_with_both_sides():
    [phase] = _phases(session_of(ROUNDS, layer(weak_side="right", exercise={"triangle": {"hold_s": {"left": 40}}})), {})
    assert [exercise.name for exercise in phase.exercises] == ["Warrior two", "Mountain", "Triangle"]
    assert [exercise.dose[0] for exercise in phase.exercises] == [
        "30\u00a0s on each side", "10\u00a0s", "Right 30\u00a0s, left 40\u00a0s",
    ]  # fmt: skip
    assert phase.exercises[0].how == ("Right foot forward.",)
    assert phase.rounds.endswith("All of it with the right side first, then all of it with the left side.")
    assert phase_lines(session_of(FLOW)) == (
        "Standing flow: Warrior two 30\u00a0s on each side, Triangle 30\u00a0s on each side",
    )


def test_sets_stay_together_on_a_side_and_their_rests_do_not_repeat_it():
    protocol = parsed(HEAD + SETS)
    timeline = timed(session_of(protocol, layer(weak_side="left")))[1]
    holds = [(hold.place.side, hold.place.set) for hold in timeline.of_kind(EventKind.HOLD)]
    assert holds == [("left", 1), ("left", 2), ("right", 1), ("right", 2)]
    assert not [event for event in timeline.events if event.text in ("Left side.", "Right side.")]


SETS = """
[[phase]]
title = "Flow"
sides = "each"
exercises = ["lunge"]
[exercise.lunge]
name = "Lunge"
hold_s = 20
sets = 2
rest_s = 15
"""


def test_slips_are_one_clear_line():
    alternating = SETS.replace('["lunge"]', '["dead-bug"]')
    for text, words in (
        (SETS.replace('"each"', '"both"'), "phase 1.sides: 'both' is unknown; use 'each'"),
        (alternating, "phase 1.exercises 1: 'dead-bug' alternates sides, and the phase is done with one side after"),
    ):
        with pytest.raises(FileError) as caught:
            parsed(HEAD + text)
        assert len(caught.value.problems) == 1
        assert str(caught.value.problems[0]).startswith(words)


def test_an_exercise_of_one_side_or_a_harder_one_that_alternates_is_refused():
    for exercises, words in (
        ('[{ use = "lunge", sides = "left" }]', "phase 1.exercises 1: 'lunge' is done with the left side only, and"),
        (
            '[{ use = "lunge", harder = { use = "dead-bug", from_week = 3 } }]',
            "phase 1.exercises 1.harder: 'dead-bug' alternates sides, and the phase is done with one side after",
        ),
    ):
        with pytest.raises(FileError) as caught:
            parsed(HEAD + SETS.replace('["lunge"]', exercises))
        assert [str(problem)[: len(words)] for problem in caught.value.problems] == [words]


def test_a_use_may_say_that_both_sides_work():
    flow = SETS.replace('["lunge"]', '["lunge", { use = "lunge", sides = "both", hold_s = 8 }]').replace("sets = 2", "")
    assert done(parsed(HEAD + flow)) == [
        ("lunge", "left", 20), ("lunge", None, 8), ("lunge", "right", 20), ("lunge", None, 8),
    ]  # fmt: skip


def test_one_treated_side_does_the_phase_once():
    session = session_of(ROUNDS, layer(only_side="right"))
    assert done(ROUNDS, layer(only_side="right"))[:3] == [
        ("warrior-two", "right", 30), ("mountain", None, 10), ("triangle", "right", 30),
    ]  # fmt: skip
    assert {(change.exercise, change.after) for change in session.changes} == {
        ("warrior-two", "right"),
        ("triangle", "right"),
    }
    texts = said(ROUNDS, layer(only_side="right"))
    assert not [text for text in texts if "left" in text.lower() or text.startswith("All of it")]
    assert "30 seconds on the right." in said(FLOW, layer(only_side="right"))


def test_lists_and_sets_by_side_are_those_of_each_turn():
    protocol = parsed(HEAD + SETS.replace("hold_s = 20\nsets = 2", "hold_s = [20, 30]"))
    assert [seconds for *_, seconds in done(protocol)] == [20, 30, 20, 30]
    texts = said(protocol)
    assert "2 sets: 20 and 30 seconds." in texts
    assert "Then the last set: 30 seconds." in texts
    by_side = session_of(parsed(HEAD + SETS), layer(exercise={"lunge": {"sets": {"left": 3}}}))
    assert [item.sets for item in by_side.phases[0].prescriptions] == [3, 2]
    assert by_side.warnings == ()
    [printed] = _phases(by_side, {})
    assert printed.exercises[0].dose[0] == "Left 3 sets of 20\u00a0s; right 2 sets of 20\u00a0s"


def test_a_recorded_name_is_followed_by_the_side_whose_turn_begins(tmp_path):
    table = tomllib.loads((FOLDER / "flow-rounds.toml").read_text())
    table["exercise"]["warrior-two"]["name"] = {"text": "Warrior two", "clip": "warrior.wav"}
    texts = said(parse_protocol(table, "own.toml", tmp_path))
    said_of_it = [text for text in texts if text in ("Warrior two", "Left side.", "Right side.")]
    assert said_of_it[1:] == [
        "Warrior two", "Right side.", "Warrior two", "Left side.", "Warrior two", "Right side.",
    ]  # fmt: skip


def test_a_turn_that_opens_with_both_sides_says_its_side_where_one_works():
    table = tomllib.loads((FOLDER / "flow-rounds.toml").read_text())
    table["phase"][0]["exercises"] = ["mountain", "triangle"]
    del table["exercise"]["warrior-two"]
    texts = said(parse_protocol(table, "own.toml"))
    assert not [text for text in texts if "Mountain," in text]
    sides = [text.split(", ")[1] for text in texts if "Triangle, " in text]
    assert sides == ["left side.", "right side.", "left side.", "right side."]


def test_calls_of_a_use_may_name_the_side():
    calls = '[{ use = "lunge", hold_s = 40, calls = [{ at_s = 9, say = "Press your {side} foot." }] }]'
    texts = said(parsed(HEAD + SETS.replace('["lunge"]', calls)))
    assert {text for text in texts if "foot" in text} == {"Press your left foot.", "Press your right foot."}
