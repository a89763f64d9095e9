"""The times of a day at which a session is done: those that a person names, else spread over the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from audioguide.errors import RequestError
from audioguide.model.text import listed

USUAL_TIME = time(18)
"""After work: most programmes are done once a day, and one that fits no evening can name its time."""

# Our suggestion: waking hours that most people share, on quarters of an hour, as calendars show them.
_FIRST_MINUTE, _LAST_MINUTE, _STEP_MINUTES = 8 * 60, 20 * 60, 15


def times_of_day(named: Sequence[time], times_a_day: int) -> tuple[time, ...]:
    """Return the times at which a session that is done so many times a day begins, in order.

    Args:
        named: the person's own times, in any order; none takes 18:00 for once a day, else times spread from 8:00 to
            20:00. More than ``times_a_day`` are theirs to choose.
        times_a_day: how often a day the protocol says, at least 1.

    Raises:
        RequestError: for a time that is named twice, or fewer times than the protocol says.
    """
    if not named and times_a_day == 1:
        return (USUAL_TIME,)
    if not named:
        step = (_LAST_MINUTE - _FIRST_MINUTE) / (times_a_day - 1)
        minutes = [round((_FIRST_MINUTE + at * step) / _STEP_MINUTES) * _STEP_MINUTES for at in range(times_a_day)]
        return tuple(time(*divmod(minute, 60)) for minute in minutes)
    for at in named:
        if named.count(at) > 1:
            raise RequestError(f"{shown(at)} is named twice; name each time once")
    if len(named) < times_a_day:
        often = f"this protocol is done {times_a_day} times a day"
        raise RequestError(f"{often}; name {times_a_day} times, or none to have them spread over the day")
    return tuple(sorted(named))


def shown(*times: time) -> str:
    """Return times as people write them: ``8:00, 14:00 and 20:00``."""
    return listed(f"{at.hour}:{at.minute:02}" for at in times)
