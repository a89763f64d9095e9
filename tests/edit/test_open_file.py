"""A file is saved as its editor made it, whole or not at all, and never over what somebody else has written since."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from audioguide.edit.edits import Edit, EditKind
from audioguide.edit.open_file import MOST_EARLIER, ChangedElsewhereError, OpenFile, opened
from audioguide.errors import FileError, RequestError

TEXT = 'format = 1\nid = "x"\ntitle = "One"  # its title\n'
ROOT = Path(__file__).parent.parent.parent


def titled(title: str) -> Edit:
    return Edit(EditKind.SET, ("title",), title)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "mine.toml"
    made.write_text(TEXT)
    return made


def test_what_is_edited_is_written_when_it_is_saved(path: Path):
    file = opened(path)
    assert file.is_saved
    file.apply(titled("Two"))
    assert not file.is_saved
    assert path.read_text() == TEXT
    file.save()
    assert file.is_saved
    assert path.read_text() == TEXT.replace("One", "Two")
    file.apply(titled("Three"))
    file.save()
    assert "Three" in path.read_text()


@pytest.mark.parametrize("data", [TEXT.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + TEXT.encode(), TEXT.encode()])
def test_line_ends_and_byte_order_mark_stay_as_they_are(path: Path, data: bytes):
    path.write_bytes(data)
    file = opened(path)
    file.apply(titled("Two"))
    file.apply(Edit(EditKind.SET, ("summary",), "New."))
    file.save()
    end = b"\r\n" if b"\r\n" in data else b"\n"
    assert path.read_bytes() == data.replace(b"One", b"Two") + b'summary = "New."' + end


def test_a_file_with_both_line_ends_keeps_both(path: Path):
    path.write_bytes(b'format = 1\r\nid = "x"\ntitle = "One"\r\n')
    file = opened(path)
    file.apply(titled("Two"))
    file.save()
    assert path.read_bytes() == b'format = 1\r\nid = "x"\ntitle = "Two"\r\n'


def test_earlier_texts_come_back_one_by_one(path: Path):
    file = opened(path)
    for number in range(MOST_EARLIER + 5):
        file.apply(titled(f"{number}"))
    file.undo()
    assert f'"{MOST_EARLIER + 3}"' in file.text
    for _ in range(MOST_EARLIER + 5):
        file.undo()
    assert '"4"' in file.text


def test_an_edit_that_cannot_be_made_changes_nothing(path: Path):
    file = opened(path)
    with pytest.raises(RequestError):
        file.apply(Edit(EditKind.REMOVE, ("summary",)))
    assert (file.text, file.revision, file.earlier) == (TEXT, 0, [])


def test_a_file_that_was_changed_elsewhere_is_not_replaced(path: Path):
    one, other = opened(path), opened(path)
    one.apply(titled("From one"))
    other.apply(titled("From the other"))
    one.save()
    with pytest.raises(ChangedElsewhereError):
        other.save()
    assert other.is_changed_elsewhere
    assert "From one" in path.read_text()
    other.reload()
    assert "From one" in other.text
    assert other.is_saved
    other.undo()
    assert "From the other" in other.text
    other.save()
    assert "From the other" in path.read_text()


def test_a_file_that_is_gone_or_no_file_any_more_is_not_replaced(path: Path):
    file = opened(path)
    file.apply(titled("Two"))
    path.unlink()
    with pytest.raises(ChangedElsewhereError):
        file.save()
    path.mkdir()
    with pytest.raises(ChangedElsewhereError):
        file.save()


def test_a_change_while_the_new_file_is_written_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch):
    import audioguide.storage.whole_files as whole_files

    file = opened(path)
    file.apply(titled("Two"))
    real = whole_files.remove_abandoned

    def meanwhile(folder: Path) -> None:
        path.write_text("somebody else's")
        real(folder)

    monkeypatch.setattr(whole_files, "remove_abandoned", meanwhile)
    with pytest.raises(ChangedElsewhereError):
        file.save()
    assert path.read_text() == "somebody else's"
    assert [each.name for each in path.parent.iterdir() if each.suffix == ".toml"] == ["mine.toml"]


def test_another_name_is_a_new_file_that_is_then_edited(path: Path):
    file = opened(path)
    file.apply(titled("Two"))
    for wrong in (path, path.with_suffix(".txt"), path.parent / "no" / "folder.toml", Path("nul\0.toml")):
        with pytest.raises(RequestError):
            file.save_as(wrong)
    other = path.with_name("other.toml")
    file.save_as(other)
    assert (path.read_text(), other.read_text()) == (TEXT, TEXT.replace("One", "Two"))
    file.apply(titled("Three"))
    file.save()
    assert "Three" in other.read_text()


def test_a_new_file_is_not_written_over_one_that_came_meanwhile(tmp_path: Path):
    file = OpenFile(tmp_path / "new.toml", TEXT)
    (tmp_path / "new.toml").write_text("somebody else's")
    with pytest.raises(ChangedElsewhereError):
        file.save()
    assert (tmp_path / "new.toml").read_text() == "somebody else's"


@pytest.mark.parametrize("data", [b"title = \xff", b"#" * (4 * 1024 * 1024 + 1)])
def test_what_no_text_box_could_keep_is_refused(path: Path, data: bytes):
    path.write_bytes(data)
    with pytest.raises(FileError, match=r"UTF-8|over 4 MB"):
        opened(path)


def test_half_of_a_sign_is_not_written(path: Path):
    file = opened(path)
    file.apply(Edit(EditKind.TEXT, (), "a = '\ud83d'"))
    with pytest.raises(RequestError, match="half of a sign"):
        file.save()
    assert path.read_text() == TEXT


@pytest.mark.real
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here: run the tests on Linux or a Mac")
def test_a_kill_at_any_moment_of_saving_leaves_the_old_file_or_the_new_one(path: Path):
    old = TEXT.encode()
    new = TEXT.replace("One", "Two" * 40_000).encode()
    seen = []
    for moment in range(1, 200):
        path.write_bytes(old)
        ran = subprocess.run(
            [sys.executable, "-m", "tests.edit.self_killing", str(path), str(moment)], cwd=ROOT, check=False
        )
        assert path.read_bytes() in (old, new)
        seen.append(path.read_bytes() == new)
        if ran.returncode == 0:
            break
        assert ran.returncode == -signal.SIGKILL
    assert len(seen) > 5
    assert seen == sorted(seen), "once the new file is there, it stays"
    assert (seen[0], seen[-1]) == (False, True)
    # What a killed process leaves, the next one that writes there removes.
    assert [each.name for each in path.parent.glob("*.toml")] == ["mine.toml"]
