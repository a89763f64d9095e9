from pathlib import Path

from audioguide.storage.cache import Cache, NoCache, digest
from audioguide.storage.memory_store import MemoryStore

KEY = digest("a")


def test_what_is_under_it_is_read_once(tmp_path: Path):
    under = Cache(tmp_path)
    under.put("clip", KEY, b"x")
    store = MemoryStore(under)
    assert store.get("clip", KEY) == b"x"
    under.clear()
    assert store.get("clip", KEY) == b"x"
    assert store.has("clip", KEY)


def test_what_is_put_lies_in_both(tmp_path: Path):
    store = MemoryStore(Cache(tmp_path))
    store.put("clip", KEY, b"x")
    assert Cache(tmp_path).get("clip", KEY) == b"x"
    assert store.clear() == 1
    assert store.get("clip", KEY) is None
    assert not store.has("clip", KEY)


def test_what_is_lent_is_there_until_others_are_lent():
    store = MemoryStore(NoCache())
    assert not store.has("clip", KEY)
    store.lend({("clip", KEY): b"x"})
    assert store.has("clip", KEY)
    assert store.get("clip", KEY) == b"x"
    store.lend({})
    assert not store.has("clip", KEY)
