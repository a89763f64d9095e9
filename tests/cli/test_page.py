import base64
import re
from pathlib import Path

import pytest

from audioguide.cli.page import page_of
from audioguide.export.tags.id3 import read_pictures, read_plan
from tests.cli.fresh_process import imported

MP3 = ("build", "movement-break", "--engine", "fake", "--quiet", "-o", "break.mp3")


@pytest.fixture
def built(audioguide, tmp_path: Path) -> Path:
    assert audioguide(*MP3).code == 0
    return tmp_path / "break.mp3"


def test_the_page_holds_the_recording_byte_for_byte(audioguide, built: Path, tmp_path: Path):
    ran = audioguide("page", "break.mp3", "-o", "own.html")
    assert (ran.code, ran.out, ran.err) == (0, "own.html\n", "")
    page = (tmp_path / "own.html").read_text(encoding="utf-8")
    assert "<title>Movement break</title>" in page
    found = re.search(r'<script type="text/plain" id="recording">(.*?)</script>', page)
    assert found
    assert base64.b64decode(found[1]) == built.read_bytes()


def test_without_a_name_it_goes_beside_the_recording(audioguide, built: Path):
    ran = audioguide("page", str(built))
    assert (ran.code, ran.out) == (0, f"{built.with_suffix('.html')}\n")
    assert built.with_suffix(".html").stat().st_size > built.stat().st_size


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.mp3"], "none.mp3: no such file"),
        (["."], ".: a folder, not an MP3"),
        ([""], "a folder, not an MP3"),
        (["plain.mp3"], "plain.mp3: not an MP3 with tags; only files that audioguide built carry a plan"),
        (["break.mp3", "-o", "break.mp3"], "break.mp3 can't be written to: it is what the session is made from"),
        (["break.mp3", "-o", "link.mp3"], "link.mp3 can't be written to: it is what the session is made from"),
        (["break.mp3", "-o", "nowhere/page.html"], "the folder nowhere does not exist; make it or name another"),
        (["break.mp3", "-o", "."], ". is a folder; name a file in it"),
        ([], "Missing argument 'MP3'"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_line(audioguide, built: Path, tmp_path: Path, arguments, message):
    before = built.read_bytes()
    (tmp_path / "plain.mp3").write_bytes(b"no tags here" * 100)
    (tmp_path / "link.mp3").symlink_to(built)
    ran = audioguide("page", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert built.read_bytes() == before
    assert not list(tmp_path.glob("*.html"))


@pytest.mark.real
def test_help_loads_no_template_engine():
    assert not {"jinja2", "mutagen", "numpy"} & imported("page", "--help")


def test_a_recording_of_any_length_is_put_into_the_page_piece_by_piece(
    audioguide, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert audioguide("page", "break.mp3", "-o", "whole.html").code == 0
    monkeypatch.setattr("audioguide.cli.page.PIECE_BYTES", 999)
    pieces = list(page_of(built, read_plan(built), read_pictures(built)))
    assert b"".join(pieces) == (tmp_path / "whole.html").read_bytes()
    assert len(pieces) == 2 + -(-built.stat().st_size // 999)
