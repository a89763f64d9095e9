"""The errors that audioguide raises on purpose; the command line shows each as plain lines and its exit code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class AudioguideError(Exception):
    """Anything the program knows how to say. The message is one clear line: what, where, how to fix it."""

    exit_code = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """The message by its lines: one, but where several problems are told."""
        # What a user typed or named may hold line breaks, and is quoted.
        return (" ".join(str(self).splitlines()),)


class RequestError(AudioguideError):
    """A mistake in what was asked for: an option, a name, a dose, a place to write to."""

    # As click and most commands do for a mistake in how they are called.
    exit_code = 2


class ProblemsError(RequestError):
    """Several mistakes, told at once.

    Args:
        problems: each of them, a line each.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self._lines = tuple(" ".join(problem.splitlines()) for problem in problems)
        super().__init__("\n".join(self._lines))

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[object, ...]]:
        # Workers send errors as pickles, which else would begin anew with the message.
        return type(self), (self._lines,)

    @property
    def lines(self) -> tuple[str, ...]:
        """The problems."""
        return self._lines


class SpeechError(AudioguideError):
    """A voice engine is missing, failed, or gave something that can't be validated.

    Attributes:
        text: what was to be said, as the session has it; empty where it isn't about one text.
    """

    text = ""


class OutputError(AudioguideError):
    """The result could not be written although the request was sound, such as on a full disk."""


class InstallationError(AudioguideError):
    """A file that comes with the program is missing, or no longer what it was."""


class FetchError(AudioguideError):
    """A file could not be fetched, or what came is not the file that was expected."""


class Problem(NamedTuple):
    """One problem in a file that a user writes. A tuple, as this module is part of what `--help` loads.

    Attributes:
        where: dotted path inside the file, such as ``exercise.couch-stretch.hold_s``; empty for the file itself.
        what: what is wrong there.
        hint: what would be right; may be empty where ``what`` says it already.
    """

    where: str
    what: str
    hint: str = ""

    @property
    def text(self) -> str:
        """What is wrong and what would be right, without the place, on one line."""
        # A value may hold a line break; a problem is one line all the same.
        return " ".join(f"{self.what}{'; ' if self.hint else ''}{self.hint}".splitlines())

    def __str__(self) -> str:
        # So may a key.
        where = " ".join(self.where.splitlines())
        return f"{where}: {self.text}" if where else self.text


class FileError(ProblemsError):
    """A file that a user wrote can't be used; carries every problem found in it.

    Args:
        source: the file's name as the user knows it.
        problems: all problems, in the order of the file.
    """

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__(f"{source}: {problem}" for problem in self.problems)

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[object, ...]]:
        return type(self), (self.source, self.problems)
