"""Workers of a cluster that end while they are asked for their versions, without a cluster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from audioguide.batches import cluster
from audioguide.batches.making import Job
from audioguide.batches.people import read_people
from audioguide.batches.tables import read_table
from audioguide.errors import RequestError
from tests.batches.conftest import Written


class OneOfTwoLeft:
    """Dask's client of a cluster with two workers, of which one answers with an error."""

    status = "running"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def nthreads(self) -> dict[str, int]:
        return {"tcp://a": 1, "tcp://b": 1}

    def run(self, function: Callable[[], Any], on_error: str) -> dict[str, Any]:
        assert on_error == "return"
        return {"tcp://a": self.error, "tcp://b": function()}

    def cancel(self, futures: list[Any], force: bool) -> None:
        assert not futures

    def close(self, timeout: float) -> None: ...


@pytest.fixture
def job(write: Written) -> Job:
    reader, _ = read_people(read_table(write("name,protocol,engine", "Anna,small.toml,fake")), "movement-break")
    return Job(reader, date(2026, 11, 2))


def test_a_worker_that_ends_while_it_is_asked_keeps_nobody_from_working(job: Job, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "_connected", lambda address: OneOfTwoLeft(OSError("stream is closed")))
    cluster.ClusterWorkers(job, "tcp://scheduler").close()


def test_one_without_the_program_is_named(job: Job, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "_connected", lambda address: OneOfTwoLeft(ImportError("No module of the name")))
    with pytest.raises(RequestError, match="a worker has no audioguide, or an older one"):
        cluster.ClusterWorkers(job, "tcp://scheduler")
