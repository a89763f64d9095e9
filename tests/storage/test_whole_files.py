import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioguide.errors import OutputError, RequestError
from audioguide.storage.whole_files import refuse_unwritable, write_all, write_whole


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
