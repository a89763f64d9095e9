"""Builds with the natural voice, which takes a while to load: only for what nobody has spoken yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.audio.clip import Clip
from audioguide.compose.other_doses import texts_of_other_doses
from audioguide.library.protocol_files import load_protocol, parse_protocol
from audioguide.model.protocol import Protocol
from audioguide.model.voice import VoiceSettings
from audioguide.pipeline import Prepared, prepare_session
from audioguide.speech.engines import hibari_engine
from audioguide.speech.engines.hibari_engine import HibariEngine
from tests.helpers import layer

pytestmark = pytest.mark.real

HIP_FLEXOR = load_protocol("hip-flexor")


@pytest.fixture(scope="module")
def clips() -> dict[tuple[str, VoiceSettings], Clip]:
    """What the voice has said: it says a text as it said it before, so the tests let it say each once."""
    return {}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, clips: dict[tuple[str, VoiceSettings], Clip]) -> list[tuple[str, int]]:
    """The texts that the voice is asked for, and the rates in words a minute."""
    pytest.importorskip("hibari", reason="the natural voice isn't installed: pip install -e '.[natural]'")
    texts: list[tuple[str, int]] = []
    speak = HibariEngine.synthesize

    def synthesize(engine: HibariEngine, text: str, settings: VoiceSettings) -> Clip:
        texts.append((text, settings.rate_wpm))
        if (text, settings) not in clips:
            clips[text, settings] = speak(engine, text, settings)
        return clips[text, settings]

    monkeypatch.setattr(HibariEngine, "synthesize", synthesize)
    # A second process of the voice takes as long to start as half a session to speak.
    monkeypatch.setattr(hibari_engine, "usable_cpus", lambda: 1)
    return texts


def made(protocol: Protocol = HIP_FLEXOR, **wishes: object) -> Prepared:
    return prepare_session(protocol, [layer(voice={"engine": "hibari"}, **wishes)])


def test_after_a_first_build_other_doses_need_no_voice(asked: list[tuple[str, int]]):
    # Of each kind one is enough: a hold on each side, and reps.
    skipped = ["quad-foam-roll", "psoas-ball", "half-kneeling", "low-lunge-reach", "dead-bug", "bird-dog"]
    made(skip=skipped)
    assert asked
    asked.clear()
    for changed in ({"couch-stretch": {"hold_s": 75}}, {"glute-bridge": {"reps": 14}}, {}):
        made(exercise=changed, skip=skipped)
    assert asked == []


def test_fitting_to_minutes_speaks_what_is_heard_and_other_doses_of_it_only(asked: list[tuple[str, int]]):
    minutes = 20
    found = made(minutes=minutes)
    assert abs(found.plan.timeline.duration_ms - minutes * 60_000) <= 15_000
    others = set(texts_of_other_doses(found.session, found.plan.timeline.duration_ms)) - set(found.speech)
    # Of what is planned, wordings that turn out to have no room are spoken too.
    assert len(asked) <= 1.5 * len(found.speech) + len(others)
    assert len(asked) == len(set(asked))


SHORT = parse_protocol(
    {
        "format": 1,
        "id": "short",
        "title": "Short",
        "exercise": {
            "kneel": {
                "name": "Kneel",
                "sides": "each",
                "setup": ["Kneel."],
                "hold_s": {"default": 30, "min": 15, "max": 90},
            },
            "plank": {
                "name": "Plank",
                "setup": ["Lie on your front."],
                "hold_s": {"default": 20, "min": 10, "max": 60},
                "sets": 3,
            },
        },
        "phase": [{"title": "Floor", "exercises": ["kneel", "plank"]}],
    },
    "short.toml",
)
"""A session whose words are soon spoken."""


def test_fitting_to_minutes_gives_the_same_whatever_was_spoken_before(
    asked: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    first = made(SHORT, minutes=6)
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "another"))
    assert made(SHORT, minutes=9).plan.timeline.duration_ms > first.plan.timeline.duration_ms + 60_000
    assert made(SHORT, minutes=6).plan == first.plan
