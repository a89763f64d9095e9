"""What is said in a language takes about as long as in English, by the voices themselves: rests don't wait."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from audioguide.languages.spoken_form import speaking_of
from audioguide.model.voice import VoiceSettings
from audioguide.speech.registry import open_engine
from audioguide.speech.voicing import Texts, Voicing
from audioguide.storage.cache import NoCache
from tests.languages.gaps import folder_of
from tests.languages.test_gaps import TRANSLATED
from tests.languages.text_checks import Pair, length_faults, pairs, pairs_of

DATA = Path(__file__).parent / "data"

pytestmark = pytest.mark.real


def lengths_ms(code: str, texts: Iterable[str]) -> dict[str, int]:
    """Return how long eSpeak NG takes for each text in a language."""
    with closing(open_engine("espeak")) as engine:
        settings = engine.check(VoiceSettings("espeak", speaking_of(code).espeak))
        clips = Voicing(engine, settings, Texts(code), NoCache()).clips(list(dict.fromkeys(texts)))
    return {text: clip.duration_ms for text, clip in clips.items()}


ENGLISH_MS: dict[str, int] = {}
"""What was measured once, as each language is compared with the same texts."""


def faults(code: str, found: list[Pair]) -> list[str]:
    """Return which of ``found`` take much longer or shorter than their English, each with its place."""
    spoken = [both for pair in found for both in pair.spoken()]
    ENGLISH_MS.update(lengths_ms("en", (english for english, _ in spoken if english not in ENGLISH_MS)))
    own = lengths_ms(code, (own for _, own in spoken))
    return [
        f"{pair.file}: {pair.where}: {fault}"
        for pair in found
        for fault in length_faults(pair, ENGLISH_MS.__getitem__, own.__getitem__)
    ]


def test_the_german_of_the_tests_takes_about_as_long_as_its_english():
    original = tomllib.loads((DATA / "desk-break.toml").read_text(encoding="utf-8"))
    found = list(pairs_of("desk-break.de.toml", original, DATA / "desk-break.de.toml"))
    assert len(found) > 50
    assert faults("de", found) == []


def test_each_translated_language_takes_about_as_long_as_english():
    assert [fault for code in TRANSLATED for fault in faults(code, list(pairs(folder_of(code) / "texts")))] == []
