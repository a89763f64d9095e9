"""Whether a process does anything: one that hangs or was stopped doesn't, one that a busy machine lets wait does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")

_WANTS_TO_RUN = frozenset({"R", "D"})
"""States of a thread that runs, waits for a processor, or for a disk (proc_pid_stat(5), field 3)."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What a process and those below it have done by now.

    Attributes:
        wants_to_run: whether one of their threads runs, or would if the machine had time for it.
        done: of each thread its number, its page faults and its processor time; other whenever one did something.
    """

    wants_to_run: bool
    done: tuple[tuple[str, ...], ...]


def activity_of(pid: int, proc: Path = PROC) -> Activity | None:
    """Return what the process ``pid`` and those below it have done; None where the system doesn't tell.

    Args:
        pid: of the process.
        proc: where Linux tells of processes; other systems have no such folder.
    """
    states, done, waiting = [], [], [str(pid)]
    try:
        while waiting:
            for thread in sorted((proc / waiting.pop() / "task").iterdir()):
                # The name before it may hold spaces and brackets.
                fields = (thread / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                states.append(fields[0])
                # Fields 10, 12, 14 and 15: minor and major page faults, time in user mode and in the system.
                done.append((thread.name, fields[7], fields[9], fields[11], fields[12]))
                waiting += (thread / "children").read_text(encoding="ascii").split()
    except (OSError, IndexError):
        # Not Linux, a Linux that tells less, or one of them has just ended, which is something too: the next look
        # finds the others.
        return None
    return Activity(not _WANTS_TO_RUN.isdisjoint(states), tuple(done))
