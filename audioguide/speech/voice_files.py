"""Voices that a user fetched: where their files lie, which are whole, how one comes and goes.

Nothing here runs by itself: only `audioguide voices get` fetches.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audioguide.errors import OutputError, RequestError
from audioguide.speech.engines.pace import pace_path
from audioguide.speech.engines.voice_list import ListedVoice, VoiceFile, listed_voices
from audioguide.storage.sha256 import sha256_of
from audioguide.storage.user_folders import data_folder

if TYPE_CHECKING:
    from audioguide.speech.downloads import Progress

SPARE_BYTES = 1_000_000
"""Room that is left on the disk beside a voice: a full one stops more than this program."""


def voices_folder() -> Path:
    """Return the folder of fetched voices, one folder in it for each engine; it may not exist yet.

    Raises:
        RequestError: for a user without a home folder.
    """
    return data_folder() / "voices"


def installed(engine: str) -> Mapping[str, Path]:
    """Return the fetched voices of ``engine`` by name, each with the path of its model.

    Only voices whose files are all there, with the length and the SHA-256 that are listed: a process reads each file
    once to make sure, and again when it has changed since. A voice that was replaced or damaged is not among them.
    """
    return {voice.name: model_path(voice) for voice in listed_voices(engine) if is_installed(voice)}


def is_installed(voice: ListedVoice) -> bool:
    """Return whether all files of ``voice`` are there and the ones that are listed."""
    try:
        return all(_is_whole(_path(voice, file), file) for file in voice.files)
    except RequestError:
        return False  # without a home folder nothing is kept


def model_path(voice: ListedVoice) -> Path:
    """Return where the model of ``voice`` lies or would lie."""
    return _path(voice, voice.files[0])


def fetch(voice: ListedVoice, source: str | None = None, progress: Progress | None = None) -> Path:
    """Install ``voice`` unless it is there, whole or not at all, and return the path of its model.

    Args:
        voice: what is fetched.
        source: a folder, or the http or https address of one, that has the files; None takes the listed addresses.
        progress: told the number of bytes that came since the last call.

    Raises:
        RequestError: when ``source`` is neither, lacks a file, or the user's data folder can't be written.
        FetchError: when a file can't be fetched, or is not the listed one.
        OutputError: when the disk is full or fails.
    """
    # Imported where something is fetched: every build asks which voices are installed, and none has use for a network.
    from audioguide.speech.downloads import validator_of

    folder = model_path(voice).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder):
            # Looked at inside: another process may have fetched it while this one waited.
            missing = [file for file in voice.files if not _is_whole(_path(voice, file), file)]
            parts = {file: _part(folder, file) for file in missing}
            for part in parts.values():
                # To open a pipe for writing takes as long as until somebody reads it.
                if part.is_fifo():
                    raise OutputError(f"{part}: is a pipe, not a file; remove it")
            lacking = sum(file.bytes - (part.stat().st_size if part.exists() else 0) for file, part in parts.items())
            free = shutil.disk_usage(folder).free
            if lacking > 0 and free < lacking + SPARE_BYTES:
                takes, there = f"{lacking / 1e6:.1f} MB", f"{free / 1e6:.1f} MB"
                raise OutputError(f"{folder}: the voice takes {takes} and {there} are free; free some space")
            for file, part in parts.items():
                _obtain(file, source, part, progress)
            # Nothing is renamed before everything has come and was checked; the model last.
            for file, part in reversed(parts.items()):
                with part.open("rb+") as opened:
                    os.fsync(opened.fileno())  # else a power cut may leave an empty file under the new name
                part.replace(_path(voice, file))
                validator_of(part).unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{folder}: can't be written ({reason}); check the folder and the disk") from error
    return model_path(voice)


def remove(voice: ListedVoice) -> int:
    """Remove the files of ``voice``, also damaged ones, what a stopped fetch left and its measured pace.

    Return how many bytes they took.

    Raises:
        RequestError: when there is nothing of it.
        OutputError: when a file can't be removed.
    """
    from audioguide.speech.downloads import validator_of

    folder = model_path(voice).parent
    parts = [_part(folder, file) for file in voice.files]
    paths = [*(_path(voice, file) for file in voice.files), *parts, *map(validator_of, parts)]
    paths.append(pace_path(model_path(voice)))
    found = [path for path in paths if path.is_file()]
    if not found:
        raise RequestError(f"the voice '{voice.name}' is not installed")
    try:
        with _alone_in(folder):
            freed = sum(path.stat().st_size for path in found)
            for path in found:
                path.unlink()
    except OSError as error:
        raise OutputError(f"{error.filename}: can't be removed ({(error.strerror or str(error)).lower()})") from error
    return freed


def _path(voice: ListedVoice, file: VoiceFile) -> Path:
    return voices_folder() / voice.engine / file.name


def _part(folder: Path, file: VoiceFile) -> Path:
    # Named by the hash, so that a part is never continued with another file that bears the same name.
    return folder / f".{file.sha256}.part"


def _is_whole(path: Path, file: VoiceFile) -> bool:
    try:
        status = path.stat()
        return status.st_size == file.bytes and _digest(path, status.st_mtime_ns, status.st_ino) == file.sha256
    except OSError:
        return False


@lru_cache(maxsize=64)
def _digest(path: Path, _changed_ns: int, _number: int) -> str:
    """Return the SHA-256 of a file, read again only when its time of change or its number on the disk is another."""
    return sha256_of(path)


def _obtain(file: VoiceFile, source: str | None, part: Path, progress: Progress | None) -> None:
    """Bring ``file`` into ``part``, from its listed address, a folder or a server that the user names."""
    from audioguide.speech.downloads import copy, download

    if source is None:
        download(file, file.url, part, progress)
    elif "://" not in source:
        original = Path(os.path.expanduser(source)) / file.name  # noqa: PTH111
        if not original.is_file():
            raise RequestError(f"--from {source}: has no file {file.name}; save it there from {file.url}")
        copy(file, original, part, progress)
    else:
        address = urlsplit(source)
        if address.scheme not in ("http", "https") or not address.hostname or "@" in address.netloc:
            raise RequestError(f"--from {source}: is no folder and no http or https address without a password")
        download(file, f"{source.rstrip('/')}/{file.name}", part, progress)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process fetches or removes in ``folder``, and keep others waiting meanwhile."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)  # a pipe of that name would let it wait
    with os.fdopen(os.open(folder / ".lock", flags, 0o666), "rb+", buffering=0) as file:
        # A lock of the system ends with its process, however that ends: a file that only says "locked" would stay.
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:  # it gives up after ten seconds
                    continue
        else:
            import fcntl

            # Some network drives have no locks. Two at once then share a part, which the hash notices.
            with contextlib.suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
