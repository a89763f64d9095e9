"""The units of time and sound, converted here and nowhere else.

Inside the program time is whole milliseconds; only what people write and read is in seconds.
"""

from __future__ import annotations

import math

SAMPLE_RATE_HZ = 24_000
"""Rate of every sample inside the program: MPEG-2 layer III, and 24 samples a millisecond exactly."""

SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000

SAMPLES_PER_FRAME = 576
"""Samples in one MPEG-2 layer III frame (ISO/IEC 13818-3, 2.4.2.1)."""

FRAME_MS = 24
"""Length of one MP3 frame at 24 kHz: the grid on which events stand."""


def to_ms(seconds: float) -> int:
    """Return ``seconds`` as whole milliseconds."""
    return round(seconds * 1000)


def to_seconds(ms: int) -> float:
    """Return ``ms`` as seconds."""
    return ms / 1000


def snap_ms(ms: float) -> int:
    """Return the point of the frame grid nearest to ``ms``, at most 12 ms away."""
    # Not round(), which takes halves to the even frame: equal gaps would come out unequal.
    return math.floor(ms / FRAME_MS + 0.5) * FRAME_MS


def snap_up_ms(ms: float) -> int:
    """Return the first point of the frame grid that is not before ``ms``."""
    return math.ceil(ms / FRAME_MS) * FRAME_MS


def samples_to_ms(samples: int) -> int:
    """Return the length of ``samples`` samples at ``SAMPLE_RATE_HZ``, rounded up to a whole millisecond."""
    return -(-samples // SAMPLES_PER_MS)


def clock(ms: int) -> str:
    """Return ``ms`` as people write it: ``3:07``, or ``1:02:03`` from an hour on, cut to whole seconds."""
    # Cut, as a player's clock is: it shows a second when it has begun.
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def whole_minutes(ms: int) -> int:
    """Return a session's length in whole minutes, at least one: nobody plans a day in seconds."""
    return max(1, round(ms / 60_000))


def plain_number(value: float) -> str:
    """Return ``value`` without a needless fraction: ``45`` and ``2.5``."""
    # A thousandth is a millisecond; more digits would only show binary fractions.
    return f"{value:.3f}".rstrip("0").rstrip(".")


UNIT_OF_ENDING = {
    "_s": "seconds",
    "_ms": "milliseconds",
    "_db": "dB",
    "_lufs": "LUFS",
    "_wpm": "words a minute",
    "_days": "days",
}
"""The end of a key of a file to its unit; a key without one is a count, a text, or says it itself."""


def unit_of_key(key: str) -> str:
    """Return the unit of the numbers that a key of a file states; empty for one without."""
    return next((unit for ending, unit in UNIT_OF_ENDING.items() if key.endswith(ending)), "")
