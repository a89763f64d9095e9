"""The file that is being edited: its text with the earlier ones, and how it is read and written.

It is saved whole or not at all, and only where the file still is what was read: a digest of its bytes tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from audioguide.edit.edits import Edit, edited
from audioguide.errors import FileError, Problem, RequestError
from audioguide.library.protocol_files import refuse_as_new
from audioguide.library.toml_files import LARGEST_FILE
from audioguide.storage.plain_files import open_plain
from audioguide.storage.whole_files import write_all

MOST_EARLIER = 200
"""Texts that can be gone back to."""

_MARK = b"\xef\xbb\xbf"
"""A byte order mark, with which Windows' Notepad used to begin a file."""


class ChangedElsewhereError(RequestError):
    """The file is no longer what was read: another program, or another window of this one, has written it."""


class Written(Struct, frozen=True):
    """How the bytes of a file differ from its text, so that it is saved as its editor made it.

    Attributes:
        digest: SHA-256 of the bytes; empty for a file that doesn't exist.
        has_mark: whether it begins with a byte order mark.
        has_crlf: whether all of its lines end as on Windows.
    """

    digest: str = ""
    has_mark: bool = False
    has_crlf: bool = False

    def bytes_of(self, text: str) -> bytes:
        """Return ``text`` as the file has it."""
        lines = text.replace("\n", "\r\n") if self.has_crlf else text
        return _MARK * self.has_mark + lines.encode()


class OpenFile(Struct):
    """A protocol file that is being edited. It changes with each edit, so it isn't frozen.

    Attributes:
        path: where it is saved.
        text: its text as it is now, lines ended by line feeds.
        written: what stands in the file.
        saved: the text that stands there; None where there is no file yet.
        earlier: the texts before the last edits, the latest last.
        revision: counted up by each change, so that a window which shows an earlier one is told.
        is_changed_elsewhere: whether saving was refused as the file is another than was read.
    """

    path: Path
    text: str
    written: Written = Written()
    saved: str | None = None
    earlier: list[str] = field(default_factory=list)
    revision: int = 0
    is_changed_elsewhere: bool = False

    @property
    def is_saved(self) -> bool:
        """Whether the file has the text as it is now."""
        return self.text == self.saved

    def apply(self, edit: Edit) -> None:
        """Make an edit.

        Raises:
            RequestError: when it can't be made; the text stays as it is.
        """
        self._change(edited(self.text, edit))

    def undo(self) -> None:
        """Go back to the text before the last edit; nothing where there is none."""
        if self.earlier:
            self.text = self.earlier.pop()
            self.revision += 1

    def save(self) -> None:
        """Write the text into the file.

        Raises:
            ChangedElsewhereError: when the file is no longer what was read.
            RequestError: when it can't be written to.
            OutputError: when the disk is full or fails.
        """
        self._write(self.path, self.written)

    def save_as(self, path: Path) -> None:
        """Write the text into a new file, which then is the one that is edited.

        Raises:
            RequestError: when there is such a file already, or it can't be written to.
            OutputError: when the disk is full or fails.
        """
        refuse_as_new(path)
        self._write(path, Written("", self.written.has_mark, self.written.has_crlf))
        self.path = path

    def reload(self) -> None:
        """Take the text from the file; the one so far is an earlier one.

        Raises:
            FileError: when it can't be read.
        """
        text, self.written = read_text(self.path)
        self._change(text)
        self.saved, self.is_changed_elsewhere = text, False

    def _change(self, text: str) -> None:
        # An edit that changes nothing is no step to go back by.
        if text != self.text:
            self.earlier = [*self.earlier, self.text][-MOST_EARLIER:]
            self.text = text
        self.revision += 1

    def _write(self, path: Path, before: Written) -> None:
        """Write the text to ``path``, where the file must still be as ``before`` says."""
        try:
            data = before.bytes_of(self.text)
        except UnicodeEncodeError:
            raise RequestError(f"{path}: the text holds half of a sign, which no file can hold; remove it") from None

        def pieces() -> Iterator[bytes]:
            yield data
            # Asked for when the new file is complete, and all that is left is to let it take the other's place.
            if _digest_at(path) != before.digest:
                raise ChangedElsewhereError(f"{path} was changed by another program, so it was not saved")

        try:
            # Asked for at the start too, as nothing need be written then.
            if _digest_at(path) != before.digest:
                raise ChangedElsewhereError(f"{path} was changed by another program, so it was not saved")
            write_all({path: pieces()})
        except ChangedElsewhereError:
            self.is_changed_elsewhere = True
            self.revision += 1
            raise
        self.written = Written(hashlib.sha256(data).hexdigest(), before.has_mark, before.has_crlf)
        self.saved, self.is_changed_elsewhere = self.text, False
        self.revision += 1


def opened(path: Path) -> OpenFile:
    """Return the file at ``path``, ready to be edited.

    Raises:
        FileError: when it can't be read, or is no UTF-8 text.
    """
    text, written = read_text(path)
    return OpenFile(path, text, written, saved=text)


def read_text(path: Path) -> tuple[str, Written]:
    """Return the text of a file, whatever it says, and how it is written.

    Raises:
        FileError: when it can't be read, is over 4 MB, or is no UTF-8 text, which no text box could keep as it is.
    """
    try:
        with open_plain(path) as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
        raise FileError(str(path), [Problem("", f"can't be read ({reason})", "check the path")]) from None
    if len(data) > LARGEST_FILE:
        raise FileError(str(path), [Problem("", "is over 4 MB", "name a protocol file")])
    try:
        text = data.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileError(str(path), [Problem("", f"is not UTF-8 text (line {line})", "save it as UTF-8")]) from None
    has_crlf = "\r\n" in text and text.count("\r\n") == text.count("\n")
    written = Written(hashlib.sha256(data).hexdigest(), data.startswith(_MARK), has_crlf)
    return text.replace("\r\n", "\n") if has_crlf else text, written


def _digest_at(path: Path) -> str:
    """Return the digest of the file at ``path``; empty where there is none."""
    try:
        with open_plain(path) as file:
            return hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError:
        # A folder or device has come there, or it may no longer be read.
        return "unreadable"
