import errno
import os
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioguide.errors import OutputError, RequestError
from audioguide.storage import workplace as workplaces
from audioguide.storage.whole_files import refuse_unwritable, write_all, write_whole
from audioguide.storage.workplace import workplace

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions: run it elsewhere")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_file_is_replaced_whole_and_no_temporary_stays(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_when_one_of_several_can_t_be_written_none_is(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(RequestError, match="folder is a folder"):
        write_all({tmp_path / "a.txt": [b"a"], tmp_path / "folder": [b"b"]})
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_a_link_stays_a_link(tmp_path: Path):
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_whole(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"


def test_a_device_is_never_replaced():
    with pytest.raises(RequestError, match="is a device"):
        refuse_unwritable(Path("/dev/null"))


def test_a_result_may_be_read_by_others_as_the_user_s_mask_says(tmp_path: Path):
    write_whole(tmp_path / "a.txt", b"a")
    (tmp_path / "b.txt").write_bytes(b"b")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_when_a_file_fails_half_way_none_is_changed_and_no_temporary_stays(tmp_path: Path):
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(OutputError, match=r"b\.txt: the disk is full"):
        write_all({tmp_path / "a.txt": [b"new"], tmp_path / "b.txt": pieces()})
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def refuse_to_replace(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Let the file system refuse to put a file in the place of ``name``, as for another user's file."""
    replace = Path.replace

    def fails(path: Path, target: Path) -> Path:
        if target.name == name and path.suffix == ".new":
            raise error
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fails)


@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("refused", ["a.mp3", "b.lrc", "c.vtt"])
def test_when_one_of_several_can_t_be_replaced_all_are_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str, has_links: bool
):
    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", lambda *_: (_ for _ in ()).throw(PermissionError(errno.EPERM, "no")))
    (tmp_path / "a.mp3").write_bytes(b"old a")
    (tmp_path / "a.mp3").chmod(0o640)
    (tmp_path / "c.vtt").write_bytes(b"old c")
    refuse_to_replace(monkeypatch, refused, PermissionError(errno.EPERM, "Operation not permitted"))
    with pytest.raises(RequestError, match=rf"{refused}: can't be written"):
        write_all({tmp_path / name: [b"new"] for name in ("a.mp3", "b.lrc", "c.vtt")})
    assert names_in(tmp_path) == ["a.mp3", "c.vtt"]
    assert [(tmp_path / name).read_bytes() for name in ("a.mp3", "c.vtt")] == [b"old a", b"old c"]
    assert sys.platform == "win32" or mode_of(tmp_path / "a.mp3") == 0o640


def test_ctrl_c_while_files_are_replaced_waits_until_all_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    # A shell that starts the tests in the background has them ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            write_all({tmp_path / "a": [b"a"], tmp_path / "b": [b"b"]})
    finally:
        signal.signal(signal.SIGINT, before)
    assert names_in(tmp_path) == ["a", "b"]


def test_an_error_of_any_kind_while_files_are_replaced_takes_all_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a").write_bytes(b"old")
    refuse_to_replace(monkeypatch, "b", MemoryError())
    with pytest.raises(MemoryError):
        write_all({tmp_path / "a": [b"new"], tmp_path / "b": [b"new"]})
    assert names_in(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


@only_posix
def test_a_file_that_is_replaced_keeps_who_may_read_it(tmp_path: Path):
    path = tmp_path / "anna.toml"
    for mode in (0o600, 0o644, 0o664):
        path.write_bytes(b"old")
        path.chmod(mode)
        write_whole(path, b"new")
        assert (path.read_bytes(), mode_of(path)) == (b"new", mode)


@only_posix
def test_nobody_else_may_read_a_private_file_nor_one_that_is_being_written(tmp_path: Path):
    path, seen = tmp_path / "anna.toml", []

    def pieces() -> Iterator[bytes]:
        seen.extend(mode_of(entry) for entry in tmp_path.iterdir())
        yield b"new"

    write_all({path: pieces()}, private=True)
    assert (seen, mode_of(path)) == ([0o700], 0o600)


@only_posix
def test_a_read_only_file_is_refused_also_to_root(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(RequestError, match=r"a\.txt: it is read-only; name another file, or change that"):
        write_all({tmp_path / "b.txt": [b"new"], path: [b"new"]})
    assert names_in(tmp_path) == ["a.txt"]
    assert path.read_bytes() == b"old"


@only_posix
def test_another_user_s_file_in_a_folder_as_tmp_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    tmp_path.chmod(0o1777)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(RequestError, match=r"a\.txt: it belongs to another user"):
        refuse_unwritable(path)


def test_links_that_lead_in_a_circle_are_refused_and_one_that_leads_nowhere_is_followed(tmp_path: Path):
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    with pytest.raises(RequestError, match="one: can't be a file name"):
        write_whole(tmp_path / "one", b"new")
    (tmp_path / "nowhere").symlink_to("folder/file")
    with pytest.raises(RequestError, match=r"folder .* does not exist"):
        write_whole(tmp_path / "nowhere", b"new")
    (tmp_path / "folder").mkdir()
    write_whole(tmp_path / "nowhere", b"new")
    assert (tmp_path / "folder/file").read_bytes() == b"new"


@only_posix
def test_what_a_killed_run_left_is_removed_and_what_a_living_one_writes_is_not(tmp_path: Path):
    abandoned = tmp_path / f".audioguide-{'0' * 16}.tmp"
    abandoned.mkdir()
    (abandoned / "0.new").write_bytes(b"half")
    others = [tmp_path / ".audioguide-notes.tmp", tmp_path / f".audioguide-{'1' * 16}.tmp"]
    others[0].mkdir()
    others[1].write_bytes(b"a file of that name")
    with workplace(tmp_path) as living:
        (living / "0.new").write_bytes(b"half")
        write_whole(tmp_path / "a.txt", b"new")
        assert names_in(tmp_path) == sorted(["a.txt", living.name, *(path.name for path in others)])
        assert names_in(living) == ["0.new"]
    assert names_in(tmp_path) == sorted(["a.txt", *(path.name for path in others)])


@only_posix
def test_a_process_that_may_open_no_more_files_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    opened = os.open

    def refuse(path: Path, *arguments: int, **options: int) -> int:
        if str(path).endswith(".tmp"):
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutputError, match="too many open files"):
        write_whole(tmp_path / "a.txt", b"a")
    assert names_in(tmp_path) == []


@only_posix
def test_nor_does_one_that_may_open_just_one_more(tmp_path: Path):
    import resource

    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    next_one = os.dup(0)
    os.close(next_one)
    resource.setrlimit(resource.RLIMIT_NOFILE, (next_one + 1, limits[1]))
    try:
        with pytest.raises(OutputError, match="too many open files"):
            write_whole(tmp_path / "a.txt", b"a")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert names_in(tmp_path) == []


def test_a_second_signal_while_the_first_is_cleaned_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    removing, begun = workplaces.remove_files, []

    def stopped_again(folder: Path) -> None:
        begun.append(folder)
        signal.raise_signal(signal.SIGINT)
        removing(folder)

    def stopped() -> Iterator[bytes]:
        yield b"a"
        raise KeyboardInterrupt

    monkeypatch.setattr(workplaces, "remove_files", stopped_again)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            write_all({tmp_path / "a.txt": stopped()})
    finally:
        signal.signal(signal.SIGINT, before)
    assert begun
    assert names_in(tmp_path) == []
