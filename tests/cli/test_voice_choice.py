"""Which voice speaks, as commands say it; and the programs of one's own that docs/voices.md shows."""

import json
import re
import stat
import sys
from pathlib import Path

import pytest

from audioguide.library.profile_files import profile_folder
from tests.helpers import HEAD, HOLD

PAGE = Path(__file__).parents[2] / "docs" / "voices.md"
EXAMPLES = [
    block for block in re.findall(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S) if "command =" in block
]

STAND_IN = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(Path(__file__).parents[1] / "speech" / "engines" / "children")!r})
import stand_in
arguments = sys.argv[1:]
[wav] = [argument.rpartition("=")[2] for argument in arguments if argument.endswith(".wav")]
[text] = [argument.removeprefix("text=") for argument in arguments if argument.endswith(".")]
rate = [argument.removeprefix("--rate=") for argument in arguments if argument.startswith("--rate=")]
stand_in.main(wav, text, *rate)
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    return "own.toml"


def test_build_and_plan_say_which_voice_speaks(audioguide, own):
    assert "spoken by fake high, " in audioguide("build", own, "--engine", "fake", "--voice", "high").out
    assert "voice fake high at 150 words a minute" in audioguide("plan", own, "--engine", "fake", "--voice", "high").out


@pytest.mark.real
@pytest.mark.skipif(sys.platform != "linux", reason="espeak's voices are on Linux: run the tests there")
def test_a_kept_profile_with_espeak_s_voice_keeps_it_and_is_told(audioguide, own, monkeypatch):
    monkeypatch.setattr("audioguide.speech.registry.default_engine", lambda: "fake")
    profile_folder().mkdir(parents=True)
    (profile_folder() / "anna.toml").write_text('[voice]\nid = "gmw/en-us+f2"\n')
    ran = audioguide("build", own, "--profile", "anna")
    assert "spoken by espeak gmw/en-us+f2, " in ran.out
    assert ran.err == (
        "note: the voice 'gmw/en-us+f2' is one of espeak, so that engine speaks; name it with the voice\n"
    )
    assert "Note" not in audioguide("plan", own, "--profile", "anna", "--engine", "espeak").out


@pytest.mark.real
@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script: run the tests on Linux or macOS")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.splitlines()[0].removeprefix("# "))
def test_a_program_as_the_page_shows_it_speaks(audioguide, own, example: str, tmp_path: Path, monkeypatch):
    assert len(EXAMPLES) == 2
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("say", "curl"):
        (folder / name).write_text(STAND_IN)
        (folder / name).chmod(0o700 | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))
    profile_folder().mkdir(parents=True)
    (profile_folder() / "anna.toml").write_text(example)
    ran = audioguide("plan", own, "--profile", "anna", "--json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["voice"]["engine"] == "command"
    # The plan goes with the MP3 to others, whom the program doesn't concern.
    assert "{wav}" not in ran.out
    assert "127.0.0.1" not in ran.out
    # What is cached is not spoken again, so the program may be gone.
    monkeypatch.setenv("PATH", str(tmp_path))
    assert audioguide("plan", own, "--profile", "anna", "--json").out == ran.out


def test_the_engine_command_without_a_command_says_where_one_is_named(audioguide, own):
    ran = audioguide("build", own, "--engine", "command")
    assert ran.code == 2
    assert ran.err.startswith("audioguide: the engine 'command' runs a program that a kept profile names: [voice]")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.real
def test_a_voice_of_another_language_is_a_warning_of_plan_and_build(audioguide, own):
    spoken = (own, "--engine", "espeak", "--voice", "roa/es")
    said = "the voice 'roa/es' speaks Spanish (Spain) (es), and the text is 'en'; take --voice gmw/en-us"
    assert f"\n  {said}\n" in audioguide("plan", *spoken).out
    assert f"note: {said}\n" in audioguide("build", *spoken, "-o", "x.mp3").err
    assert "speaks" not in audioguide("plan", own, "--engine", "espeak", "--voice", "gmw/en-us+f2").out
