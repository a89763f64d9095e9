"""Tempos in figures: of a protocol, and of a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from audioguide.errors import FileError, RequestError
from audioguide.model.tempo import read_tempo
from tests.helpers import HOLD, layer, parsed, session_of

BRIDGE = """
[[phase]]
title = "Strengthen"
exercises = ["bridge"]
[exercise.bridge]
name = "Bridge"
reps = 4
tempo = %s
"""
LIFTING = '[ { say = "Lift", s = 1 }, { say = "Hold", s = 3 }, { say = "Lower", s = 2 } ]'


def parts(tempo: str, wish: str | None = None) -> list[tuple[str | None, int]]:
    layers = [] if wish is None else [layer(exercise={"bridge": {"tempo": wish}})]
    item = session_of(parsed(BRIDGE % tempo), *layers).prescriptions()[0]
    return [(part.say, part.duration_ms) for part in item.tempo]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("3-1-1", [("Lower", 3000), ("Pause", 1000), ("Lift", 1000)]),
        ("3-0-1", [("Lower", 3000), ("Lift", 1000)]),
        ("4-1-2-1", [("Lower", 4000), ("Pause", 1000), ("Lift", 2000), ("Pause", 1000)]),
        ("2.5-0-X-0", [("Lower", 2500), ("Lift", 1000)]),
        ("3–1–1", [("Lower", 3000), ("Pause", 1000), ("Lift", 1000)]),  # dashes of a word processor
    ],
)
def test_a_protocol_may_write_its_tempo_in_figures(figures: str, expected: list[tuple[str, int]]):
    assert parts(f'"{figures}"') == expected


@pytest.mark.parametrize(
    ("tempo", "problem"),
    [
        ('"3-1"', "exercise.bridge.tempo: '3-1' is no tempo"),
        ('"311"', "is no tempo"),
        ('"3-1-1-1-1"', "is no tempo"),
        ('"slow"', 'such as "3-1-1"'),
        ('"0-0-0"', "exercise.bridge.tempo: takes no time"),
        ('"0-3-0"', "give lowering or lifting 0.5 s or more"),
        ('"3-0.2-1"', "is too short to follow"),
        ("3", "is not a list"),
    ],
)
def test_what_is_no_tempo_is_one_clear_line(tempo: str, problem: str):
    with pytest.raises(FileError) as raised:
        parsed(BRIDGE % tempo)
    assert problem in str(raised.value)
    assert len(raised.value.problems) == 1


@pytest.mark.parametrize(
    ("tempo", "wish", "expected"),
    [
        # The exercise begins with lifting, and its one pause is at the top: there it stays.
        (LIFTING, "3-1-1", [("Lift", 1000), ("Hold", 1000), ("Lower", 3000)]),
        (LIFTING, "3-0-1", [("Lift", 1000), ("Lower", 3000)]),
        (LIFTING, "3-2-1-4", [("Lift", 1000), ("Hold", 4000), ("Lower", 3000), ("Pause", 2000)]),
        ('"2-1-2"', "4-2-1", [("Lower", 4000), ("Pause", 2000), ("Lift", 1000)]),
        ('"2-0-2"', "4-2-1", [("Lower", 4000), ("Pause", 2000), ("Lift", 1000)]),
        ('[ { say = "Up", s = 1 }, { say = "Down slowly", s = 2 } ]', "5-0-X", [("Up", 1000), ("Down slowly", 5000)]),
        (
            '[ { say = "Up", s = 1 }, { say = "Down", s = 2 } ]',
            "5-2-1",
            [("Up", 1000), ("Down", 5000), ("Pause", 2000)],
        ),
    ],
)
def test_a_persons_figures_find_the_parts_by_their_words(tempo: str, wish: str, expected: list[tuple[str, int]]):
    assert parts(tempo, wish) == expected


def test_a_tempo_of_ones_own_is_listed_as_a_change():
    (change,) = session_of(parsed(BRIDGE % LIFTING), layer(exercise={"bridge": {"tempo": "3-1-1"}})).changes
    assert (change.what, change.before, change.after) == (
        "tempo",
        "Lift 1, Hold 3, Lower 2",
        "Lift 1, Hold 1, Lower 3",
    )


def test_figures_that_fit_no_part_are_refused():
    with pytest.raises(RequestError, match=r"'bridge' has a tempo of other parts .*\(In 4, Out 6\)"):
        parts('[ { say = "In", s = 4 }, { say = "Out", s = 6 } ]', "3-1-1")
    with pytest.raises(RequestError, match="'reach' is a hold and has no tempo"):
        session_of(parsed(HOLD), layer(exercise={"reach": {"tempo": "3-1-1"}}))
    for figures in ("0-3-0-0", "3-0.2-1", "3-1"):
        with pytest.raises(ValidationError):
            parts(LIFTING, figures)


@given(st.text(alphabet="0123456789.-xX ", max_size=12))
def test_every_text_is_a_tempo_or_refused(text: str):
    try:
        seconds = read_tempo(text)
    except PydanticCustomError:
        return
    assert len(seconds) in (3, 4)
    assert sum(seconds) > 0
