from __future__ import annotations

import pytest

from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.catalogue import Catalogue, tags_of
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.voice_language import language_note


class Speaker(FakeEngine):
    """An engine with voices of several languages, the first of which is the default."""

    name = "several"

    def __init__(self, *voices: Voice, variants: tuple[str, ...] = ()) -> None:
        self._catalogue = Catalogue("1", voices, voices[0].id, tags_of(voices), variants)

    def voices(self) -> tuple[Voice, ...]:
        return self._catalogue.voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        return self._catalogue.check(settings, self.name)


SPANISH, ENGLISH = Voice("roa/es", "Spanish", "es"), Voice("en", "English", "en-us")
BRITISH = Voice("rp", "RP", "en_GB")
MANY = (ENGLISH, SPANISH, BRITISH)


def note(*voices: Voice, voice: str, language: str = "en") -> str | None:
    engine = Speaker(*voices, variants=("f2",))
    return language_note(engine, engine.check(VoiceSettings(voice=voice)), language)


@pytest.mark.parametrize("voice", ["en", "rp", "en+f2"])
def test_a_voice_of_the_language_is_fine_whatever_its_region(voice):
    assert note(*MANY, voice=voice) is None


@pytest.mark.parametrize("voice", ["roa/es", "roa/es+f2"])
def test_a_voice_of_another_language_names_one_for_the_text(voice):
    said = "the voice 'roa/es' speaks Spanish (es), and the text is 'en'; take --voice "
    assert note(*MANY, voice=voice) == f"{said}en"
    assert note(SPANISH, BRITISH, ENGLISH, voice=voice) == f"{said}rp"


def test_an_engine_without_a_voice_for_the_text_says_where_there_are_more():
    assert note(SPANISH, voice="roa/es", language="fr") == (
        "the voice 'roa/es' speaks Spanish (es), and the text is 'fr'; take one that `audioguide voices list` names"
    )


@pytest.mark.parametrize("tag", ["", "und", "mul-419", "409", "EN", "eng-US"])
def test_a_voice_of_no_known_language_is_nobodys_mistake(tag):
    assert note(Voice("x", "X", tag), SPANISH, voice="x") is None
