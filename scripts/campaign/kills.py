"""Processes that are killed, or asked to end, at random moments: builds, programmes, batches, what writes the cache.

What was there before stands, or the whole result does; nothing else is left, but for what a SIGKILL can't clean, and
that goes with the next run. The run after it makes the same bytes as one that nobody stopped, with the cache as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from scripts.campaign.options import SHORT
from scripts.campaign.trial import DONE, NOTES, Ran, Snapshot, Trial, snapshot

FAKE = ("--engine", "fake", "--seed", "1")
ESPEAK = ("--engine", "espeak", "--seed", "1")

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "build": ("build", "short.toml", *FAKE, "--quiet", "-o", "s.mp3"),
    "build, spoken": ("build", "short.toml", *ESPEAK, "--quiet", "-o", "s.mp3"),
    "build, four files": ("build", "short.toml", *FAKE, "--quiet", "-o", "s.mp3", "--lrc", "--vtt", "--plan", "s.json"),
    "programme": ("programme", "short.toml", *FAKE, "--weeks", "3", "--started", "2026-11-02", "-o", "weeks"),
    "batch": ("batch", "people.csv", "-o", "out", "--quiet", "--workers", "2", "--start", "2026-11-02", "--handout"),
    "page": ("page", "made.mp3", "-o", "s.html"),
    "handout": ("handout", "short.toml", *FAKE, "--start", "2026-11-02", "-o", "s.html"),
    "voices say": ("voices", "say", "Hello there.", "--engine", "espeak", "-o", "s.wav"),
    "profile set": ("profile", "set", "./me.toml", "--minutes", "7"),
}  # fmt: skip
COLD = ("build, spoken", "voices say")
"""Commands that begin with an empty cache, so that writing it is what is stopped."""

SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT, signal.SIGINT)

MAIN = r'audioguide/cli/__init__\.py", line \d+, in main'
"""In a traceback of what came once the command line had begun."""

STOPPED = "audioguide: stopped; no file is half written"


@dataclass(frozen=True, slots=True)
class Whole:
    """What a command makes that nobody stops, and how long it takes.

    Attributes:
        files: what is in its folder then.
        took_s: from its start to its end.
    """

    files: Snapshot
    took_s: float


def prepare(world: Path) -> dict[str, Whole]:
    """Run each command once to its end, and once more for how long it takes."""
    from scripts.campaign.trial import Trial

    found = {}
    for name, command in COMMANDS.items():
        folder = world / "whole" / name
        folder.mkdir(parents=True)
        trial = Trial("kills", 0, chance=Random(0), folder=folder, world=world)
        _lay_out(trial, name)
        started_s = time.monotonic()
        ran = trial.whole(*command)
        if ran.code:
            raise SystemExit(f"{command}: {ran.err}")
        found[name] = Whole(snapshot(folder), time.monotonic() - started_s)
    return found


def _lay_out(trial: Trial, name: str) -> None:
    trial.write("short.toml", SHORT)
    trial.write("me.toml", "# mine\nminutes = 5\n").chmod(0o600)
    rows = "".join(f"Person {number},short.toml,fake,{4 + number}\n" for number in range(12))
    trial.write("people.csv", f"name,protocol,engine,hold hold\n{rows}")
    if name == "page":
        ran = trial.run("build", "short.toml", *FAKE, "-o", "made.mp3")
        assert ran.code == DONE, ran.err
    trial.environment["AUDIOGUIDE_CACHE"] = str(trial.world / (f"cold-{trial.number}" if name in COLD else "speech"))


def attempt(trial: Trial) -> None:
    """Stop one command, judge what is there, and run it to its end."""
    chance = trial.chance
    name = list(COMMANDS)[trial.number % len(COMMANDS)]
    command, whole = COMMANDS[name], trial.prepared[name]
    _lay_out(trial, name)
    if chance.random() < 0.5:
        for path in whole.files:
            if "/" not in path and not (trial.folder / path).exists() and path not in ("weeks", "out"):
                trial.write(path, "made by audioguide earlier")
    before = snapshot(trial.folder)
    number = SIGNALS[chance.randrange(len(SIGNALS))]
    process = trial.start(*command)
    time.sleep(chance.uniform(0, whole.took_s * 1.05))
    trial.log.append(f"stopped by {number.name}")
    _stop(process.pid, number, times=chance.choice((1, 1, 1, 2, 5)))
    ran = trial.ended(process, *command)
    if number == signal.SIGKILL:
        # Workers notice that nobody asks them any more.
        _wait_for_group(process.pid)
    _judge_end(trial, ran, number)
    _judge_files(trial, ran, before, whole, killed=number == signal.SIGKILL)
    again = trial.whole(*command)
    trial.expect(again.code == DONE, f"the next run fails: {again.err[:300]}")
    after = snapshot(trial.folder)
    # What a killed run had made of other people's files is no concern here; the same names with the same bytes are.
    different = sorted(path for path in after.keys() | whole.files.keys() if not _same(path, after, whole.files))
    trial.expect(not different, f"the next run differs from one that nobody stopped: {different}")
    shutil.rmtree(trial.world / f"cold-{trial.number}", ignore_errors=True)


def _stop(pid: int, number: signal.Signals, times: int) -> None:
    for turn in range(times):
        if turn:
            time.sleep(0.01)
        with suppress(ProcessLookupError):
            # Ctrl-C and a closed terminal reach all processes of a command; who kills one kills that one.
            (os.killpg if number in (signal.SIGINT, signal.SIGHUP) else os.kill)(pid, number)


def _wait_for_group(group: int) -> None:
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)


def _judge_end(trial: Trial, ran: Ran, number: signal.Signals) -> None:
    """Judge how the command ended: by the signal, unless it was done already."""
    if number == signal.SIGINT and "KeyboardInterrupt" in ran.err and not re.search(MAIN, ran.err):
        # It came while Python was starting, or importing what begins: what Python says then is its own.
        return
    ways = {DONE, -number, 128 + number}
    trial.expect(ran.code in ways, f"exit code {ran.code} after {number.name}: {ran.err[-300:]!r}")
    lines = [line for line in ran.err.splitlines() if line and not line.startswith(NOTES)]
    said = {STOPPED} if number == signal.SIGINT else set()
    for line in lines:
        known = line in said or (
            ran.arguments[0] == "batch" and ("people are done in" in line or "goes on from" in line)
        )
        trial.expect(known, f"said after {number.name}: {ran.err[-500:]!r}")
        if not known:
            break


def _judge_files(trial: Trial, ran: Ran, before: Snapshot, whole: Whole, killed: bool) -> None:
    """Judge that each file is the earlier one or the whole new one, and all of them the same."""
    after = snapshot(trial.folder)
    old = new = 0
    for path in sorted(before.keys() | after.keys() | whole.files.keys()):
        if path in after and path not in before and path not in whole.files:
            batch = ".audioguide-batch" in path
            trial.expect(killed or batch, f"left {path} after exit code {ran.code}")
        elif after.get(path) == before.get(path):
            old += before.get(path) != whole.files.get(path)
        elif not batch_record(path):
            new += trial.expect(_same(path, after, whole.files), f"{path} is neither the earlier nor the whole one")
    if ran.arguments[0] != "batch" and not killed:
        trial.expect(not (old and new), f"{new} files are new and {old} are the earlier ones")


def batch_record(path: str) -> bool:
    """Return whether a file is one in which a batch keeps its books."""
    return path.startswith("out/.audioguide-batch") or path in ("out", "weeks", "out/index.html", "out/manifest.csv")


def _same(path: str, after: Snapshot, whole: Snapshot) -> bool:
    if path.startswith("out/.audioguide-batch/") or path == "out/manifest.csv":
        # The order in which people were done is nobody's promise, and the manifest says what the last run made.
        return (path in after) == (path in whole)
    return after.get(path) == whole.get(path)
