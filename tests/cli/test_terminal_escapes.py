"""Nothing that comes from a file, a name or an option steers the terminal: ESC is hunted in all that is printed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from audioguide.cli.consoles import console
from audioguide.cli.streams import plain, plain_streams, styled
from tests.cli.test_odd_input import PROTOCOL

ESC = "\x1b]0;owned\x07\x9b31m\u202e"
IN_TOML = r"\u001b]0;owned\u0007\u009b31m\u202e"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
FAKE = ("--engine", "fake")

FILES = {
    "title.toml": PROTOCOL.replace('"Short"', f'"Short{IN_TOML}"'),
    "phase.toml": PROTOCOL.replace('"Only"', f'"Only{IN_TOML}"'),
    "name.toml": PROTOCOL.replace('"Hold"', f'"Hold{IN_TOML}"'),
    "setup.toml": PROTOCOL.replace("Stand tall.", f"Stand{IN_TOML} tall."),
    "id.toml": PROTOCOL.replace('"short"', f'"short{IN_TOML}"'),
    "key.toml": PROTOCOL.replace("hold_s", f'"hold{IN_TOML}"'),
    "exercise.toml": PROTOCOL.replace("exercise.hold", f'exercise."hold{IN_TOML}"'),
    "use.toml": PROTOCOL.replace('use = "hold"', f'use = "hold{IN_TOML}"'),
    "value.toml": PROTOCOL.replace("sides = ", f'sides = "{IN_TOML}" #'),
    "raw.toml": PROTOCOL.replace("Stand", ESC),
    f"file{ESC}.toml": PROTOCOL,
    "short.toml": PROTOCOL,
}
PROFILES = {
    "me.toml": f'name = "Anna{IN_TOML}"\n',
    "skip.toml": f'skip = ["{IN_TOML}"]\n',
    "keys.toml": f'"{IN_TOML}" = 1\n[exercise."{IN_TOML}"]\nhold_s = 5\n',
    "voice.toml": f'[voice]\nengine = "{IN_TOML}"\nid = "{IN_TOML}"\n',
    "comment.toml": "scale = 1.0\n# \u009b31m\u202e\n",
    f"named{ESC}.toml": "scale = 1.0\n",
}


def assert_plain(ran: object, command: object) -> None:
    out, err = ran.out, ran.err  # type: ignore[attr-defined]
    assert not STEERING.search(out + err), (command, out, err)


@pytest.fixture
def written(tmp_path: Path) -> None:
    for name, text in (FILES | PROFILES).items():
        (tmp_path / name).write_text(text, encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names: run it elsewhere")
def test_no_sign_from_a_protocol_or_its_name_reaches_the_terminal(audioguide, written: None):
    for file in FILES:
        for command in (("plan", file, *FAKE), ("protocol", "check", file), ("protocol", "show", f"./{file}")):
            assert_plain(audioguide(*command), command)
    for file in ("title.toml", "setup.toml", "name.toml", f"file{ESC}.toml"):
        for name in ("build", "plan"):
            command = (name, file, *FAKE, *(("--json",) if name == "plan" else ("-o", f"{ESC}.mp3")))
            assert_plain(audioguide(*command), command)
        for command in (("handout", file, *FAKE), ("programme", file, *FAKE, "--weeks", "1", "-o", f"{ESC}")):
            assert_plain(audioguide(*command), command)
        for command in (
            ("check", f"{ESC}.mp3"),
            ("page", f"{ESC}.mp3"),
            ("share", "--address", "0.0.0.0", f"{ESC}.mp3"),
        ):
            assert_plain(audioguide(*command), command)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names: run it elsewhere")
def test_no_sign_from_a_profile_or_its_name_reaches_the_terminal(audioguide, written: None):
    for file in PROFILES:
        for command in (
            ("plan", "short.toml", "--profile", f"./{file}"),
            ("profile", "show", f"./{file}"),
            ("profile", "set", f"./{file}", "--minutes", "5"),
            ("calendar", "short.toml", "--profile", f"./{file}", "--zone", "UTC", "--length", "5", "-o", "c.ics"),
        ):
            assert_plain(audioguide(*command), command)


def test_no_sign_from_an_option_reaches_the_terminal(audioguide, written: None):
    for options in (
        ("--voice", ESC), ("--engine", ESC), ("--skip", ESC), ("--choose", f"{ESC}={ESC}"), ("--hold", f"{ESC}=5"),
        ("--avoid", ESC), ("--profile", ESC), ("--music", ESC), ("--sounds", ESC), ("-o", f"{ESC}/{ESC}"),
        ("--week", ESC),
        (f"--{ESC}",), ("--days", ESC), ("--started", ESC), (ESC,), ("--detail", ESC),
    ):  # fmt: skip
        assert_plain(audioguide("build", "short.toml", *FAKE, *options), options)
    for command in (
        (ESC,), ("voices", ESC), ("voices", "say", ESC, *FAKE), ("voices", "get", ESC), ("voices", "list", ESC),
        ("profile", "new", ESC), ("profile", "delete", ESC, "--yes"), ("profile", "set", "me.toml", "--unset", ESC),
        ("calendar", "--zone", ESC), ("calendar", "--time", ESC), ("protocol", "show", ESC), ("protocol", "new", ESC),
        ("check", ESC), ("page", ESC), ("share", "--address", ESC), ("share", ESC),
        ("voices", "compare", "Hi", "--language", ESC),
    ):  # fmt: skip
        assert_plain(audioguide(*command), command)


def test_a_foreign_chapter_s_title_stays_text(audioguide, written: None, tmp_path: Path):
    from mutagen.id3 import CHAP, ID3, TIT2

    assert audioguide("build", "short.toml", *FAKE, "-o", "s.mp3").code == 0
    tags = ID3(tmp_path / "s.mp3")
    for frame in tags.getall("CHAP"):
        assert isinstance(frame, CHAP)
        frame.sub_frames.setall("TIT2", [TIT2(encoding=1, text=ESC)])
    tags.save(v2_version=3)
    ran = audioguide("check", "s.mp3")
    assert ran.code == 1
    assert_plain(ran, "check")


def test_colours_are_the_program_s_own(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    # A terminal that is dumb, or has no name, has no colours either.
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with plain_streams():
        console().print(f"[bold]{ESC}[/bold]", markup=True)
        print(f"{ESC}\t\r\n")
        print("\x1b[1m", file=styled(sys.stdout))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("\x1b[1m?]0;owned")
    assert "?" in lines[0]
    assert lines[1:] == ["?]0;owned??31m?\t", "", "\x1b[1m"]


def test_plain_text_keeps_every_letter():
    kept = "Ärger – naïve “quotes” 日本 👩\u200d⚕️ שלום\u200f a\u00a0b\n\tc"
    assert plain(kept) == kept
