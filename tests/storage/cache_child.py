"""A process that uses a cache without pause, alongside others or until it is killed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from audioguide.storage.cache import Cache, digest

KINDS = ("clip", "segment")
LIMIT_BYTES = 400_000
KEYS = 60


def key(number: int) -> str:
    return digest("entry", number)


def data(kind: str, number: int, version: int = 0) -> bytes:
    """Return what may stand under a kind and number; its own first bytes say which version it is."""
    dice = random.Random(f"{kind}/{number}/{version}")
    return version.to_bytes(2, "big") + dice.randbytes(dice.randrange(40_000))


def is_right(kind: str, number: int, found: bytes) -> bool:
    return found == data(kind, number, int.from_bytes(found[:2], "big"))


def mingle(cache: Cache, seed: int, steps: int) -> int:
    """Put, get, trim and clear at random; return how often a get found something, always the right thing."""
    dice = random.Random(seed)
    found = 0
    for _ in range(steps):
        kind, number = dice.choice(KINDS), dice.randrange(KEYS)
        match dice.choices(("put", "get", "trim", "clear", "info"), weights=(300, 600, 20, 2, 2))[0]:
            case "put":
                cache.put(kind, key(number), data(kind, number, dice.randrange(3)))
            case "get":
                got = cache.get(kind, key(number))
                assert got is None or is_right(kind, number, got), (kind, number)
                found += got is not None
            case "trim":
                cache.trim()
            case "clear":
                cache.clear()
            case "info":
                assert cache.info().entries <= len(KINDS) * KEYS
    return found


def put_forever(cache: Cache) -> None:
    """Put one entry after the other and say so until killed, or for as long as no test should last."""
    for step in range(50_000):
        kind, number = KINDS[step % 2], step % KEYS
        cache.put(kind, key(number), data(kind, number, step % 3))
        print("put", flush=True)


if __name__ == "__main__":
    task, folder, seed = sys.argv[1:]
    used = Cache(Path(folder), LIMIT_BYTES)
    if task == "mingle":
        print(mingle(used, int(seed), 1500))
    else:
        print("begun", flush=True)
        put_forever(used)
