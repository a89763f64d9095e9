"""Workers to borrow: as many as are in use at once, one by one or in parallel, started afresh after a failure."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from audioguide.errors import SpeechError
from audioguide.speech.engines.worker import Worker, WorkerRefusedError

TRIES = 3
"""How often a cue is asked for before the engine gives up: the first time, and twice in a fresh worker."""

MOST_WORKERS = 4
"""More don't help: a session has a few hundred cues of some milliseconds each."""

T = TypeVar("T")


def usable_cpus() -> int:
    """Return how many workers are worth running side by side on this machine."""
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST_WORKERS, cpus))


class WorkerPool:
    """Hands out workers that all do the same; safe to share between threads.

    Args:
        make: makes one worker, not yet started.
    """

    def __init__(self, make: Callable[[], Worker]) -> None:
        self._make = make
        self._idle: list[Worker] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def borrowed(self) -> Iterator[Worker]:
        """Lend a worker for a block."""
        with self._lock:
            worker = self._idle.pop() if self._idle else self._make()
        try:
            yield worker
        finally:
            with self._lock:
                self._idle.append(worker)

    def insist(self, attempt: Callable[[Worker], T]) -> T:
        """Return what ``attempt`` makes of a worker, trying again in a fresh one when it fails.

        Raises:
            SpeechError: the last failure after ``TRIES`` tries; a refusal at once.
        """
        with self.borrowed() as worker:
            for _ in range(TRIES - 1):
                try:
                    return attempt(worker)
                except WorkerRefusedError:
                    raise
                except SpeechError:
                    worker.close()
            return attempt(worker)

    def close(self) -> None:
        """End every worker that is not lent out."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()
