"""Sounds made for tests: a voice-like noise, tones, and music with a beat in loud and soft passages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audioguide.audio.clip import Clip, Samples

RATE_HZ = 24_000
BAR_S = 2


def voice_like(seconds: float, seed: int = 1, level: float = 0.15, rate_hz: int = RATE_HZ) -> Clip:
    """Return syllables of a buzz at a voice's pitch with some breath: peaks and gaps much like speech has them."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    pitch = 2 * np.pi * np.cumsum(110 + 20 * np.sin(2 * np.pi * 0.7 * time + seed)) / rate_hz
    buzz = _polynomial(np.exp(1j * pitch), [np.exp(1j * n * n) / n**0.8 for n in range(1, 24)]).imag
    breath = random.normal(0, 0.3, time.size)
    syllables = 0.05 + np.abs(np.sin(2 * np.pi * 2.1 * time + random.uniform(0, 3))) ** 3
    return Clip((level * syllables * (buzz + breath) / 2).astype(np.float32), rate_hz)


def tone(hz: float, seconds: float, level: float, rate_hz: int = RATE_HZ) -> Clip:
    """Return a sine of the given amplitude."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return Clip((level * np.sin(2 * np.pi * hz * time)).astype(np.float32), rate_hz)


def music(seconds: float, rate_hz: int = 44_100, seed: int = 1, level: float = 0.5) -> Samples:
    """Return float32, shape (n, 2): a chord of plucked strings and four beats every two seconds.

    Passages swell and fade by 14 dB, as those of a quiet piece do.
    """
    return (level * _music(seconds, rate_hz, seed)).astype(np.float32)


def music_file(path: Path, seconds: float = 30, rate_hz: int = 44_100, seed: int = 1, level: float = 0.5) -> Path:
    """Write `music` to ``path``, in the format that its suffix says."""
    import soundfile

    soundfile.write(path, music(seconds, rate_hz, seed, level), rate_hz)
    return path


@lru_cache(maxsize=8)
def _music(seconds: float, rate_hz: int, seed: int) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    size = round(seconds * rate_hz)
    made = np.zeros((size, 2))
    bar = BAR_S * rate_hz
    decay = np.exp(-np.arange(bar) / rate_hz * 1.2)
    hit_decay = np.exp(-np.arange(rate_hz // 8) / rate_hz * 40)
    for number, start in enumerate(range(0, size, bar)):
        root_hz = 110 * 2 ** (random.integers(0, 12) / 12)
        phases = random.uniform(0, 6, (4, 7))
        chord = np.zeros((bar, 2))
        for string, ratio in enumerate((1, 1.25, 1.5, 2)):
            plucked = decay * _harmonics(root_hz * ratio, phases[string], rate_hz)
            chord += np.stack([plucked.imag, (plucked * np.exp(0.5j * string)).imag], axis=1)
        for beat in range(4):
            hit = random.normal(0, 0.1, rate_hz // 8) * hit_decay
            at = beat * rate_hz // 2
            chord[at : at + hit.size] += hit[:, None]
        swell = 0.6 + 0.4 * np.sin(number / 3)
        made[start : start + bar] += swell * chord[: size - start]
    return made


def _harmonics(hz: float, phases: NDArray[np.float64], rate_hz: int) -> NDArray[np.complex128]:
    """Return a bar of harmonics that weaken as they rise; the imaginary part is the sound."""
    turning = np.exp(2j * np.pi * hz / rate_hz * np.arange(BAR_S * rate_hz))
    return _polynomial(turning, [0.08 / n**1.3 * np.exp(1j * phase) for n, phase in enumerate(phases, 1)])


def _polynomial(turning: NDArray[np.complex128], factors: Sequence[complex]) -> NDArray[np.complex128]:
    """Return the sum of ``factors`` times the first, second, … power of a turning phasor: harmonics without a sine for
    each, which took most of the time of tests with sound.
    """
    found = np.zeros_like(turning)
    for factor in reversed(factors):
        found += factor
        found *= turning
    return found
