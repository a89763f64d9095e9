"""Music for tests: chords, bass and soft drums that come and go as a quiet piece does, the same at every making."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 44_100
SECONDS = 60.0
BEAT_S = 0.75
BEATS_A_CHORD = 4
CHORDS = ((57, 60, 64, 67), (53, 57, 60, 64), (48, 55, 60, 64), (55, 59, 62, 67))
"""MIDI notes of Am7, Fmaj7, C and G, around and below the pitch of a voice."""

PEAK = 0.7

Track = NDArray[np.float64]


def made_music(path: Path, seconds: float = SECONDS, seed: int = 5) -> Path:
    """Write stereo music of 44.1 kHz to ``path``, in the format that its suffix names, and return the path."""
    import soundfile

    random = np.random.default_rng(seed)
    size = round(seconds * RATE_HZ)
    parts = (_chords(size, random), _bass(size), _drums(size, random))
    mixed = sum(parts) * _dynamics(size)[:, None]
    soundfile.write(path, mixed * (PEAK / np.abs(mixed).max()), RATE_HZ)
    return path


def _chords(size: int, random: np.random.Generator) -> Track:
    """Return broad chords, each note somewhere between left and right, with a tremolo of its own."""
    track = np.zeros((size, 2))
    length = round(BEAT_S * BEATS_A_CHORD * RATE_HZ)
    for number, first in enumerate(range(0, size, length)):
        for note in CHORDS[number % len(CHORDS)]:
            tone = _tone(note, min(length, size - first), harmonics=8, fade_s=1.6, vibrato_hz=random.uniform(3, 6))
            _add(track, first, tone * random.uniform(0.7, 1), random.uniform(0.25, 0.75))
    return track * 0.25


def _bass(size: int) -> Track:
    """Return the chords' lowest notes two octaves down, on each second beat."""
    track = np.zeros((size, 2))
    length = round(BEAT_S * RATE_HZ)
    for beat, first in enumerate(range(0, size, length)):
        if beat % 2 == 0:
            note = CHORDS[beat // BEATS_A_CHORD % len(CHORDS)][0] - 24
            _add(track, first, _tone(note, min(2 * length, size - first), harmonics=5, fade_s=0.7), 0.5)
    return track * 0.6


def _drums(size: int, random: np.random.Generator) -> Track:
    """Return brushes on each beat, louder on the second and fourth, and lighter ones between."""
    track = np.zeros((size, 2))
    half = round(BEAT_S / 2 * RATE_HZ)
    for step, first in enumerate(range(0, size, half)):
        level = (0.5, 0.2, 1.0, 0.2)[step % 4]
        time = np.arange(min(half, size - first)) / RATE_HZ
        brush = random.normal(0, 0.15, time.size) * np.exp(-time / 0.06)
        _add(track, first, level * brush, 0.5 + 0.2 * (-1) ** step)
    return track


def _tone(note: int, size: int, harmonics: int, fade_s: float, vibrato_hz: float = 0.0) -> NDArray[np.float64]:
    """Return a struck note: its harmonics weaken as they rise, and the higher fade sooner."""
    time = np.arange(size) / RATE_HZ
    phase = 2 * np.pi * 440 * 2 ** ((note - 69) / 12) * time + 0.02 * np.sin(2 * np.pi * vibrato_hz * time)
    partials = (np.sin(n * phase) / n**1.3 * np.exp(-time * n**0.5 / fade_s) for n in range(1, harmonics + 1))
    edge = np.minimum(1, np.minimum(time, time[::-1]) / 0.01)
    return edge * sum(partials, np.zeros(size))


def _dynamics(size: int) -> NDArray[np.float64]:
    """Return the swell of the piece: 14 dB between its softest and its loudest moment."""
    time = np.arange(size) / RATE_HZ
    return 10 ** ((-7 - 7 * np.cos(2 * np.pi * time / 30)) / 20)


def _add(track: Track, first: int, sound: NDArray[np.float64], right: float) -> None:
    track[first : first + sound.size] += sound[:, None] * np.sqrt([1 - right, right])
