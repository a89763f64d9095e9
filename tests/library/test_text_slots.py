"""Texts of a translation take the places of the original's, and whatever doesn't fit is named."""

from __future__ import annotations

import tomllib

import pytest

from audioguide.library.problems import path
from audioguide.library.text_slots import EXERCISE, PROTOCOL, Each, Listed, Texts, Things, slots, things_of, translated
from audioguide.model.protocol import Exercise, Phase, Programme, Protocol

ORIGINAL = tomllib.loads(
    """
title = "Reach"
closing = ["Done.", { text = "Every day.", weeks = "1-2" }]
put_by = { mat = "wall" }
[[phase]]
title = "Stretch"
exercises = ["reach", { use = "reach", calls = [{ at_s = 9, say = "Turn." }] }]
[exercise.reach]
name = "Reach"
equipment = ["mat", "wall"]
sides = "each"
hold_s = 30
setup = ["Lift your {side} arm.", "Look {other_side}."]
load = "Go {5 cm|2 in} up."
coaching = [{ say = "Long.", again = "Longer.", from_s = 9 }, "Breathe."]
mistake = { text = "Don't.", clip = "dont.wav" }
tempo = [{ say = "Up", s = 1 }, { s = 2 }, { say = "Down", s = 3 }]
"""
)

GERMAN = """
title = "Strecken"
closing = ["Fertig.", "Jeden Tag."]
[things]
mat = "Matte"
wall = "Wand"
[[phase]]
title = "Dehnen"
exercises = [{}, { calls = ["Dreh um."] }]
[exercise.reach]
name = "Strecken"
setup = ["Heb den {linken|rechten} Arm.", "Schau nach {other:links|rechts}."]
load = "Geh {5 cm|2 Zoll} hoch."
coaching = [{ say = "Lang.", again = "Länger." }, "Atme."]
mistake = "Nicht."
tempo = ["Hoch", "Ab"]
"""


def problems(text: str) -> list[str]:
    found = translated(ORIGINAL, tomllib.loads(text), {}).problems
    return [f"{problem.where}: {problem.what}" for problem in found]


def test_texts_take_their_places_and_all_else_stays():
    made = translated(ORIGINAL, tomllib.loads(GERMAN), {}).table
    reach = made["exercise"]["reach"]
    assert problems(GERMAN) == []
    assert made["closing"] == ["Fertig.", {"text": "Jeden Tag.", "weeks": "1-2"}]
    assert made["put_by"] == {"Matte": "Wand"}
    assert reach["equipment"] == ["Matte", "Wand"]
    assert made["phase"][0]["exercises"] == ["reach", {"use": "reach", "calls": [{"at_s": 9, "say": "Dreh um."}]}]
    assert reach["coaching"] == [{"say": "Lang.", "again": "Länger.", "from_s": 9}, "Atme."]
    assert reach["tempo"] == [{"say": "Hoch", "s": 1}, {"s": 2}, {"say": "Ab", "s": 3}]
    assert (reach["hold_s"], reach["sides"]) == (30, "each")
    assert reach["mistake"] == "Nicht.", "a recording is in the language of its own"
    assert ORIGINAL["title"] == "Reach", "the original is left as it is"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('title = "Strecken"\n', "", "title: is not translated"),
        ('title = "Strecken"\n', 'title = ""\n', "title: is not translated"),
        ('title = "Strecken"\n', "title = 3\n", "title: is no text"),
        ('"Fertig.", ', "", "closing: has 1 text, and the original 2"),
        ('mat = "Matte"\n', "", "put_by: 'mat' has no name"),
        ("exercises = [{}, {", "exercises = [{", "phase 1.exercises: has 1 entries, and the original 2"),
        ('calls = ["Dreh um."]', "", "phase 1.exercises 2.calls 1.say: is not translated"),
        ("[exercise.reach]", "[exercise.other]", "exercise.other: is not in the original"),
        ("[exercise.reach]\n", "[exercise.reach]\nhold_s = 30\n", "exercise.reach.hold_s: is no text"),
        ("[exercise.reach]\n", '[exercise.reach]\nleave = "A."\n', "exercise.reach.leave: is not in the original"),
        ("[exercise.reach]\n", '[exercise.reach]\nequipment = ["A"]\n', "exercise.reach.equipment: is named once"),
        (', again = "Länger."', "", "exercise.reach.coaching 1.again: is not translated"),
        ('"Atme."', '{ say = "Atme.", again = "A." }', "exercise.reach.coaching 2: is not translated"),
        ("{linken|rechten}", "linken", "exercise.reach.setup 1: lacks the side that works, which the original has"),
        ("{other:links|rechts}", "{links|rechts}", "exercise.reach.setup 2: has the side that works, which"),
        ("{other:links|rechts}", "vorn", "exercise.reach.setup 2: lacks the other side, which the original has"),
        ("{5 cm|2 Zoll}", "5 cm", "exercise.reach.load: lacks a measure in two units, which the original has"),
        ('["Hoch", "Ab"]', '["Hoch", "Halt", "Ab"]', "exercise.reach.tempo: has 3 texts, and the original 2"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(old, new, problem):
    assert old in GERMAN
    assert any(found.startswith(problem) for found in problems(GERMAN.replace(old, new, 1)))


def test_a_recording_of_the_translation_takes_the_place_of_the_original_s():
    own = {"text": "Nicht.", "clip": "nicht.wav"}
    made = translated({"mistake": ORIGINAL["exercise"]["reach"]["mistake"]}, {"mistake": own}, {}, EXERCISE)
    assert (made.table, made.problems) == ({"mistake": own}, [])


def test_texts_are_found_in_the_order_of_the_file():
    assert [(path(slot.where), slot.text) for slot in slots(ORIGINAL)][:4] == [
        ("title", "Reach"),
        ("closing 1", "Done."),
        ("closing 2.text", "Every day."),
        ("phase 1.title", "Stretch"),
    ]
    assert list(things_of(ORIGINAL)) == ["mat", "wall", "mat", "wall"]


NO_TEXTS = {
    Protocol: {"format", "id", "language", "breaks", "lexicon"},
    Phase: {"circuit", "sides", "shuffle", "weeks"},
    Programme: set(Programme.model_fields) - {"expect"},
    Exercise: {
        *("sides", "hold_s", "repeat", "relax_s", "reps", "breath", "count", "sets", "rest_s", "setup_s", "switch_s"),
        *("avoid_if", "suggested", "cues", "every_s"),
    },
}
"""The keys that hold no words of a language; conditions are ids here, and have their names in each language."""


def test_each_key_of_a_file_is_a_text_or_known_to_be_none():
    inside = PROTOCOL["phase"]
    assert isinstance(inside, Listed)
    shapes = {Protocol: PROTOCOL, Phase: inside.inside, Programme: PROTOCOL["programme"], Exercise: EXERCISE}
    for model, shape in shapes.items():
        assert set(model.model_fields) == set(shape) | NO_TEXTS[model], model
    assert isinstance(PROTOCOL["conditions"], Each)
    assert {PROTOCOL["title"], PROTOCOL["put_by"]} == {Texts, Things}
