"""Runs the benchmarks, prints their tables and writes bench.json: python -m scripts.benchmark [--runs N] [--quick]."""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from functools import partial
from pathlib import Path

from scripts.benchmark import growth
from scripts.benchmark.process import Figure, build, measured, module

HOLDS_S = (65, 75, 80, 85, 95, 100, 105, 110, 115, 70)
"""Holds that a person would change to, a new one each run."""


def main() -> None:
    """Time each way in turn, several times, and print medians and ratios."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run; the median counts")
    parser.add_argument("--quick", action="store_true", help="leave out the slow straightforward script")
    parser.add_argument("--engines", default="hibari,espeak", help="the voices whose default session is timed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways = {
            f"the default session, {engine}": partial(default_session, folder / engine, engine, options)
            for engine in options.engines.split(",")
        }
        ways["growth with length, cold"] = partial(growth.by_length, folder, options.runs)
        ways["growth with distinct cues, cold"] = partial(growth.by_cues, folder, options.runs)
        tables = {}
        for title, figures_of in ways.items():
            # Each when it is known: all of them take a quarter of an hour.
            tables[title] = figures_of()
            print_table(title, tables[title])
        stages = json.loads(module("stages", output=True))
        print_stages(stages)
        music = json.loads(module("music", output=True))
        print_music(music)
    found = {title: [asdict(figure) for figure in figures] for title, figures in tables.items()}
    Path("bench.json").write_text(
        json.dumps(found | {"stages_s": stages, "music_s": music}, indent=2) + "\n", encoding="utf-8"
    )


def default_session(folder: Path, engine: str, options: argparse.Namespace) -> list[Figure]:
    """Return the figures of every way to make the default session with this voice, the floor first."""
    folder.mkdir()
    plan = folder / "plan.json"
    warm = folder / "warm"
    voice = ("--engine", engine)
    build(folder, warm, *voice, "--plan", str(plan))()
    ways = {
        "floor: speech and LAME alone": lambda _: module("floor", str(plan)),
        "cold": lambda run: build(folder, folder / f"cold-{run}", *voice)(),
        "warm": lambda _: build(folder, warm, *voice)(),
        "one hold changed": lambda run: build(folder, warm, *voice, "--hold", f"couch-stretch={HOLDS_S[run]}")(),
        "whole mix, nothing kept": lambda _: module("whole", engine, f"{folder}/whole.mp3"),
    }
    if engine == "espeak" and not options.quick:
        ways["straightforward pyttsx3, pydub"] = lambda _: module("baseline", str(plan), f"{folder}/baseline.mp3")
    return measured(ways, options.runs)


def print_table(title: str, figures: list[Figure]) -> None:
    """Print figures, each with how many times the first it took."""
    print(f"\n{title:<34}{'wall':>10}{'processor':>11}{'peak':>10}{'to first':>10}")
    for figure in figures:
        ratio = figure.wall_s / figures[0].wall_s
        print(f"{figure.name:<34}{figure.wall_s:>8.2f} s{figure.cpu_s:>9.2f} s{figure.peak_mb:>7.0f} MB{ratio:>9.2f}x")


def print_stages(stages: dict[str, float]) -> None:
    """Print how long each stage of a cold build takes inside its process."""
    print("\nstages of a cold build")
    for name, seconds in stages.items():
        print(f"{name:<34}{seconds:>8.2f} s")


def print_music(music: dict[str, float]) -> None:
    """Print how long the default session over music takes to mix and encode, and how much faster chunks are."""
    print("\nthe default session over music, mixed and encoded")
    for name, seconds in music.items():
        speed = "" if name == "music read" else f"{music['one encoder'] / seconds:>9.2f} times one encoder's speed"
        print(f"{name:<34}{seconds:>8.2f} s{speed}")


if __name__ == "__main__":
    main()
