"""A batch on a real Dask cluster on this machine: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audioguide.storage.sha256 import sha256_of
from tests.helpers import HEAD, HOLD, REPS
from tests.waiting import until

pytest.importorskip("distributed", reason='a cluster needs Dask: pip install "audioguide[cluster]"')
pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
PEOPLE = 30

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start Dask's scheduler, or a worker of it; all end with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def started(what: str, number: int = 0) -> subprocess.Popen[bytes]:
        file = tmp_path / "scheduler.json"
        arguments = [what, "--scheduler-file", str(file), "--no-dashboard"]
        if what == "scheduler":
            arguments += ["--host", "127.0.0.1", "--port", "0"]
        else:
            arguments += ["--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path / f"worker{number}")]
        # Workers on other machines find nothing in a cache of this one.
        environment = os.environ | {"PYTHONPATH": str(ROOT), "AUDIOGUIDE_CACHE": "off"}
        with (tmp_path / f"{what}{number}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                env=environment,
                cwd=tmp_path,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        running.append(process)
        return process

    yield started
    for process in running:
        process.kill()
        process.wait()


def address(folder: Path) -> str:
    file = folder / "scheduler.json"

    def there() -> bool:
        return file.exists() and bool(file.read_text().strip())

    until(there, "the scheduler's file", most_s=60)
    return str(json.loads(file.read_text())["address"])


def wait_for_workers(at: str, count: int) -> None:
    from distributed import Client

    with Client(at, set_as_default=False, timeout=30) as client:
        client.wait_for_workers(count, timeout=60)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    # The protocol lies beside the table: what it says goes to the workers, not where it lies.
    (tmp_path / "here").mkdir()
    (tmp_path / "here/small.toml").write_text(HEAD + HOLD + REPS)
    rows = [f"Person {number},small.toml,fake,{40 + number},Note {number}." for number in range(PEOPLE)]
    path = tmp_path / "here/people.csv"
    path.write_text("\n".join(["name,protocol,engine,hold reach,note reach", *rows]))
    return path


def run(table: Path, out: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "audioguide", "batch", str(table), "-o", str(out), *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT), "AUDIOGUIDE_CACHE": str(table.parent / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def made(folder: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in sorted(folder.rglob("*.mp3"))}


def finished(folder: Path) -> int:
    return len(list(folder.glob("*.mp3")))


def test_a_cluster_makes_the_same_bytes_also_where_workers_go_and_come(table: Path, tmp_path: Path, start: Start):
    start("scheduler")
    at = address(tmp_path)
    first = start("worker", 1)
    start("worker", 2)
    wait_for_workers(at, 2)
    out = tmp_path / "out"
    cluster = run(table, out, "--cluster", at, "--handout", "--page")
    until(lambda: cluster.poll() is not None or finished(out) >= 4, most_s=60)
    first.send_signal(signal.SIGKILL)
    start("worker", 3)
    said, err = cluster.communicate(timeout=120)
    assert cluster.returncode == 0, err
    assert said.startswith(f"{PEOPLE} made")
    local = run(table, tmp_path / "local", "--handout", "--page")
    assert local.communicate(timeout=120)[1] == ""
    assert made(out) == made(tmp_path / "local")
    names = [sorted(path.name for path in folder.iterdir()) for folder in (out, tmp_path / "local")]
    assert names[0] == names[1]


def test_a_scheduler_that_is_gone_is_a_line_and_the_same_command_goes_on(table: Path, tmp_path: Path, start: Start):
    scheduler = start("scheduler")
    at = address(tmp_path)
    start("worker", 1)
    wait_for_workers(at, 1)
    out = tmp_path / "out"
    cluster = run(table, out, "--cluster", at)
    until(lambda: cluster.poll() is not None or finished(out) >= 3, most_s=60)
    scheduler.send_signal(signal.SIGKILL)
    said, err = cluster.communicate(timeout=120)
    if cluster.returncode:
        assert cluster.returncode == 1
        [line] = err.splitlines()
        assert line.startswith(f"audioguide: the scheduler at {at} is gone; what is done is kept")
    kept = finished(out)
    again = run(table, out)
    said, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    assert said.splitlines()[0] == f"{PEOPLE - kept} made, {kept} kept"


def test_what_no_cluster_can_do_is_refused_in_a_line(table: Path, tmp_path: Path, start: Start, monkeypatch):
    from audioguide import batch
    from audioguide.batches import cluster
    from audioguide.errors import RequestError

    start("scheduler")
    at = address(tmp_path)
    with pytest.raises(RequestError, match=r"it has no workers; start some with: dask worker"):
        list(batch(table, tmp_path / "out", cluster=at))
    start("worker", 1)
    wait_for_workers(at, 1)
    found = cluster.versions()
    with monkeypatch.context() as patch:
        patch.setattr(cluster.metadata, "version", lambda name: "0.9")
        with pytest.raises(RequestError) as error:
            list(batch(table, tmp_path / "out", cluster=at))
    difference = f"differs: lameenc {found['lameenc']} there and 0.9 here; install the same versions on all machines"
    assert f"{error.value}".startswith(f"--cluster {at}: tcp://")
    assert f"{error.value}".endswith(difference)
    assert not (tmp_path / "out").exists()
    # A worker that comes later is asked with each session.
    with monkeypatch.context() as patch:
        patch.setattr(cluster, "versions", lambda: found | {"numpy": "0.9"})
        with pytest.raises(RequestError, match=r"a worker differs: numpy .* there and 0\.9 here"):
            list(batch(table, tmp_path / "out", cluster=at))
    assert not list((tmp_path / "out").glob("*.mp3"))
    monkeypatch.setattr(cluster, "CONNECT_S", 1)
    with pytest.raises(RequestError, match=r"no scheduler answers there .*; start it with `dask scheduler`"):
        list(batch(table, tmp_path / "out", cluster="tcp://127.0.0.1:9"))
