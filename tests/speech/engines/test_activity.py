import os
import subprocess
import sys
from pathlib import Path

import pytest

from audioguide.speech.engines.activity import activity_of
from tests.waiting import until

NAME = "(a name) with ) R"


def write(proc: Path, pid: int, state: str, used: int = 0, faults: int = 0, children: str = "") -> None:
    thread = proc / f"{pid}/task/{pid}"
    thread.mkdir(parents=True, exist_ok=True)
    fields = [state, *["0"] * 6, str(faults), "0", "0", "0", str(used), "0", "0"]
    (thread / "stat").write_text(f"{pid} ({NAME}) {' '.join(fields)}")
    (thread / "children").write_text(children)


@pytest.mark.parametrize(("state", "wants"), [("R", True), ("D", True), ("S", False), ("T", False), ("t", False)])
def test_who_waits_for_a_processor_or_a_disk_wants_to_run_and_who_sleeps_or_is_stopped_does_not(
    tmp_path: Path, state: str, wants: bool
):
    write(tmp_path, 7, state)
    found = activity_of(7, tmp_path)
    assert found
    assert found.wants_to_run is wants


def test_what_was_started_counts_as_its_own(tmp_path: Path):
    write(tmp_path, 7, "S", children="8 9 ")
    write(tmp_path, 8, "S")
    write(tmp_path, 9, "S", children="10 ")
    write(tmp_path, 10, "S")
    before = activity_of(7, tmp_path)
    assert before == activity_of(7, tmp_path)
    for change in ({"used": 1}, {"faults": 1}):
        write(tmp_path, 10, "S", **change)
        assert activity_of(7, tmp_path) != before
    write(tmp_path, 10, "R")
    found = activity_of(7, tmp_path)
    assert found
    assert found.wants_to_run


def test_a_system_that_does_not_tell_says_nothing(tmp_path: Path):
    assert activity_of(7, tmp_path) is None
    write(tmp_path, 7, "S")
    (tmp_path / "7/task/7/children").unlink()
    assert activity_of(7, tmp_path) is None


@pytest.mark.real
@pytest.mark.skipif(sys.platform != "linux", reason="no /proc here: run the tests on Linux")
def test_a_real_process_wants_to_run_until_it_is_stopped():
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        try:
            until(lambda: (found := activity_of(process.pid)) and found.wants_to_run)
            os.kill(process.pid, 19)
            until(lambda: (found := activity_of(process.pid)) and not found.wants_to_run)
            assert activity_of(process.pid) == activity_of(process.pid)
        finally:
            process.kill()
