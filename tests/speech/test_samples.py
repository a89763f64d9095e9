"""Samples to compare voices by: all that speak the language, equally loud, and a note for each that can't."""

from __future__ import annotations

import sys

import pytest

from audioguide.audio.level.loudness import loudness_lufs
from audioguide.errors import RequestError, SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech import samples as module
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.registry import ENGINES
from audioguide.speech.samples import Sample, engines_to_compare, samples

TEXT = "Kneel on your left knee."


def made(*engines: str, language: str = "en") -> tuple[list[Sample], list[str]]:
    notes: list[str] = []
    return list(samples(TEXT, engines, language, 150, notes.append)), notes


def test_every_voice_of_the_language_speaks_equally_loud():
    found, notes = made("fake")
    assert [(one.engine, one.voice.id) for one in found] == [("fake", "low"), ("fake", "high")]
    assert [loudness_lufs(one.clip) for one in found] == pytest.approx([-16, -16], abs=0.3)
    # The fake voice takes 60 ms for each of the 24 characters, so 5 words in 1.44 s.
    assert [one.words_a_minute for one in found] == [208, 208]
    assert not notes
    assert [one.voice.id for one in made("fake", language="EN-gb")[0]] == ["high"]
    assert made("fake", language="de") == ([], [])


def test_what_can_not_speak_is_noted_and_the_rest_is_heard(monkeypatch: pytest.MonkeyPatch):
    class Hoarse(FakeEngine):
        def check(self, settings: VoiceSettings) -> VoiceSettings:
            if settings.voice == "low":
                raise SpeechError("the voice is damaged")
            return super().check(settings)

    class Missing(FakeEngine):
        def voices(self):
            raise SpeechError("the package is missing")

    monkeypatch.setitem(ENGINES, "hoarse", Hoarse)
    monkeypatch.setitem(ENGINES, "missing", Missing)
    found, notes = made("missing", "hoarse")
    assert [one.voice.id for one in found] == ["high"]
    assert notes == ["missing: the package is missing", "hoarse low: the voice is damaged"]


def test_more_voices_than_anyone_hears_are_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_SAMPLES", 1)
    found, notes = made("fake", "fake")
    assert len(found) == 1
    assert notes[0] == "1 more voices of fake are left out; choose some with --language"


def test_an_unknown_engine_is_refused():
    with pytest.raises(RequestError, match="no voice engine 'espaek'"):
        made("espaek")
    with pytest.raises(RequestError, match="80 to 300"):
        list(samples(TEXT, ["fake"], "en", 10, print))


def test_each_voice_comes_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert "espeak" in engines_to_compare()
    assert not {"pyttsx3", "fake"} & set(engines_to_compare())
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "pyttsx3" in engines_to_compare()
