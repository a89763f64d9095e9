"""Workers that are no processes: each request is done when it is asked for, in the test's own process."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

from audioguide.batches.batch_run import Batch, Result
from audioguide.batches.making import Beside, Job, Maker
from audioguide.batches.people import read_people
from audioguide.batches.tables import read_table
from audioguide.storage.cache import NoCache

TODAY = date(2026, 11, 2)


class InlineWorkers:
    """Does what `LocalWorkers` does, one request after the other.

    Attributes:
        asked: what was asked for, in order.
    """

    count = 1

    def __init__(self, job: Job, shares_cache: bool = True) -> None:
        self.shares_cache = shares_cache
        self.asked: list[str] = []
        # As over a wire: what can't be pickled is found here.
        copied = pickle.loads(pickle.dumps(job))
        self._maker = Maker(copied) if shares_cache else Maker(copied, NoCache())

    def submit(self, what: str, value: Any) -> Future[Any]:
        """Return the answer, which is there already."""
        self.asked.append(what)
        future: Future[Any] = Future()
        answer = getattr(self._maker, what)(pickle.loads(pickle.dumps(value)))
        future.set_result(pickle.loads(pickle.dumps(answer)))
        return future

    def close(self) -> None:
        """Do nothing."""


def batch_of(
    table: Path, folder: Path, beside: Sequence[Beside] = (), shares_cache: bool = True
) -> tuple[Batch, InlineWorkers]:
    """Return the batch of a table, and its workers."""
    reader, people = read_people(read_table(table))
    job = Job(reader, TODAY, tuple(beside))
    workers = InlineWorkers(job, shares_cache)
    return Batch(job, people, folder, workers), workers


def made(table: Path, folder: Path, **options: Any) -> list[Result]:
    """Return what became of everyone in a table, in its order."""
    batch, _ = batch_of(table, folder, **options)
    with batch:
        batch.check()
        return sorted(batch.run(), key=lambda result: result.number)
