"""What every engine does to the sound it got: check that it can be the text, trim it, join it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.errors import SpeechError
from audioguide.speech.text.clean import excerpt

SILENT_PEAK = 1e-3
"""A clip that stays under −60 dBFS says nothing."""

THRESHOLD = db_to_amplitude(-50)
"""Sound begins and ends at 50 dB under the clip's peak: weak consonants stay, the engines' own hiss goes."""

KEEP_BEFORE_MS, KEEP_AFTER_MS = 5, 20
"""Kept around the sound, so that no consonant loses its edge."""

FADE_IN_MS, FADE_OUT_MS = 2, 8
"""Short ramps at both ends, so that nothing clicks."""

SHORTEST_LETTER_MS = 28.0
"""Least time a letter or digit takes at 150 words a minute; a clip with less was cut short.

The tightest of 11 voices and 3 rates took 43 ms a letter, measured on words such as "straightened".
"""

LONGEST_LETTER_MS, LONGEST_EXTRA_MS = 700.0, 4000.0
"""Most time a letter or digit takes at 150 words a minute, and pauses on top; a clip with more ran away."""


def validated(samples: Samples, rate_hz: int, text: str, rate_wpm: int) -> Clip:
    """Return the sound of ``text`` trimmed, or refuse it.

    Args:
        samples: float32, shape (n,), full scale at ±1.
        rate_hz: samples a second.
        text: what was to be spoken.
        rate_wpm: words a minute that were asked for.

    Raises:
        SpeechError: when it is empty, silent, not finite, or can't be the whole text at that rate.
    """
    problem = ""
    if samples.size == 0:
        problem = "an empty clip"
    elif not np.isfinite(samples).all():
        problem = "broken samples"
    elif float(np.abs(samples).max()) < SILENT_PEAK:
        problem = "silence"
    if problem:
        raise SpeechError(f"the voice gave {problem} for '{excerpt(text)}'")
    clip = trimmed(Clip(samples, rate_hz))
    # A cue that a race cut short sounds like speech; only its length gives it away.
    least, most = plausible_ms(text, rate_wpm)
    if not least <= clip.duration_ms <= most:
        raise SpeechError(
            f"the voice gave {clip.duration_ms} ms for '{excerpt(text)}', where {least} to {most} ms are plausible"
        )
    return clip


def plausible_ms(text: str, rate_wpm: int) -> tuple[int, int]:
    """Return the shortest and the longest time in ms that ``text`` may take at ``rate_wpm``."""
    letters = sum(character.isalnum() for character in text)
    # Letters, not words: "one" and "straightened" are a word each. Signs and spaces take time, but at most a little.
    slowness = 150 / rate_wpm
    least = SHORTEST_LETTER_MS * letters * slowness
    most = (LONGEST_LETTER_MS * letters + LONGEST_EXTRA_MS) * slowness
    return round(least), round(most)


def trimmed(clip: Clip) -> Clip:
    """Return ``clip`` without the silence at its ends, faded there; a silent clip stays as it is."""
    # espeak ends each cue with some 420 ms of silence and begins late: untrimmed, every hold would begin late too.
    level = np.abs(clip.samples)
    loud = np.flatnonzero(level > float(level.max()) * THRESHOLD)
    if loud.size == 0:
        return clip
    start = max(0, int(loud[0]) - clip.rate_hz * KEEP_BEFORE_MS // 1000)
    end = min(level.size, int(loud[-1]) + 1 + clip.rate_hz * KEEP_AFTER_MS // 1000)
    samples = clip.samples[start:end].astype(np.float32, copy=True)
    # The rise is the shorter: a plosive at the start is over in some 10 ms, while a vowel at the end dies away. Half of
    # a clip at most, so that the two never meet.
    rise = min(samples.size // 2, clip.rate_hz * FADE_IN_MS // 1000)
    fall = min(samples.size // 2, clip.rate_hz * FADE_OUT_MS // 1000)
    samples[:rise] *= np.linspace(0, 1, rise, endpoint=False, dtype=np.float32)
    samples[samples.size - fall :] *= np.linspace(0, 1, fall, endpoint=False, dtype=np.float32)[::-1]
    return Clip(samples, clip.rate_hz)


def joined(clips: Sequence[Clip], pauses_ms: Sequence[int]) -> Clip:
    """Return ``clips`` of one rate in a row, each followed by its pause but the last.

    Raises:
        ValueError: when there are none, or their rates differ.
    """
    if len({clip.rate_hz for clip in clips}) != 1:
        raise ValueError("only clips of one rate can be joined")
    if len(clips) == 1:
        return clips[0]
    parts: list[Samples] = []
    for clip, pause_ms in zip(clips, pauses_ms, strict=True):
        parts += [clip.samples, np.zeros(clip.rate_hz * pause_ms // 1000, dtype=np.float32)]
    return Clip(np.concatenate(parts[:-1]), clips[0].rate_hz)
