"""A build that is interrupted, or whose disk is full, as real processes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.real

ROOT = Path(__file__).parent.parent.parent
BUILD = [sys.executable, "-m", "audioguide", "build", "hip-flexor", "--quiet", "-o", "x.mp3"]


def started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        BUILD, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, start_new_session=True
    )


def test_ctrl_c_at_any_moment_leaves_the_earlier_file_and_nothing_else(tmp_path: Path):
    (tmp_path / "x.mp3").write_bytes(b"earlier")
    for delay_s in random.Random(7).choices((0.1, 0.3, 0.5, 0.7, 0.9, 1.1), k=5):
        process = started(tmp_path)
        time.sleep(delay_s)
        os.killpg(process.pid, signal.SIGINT)
        _, printed = process.communicate(timeout=20)
        if process.returncode == 0:
            break
        # Where the signal lands inside an exec, CPython ends by the signal itself; a shell reports 130 for both.
        assert process.returncode in (130, -signal.SIGINT), printed.decode()
        assert printed.decode().strip() == "audioguide: stopped; nothing was written"
        assert (tmp_path / "x.mp3").read_bytes() == b"earlier"
        assert [path.name for path in tmp_path.iterdir() if path.suffix in (".mp3", ".tmp")] == ["x.mp3"]


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="a full disk takes a mount: run the tests as root on Linux"
)
def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], check=False)
    if mounted.returncode or not shutil.which("umount"):
        pytest.skip("no mounting for root here: run the tests outside a container, or in one that may mount")
    try:
        process = started(small)
        _, printed = process.communicate(timeout=120)
        assert process.returncode == 1
        assert printed.decode() == "audioguide: x.mp3: the disk is full; free some space and run this again\n"
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)
