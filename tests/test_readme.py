"""Runs every command and every Python example of the README, in its order, in one folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.sounds import music_file

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

NOT_RUN = {"scripts/test"}
"""This test is a part of it."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines() if line and line not in NOT_RUN]


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def lay_out(folder: Path) -> None:
    """Put there what the README's reader has: a piece of music, and a sound of their own."""
    music_file(folder / "rain.mp3", 30)
    (folder / "my-beeps").mkdir()
    music_file(folder / "my-beeps/start.wav", 0.4)


@pytest.mark.real
def test_a_profile_as_the_readme_shows_it_is_one(tmp_path: Path):
    lay_out(tmp_path)
    for number, block in enumerate(blocks("toml")):
        (tmp_path / f"{number}.toml").write_text(block, encoding="utf-8")
        ran = run([sys.executable, "-m", "audioguide", "plan", "--profile", f"{number}.toml", "--json"], tmp_path)
        assert ran.returncode == 0, ran.stderr
        assert '"pieces": ["rain.mp3"]' in ran.stdout


@pytest.mark.real
def test_every_command_does_what_it_says(tmp_path: Path):
    lay_out(tmp_path)
    for command in commands():
        arguments = shlex.split(command)
        assert arguments[0] in ("audioguide", "scripts/audioguide"), command
        ran = run([sys.executable, "-m", "audioguide", *arguments[1:]], tmp_path)
        assert ran.returncode == 0, f"{command}\n{ran.stderr}"
    made = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert made >= {"hip-flexor.mp3", "hip-flexor-anna.mp3", "my-session.mp3", "break.lrc", "break.vtt", "break.json"}


@pytest.mark.real
def test_the_python_example_runs(tmp_path: Path):
    for block in blocks("python"):
        ran = run([sys.executable, "-c", block], tmp_path)
        assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "break.mp3").stat().st_size > 100_000


@pytest.mark.real
def test_the_picture_is_of_the_session_as_it_is_now(tmp_path: Path):
    def words(picture: str) -> set[str]:
        texts = {text.strip() for text in ET.fromstring(picture).itertext()}
        return {text for text in texts if text and not re.search(r"\d:\d\d", text)}

    ran = run([sys.executable, "-m", "audioguide", "plan", "--svg", "now.svg"], tmp_path)
    assert ran.returncode == 0
    assert words((ROOT / "docs/hip-flexor.svg").read_text()) == words((tmp_path / "now.svg").read_text())


def test_every_command_of_the_program_is_in_the_readme():
    from audioguide.cli.commands import COMMANDS

    assert all(f"audioguide {name}" in README for name in COMMANDS)
