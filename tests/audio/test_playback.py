"""Playing through the machine's player: its path as one argument, no shell, and one line where nothing plays."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from audioguide.audio.playback import PLAYERS, play
from audioguide.errors import OutputError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays without a program: run elsewhere")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def player(tools: Path, name: str, status: int = 0) -> None:
    """Make a player that notes its arguments, one a line, beside itself."""
    (tools / name).write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tools}/{name}.said"\nexit {status}\n')
    (tools / name).chmod(0o755)


@pytest.mark.parametrize("name", PLAYERS)
def test_each_player_gets_its_options_and_the_path(tools: Path, tmp_path: Path, name: str):
    player(tools, name)
    file = tmp_path / "-a $(touch broken) 'b'.wav"
    play(Path(file.name))
    assert (tools / f"{name}.said").read_text().splitlines() == [*PLAYERS[name], str(file)]
    assert not (tmp_path / "broken").exists()


def test_a_player_without_a_device_leaves_it_to_the_next(tools: Path):
    player(tools, "paplay", status=1)
    player(tools, "aplay")
    play(Path("voice.wav"))
    assert (tools / "paplay.said").exists()
    assert (tools / "aplay.said").exists()


def test_no_player_is_one_line(tools: Path):
    with pytest.raises(OutputError, match=r"voice.wav: is written, but no player found \(afplay, .*\); open it"):
        play(Path("voice.wav"))
    player(tools, "aplay", status=1)
    with pytest.raises(OutputError, match="but aplay could not play it"):
        play(Path("voice.wav"))
