"""Texts that name a side, by a placeholder or by both forms of a word."""

from __future__ import annotations

import pytest

from audioguide.model.kinds import Side
from audioguide.model.side_forms import (
    filled,
    filled_for_both,
    form_problem,
    names_a_side,
    names_working_side,
    without_pairs,
)


def test_a_side_that_begins_a_sentence_begins_with_a_capital():
    assert filled("Knee out. {other_side} leg back.", Side.RIGHT) == "Knee out. Left leg back."
    assert filled("{side} knee down.", Side.LEFT) == "Left knee down."
    assert filled("{other_side} knee down.", Side.LEFT) == "Right knee down."
    assert filled("The {side} knee.", Side.LEFT) == "The left knee."
    assert filled("{linkes|rechtes} Knie.", Side.LEFT) == "Linkes Knie."


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("Dein {linkes|rechtes} Knie.", "Dein linkes Knie.", "Dein rechtes Knie."),
        ("Stell {other:den linken|den rechten} Fuß auf.", "Stell den rechten Fuß auf.", "Stell den linken Fuß auf."),
        ("{left|right} knee, {other:left|right} foot.", "Left knee, right foot.", "Right knee, left foot."),
        # A measure is left to the person's units.
        ("{5 cm|2 in} to the {left|right}.", "{5 cm|2 in} to the left.", "{5 cm|2 in} to the right."),
        ("Stand tall.", "Stand tall.", "Stand tall."),
    ],
)
def test_of_two_forms_the_first_is_said_when_the_side_is_left(text, left, right):
    assert (filled(text, Side.LEFT), filled(text, Side.RIGHT)) == (left, right)
    assert filled(text, None) == text


def test_both_sides_in_one_text_begin_with_the_first():
    joined = "{} oder {}".format
    assert filled_for_both("{linker|rechter} Fuß", Side.RIGHT, joined) == "Rechter oder linker Fuß"
    assert filled_for_both("Dann {other:links|rechts}", Side.LEFT, joined) == "Dann rechts oder links"


def test_which_side_a_text_names_is_told_by_its_form():
    assert names_working_side("{linkes|rechtes} Knie")
    assert names_a_side("{other:linken|rechten} Fuß")
    assert not names_working_side("{other:linken|rechten} Fuß {other_side}")
    assert not names_a_side("{5 cm|2 in} left or right {knee}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{linkes|} Knie", "{linkes|} lacks a form"),
        ("{other:|rechtes} Knie", "{other:|rechtes} lacks a form"),
        ("{a|b|c} Knie", "{a|b|c} has 3 forms"),
        ("linkes|rechtes Knie", "has a bar outside braces"),
        ("{linkes|rechtes} Knie | Fuß", "has a bar outside braces"),
        ("{5 cm|2 in} to the {left|right}", None),
        ("{side} knee", None),
    ],
)
def test_a_form_that_lacks_is_found(text, problem):
    assert (form_problem(text) or (None,))[0] == problem


def test_pairs_leave_nothing_behind():
    assert without_pairs("{left|right} knee {side}") == " knee {side}"
