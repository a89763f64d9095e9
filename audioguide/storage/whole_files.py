"""Writes results: several files whole or none at all, and says what stands in the way before the work begins.

By hand, as libraries for atomic writes replace one file at a time: a session is an MP3 with its plan, lyrics and
subtitles, and none of them may be left without the others.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from audioguide.errors import AudioguideError, OutputError, RequestError


def refuse_unwritable(path: Path) -> None:
    """Refuse a path at which no file can be written.

    Raises:
        RequestError: when its folder is missing or may not be written, or the path is a folder or a device.
    """
    folder = path.parent
    try:
        if path.is_dir():
            raise RequestError(f"{path} is a folder; name a file in it")
        if path.exists() and not path.is_file():
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


def write_all(contents: Mapping[Path, Iterable[bytes]]) -> None:
    """Write each file whole; when one can't be written, none is, and what stood there before stays.

    Args:
        contents: for each path the pieces of its file, which are asked for one by one.

    Raises:
        RequestError: when a path can't be written to.
        OutputError: when the disk is full or fails.
    """
    for path in contents:
        refuse_unwritable(path)
    written: list[tuple[Path, Path]] = []
    path = next(iter(contents))
    try:
        for path, pieces in contents.items():
            target = path.resolve()  # a link stays a link, and the file behind it is replaced
            # In the same folder, as a rename works only within one file system; hidden from those who list it. "x"
            # opens no file and follows no link that somebody has put there.
            temporary = target.with_name(f".audioguide-{os.urandom(8).hex()}.tmp")
            written.append((temporary, target))
            with temporary.open("xb") as file:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                # Else a power cut may leave an empty file: the new name can reach the disk before the data does.
                os.fsync(file.fileno())
        # What can fail for want of room has been done. A rename replaces a file in one step (POSIX's rename; Windows
        # by `Path.replace`), so nobody ever sees half of one.
        for temporary, target in written:
            temporary.replace(target)
    except OSError as error:
        raise _write_error(path, error) from error
    finally:
        # Also on Ctrl-C. What was renamed is no longer there under this name.
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write one file whole or not at all.

    Raises:
        RequestError: as for `write_all`.
        OutputError: as for `write_all`.
    """
    write_all({path: [data]})


def _write_error(path: Path, error: OSError) -> AudioguideError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(f"{path}: the disk is full; free some space and run this again")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG):
        return RequestError(f"{path}: can't be written ({_reason(error)}); name another file")
    return OutputError(f"{path}: could not be written ({_reason(error)})")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
