"""A store in memory over another one: what many sessions of one process need is read once."""

from __future__ import annotations

from collections.abc import Mapping

from audioguide.storage.cache import CacheInfo, Store
from audioguide.storage.recently_used import RecentlyUsed

LIMIT_BYTES = 128_000_000
"""Room for all that some hundred sessions of one protocol share."""


class MemoryStore:
    """Entries in memory, the least recently used dropped first; what it lacks it asks of another store.

    Args:
        under: where entries are looked for next, and put too.
        limit_bytes: how much is held in memory.
    """

    def __init__(self, under: Store, limit_bytes: int = LIMIT_BYTES) -> None:
        self._under = under
        self._held: RecentlyUsed[tuple[str, str], bytes] = RecentlyUsed(limit_bytes, len)
        self._lent: Mapping[tuple[str, str], bytes] = {}

    def lend(self, entries: Mapping[tuple[str, str], bytes]) -> None:
        """Hold ``entries``, by kind and key, beyond the limit until others are lent."""
        self._lent = entries

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put under ``kind`` and ``key``, or None."""
        data = self._lent.get((kind, key)) or self._held.get((kind, key))
        if data is None:
            data = self._under.get(kind, key)
            if data is not None:
                self._held.put((kind, key), data)
        return data

    def has(self, kind: str, key: str) -> bool:
        """Return whether there is an entry, here or in the other store."""
        held = (kind, key) in self._lent or self._held.get((kind, key)) is not None
        return held or self._under.has(kind, key)

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Hold ``data``, and put it into the other store."""
        self._held.put((kind, key), data)
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
        return self._under.clear()
