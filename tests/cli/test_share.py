"""The command as a process of its own, at this machine's loopback address only."""

from __future__ import annotations

import importlib.util
import os
import pty
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import click
import pytest
import zxingcpp
from PIL import Image

from tests.helpers import HEAD, HOLD
from tests.waiting import until

ROOT = Path(__file__).parents[2]
HERE = ("--address", "127.0.0.1")
PATIENCE_S = 20
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/([\w-]{22})/")
LAST_LINE = "pass it only to those who are to listen."


@pytest.fixture
def session(audioguide, tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    assert audioguide("build", "own.toml", "--engine", "fake", "--hold", "reach=5", "--quiet").code == 0
    return tmp_path / "output/test.mp3"


class Process:
    """`audioguide share` with the given arguments; reads what it prints until it serves."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "audioguide", "share", *HERE, *arguments],
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # as from a terminal
        )
        assert self._process.stdout
        self.out = ""
        for line in self._process.stdout:
            self.out += line
            if LAST_LINE in line:
                break

    @property
    def home(self) -> str:
        found = ADDRESS.search(self.out)
        assert found, self.out
        return found.group(0)

    def send(self, number: int) -> None:
        os.kill(self._process.pid, number)

    def has_pending(self) -> bool:
        """Return whether a signal waits to be delivered; where the system doesn't tell, it is taken for delivered."""
        status = Path(f"/proc/{self._process.pid}/status")
        found = re.findall(r"^(?:Sig|Shd)Pnd:\s*(\w+)", status.read_text() if status.exists() else "", re.MULTILINE)
        return any(int(mask, 16) for mask in found)

    def end(self) -> tuple[int, str]:
        """Return the exit code and what was printed since it served, errors included."""
        out, err = self._process.communicate(timeout=PATIENCE_S)
        assert "Traceback" not in err
        return self._process.returncode, out + err

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


@pytest.fixture
def share() -> Iterator[Callable[..., Process]]:
    started: list[Process] = []

    def start(*arguments: str) -> Process:
        started.append(Process(*arguments))
        return started[-1]

    yield start
    for process in started:
        process.close()


def fetched(address: str) -> bytes:
    with closing(urllib.request.urlopen(address, timeout=PATIENCE_S)) as answer:
        return answer.read()


def decoded(printed: str) -> list[str]:
    """Return the texts of the QR codes in ``printed``, read as a camera would: a picture of the terminal."""
    blocks = re.findall(r"(?:^[ ▀▄█]{20,}\n)+", printed, re.MULTILINE)
    return [barcode.text for block in blocks for barcode in zxingcpp.read_barcodes(picture(block.splitlines()))]


def picture(lines: list[str]) -> Image.Image:
    """Return what a dark terminal shows: light where a block stands."""
    image = Image.new("L", (len(lines[0]), 2 * len(lines)), 0)
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            image.putpixel((column, 2 * row), 255 * (sign in "▀█"))
            image.putpixel((column, 2 * row + 1), 255 * (sign in "▄█"))
    return image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST)


@pytest.mark.real
def test_it_prints_the_address_and_the_same_as_a_code_and_serves_there(session: Path, share):
    process = share()
    assert "Test session (test.mp3)" in process.out
    assert decoded(process.out) == [process.home]
    assert f"{process.home}feed.xml" in process.out
    assert fetched(f"{process.home}test.mp3") == session.read_bytes()
    assert b"Test session" in fetched(process.home)


@pytest.mark.real
def test_it_says_who_can_listen_and_how_to_end_it(session: Path, share):
    said = " ".join(share("--minutes", "90").out.split())
    assert re.search(r"Shared for 90 minutes, until \d\d:\d\d; Ctrl-C ends it\.", said)
    assert "Anyone in the same Wi-Fi who has the address can listen" in said
    assert "as it is plain http, others there can read along" in said


@pytest.mark.real
def test_the_feed_gets_a_code_of_its_own_when_asked(session: Path, share):
    process = share("--feed")
    assert decoded(process.out) == [process.home, f"{process.home}feed.xml"]
    assert b"<rss" in fetched(f"{process.home}feed.xml")


@pytest.mark.real
def test_two_at_once_take_two_ports_and_two_secrets(session: Path, share):
    first, second = share(), share()
    ports, tokens = zip(*(ADDRESS.search(each.home).groups() for each in (first, second)), strict=True)
    assert ports[0] != ports[1]
    assert tokens[0] != tokens[1]
    for process in (first, second):
        assert fetched(f"{process.home}test.mp3") == session.read_bytes()


@pytest.mark.real
def test_ctrl_c_ends_it_also_for_who_still_listens(session: Path, share):
    with session.open("ab") as file:
        file.truncate(30_000_000)
    process = share("--minutes", "0")
    assert "Shared until you stop it" in process.out
    with closing(urllib.request.urlopen(f"{process.home}test.mp3", timeout=PATIENCE_S)) as listening:
        assert listening.read(3) == b"ID3"
        process.send(signal.SIGINT)
        code, printed = process.end()
    assert code == 130
    assert printed.splitlines()[:2] == ["", "The sharing has ended; nobody can listen any more."]
    assert "nothing was written" not in printed


@pytest.mark.real
def test_an_impatient_second_ctrl_c_does_no_harm(session: Path, share):
    process = share()
    for _ in range(3):
        process.send(signal.SIGINT)
        until(lambda: not process.has_pending())  # signals of one kind that wait together are one
    code, printed = process.end()
    assert code == 130
    assert "The sharing has ended" in printed


@pytest.mark.real
def test_a_polite_kill_ends_it_without_a_word(session: Path, share):
    process = share()
    process.send(signal.SIGTERM)
    code, printed = process.end()
    assert code == -signal.SIGTERM
    assert printed == "note: only this machine can listen at this address\n"


@pytest.mark.real
def test_it_ends_by_itself(session: Path, share):
    process = share("--minutes", "0.02")
    code, printed = process.end()
    assert code == 0
    assert printed.startswith("The sharing has ended; nobody can listen any more.\n")


@pytest.mark.real
def test_nothing_that_is_asked_for_is_printed(session: Path, share):
    process = share()
    for path in ("", "test/", "test.mp3"):
        fetched(process.home + path)
    for path in ("nothing", "../../etc/passwd"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetched(process.home + path)
    process.send(signal.SIGINT)
    _, printed = process.end()
    assert printed.splitlines() == [
        "",
        "The sharing has ended; nobody can listen any more.",
        "note: only this machine can listen at this address",
    ]


@pytest.mark.real
def test_in_a_terminal_the_code_is_white_on_black_whatever_its_colours(session: Path):
    shown = in_a_terminal("share", *HERE, "--minutes", "0.01")
    coloured = re.findall(r"^\x1b\[38;5;231;48;5;16m([ ▀▄█]+)\x1b\[0m$", shown, re.MULTILINE)
    assert decoded("\n".join([*coloured, ""])) == [ADDRESS.search(shown).group(0)]
    assert "█" not in re.sub(r"\x1b\[38.*\x1b\[0m", "", shown)


def in_a_terminal(*arguments: str) -> str:
    """Run the command to its end in a terminal and return all that it wrote there."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "audioguide", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, env=environment)
    os.close(inner)
    shown = b""
    with suppress(OSError):  # which says so when the process has gone
        while piece := os.read(outer, 65536):
            shown += piece
    os.close(outer)
    assert process.wait(PATIENCE_S) == 0
    return shown.decode().replace("\r", "")


# Called in this process, ending before anything is served


@pytest.fixture
def unserved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audioguide.share.server.run", lambda *_: None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing.mp3"], "not shared: nothing.mp3: no such file"),
        (["nothing.mp3"], "audioguide: no session to share in nothing.mp3; make one with: audioguide build"),
        (["own.toml", "."], "audioguide: no session to share in own.toml, .; make one with"),
        (["own.toml"], "not shared: own.toml: not an MP3 with tags; only files that audioguide built carry a plan"),
        (["output", "--address", "home"], "--address home: write an IP address of this machine"),
        (["output", "--address", "0.0.0.0"], "--address 0.0.0.0: it stands for every network"),
        (["output", "--address", "198.51.100.7"], "--address 198.51.100.7: not an address of this machine"),
        (["output", "--minutes", "-1"], "--minutes -1: write 1 to 10080 minutes, or 0 for until you stop it"),
        (["output", "--minutes", "nan"], "--minutes nan: write 1 to 10080 minutes"),
        (["output", "--minutes", "1e15"], "--minutes 1e+15: write 1 to 10080 minutes"),
        (["output", "--minutes", "inf"], "--minutes inf: write 1 to 10080 minutes"),
        (["output", "--minutes", "long"], "'long' is not a valid float"),
        (["output", "--port", "0"], "0 is not in the range 1<=x<=65535"),
        (["output", "--port", "70000"], "70000 is not in the range"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_two(audioguide, session, unserved, arguments, message):
    ran = audioguide("share", *(() if "--address" in arguments else HERE), *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert ran.out == ""


@pytest.mark.real
def test_a_port_that_is_taken_is_said(audioguide, session: Path, share):
    port = ADDRESS.search(share().home).group(1)
    ran = audioguide("share", *HERE, "--port", port)
    assert ran.code == 2
    assert ran.err == (
        f"audioguide: --port {port}: taken by another program; name another, or leave it out for the next free one\n"
    )


def test_what_cant_be_shared_is_named_and_the_rest_is_shared(audioguide, session, unserved, tmp_path):
    (tmp_path / "output/bad\x1b[2J.mp3").write_bytes(b"no sound")
    ran = audioguide("share", *HERE)
    assert ran.code == 0
    assert "not shared: output/bad?[2J.mp3: not an MP3 with tags" in ran.err
    assert "\x1b" not in ran.err + ran.out
    assert "Test session (test.mp3)" in ran.out


def test_without_sessions_the_default_one_is_built_first(audioguide, unserved, monkeypatch, session, tmp_path):
    (tmp_path / "kept.mp3").write_bytes(session.read_bytes())
    session.unlink()

    @click.command()
    def build() -> None:
        (tmp_path / "kept.mp3").rename(session)

    monkeypatch.setattr("audioguide.cli.build.build", build)
    ran = audioguide("share", *HERE)
    assert ran.code == 0
    assert ran.err.startswith("There is no session in output yet, so the default one is built first.\n")
    assert "Test session (test.mp3)" in ran.out


def test_without_a_network_it_says_that_only_this_machine_can_listen(audioguide, session, unserved, monkeypatch):
    from audioguide.share.address import THIS_MACHINE

    monkeypatch.setattr("audioguide.share.address.own_address", lambda: THIS_MACHINE)
    ran = audioguide("share")
    assert ran.code == 0
    assert ran.err == "note: this machine seems to be in no network, so only it can listen; see --address\n"


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "segno"])
def test_without_the_extra_it_says_what_to_install(audioguide, session, monkeypatch, missing):
    find = importlib.util.find_spec
    monkeypatch.setattr("audioguide.cli.share.find_spec", lambda name: None if name == missing else find(name))
    ran = audioguide("share", *HERE)
    assert ran.code == 2
    assert ran.err == 'audioguide: sharing needs the extra `share`: pip install "audioguide[share]"\n'


@pytest.mark.real
def test_a_terminal_without_blocks_gets_the_address_alone(session: Path):
    ran = subprocess.run(
        [sys.executable, "-m", "audioguide", "share", *HERE, "--minutes", "0.005"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0
    assert ADDRESS.search(ran.stdout)
    assert "can't show the signs that a QR code is drawn with" in ran.stdout
    assert "???" not in ran.stdout
