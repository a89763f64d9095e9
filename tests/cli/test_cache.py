from pathlib import Path

import pytest

from audioguide.storage.cache import Cache, default_cache, digest


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(tmp_path / "own"))
    monkeypatch.setenv("AUDIOGUIDE_CACHE_MB", "2.5")


def test_info_shows_folder_kinds_and_limit(audioguide, tmp_path):
    default_cache().put("clip", digest(1), bytes(1_000_000))
    default_cache().put("clip", digest(2), bytes(200_000))
    default_cache().put("segment", digest(3), bytes(5_000))
    ran = audioguide("cache", "info")
    assert ran.code == 0
    assert [line.split() for line in ran.out.splitlines()] == [
        [str(tmp_path / "own")],
        ["clip", "2", "entries", "1.2", "MB"],
        ["segment", "1", "entry", "5.1", "kB"],
        ["in", "all", "3", "entries", "1.2", "MB"],
        ["limit", "2.5", "MB"],
    ]


def test_info_of_an_empty_cache_makes_no_folder(audioguide, tmp_path):
    ran = audioguide("cache", "info")
    assert (ran.code, "0 entries" in ran.out) == (0, True)
    assert not (tmp_path / "own").exists()


def test_clear_says_what_it_removed(audioguide, tmp_path):
    default_cache().put("clip", digest(1), b"x")
    default_cache().put("segment", digest(1), b"x")
    assert audioguide("cache", "clear") == (0, f"removed 2 entries from {tmp_path / 'own'}\n", "")
    assert audioguide("cache", "clear").out == f"removed 0 entries from {tmp_path / 'own'}\n"
    assert default_cache().get("clip", digest(1)) is None


@pytest.mark.parametrize("command", ["info", "clear"])
def test_off_is_said(audioguide, monkeypatch, command):
    monkeypatch.setenv("AUDIOGUIDE_CACHE", "off")
    assert audioguide("cache", command) == (0, "the cache is off; nothing is kept between builds\n", "")


@pytest.mark.parametrize("command", ["info", "clear"])
def test_a_limit_that_is_no_number_is_one_line_and_exit_code_2(audioguide, monkeypatch, command):
    monkeypatch.setenv("AUDIOGUIDE_CACHE_MB", "lots")
    ran = audioguide("cache", command)
    assert ran.code == 2
    said = "is no positive number up to 1000000000; write one such as 256, or leave it out"
    assert ran.err == f"audioguide: AUDIOGUIDE_CACHE_MB=lots: {said}\n"


def test_clear_is_no_success_where_entries_stay_or_can_not_be_seen(audioguide, tmp_path, monkeypatch):
    folder = tmp_path / "own"
    monkeypatch.setenv("AUDIOGUIDE_CACHE", str(folder))
    cache = Cache(folder)
    cache.put("clip", "0123456789abcdef", b"data")
    monkeypatch.setattr("audioguide.storage.cache._remove", lambda _: False)
    ran = audioguide("cache", "clear")
    assert (ran.code, ran.out) == (1, f"removed 0 entries from {folder}\n")
    assert ran.err == f"audioguide: 1 entry can't be removed from {folder}; see to who may write there\n"
    monkeypatch.setattr("os.access", lambda path, mode: False)
    for command in ("info", "clear"):
        ran = audioguide("cache", command)
        assert (ran.code, ran.out, "may not be looked into" in ran.err) == (2, "", True)
