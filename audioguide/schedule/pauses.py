"""Shares out the silence in which a person gets into position, so that each step can be done as it is said."""

from __future__ import annotations

from audioguide.model.units import FRAME_MS

STEP_PAUSE_MS = 4_464
"""Behind a step on the way into position at most: time to do it, and too short for an output to fall asleep."""

LOAD_PAUSE_MS = 3_984
"""Behind a line of what takes effort at most, and there two thirds of the pause behind a step where time is short.

It is time to do it, and nobody is to keep it up for long before the start.
"""

KEPT_MS = 3_000
"""Silence that stays in one piece, ahead of what is said last."""


def pauses_ms(silence_ms: int, settle_ms: int, *, steps: int, loads: int) -> tuple[int, int]:
    """Return the pause behind each step and behind each line of what takes effort, both whole frames.

    A sixth of the silence stays as it is, and at least `KEPT_MS`; the pauses are never longer than what is there.

    Args:
        silence_ms: the silence that is there to share.
        settle_ms: the time to get into position, which is the longer one where "Ready" is said in it.
        steps: how many steps have another line behind them.
        loads: how many lines say what takes effort.
    """
    share_ms = max(0, silence_ms - max(silence_ms // 6, settle_ms // 6, KEPT_MS))
    load_ms = min(LOAD_PAUSE_MS, 2 * share_ms // max(1, 3 * steps + 2 * loads)) // (2 * FRAME_MS) * 2 * FRAME_MS
    return min(STEP_PAUSE_MS, load_ms * 3 // 2), load_ms
