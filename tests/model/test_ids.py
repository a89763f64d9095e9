"""Ids that are made of names."""

from __future__ import annotations

from audioguide.model.ids import free_id, id_of


def test_ids_are_made_of_names():
    names = ("Calf stretch", "Füße!", "Child’s pose", "Child's pose", "体操", "a" * 99)
    ids = ["calf-stretch", "fusse", "child-s-pose", "child-s-pose", "", "a" * 56]
    assert [id_of(name) for name in names] == ids
    # Cut off at a hyphen, an id would end with one.
    assert id_of("calf stretch", longest=5) == "calf"


def test_taken_ids_are_numbered():
    assert free_id("a", ()) == "a"
    assert free_id("a", {"a", "a-2"}) == "a-3"
