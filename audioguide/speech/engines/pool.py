"""Workers to borrow: as many as are in use at once, one by one or in parallel, started afresh after a failure."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from audioguide.errors import SpeechError
from audioguide.speech.engines.worker import Worker, WorkerOverdueError, WorkerRefusedError

# Hangs and races with a library's thread are chance, and a fresh process has another chance; what fails three times
# in fresh processes is no chance.
TRIES = 3
"""How often a cue is asked for before the engine gives up: the first time, and twice in a fresh worker."""

SLOW_TRIES = 2
"""How often, where no answer comes in time: each such try takes long."""

MOST_WORKERS = 4
"""More don't help: a session has a few hundred cues of some milliseconds each."""

T = TypeVar("T")


def usable_cpus() -> int:
    """Return how many workers are worth running side by side on this machine."""
    # In a container or under taskset a process may use fewer processors than there are; macOS can't tell.
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST_WORKERS, cpus))


class WorkerPool:
    """Hands out workers that all do the same; safe to share between threads.

    Args:
        make: makes one worker, not yet started.
        most: how many may be lent at once; who asks for another waits. None lends as many as are asked for.
    """

    def __init__(self, make: Callable[[], Worker], most: int | None = None) -> None:
        self._make = make
        self._turns = threading.BoundedSemaphore(most) if most else contextlib.nullcontext()
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._overdue: WorkerOverdueError | None = None

    @contextlib.contextmanager
    def borrow(self) -> Iterator[Worker]:
        """Lend a worker for a block."""
        with self._turns:
            with self._lock:
                worker = self._idle.pop() if self._idle else self._make()
            try:
                yield worker
            finally:
                # Also after a failure: a worker whose process has ended starts another with the next request.
                with self._lock:
                    self._idle.append(worker)

    def retry(self, attempt: Callable[[Worker], T]) -> T:
        """Return what ``attempt`` makes of a worker, trying again in a fresh one when it fails.

        Raises:
            SpeechError: the last failure after ``TRIES`` tries, or ``SLOW_TRIES`` without an answer; a refusal at once.
            WorkerOverdueError: also where another thread had no answer while this one waited for a worker.
        """
        overdue = self._overdue
        with self.borrow() as worker:
            if self._overdue is not None and self._overdue is not overdue:
                # To ask now would take as long again, and who waits for both texts has none.
                raise WorkerOverdueError(f"{self._overdue}") from self._overdue
            for number in range(1, TRIES):
                try:
                    return attempt(worker)
                except WorkerRefusedError:
                    raise
                except SpeechError as problem:
                    if number >= SLOW_TRIES and isinstance(problem, WorkerOverdueError):
                        self._overdue = problem
                        raise
                    # The answer may have been well formed and only the sound implausible; the process is not
                    # trusted any more.
                    worker.close()
            return attempt(worker)

    def close(self) -> None:
        """End every worker that is not lent out."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()


class VoicePools:
    """A pool for each voice and rate: a child prepares one voice at one rate, and never changes it.

    Args:
        make: makes one worker, not yet started, for a voice (empty for none) and a rate in words a minute.
        most: how many of one pool's workers run at once; None for as many as are asked for.
    """

    def __init__(self, make: Callable[[str, int], Worker], most: int | None = None) -> None:
        self._make = make
        self._most = most
        self._pools: dict[tuple[str, int], WorkerPool] = {}

    def pool(self, voice: str, rate_wpm: int = 0) -> WorkerPool:
        """Return the pool whose workers speak with ``voice`` at ``rate_wpm``; 0 where each request names its rate."""
        # `setdefault` is atomic, so that threads which ask at once get the same pool.
        return self._pools.setdefault((voice, rate_wpm), WorkerPool(lambda: self._make(voice, rate_wpm), self._most))

    def describe(self, limit_s: float) -> Mapping[str, Any]:
        """Return what a child tells of its engine (version, voices), from a worker that ends after it.

        Raises:
            SpeechError: when the engine can't run on this machine.
        """
        pool = WorkerPool(lambda: self._make("", 0))
        try:
            return pool.retry(lambda worker: worker.ask({"do": "voices"}, limit_s)).head
        finally:
            pool.close()

    def close(self) -> None:
        """End every worker. Closing twice is fine."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()
