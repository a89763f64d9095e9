from __future__ import annotations

import pytest

from audioguide.errors import RequestError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.catalogue import Catalogue, tags_of
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.voice_language import language_note, tag_of, voice_for


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


GERMAN, MEXICAN, ANNA = (
    Voice("gmw/de", "German", "de"),
    Voice("roa/es-419", "Spanish", "es-419"),
    Voice("9", "Anna", "de-DE"),
)


def chosen(*voices: Voice, language: str, voice: str | None = None) -> str | None:
    return voice_for(Speaker(*voices, variants=("f2",)), VoiceSettings(voice=voice), language).voice


def test_who_names_no_voice_gets_one_of_the_texts_language():
    assert chosen(ENGLISH, SPANISH, GERMAN, language="de") == "gmw/de"
    assert chosen(ENGLISH, SPANISH, GERMAN, language="de-AT") == "gmw/de"
    # The engine's own where it fits, as on a system that somebody set to their language and voice.
    assert chosen(Voice("8", "Markus", "de-DE"), ANNA, language="de") == "8"
    assert chosen(ENGLISH, SPANISH, language="en") == "en"
    assert chosen(SPANISH, BRITISH, language="en") == "rp"


def test_of_several_voices_the_region_then_the_known_names_come_first():
    assert chosen(ENGLISH, Voice("7", "Eddy (German)", "de-DE"), ANNA, language="de") == "9"
    assert chosen(ENGLISH, Voice("7", "Annabell", "de-DE"), Voice("6", "Eddy", "de-AT"), language="de-AT") == "6"


def test_a_voice_that_is_named_speaks_whatever_the_text():
    assert chosen(ENGLISH, GERMAN, language="de", voice="en+f2") == "en+f2"
    assert note(ENGLISH, GERMAN, voice="en", language="de") == (
        "the voice 'en' speaks English (en-us), and the text is 'de'; take --voice gmw/de"
    )


def test_an_engine_without_a_voice_for_the_language_says_how_to_come_by_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(RequestError) as refused:
        chosen(ENGLISH, SPANISH, language="de")
    assert str(refused.value) == (
        "the engine 'several' has no voice for 'de' here; take --engine espeak or get one with "
        "`audioguide voices get de_DE-mls-medium` and take --engine piper"
    )
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.delattr("os.fork")
    with pytest.raises(RequestError, match=r"or add one in the settings of the system and take --engine pyttsx3$"):
        chosen(ENGLISH, language="de")
    # There is no free one for Portuguese.
    with pytest.raises(RequestError, match=r"here; add one in the settings of the system and take --engine pyttsx3$"):
        chosen(ENGLISH, language="pt-BR")


@pytest.mark.parametrize("voice", [None, "gmw/de"])
def test_an_engine_for_english_never_reads_another_language(monkeypatch: pytest.MonkeyPatch, voice: str | None):
    monkeypatch.setattr(Speaker, "name", "hibari")
    with pytest.raises(RequestError, match=r"^the engine 'hibari' speaks English only, and the text is 'de'; take "):
        chosen(ENGLISH, GERMAN, language="de", voice=voice)
    assert chosen(ENGLISH, GERMAN, language="en") == "en"


def test_a_hum_is_of_no_language():
    engine = FakeEngine()
    settings = voice_for(engine, VoiceSettings(), "de")
    assert settings.voice == "low"
    assert language_note(engine, settings, "de") is None
    assert tag_of(engine, settings) == ""
    german = Speaker(GERMAN, ENGLISH)
    assert tag_of(german, german.check(VoiceSettings())) == "de"
