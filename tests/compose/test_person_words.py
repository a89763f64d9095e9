"""What is said to one person only: a greeting, and a note on an exercise."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from audioguide.compose.composer import compose
from audioguide.model.kinds import SpeechRole
from audioguide.model.profile import Profile
from audioguide.model.script import Hold
from audioguide.prescribe.layers import Layer
from tests.helpers import HOLD, REPS, layer, parsed, session_of

NOTE = "Mind your left knee."
BOTH = HOLD.replace('["reach"]', '["reach", "bridge"]') + REPS.partition('["bridge"]')[2]
DETAILS = ("full", "brief", "minimal")


def texts(text: str, *layers: Layer) -> list[str]:
    return [line.text for line in compose(session_of(parsed(text), *layers), 600_000).lines()]


def test_the_greeting_comes_before_all_else_at_every_level_of_detail():
    for detail in DETAILS:
        said = texts(HOLD, layer("profile anna", greeting="Hello Anna.", detail=detail))
        assert said[:2] == ["Hello Anna.", "Test session."]
        assert said.count("Hello Anna.") == 1
    assert texts(HOLD)[:2] == ["Hello, and welcome.", "Test session."]
    assert texts(HOLD, layer(encouragement=False))[0] == "Test session."


def test_a_stronger_greeting_takes_its_place():
    said = texts(HOLD, layer("profile anna", greeting="Hello Anna."), layer(greeting="Good morning."))
    assert said[0] == "Good morning."
    assert "Hello Anna." not in said


def test_a_note_is_said_once_before_the_first_hold_at_every_level_of_detail():
    for detail in DETAILS:
        script = compose(session_of(parsed(HOLD), layer("a", detail=detail, exercise={"reach": {"note": NOTE}})))
        before = [line for step in script.steps[:2] for line in getattr(step, "lines", ())]
        assert not any(isinstance(step, Hold) for step in script.steps[:2])
        assert [line.role for line in before if line.text == NOTE] == [SpeechRole.CAUTION]
        assert [line.text for line in script.lines()].count(NOTE) == 1


def test_it_is_not_said_again_when_the_exercise_comes_again():
    twice = HOLD.replace('["reach"]', '["reach", "reach"]')
    assert texts(twice, layer(exercise={"reach": {"note": NOTE}})).count(NOTE) == 1


def test_in_a_circuit_it_is_said_behind_the_name_before_the_first_round():
    circuit = BOTH.replace("[exercise.reach]", "circuit = { rounds = 3 }\n[exercise.reach]")
    for name in ("reach", "bridge"):
        said = texts(circuit, layer(exercise={name: {"note": NOTE}}))
        assert said.count(NOTE) == 1
    assert said[said.index(NOTE) - 1] == "About Bridge:"
    assert said.index(NOTE) < said.index("First: Reach.")


def test_the_strongest_note_is_said():
    said = texts(
        HOLD, layer("profile anna", exercise={"reach": {"note": NOTE}}), layer(exercise={"reach": {"note": "No."}})
    )
    assert "No." in said
    assert NOTE not in said


def test_a_note_changes_no_dose_and_one_on_what_is_not_done_is_told():
    session = session_of(parsed(BOTH), layer("profile anna", skip=["reach"], exercise={"reach": {"note": NOTE}}))
    assert session.warnings == ("profile anna: the note for 'reach' is not used, as it is not done in this session",)
    assert session.changes == ()


@pytest.mark.parametrize(
    "table", [{"greeting": "Hello {name}."}, {"exercise": {"reach": {"note": "Mind your {side} knee."}}}]
)
def test_nothing_is_filled_into_a_persons_words(table):
    with pytest.raises(ValidationError, match="has braces, and nothing is filled in here"):
        Profile.model_validate(table)
