"""What is known of each person's finished files, kept in their folder: so the same table is not made twice.

A line of JSON for each person, written once their files are in place. A line that a killed run left half says nothing,
and files without a line are made anew.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct

from audioguide.errors import OutputError, RequestError
from audioguide.export.bystanders import refuse_bystanders
from audioguide.storage.plain_files import read_plain
from audioguide.storage.whole_files import why_unwritten, write_whole

OWN_FOLDER = ".audioguide-batch"
"""In the folder of results: the records, and what is being written."""

RECORDS = "records.jsonl"


class FileRecord(Struct, frozen=True):
    """A finished file.

    Attributes:
        name: from the folder of results on, with ``/`` between folders.
        size: in bytes.
        modified_ns: when it was written, in ns since 1970.
        sha256: its checksum in hexadecimal.
    """

    name: str
    size: int
    modified_ns: int
    sha256: str


class Record(Struct, frozen=True):
    """One person's finished session.

    Attributes:
        stem: what the person's files are called.
        inputs: digest of all that the files are made from.
        files: the files, the MP3 first.
        length_ms: how long the session takes.
        title: its title, without whose it is.
        doses: what differs from the protocol, a line each.
        warnings: what the person should know, a line each.
    """

    stem: str
    inputs: str
    files: tuple[FileRecord, ...]
    length_ms: int
    title: str
    doses: tuple[str, ...]
    warnings: tuple[str, ...]


class Records:
    """The records of one folder; one run at a time may have them.

    Args:
        folder: where results go; it exists.

    Raises:
        RequestError: when another run has them, or they can't be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = folder / OWN_FOLDER
        try:
            self._own.mkdir(exist_ok=True)
            self._lock = _locked(self._own / "lock")
        except OSError as error:
            raise RequestError(f"{folder}: can't be written to ({error.strerror}); name another folder") from None
        self._records = {record.stem: record for record in _read(self._own / RECORDS)}
        self._written = {file.name for record in self._records.values() for file in record.files}
        # Whatever stands there, a run left that was killed.
        for left in self._own.glob("unfinished-*"):
            # Where it is a pipe, "rmtree" waits for who writes into it.
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
        self.unfinished = self._own / f"unfinished-{os.urandom(6).hex()}"
        self.unfinished.mkdir()
        self._write_all()
        self._journal: IO[str] = (self._own / RECORDS).open("a", encoding="utf-8")

    def kept(self, stem: str, inputs: str) -> Record | None:
        """Return the record of a person whose files are there, whole and made from the same inputs; else None."""
        record = self._records.get(stem)
        if record is None or record.inputs != inputs:
            return None
        return record if all(self._is_there(file) for file in record.files) else None

    def _is_there(self, file: FileRecord) -> bool:
        path = self._folder / file.name
        try:
            status = path.stat()
            if status.st_size != file.size:
                return False
            # A copied folder has other times, so that only then the file is read.
            if status.st_mtime_ns == file.modified_ns:
                return True
            with path.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
        except OSError:
            return False

    def refuse_bystanders(self, names: Iterable[str]) -> None:
        """Refuse to replace files in the folder that no batch wrote there.

        Raises:
            RequestError: naming the first of them.
        """
        found = (self._folder / name for name in names if name not in self._written)
        refuse_bystanders(found, advice="name another folder with -o")

    def finish(self, record: Record) -> None:
        """Put a person's files, which lie whole in `unfinished`, in their places, the MP3 last, and note it.

        Raises:
            RequestError: when another file is there that audioguide did not write.
            OutputError: when a file can't be put there.
        """
        self.refuse_bystanders(file.name for file in record.files)
        for file in reversed(record.files):
            target = self._folder / file.name
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                (self.unfinished / file.name).replace(target)
            except OSError as error:
                raise OutputError(f"{target}: {why_unwritten(error)}") from None
        self._records[record.stem] = record
        self._written.update(file.name for file in record.files)
        self._journal.write(_line(record))
        self._journal.flush()

    def close(self) -> None:
        """Let another run have them. Closing twice is fine."""
        self._journal.close()
        with contextlib.suppress(OSError):
            self._write_all()
        shutil.rmtree(self.unfinished, ignore_errors=True)
        self._lock.close()

    def _write_all(self) -> None:
        write_whole(self._own / RECORDS, "".join(map(_line, self._records.values())).encode())


def sync(paths: Iterable[Path]) -> None:
    """Wait until files are on the disk, so that a power cut leaves none of them empty."""
    # All at the end, when most have got there by themselves: to wait for each would leave the processors idle.
    for path in paths:
        with contextlib.suppress(OSError), path.open("rb") as file:
            os.fsync(file.fileno())


def _line(record: Record) -> str:
    return json.dumps(msgspec.to_builtins(record), ensure_ascii=True) + "\n"


def _read(path: Path) -> Iterator[Record]:
    try:
        lines = read_plain(path).decode("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            found: dict[str, Any] = json.loads(line)
            files = tuple(FileRecord(**file) for file in found["files"])
            texts = {key: tuple(found[key]) for key in ("doses", "warnings")}
            yield Record(**{**found, **texts, "files": files})


def _locked(path: Path) -> IO[bytes]:
    """Return the file at ``path``, locked until it is closed or the process ends.

    Raises:
        RequestError: when another process has it locked.
        OSError: when it can't be made.
    """
    if path.exists() and not path.is_file():
        # To open a pipe for writing takes as long as until somebody reads it.
        raise OSError(errno.EINVAL, "a device or pipe, not a file")
    file = path.open("ab")
    try:
        import fcntl
    except ImportError:
        # Windows keeps files that are open from being replaced, which is the harm that the lock prevents.
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise RequestError(
            f"{path.parent.parent}: another batch is writing to it; wait for it, or name another"
        ) from None
    except OSError:
        pass  # a file system without locks
    return file
