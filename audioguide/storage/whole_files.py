"""Writes results: several files whole or none at all, and says what stands in the way before the work begins.

By hand, as libraries for atomic writes replace one file at a time: a session is an MP3 with its plan, lyrics and
subtitles, and none of them may be left without the others.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from audioguide.errors import AudioguideError, OutputError, RequestError
from audioguide.storage.stop_signals import signals_held_back
from audioguide.storage.workplace import remove_abandoned, workplace

_PERMISSIONS = 0o777
_PRIVATE = 0o600


def refuse_existing(path: Path) -> None:
    """Refuse a path at which there is something, for a file that a person will change by hand.

    Raises:
        RequestError: naming it.
    """
    # A link that leads nowhere exists too: the file would be written where nobody looks for it.
    if os.path.lexists(path):
        raise RequestError(f"{path} exists already; name another file")


def refuse_unwritable(path: Path) -> None:
    """Refuse a path at which no file can be written.

    Raises:
        RequestError: when its folder is missing or may not be written, or the path is a folder or a device, or a file
            that may not be changed.
    """
    target, folder = Path(_real(path)), path.parent
    try:
        # Messages name the folder as the user wrote it, unless a link leads elsewhere.
        folder = target.parent if path.is_symlink() else folder
        status = _status(path)
        if status is not None and stat.S_ISDIR(status.st_mode):
            raise RequestError(f"{path} is a folder; name a file in it")
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise RequestError(f"{path} is a device, not a file to write; name a file")
        if not folder.exists():
            raise RequestError(f"{path}: the folder {folder} does not exist; make it or name another")
        if not folder.is_dir():
            raise RequestError(f"{path}: {folder} is no folder; name another")
    except (OSError, ValueError) as error:
        raise RequestError(f"{str(path)[:80]}: can't be a file name ({_reason(error)}); name another") from None
    # It may be wrong on network drives; `write_all` finds out for certain, but only after the work.
    if not os.access(folder, os.W_OK | os.X_OK):
        raise RequestError(f"{path}: the folder {folder} may not be written to; name another")
    if status is not None and (why := _why_unchangeable(target, status)):
        raise RequestError(f"{path}: {why}; name another file, or change that")


def _status(path: Path) -> os.stat_result | None:
    """Return what the file behind ``path`` is; None where there is none."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _why_unchangeable(target: Path, status: os.stat_result) -> str:
    """Return why the existing file ``target`` can't be replaced; empty where it can."""
    # A rename needs no right to the file it replaces, so that whoever made one read-only would not be heard. Root may
    # write everything, and is to heed it all the same.
    if not status.st_mode & 0o222:
        return "it is read-only"
    try:
        # Opened and left as it is. That also fails where it can't be changed by anyone (chattr +i).
        os.close(os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0)))
    except OSError as error:
        return f"it may not be changed ({_reason(error)})"
    if hasattr(os, "geteuid"):
        folder = target.parent.stat()
        # In a folder as /tmp only owners replace files (sticky bit).
        if folder.st_mode & stat.S_ISVTX and os.geteuid() not in (0, status.st_uid, folder.st_uid):
            return "it belongs to another user"
    return ""


def refuse_clashes(results: Sequence[Path], sources: Sequence[Path]) -> None:
    """Refuse two results in one file, and a result in a file that it is made from; links are followed.

    Raises:
        RequestError: naming the file.
    """
    taken = {_real(path): "it is what the session is made from" for path in sources}
    for path in results:
        if why := taken.get(_real(path)):
            raise RequestError(f"{path} can't be written to: {why}; name another file")
        taken[_real(path)] = "another result goes there"


def _real(path: Path) -> str:
    # os.path, unlike pathlib, has an answer for any text, also for what can't be a path.
    return os.path.realpath(os.fspath(path).replace("\0", ""))


class _Write(Struct):
    """A file on its way.

    Attributes:
        path: where it goes, as the user knows it.
        target: the same with links followed: a link stays a link, and the file behind it is replaced.
        made: where it is written before it goes there; it is there no more once it has gone.
        before: where what was at ``target`` is kept meanwhile; None where nothing was, or nothing can fail any more.
    """

    path: Path
    target: Path
    made: Path
    before: Path | None = None


def write_all(contents: Mapping[Path, Iterable[bytes]], private: bool = False) -> None:
    """Write each file whole; when one can't be written, none is, and what stood there before stays.

    A file that is replaced keeps its permissions.

    Args:
        contents: for each path the pieces of its file, which are asked for one by one.
        private: whether only the user may read files that did not exist before.

    Raises:
        RequestError: when a path can't be written to.
        OutputError: when the disk is full or fails.
    """
    for path in contents:
        refuse_unwritable(path)
    path = next(iter(contents))
    writes: list[_Write] = []
    with contextlib.ExitStack() as open_workplaces:
        try:
            places: dict[Path, Path] = {}
            for path, pieces in contents.items():
                target = Path(_real(path))
                # In the same folder, as a rename works only within one file system.
                if target.parent not in places:
                    remove_abandoned(target.parent)
                    places[target.parent] = open_workplaces.enter_context(workplace(target.parent))
                writes.append(_Write(path, target, made=places[target.parent] / f"{len(writes)}.new"))
                _write(writes[-1].made, pieces, private)
                _take_over_permissions(writes[-1])
            # Else Ctrl-C could leave some of them replaced.
            with signals_held_back():
                for write in _replaced(writes):
                    path = write.path
        except OSError as error:
            raise _write_error(path, error) from error


def write_whole(path: Path, data: bytes, private: bool = False) -> None:
    """Write one file whole or not at all.

    Raises:
        RequestError: as for `write_all`.
        OutputError: as for `write_all`.
    """
    write_all({path: [data]}, private)


def _write(made: Path, pieces: Iterable[bytes], private: bool) -> None:
    # The mode is what the user's mask makes of it.
    mode = _PRIVATE if private else 0o666
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        # Else a power cut may leave an empty file: the new name can reach the disk before the data does.
        os.fsync(file.fileno())


def _take_over_permissions(write: _Write) -> None:
    """Give what was made the owner and mode of the file that it replaces."""
    status = _status(write.target)
    if status is None:
        return
    if hasattr(os, "chown") and os.stat(write.made).st_uid != status.st_uid:  # noqa: PTH116
        with contextlib.suppress(OSError):  # only root may
            os.chown(write.made, status.st_uid, status.st_gid)
    write.made.chmod(status.st_mode & _PERMISSIONS)


def _replaced(writes: Sequence[_Write]) -> Iterator[_Write]:
    """Yield each of ``writes`` before it goes to its place; when one can't, those that did are taken back."""
    try:
        # The last one needs no way back: once it is in its place, all are.
        for write in writes[:-1]:
            yield write
            if write.target.exists():
                write.before = write.made.with_suffix(".old")
                try:
                    write.before.hardlink_to(write.target)
                except OSError:  # the file system has only one name for each file
                    shutil.copy2(write.target, write.before)
        # What can fail for want of room has been done. A rename replaces a file in one step (POSIX's rename; Windows
        # by `Path.replace`), so nobody ever sees half of one.
        for write in writes:
            yield write
            write.made.replace(write.target)
    except BaseException:
        for write in writes:
            if not write.made.exists():
                with contextlib.suppress(OSError):  # the others are to be taken back all the same
                    if write.before is None:
                        write.target.unlink(missing_ok=True)
                    else:
                        write.before.replace(write.target)
        raise


def _write_error(path: Path, error: OSError) -> AudioguideError:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG):
        return RequestError(f"{path}: can't be written ({_reason(error)}); name another file")
    return OutputError(f"{path}: {why_unwritten(error)}")


def why_unwritten(error: OSError) -> str:
    """Return what is said of a file that could not be written although nothing stood in the way."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full; free some space and run this again"
    return f"could not be written ({_reason(error)})"


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
