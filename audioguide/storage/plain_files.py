"""Opens files that are files: a pipe, a terminal or another device might never give anything, or never end."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""Without waiting for who writes into a pipe that was put there between a look and the opening."""


def open_plain(path: Path) -> io.BufferedReader:
    """Return the file at ``path``, opened to be read.

    Raises:
        OSError: when it can't be read, or is a folder, a device or a pipe.
    """
    return io.BufferedReader(io.FileIO(open_descriptor(path)[0], "rb"))


def open_descriptor(path: Path | str) -> tuple[int, os.stat_result]:
    """Return the descriptor of the file at ``path``, opened to be read, and what is known of it; the caller closes it.

    Raises:
        OSError: as for `open_plain`.
    """
    # Looked at before as well, since opening some devices does something.
    _refuse_other(os.stat(path), path)  # noqa: PTH116
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        _refuse_other(status, path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor, status


def read_plain(path: Path) -> bytes:
    """Return the content of the file at ``path``.

    Raises:
        OSError: as for `open_plain`.
    """
    with open_plain(path) as file:
        return file.read()


def _refuse_other(status: os.stat_result, path: Path | str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "a device or pipe, not a file", str(path))
