"""How fast a fetched voice speaks: measured once, kept whole beside it, and allowed for at every rate."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audioguide.errors import SpeechError
from audioguide.speech.engines import pace
from audioguide.speech.engines.calibration import PIPER_MS, SENTENCES
from audioguide.speech.engines.hibari_engine import ONE_WORD_SPEED, SPEEDS, speed_of
from audioguide.speech.engines.pace import LEAST_FACTOR, MOST_FACTOR, PaceFactors, pace_path
from audioguide.speech.engines.piper_engine import length_of
from audioguide.speech.engines.voice_list import VOICES

SHA256 = "a" * 64


class Measuring:
    """Counts how often it is asked, and answers 1.084."""

    def __init__(self, factor: float = 1.084) -> None:
        self.factor = factor
        self.asked: list[str] = []

    def __call__(self, voice: str) -> float:
        self.asked.append(voice)
        return self.factor


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return tmp_path / "ada.onnx"


def factor_of(measure: Callable[[str], float], model: Path, sha256: str = SHA256) -> float:
    """Return the factor as another process would find it."""
    return PaceFactors(measure).of("ada", lambda: model, sha256)


def test_a_pace_is_measured_once_and_kept_in_hundredths(model: Path):
    measure = Measuring()
    paces = PaceFactors(measure)
    assert [paces.of("ada", lambda: model, SHA256) for _ in range(2)] == [1.08, 1.08]
    assert factor_of(measure, model) == 1.08
    assert measure.asked == ["ada"]
    assert [path.name for path in model.parent.iterdir()] == ["ada.onnx.pace.json"]


@pytest.mark.parametrize(("measured", "factor"), [(0.1, LEAST_FACTOR), (9.0, MOST_FACTOR), (1.0049, 1.0)])
def test_what_no_voice_has_is_brought_within_bounds(model: Path, measured: float, factor: float):
    assert factor_of(Measuring(measured), model) == factor


def test_the_pace_of_another_file_or_measured_otherwise_is_measured_anew(model: Path, monkeypatch: pytest.MonkeyPatch):
    factor_of(Measuring(1.2), model)
    assert factor_of(Measuring(), model, "b" * 64) == 1.08
    assert factor_of(Measuring(1.3), model) == 1.3
    monkeypatch.setattr(pace, "PACE_VERSION", pace.PACE_VERSION + 1)
    assert factor_of(Measuring(), model) == 1.08


def test_a_damaged_file_is_measured_anew_and_replaced(model: Path):
    whole = {"version": pace.PACE_VERSION, "sha256": SHA256, "factor": 1.2}
    damaged = ["", "{", "[]", "3", json.dumps(whole | {"factor": "fast"}), json.dumps(whole | {"factor": None})]
    damaged += [json.dumps(whole | {"factor": factor}) for factor in (0.0, 7.0, float("nan"))]
    for text in damaged:
        pace_path(model).write_text(text)
        measure = Measuring()
        assert [factor_of(measure, model), factor_of(measure, model)] == [1.08, 1.08]
        assert len(measure.asked) == 1
    pace_path(model).write_bytes(b"\xff")
    assert factor_of(Measuring(), model) == 1.08


def test_where_it_cannot_be_kept_each_process_measures_and_nothing_fails(model: Path):
    pace_path(model).mkdir()  # no file can take its place, whoever runs this
    measure = Measuring()
    for _ in range(2):
        paces = PaceFactors(measure)
        assert [paces.of("ada", lambda: model, SHA256) for _ in range(2)] == [1.08, 1.08]
    assert len(measure.asked) == 2
    assert [path.name for path in model.parent.iterdir()] == ["ada.onnx.pace.json"]


def test_a_voice_that_fails_is_an_error_each_time_and_keeps_nothing(model: Path):
    def fail(_: str) -> float:
        raise SpeechError("the voice gave silence")

    paces = PaceFactors(fail)
    for _ in range(2):
        with pytest.raises(SpeechError, match="silence"):
            paces.of("ada", lambda: model, SHA256)
    assert not pace_path(model).exists()


def test_threads_that_ask_at_once_measure_once(model: Path):
    measure = Measuring()
    paces = PaceFactors(measure)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: paces.of("ada", lambda: model, SHA256), range(50))) == {1.08}
    assert measure.asked == ["ada"]


def test_a_slow_voice_of_hibari_speaks_at_the_speed_of_a_higher_rate():
    assert speed_of(150, words=9, factor=1.0) == speed_of(150, words=9)
    assert speed_of(150, words=9, factor=1.2) == speed_of(180, words=9)
    assert speed_of(150, words=9, factor=0.8) == speed_of(120, words=9)
    assert speed_of(150, words=1, factor=1.2) > ONE_WORD_SPEED > speed_of(150, words=1, factor=0.8)
    assert speed_of(300, words=2, factor=1.2) < speed_of(300, words=9, factor=1.2)
    for factor in (LEAST_FACTOR, 0.9, 1.1, MOST_FACTOR):
        speeds = [speed_of(rate, words=9, factor=factor) for rate in range(80, 301)]
        assert all(slow <= fast for slow, fast in itertools.pairwise(speeds))
        assert SPEEDS[0][1] <= speeds[0] < speeds[-1] <= SPEEDS[-1][1]


def test_the_sounds_of_a_slow_voice_of_piper_are_made_shorter():
    assert length_of(150, 1.25) == pytest.approx(length_of(150) / 1.25, abs=0.001)
    assert length_of(150, 0.8) == pytest.approx(length_of(150) / 0.8, abs=0.001)


def test_every_voice_that_can_be_fetched_has_sentences_to_be_measured_by():
    for voice in VOICES:
        language = voice.language.partition("-")[0]
        assert language in (SENTENCES if voice.engine == "hibari" else PIPER_MS), voice.name
    assert SENTENCES.keys() == PIPER_MS.keys()
    assert all(len(texts) == len(set(texts)) == 6 for texts in SENTENCES.values())
