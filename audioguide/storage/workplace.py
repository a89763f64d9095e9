"""A hidden folder in which files are written before they go to their place, and the removal of those of killed runs."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from audioguide.storage.stop_signals import signals_held_back

_NAME = re.compile(r"\.audioguide-[0-9a-f]{16}\.tmp")

_DAY_S = 24 * 3600.0
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | os.O_RDONLY


@contextlib.contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """Make a folder in ``folder`` for the block, which only this user can enter; it goes with all that is in it.

    Raises:
        OSError: when it can't be made.
    """
    made: Path | None = None
    lock: int | None = None
    try:
        # A signal between its making and the block, or a second one while it is removed, would leave it there.
        with signals_held_back():
            made, lock = _made(folder)
        yield made
    finally:
        if made is not None:
            with signals_held_back():
                _remove(made, lock)


def _made(folder: Path) -> tuple[Path, int | None]:
    """Return a new folder and the descriptor that holds its lock; None where there are no locks."""
    while True:
        # The name is new, and "mkdir" follows no link that somebody has put there.
        made = folder / f".audioguide-{os.urandom(8).hex()}.tmp"
        made.mkdir(mode=0o700)
        if sys.platform == "win32":
            return made, None
        # Who cleans up may find it between two of these calls; then another one is made.
        with contextlib.suppress(FileNotFoundError, BlockingIOError):
            try:
                lock = os.open(made, _FOLDER)
            except OSError:
                # As where a process may open no more files: what can't be used is not left there.
                with contextlib.suppress(OSError):
                    made.rmdir()
                raise
            try:
                _lock(lock)
                if os.path.samestat(made.stat(), os.fstat(lock)):
                    return made, lock
                raise FileNotFoundError(made)
            except BaseException:
                os.close(lock)
                raise


def _lock(folder: int) -> None:
    """Take the lock that the system drops with this process, however that ends: so a killed run's folder is told.

    Raises:
        BlockingIOError: when somebody has it.
    """
    import fcntl

    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:
        # A network drive without locks: there nobody gets one, and nothing is cleaned up.
        return


def _remove(made: Path, lock: int | None) -> None:
    remove_files(made)
    if lock is not None:
        os.close(lock)
        if made.exists():
            # The lock was the last file that this process may open, and to look into a folder takes one.
            remove_files(made)


def remove_abandoned(folder: Path) -> None:
    """Remove what runs that were killed left in ``folder``; never what a living one writes. Raises no OSError."""
    try:
        with os.scandir(folder) as found:
            left = [Path(entry.path) for entry in found if _NAME.fullmatch(entry.name)]
    except OSError:
        return
    for path in left:
        with contextlib.suppress(OSError):
            _remove_if_abandoned(path)


def _remove_if_abandoned(path: Path) -> None:
    if sys.platform == "win32":
        # No lock tells; nothing is written for so long.
        if time.time() - path.stat().st_mtime > _DAY_S:
            remove_files(path)
        return
    import fcntl

    lock = os.open(path, _FOLDER)
    try:
        # That of another user can't be removed anyway, and root is not to try.
        if os.fstat(lock).st_uid == os.geteuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove_files(path)
    finally:
        os.close(lock)


def remove_files(folder: Path) -> None:
    """Remove ``folder`` and the files in it, as far as that goes; folders in it are not its own."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if not stat.S_ISDIR(path.lstat().st_mode):
                path.unlink(missing_ok=True)
        folder.rmdir()
