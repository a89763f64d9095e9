"""A build that is interrupted, or whose disk is full, as real processes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.conftest import COUNTED, SHORTEST, WholeBuild

pytestmark = pytest.mark.real


def as_from_a_terminal() -> None:
    """Let signals do what they do where nobody runs the tests in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGHUP", "SIGQUIT"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)


def run(folder: Path, cache: Path, *module: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *module, "build", SHORTEST, "--quiet", "-o", "x.mp3"],
        cwd=folder,
        env=os.environ | COUNTED | {"AUDIOGUIDE_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        preexec_fn=None if sys.platform == "win32" else as_from_a_terminal,
        timeout=120,
    )


def test_ctrl_c_at_any_moment_leaves_the_earlier_file_and_nothing_else(tmp_path: Path, whole_build: WholeBuild):
    stopping = ("tests.integration.self_stopping", str(int(signal.SIGINT)))
    writes = whole_build.writes
    (tmp_path / "x.mp3").write_bytes(b"earlier")
    # The voice starts, its first clip is kept, the first segments and nearly the last are encoded. An empty cache each
    # time: what an earlier build left there would leave fewer moments.
    moments = [
        ("subprocess.Popen", 1),
        *(("os.rename", number) for number in (1, writes // 2, writes - 5)),
    ]
    moments += [("any", number) for number in random.Random(7).sample(range(1, 3_000), k=2)]
    for event, number in moments:
        stopped = run(tmp_path, tmp_path.parent / f"cache-{event}-{number}", *stopping, event, str(number))
        # Where the signal lands inside an exec, CPython ends by the signal itself; a shell reports 130 for both.
        assert stopped.returncode in (130, -signal.SIGINT), (event, number, stopped.stderr)
        assert stopped.stderr.strip() == "audioguide: stopped; no file is half written"
        assert (tmp_path / "x.mp3").read_bytes() == b"earlier"
        assert [path.name for path in tmp_path.iterdir() if path.suffix in (".mp3", ".tmp")] == ["x.mp3"]


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="a full disk takes a mount: run the tests as root on Linux"
)
def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path, whole_build: WholeBuild):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], check=False)
    if mounted.returncode or not shutil.which("umount"):
        pytest.skip("no mounting for root here: run the tests outside a container, or in one that may mount")
    try:
        ran = run(small, whole_build.cache, "audioguide")
        assert ran.returncode == 1
        assert ran.stderr == "audioguide: x.mp3: the disk is full; free some space and run this again\n"
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals: run it elsewhere")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_that_ends_the_program_leaves_nothing_of_what_it_was_writing(
    tmp_path: Path, whole_build: WholeBuild, name: str
):
    number = getattr(signal, name)
    (tmp_path / "x.mp3").write_bytes(b"earlier")
    moment = ("os.rename", str(whole_build.writes - 5))
    cache = tmp_path.parent / f"cache-{name}"
    stopped = run(tmp_path, cache, "tests.integration.self_stopping", str(int(number)), *moment)
    assert stopped.returncode == (128 + number if name == "SIGQUIT" else -number), stopped.stderr
    assert stopped.stderr == ""
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".audioguide", "x"))] == ["x.mp3"]
