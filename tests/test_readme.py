"""Runs every command and every Python example of the README and of docs/, a page at a time, in its order."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from audioguide.cli import run as audioguide_run
from audioguide.cli.commands import COMMANDS
from audioguide.library.profile_files import parse_profile
from audioguide.library.protocol_files import parse_protocol
from tests.sounds import music_file

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

NOT_RUN = {"scripts/test"}
"""This test is a part of it."""

MADE = {
    "README.md": {"hip-flexor.mp3", "session.mp3", "twenty.mp3", "hip-flexor-tim.mp3", "my-session.mp3"},
    "batch.md": {"people.csv", "Anna-Example.mp3", "Ben-Example.ics", "Anna-Example.handout.html", "manifest.csv"},
    "doses.md": {"hip-flexor-anna.mp3", "ten.mp3", "index.txt", "programme.m3u8"},
    "phone.md": {"break.mp3", "break.lrc", "break.vtt", "break.json", "break.svg", "break.html", "break-to-play.html"},
    "protocols.md": {"my-session.mp3", "both.mp3"},
    "reminders.md": {"reminders.ics", "handout.html", "handout-dated.html", "movement-break.html"},
    "sheets.md": {"hip.toml", "break.json", "from-timer.toml"},
    "voices.md": {"voice.wav"},
    "sound.md": {"movement-break.mp3", "rainy.mp3", "box-breathing.mp3"},
}
"""For each page some of the files that its commands leave."""


AS_INSTALLED = {"README.md", "voices.md"}
"""Pages whose commands run as a user's do: each a process of its own, with the natural voice where it is installed.

Those of the other pages run in this process with the platform's voice, which loads in no time.
"""


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[str]:
    return [line for block in blocks(page, "sh") for line in block.splitlines() if line and line not in NOT_RUN]


@pytest.fixture
def cache(run_folder: Path) -> Path:
    """Return where commands keep speech: what one page has spoken the next need not."""
    return run_folder / "speech"


def run(arguments: list[str], folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "AUDIOGUIDE_CACHE": str(cache)}
    return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def lay_out(folder: Path) -> None:
    """Put there what a reader has: a piece of music, a sound of their own, and a clinic's sheet."""
    (folder / "hip.txt").write_text(blocks(ROOT / "docs/sheets.md", "text")[0], encoding="utf-8")
    music_file(folder / "rain.mp3", 30)
    (folder / "my-beeps").mkdir()
    music_file(folder / "my-beeps/start.wav", 0.4)


@pytest.mark.real
@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_every_command_does_what_it_says(
    page: Path,
    tmp_path: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    lay_out(tmp_path)
    for command in commands(page):
        arguments = shlex.split(command)
        assert arguments[0] in ("audioguide", "scripts/audioguide"), command
        # What others use is not for this test to empty.
        used = tmp_path / "speech" if arguments[1:] == ["cache", "clear"] else cache
        if page.name in AS_INSTALLED:
            ran = run([sys.executable, "-m", "audioguide", *arguments[1:]], tmp_path, used)
            code, said = ran.returncode, ran.stderr
        else:
            monkeypatch.setenv("AUDIOGUIDE_CACHE", str(used))
            code = audioguide_run(arguments[1:])
            said = capfd.readouterr().err
        assert code == 0, f"{command}\n{said}"
    made = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert made >= MADE[page.name]


@pytest.mark.real
def test_a_profile_as_the_page_of_sound_shows_it_is_one(tmp_path: Path, cache: Path):
    lay_out(tmp_path)
    [block] = blocks(ROOT / "docs/sound.md", "toml")
    (tmp_path / "sound.toml").write_text(block, encoding="utf-8")
    ran = run([sys.executable, "-m", "audioguide", "plan", "--profile", "sound.toml", "--json"], tmp_path, cache)
    assert ran.returncode == 0, ran.stderr
    assert '"pieces": ["rain.mp3"]' in ran.stdout


@pytest.mark.real
def test_the_python_examples_run(tmp_path: Path, cache: Path):
    for page in ("python.md", "batch.md"):
        for block in blocks(ROOT / "docs" / page, "python"):
            ran = run([sys.executable, "-c", block], tmp_path, cache)
            assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "break.mp3").stat().st_size > 100_000
    assert (tmp_path / "beginning.wav").stat().st_size > 100_000
    assert (tmp_path / "sessions/Ben.mp3").stat().st_size > 100_000


@pytest.mark.parametrize(("page", "key"), [("protocol-format.md", "phase"), ("profile-format.md", "exercise")])
def test_the_file_that_opens_a_format_page_is_right(page: str, key: str, tmp_path: Path):
    example = blocks(ROOT / "docs" / page, "toml")[0]
    table = tomllib.loads(example)
    assert key in table
    parsed = parse_protocol(table, page) if key == "phase" else parse_profile(table, page)
    assert parsed.exercise


@pytest.mark.real
def test_the_picture_is_of_the_session_as_it_is_now(tmp_path: Path, cache: Path):
    def words(picture: str) -> set[str]:
        texts = {text.strip() for text in ET.fromstring(picture).itertext()}
        return {text for text in texts if text and not re.search(r"\d:\d\d", text)}

    ran = run([sys.executable, "-m", "audioguide", "plan", "--svg", "now.svg"], tmp_path, cache)
    assert ran.returncode == 0
    assert words((ROOT / "docs/hip-flexor.svg").read_text()) == words((tmp_path / "now.svg").read_text())


def test_every_command_of_the_program_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"audioguide {name}" in readme for name in COMMANDS)
