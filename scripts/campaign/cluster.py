"""A batch on a Dask cluster of this machine whose workers are killed and come anew: it makes a local run's bytes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.campaign.options import SHORT
from scripts.campaign.trial import DONE, Snapshot, Trial, snapshot

PEOPLE = 30
BATCH = ("batch", "people.csv", "-o", "people", "--quiet")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler, and what a local run makes.

    Attributes:
        folder: where its processes work.
        address: of the scheduler.
        local: the MP3s of a local run.
    """

    folder: Path
    address: str
    local: Snapshot


def prepare(world: Path) -> Cluster:
    """Start a scheduler, and make everyone's sessions on this machine."""
    folder = world / "cluster"
    folder.mkdir()
    file = folder / "scheduler.json"
    _dask(folder, "scheduler", "--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1", "--port", "0")
    trial = Trial("cluster", 0, chance=random.Random(0), folder=folder, world=world)
    _lay_out(trial)
    ran = trial.whole(*BATCH)
    if ran.code:
        raise SystemExit(ran.err)
    local = _mp3s(folder / "people")
    for _ in range(600):
        if file.exists() and file.read_text().strip():
            return Cluster(folder, str(json.loads(file.read_text())["address"]), local)
        time.sleep(0.1)
    raise SystemExit("the scheduler does not start")


def clean_up(world: Path) -> None:
    """End what was started."""
    for noted in (world / "cluster").glob("*.pid"):
        with suppress(ProcessLookupError):
            os.kill(int(noted.read_text()), signal.SIGKILL)


def _dask(folder: Path, what: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a part of a cluster, and note its id in ``folder``, by which `clean_up` ends it."""
    variables = os.environ | {"AUDIOGUIDE_CACHE": "off", "PYTHONPATH": os.pathsep.join(filter(None, sys.path[:1]))}
    with (folder / f"{what}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", what, *arguments],
            cwd=folder,
            env=variables,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (folder / f"{process.pid}.pid").write_text(str(process.pid))
    return process


def _worker(cluster: Cluster, name: str) -> subprocess.Popen[bytes]:
    own = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(cluster.folder / name))
    return _dask(cluster.folder, "worker", cluster.address, *own)


def _lay_out(trial: Trial) -> None:
    trial.write("short.toml", SHORT)
    rows = "".join(f"Person {number},short.toml,fake,{3 + number % 8},1\n" for number in range(PEOPLE))
    trial.write("people.csv", f"name,protocol,engine,hold hold,seed\n{rows}")


def _mp3s(folder: Path) -> Snapshot:
    return {name: found for name, found in snapshot(folder).items() if name.endswith(".mp3")}


def attempt(trial: Trial) -> None:
    """Make everyone's sessions on the cluster, and kill a worker at some moment."""
    cluster: Cluster = trial.prepared
    _lay_out(trial)
    workers = [_worker(cluster, f"{trial.number}-{number}") for number in range(2)]
    process = trial.start(*BATCH, "--cluster", cluster.address)
    time.sleep(trial.chance.uniform(1, 6))
    workers[0].kill()
    workers.append(_worker(cluster, f"{trial.number}-new"))
    if trial.chance.random() < 0.4:
        process.send_signal(trial.chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)))
    ran = trial.ended(process, *BATCH)
    trial.expect(ran.code in (DONE, 130, -signal.SIGKILL, -signal.SIGTERM), f"exit code {ran.code}: {ran.err[-300:]}")
    trial.expect("Traceback" not in ran.err, f"a traceback: {ran.err[-500:]}")
    if ran.code != DONE:
        again = trial.whole(*BATCH, "--cluster", cluster.address)
        trial.expect(again.code == DONE, f"the next run fails: {again.err[-300:]}")
    trial.expect(_mp3s(trial.folder / "people") == cluster.local, "other files than a local run's")
    for worker in workers:
        worker.kill()
        worker.wait()
        (cluster.folder / f"{worker.pid}.pid").unlink(missing_ok=True)
    shutil.rmtree(trial.folder / "people", ignore_errors=True)
