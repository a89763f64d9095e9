import re

import pytest

from audioguide.errors import SpeechError
from audioguide.speech.text.in_words import in_words
from audioguide.speech.text.normalise import spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4.", "four."),
        ("16 times.", "sixteen times."),
        ("1,000 steps, 1.5 kilograms", "one thousand steps, one point five kilograms"),
        ("0.25", "zero point two five"),
        ("2nd, 21st", "second, twenty-first"),
        ("in 2024, 1905. 2000", "in twenty twenty-four, nineteen oh-five. two thousand"),
        ("7:30 am, 7:05, 8:00", "seven thirty am, seven oh five, eight"),
        ("007", "zero zero seven"),
        ("1234567890123456", "one two three four five six seven eight nine zero one two three four five six"),
        ("$5, $1", "five dollars, one dollar"),
        ("C5, 10x", "C five, ten x"),
        ("5m²", "five m squared"),
        ("⅜", "zero point three seven five"),
        ("٣", "three"),
        ("[x](/y/) {z}", "x ( or y or ) z"),
        ("café, Ｈold, Ŵ", "café, Hold, Ŵ"),
        ("a" * 50, f"{'a' * 24} {'a' * 24} aa"),
        ("Sit—back", "Sit—back"),
    ],
)
def test_numbers_and_signs_are_written_out(text: str, said: str) -> None:
    assert in_words(text) == said
    assert in_words(said) == said


@pytest.mark.parametrize("letter", ["привет", "αβ", "举"])
def test_letters_that_an_english_voice_would_drop_are_refused(letter: str) -> None:
    with pytest.raises(SpeechError, match=rf"can't read '{letter[0]}'; write it in Latin letters"):
        in_words(f"Hold {letter} still")


def test_of_a_normalised_text_only_letters_and_pauses_are_left() -> None:
    odd = "3x12 @ 30s, 10/12 reps; 5'10\" tall & 20 kg (44 lb) = ½ of 1:30 ~ 90/90, #3, 50%, [a](/b/), 12/5/2024, C++"
    assert re.fullmatch(r"[A-Za-z .,;:!?—–'\"()-]+", in_words(spoken(odd, {})))
