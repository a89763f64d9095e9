"""What every engine does to the sound it got: check that it can be the text, trim it, join it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.errors import SpeechError
from audioguide.speech.text.clean import excerpt

SILENT_PEAK = 1e-3
"""A clip that stays under −60 dBFS says nothing."""


class Ends(Struct, frozen=True):
    """Where an engine's sound begins and ends in the silence around it.

    Attributes:
        threshold_db: level under the clip's peak below which it is silence.
        window_ms: what is compared: the mean power of so many ms; 0 compares single samples.
        keep_before_ms: kept before the sound, so that no consonant loses its edge.
        keep_after_ms: kept after it.
    """

    threshold_db: float
    window_ms: int
    keep_before_ms: int
    keep_after_ms: int


SHARP_ENDS = Ends(threshold_db=-50, window_ms=0, keep_before_ms=5, keep_after_ms=20)
"""For engines whose silence is digital or a faint hiss: weak consonants stay, the hiss goes."""

FADE_IN_MS, FADE_OUT_MS = 2, 8
"""Short ramps at both ends, so that nothing clicks."""

SHORTEST_LETTER_MS = 28.0
"""Least time a letter or digit takes at 150 words a minute; a clip with less was cut short.

The tightest of 11 voices and 3 rates took 43 ms a letter, measured on words such as "straightened".
"""

LONGEST_LETTER_MS, LONGEST_EXTRA_MS = 700.0, 4000.0
"""Most time a letter or digit takes at 150 words a minute, and pauses on top; a clip with more ran away."""


SOFT_ENDS = Ends(threshold_db=-40, window_ms=10, keep_before_ms=10, keep_after_ms=30)
"""For neural voices, whose silence is a breath-like floor and whose sound swells out of it and fades into it."""


def validated(
    samples: Samples, rate_hz: int, text: str, plausible_ms: tuple[int, int], ends: Ends = SHARP_ENDS
) -> Clip:
    """Return the sound of ``text`` trimmed, or refuse it.

    Args:
        samples: float32, shape (n,), full scale at ±1.
        rate_hz: samples a second.
        text: what was to be spoken.
        plausible_ms: the shortest and the longest time that it may take.
        ends: how its silence is told from sound.

    Raises:
        SpeechError: when it is empty, silent, not finite, or can't be the whole text.
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
    clip = trimmed(Clip(samples, rate_hz), ends)
    # A cue that a race cut short sounds like speech; only its length gives it away.
    least, most = plausible_ms
    if not least <= clip.duration_ms <= most:
        raise SpeechError(
            f"the voice gave {clip.duration_ms} ms for '{excerpt(text)}', where {least} to {most} ms are plausible"
        )
    return clip


def plausible_length(text: str, rate_wpm: int) -> tuple[int, int]:
    """Return the shortest and the longest time in ms that ``text`` may take at ``rate_wpm``."""
    letters = sum(character.isalnum() for character in text)
    # Letters, not words: "one" and "straightened" are a word each. Signs and spaces take time, but at most a little.
    slowness = 150 / rate_wpm
    least = SHORTEST_LETTER_MS * letters * slowness
    most = (LONGEST_LETTER_MS * letters + LONGEST_EXTRA_MS) * slowness
    return round(least), round(most)


def trimmed(clip: Clip, ends: Ends = SHARP_ENDS) -> Clip:
    """Return ``clip`` without the silence at its ends, faded there; a silent clip stays as it is."""
    # espeak ends each cue with some 420 ms of silence and begins late: untrimmed, every hold would begin late too.
    window = max(1, clip.rate_hz * ends.window_ms // 1000)
    level = np.abs(clip.samples)
    if window > 1:
        padded = np.zeros(-(-level.size // window) * window, dtype=np.float32)
        padded[: level.size] = level
        level = np.sqrt(np.square(padded).reshape(-1, window).mean(axis=1))
    loud = np.flatnonzero(level > float(level.max()) * db_to_amplitude(ends.threshold_db))
    if loud.size == 0:
        return clip
    start = max(0, int(loud[0]) * window - clip.rate_hz * ends.keep_before_ms // 1000)
    end = min(clip.samples.size, int(loud[-1] + 1) * window + clip.rate_hz * ends.keep_after_ms // 1000)
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
