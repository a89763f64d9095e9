"""The workers of a batch on this machine: processes, as many as it has processors, each for one person at a time.

Not those of `concurrent.futures`: one that dies breaks its whole pool, and each imports the script that was started.
"""

from __future__ import annotations

import base64
import os
import pickle
import queue
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from audioguide.batches.making import Failed, Job
from audioguide.speech.engines.worker import Worker, WorkerFailedError

ROOT = Path(__file__).parent.parent.parent

LONGEST_S = 1800.0
"""How long a worker may take for one person; a session of a day over music takes some minutes."""

TRIES = 2
"""A worker that dies, such as for want of memory, may do so by chance; a person who ends two is at fault."""


class LocalWorkers:
    """Processes that make sessions.

    Args:
        job: what is the same for all people.
        count: how many processes; None for one a processor.
    """

    shares_cache = True
    """Whether what is put into the cache here is found there."""

    def __init__(self, job: Job, count: int | None = None) -> None:
        self.count = count or self.usual()
        self._job = job
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        # -P: the current folder's files are no modules of ours.
        command = [sys.executable, "-P", "-m", "audioguide.batches.worker_child"]
        # The same package as here, however it was found.
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"}
        self._all = [Worker("batch worker", command, environment) for _ in range(self.count)]
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(self.count)
        self._closed = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that run now."""
        return tuple(worker.pid for worker in self._all if worker.pid is not None)

    @staticmethod
    def usual() -> int:
        """Return how many processes there are where nobody says: one a processor that may be used."""
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def submit(self, what: str, value: Any) -> Future[Any]:
        """Return what will be the answer of `making.Maker`'s method ``what``."""
        return self._threads.submit(self._ask, what, value)

    def _ask(self, what: str, value: Any) -> Any:
        worker = self._idle.get()
        try:
            if self._closed:
                return Failed("stopped")
            for tries_left in reversed(range(TRIES)):
                try:
                    if worker.pid is None:
                        _exchange(worker, "job", self._job)
                    return _exchange(worker, what, value)
                except WorkerFailedError as error:
                    if self._closed or not tries_left:
                        return Failed(f"{error}")
        finally:
            self._idle.put(worker)
        raise AssertionError("a worker neither answered nor failed")

    def close(self) -> None:
        """End the processes, in the middle of their work if need be. Closing twice is fine."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._all:
            worker.close()


def _exchange(worker: Worker, what: str, value: Any) -> Any:
    request = base64.b64encode(pickle.dumps((what, value), protocol=pickle.HIGHEST_PROTOCOL)).decode()
    return pickle.loads(worker.ask({"request": request}, LONGEST_S).payload)
