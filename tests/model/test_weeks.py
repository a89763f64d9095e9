"""Weeks as files state them, against sets of numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from audioguide.model.weeks import Weeks, read_weeks

FORMS = [
    ("1-3", ((1, 3),), "weeks 1 to 3"),
    ("4", ((4, 4),), "week 4"),
    (4, ((4, 4),), "week 4"),
    ([1], ((1, 1),), "week 1"),
    ([1, 3, 2], ((1, 3),), "weeks 1 to 3"),
    ("5-", ((5, None),), "weeks 5 and on"),
    ("1,3,5", ((1, 1), (3, 3), (5, 5)), "weeks 1, 3 and 5"),
    (" 1 – 3 , 7 ", ((1, 3), (7, 7)), "weeks 1 to 3 and 7"),
    ("1 to 3", ((1, 3),), "weeks 1 to 3"),
    ("3-5, 1-4", ((1, 5),), "weeks 1 to 5"),
    (["1-2", 4], ((1, 2), (4, 4)), "weeks 1 to 2 and 4"),
    ("2-, 5", ((2, None),), "weeks 2 and on"),
    ("520", ((520, 520),), "week 520"),
]

WRONG = [
    ("", "'' names no weeks"),
    ("1-3,", "'' names no weeks"),
    ("-3", "'-3' names no weeks"),
    ("odd", "'odd' names no weeks"),
    ("1.5", "'1.5' names no weeks"),
    ("3-1", "'3-1' ends before it begins"),
    ("0", "'0' is out of bounds"),
    (0, "'0' is out of bounds"),
    ("1-521", "'1-521' is out of bounds"),
    (True, "names no weeks"),
    (1.5, "names no weeks"),
    ([], "names no weeks"),
    ([[1]], "names no weeks"),
]


def test_every_form_is_read_and_said_as_people_read_weeks():
    for value, spans, words in FORMS:
        weeks = read_weeks(value)
        assert (weeks.spans, str(weeks)) == (spans, words), value


def test_what_names_no_weeks_is_refused_with_advice():
    for value, words in WRONG:
        with pytest.raises(PydanticCustomError, match=words) as caught:
            read_weeks(value)
        assert caught.value.context["hint"], value


PARTS = st.tuples(st.integers(1, 20), st.sampled_from(["", "-", "+"]), st.integers(0, 5))
HORIZON = range(1, 60)


def written(parts: list[tuple[int, str, int]]) -> tuple[str, set[int]]:
    """Return weeks as a file has them, and the set of those up to the horizon."""
    texts, found = [], set()
    for first, kind, more in parts:
        texts.append({"": f"{first}", "-": f"{first}-{first + more}", "+": f"{first}-"}[kind])
        found |= {"": {first}, "-": {*range(first, first + more + 1)}, "+": {*range(first, HORIZON.stop)}}[kind]
    return ",".join(texts), found


@given(st.lists(PARTS, min_size=1, max_size=4), st.lists(PARTS, min_size=1, max_size=4))
def test_weeks_and_what_two_share_are_those_of_the_sets(one, two):
    (text, numbers), (other_text, others) = written(one), written(two)
    weeks, other = read_weeks(text), read_weeks(other_text)
    assert {week for week in HORIZON if week in weeks} == numbers
    shared = weeks.within(other)
    assert {week for week in HORIZON if shared and week in shared} == numbers & others
    assert weeks.within(None) == weeks
    # No two stretches touch, so that equal weeks are equal values.
    assert Weeks(tuple(weeks.spans)) == read_weeks([*text.split(","), *text.split(",")])
