"""The command that serves the page, as a process of its own at this machine's loopback address."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.helpers import HEAD, HOLD

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/([\w-]{22})/")
PATIENCE_S = 20


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mine.txt"], "name it mine.toml"),
        (["folder/new.toml"], "the folder folder does not exist"),
        (["broken.toml"], "is not UTF-8 text (line 2); save it as UTF-8"),
        (["here"], "can't be read (is a directory)"),
        (["own.toml", "--port", "0"], "0 is not in the range"),
        (["own.toml", "--address", "0.0.0.0"], "No such option"),
    ],
)
def test_what_cannot_be_edited_is_refused_before_a_page_is_served(
    audioguide: Callable[..., object], tmp_path: Path, arguments: list[str], said: str
):
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    (tmp_path / "broken.toml").write_bytes(b"# one\n\xff")
    (tmp_path / "here").mkdir()
    ran = audioguide("edit", *arguments)
    assert ran.code == 2  # type: ignore[attr-defined]
    assert said.lower() in ran.err.lower()  # type: ignore[attr-defined]


def test_it_says_how_to_come_by_what_it_needs(
    audioguide: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("audioguide.cli.edit.EXTRA", ("no_such_module",))
    ran = audioguide("edit")
    assert ran.code == 2  # type: ignore[attr-defined]
    assert 'pip install "audioguide[share]"' in ran.err  # type: ignore[attr-defined]


class Process:
    """`audioguide edit` with the given arguments; reads what it prints until it serves."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "audioguide", "edit", *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # as from a terminal
        )
        assert self.process.stdout
        self.out = ""
        for line in self.process.stdout:
            self.out += line
            if "Ctrl-C" in line:
                break

    @property
    def home(self) -> str:
        found = ADDRESS.search(self.out)
        assert found, self.out
        return found.group(0)

    def get(self) -> str:
        with closing(urllib.request.urlopen(self.home, timeout=PATIENCE_S)) as answer:
            return str(answer.read().decode())

    def post(self, name: str, body: str) -> int:
        origin = self.home[: self.home.index("/", 7)]
        headers = {"Content-Type": "application/json", "Origin": origin}
        request = urllib.request.Request(self.home + name, body.encode(), headers)
        with closing(urllib.request.urlopen(request, timeout=PATIENCE_S)) as answer:
            return int(answer.status)

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=PATIENCE_S)
        assert err == ""
        return self.process.returncode, out

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.communicate()


@pytest.mark.real
def test_a_file_is_edited_until_it_is_stopped(tmp_path: Path):
    (tmp_path / "own.toml").write_text(HEAD + HOLD)
    with Process(tmp_path, "own.toml") as edit:
        assert "Test session" in edit.get()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(edit.home.replace(edit.home[-5:], "xxxx/"), timeout=PATIENCE_S)
        change = '{"revision": "0", "edit": {"kind": "set", "path": ["title"], "value": "Mine"}}'
        assert edit.post("edit", change) == 200
        code, out = edit.stop()
    assert (code, out) == (130, "\nEnded; what was changed and not saved is gone.\n")
    assert (tmp_path / "own.toml").read_text() == HEAD + HOLD


@pytest.mark.real
def test_without_a_file_the_page_asks_where_to_begin(tmp_path: Path):
    with Process(tmp_path) as edit:
        assert 'value="my-session.toml"' in edit.get()
        assert edit.post("start", '{"source": "template-en", "path": "mine.toml"}') == 200
        assert edit.post("save", '{"revision": "0"}') == 200
        assert edit.stop() == (130, "\nEnded.\n")
    assert (tmp_path / "mine.toml").read_text().startswith("# A protocol for audioguide.")
