"""The real voices over a long session on a busy machine: nothing empty, cut short, or at another rate.

``AUDIOGUIDE_MANY_CUES=1`` lets them speak all 2,000 sentences; without it they speak every eleventh.
"""

import itertools
import os
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

ONE_WORD = ("Go.", "Rest.", "Lift.", "Lower.", "Hold.", "Breathe.", "Switch.", "Halfway.", "Relax.", "Done.")
NUMBERS = ("1", "2", "3", "8", "10", "Rep 12 of 15.", "45 seconds left.", "Set 2 of 3.", "1.5 minutes.", "90 seconds.")
LONG = (
    "Kneel on your left knee, with your right foot flat on the floor in front of you, tuck your tailbone under, and "
    "shift your weight forward until you feel a stretch at the front of your left hip.",
    "This session takes about 28 minutes; you need a mat, a foam roller, a small firm ball, and a chair or a sofa that "
    "does not slide, and if anything hurts sharply, stop, rest, and leave that exercise out.",
)

SENTENCES = [f"{where}, {verb} {what}{how}" for where, verb, what, how in itertools.product(WHERE, VERBS, WHAT, HOW)]

EVERY = 1 if os.environ.get("AUDIOGUIDE_MANY_CUES") else 11
"""Eleven shares no divisor with the sizes of the tables: each of their parts is spoken as often as any other."""

CUES = [*ONE_WORD, *NUMBERS, *LONG, *SENTENCES[::EVERY]]


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
    assert len(reference) == len(CUES) > 200
    again = spoken("espeak")
    assert all(np.array_equal(reference[text].samples, clip.samples) for text, clip in again.items())


@pytest.mark.skipif(
    sys.platform != "linux", reason="pyttsx3 has the voices of the reference on Linux only: run the tests there"
)
@pytest.mark.usefixtures("_busy")
def test_pyttsx3_takes_as_long_as_espeak_for_every_cue(reference: dict[str, Clip]) -> None:
    clips = spoken("pyttsx3")
    assert clips.keys() == reference.keys()
    off = {text: clip.duration_ms - reference[text].duration_ms for text, clip in clips.items()}
    assert {text: ms for text, ms in off.items() if abs(ms) > 40} == {}


@pytest.fixture(scope="module")
def natural() -> dict[str, Clip]:
    pytest.importorskip("hibari", reason="the natural voice isn't installed: pip install -e '.[natural]'")
    process = subprocess.Popen([sys.executable, "-c", BUSY])
    try:
        return spoken("hibari")
    finally:
        process.kill()
        process.wait()


def test_hibari_says_every_cue_whole_on_a_busy_machine(natural: dict[str, Clip], reference: dict[str, Clip]) -> None:
    assert natural.keys() == reference.keys()
    ratios = {text: clip.duration_ms / reference[text].duration_ms for text, clip in natural.items()}
    assert {text: ratio for text, ratio in ratios.items() if not 0.75 < ratio < 1.6} == {}


MOST_LONELY = 14.0
"""Of 200 cues espeak's reach 10 and hibari's 8; a click of a tenth of the peak in a pause has over 40."""


def lonely_jump(clip: Clip) -> float:
    """Return the largest step between two samples, as a multiple of the steps (RMS) in the 4 ms around it.

    A sibilant or the burst of a plosive has many large steps beside each other, a click has one.
    """
    steps = np.abs(np.diff(clip.samples))
    around = np.ones(97)
    around[46:51] = 0
    usual = np.sqrt(np.convolve(steps**2, around / around.sum(), "same"))
    return float((steps / (usual + 2e-3 * np.abs(clip.samples).max())).max())


def test_a_click_is_told_from_a_plosive(reference: dict[str, Clip]) -> None:
    clip = reference[SENTENCES[0]]
    assert lonely_jump(clip) < MOST_LONELY
    samples = clip.samples.copy()
    samples[: len(samples) // 2] *= np.linspace(1, 0, len(samples) // 2, dtype=np.float32)
    samples[len(samples) // 2 - 100] += 0.1 * np.abs(samples).max()
    assert lonely_jump(Clip(samples, clip.rate_hz)) > 2 * MOST_LONELY


def test_hibari_neither_clicks_nor_clips(natural: dict[str, Clip]) -> None:
    for text, clip in natural.items():
        peak = float(np.abs(clip.samples).max())
        assert 0.05 < peak < 1, text
        assert lonely_jump(clip) < MOST_LONELY, text
        assert max(abs(float(clip.samples[0])), abs(float(clip.samples[-1]))) < 0.001 * peak, text


def test_hibari_is_the_same_to_the_sample_in_another_order_and_number_of_processes(natural: dict[str, Clip]) -> None:
    engine = open_engine("hibari")
    engine.parallel = 1
    try:
        some = CUES[::-5]
        again = speak_all(engine, some, VoiceSettings())
    finally:
        engine.close()
    assert all(np.array_equal(natural[text].samples, again[text].samples) for text in some)


def test_a_slower_rate_slows_every_cue(reference: dict[str, Clip]) -> None:
    slow = spoken("espeak", rate_wpm=120)
    ratios = [clip.duration_ms / reference[text].duration_ms for text, clip in slow.items()]
    assert min(ratios) > 1.1
    assert max(ratios) < 1.4
