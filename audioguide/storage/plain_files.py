"""Opens files that are files: a pipe, a terminal or another device might never give anything, or never end."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path
from typing import Literal, overload

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""Without waiting for who writes into a pipe that was put there between a look and the opening."""


@overload
def open_plain(path: Path) -> io.BufferedReader: ...


@overload
def open_plain(path: Path, buffering: Literal[0]) -> io.FileIO: ...


def open_plain(path: Path, buffering: Literal[-1, 0] = -1) -> io.BufferedReader | io.FileIO:
    """Return the file at ``path``, opened to be read; ``buffering`` as for Python's own `open`.

    Raises:
        OSError: when it can't be read, or is a folder, a device or a pipe.
    """
    # Looked at before as well, since opening some devices does something.
    _refuse_other(path.stat(), path)
    raw = io.FileIO(os.open(path, _FLAGS), "rb")
    file: io.BufferedReader | io.FileIO = raw if buffering == 0 else io.BufferedReader(raw)
    try:
        _refuse_other(os.fstat(file.fileno()), path)
    except OSError:
        file.close()
        raise
    return file


def read_plain(path: Path) -> bytes:
    """Return the content of the file at ``path``.

    Raises:
        OSError: as for `open_plain`.
    """
    with open_plain(path) as file:
        return file.read()


def _refuse_other(status: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "a device or pipe, not a file", str(path))
