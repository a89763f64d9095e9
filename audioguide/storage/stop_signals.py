"""Signals that end the program: which they are, and how to hold them back for the moment of a change."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

STOPPING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK") if hasattr(signal, name)
)
"""Ctrl-C, a system that shuts down, a terminal that closes, Ctrl-backslash, and Windows' Ctrl-Break."""


@contextlib.contextmanager
def signals_held_back() -> Iterator[None]:
    """Let signals that would stop the program take effect behind the block; for moments only.

    Signals that the program has no handler for, and other threads than the main one, stay as they are.
    """
    # Only the main thread may set handlers, and only there do they run.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)

    before = {number: handler for number in STOPPING if callable(handler := signal.getsignal(number))}
    try:
        for number in before:
            signal.signal(number, note)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in dict.fromkeys(came):
            signal.raise_signal(number)
