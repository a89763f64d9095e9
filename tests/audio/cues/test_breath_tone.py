import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.cues.breath_tone import DUCKING, HIGH_HZ, LOW_HZ, breath_clip, breath_runs
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.model.kinds import BeepRole, BreathRole, EventKind
from audioguide.model.timeline import Event, Timeline


def breaths(*parts: tuple[BreathRole, int], start_ms: int = 1_000) -> tuple[Event, ...]:
    events = []
    for role, length_ms in parts:
        events.append(Event(EventKind.BREATH, role, start_ms, start_ms + length_ms))
        start_ms += length_ms
    return tuple(events)


IN_OUT = breaths((BreathRole.IN, 4_000), (BreathRole.OUT, 6_000))
BOX = breaths((BreathRole.IN, 4_000), (BreathRole.STAY, 4_000), (BreathRole.OUT, 4_000))


def pitch_hz(clip: Clip, at_ms: int) -> float:
    part = clip.samples[at_ms * 24 : at_ms * 24 + 2_400]
    return float(np.abs(np.fft.rfft(part * np.hanning(part.size), 48_000)).argmax()) / 2


def level_lufs(clip: Clip, at_ms: int, length_ms: int = 400) -> float:
    return loudness_lufs(Clip(clip.samples[at_ms * 24 : (at_ms + length_ms) * 24]))


def test_it_rises_while_breathing_in_and_falls_while_breathing_out():
    clip = breath_clip(IN_OUT, (), -28, 24_000)
    rising = [pitch_hz(clip, at) for at in range(300, 3_900, 400)]
    falling = [pitch_hz(clip, at) for at in range(4_100, 9_500, 500)]
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert LOW_HZ <= rising[0] < rising[-1] <= HIGH_HZ + 1


def test_it_stays_where_it_is_while_the_breath_is_held():
    clip = breath_clip(BOX, (), -28, 24_000)
    assert {pitch_hz(clip, at) for at in range(4_100, 7_800, 600)} <= {659.0, 659.5, 660.0}


def test_its_top_is_as_loud_as_asked_and_it_begins_and_ends_in_silence():
    clip = breath_clip(BOX, (), -28, 24_000)
    assert level_lufs(clip, 5_000) == pytest.approx(-28, abs=0.1)
    assert abs(clip.samples[0]) < 1e-4
    assert abs(clip.samples[-1]) < 1e-4
    assert np.abs(np.diff(clip.samples)).max() < 0.02
    assert clip.duration_ms == 12_000


def test_a_cue_turns_it_down():
    cue = Event(EventKind.BEEP, BeepRole.HALF, 5_900, 6_300)
    clip = breath_clip(BOX, (cue,), -28, 24_000)
    assert level_lufs(clip, 4_900) == pytest.approx(-28 - DUCKING.down_db, abs=0.3)
    assert level_lufs(clip, 6_500) == pytest.approx(-28, abs=0.3)


def test_breaths_that_follow_each_other_are_one_run():
    later = breaths((BreathRole.IN, 4_000), start_ms=11_004)
    events = (*IN_OUT, *later)
    runs = list(breath_runs(Timeline(events, (), (), 20_016)))
    assert runs == [IN_OUT, later]


def test_equal_runs_share_one_clip_wherever_they_stand():
    again = breaths((BreathRole.IN, 4_000), (BreathRole.OUT, 6_000), start_ms=60_000)
    assert breath_clip(IN_OUT, (), -28, 24_000) is breath_clip(again, (), -28, 24_000)
