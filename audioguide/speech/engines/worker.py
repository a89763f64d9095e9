"""The parent's side of a worker process: ask, wait no longer than agreed, kill and start afresh.

A request is one line of JSON on the child's stdin. The answer is one line of JSON whose ``bytes`` says how many raw
bytes follow it.

By hand, as the processes of `multiprocessing` and `concurrent.futures` import this package, can't be stopped one by one
when a request takes too long, and one that dies breaks the whole pool.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from msgspec import Struct

from audioguide.errors import SpeechError
from audioguide.speech.engines.activity import Activity, activity_of

LONGEST_HEAD = 1 << 20
"""Bytes in the first line of an answer; a longer one is not from this protocol. A list of voices takes some 30,000."""

LONGEST_PAYLOAD = 1 << 28
"""Bytes of sound in one answer, about 100 minutes; more is a number gone wrong."""

LATE_S = 1.0
"""How much longer an answer may take than the child may: a child that stops itself is to say so first."""

IDLE_S = 10.0
"""How long a child that speaks may do nothing at all: it hangs, or somebody has stopped it.

What takes so long on a busy machine is waiting for its turn, which doesn't count.
"""

LOOK_S = 1.0
"""How often it is looked whether a child does anything."""

CLOSE_S = 1.0
"""How long a worker may take to end by itself once its stdin is closed."""

_SCARCE = frozenset({errno.EAGAIN, errno.ENOMEM})
"""What a system says that allows no more processes, or has no memory for one (fork(2))."""

STDERR_TAIL = 300
"""Characters of the last line on a worker's stderr that an error message quotes."""

# Ctrl-C goes to every process of the terminal's group; apart from it, the parent alone decides. A group of its own also
# lets a worker be killed together with what it forked. Windows would open a console window for each worker.
APART: dict[str, Any]
if sys.platform == "win32":
    APART = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    APART = {"start_new_session": True}


class WorkerFailedError(SpeechError):
    """A worker hung, died or answered nonsense. It is gone; the next request starts a fresh one."""


class WorkerOverdueError(WorkerFailedError):
    """A worker gave no answer in time, as one that hangs or that somebody has stopped."""


class WorkerRefusedError(SpeechError):
    """A worker answered with an error that asking again would not change."""


class Answer(Struct, frozen=True):
    """What a worker answered: the fields of its first line, and the raw bytes after it."""

    head: Mapping[str, Any]
    payload: bytes


class Worker:
    """One child process, started with the first request. Not to be shared by two threads at a time.

    Args:
        name: what error messages call it, such as ``espeak worker``.
        command: the child's command line.
        env: its environment; None inherits.
        idle_s: how long it and what it has started may do nothing while it owes an answer, where the system tells that
            (Linux does); None for as long as the answer may take.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        idle_s: float | None = None,
    ) -> None:
        self.name = name
        self._command = tuple(command)
        self._env = env
        self._idle_s = idle_s
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, or None while none runs."""
        return self._process.pid if self._process else None

    def ask(self, request: Mapping[str, object], limit_s: float, start_s: float = 0.0) -> Answer:
        """Return the child's answer to ``request``.

        Args:
            request: what goes to the child as JSON.
            limit_s: how long the answer may take.
            start_s: how much longer, where a child has to start first.

        Raises:
            WorkerOverdueError: no answer in time, or a child that does nothing.
            WorkerFailedError: the child died, or the answer is not of the protocol.
            WorkerRefusedError: the child says that it can't do it.
        """
        limit_s += start_s if self._process is None else min(start_s, LATE_S)
        process = self._process or self._start()
        with _watched(process, limit_s, self._idle_s) as watch:
            try:
                answer = _exchange(process, request)
            except (OSError, ValueError) as problem:
                why, failure = str(problem), WorkerFailedError
                if watch.verdict:
                    why, failure = watch.verdict, WorkerOverdueError
                elif isinstance(problem, OSError):
                    # A pipe breaks a moment before the status is there, which tells a crash (negative) from an exit.
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        if status := process.wait(CLOSE_S):
                            why = f"ended with status {status}"
                said = self._end()
                raise failure(f"{self.name} {why}" + (f" ({said})" if said else "")) from problem
            except BaseException:
                # Ctrl-C: a half-read answer would be taken for the next one.
                self._end()
                raise
        if "error" in answer.head:
            raise WorkerRefusedError(f"{self.name}: {advised(str(answer.head['error']))}")
        return answer

    def stop(self) -> None:
        """Kill the child, also while another thread waits for its answer, which then fails."""
        process = self._process
        if process:
            kill(process)

    def close(self) -> None:
        """End the child: kindly first, by force after a second. Closing twice is fine."""
        process = self._process
        if process and process.stdin:
            with contextlib.suppress(OSError):
                process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(CLOSE_S)
        self._end()

    def _start(self) -> subprocess.Popen[bytes]:
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - a pipe nobody reads could block the child
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                env=self._env,
                **APART,
            )
        except OSError as problem:
            self._end()
            why = (problem.strerror or f"{problem}").lower()
            hint = "; raise the limits of memory and processes (ulimit -v, -u)" if problem.errno in _SCARCE else ""
            raise WorkerFailedError(f"{self.name} can't be started ({why}){hint}") from problem
        return self._process

    def _end(self) -> str:
        """Kill and reap what is left, and return the last line of its stderr."""
        process, self._process = self._process, None
        if process:
            kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()
        stderr, self._stderr = self._stderr, None
        if stderr is None:
            return ""
        with stderr:
            return last_line(stderr)


def last_line(stderr: IO[bytes]) -> str:
    """Return the end of the last line in a file that a process wrote its stderr to; empty where it wrote nothing."""
    stderr.seek(0)
    lines = stderr.read().decode("utf-8", "replace").split("\n")
    return next((advised(line.strip())[-STDERR_TAIL:] for line in reversed(lines) if line.strip()), "")


def advised(why: str) -> str:
    """Return why a process failed, and what to do where the system's loader says that memory lacks for a library."""
    return f"{why}; raise the limit of memory (ulimit -v)" if "failed to map segment" in why else why


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the child and, where there are process groups, what it forked."""
    with contextlib.suppress(OSError):  # already gone
        if sys.platform == "win32":
            # Once the status was read, Windows may have given the number to another process.
            if process.returncode is None:
                process.kill()
        else:
            # Also when the child has ended: a fork of it may go on, and holds the group's number.
            os.killpg(process.pid, signal.SIGKILL)


class _Watch:
    """Kills a process that takes too long for an answer, or that does nothing.

    Attributes:
        verdict: why it was killed; empty while it wasn't.
    """

    def __init__(self, process: subprocess.Popen[bytes], limit_s: float, idle_s: float | None) -> None:
        self.verdict = ""
        self._process, self._limit_s, self._idle_s = process, limit_s, idle_s
        self._answered = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._answered.set()
        self._thread.join()  # else it could kill the process in the middle of the next request

    def _look(self) -> None:
        left_s, still_s = self._limit_s, 0.0
        before: Activity | None = None
        # Summed up, not read from a clock: what passes while this process itself is stopped, or the machine sleeps, is
        # no time that the child had.
        while left_s > 0 and (self._idle_s is None or still_s < self._idle_s):
            wait_s = min(LOOK_S, left_s, self._idle_s or LOOK_S)
            if self._answered.wait(wait_s):
                return
            left_s -= wait_s
            now = None if self._idle_s is None else activity_of(self._process.pid)
            still_s = still_s + wait_s if now and now == before and not now.wants_to_run else 0.0
            before = now
        if left_s > 0:
            self.verdict = f"did nothing for {self._idle_s:g} s; see whether something stops it, and run this again"
        else:
            self.verdict = f"gave no answer in {self._limit_s:g} s; run this again when the machine is less busy"
        kill(self._process)


@contextlib.contextmanager
def _watched(process: subprocess.Popen[bytes], limit_s: float, idle_s: float | None) -> Iterator[_Watch]:
    """Kill ``process`` when the block takes longer than ``limit_s``, or when it does nothing for ``idle_s``."""
    # Pipes have no time limit of their own on Windows. Killing ends a blocking read or write on every platform.
    watch = _Watch(process, limit_s, idle_s)
    watch.begin()
    try:
        yield watch
    finally:
        watch.end()


def _exchange(process: subprocess.Popen[bytes], request: Mapping[str, object]) -> Answer:
    """Send ``request`` and return the answer.

    Raises:
        ConnectionError: when the child ended instead.
        ValueError: when the answer is not of the protocol.
    """
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None
    assert stdout is not None
    stdin.write(json.dumps(request).encode("ascii") + b"\n")  # JSON's escapes, so that no child depends on a locale
    stdin.flush()
    line = stdout.readline(LONGEST_HEAD)
    if not line:
        raise ConnectionError("ended without an answer")
    try:
        head = json.loads(line)
    except ValueError:
        head = None
    size = head.get("bytes") if isinstance(head, dict) else None
    # A library may have printed into the pipe, JSON's true is an int, and a size gone wrong would wait for ever.
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= LONGEST_PAYLOAD:
        raise ValueError(f"answered {line[:40]!r}, which is not of the protocol")
    payload = stdout.read(size)
    if len(payload) < size:
        raise ConnectionError(f"ended after {len(payload)} of {size} bytes")
    return Answer(head, payload)
