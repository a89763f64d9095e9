"""Kills a batch, its workers too, at random moments, and holds the folder to that of a run that nobody stopped.

The same command again and again until it ends by itself: python -m scripts.benchmark.kills [KILLS]
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEOPLE = 400
SHORTEST_S, LONGEST_S = 0.3, 2.0
"""When a run is killed: before its first session, or after some dozens."""


def main(kills: int) -> None:
    """Kill ``kills`` runs, changing the table now and then, and compare what is there in the end."""
    chance = random.Random(15)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reached = killed = 0
        number = 0
        while killed < kills:
            table = folder / f"people-{number}.csv"
            _write(table, number)
            # The folder of the table before is gone on with, as people change tables.
            while killed < kills and _run(table, folder / "out", chance.uniform(SHORTEST_S, LONGEST_S)):
                killed += 1
                reached = len(_made(folder / "out"))
                _check_no_half(folder / "out")
            _run(table, folder / "out", None)
            _run(table, folder / "whole", None)
            if _made(folder / "out") != _made(folder / "whole"):
                raise SystemExit(f"after {killed} kills the folder differs from that of a whole run")
            left = sorted(path.name for path in (folder / "out/.audioguide-batch").iterdir())
            if left != ["lock", "records.jsonl"]:
                raise SystemExit(f"something was left: {left}")
            print(
                f"{killed} kills, table {number + 1}: all {PEOPLE} files right (at the last kill {reached} were there)"
            )
            number += 1


def _write(table: Path, number: int) -> None:
    # Half of the people keep their doses from table to table.
    holds = [30 + person % 40 + (number if person % 2 else 0) for person in range(PEOPLE)]
    rows = [f"Person {person},movement-break,fake,{hold}" for person, hold in enumerate(holds)]
    table.write_text("\n".join(["name,protocol,engine,hold standing-stretch", *rows]), encoding="utf-8")


def _run(table: Path, out: Path, kill_after_s: float | None) -> bool:
    """Run the batch and return whether it was killed."""
    environment = os.environ | {"AUDIOGUIDE_CACHE": str(table.parent / "cache")}
    command = [sys.executable, "-m", "audioguide", "batch", str(table), "-o", str(out), "--quiet"]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        if process.wait(kill_after_s):
            raise SystemExit("the batch failed")
    except subprocess.TimeoutExpired:
        # As when the power fails: the workers, in sessions of their own, with it.
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, check=False)
        for pid in (process.pid, *map(int, listed.stdout.split())):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.05)
        return True
    return False


def _check_no_half(out: Path) -> None:
    from audioguide.audio.mp3.info_frame import is_unaltered, without_tag

    for path in out.glob("*.mp3"):
        if not is_unaltered(without_tag(path.read_bytes())):
            raise SystemExit(f"{path} is half")


def _made(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.mp3"))}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
