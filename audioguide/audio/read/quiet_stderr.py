"""Keeps what C libraries write of damaged files off standard error. `verify.decode` and `audio.read.source` read
under it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator


class _StandardError:
    """File descriptor 2, which all threads share: the first to ask turns it away, the last to leave puts it back.

    Were each to do both on its own, two that overlap would leave it turned away for good.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asking = 0
        self._kept: int | None = None

    def away(self) -> None:
        with self._lock:
            if self._asking == 0:
                self._kept = _turned_away()
            self._asking += 1

    def back(self) -> None:
        with self._lock:
            self._asking -= 1
            if self._asking == 0 and self._kept is not None:
                os.dup2(self._kept, 2)
                os.close(self._kept)
                self._kept = None


_STANDARD_ERROR = _StandardError()


@contextlib.contextmanager
def without_chatter() -> Iterator[None]:
    """Send whatever any thread writes to file descriptor 2 meanwhile to nowhere; what counts is raised.

    mpg123 writes there and can't be told not to through libsndfile. Keep the stretch short: other threads' own
    messages are lost with it.
    """
    _STANDARD_ERROR.away()
    try:
        yield
    finally:
        _STANDARD_ERROR.back()


def _turned_away() -> int | None:
    """Return a copy of file descriptor 2 as it was; None where it is closed and nothing can be written to it."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:
        return None
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)
    return kept
