"""Waits for what another thread or process does, within bounds. No test sleeps or looks at a clock itself."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_S = 20
"""Long enough for a machine that is busy; what never comes true fails the test."""


def until(is_true: Callable[[], object], what: str = "it", most_s: float = MOST_S) -> None:
    """Look every few milliseconds whether ``is_true`` and return once it is."""
    end_s = time.monotonic() + most_s
    while not is_true():
        assert time.monotonic() < end_s, f"{what} did not come true within {most_s} s"
        time.sleep(0.005)
