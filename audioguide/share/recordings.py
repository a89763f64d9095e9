"""Finds the sessions to share, MP3 files that carry a plan, and reads them anew when they were built again."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from msgspec import Struct, field

from audioguide.errors import RequestError
from audioguide.export.figures.pictures import Picture
from audioguide.export.tags.id3 import read_pictures, read_plan
from audioguide.model.ids import free_id, id_of
from audioguide.model.plan import Plan

LONGEST_SLUG = 60

_LATEST_S = 2**32
"""The year 2106, which every kind of date in the answers can hold."""

# A link put in the file's place is refused, and a pipe put there doesn't make the opening wait for a writer.
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)  # Windows has none, and makes links for administrators only
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class FileState(Struct, frozen=True):
    """What tells one state of a file from any other: device, inode, size in bytes and time of change."""

    device: int
    inode: int
    size: int
    changed_ns: int

    @property
    def written_s(self) -> float:
        """When it was written, in seconds since 1970; an odd clock's times are brought to what dates can hold."""
        return min(max(self.changed_ns / 1e9, 0), _LATEST_S)


class Recording(Struct, frozen=True):
    """One session that is shared.

    Attributes:
        slug: its name in addresses: small letters, digits and hyphens.
        path: where the file was found, links followed.
        state: the state of the file that ``plan`` was read from.
        plan: the plan in it.
        pictures: the pictures in it by their short names, where the plan has some of the user's own.
    """

    slug: str
    path: Path
    state: FileState
    plan: Plan
    pictures: Mapping[str, Picture] = field(default_factory=lambda: MappingProxyType({}))


class FoundSessions(Struct, frozen=True):
    """What was found.

    Attributes:
        recordings: the sessions, in order.
        refused: for each file that can't be shared one line that names it and says why.
    """

    recordings: tuple[Recording, ...]
    refused: tuple[str, ...]


def find_sessions(paths: Sequence[Path]) -> FoundSessions:
    """Return the sessions among ``paths``: files, and folders whose MP3 files are meant, not those in folders below.

    Raises:
        RequestError: when a folder can't be read.
    """
    recordings: list[Recording] = []
    refused: list[str] = []
    for shown, path in _real_files(paths).items():
        if shown not in paths and path.parent != Path(os.path.realpath(shown.parent)):
            # Who shares a folder means what lies in it.
            refused.append(f"{shown}: a link that leads out of the folder; name it to share what it leads to")
            continue
        try:
            recordings.append(read_recording(free_slug(shown.stem, {recording.slug for recording in recordings}), path))
        except RequestError as error:
            reason = " ".join(str(error).removeprefix(f"{path}: ").splitlines())
            refused.append(f"{shown}: {reason}")
    return FoundSessions(tuple(recordings), tuple(refused))


def read_recording(slug: str, path: Path) -> Recording:
    """Return the session in the file at ``path``.

    Raises:
        RequestError: when it is no file, carries no plan, or changes meanwhile.
    """
    # Before and after, as a build may replace the file just now: a plan must never go with another session's sound.
    before = _state_of(path)
    plan = read_plan(path)
    pictures = read_pictures(path) if any(figure.alt is not None for figure in plan.figures) else {}
    if _state_of(path) != before:
        raise RequestError(f"{path}: it changed while it was read; run this again once it is finished")
    return Recording(slug, path, before, plan=plan, pictures=pictures)


def open_recording(recording: Recording) -> BinaryIO:
    """Return the session's file, opened: exactly the one that the plan was read from.

    Raises:
        OSError: when it has gone, or is another file by now.
    """
    descriptor = os.open(recording.path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _BINARY)
    # The check is on the open file, so that nobody can swap it between the check and the reading.
    if _state(os.fstat(descriptor)) == recording.state:
        return os.fdopen(descriptor, "rb", buffering=0)
    os.close(descriptor)
    raise FileNotFoundError(f"{recording.path.name} is another file by now")


def is_unchanged(file: BinaryIO, recording: Recording) -> bool:
    """Return whether the open ``file`` is still the one that the plan of ``recording`` was read from."""
    return _state(os.fstat(file.fileno())) == recording.state


def renewed(recording: Recording) -> Recording:
    """Return ``recording``, read anew if its file was built again.

    Raises:
        RequestError: when there is no session any more where it was.
    """
    return recording if _state_of(recording.path) == recording.state else read_recording(recording.slug, recording.path)


def free_slug(name: str, taken: Collection[str]) -> str:
    """Return ``name`` as small letters, digits and hyphens, numbered when it is ``taken``."""
    # Plain ASCII, so that a path that is encoded in any way is none of these, and nobody has to type an umlaut.
    return free_id(id_of(name, LONGEST_SLUG) or "session", taken)


def _real_files(paths: Iterable[Path]) -> dict[Path, Path]:
    """Return the files as the user knows them, each with where it is once links are followed, and none twice.

    Raises:
        RequestError: when a folder can't be read.
    """
    found: dict[Path, Path] = {}
    for given in paths:
        files = [given]
        # os.path, unlike pathlib, has an answer for any text, also for what can't be a path.
        if os.path.isdir(given):  # noqa: PTH112
            try:
                files = sorted(
                    path for path in given.iterdir() if path.suffix.lower() == ".mp3" and path.name[0] != "."
                )
            except OSError as error:
                raise RequestError(f"{given}: can't be read ({(error.strerror or str(error)).lower()})") from None
        for shown in files:
            path = Path(os.path.realpath(os.fspath(shown).replace("\0", "")))
            if path not in found.values():
                found[shown] = path
    return found


def _state_of(path: Path) -> FileState:
    try:
        status = path.lstat()  # links were followed when it was found; one in its place now is another file
    except FileNotFoundError:
        raise RequestError(f"{path}: no such file") from None
    except (OSError, ValueError) as error:
        raise RequestError(f"{path}: can't be read ({error})") from None
    if not stat.S_ISREG(status.st_mode):
        raise RequestError(f"{path}: not a file that can be shared")
    return _state(status)


def _state(status: os.stat_result) -> FileState:
    return FileState(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
