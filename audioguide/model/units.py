"""The units of time and sound, converted here and nowhere else.

Inside the program time is whole milliseconds; only what people write and read is in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class LengthNames:
    """The names of the units in which a length is put into words, each for one and for many.

    Attributes:
        second: the name of a second.
        minute: the name of a minute.
        hour: the name of an hour.
        space: what stands between a number and its unit.
        one_minute: whether 60 s are called a minute; a list of doses in seconds stays in seconds there.
    """

    second: tuple[str, str]
    minute: tuple[str, str]
    hour: tuple[str, str]
    space: str = " "
    one_minute: bool = True

    def text(self, ms: int) -> str:
        """Return a length in seconds up to 90, as exercises are prescribed, else in hours, minutes and seconds."""
        exact = round(ms / 1000, 1)
        if exact <= 90 and not (exact == 60 and self.one_minute):
            amounts = [(exact, self.second)]
        else:
            minutes, seconds = divmod(round(exact), 60)
            hours, minutes = divmod(minutes, 60)
            all_units = ((hours, self.hour), (minutes, self.minute), (seconds, self.second))
            amounts = [(amount, names) for amount, names in all_units if amount]
        return self.space.join(
            f"{plain_number(amount)}{self.space}{names[0] if amount == 1 else names[1]}" for amount, names in amounts
        )

    def texts(self, lengths_ms: Sequence[int]) -> list[str]:
        """Return several lengths as a list is read: in seconds the unit stands behind the last one only."""
        exact = [round(ms / 1000, 1) for ms in lengths_ms]
        if max(exact) > 90:
            return [self.text(ms) for ms in lengths_ms]
        numbers = [plain_number(seconds) for seconds in exact]
        return [*numbers[:-1], f"{numbers[-1]}{self.space}{self.second[exact[-1] != 1]}"]


PRINTED_LENGTHS = LengthNames(
    second=("s", "s"),
    minute=("min", "min"),
    hour=("h", "h"),
    space="\N{NO-BREAK SPACE}",  # a number and its unit belong on one line
    one_minute=False,
)
"""On paper: ``60 s``, and over 90 seconds ``2 min 30 s``."""


def plain_number(value: float) -> str:
    """Return ``value`` without a needless fraction: ``45`` and ``2.5``."""
    # A thousandth is a millisecond; more digits would only show binary fractions.
    return f"{value:.3f}".rstrip("0").rstrip(".")
