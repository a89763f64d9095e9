"""What was used last stays in memory, within the limit."""

from __future__ import annotations

from audioguide.storage.recently_used import RecentlyUsed


def test_the_least_recently_used_goes_first():
    held: RecentlyUsed[str, bytes] = RecentlyUsed(3, len)
    for key in "abc":
        held.put(key, key.encode())
    assert held.get("a") == b"a"
    held.put("d", b"d")
    assert [held.get(key) for key in "abcd"] == [b"a", None, b"c", b"d"]


def test_another_value_takes_the_place_and_the_room_of_the_one_before():
    held: RecentlyUsed[str, bytes] = RecentlyUsed(3, len)
    held.put("a", b"12")
    held.put("a", b"3")
    held.put("b", b"45")
    assert (held.get("a"), held.get("b")) == (b"3", b"45")


def test_one_value_is_held_however_large_it_is_and_nothing_after_clearing():
    held: RecentlyUsed[str, bytes] = RecentlyUsed(3, len)
    held.put("a", b"1")
    held.put("b", b"12345")
    assert (held.get("a"), held.get("b")) == (None, b"12345")
    held.clear()
    assert held.get("b") is None
