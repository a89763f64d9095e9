import sys
import threading
from importlib import util

import pytest

from audioguide.audio.clip import Clip
from audioguide.errors import RequestError, SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech import espeak_files
from audioguide.speech.batch import speak_all
from audioguide.speech.engine import Voice
from audioguide.speech.espeak import EspeakEngine
from audioguide.speech.fake import FakeEngine
from audioguide.speech.registry import DEFAULTS, ENGINES, default_engine, open_engine
from audioguide.speech.voices import chosen, tags_of


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_has_the_name_it_is_opened_by(name: str) -> None:
    assert open_engine(name).name == name


@pytest.mark.parametrize(("platform", "engine"), DEFAULTS.items())
def test_each_platform_has_its_engine(monkeypatch: pytest.MonkeyPatch, platform: str, engine: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert default_engine() == engine
    assert engine in ENGINES


@pytest.mark.parametrize(("asked", "near"), [("espek", "espeak"), ("pyttsx", "pyttsx3"), ("zzz", "there are espeak")])
def test_an_unknown_engine_is_refused_with_near_ones(asked: str, near: str) -> None:
    with pytest.raises(RequestError, match=near):
        open_engine(asked)


class Counting(FakeEngine):
    parallel = 4

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.lock = threading.Lock()

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        with self.lock:
            self.asked.append(text)
        if text == "fail":
            raise SpeechError("no")
        return super().synthesize(text, settings)


def test_each_distinct_text_is_spoken_once_and_told() -> None:
    engine, told = Counting(), []
    clips = speak_all(
        engine, ["b", "a", "b", "c", "a"], VoiceSettings(), lambda done, total: told.append((done, total))
    )
    assert list(clips) == ["b", "a", "c"]
    assert sorted(engine.asked) == ["a", "b", "c"]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_no_texts_are_no_clips() -> None:
    assert speak_all(FakeEngine(), [], VoiceSettings()) == {}


def test_a_failure_ends_the_batch_early() -> None:
    engine = Counting()
    with pytest.raises(SpeechError):
        speak_all(engine, ["fail", *map(str, range(2000))], VoiceSettings())
    assert len(engine.asked) < 2000


def test_settings_are_checked_before_anything_is_spoken() -> None:
    engine = Counting()
    with pytest.raises(RequestError):
        speak_all(engine, ["a"], VoiceSettings(rate_wpm=5))
    assert engine.asked == []


def test_a_language_that_several_voices_speak_is_ambiguous() -> None:
    voices = (Voice("x/a", "Ann", "en_US"), Voice("x/b", "Bob", "en-US"), Voice("x/c", "Cy", "de"))
    tags = tags_of(voices)
    assert chosen("ann", voices, tags) == "x/a"
    assert chosen("DE", voices, tags) == chosen("c", voices, tags) == "x/c"
    with pytest.raises(RequestError, match="'x/a', 'x/b'"):
        chosen("en-us", voices, tags)


def test_a_missing_wheel_names_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(SpeechError, match="pip install espeakng-loader"):
        EspeakEngine().check(VoiceSettings())


def test_a_wheel_without_data_names_the_mend(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    library = tmp_path / "espeakng_loader"
    library.mkdir()
    (library / "__init__.py").touch()
    for name in espeak_files.LIBRARIES.values():
        (library / name).touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SpeechError, match=r"lacks .*phontab; mend it with"):
        EspeakEngine().check(VoiceSettings())
