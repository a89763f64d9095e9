"""Keeps what C libraries write about damaged files off standard error."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator


class _StderrRedirect:
    """File descriptor 2, which all threads share: the first to start redirects it, the last to stop restores it.

    Were each to do both on its own, two that overlap would leave it redirected for good.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._saved: int | None = None

    def start(self) -> None:
        with self._lock:
            if self._users == 0:
                # Python's own buffer first: what it holds was written before, and would be lost.
                if sys.stderr is not None:
                    with contextlib.suppress(OSError, ValueError):
                        sys.stderr.flush()
                # Where descriptor 2 is closed, as under a window system, nothing can be written to it.
                with contextlib.suppress(OSError):
                    self._saved = os.dup(2)
                    nothing = os.open(os.devnull, os.O_WRONLY)
                    os.dup2(nothing, 2)
                    os.close(nothing)
            self._users += 1

    def stop(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._saved is not None:
                os.dup2(self._saved, 2)
                os.close(self._saved)
                self._saved = None


_REDIRECT = _StderrRedirect()


@contextlib.contextmanager
def stderr_silenced() -> Iterator[None]:
    """Send whatever any thread writes to file descriptor 2 meanwhile to nowhere; what counts is raised.

    mpg123 writes there and can't be told not to through libsndfile. Keep the stretch short: other threads' own
    messages are lost with it.
    """
    _REDIRECT.start()
    try:
        yield
    finally:
        _REDIRECT.stop()
