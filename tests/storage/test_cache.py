from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.errors import RequestError
from audioguide.storage import cache as cache_module
from audioguide.storage.cache import (
    DEFAULT_LIMIT_BYTES,
    UNLOOKED,
    Cache,
    KindInfo,
    NoCache,
    Store,
    default_cache,
    digest,
)
from tests.examples import examples
from tests.storage import cache_child
from tests.storage.cache_child import KEYS, KINDS, LIMIT_BYTES

ROOT = Path(__file__).parents[2]
KEY = digest("a")
OTHER = digest("b")
DAY_S = 24 * 3600


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "here"


@pytest.fixture
def cache(folder: Path) -> Cache:
    return Cache(folder)


def files(folder: Path) -> list[Path]:
    """The entries and what writes them; not the note of how much was put."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("grown-"))


def entry(folder: Path, key: str = KEY, kind: str = "clip") -> Path:
    return folder / "v1" / kind / key[:1] / f"{key[1:]}.bin"


def used(path: Path, ago_s: float) -> None:
    os.utime(path, (time.time() - ago_s,) * 2)


# What is put is found


@pytest.mark.parametrize("data", [b"", b"\0", b"sound" * 10_000])
def test_what_is_put_is_found_by_whoever_looks(cache: Cache, folder: Path, data: bytes):
    assert cache.get("clip", KEY) is None
    cache.put("clip", KEY, data)
    assert cache.get("clip", KEY) == data
    assert Cache(folder).get("clip", KEY) == data
    assert files(folder) == [entry(folder)]


def test_kinds_and_keys_are_apart_and_the_last_put_counts(cache: Cache):
    cache.put("clip", KEY, b"1")
    cache.put("segment", KEY, b"2")
    cache.put("clip", OTHER, b"3")
    cache.put("clip", KEY, b"4")
    assert [cache.get(*name) for name in (("clip", KEY), ("segment", KEY), ("clip", OTHER))] == [b"4", b"2", b"3"]
    assert cache.get("segment", OTHER) is None


@pytest.mark.parametrize(
    ("kind", "key"), [("clip", "../../../../evil"), ("..", KEY), ("", KEY), ("clip", ""), ("clip", KEY.upper())]
)
def test_a_name_that_could_lead_elsewhere_is_a_programming_mistake(cache: Cache, kind: str, key: str):
    with pytest.raises(ValueError, match="no kind or key"):
        cache.put(kind, key, b"x")
    with pytest.raises(ValueError, match="no kind or key"):
        cache.get(kind, key)


# Damage


def holds_nothing(folder: Path, path: Path, kind: str = "clip", key: str = KEY) -> bool:
    """Return whether the entry is taken for missing, is removed, and can be put anew."""
    cache = Cache(folder)
    gone = cache.get(kind, key) is None and not path.exists()
    cache.put(kind, key, b"new")
    return gone and cache.get(kind, key) == b"new"


DAMAGE = {
    "emptied": lambda whole: b"",
    "cut in the header": lambda whole: whole[:20],
    "cut after the header": lambda whole: whole[: -len(b"some sound")],
    "cut by one": lambda whole: whole[:-1],
    "longer": lambda whole: whole + b"\0",
    "zeros": lambda whole: bytes(len(whole)),
    "zeros at the end": lambda whole: whole[:-5] + bytes(5),
    "another format": lambda whole: whole.replace(b"\x01", b"\x02", 1),
    "no entry at all": lambda whole: b"#!/bin/sh\n" * 20,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_noticed_and_removed(cache: Cache, folder: Path, damage: str):
    cache.put("clip", KEY, b"some sound")
    path = entry(folder)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    assert holds_nothing(folder, path)


def test_each_flipped_bit_is_noticed(cache: Cache, folder: Path):
    cache.put("clip", KEY, b"some sound")
    path = entry(folder)
    whole = path.read_bytes()
    for place in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        assert cache.get("clip", KEY) is None
        assert not path.exists()


@given(data=st.binary(max_size=300), draw=st.data())
@settings(max_examples=examples(200), derandomize=True, deadline=None)
def test_whatever_becomes_of_a_file_it_is_the_data_or_nothing(data: bytes, draw: st.DataObject):
    with tempfile.TemporaryDirectory() as name:
        cache = Cache(Path(name))
        cache.put("clip", KEY, data)
        path = entry(Path(name))
        whole = path.read_bytes()
        start = draw.draw(st.integers(0, len(whole)))
        end = draw.draw(st.integers(start, len(whole)))
        path.write_bytes(whole[:start] + draw.draw(st.binary(max_size=40)) + whole[end:])
        assert cache.get("clip", KEY) == (data if path.exists() else None)


def test_entries_that_changed_places_are_noticed(cache: Cache, folder: Path):
    cache.put("clip", KEY, b"first")
    cache.put("clip", OTHER, b"other")
    cache.put("segment", KEY, b"islet")
    aside = folder / "aside"
    entry(folder).replace(aside)
    entry(folder, OTHER).replace(entry(folder))
    aside.replace(entry(folder, OTHER))
    shutil.copy(entry(folder, KEY, "segment"), folder / "copy")
    assert holds_nothing(folder, entry(folder))
    assert holds_nothing(folder, entry(folder, OTHER), key=OTHER)
    (folder / "copy").replace(entry(folder))
    assert holds_nothing(folder, entry(folder))


# The limit


def filled(folder: Path, limit_bytes: int, count: int = 10) -> tuple[Cache, list[str]]:
    """Return a cache of ``count`` entries of about 1 kB, the first used longest ago."""
    cache = Cache(folder, limit_bytes)
    keys = [digest(number) for number in range(count)]
    for number, key in enumerate(keys):
        cache.put("clip", key, bytes(1000))
        used(entry(folder, key), (count - number) * DAY_S)
    return cache, keys


def held(cache: Cache, keys: list[str], folder: Path) -> list[int]:
    return [number for number, key in enumerate(keys) if entry(folder, key).exists()]


def test_trim_drops_what_was_not_used_for_longest(folder: Path):
    cache, keys = filled(folder, 5500)
    assert cache.get("clip", keys[1]) is not None
    cache.trim()
    assert held(cache, keys, folder) == [1, 6, 7, 8, 9]
    assert cache.info().bytes <= 5500


def test_trim_keeps_all_that_has_room_to_the_byte(folder: Path):
    cache, keys = filled(folder, DEFAULT_LIMIT_BYTES)
    room = cache.info().bytes
    exact, _ = filled(folder, room)
    exact.trim()
    assert len(held(exact, keys, folder)) == 10
    tight, _ = filled(folder, room - 1)
    tight.trim()
    assert held(tight, keys, folder) == list(range(1, 10))


def test_trim_looks_only_where_something_was_put_since(folder: Path):
    filled(folder, 100_000)
    Cache(folder, 1).trim()
    assert len(files(folder)) == 10
    small = Cache(folder, 600)
    small.put("clip", KEY, b"new")
    small.trim()
    assert files(folder) == [entry(folder)]


def test_trim_looks_where_a_fiftieth_of_the_limit_was_put_since_by_whichever_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    Cache(folder, 100_000).put("clip", digest("old"), bytes(60_000))
    used(entry(folder, digest("old")), DAY_S)
    looked: list[int] = []
    scanned = cache_module._scan
    monkeypatch.setattr(cache_module, "_scan", lambda path: looked.append(number) or scanned(path))
    sizes = []
    for number in range(100):
        # A build each.
        cache = Cache(folder, 100_000)
        cache.put("clip", digest(number), bytes(500))
        cache.trim()
        sizes.append(sum(path.stat().st_size for path in files(folder)))
    assert max(sizes) <= 100_000 * (1 + UNLOOKED) + 1_000
    assert not entry(folder, digest("old")).exists()
    assert all(entry(folder, digest(number)).exists() for number in range(100))
    # At once, as there was no note yet, and then at every second.
    assert 45 <= len(set(looked)) <= 55


def test_a_lower_limit_shows_at_the_next_trim(folder: Path):
    cache, _ = filled(folder, 100_000)
    cache.trim()
    lower = Cache(folder, 5_500)
    lower.put("clip", KEY, b"x")
    lower.trim()
    assert lower.info().bytes <= 5_500


def test_where_no_note_can_be_kept_trim_looks_each_time(folder: Path):
    cache, _ = filled(folder, 5_500)
    for kind in ("pipe", "folder"):
        note = folder / "v1" / "grown-5500"
        os.mkfifo(note) if kind == "pipe" else note.mkdir()
        cache.put("clip", KEY, b"x")
        cache.trim()
        assert cache.info().bytes <= 5_500
        note.unlink() if kind == "pipe" else note.rmdir()


def test_has_tells_of_an_entry_and_notes_its_use_without_reading_it(cache: Cache, folder: Path):
    assert not cache.has("clip", KEY)
    cache.put("clip", KEY, b"x")
    assert cache.has("clip", KEY)
    for ago_s, noted in ((1800, False), (7200, True)):
        used(entry(folder), ago_s)
        before = entry(folder).stat().st_mtime_ns
        assert cache.has("clip", KEY)
        assert (entry(folder).stat().st_mtime_ns != before) == noted
    entry(folder).unlink()
    os.mkfifo(entry(folder))
    assert not cache.has("clip", KEY)
    assert not NoCache().has("clip", KEY)


def test_what_is_larger_than_the_limit_does_not_drive_out_the_rest(folder: Path):
    cache, keys = filled(folder, 50_000)
    cache.put("clip", KEY, bytes(60_000))
    cache.trim()
    assert cache.get("clip", KEY) is None
    assert len(held(cache, keys, folder)) == 10


def test_a_use_is_noted_once_an_hour(cache: Cache, folder: Path):
    cache.put("clip", KEY, b"x")
    for ago_s, noted in ((1800, False), (7200, True), (-7200, True)):  # the last: the clock was set back
        used(entry(folder), ago_s)
        before = entry(folder).stat().st_mtime_ns
        assert cache.get("clip", KEY) == b"x"
        assert (entry(folder).stat().st_mtime_ns != before) == noted


def test_trim_removes_what_killed_builds_left_and_leaves_writes_under_way(cache: Cache, folder: Path):
    cache.put("clip", KEY, b"x")
    left, under_way = (entry(folder).with_name(f"{name * 16}.tmp") for name in "ab")
    left.write_bytes(b"half")
    under_way.write_bytes(b"half")
    used(left, 7200)
    cache.trim()
    assert files(folder) == sorted([entry(folder), under_way])
    assert cache.info().entries == 1


# Showing and clearing


def test_info_counts_by_kind(cache: Cache, folder: Path):
    assert cache.info().kinds == ()
    cache.put("segment", KEY, bytes(500))
    cache.put("clip", KEY, bytes(100))
    cache.put("clip", OTHER, bytes(200))
    info = cache.info()
    sizes = {kind: sum(path.stat().st_size for path in files(folder / "v1" / kind)) for kind in KINDS}
    assert info.kinds == (KindInfo("clip", 2, sizes["clip"]), KindInfo("segment", 1, sizes["segment"]))
    assert (info.folder, info.entries, info.bytes) == (folder, 3, sum(sizes.values()))
    assert info.limit_bytes == DEFAULT_LIMIT_BYTES


def test_clear_removes_the_cache_and_nothing_else(cache: Cache, folder: Path):
    cache.put("clip", KEY, b"x")
    cache.put("segment", OTHER, b"y")
    entry(folder).with_name("a" * 16 + ".tmp").write_bytes(b"half")
    mine = [folder / "photo.jpg", folder / "v1" / "notes.txt", folder / "v1" / "clip" / KEY[:1] / "mine.bin"]
    elsewhere = folder.parent / "elsewhere" / "ab"
    elsewhere.mkdir(parents=True)
    mine.append(elsewhere / f"{'c' * 38}.bin")
    for path in mine:
        path.write_bytes(b"mine")
    (folder / "v1" / "linked").symlink_to(elsewhere.parent)
    assert cache.clear() == 2
    assert files(folder.parent) == sorted(mine)
    assert cache.clear() == 0


def test_clear_leaves_no_empty_folders(cache: Cache, folder: Path):
    cache.put("clip", KEY, b"x")
    assert cache.clear() == 1
    assert list(folder.iterdir()) == []
    cache.put("clip", KEY, b"x")
    assert cache.get("clip", KEY) == b"x"


# Where nothing can be kept


def is_of_no_use_and_no_harm(cache: Store) -> None:
    cache.put("clip", KEY, b"x")
    assert cache.get("clip", KEY) is None
    cache.trim()
    assert cache.info().entries == 0
    assert cache.clear() == 0


def test_no_cache_keeps_nothing():
    is_of_no_use_and_no_harm(NoCache())
    assert NoCache().info().folder is None


def test_a_file_where_the_folder_should_be_is_left_alone(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"mine")
    is_of_no_use_and_no_harm(Cache(tmp_path / "file"))
    is_of_no_use_and_no_harm(Cache(tmp_path / "file" / "below"))
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_a_folder_where_the_entry_should_be_is_left_alone(cache: Cache, folder: Path):
    (entry(folder) / "mine").mkdir(parents=True)
    cache.put("clip", KEY, b"x")
    assert cache.get("clip", KEY) is None
    assert list(entry(folder).parent.iterdir()) == [entry(folder)]


def test_a_name_too_long_for_a_folder_is_no_error(tmp_path: Path):
    is_of_no_use_and_no_harm(Cache(tmp_path / ("x" * 5000)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failing", ["open", "write", "replace"])
@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_a_write_that_fails_leaves_what_was_there(
    cache: Cache, folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str, reason: int
):
    cache.put("clip", KEY, b"before")
    opened = Path.open

    def fail(*_: object, **__: object) -> None:
        raise OSError(reason, os.strerror(reason))

    def half(path: Path, mode: str = "r", **rest: object) -> object:
        file = opened(path, mode, buffering=0)
        if "x" in mode:
            file.write(b"ha")
            file.close()
            fail()
        return file

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace" if failing == "replace" else "open", half if failing == "write" else fail)
        cache.put("clip", KEY, b"after")
    assert cache.get("clip", KEY) == b"before"
    assert files(folder) == [entry(folder)]


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=False)
    if mounted.returncode or not shutil.which("umount"):
        pytest.skip("no mounting for root here: run the tests outside a container, or in one that may mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.real
@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="a full disk takes a mount: run the tests as root on Linux"
)
def test_a_full_disk_keeps_what_it_has_and_a_read_only_one_is_read(cache: Cache, folder: Path):
    with small_disk(folder):
        keys = [digest(number) for number in range(10)]
        for number, key in enumerate(keys):
            cache.put("clip", key, bytes([number]) * 12_000)
        found = [cache.get("clip", key) for key in keys]
        assert found[0] is not None
        assert found[-1] is None
        assert all(got in (None, bytes([number]) * 12_000) for number, got in enumerate(found))
        assert not list(folder.rglob("*.tmp"))
        used(entry(folder, keys[0]), DAY_S)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert cache.get("clip", keys[0]) == bytes(12_000)
        cache.put("clip", KEY, b"x")
        cache.trim()
        assert cache.clear() == 0
        assert cache.get("clip", keys[0]) == bytes(12_000)


def test_a_folder_that_vanishes_is_made_again(cache: Cache, folder: Path):
    for _ in range(3):
        cache.put("clip", KEY, b"x")
        assert cache.get("clip", KEY) == b"x"
        shutil.rmtree(folder)
        assert cache.get("clip", KEY) is None


# Many at once


def test_threads_share_one_cache(cache: Cache):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda seed: cache_child.mingle(cache, seed, 150), range(8)))
    assert sum(found) > 0


def child(task: str, folder: Path, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.cache_child", task, str(folder), str(seed)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.real
def test_processes_put_get_trim_and_clear_in_one_folder_at_once(folder: Path):
    children = [child("mingle", folder, seed) for seed in range(4)]
    printed = [process.communicate(timeout=120) for process in children]
    assert [process.returncode for process in children] == [0] * 4, printed
    assert sum(int(out) for out, _ in printed) > 0
    all_entries_are_right(folder)
    # Another limit, as what was put without a trim behind it is in no note.
    last = Cache(folder, LIMIT_BYTES - 1)
    last.put("clip", KEY, b"x")
    last.trim()
    assert last.info().bytes < LIMIT_BYTES
    assert not list(folder.rglob("*.tmp"))


def all_entries_are_right(folder: Path) -> int:
    """Hold each file that is an entry against what may stand in it; return how many there are."""
    names = {entry(folder, cache_child.key(number), kind): (kind, number) for kind in KINDS for number in range(KEYS)}
    present = [path for path in files(folder) if path.suffix == ".bin"]
    for path in present:
        kind, number = names[path]
        found = Cache(folder).get(kind, cache_child.key(number))
        assert found is not None
        assert cache_child.is_right(kind, number, found)
    return len(present)


@pytest.mark.real
def test_a_process_killed_in_the_middle_leaves_only_whole_entries(folder: Path):
    dice = random.Random(3)
    for _ in range(8):
        process = child("put", folder, 0)
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        for _ in range(dice.randrange(60)):
            assert process.stdout.readline() == "put\n"
        process.kill()
        process.communicate(timeout=20)
        all_entries_are_right(folder)
    assert all_entries_are_right(folder) > 0
    for left in folder.rglob("*.tmp"):
        used(left, 7200)
    cache = Cache(folder)
    cache.put("clip", KEY, b"x")
    cache.trim()
    assert not list(folder.rglob("*.tmp"))


# Keys


PARTS = st.lists(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(), max_size=4),
    max_size=4,
)


def exact(parts: list[object]) -> list[tuple[type, str]]:
    return [(type(part), repr(part)) for part in parts]


@given(PARTS, PARTS)
@settings(max_examples=examples(100), derandomize=True, deadline=None)
def test_other_parts_make_another_key(one: list[str], other: list[str]):
    assert (digest(*one) == digest(*other)) == (exact(one) == exact(other))


def test_keys_that_could_be_mistaken_for_each_other_differ():
    alike: list[tuple[str | int | float | None, ...]] = [
        (), ("",), ("", ""), (None,), ("None",), ("null",), (0,), (0.0,), (-0.0,), ("0",), (False,), (1,), (1.0,),
        ("1",), (True,), (12,), (1, 2), ("1,2",), ("1", "2"), ("a", "bc"), ("ab", "c"), ("abc",), ('a","bc',),
        ("a\x00b",), ("a", "b"), ("😀",), ("\ud83d\ude00",), (r"\ud83d\ude00",), ("é",), ("e\u0301",),
        (float("nan"),), ("NaN",), (float("inf"),),
    ]  # fmt: skip
    assert len({digest(*parts) for parts in alike}) == len(alike)


@pytest.mark.real
def test_a_key_is_the_same_in_every_process():
    assert digest("espeak", 150, 0.5, None, "Kneel.") == "7f9925f52ba02a16848957e27c41c83fc4678e4c"


# What the environment says


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("AUDIOGUIDE_CACHE", raising=False)
    monkeypatch.delenv("AUDIOGUIDE_CACHE_MB", raising=False)
    return monkeypatch


@pytest.mark.parametrize("off", ["off", "OFF"])
def test_off_keeps_nothing(said: pytest.MonkeyPatch, off: str):
    said.setenv("AUDIOGUIDE_CACHE", off)
    assert isinstance(default_cache(), NoCache)


def test_a_folder_may_be_named(said: pytest.MonkeyPatch, tmp_path: Path):
    said.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "own"))
    assert default_cache().info().folder == tmp_path / "own"
    said.setenv("HOME", str(tmp_path))
    said.setenv("USERPROFILE", str(tmp_path))
    said.setenv("AUDIOGUIDE_CACHE", "~/own")
    assert default_cache().info().folder == tmp_path / "own"


@pytest.mark.parametrize("unset", [None, ""])
def test_otherwise_it_is_the_user_s_cache_folder(said: pytest.MonkeyPatch, unset: str | None):
    from platformdirs import user_cache_path

    if unset is not None:
        said.setenv("AUDIOGUIDE_CACHE", unset)
        said.setenv("AUDIOGUIDE_CACHE_MB", unset)
    info = default_cache().info()
    assert (info.folder, info.limit_bytes) == (user_cache_path("audioguide"), 256_000_000)


def test_without_a_home_nothing_is_kept(said: pytest.MonkeyPatch):
    said.setattr("platformdirs.user_cache_path", lambda name: Path("~") / ".cache" / name)
    assert isinstance(default_cache(), NoCache)


def test_a_home_that_is_nobody_s_is_refused(said: pytest.MonkeyPatch):
    said.setenv("AUDIOGUIDE_CACHE", "~nobody-of-this-name/own")
    with pytest.raises(RequestError, match="there is no such home folder"):
        default_cache()


@pytest.mark.parametrize(("megabytes", "limit_bytes"), [("1", 1_000_000), ("0.5", 500_000), ("20000", 20_000_000_000)])
def test_the_limit_may_be_set(said: pytest.MonkeyPatch, megabytes: str, limit_bytes: int):
    said.setenv("AUDIOGUIDE_CACHE_MB", megabytes)
    assert default_cache().info().limit_bytes == limit_bytes


@pytest.mark.parametrize("megabytes", ["0", "-1", "many", "nan", "inf", "1e999", "256MB", " "])
def test_a_limit_that_is_no_positive_number_is_refused(said: pytest.MonkeyPatch, megabytes: str):
    said.setenv("AUDIOGUIDE_CACHE_MB", megabytes)
    with pytest.raises(
        RequestError, match=f"AUDIOGUIDE_CACHE_MB={megabytes}: is no positive number up to 1000000000; write one"
    ):
        default_cache()
