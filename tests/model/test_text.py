"""Advice for misspelt names."""

from __future__ import annotations

from audioguide.model.text import similar_names, suggest


def test_a_slip_gives_the_most_similar_names_first_and_no_more_than_wanted():
    known = ["bridge", "bridges", "ridge", "plank"]
    assert similar_names("brigde", known)[0] == "bridge"
    assert len(similar_names("bridge", known, most=2)) == 2
    assert similar_names("squat", known) == []


def test_advice_is_similar_names_else_all_there_are_else_nothing():
    assert suggest("plonk", ["bridge", "plank"]) == "did you mean 'plank'?"
    assert suggest("zzz", ["bridge", "plank"]) == "there is bridge and plank"
    assert suggest("zzz", []) == ""
