"""Runs whole processes, one at a time, and measures them by the operating system's own accounts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Figure:
    """Medians of one way, Python's start included.

    Attributes:
        name: the way.
        wall_s: time by the clock.
        cpu_s: processor time of the process and its children.
        peak_mb: memory of the largest process, the highest of all runs.
    """

    name: str
    wall_s: float
    cpu_s: float
    peak_mb: float


Run = tuple[float, float, float]
_last: list[Run] = []


def measured(ways: Mapping[str, Callable[[int], object]], runs: int) -> list[Figure]:
    """Return each way's medians. The ways take turns, so that ratios hold when the machine's speed drifts."""
    taken: dict[str, list[Run]] = {name: [] for name in ways}
    for run in range(runs):
        for name, way in ways.items():
            way(run)
            taken[name].append(_last.pop())
    return [
        Figure(
            name,
            statistics.median(wall for wall, _, _ in samples),
            statistics.median(cpu for _, cpu, _ in samples),
            max(peak for _, _, peak in samples),
        )
        for name, samples in taken.items()
    ]


def build(folder: Path, cache: Path, *arguments: str) -> Callable[[], str]:
    """Return a function that runs ``audioguide build`` with ``arguments`` and its cache in ``cache``."""
    command = [sys.executable, "-m", "audioguide", "build", *arguments, "--quiet", "-o", f"{folder}/built.mp3"]
    return lambda: _run(command, {"AUDIOGUIDE_CACHE": str(cache)})


def module(name: str, *arguments: str, output: bool = False) -> str:
    """Run a module of this folder; return what it prints where ``output``."""
    return _run([sys.executable, "-m", f"scripts.benchmark.{name}", *arguments], {"AUDIOGUIDE_CACHE": "off"}, output)


def _run(command: list[str], extra: Mapping[str, str], output: bool = False) -> str:
    start = time.perf_counter()
    stdout = subprocess.PIPE if output else subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdout=stdout, stderr=subprocess.PIPE, env={**_environment(), **extra}, cwd=ROOT
    )
    assert process.stderr is not None
    printed = process.stdout.read().decode() if process.stdout else ""
    complaint = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit code {process.returncode}:\n{complaint}")
    unit = 1 if sys.platform == "darwin" else 1024
    _last[:] = [(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1_000_000)]
    return printed


def _environment() -> dict[str, str]:
    """Return the environment in which pyttsx3 finds libespeak-ng without a system package."""
    import espeakng_loader

    library = Path(espeakng_loader.get_library_path()).parent
    paths = os.pathsep.join(filter(None, (str(library), os.environ.get("LD_LIBRARY_PATH"))))
    return os.environ | {"LD_LIBRARY_PATH": paths, "ESPEAK_DATA_PATH": str(espeakng_loader.get_data_path())}
