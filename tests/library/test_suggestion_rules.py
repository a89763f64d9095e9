"""Marks of a protocol's own suggestions, and texts for reading: what is wrong with them is said with its place."""

from __future__ import annotations

import pytest

from audioguide.errors import FileError
from audioguide.model.kinds import Units
from audioguide.model.protocol import ReadTip
from audioguide.model.units_of_texts import exercise_in_units
from tests.helpers import HEAD, HOLD, parsed


def problem_of(change: str, to: str) -> str:
    with pytest.raises(FileError) as caught:
        parsed(HEAD + HOLD.replace(change, to))
    return str(caught.value)


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ('suggested = ["hold"]', "exercise.reach.suggested 1: 'hold' is unknown"),
        ('suggested = ["setup", "rest_s"]', "exercise.reach.suggested 2: marks rest_s, which is not stated here"),
        ('sets = 2\nsuggested = ["sets.min"]', "exercise.reach.suggested 1: marks the min of sets, which has none"),
        ('read = "Lift your {side} arm."', "exercise.reach.read 1: names a side where there is none"),
        ('read_tips = ["Far.", "{other_side}"]', "exercise.reach.read_tips 2: names a side where there is none"),
        ('read_tips = [{ text = "{side}" }]', "exercise.reach.read_tips 1: names a side where there is none"),
        ('read_tips = [{ say = "Far." }]', "exercise.reach.read_tips 1.say: unknown key"),
        ("read_tips = [4]", "exercise.reach.read_tips 1: 4 does not belong here; write a text, or { text ="),
        ('read_tips = [{ text = "" }]', "exercise.reach.read_tips 1.text: has no word that could be said"),
    ],
)
def test_what_cannot_be_is_named(key: str, message: str):
    assert message in problem_of('sides = "each"', f'sides = "each"\n{key}')


def test_a_place_marks_what_it_states_itself():
    message = problem_of('["reach"]', '[{ use = "reach", sets = 2, suggested = ["sets", "hold_s.min"] }]')
    assert "phase 1.exercises 1.suggested 2: marks hold_s, which is not stated here" in message
    assert "suggested 1" not in message
    parsed(HEAD + HOLD.replace('["reach"]', '[{ use = "reach", sets = 2, suggested = ["sets"] }]'))


def test_a_measure_for_reading_is_printed_in_one_unit():
    pair = "Go {5 centimetres|2 inches} down."
    text = HOLD.replace('sides = "each"', f'sides = "each"\nread = "{pair}"\nread_tips = "{pair}"')
    imperial = exercise_in_units(parsed(HEAD + text).exercise["reach"], Units.IMPERIAL)
    assert (imperial.read, imperial.read_tips) == (("Go 2 inches down.",), (ReadTip(text="Go 2 inches down."),))
