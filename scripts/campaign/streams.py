"""Every command with streams 0, 1 and 2 closed or full, and with a reader that stops after a line: the work is done.

The same files come to be as with streams that are open, and the exit code is the same, unless what was printed had no
room: then it is 1.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

from scripts.campaign import options
from scripts.campaign.trial import DONE, FAILED, LONGEST_S, Ran, Trial, snapshot

FAKE = ("--engine", "fake", "--seed", "1")

CALLS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("build",): ("short.toml", *FAKE, "-o", "s.mp3"),
    ("plan",): ("short.toml", *FAKE),
    ("programme",): ("short.toml", *FAKE, "--weeks", "2", "--started", "2026-11-02", "-o", "weeks"),
    ("batch",): ("people.csv", "--workers", "1", "-o", "people"),
    ("handout",): ("short.toml", *FAKE, "--start", "2026-11-02", "-o", "h.html"),
    ("check",): ("made.mp3",),
    ("page",): ("made.mp3", "-o", "p.html"),
    ("calendar",): ("short.toml", "--length", "5", "--start", "2030-11-02", "-o", "c.ics"),
    ("share",): ("made.mp3", "--address", "127.0.0.1", "--minutes", "0.001"),
    ("protocol", "list"): (),
    ("protocol", "show"): ("short.toml",),
    ("protocol", "check"): ("short.toml",),
    ("protocol", "new"): ("n.toml",),
    ("protocol", "import"): ("sheet.txt", "-o", "n.toml"),
    ("protocol", "export"): ("short.toml", *FAKE, "--timer", "t.json"),
    # It would serve for ever; what it refuses it refuses first.
    ("edit",): ("people.csv",),
    ("protocol", "schema"): (),
    ("profile", "new"): ("anna", "--minutes", "5", "--no-ask"),
    ("profile", "set"): ("./me.toml", "--minutes", "7"),
    ("profile", "show"): ("./me.toml",),
    ("profile", "list"): (),
    ("profile", "delete"): ("nobody", "--yes"),
    ("voices", "list"): ("--engine", "fake"),
    ("voices", "get"): ("nobody",),
    ("voices", "remove"): ("nobody",),
    ("voices", "say"): ("Hello.", "--engine", "fake", "-o", "v.wav"),
    ("voices", "compare"): ("Hello.", "--engine", "fake", "-o", "v.html"),
    ("cache", "info"): (),
    ("cache", "clear"): (),
}
"""A call of each command. What is missing here a test of the campaigns names."""

MISTAKES = (
    ("build", "nobody"),
    ("plan", "short.toml", "--hold", "x"),
    ("nobody",),
    ("--help",),
    ("build", "--help"),
    (),
)
"""Calls that are refused, and such that print help."""

CLOSED = ["".join(each) for size in (1, 2, 3) for each in combinations("012", size)]
WAYS = [*((closed, "") for closed in CLOSED), ("", "1"), ("", "2"), ("", "12"), ("0", "12"), ("2", "1"), ("1", "2")]
HEAD = ("head", "")


@dataclass(frozen=True, slots=True)
class Case:
    """A call and the state of its streams.

    Attributes:
        call: the words of the command.
        closed: digits of the streams that are closed; ``head`` for a reader that stops after a line.
        full: digits of those that lead to a full device.
    """

    call: tuple[str, ...]
    closed: str
    full: str


def cases() -> list[Case]:
    """Return every call with every state of the streams."""
    calls = [*((*words, *rest) for words, rest in CALLS.items()), *MISTAKES]
    return [Case(call, *way) for call in calls for way in (*WAYS, HEAD)]


def prepare(world: Path) -> tuple[Path, dict[tuple[str, ...], tuple[Ran, dict[str, str]]]]:
    """Make the files that commands need; what they make with open streams is found when it is asked for."""
    return options.prepare(world), {}


def attempt(trial: Trial) -> None:
    """Try one call with one state of the streams."""
    every = cases()
    case = every[trial.number % len(every)]
    files, known = trial.prepared
    if case.call not in known:
        folder = trial.world / f"open-{len(known)}"
        folder.mkdir()
        plain = Trial("streams", 0, chance=Random(0), folder=folder, world=trial.world)
        known[case.call] = _ran(plain, case.call, files)
    reference, made = known[case.call]
    if case.closed == "head":
        ran, found = _to_head(trial, case, files)
    else:
        ran, found = _ran(trial, case.call, files, case)
    code = reference.code
    if "1" in case.full and "1" not in case.closed and reference.out and code == DONE:
        code = FAILED
    trial.log.append(f"closed: {case.closed or '-'}, full: {case.full or '-'}")
    trial.expect(ran.code == code, f"exit code {ran.code}, and {code} is right: {ran.err[-300:]}")
    trial.expect(found == made, f"other files: {sorted(found.items() ^ made.items())[:3]}")
    trial.expect("Traceback" not in ran.err and "Exception" not in ran.err, f"a traceback: {ran.err[-500:]}")


def _ran(trial: Trial, call: tuple[str, ...], files: Path, case: Case | None = None) -> tuple[Ran, dict[str, str]]:
    """Run a call with streams in the state of ``case``, and return what it made."""
    _lay_out(trial, files)

    def before() -> None:
        for number in case.full if case else "":
            os.dup2(os.open("/dev/full", os.O_WRONLY), int(number))
        for number in case.closed if case else "":
            os.close(int(number))

    ran = trial.whole(*call, before=before)
    return ran, _files(trial)


def _lay_out(trial: Trial, files: Path) -> None:
    shutil.copytree(files, trial.folder, dirs_exist_ok=True)
    trial.write("sheet.txt", "Couch stretch, 3 x 60 s each side, rest 30 s\n")
    trial.environment["XDG_CONFIG_HOME"] = str(trial.folder / "config")
    trial.environment["AUDIOGUIDE_CACHE"] = str(trial.folder / "speech")


def _files(trial: Trial) -> dict[str, str]:
    found = {name: digest for name, (_, digest) in snapshot(trial.folder).items()}
    own = (".audioguide-batch", "speech")
    return {name: digest for name, digest in found.items() if not any(part in own for part in Path(name).parts)}


def _to_head(trial: Trial, case: Case, files: Path) -> tuple[Ran, dict[str, str]]:
    """Run a call whose output goes to a reader that stops after a line."""
    _lay_out(trial, files)
    command = shlex.join([sys.executable, "-m", "audioguide", *case.call])
    trial.log.append(f"{shlex.join(case.call)} | head -1")
    ran = subprocess.run(
        ["bash", "-c", f"{command} | head -1 >/dev/null; exit ${{PIPESTATUS[0]}}"],
        cwd=trial.folder,
        env=trial.variables(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LONGEST_S,
        check=False,
    )
    return Ran(case.call, ran.returncode, "", ran.stderr.decode("utf-8", "replace")), _files(trial)
