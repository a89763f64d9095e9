"""Builds with the natural voice, which takes a while to load: only for what nobody has spoken yet."""

from __future__ import annotations

import pytest

from audioguide.library.protocol_files import load_protocol
from audioguide.model.voice import VoiceSettings
from audioguide.pipeline import Prepared, prepare_session
from audioguide.speech.engines.hibari_engine import HibariEngine
from tests.helpers import layer

pytestmark = pytest.mark.real

HIP_FLEXOR = load_protocol("hip-flexor")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The texts that the voice is asked for, and the rates in words a minute."""
    pytest.importorskip("hibari", reason="the natural voice isn't installed: pip install -e '.[natural]'")
    texts: list[tuple[str, int]] = []
    speak = HibariEngine.synthesize

    def synthesize(engine: HibariEngine, text: str, settings: VoiceSettings) -> object:
        texts.append((text, settings.rate_wpm))
        return speak(engine, text, settings)

    monkeypatch.setattr(HibariEngine, "synthesize", synthesize)
    return texts


def made(**wishes: object) -> Prepared:
    return prepare_session(HIP_FLEXOR, [layer(voice={"engine": "hibari"}, **wishes)])


def test_after_a_first_build_other_doses_need_no_voice(asked: list[tuple[str, int]]):
    made()
    assert asked
    asked.clear()
    for changed in ({"couch-stretch": {"hold_s": 75}}, {"glute-bridge": {"reps": 14}}, {}):
        made(exercise=changed)
    assert asked == []


@pytest.mark.parametrize("minutes", [10, 20])
def test_fitting_to_minutes_speaks_what_is_heard_and_other_doses_of_it_only(asked: list[tuple[str, int]], minutes: int):
    found = made(minutes=minutes)
    assert abs(found.plan.timeline.duration_ms - minutes * 60_000) <= 15_000
    assert len(asked) < 1.5 * len(found.speech)
    assert len(asked) == len(set(asked))


def test_fitting_to_minutes_gives_the_same_whatever_was_spoken_before(
    asked: list[tuple[str, int]], monkeypatch, tmp_path
):
    first = made(minutes=20)
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "another"))
    made(minutes=25)
    assert made(minutes=20).plan == first.plan
