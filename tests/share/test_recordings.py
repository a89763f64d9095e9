from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from audioguide.audio.mp3.info_frame import without_tag
from audioguide.errors import RequestError
from audioguide.export.figures.pictures import PNG, Picture
from audioguide.export.tags.id3 import read_plan, tag_of
from audioguide.model.plan import ExerciseFigure
from audioguide.share.recordings import (
    LONGEST_SLUG,
    FileState,
    find_sessions,
    free_slug,
    is_unchanged,
    open_recording,
    renewed,
)


def test_a_folder_gives_its_sessions_and_not_those_below(folder: Path, built: Path):
    shutil.copy(built / "evening.mp3", folder / "Evening Session (2).MP3")
    shutil.copy(built / "evening.mp3", folder / ".hidden.mp3")
    (folder / "below").mkdir()
    shutil.copy(built / "evening.mp3", folder / "below/deep.mp3")
    (folder / "notes.txt").write_text("not sound")
    found = find_sessions([folder])
    assert [each.slug for each in found.recordings] == ["evening-session-2", "morning"]
    assert found.refused == ()
    assert found.recordings[1].plan.title == "Test session"
    assert found.recordings[1].state.size == (folder / "morning.mp3").stat().st_size


def test_files_and_folders_are_taken_in_the_order_given_and_none_twice(folder: Path, built: Path):
    evening = folder / "evening"
    shutil.copy(built / "evening.mp3", evening)
    (folder / "link.mp3").symlink_to(folder / "morning.mp3")
    found = find_sessions([evening, folder, folder / "morning.mp3", folder / "../output/morning.mp3"])
    assert [each.path.name for each in found.recordings] == ["evening", "morning.mp3"]


def test_what_is_no_session_is_refused_with_its_reason_in_one_line(folder: Path):
    (folder / "empty.mp3").write_bytes(b"")
    (folder / "bad.mp3").write_bytes(b"no sound")
    (folder / "inner.mp3").mkdir()
    (folder / "broken.mp3").symlink_to(folder / "gone.mp3")
    (folder / "round.mp3").symlink_to(folder / "round.mp3")
    os.mkfifo(folder / "pipe.mp3")
    found = find_sessions([folder, Path("missing.mp3"), Path("a\0b.mp3"), Path("x" * 5000)])
    assert [each.slug for each in found.recordings] == ["morning"]
    reasons = dict(line.removeprefix(f"{folder}/").split(": ", 1) for line in found.refused)
    assert reasons["empty.mp3"].startswith("not an MP3 with tags")
    assert reasons["bad.mp3"].startswith("not an MP3 with tags")
    assert reasons["inner.mp3"] == reasons["pipe.mp3"] == reasons["round.mp3"] == "not a file that can be shared"
    assert reasons["broken.mp3"] == reasons["missing.mp3"] == "no such file"
    assert len(found.refused) == 9
    assert not [line for line in found.refused if "\n" in line]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything: run the tests as an ordinary user")
def test_a_folder_that_may_not_be_read_is_said(folder: Path):
    folder.chmod(0)
    with pytest.raises(RequestError, match=r"output: can't be read \(permission denied\)"):
        find_sessions([folder])


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("hip-flexor", "hip-flexor"),
        ("Übung für Anna", "ubung-fur-anna"),
        ("../../etc/passwd", "etc-passwd"),
        ("feed.xml", "feed-xml"),
        ("朝の体操", "session"),
        ("", "session"),
        ("--", "session"),
        ("a" * 300, "a" * LONGEST_SLUG),
    ],
)
def test_a_name_becomes_small_letters_digits_and_hyphens(name: str, slug: str):
    assert free_slug(name, ()) == slug
    assert free_slug(name, {slug}) == f"{slug}-2"
    assert free_slug(name, {slug, f"{slug}-2"}) == f"{slug}-3"


@given(st.lists(st.text(max_size=20), max_size=30))
def test_every_name_gets_an_address_of_its_own(names: list[str]):
    taken: list[str] = []
    for name in names:
        taken.append(free_slug(name, taken))
    assert len(set(taken)) == len(names)
    assert all(slug and set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for slug in taken)


def test_the_open_file_is_the_one_that_was_found(folder: Path):
    found = find_sessions([folder]).recordings[0]
    with open_recording(found) as file:
        assert file.read() == (folder / "morning.mp3").read_bytes()
        assert is_unchanged(file, found)


def open_files() -> int | None:
    """Return how many files this process has open, None where the system doesn't tell."""
    listed = Path("/proc/self/fd")
    return len(list(listed.iterdir())) if listed.is_dir() else None


@pytest.mark.parametrize("swap", ["link", "other", "pipe", "folder", "gone"])
def test_another_file_in_its_place_is_not_opened(folder: Path, built: Path, swap: str):
    path = folder / "morning.mp3"
    found = find_sessions([path]).recordings[0]
    path.rename(folder / "moved.mp3")
    if swap == "link":
        path.symlink_to(folder / "moved.mp3")
    elif swap == "other":
        shutil.copy(built / "evening.mp3", path)
    elif swap == "pipe":
        os.mkfifo(path)
    elif swap == "folder":
        path.mkdir()
    before = open_files()
    with pytest.raises(OSError):  # noqa: PT011 - the system's own reason differs
        open_recording(found)
    assert open_files() == before


def test_a_link_that_the_user_names_is_followed_once_and_for_all(folder: Path, built: Path):
    link = folder / "link.mp3"
    link.symlink_to(folder / "morning.mp3")
    found = find_sessions([link]).recordings[0]
    assert (found.slug, found.path) == ("link", folder / "morning.mp3")
    link.unlink()
    link.symlink_to(built / "evening.mp3")
    with open_recording(renewed(found)) as file:
        assert file.read() == (folder / "morning.mp3").read_bytes()


def test_a_session_built_again_is_read_anew_under_its_old_name(folder: Path, built: Path):
    found = find_sessions([folder]).recordings[0]
    assert renewed(found) is found
    shutil.copy(built / "evening.mp3", folder / "morning.mp3")
    again = renewed(found)
    assert again.slug == "morning"
    assert again.plan.timeline.duration_ms > found.plan.timeline.duration_ms


@pytest.mark.parametrize("changed_ns", [-(10**18), 0, 10**18, 10**19, 10**22])
def test_the_time_of_writing_is_one_that_dates_can_hold_whatever_the_clock(changed_ns: int):
    written_s = FileState(1, 2, 3, changed_ns).written_s
    assert 1970 <= datetime.fromtimestamp(written_s, UTC).year <= 2106
    assert written_s == changed_ns / 1e9 or changed_ns < 0 or changed_ns > 4 * 10**18


def test_a_session_that_was_deleted_is_gone(folder: Path):
    found = find_sessions([folder]).recordings[0]
    (folder / "morning.mp3").unlink()
    with pytest.raises(RequestError, match="no such file"):
        renewed(found)


def test_the_pictures_of_a_session_come_with_it(folder: Path):
    path = folder / "morning.mp3"
    plan = replace(read_plan(path), figures=(ExerciseFigure("reach", "reach.png", "A reach."),))
    tagged = tag_of(plan, lambda shown: Picture(shown.figure.figure, PNG, b"drawn"))
    path.write_bytes(tagged + without_tag(path.read_bytes()))
    [found] = find_sessions([path]).recordings
    assert found.pictures == {"reach.png": Picture("reach.png", PNG, b"drawn")}


def test_what_a_link_in_a_folder_leads_out_to_is_shared_only_when_it_is_named(folder: Path, built: Path):
    link = folder / "elsewhere.mp3"
    link.symlink_to(built / "evening.mp3")
    found = find_sessions([folder])
    assert built / "evening.mp3" not in [each.path for each in found.recordings]
    assert f"{link}: a link that leads out of the folder; name it to share what it leads to" in found.refused
    assert built / "evening.mp3" in [each.path for each in find_sessions([folder, link]).recordings]
    assert find_sessions([link]).recordings[0].path == built / "evening.mp3"
