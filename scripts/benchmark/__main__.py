"""Runs the benchmark and prints its table: python -m scripts.benchmark [--runs N]."""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One way to make the session: median wall time and peak memory of the whole process."""

    name: str
    wall_s: float
    peak_mb: float


def main() -> None:
    """Time each way in turn, several times, and print medians and ratios."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--runs", type=int, default=3, help="how often each is run; the median counts")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.json"
        build = [sys.executable, "-m", "audioguide", "build", "--quiet", "-o", f"{folder}/ours.mp3"]
        subprocess.run([*build, "--plan", str(plan)], check=True, stdout=subprocess.DEVNULL)
        commands = {
            "straightforward pyttsx3 and pydub": [
                sys.executable, "-m", "scripts.benchmark.baseline", str(plan), f"{folder}/baseline.mp3",
            ],
            "audioguide build": build,
        }  # fmt: skip
        figures = measured(commands, runs)
    print_table(figures)
    Path("bench.json").write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n", encoding="utf-8")


def measured(commands: Mapping[str, Sequence[str]], runs: int) -> list[Figure]:
    """Return each command's medians, the commands run in turn ``runs`` times."""
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            samples[name].append(_run(command))
    return [
        Figure(name, statistics.median(wall for wall, _ in taken), max(peak for _, peak in taken))
        for name, taken in samples.items()
    ]


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Run ``command``; return its wall time in seconds and the peak memory of its largest process in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment())
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit code {process.returncode}")
    return wall_s, _peak_mb(usage)


def _peak_mb(usage: resource.struct_rusage) -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * unit / 1_000_000


def _environment() -> dict[str, str]:
    """Return the environment in which pyttsx3 finds libespeak-ng without a system package."""
    import espeakng_loader

    library = Path(espeakng_loader.get_library_path()).parent
    paths = os.pathsep.join(filter(None, (str(library), os.environ.get("LD_LIBRARY_PATH"))))
    return os.environ | {"LD_LIBRARY_PATH": paths, "ESPEAK_DATA_PATH": str(espeakng_loader.get_data_path())}


def print_table(figures: Sequence[Figure]) -> None:
    """Print the figures, each with how many times faster it is than the first."""
    slowest = figures[0].wall_s
    print(f"{'':<36}{'wall':>9}{'peak':>10}{'faster':>9}")
    for figure in figures:
        print(f"{figure.name:<36}{figure.wall_s:>7.2f} s{figure.peak_mb:>7.0f} MB{slowest / figure.wall_s:>8.1f}x")


if __name__ == "__main__":
    main()
