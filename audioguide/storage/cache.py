"""Caches what is costly to make between builds: entries on disk by kind and key, the least recently used dropped first.

No result depends on it. Whatever is missing, damaged or can't be written is simply made again, so nothing here tells
the user of a full disk. Entries are plain bytes with a checksum; what they mean is their makers' business, and a key
has to be made (see `digest`) of everything that the bytes depend on, the version of their maker among it.

By hand on purpose. The library that comes nearest, diskcache, may unpickle what it finds (CVE-2025-69872), raises where
the folder can't be written, and holds its index in SQLite, whose locks can't be relied on in a home folder on a network
drive (https://sqlite.org/faq.html#q5). With a file for each entry there is no index to lock or repair.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import stat
import struct
import time
import zlib
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec import Struct

from audioguide.errors import RequestError
from audioguide.storage.plain_files import open_descriptor
from audioguide.storage.user_folders import cache_folder

DEFAULT_LIMIT_BYTES = 256_000_000
"""Room for some dozens of sessions, each with its voice."""

MOST_MB = 1_000_000_000
"""A thousand terabytes: more is a slip of the keyboard."""

HOUR_S = 3600.0
"""How exactly use is remembered (a note at every read would be a write for nothing), and how long a write may take."""

UNLOOKED = 0.02
"""Part of the limit that may be put before the whole is looked at."""

LAYOUT = "v1"
MAGIC = b"agcache\x01"
"""Opens every entry; its last byte is the number of the format."""

CHECK = struct.Struct(">QI")
"""Length and CRC-32 of the data. It finds accidents, which is all there is to find; a strong hash takes four times as
long, as long as the rest of a `Cache.get`."""

# What the names of folders and files may be: nothing that leads out of the cache, and nothing that is not its own, as a
# user may point it at a folder with other files in it.
_KIND = re.compile(r"[a-z][a-z0-9-]{0,31}")
_KEY = re.compile(r"[0-9a-f]{16,128}")
_SHARD = re.compile(r"[0-9a-f]")
"""First digit of a key. Few folders: making one costs more than an entry."""

_ENTRY = re.compile(r"[0-9a-f]{15,127}\.bin")
_GROWN = re.compile(r"grown-[0-9]+")
_TEMPORARY = re.compile(r"[0-9a-f]{16}\.tmp")

_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
"""Without waiting where somebody put a pipe there."""


class KindInfo(Struct, frozen=True):
    """How much of one kind is cached.

    Attributes:
        kind: the kind's name.
        entries: how many there are.
        bytes: how much room they take, headers included.
    """

    kind: str
    entries: int
    bytes: int


class CacheInfo(Struct, frozen=True):
    """What a cache holds.

    Attributes:
        folder: where it is; None when there is none.
        kinds: what it holds of each kind, by name.
        limit_bytes: how much it may hold after `Store.trim`.
    """

    folder: Path | None
    kinds: tuple[KindInfo, ...]
    limit_bytes: int

    @property
    def entries(self) -> int:
        """How many entries there are in all."""
        return sum(kind.entries for kind in self.kinds)

    @property
    def bytes(self) -> int:
        """How much room all entries take."""
        return sum(kind.bytes for kind in self.kinds)


class Store(Protocol):
    """Where costly results are cached and found again; threads and processes may share one."""

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put under ``kind`` and ``key``, or None; never anything else."""

    def has(self, kind: str, key: str) -> bool:
        """Return whether there is an entry, which counts as its use; unread, it may yet prove damaged or be dropped."""

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Cache ``data``, whole or not at all; where it can't be written, that is no error."""

    def trim(self) -> None:
        """Drop what was not used for longest until the rest is within the limit; to be called after a build's puts."""

    def info(self) -> CacheInfo:
        """Return what is cached."""

    def clear(self) -> int:
        """Drop everything, and return how many entries that were."""


class Cache:
    """Entries on disk, by key: a file each, ``v1/KIND/a/bcdef….bin``.

    Methods raise no OSError: a folder that is missing, full, read-only or no folder at all holds nothing.

    Args:
        folder: where entries lie; made when first needed. Other files in it are left alone.
        limit_bytes: how much `trim` leaves.
    """

    def __init__(self, folder: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        self._folder = folder
        self._root = folder / LAYOUT
        self._limit_bytes = limit_bytes
        self._put_bytes = 0

    def get(self, kind: str, key: str) -> bytes | None:
        """Return the entry's data and note its use; None where there is none, or a damaged one, which is removed."""
        path = self._path(kind, key)
        label = _label(kind, key)
        try:
            descriptor, status = open_descriptor(path)
            try:
                # Read apart, which spares a copy. A file gives in one go what is asked for, where it has that much.
                header = os.read(descriptor, len(label) + CHECK.size)
                data = os.read(descriptor, status.st_size)
            finally:
                os.close(descriptor)
        except OSError:
            return None
        if header != label + _check(data):
            _remove(path)
            return None
        _note_use(path, status)
        return data

    def has(self, kind: str, key: str) -> bool:
        """Return whether there is an entry, and note its use; it may yet prove damaged."""
        path = self._path(kind, key)
        try:
            status = os.lstat(path)
        except OSError:
            return False
        if not stat.S_ISREG(status.st_mode):
            return False
        _note_use(path, status)
        return True

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Cache ``data`` under ``kind`` and ``key``, whole or not at all."""
        path = Path(self._path(kind, key))
        entry = b"".join((_label(kind, key), _check(data), data))
        if len(entry) > self._limit_bytes:
            return  # it alone would drive out everything else, and itself be dropped at the next trim
        self._put_bytes += len(entry)
        # A cache that can't be written isn't used: the build has its result already, and shall not fail for want of
        # room to remember it.
        with contextlib.suppress(OSError):
            try:
                _write_whole(path, entry)
            except FileNotFoundError:  # the first of its folder, or another process cleared the cache just now
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_whole(path, entry)

    def trim(self) -> None:
        """Drop the least recently used entries until the rest is within the limit, and what killed builds left.

        It looks only where processes have put a fiftieth of the limit since somebody looked: looking at thousands of
        entries takes longer than a build that finds all it needs. So much may be held beyond the limit meanwhile, and
        what killed builds put, which nobody counts.
        """
        put_bytes, self._put_bytes = self._put_bytes, 0
        if not put_bytes or not self._has_grown(put_bytes):
            return
        files = self._files()
        old_s = time.time() - HOUR_S
        for file in files:
            # A younger one may be a write of another build under way.
            if file.temporary and file.used_s < old_s:
                _remove(file.path)
        entries = [file for file in files if not file.temporary]
        excess = sum(entry.bytes for entry in entries) - self._limit_bytes
        for entry in sorted(entries):
            if excess <= 0:
                break
            # What another process removed first counts as removed: both see the same order, so they drop the same.
            if _remove(entry.path):
                excess -= entry.bytes

    def info(self) -> CacheInfo:
        """Return what the folder holds."""
        entries: Counter[str] = Counter()
        held: Counter[str] = Counter()
        for file in self._files():
            if not file.temporary:
                entries[file.kind] += 1
                held[file.kind] += file.bytes
        kinds = tuple(KindInfo(kind, entries[kind], held[kind]) for kind in sorted(entries))
        return CacheInfo(self._folder, kinds, self._limit_bytes)

    def clear(self) -> int:
        """Remove all entries and the folders that this leaves empty; return the number of entries."""
        removed = sum(_remove(file.path) and not file.temporary for file in self._files())
        kinds = _folders(self._root, _KIND)
        shards = [shard for kind in kinds for shard in _folders(kind.path, _SHARD)]
        for folder in (*shards, *kinds):
            _remove_empty(Path(folder.path))
        for found in _scan(self._root):
            if _GROWN.fullmatch(found.name):
                _remove(found.path)
        _remove_empty(self._root)
        return removed

    def _path(self, kind: str, key: str) -> str:
        if not (_KIND.fullmatch(kind) and _KEY.fullmatch(key)):
            raise ValueError(f"no kind or key of a cache entry: {kind!r}, {key!r}")
        # Text, as a build asks for hundreds, and a path takes as long to make as the file to open.
        return f"{self._root}/{kind}/{key[:1]}/{key[1:]}.bin"

    def _has_grown(self, put_bytes: int) -> bool:
        """Note how much this process put, and return whether it is time to look; always where no note can be kept."""
        # Its length counts kilobytes, as what is appended is added in one step by each of many processes. Of another
        # limit there is no note yet, so a lower one shows at once.
        path = self._root / f"grown-{self._limit_bytes}"
        try:
            descriptor = os.open(path, _APPEND)
        except OSError:
            with contextlib.suppress(OSError):
                path.touch(exist_ok=False)
            return True
        try:
            os.write(descriptor, bytes(math.ceil(put_bytes / 1_000)))
            if os.fstat(descriptor).st_size * 1_000 < self._limit_bytes * UNLOOKED:
                return False
            os.ftruncate(descriptor, 0)
        except OSError:
            return True
        finally:
            os.close(descriptor)
        return True

    def _files(self) -> list[_File]:
        """Return the entries and temporary files; whatever else lies there is not the cache's to touch."""
        files = []
        kinds = _folders(self._root, _KIND)
        shards = [(kind.name, shard.path) for kind in kinds for shard in _folders(kind.path, _SHARD)]
        for kind, shard in shards:
            for found in _scan(shard):
                temporary = found.name.endswith(".tmp")
                if not (_TEMPORARY if temporary else _ENTRY).fullmatch(found.name):
                    continue
                with contextlib.suppress(OSError):  # another process has removed it since it was listed
                    status = found.stat(follow_symlinks=False)
                    used_s, size = status.st_mtime, status.st_size
                    files.append(_File(used_s=used_s, path=found.path, bytes=size, kind=kind, temporary=temporary))
        return files


class NoCache:
    """Holds nothing, so that whoever uses a `Store` need not ask whether there is one."""

    def get(self, kind: str, key: str) -> bytes | None:
        """Return None."""
        return None

    def has(self, kind: str, key: str) -> bool:
        """Return False."""
        return False

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Do nothing."""

    def trim(self) -> None:
        """Do nothing."""

    def info(self) -> CacheInfo:
        """Return that there is no folder."""
        return CacheInfo(None, (), 0)

    def clear(self) -> int:
        """Return 0."""
        return 0


def default_cache() -> Store:
    """Return the user's cache, as AUDIOGUIDE_CACHE (``off``, or a folder) and AUDIOGUIDE_CACHE_MB say.

    Raises:
        RequestError: when one of them makes no sense.
    """
    setting = os.environ.get("AUDIOGUIDE_CACHE", "")
    if setting.lower() == "off":
        return NoCache()
    if setting:
        try:
            folder = Path(setting).expanduser()
        except RuntimeError:
            raise RequestError(
                f"AUDIOGUIDE_CACHE={setting}: there is no such home folder; name a folder, or 'off'"
            ) from None
    else:
        home = cache_folder()
        if home is None:
            return NoCache()
        folder = home
    return Cache(folder, _limit_bytes())


def digest(*parts: str | int | float | None) -> str:
    """Return a key made of everything that an entry depends on; other parts, types or order make another key."""
    # JSON tells "1" from 1 from 1.0 and ("a", "bc") from ("ab", "c"). Escapes would make one of an emoji and its two
    # surrogates, hence UTF-8.
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _limit_bytes() -> int:
    setting = os.environ.get("AUDIOGUIDE_CACHE_MB", "")
    if not setting:
        return DEFAULT_LIMIT_BYTES
    try:
        megabytes = float(setting)
    except ValueError:
        megabytes = math.nan  # as what float takes for a number, "nan": it is within no bounds
    if not 0 < megabytes <= MOST_MB:
        raise RequestError(
            f"AUDIOGUIDE_CACHE_MB={setting}: is no positive number up to {MOST_MB}; "
            "write one such as 256, or leave it out"
        )
    return math.ceil(megabytes * 1_000_000)


class _File(NamedTuple):
    """A file of the cache; sorts by its last use."""

    used_s: float
    path: str
    bytes: int
    kind: str
    temporary: bool


def _folders(path: Path | str, name: re.Pattern[str]) -> list[os.DirEntry[str]]:
    """Return the folders in ``path`` whose names match."""
    return [found for found in _scan(path) if name.fullmatch(found.name) and found.is_dir(follow_symlinks=False)]


def _scan(path: Path | str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as found:
            return list(found)
    except OSError:
        return []


def _label(kind: str, key: str) -> bytes:
    """Return how an entry begins; it names the entry, so that one that strayed to another's place is noticed."""
    return MAGIC + f"{kind}/{key}\n".encode()


def _check(data: bytes) -> bytes:
    return CHECK.pack(len(data), zlib.crc32(data))


def _note_use(path: str, status: os.stat_result) -> None:
    # By the time of change, not of access: many systems are set not to note reads (noatime). A time in the future, of a
    # clock that was wrong, is corrected too: such an entry would never be dropped.
    if abs(time.time() - status.st_mtime) > HOUR_S:
        with contextlib.suppress(OSError):  # read-only, or gone: the order of use is a bit less exact, no more
            os.utime(path)


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all for everyone who looks."""
    # Written under a name of its own and renamed: POSIX's rename replaces a file in one step, so that whoever reads
    # gets the old entry or the new one. Not synced to the disk, unlike results: what a power cut may leave of it is
    # noticed by the checksum and made again.
    temporary = path.with_name(f"{os.urandom(8).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _remove(path: Path | str) -> bool:
    """Remove a file and return whether it is gone; another system keeps files that someone reads."""
    try:
        Path(path).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # something of another's lies in it, or an entry put this very moment
        folder.rmdir()
