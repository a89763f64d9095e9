"""The standard streams: closed, full or broken ones leave no work undone, and nothing printed steers the terminal."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Output(io.FileIO):
    """Standard output or error. What nobody takes goes into nothing, so that the command goes on to its end.

    Attributes:
        failure: what went wrong; None also where a reader, such as `head`, has read enough.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self.failure: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            if not isinstance(error, BrokenPipeError):
                self.failure = error
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self.fileno())
            os.close(nothing)
            return memoryview(data).nbytes


def open_streams() -> None:
    """Make the standard streams safe to use: those that are closed lead nowhere, and writing never fails."""
    for descriptor in (0, 1, 2):
        # A file that is opened later would get the number, and words for the user would go into it. The lowest free
        # number is the one that is taken.
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = _forgiving(sys.stdout, 1)
    sys.stderr = _forgiving(sys.stderr, 2)


def _forgiving(stream: TextIO | None, descriptor: int) -> io.TextIOWrapper:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if isinstance(stream, io.TextIOWrapper) and stream.isatty():
        # A terminal that can't show a sign gets a question mark, not the end of the program. Else it stays as Python
        # opened it, as Windows has letters of its own there and prompts need the real one.
        stream.reconfigure(errors="replace")
        return stream
    if stream is not None:
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    buffered = io.BufferedWriter(_Output(descriptor))
    return io.TextIOWrapper(buffered, encoding, errors="replace", line_buffering=descriptor == 2)


def failure_of(stream: TextIO) -> OSError | None:
    """Return why what was printed didn't arrive; None where it did, or where nobody wanted the rest."""
    with contextlib.suppress(OSError, ValueError):
        stream.flush()
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return raw.failure if isinstance(raw, _Output) else None


_STEERING = (
    # Control signs, of which ESC begins orders to the terminal; marks that turn the direction of writing, by which a
    # name can look like another one; separators that some programs show as a new line; halves of signs.
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)


def plain(text: str) -> str:
    """Return ``text`` without signs that would steer the terminal; names, titles and ids may come from anyone."""
    # Compiled with the first text: while this module is imported, nothing stands ready for Ctrl-C yet.
    return re.sub(_STEERING, "?", text.replace("\r\n", "\n"))


class _PlainOutput:
    """A stream that shows what is printed as `plain` text, and is else the stream below it."""

    def __init__(self, stream: TextIO) -> None:
        self.below = stream

    def write(self, text: str) -> int:
        self.below.write(plain(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.below, name)


@contextlib.contextmanager
def plain_streams() -> Iterator[None]:
    """Let everything that is printed in the block come out as `plain` text; `styled` gives the way around it."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = cast("TextIO", _PlainOutput(before[0])), cast("TextIO", _PlainOutput(before[1]))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def styled(stream: TextIO) -> TextIO:
    """Return the stream to print colours to, for text that is `plain` already."""
    return stream.below if isinstance(stream, _PlainOutput) else stream
