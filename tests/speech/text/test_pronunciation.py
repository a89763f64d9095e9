import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.speech.text.clean import clean
from audioguide.speech.text.normalise import spoken
from audioguide.speech.text.pronunciation import entries_for, replaced

LEXICON = {"psoas": {"espeak": "so-as", "hibari": "/sˈOæz/"}, "ilium": "illy um", "pubis": {"other": "pew bis"}}


@pytest.mark.parametrize(
    ("engine", "takes_phonemes", "entries"),
    [
        ("espeak", False, {"psoas": "so-as", "ilium": "illy um", "pubis": "pew bis"}),
        ("hibari", True, {"psoas": "/sˈOæz/", "ilium": "illy um", "pubis": "pew bis"}),
        ("fake", False, {"ilium": "illy um", "pubis": "pew bis"}),
    ],
)
def test_each_engine_gets_its_own_entries(engine: str, takes_phonemes: bool, entries: dict[str, str]) -> None:
    assert entries_for(LEXICON, engine, takes_phonemes=takes_phonemes) == entries


def test_an_engine_without_phonemes_says_the_word_as_written() -> None:
    assert entries_for({"psoas": "/sˈOæz/"}, "espeak", takes_phonemes=False) == {}


def test_phonemes_come_through_the_normaliser_with_what_is_around_them() -> None:
    said = spoken("The Psoas & 2 psoas, SI joint. psoasitis", {"psoas": "/sˈO æz/", "SI joint": "/ɛs I/"})
    assert replaced(said, str.upper, lambda word, phonemes: f"<{word}|{phonemes}>") == (
        "THE <psoas|sˈO æz> AND 2 <psoas|sˈO æz>, <si joint|ɛs I>. PSOASITIS"
    )
    assert " " not in replaced(said, lambda _: "", lambda word, _: word.replace(" ", ""))


@given(st.text())
def test_no_text_is_taken_for_phonemes(text: str) -> None:
    for said in (spoken(text, {}), clean(text)):
        assert replaced(said, str, lambda word, phonemes: pytest.fail(f"{word} {phonemes}")) == said
