"""A batch as real processes: on the command line, from Python, stopped and killed at random moments."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from audioguide.batches.records import OWN_FOLDER
from audioguide.storage.sha256 import sha256_of
from audioguide.verify.check import check
from tests.cli.terminal import Terminal
from tests.helpers import HEAD, HOLD, REPS
from tests.waiting import until

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
PEOPLE = 12
KILLS = 4


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "small.toml").write_text(HEAD + HOLD + REPS)
    rows = [f"Person {number},small.toml,fake,{40 + number},Note {number}." for number in range(PEOPLE)]
    path = tmp_path / "people.csv"
    path.write_text("\n".join(["name,protocol,engine,hold reach,note reach", *rows]))
    return path


def started(table: Path, out: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "audioguide", "batch", str(table), "-o", str(out), "--workers", "2"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "AUDIOGUIDE_CACHE": str(table.parent / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(folder: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in sorted(folder.glob("*.mp3"))}


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(child) for child in listed.stdout.split()]


def test_killed_at_random_moments_the_same_command_ends_with_all_files_right(table: Path, tmp_path: Path):
    whole = started(table, tmp_path / "whole")
    out, err = whole.communicate(timeout=120)
    assert whole.returncode == 0, err
    assert out.startswith(f"{PEOPLE} made")
    moments = random.Random(15)
    out_folder = tmp_path / "out"
    for _ in range(KILLS):
        run = started(table, out_folder)
        done = moments.randint(0, 3)
        before = len(list(out_folder.glob("*.mp3")))
        # After so many more people, in the middle of whatever happens then.
        until(lambda run=run, most=before + done: run.poll() is not None or len(list(out_folder.glob("*.mp3"))) >= most)
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=120)
        assert all(check(path).ok for path in out_folder.glob("*.mp3"))
    last = started(table, out_folder)
    out, err = last.communicate(timeout=120)
    assert last.returncode == 0, err
    assert finished(out_folder) == finished(tmp_path / "whole")
    assert sorted(path.name for path in (out_folder / OWN_FOLDER).iterdir()) == ["lock", "records.jsonl"]
    assert (out_folder / "manifest.csv").read_bytes().count(b"\n") == PEOPLE + 1


def test_ctrl_c_ends_the_workers_and_says_how_far_it_came(table: Path, tmp_path: Path):
    run = started(table, tmp_path / "out")
    until(lambda: run.poll() is not None or len(list((tmp_path / "out").glob("*.mp3"))) >= 2)
    workers = children_of(run.pid)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode in (0, 130)
    if run.returncode == 130:
        assert f"of {PEOPLE} people are done in {tmp_path / 'out'}" in err
        assert (tmp_path / "out/manifest.csv").is_file()
    assert "Traceback" not in err
    assert all(not Path(f"/proc/{worker}").exists() for worker in workers)


def test_a_worker_that_is_killed_costs_nobody_their_session(table: Path, tmp_path: Path):
    run = started(table, tmp_path / "out")
    until(lambda: run.poll() is not None or len(list((tmp_path / "out").glob("*.mp3"))) >= 2)
    for worker in children_of(run.pid):
        os.kill(worker, signal.SIGKILL)
    out, err = run.communicate(timeout=120)
    assert run.returncode == 0, err
    assert out.startswith(f"{PEOPLE} made")
    assert all(check(path).ok for path in (tmp_path / "out").glob("*.mp3"))


def test_a_terminal_sees_people_done_the_rate_and_the_time_left(table: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(table.parent / "cache"))
    terminal = Terminal("batch", str(table), "-o", str(table.parent / "out"), columns=100)
    assert terminal.end() == 0
    assert f"0/{PEOPLE}" in terminal.screen
    assert re.search(rf"People [━╸╺ ]+ \d+/{PEOPLE} [\d.]+ a second \d:\d\d:\d\d", terminal.screen)
    assert f"{PEOPLE} made" in terminal.screen
