"""Closed and full standard streams: the work is done all the same, and the exit code is the right one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import pytest

from audioguide.cli.stopping import StoppedError, Stopping
from audioguide.cli.streams import failure_of, open_streams

ROOT = Path(__file__).parents[2]
CLOSED = ["".join(each) for size in (1, 2, 3) for each in combinations("012", size)]

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /dev/full: run the tests there")


def ran(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tests.cli.closed_streams_child", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.real
@on_linux
@pytest.mark.parametrize(
    ("closed", "full"), [*((closed, "-") for closed in CLOSED), ("-", "1"), ("-", "2"), ("0", "12")]
)
def test_a_closed_or_full_stream_leaves_no_work_undone(tmp_path: Path, closed: str, full: str):
    made = ran(closed, full, "voices", "say", "Hello.", "--engine", "fake", "-o", "x.wav", folder=tmp_path)
    assert (tmp_path / "x.wav").exists()
    assert made.returncode == (1 if "1" in full else 0)
    said = b"audioguide: standard output: no space left on device; free some space there\n"
    assert made.stderr == (said if full == "1" else b"")
    mistake = ran(closed, full, "build", "no-such", folder=tmp_path)
    assert mistake.returncode == 2
    assert b"Traceback" not in mistake.stderr


@pytest.mark.real
def test_a_reader_that_has_enough_is_no_failure(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-m", "audioguide", "protocol", "schema"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert (process.stderr.read(), process.wait(60)) == (b"", 0)
    process.stderr.close()


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch):
    """Standard output that leads into a pipe which nobody reads any more."""
    read, write = os.pipe()
    saved = os.dup(1)
    os.dup2(write, 1)
    os.close(write)
    os.close(read)
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    yield
    os.dup2(saved, 1)
    os.close(saved)


def test_printing_into_a_broken_pipe_never_fails(pipe: None):
    open_streams()
    for _ in range(3):
        print("x" * 100_000)
    assert failure_of(sys.stdout) is None


def test_a_signal_while_leaving_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    stopping = Stopping()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        stopping.begin()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert stopping.number == signal.SIGINT
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        stopping.begin()
        with pytest.raises(StoppedError):
            signal.raise_signal(signal.SIGTERM)
        stopping.leave()
        signal.raise_signal(signal.SIGINT)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_second_signal_while_the_first_is_sent_again_is_no_traceback(monkeypatch: pytest.MonkeyPatch):
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    begun: list[int] = []

    class SentInto(threading.Timer):
        def start(self) -> None:
            # As it does while the thread begins.
            signal.raise_signal(signal.SIGINT)
            begun.append(1)

    monkeypatch.setattr(threading, "Timer", SentInto)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    stopping = Stopping()
    try:
        stopping.begin()
        with pytest.raises(KeyboardInterrupt) as stopped:
            signal.raise_signal(signal.SIGINT)
        sys.unraisablehook(SimpleNamespace(exc_value=stopped.value))
        assert begun == [1]
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        stopping.leave()
        for number, handler in before.items():
            signal.signal(number, handler)
