"""Runs the command in a terminal of its own and types answers, as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

from tests.waiting import until

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def _as_of_a_terminal() -> None:
    # Ctrl-C comes from a terminal only to the processes that it controls, and to none that a shell put aside.
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A process in a pseudo-terminal.

    Attributes:
        screen: all that it has shown so far, without colours.
    """

    def __init__(self, *arguments: str, columns: int = 80) -> None:
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 60, columns, 0, 0))
        environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "audioguide", *arguments],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=environment | {"PYTHONPATH": str(ROOT), "TERM": "xterm"},
            start_new_session=True,
            preexec_fn=_as_of_a_terminal,
        )
        os.close(inner)
        self.screen = ""
        self._answered = 0

    def answer(self, question: str, keys: str) -> None:
        """Wait for ``question`` after the last answer, then type ``keys``."""
        self._read(lambda: question in " ".join(self.screen[self._answered :].split()))
        until(self._sleeps)
        self._answered = len(self.screen)
        os.write(self._end, keys.encode())

    def end(self) -> int:
        """Wait until the process ends and return its exit code."""
        self._read(lambda: False)
        os.close(self._end)
        return self._process.wait(PATIENCE_S)

    def _sleeps(self) -> bool:
        """Return whether it waits for keys; Ctrl-C that comes between the question and the waiting, Python loses."""
        status = Path(f"/proc/{self._process.pid}/stat")
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "R"

    def _read(self, done) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not done():
            ready, _, _ = select.select([self._end], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                self._process.kill()
                raise AssertionError(f"it waits for something else:\n{self.screen}")
            try:
                found = os.read(self._end, 65_536)
            except OSError:  # Linux says so when the process has gone
                found = b""
            if not found:
                return
            self.screen = ESCAPES.sub("", self.screen + found.decode(errors="replace").replace("\r", ""))
