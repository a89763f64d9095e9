"""A store in memory over another one: what many sessions of one process need is read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from audioguide.storage.cache import CacheInfo, Store

LIMIT_BYTES = 128_000_000
"""Room for all that some hundred sessions of one protocol share."""


class MemoryStore:
    """Entries in memory, the least recently used dropped first; what it lacks it asks of another store.

    Args:
        under: where entries are looked for next, and put too.
        limit_bytes: how much is held in memory.
    """

    def __init__(self, under: Store, limit_bytes: int = LIMIT_BYTES) -> None:
        self._under, self._limit_bytes = under, limit_bytes
        self._bytes = 0
        self._held: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lent: Mapping[tuple[str, str], bytes] = {}

    def lend(self, entries: Mapping[tuple[str, str], bytes]) -> None:
        """Hold ``entries``, by kind and key, beyond the limit until others are lent."""
        self._lent = entries

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put under ``kind`` and ``key``, or None."""
        # `pop` with a default is one step, so that threads may share this.
        data = self._lent.get((kind, key)) or self._held.pop((kind, key), None)
        if data is None:
            data = self._under.get(kind, key)
            if data is None:
                return None
            self._bytes += len(data)
        elif (kind, key) in self._lent:
            return data
        self._held[kind, key] = data
        self._shrink()
        return data

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Hold ``data``, and put it into the other store."""
        before = self._held.pop((kind, key), b"")
        self._bytes += len(data) - len(before)
        self._held[kind, key] = data
        self._shrink()
        self._under.put(kind, key, data)

    def trim(self) -> None:
        """Trim the other store."""
        self._under.trim()

    def info(self) -> CacheInfo:
        """Return what the other store holds."""
        return self._under.info()

    def clear(self) -> int:
        """Drop everything here and in the other store; return how many entries that one had."""
        self._held.clear()
        self._bytes = 0
        return self._under.clear()

    def _shrink(self) -> None:
        while self._bytes > self._limit_bytes and len(self._held) > 1:
            self._bytes -= len(self._held.popitem(last=False)[1])
