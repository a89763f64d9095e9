"""The real voices over a long session on a busy machine: nothing empty, cut short, or at another rate."""

import itertools
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.model.voice import VoiceSettings
from audioguide.speech.registry import open_engine
from tests.helpers import speak_all

pytestmark = pytest.mark.real

BUSY = "while True: sum(range(100_000))"

WHERE = (
    "Now",
    "Gently",
    "On your left side",
    "On your right side",
    "With an exhale",
    "From here",
    "Once more",
    "Slowly",
)
VERBS = ("press", "lift", "lower", "hold", "reach", "draw", "push", "squeeze", "soften", "turn")
WHAT = ("your hips forward", "your tailbone under", "the knee", "both heels", "your ribs")
HOW = (".", ", and breathe.", " for 10 seconds.", ", then rest; don't arch your lower back.", " a little more.")

CUES = [f"{where}, {verb} {what}{how}" for where, verb, what, how in itertools.product(WHERE, VERBS, WHAT, HOW)]


@pytest.fixture
def _busy() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-c", BUSY])
    yield
    process.kill()
    process.wait()


def spoken(engine: str, rate_wpm: int = 150) -> dict[str, Clip]:
    opened = open_engine(engine)
    try:
        return speak_all(opened, CUES, VoiceSettings(rate_wpm=rate_wpm))
    finally:
        opened.close()


@pytest.fixture(scope="module")
def reference() -> dict[str, Clip]:
    return spoken("espeak")


@pytest.mark.usefixtures("_busy")
def test_espeak_is_the_same_to_the_sample_on_a_busy_machine(reference: dict[str, Clip]) -> None:
    assert len(reference) == 2000
    again = spoken("espeak")
    assert all(np.array_equal(reference[text].samples, clip.samples) for text, clip in again.items())


@pytest.mark.skipif(
    sys.platform != "linux", reason="pyttsx3 has the voices of the reference on Linux only: run the tests there"
)
@pytest.mark.usefixtures("_busy")
def test_pyttsx3_takes_as_long_as_espeak_for_every_cue(reference: dict[str, Clip]) -> None:
    clips = spoken("pyttsx3")
    assert len(clips) == 2000
    off = {text: clip.duration_ms - reference[text].duration_ms for text, clip in clips.items()}
    assert {text: ms for text, ms in off.items() if abs(ms) > 40} == {}


def test_a_slower_rate_slows_every_cue(reference: dict[str, Clip]) -> None:
    slow = spoken("espeak", rate_wpm=120)
    ratios = [clip.duration_ms / reference[text].duration_ms for text, clip in slow.items()]
    assert min(ratios) > 1.1
    assert max(ratios) < 1.4
