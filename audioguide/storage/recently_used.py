"""Values in memory within a limit: the least recently used go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class RecentlyUsed(Generic[K, V]):
    """Holds values by their keys; of the last one there is always room.

    Args:
        limit_bytes: how much is held.
        size_of: how many bytes a value takes.
    """

    def __init__(self, limit_bytes: int, size_of: Callable[[V], int]) -> None:
        self._limit_bytes, self._size_of = limit_bytes, size_of
        self._bytes = 0
        self._held: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Return the value under ``key``, or None."""
        # Taken out and put back, as `pop` with a default is one step, so that threads may share this.
        value = self._held.pop(key, None)
        if value is not None:
            self._held[key] = value
        return value

    def put(self, key: K, value: V) -> None:
        """Hold ``value`` under ``key``, in the place of what was there."""
        before = self._held.pop(key, None)
        self._bytes += self._size_of(value) - (0 if before is None else self._size_of(before))
        self._held[key] = value
        while self._bytes > self._limit_bytes and len(self._held) > 1:
            self._bytes -= self._size_of(self._held.popitem(last=False)[1])

    def clear(self) -> None:
        """Drop everything."""
        self._held.clear()
        self._bytes = 0
