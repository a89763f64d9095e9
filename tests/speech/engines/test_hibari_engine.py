import itertools
import sys
from collections.abc import Iterator
from importlib import util
from pathlib import Path

import pytest

from audioguide.errors import RequestError, SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines import hibari_engine
from audioguide.speech.engines.calibration import HEART_MS, SENTENCES
from audioguide.speech.engines.hibari_engine import ONE_WORD_SPEED, SPEEDS, HibariEngine, speed_of
from audioguide.speech.engines.pace import pace_path
from audioguide.speech.engines.worker import Worker
from audioguide.speech.text.normalise import spoken
from tests.helpers import speak_all
from tests.speech.engines.fake_hibari import WEIGHTS, write_fake_hibari


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "packages"
    package = write_fake_hibari(folder)
    # Another test of the process may have loaded the real one, which would be found first.
    for name in [name for name in sys.modules if name.partition(".")[0] == "hibari"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(folder)
    return package


@pytest.fixture
def engine(package: Path) -> Iterator[HibariEngine]:
    engine = HibariEngine()
    yield engine
    engine.close()


def asked(package: Path) -> list[str]:
    return (package / "asked").read_text().splitlines()


def test_a_higher_rate_is_a_higher_speed() -> None:
    assert [speed for _, speed in SPEEDS] == sorted(speed for _, speed in SPEEDS)
    assert [rate for rate, _ in SPEEDS] == sorted(rate for rate, _ in SPEEDS)
    speeds = [speed_of(rate, words=9) for rate in range(80, 301)]
    assert all(slow <= fast for slow, fast in itertools.pairwise(speeds))
    assert speeds[0] < speed_of(150, words=9) < speeds[-1]


def test_a_cue_of_two_words_is_never_spoken_fast() -> None:
    assert speed_of(300, words=2) < speed_of(300, words=3)
    assert speed_of(100, words=2) == speed_of(100, words=9)


def test_a_cue_of_one_word_has_one_pace_as_it_is_misheard_when_drawn_out_or_hurried() -> None:
    assert {speed_of(rate, words=1) for rate in range(80, 301)} == {ONE_WORD_SPEED}


@pytest.mark.real
def test_text_arrives_in_words_with_phonemes_as_links_and_no_other_link(package: Path, engine: HibariEngine) -> None:
    said = spoken("Lift 10x on the psoas", {"psoas": "/sOas/"})
    engine.synthesize(said, VoiceSettings())
    engine.synthesize("See [this](/xyz/) and 2 more", VoiceSettings())
    assert asked(package) == ["Lift ten times on the [psoas](/sOas/)", "See this ( or xyz or ) and two more"]


@pytest.mark.real
def test_sentences_are_joined_with_a_pause_and_each_rate_goes_to_the_same_process(engine: HibariEngine) -> None:
    one = engine.synthesize("Hold it there", VoiceSettings()).duration_ms
    two = engine.synthesize("Hold it there. Hold it there.", VoiceSettings()).duration_ms
    assert two == pytest.approx(2 * one + 485, abs=5)
    worker = engine._pools.pool("heart")._idle[0].pid
    assert engine.synthesize("Hold it there", VoiceSettings(rate_wpm=110)).duration_ms > one
    assert engine._pools.pool("heart")._idle[0].pid == worker


@pytest.mark.real
def test_no_more_processes_run_than_pay_off(engine: HibariEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "parallel", 12)
    speak_all(engine, [f"Lift it, {word}" for word in "abcdefghijklmnopqrstuvwxyz"], VoiceSettings())
    assert 1 <= len(engine._pools.pool("heart")._idle) <= hibari_engine.MOST_PROCESSES


@pytest.mark.real
def test_unknown_phonemes_are_refused_by_name(engine: HibariEngine) -> None:
    with pytest.raises(SpeechError, match=r"the lexicon's phonemes '/sØas/' hold 'Ø', which this voice doesn't have"):
        engine.synthesize(spoken("the psoas", {"psoas": "/sØas/"}), VoiceSettings())


@pytest.mark.real
@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("dies", r"hibari worker ended with status 3"),
        ("raises", r"^hibari worker: RuntimeError: out of memory$"),
        ("silent", r"^the voice gave silence for 'Hold it there'$"),
        ("nothing", r"^the voice gave an empty clip for 'Hold it there'$"),
        ("short", r"^the voice gave \d+ ms for 'Hold it there', where .* are plausible$"),
    ],
)
def test_what_goes_wrong_is_tried_again_and_then_one_line(
    package: Path, engine: HibariEngine, how: str, message: str
) -> None:
    (package / "once").write_text(how)
    assert engine.synthesize("Hold it there", VoiceSettings()).duration_ms > 500
    assert not (package / "once").exists()
    (package / "how").write_text(how)
    with pytest.raises(SpeechError, match=message):
        engine.synthesize("Hold it there", VoiceSettings())


@pytest.mark.real
def test_a_voice_that_hangs_is_ended_and_asked_again(
    package: Path, engine: HibariEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.synthesize("Hold it there", VoiceSettings())
    limits = itertools.chain([2.0], itertools.repeat(60.0))
    ask = Worker.ask
    monkeypatch.setattr(Worker, "ask", lambda worker, request, *_: ask(worker, request, next(limits)))
    (package / "once").write_text("hangs")
    assert engine.synthesize("Hold it there", VoiceSettings()).duration_ms > 500


@pytest.mark.real
def test_a_package_that_does_not_load_is_said_and_not_tried_again(package: Path, engine: HibariEngine) -> None:
    (package / "broken").touch()
    with pytest.raises(SpeechError, match=r"^hibari worker: ValueError: unknown opset$"):
        engine.synthesize("Hold.", VoiceSettings())


def test_version_and_voices_load_nothing(engine: HibariEngine) -> None:
    before = set(sys.modules)
    assert engine.version().startswith("hibari-tts ")
    assert [voice.id for voice in engine.voices()] == ["heart"]
    engine.check(VoiceSettings())
    assert not {name.split(".")[0] for name in set(sys.modules) - before} & {"hibari", "onnxruntime"}


def test_the_version_tells_the_weights_and_what_computes(package: Path) -> None:
    first = HibariEngine().version()
    assert "onnxruntime " in first
    assert "numpy " in first
    list_ = package / "assets" / "voices.json"
    list_.write_text(list_.read_text().replace('"sha256": "', '"sha256": "0'))
    assert HibariEngine().version() != first


def test_a_damaged_voice_file_is_an_error_that_names_the_fix(package: Path, engine: HibariEngine) -> None:
    weights = package / "assets" / "hibari.onnx"
    weights.write_bytes(WEIGHTS + b"!")
    with pytest.raises(SpeechError, match=r"hibari\.onnx is damaged; fix it with: pip install --force-re"):
        engine.synthesize("Hold.", VoiceSettings())
    weights.unlink()
    with pytest.raises(SpeechError, match=r"hibari\.onnx can't be read \(No such file .*\); fix it with: pip"):
        engine.synthesize("Hold.", VoiceSettings())


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"heart": {}}', '{"heart": 3}'])
def test_a_damaged_list_of_voices_is_an_error_that_names_the_fix(package: Path, damage: str) -> None:
    (package / "assets" / "voices.json").write_text(damage)
    with pytest.raises(SpeechError, match=r"^the engine 'hibari' can't read its list of voices .*; fix it with: pip"):
        HibariEngine().check(VoiceSettings())


@pytest.mark.parametrize(("module", "fix"), hibari_engine.NEEDS.items())
@pytest.mark.usefixtures("package")
def test_a_missing_package_names_the_fix(monkeypatch: pytest.MonkeyPatch, module: str, fix: str) -> None:
    find = util.find_spec
    monkeypatch.setattr(util, "find_spec", lambda name: None if name == module else find(name))
    with pytest.raises(SpeechError, match=rf"^the engine 'hibari' needs the package {fix}; fix it with: pip"):
        HibariEngine().check(VoiceSettings())


@pytest.mark.real
def test_a_fetched_voice_speaks_once_its_file_is_the_listed_one(package: Path, tmp_path: Path) -> None:
    file = tmp_path / "emma.onnx"
    file.write_bytes(WEIGHTS)
    alone, fetched = HibariEngine(), HibariEngine(lambda engine: {"emma": file})
    assert [voice.id for voice in fetched.voices()] == ["heart", "emma"]
    assert fetched.version() == alone.version()
    assert fetched.check(VoiceSettings(voice="en-gb")).voice == "emma"
    assert fetched.synthesize("Hold it there", VoiceSettings(voice="emma")).duration_ms > 500
    fetched.close()
    with pytest.raises(RequestError, match="no voice 'emma'"):
        alone.check(VoiceSettings(voice="emma"))
    file.write_bytes(b"other")
    with pytest.raises(SpeechError, match="is damaged; fix it with: audioguide voices get emma"):
        HibariEngine(lambda engine: {"emma": file}).synthesize("Hold.", VoiceSettings(voice="emma"))


@pytest.mark.real
def test_a_fetched_voice_is_measured_before_it_first_speaks_and_then_never_again(package: Path, tmp_path: Path) -> None:
    file = tmp_path / "emma.onnx"
    file.write_bytes(WEIGHTS)
    for measured in (True, False):
        engine = HibariEngine(lambda engine: {"emma": file})
        (package / "asked").write_text("")
        engine.synthesize("Hold it there", VoiceSettings(voice="emma"))
        engine.close()
        sentences = list(SENTENCES["en"]) * len(HEART_MS) if measured else []
        assert asked(package) == [*sentences, "Hold it there"]
    assert pace_path(file).exists()


def test_the_default_voice_needs_no_look_at_fetched_files(package: Path) -> None:
    engine = HibariEngine(lambda engine: pytest.fail("read the files of fetched voices"))
    assert engine.check(VoiceSettings()).voice == engine.check(VoiceSettings(voice="heart")).voice == "heart"
    assert engine.pace_factor("heart") == 1.0
