"""What counts as a wrong word where a recogniser listens: spelling does not, another word that sounds alike does."""

from __future__ import annotations

import pytest

from scripts.listening.words import Mishearing, mishearings, words


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Rest. 30 seconds.", "rest 30 seconds"),
        ("12, left.", "Twelve left."),
        ("Push-ups: knees hip-width apart.", "Push ups, knees hip width apart!"),
        ("Lift your legs to tabletop.", "Lift your legs to table top"),
        ("Don't let your hips turn.", "Dont let your hips turn."),
        ("About 2 inches, 5 centimetres.", "about two inches, 5 centimeters"),
    ],
)
def test_how_a_word_is_written_is_no_mistake(said: str, heard: str):
    assert mishearings(words(said), words(heard)) == []


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [
        ("Kneel on the mat.", "Neal on the mat", [(("kneel",), ("neal",))]),
        ("Lift.", "", [(("lift",), ())]),
        ("Lift.", "Now lift.", [((), ("now",))]),
        ("Tuck your tailbone under.", "Talk your tail bone and", [(("tuck",), ("talk",)), (("under",), ("and",))]),
        ("Psoas ball.", "So us ball", [(("psoas",), ("so", "us"))]),
    ],
)
def test_each_wrong_word_is_listed_with_what_was_heard(
    said: str, heard: str, wrong: list[tuple[tuple[str, ...], tuple[str, ...]]]
):
    assert mishearings(words(said), words(heard)) == [Mishearing(*pair) for pair in wrong]


def test_a_stretch_has_as_many_errors_as_its_longer_side_has_words():
    assert [Mishearing(("psoas",), ("so", "us")).errors, Mishearing(("a", "b"), ()).errors] == [2, 2]


def test_letters_of_another_script_are_heard_and_no_crash():
    assert words("Вдох") == ("вдох",)
