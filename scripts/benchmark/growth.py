"""How a cold build grows: with the session's length at the same exercises, and with its distinct cues."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from scripts.benchmark.process import Figure, build, measured

MINUTES = (20, 5, 60, 180)
"""The first is what the others are compared with."""

CUES = (50, 100, 200, 400)
UNIT_MINUTES = 5

HEAD = 'format = 1\nid = "growth"\ntitle = "Growth"\n'


def by_length(folder: Path, runs: int) -> list[Figure]:
    """Return the figures of sessions of several lengths, made of the same two exercises over and over."""
    ways = {}
    for minutes in MINUTES:
        uses = '{ use = "couch-stretch", hold_s = 67 }, { use = "glute-bridge", sets = 1, reps = 12 }, ' * (
            minutes // UNIT_MINUTES
        )
        ways[f"{minutes} minutes"] = _cold(folder, f"{minutes}m", f'[[phase]]\ntitle = "All"\nexercises = [{uses}]\n')
    return measured(ways, runs)


def by_cues(folder: Path, runs: int) -> list[Figure]:
    """Return the figures of sessions with more and more sentences that differ."""
    ways = {}
    for cues in CUES:
        names = [f"e{number}" for number in range(cues // 2)]
        text = f'[[phase]]\ntitle = "All"\nexercises = {names}\n'.replace("'", '"')
        for number, name in enumerate(names):
            text += f'[exercise.{name}]\nname = "Move {number}"\nhold_s = 5\nsetup_s = 2\n'
            text += f'setup = ["Reach out with hand number {number}."]\n'
        ways[f"{cues} cues"] = _cold(folder, f"{cues}c", text)
    return measured(ways, runs)


def _cold(folder: Path, name: str, text: str) -> Callable[[int], None]:
    path = folder / f"{name}.toml"
    path.write_text(HEAD + text, encoding="utf-8")

    def way(run: int) -> None:
        cache = folder / f"{name}-{run}"
        build(folder, cache, str(path))()
        shutil.rmtree(cache)

    return way
