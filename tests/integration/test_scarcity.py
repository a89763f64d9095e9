"""Systems that allow little: no process and no thread, little memory, a user without a name and a home."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_odd_input import PROTOCOL

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(sys.platform != "linux", reason="other systems have other limits: run the tests on Linux"),
]

ROOT = Path(__file__).parent.parent.parent

COMMANDS = (
    "build short.toml --engine hibari -o h.mp3 --quiet",
    "build short.toml --engine espeak -o e.mp3 --quiet",
    "plan short.toml",
    "check made.mp3",
    "page made.mp3 -o p.html",
    "batch people.csv -o people --quiet",
    "share made.mp3 --address 127.0.0.1 --minutes 0.01",
    "edit short.toml",
    "handout short.toml --engine fake -o h.html",
)

SPEAKING = ("build", "plan", "batch", "handout")
"""Commands that speak, which takes processes and threads."""

WHO = 54_321
"""A user id that nobody has."""

SHORTAGE = re.compile(r"(audioguide|row 2, Anna): .*(ulimit|memory)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "short.toml").write_text(PROTOCOL)
    (tmp_path / "people.csv").write_text("name,protocol,engine\nAnna,short.toml,espeak\n")
    made = ran(tmp_path, (), "build short.toml --engine fake -o made.mp3 --quiet", {"AUDIOGUIDE_CACHE": "off"})
    assert made.returncode == 0, made.stderr
    # Another user works here.
    tmp_path.chmod(0o777)
    return tmp_path


def as_nobody() -> tuple[str, ...]:
    """Return what makes a command one of a user that the system doesn't know."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("no becoming another user here: run the tests as root, with util-linux")
    # Such a user may not read where root has Python; reading everything lifts none of the limits.
    caps = ("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search")
    return ("setpriv", "--clear-groups", "--regid", f"{WHO}", "--reuid", f"{WHO}", *caps)


def ran(
    folder: Path, before: tuple[str, ...], command: str, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Return what a command left; one that serves until Ctrl-C gets that once it serves."""
    # As users have it, who set nothing for the numerical library.
    usual = {name: value for name, value in os.environ.items() if "THREADS" not in name and name != "HOME"}
    usual.pop("AUDIOGUIDE_CACHE", None)
    words = [*before, sys.executable, "-m", "audioguide", *command.split()]
    environment = {**usual, "PYTHONPATH": str(ROOT), "BROWSER": "true", **variables}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    with subprocess.Popen(
        words,
        cwd=folder,
        env=environment,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # as from a terminal
        **pipes,
    ) as process:
        assert process.stdout
        if command.startswith("edit"):
            for line in process.stdout:
                if "http://" in line:
                    os.killpg(process.pid, signal.SIGINT)
                    break
        out, err = process.communicate(timeout=100)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def is_a_line_or_done(command: str, left: subprocess.CompletedProcess[str]) -> bool:
    """Return whether a command did its work; where it didn't, hold that it says what lacks in one line."""
    stopped = "audioguide: stopped; no file is half written"
    lines = [line for line in left.stderr.splitlines() if not line.startswith("note: ") and line != stopped]
    is_done = left.returncode == (130 if command.startswith("edit") else 0)
    assert len(lines) == (0 if is_done else 1), (command, left)
    if not is_done:
        assert left.returncode in (1, 2), (command, left)
        assert SHORTAGE.match(lines[0]), (command, lines)
    return is_done


def test_where_no_process_and_no_thread_can_be_started_commands_do_without_or_say_so(folder: Path):
    before = as_nobody() if os.geteuid() == 0 else ()
    limited = (*before, "bash", "-c", 'ulimit -u 1; exec "$@"', "limited")
    for command in COMMANDS:
        is_done = is_a_line_or_done(command, ran(folder, limited, command, {"AUDIOGUIDE_CACHE": "off"}))
        assert is_done is not command.startswith(SPEAKING), command


@pytest.mark.parametrize("most", [2, 3, 4])
def test_where_one_more_can_be_started_and_not_the_next_it_is_a_line_too(folder: Path, most: int):
    before = as_nobody() if os.geteuid() == 0 else ()
    limited = (*before, "bash", "-c", f'ulimit -u {most}; exec "$@"', "limited")
    for command in COMMANDS:
        if command.startswith(SPEAKING):
            is_a_line_or_done(command, ran(folder, limited, command, {"AUDIOGUIDE_CACHE": "off"}))


def test_300_mb_of_addresses_are_enough_or_it_is_a_line(folder: Path):
    limited = ("sh", "-c", 'ulimit -v 300000; exec "$@"', "limited")
    for command in COMMANDS:
        is_a_line_or_done(command, ran(folder, limited, command, {"AUDIOGUIDE_CACHE": "off"}))


def test_a_user_whom_nobody_knows_and_who_has_no_home_can_do_everything(folder: Path):
    for command in COMMANDS:
        assert is_a_line_or_done(command, ran(folder, as_nobody(), command, {})), command
