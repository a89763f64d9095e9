"""The default voice in the built-in sessions: no cue loses its ends, and none is too long for its place."""

from __future__ import annotations

import numpy as np
import pytest

from audioguide.audio.clip import Clip, Samples
from audioguide.compose.composer import compose
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail
from audioguide.model.voice import VoiceSettings
from audioguide.pipeline import prepare_session
from audioguide.speech.engines import hibari_engine
from audioguide.speech.engines.hibari_engine import RATE_HZ, HibariEngine
from audioguide.speech.text.normalise import spoken
from tests.helpers import layer, session_of, speak_all

pytestmark = pytest.mark.real

WINDOW = RATE_HZ // 100
"""The loudest 10 ms of a cue are what its ends are compared with."""

SLOW_WPM = 130
"""Slower than the default: what has room at it has room at the default rate too."""

Ends = tuple[str, Samples, Clip]


def level_db(samples: Samples) -> float:
    """Return the power of the loudest 10 ms of ``samples``."""
    if samples.size < WINDOW:
        return -120.0
    energy = np.concatenate([[0.0], np.square(samples, dtype=np.float64).cumsum()])
    power = float((energy[WINDOW:] - energy[:-WINDOW]).max()) / WINDOW
    return 10 * np.log10(max(power, 1e-12))


@pytest.fixture(scope="module")
def ends() -> list[Ends]:
    """Every other sentence of the built-in sessions and the counts to 30: its text, its sound, and that trimmed."""
    pytest.importorskip("hibari", reason="the natural voice isn't installed: pip install -e '.[natural]'")
    scripts = [
        compose(session_of(load_protocol(name), layer(detail=detail.value)), 1_200_000)
        for name in builtin_ids()
        for detail in Detail
    ]
    said = sorted({spoken(text, {}) for script in scripts for text in script.texts()})
    texts = {*said[::2], *(f"{n}." for n in range(1, 31))}
    found: list[Ends] = []
    trim = hibari_engine.validated

    def noted(samples: Samples, rate_hz: int, text: str, plausible: tuple[int, int], ends: object) -> Clip:
        clip = trim(samples, rate_hz, text, plausible, ends)  # type: ignore[arg-type]
        found.append((text, samples, clip))
        return clip

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hibari_engine, "validated", noted)
        engine = HibariEngine()
        engine.parallel = 1
        try:
            speak_all(engine, sorted(texts), engine.check(VoiceSettings()))
        finally:
            engine.close()
    return found


def cut(whole: Samples, clip: Clip) -> tuple[Samples, Samples]:
    """Return what was cut off before and after ``clip``, whose middle is found in ``whole``."""
    middle = clip.samples.size // 2
    probe = clip.samples[middle - 50 : middle + 50]
    windows = np.lib.stride_tricks.sliding_window_view(whole, probe.size)
    at = int(np.flatnonzero((windows == probe).all(axis=1))[0]) - (middle - 50)
    return whole[:at], whole[at + clip.samples.size :]


def test_no_cue_loses_an_edge_and_none_keeps_a_silence_that_delays_it(ends: list[Ends]):
    assert len(ends) > 200
    for text, whole, clip in ends:
        loudest_db = level_db(whole)
        energy = float(np.square(whole, dtype=np.float64).sum())
        for part in cut(whole, clip):
            # Nothing of the voice but its breath: 40 dB below the loudest moment, and 47 dB below the whole.
            assert level_db(part) <= loudest_db - 39, text
            assert float(np.square(part, dtype=np.float64).sum()) <= energy * 2e-5, text
        heard = np.flatnonzero(np.abs(clip.samples) > np.abs(clip.samples).max() * 10 ** (-30 / 20))
        assert heard[0] <= 0.1 * RATE_HZ, text
        assert clip.samples.size - heard[-1] <= 0.15 * RATE_HZ, text


def test_every_word_of_a_tempo_has_its_room(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("hibari", reason="the natural voice isn't installed: pip install -e '.[natural]'")
    monkeypatch.setattr(hibari_engine, "usable_cpus", lambda: 1)
    # Of the built-in sessions the default has the quickest tempo: a lift of one second, at whose start counts are said.
    held = [item.id for item in session_of(load_protocol()).prescriptions() if not item.tempo]
    voice = layer(voice={"engine": "hibari", "rate_wpm": SLOW_WPM}, detail="full", skip=held)
    dropped = prepare_session(load_protocol(), [voice]).plan.timeline.dropped
    # A reminder in the middle of a set is no word of the tempo: said so slowly, it gives way to the count.
    exercises = load_protocol().exercise.values()
    reminders = tuple(exercise.mid_set for exercise in exercises if exercise.mid_set)
    assert [cue for cue in dropped if "tempo" in cue.why and not cue.text.endswith(reminders)] == []
