"""A batch on hosts of their own: network namespaces of this machine, joined by a switch; run as root.

A scheduler, workers and the command each have an address, a network and a cache of their own, as on machines apart.
What is shown: the same bytes as on one machine, also where a worker is killed in the middle and one comes late; a
scheduler that is killed, and the run that goes on; and sessions a second with 1, 2 and 4 workers, as JSON:
python -m scripts.benchmark.hosts [PEOPLE] [--protocol NAME] [--engine NAME]
What it makes goes when it ends, is stopped or asked to end; what a killed run has left goes when the next one begins.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

NETWORK = "10.77.0"
SWITCH = "audioguide-switch"
SCHEDULER = f"tcp://{NETWORK}.1:8786"
COMMAND_HOST, FIRST_WORKER_HOST, HOSTS = 2, 3, 7
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

FOLDERS = "audioguide-hosts-"
"""How the names of the folders begin that runs write to, gigabytes each."""

KILLED_AT = 0.3
"""The share of the people after whom a process is killed."""


def main() -> None:
    """Show each case and print what it took."""
    parser = argparse.ArgumentParser(prog="hosts")
    parser.add_argument("people", type=int, nargs="?", default=200)
    parser.add_argument("--protocol", default="hip-flexor")
    parser.add_argument("--engine", default=None)
    options = parser.parse_args()
    for number in ENDING:
        signal.signal(number, _end)
    with only_run(), _place() as folder, hosts():
        table = folder / "people.csv"
        _write(table, options)
        # Of one machine: what the others are held to, and the speech that all runs find.
        _finish(_batch(table, folder / "local"))
        wanted = _made(folder / "local")
        figures = {
            "people": options.people,
            "a worker killed, one late": _with_a_killed_worker(table, folder, wanted),
            "the scheduler killed": _with_a_killed_scheduler(table, folder, wanted),
            "throughput": {count: _throughput(count, folder, options) for count in (1, 2, 4)},
        }
    print(json.dumps(figures, indent=2))


def _end(number: int, frame: FrameType | None) -> None:
    # A second one would end the clearing up in its middle.
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)


@contextmanager
def only_run() -> Iterator[None]:
    """Hold that no other run is under way, as there is one set of hosts; clear what killed ones have left."""
    with socket.socket(socket.AF_UNIX) as held:
        try:
            # A name without a file, which goes with the process however that ends (unix(7), abstract).
            held.bind(f"\0{SWITCH}")
        except OSError:
            raise SystemExit("another run is under way; wait for its end") from None
        _remove_hosts()
        for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
            shutil.rmtree(folder, ignore_errors=True)
        yield


@contextmanager
def _place() -> Iterator[Path]:
    """Make the folder of this run, which is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=FOLDERS))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def hosts() -> Iterator[None]:
    """Make the hosts, each with its address and a cable to the switch; all are gone afterwards."""
    try:
        _ip("netns", "add", SWITCH)
        _ip("-n", SWITCH, "link", "add", "bridge", "type", "bridge")
        _ip("-n", SWITCH, "link", "set", "bridge", "up")
        for number in range(1, HOSTS + 1):
            host, cable = _host(number), f"cable{number}"
            _ip("netns", "add", host)
            _ip("-n", SWITCH, "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", host)
            _ip("-n", SWITCH, "link", "set", cable, "master", "bridge", "up")
            _ip("-n", host, "address", "add", f"{NETWORK}.{number}/24", "dev", "eth0")
            for device in ("lo", "eth0"):
                _ip("-n", host, "link", "set", device, "up")
        yield
    finally:
        _remove_hosts()


def _remove_hosts() -> None:
    """Remove the hosts with all that runs on them; those that there are none of are no error."""
    for host in (*map(_host, range(1, HOSTS + 1)), SWITCH):
        running = subprocess.run(["ip", "netns", "pids", host], check=False, capture_output=True, text=True)
        for pid in running.stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        subprocess.run(["ip", "netns", "delete", host], check=False, stderr=subprocess.DEVNULL)


def _with_a_killed_worker(table: Path, folder: Path, wanted: dict[str, str]) -> str:
    out = folder / "killed-worker"
    with _cluster(folder, 2) as start:
        batch = _batch(table, out, SCHEDULER)
        _wait_for(out, len(wanted) * KILLED_AT, batch)
        start.kill(FIRST_WORKER_HOST)
        start.worker(FIRST_WORKER_HOST + 2)
        _finish(batch)
    _same(out, wanted)
    return f"{len(wanted)} files, the same bytes as on one machine"


def _with_a_killed_scheduler(table: Path, folder: Path, wanted: dict[str, str]) -> str:
    out = folder / "killed-scheduler"
    with _cluster(folder, 2) as start:
        batch = _batch(table, out, SCHEDULER)
        _wait_for(out, len(wanted) * KILLED_AT, batch)
        start.kill(1)
        said = batch.communicate()[1]
    kept = len(_made(out))
    if batch.returncode != 1 or "is gone; what is done is kept" not in said or len(said.splitlines()) != 1:
        raise SystemExit(f"the batch ended with {batch.returncode}: {said}")
    with _cluster(folder, 1):
        _finish(_batch(table, out, SCHEDULER))
    _same(out, wanted)
    return f"a line after {kept} files; the same command made the rest, the same bytes"


def _throughput(workers: int, folder: Path, options: argparse.Namespace) -> dict[str, float]:
    """Return the figures of `scripts.benchmark.batch` with so many workers."""
    arguments = [f"{options.people}", "--protocol", options.protocol, "--cluster", SCHEDULER]
    if options.engine:
        arguments += ["--engine", options.engine]
    with _cluster(folder, workers):
        command = [*_at(COMMAND_HOST), "-m", "scripts.benchmark.batch", *arguments]
        environment = _environment(folder / "cache")
        printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if printed.returncode:
        raise SystemExit(printed.stderr)
    found: dict[str, float] = json.loads(printed.stdout)
    return {key: found[key] for key in ("sessions_a_wall_s", "warm_sessions_a_wall_s", "processor_s", "peak_here_mb")}


class _Start:
    """Starts and kills the processes of a cluster."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def scheduler(self) -> None:
        self._start(1, "scheduler", "--host", f"{NETWORK}.1", "--port", "8786")

    def worker(self, host: int) -> None:
        place = self._folder / f"worker{host}"
        self._start(host, "worker", SCHEDULER, "--nthreads", "1", "--no-nanny", "--local-directory", f"{place}")

    def _start(self, host: int, *arguments: str) -> None:
        with (self._folder / f"host{host}.log").open("wb") as log:
            self._running[host] = subprocess.Popen(
                [*_at(host), "-m", "dask", *arguments, "--no-dashboard"],
                env=_environment("off"),
                stdout=log,
                stderr=log,
            )

    def kill(self, host: int) -> None:
        process = self._running.pop(host)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        for host in list(self._running):
            self.kill(host)


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[_Start]:
    start = _Start(folder)
    start.scheduler()
    try:
        for number in range(workers):
            start.worker(FIRST_WORKER_HOST + number)
        wait = (
            f"from distributed import Client\nClient({SCHEDULER!r}, timeout=60).wait_for_workers({workers}, timeout=60)"
        )
        subprocess.run([*_at(COMMAND_HOST), "-c", wait], check=True, stderr=subprocess.DEVNULL)
        yield start
    finally:
        start.kill_all()


def _write(table: Path, options: argparse.Namespace) -> None:
    from scripts.benchmark.batch import people

    rows = [row | {"protocol": options.protocol} for row in people(options)]
    headings = list(rows[0])
    lines = [",".join(f"{row[heading] or ''}" for heading in headings) for row in rows]
    table.write_text("\n".join([",".join(headings), *lines]), encoding="utf-8")


def _batch(table: Path, out: Path, cluster: str | None = None) -> subprocess.Popen[str]:
    """Start the command; who has which protocol stands in the table."""
    arguments = ["-m", "audioguide", "batch", f"{table}", "-o", f"{out}", "--quiet"]
    if cluster:
        arguments += ["--cluster", cluster]
    environment = _environment(table.parent / "cache")
    return subprocess.Popen([*_at(COMMAND_HOST), *arguments], env=environment, stderr=subprocess.PIPE, text=True)


def _finish(batch: subprocess.Popen[str]) -> None:
    said = batch.communicate()[1]
    if batch.returncode:
        raise SystemExit(said)


def _wait_for(out: Path, count: float, batch: subprocess.Popen[str]) -> None:
    while len(list(out.glob("*.mp3"))) < count:
        if batch.poll() is not None:
            raise SystemExit("the batch ended before anything was killed")
        time.sleep(0.05)


def _made(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.mp3"))}


def _same(out: Path, wanted: dict[str, str]) -> None:
    if _made(out) != wanted:
        raise SystemExit(f"{out} differs from what one machine makes")


def _host(number: int) -> str:
    return f"audioguide-{number}"


def _at(host: int) -> list[str]:
    return ["ip", "netns", "exec", _host(host), sys.executable]


def _environment(cache: Path | str) -> dict[str, str]:
    return os.environ | {"AUDIOGUIDE_CACHE": f"{cache}"}


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


if __name__ == "__main__":
    main()
