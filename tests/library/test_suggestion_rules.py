"""Marks of a protocol's own suggestions, and texts for reading: what is wrong with them is said with its place."""

from __future__ import annotations

import pytest

from audioguide.errors import FileError
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
    text = HOLD.replace('sides = "each"', 'sides = "each"\nread = "Go {5 centimetres|2 inches} down."')
    assert parsed(HEAD + text).exercise["reach"].read == ("Go {5 centimetres|2 inches} down.",)
