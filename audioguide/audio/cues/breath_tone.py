"""The breath pacer: a soft tone that rises as the person breathes in and falls as they breathe out, below the cues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.level.ducking import DuckedGain, Ducking, Stretch
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.model.kinds import BreathRole, EventKind
from audioguide.model.timeline import Event, Timeline

LOW_HZ, HIGH_HZ = 440.0, 659.26
"""A fifth: far enough to be heard as rising, and where phone speakers play."""

_HARMONICS = (1.0, 0.2, 0.05)
_SOFTEST = 0.35
"""Beside its loudest, at the turn from out to in: rising is heard in level, too, and nothing stops dead."""

_RISE_MS, _FALL_MS = 300, 500

# Quicker than music's: the person breathes by the tone, so it is to be away no longer than the cue lasts.
DUCKING = Ducking(down_db=10, attack_ms=150, release_ms=400, join_ms=600)

BreathStep = tuple[BreathRole, int]
"""What a breath does, in, out or stay, and for how many ms."""


def breath_runs(timeline: Timeline) -> Iterator[tuple[Event, ...]]:
    """Yield the breaths of ``timeline``, those together that follow each other without a gap."""
    run: list[Event] = []
    for event in timeline.of_kind(EventKind.BREATH):
        if run and event.start_ms != run[-1].end_ms:
            yield tuple(run)
            run = []
        run.append(event)
    if run:
        yield tuple(run)


def breath_clip(run: Sequence[Event], cues: Iterable[Event], lufs: float, rate_hz: int) -> Clip:
    """Return the tone of a run of breaths, ducked under ``cues``.

    Args:
        run: breaths that follow each other, as `breath_runs` gives them.
        cues: what is said or beeps in the session.
        lufs: loudness at the top.
        rate_hz: samples a second, a whole number a millisecond.
    """
    begin = run[0].start_ms
    end = run[-1].end_ms
    reach_ms = DUCKING.attack_ms + DUCKING.release_ms
    within_reach = (cue for cue in cues if cue.end_ms > begin - reach_ms and cue.start_ms < end + reach_ms)
    ducked = tuple((cue.start_ms - begin, cue.end_ms - begin) for cue in within_reach)
    # Times from the run's own start, so that equal runs are equal wherever they stand in the session.
    steps = tuple((BreathRole(event.role), event.duration_ms) for event in run)
    return _clip(steps, ducked, lufs, rate_hz)


@lru_cache(maxsize=64)
def _clip(steps: tuple[BreathStep, ...], ducked: tuple[Stretch, ...], lufs: float, rate_hz: int) -> Clip:
    """Return the tone; equal runs share one clip, so that what is made of it is made once."""
    # How far the breath is in, 0 to 1: up for in, down for out, as it is for a stay. Half a cosine each, for lungs
    # don't start at full speed either.
    ramps = []
    before = 0.0
    for role, length_ms in steps:
        after = {BreathRole.IN: 1.0, BreathRole.OUT: 0.0}.get(role, before)
        count = length_ms * (rate_hz // 1000)
        ramps.append(before + (after - before) * (1 - np.cos(np.pi * np.arange(count) / count)) / 2)
        before = after
    height = np.concatenate(ramps)
    # Exponential in Hz, since equal ratios are heard as equal steps.
    tone = _tone(LOW_HZ * (HIGH_HZ / LOW_HZ) ** height, rate_hz)
    at = np.arange(height.size)
    rise = np.clip(at / (_RISE_MS * rate_hz / 1000), 0, 1)
    fall = np.clip((height.size - 1 - at) / (_FALL_MS * rate_hz / 1000), 0, 1)
    from_and_to_silence = (np.sin(np.pi / 2 * rise) * np.sin(np.pi / 2 * fall)) ** 2
    level = (_SOFTEST + (1 - _SOFTEST) * height) * from_and_to_silence
    gain = DuckedGain(ducked, DUCKING).samples(0, tone.size, rate_hz // 1000)
    return Clip((tone * level * gain * _full_level(lufs)).astype(np.float32), rate_hz)


def _tone(pitches: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """Return a tone of a pitch (Hz) for each sample."""
    # The phase is the sum of all pitches so far: computed from each pitch alone it would jump as the pitch moves.
    phase = 2 * np.pi * np.cumsum(pitches) / rate_hz
    return np.asarray(sum(level * np.sin((number + 1) * phase) for number, level in enumerate(_HARMONICS)))


@lru_cache(maxsize=8)
def _full_level(lufs: float) -> float:
    """Return the factor that brings the top of the tone to ``lufs``."""
    rate_hz = 24_000
    top: Samples = _tone(np.full(rate_hz, HIGH_HZ), rate_hz).astype(np.float32)
    return db_to_amplitude(lufs - loudness_lufs(Clip(top, rate_hz)))
