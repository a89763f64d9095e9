"""Small sessions, and a real server on this machine that shares them."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn

import audioguide.share.server as server_module
from audioguide.cli import run as run_command
from audioguide.share.address import hosts_of, listen
from audioguide.share.app import Sharing
from audioguide.share.recordings import find_sessions
from audioguide.share.server import make_server, run
from tests.helpers import HEAD, HOLD

TOKEN = "dGhpcyBpcyBhIHNlY3JldA"
LOOPBACK = ip_address("127.0.0.1")
LONG = 30_000_000
SECONDS = 10
"""The longest that any test waits for an answer."""


class _Hurried:
    """asyncio for uvicorn, which looks whether it should stop, and whether all have gone, ten times a second only."""

    @staticmethod
    async def sleep(delay: float) -> None:
        await asyncio.sleep(min(delay, 0.005))

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)


@pytest.fixture(scope="session", autouse=True)
def _hurried() -> Iterator[None]:
    """Let a server stop as soon as it is told."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("uvicorn.server.asyncio", _Hurried())
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two sessions of about a minute."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "own.toml").write_text(HEAD + HOLD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.chdir(folder)
        for name, hold in (("morning.mp3", 5), ("evening.mp3", 8)):
            arguments = ["build", "own.toml", "--engine", "fake", "--hold", f"reach={hold}", "-o", name, "--quiet"]
            assert run_command(arguments) == 0
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A folder of the test's own with the session `morning.mp3`."""
    made = tmp_path / "output"
    made.mkdir()
    shutil.copy(built / "morning.mp3", made)
    return made


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: HTTPMessage
    body: bytes

    def fixed(self) -> tuple[int, dict[str, str], bytes]:
        """All of it but the time of day."""
        return self.status, {name: value for name, value in self.headers.items() if name.lower() != "date"}, self.body


@dataclass
class Served:
    """A running server and the ways to talk to it."""

    server: uvicorn.Server
    port: int
    folder: Path

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}/{TOKEN}/"

    def get(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Ask for ``path`` below the token, or for a path that begins with a slash as it is."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as connection:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path if path.startswith("/") else f"/{TOKEN}/{path}", body, names)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), SECONDS, (source, 0))

    def say(self, data: bytes) -> bytes:
        """Send ``data`` as it is and return all that comes until the connection ends or falls silent."""
        with self.connect() as connection:
            connection.sendall(data)
            connection.settimeout(2)
            return drain(connection)

    def ask(self, line: bytes, *headers: bytes) -> Answer:
        """Send a request line and headers as they are, with the right host unless they have one; read the answer."""
        host = b"Host: 127.0.0.1:%d" % self.port
        lines = [line, *([] if any(each[:5].lower() == b"host:" for each in headers) else [host]), *headers]
        with self.connect() as connection:
            connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
            response = HTTPResponse(connection, method=line.split(b" ")[0].decode("latin-1"))
            response.begin()
            return Answer(response.status, response.headers, response.read())


def drain(connection: socket.socket) -> bytes:
    """Return what comes until the connection ends, is cut, or falls silent."""
    found = b""
    try:
        while piece := connection.recv(65536):
            found += piece
    except (TimeoutError, ConnectionError):
        pass
    return found


def ends(connection: socket.socket) -> bool:
    """Return whether the other side ends ``connection``, whatever it still sends."""
    connection.settimeout(SECONDS)
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


class Clock:
    """Stands for the module `time` in the server: time stands still but for what a test lets pass."""

    def __init__(self) -> None:
        self._now_s = 1000.0
        self._looks = 0
        self._changed = threading.Condition()

    def monotonic(self) -> float:
        with self._changed:
            self._looks += 1
            self._changed.notify_all()
            return self._now_s

    def advance(self, seconds: float) -> None:
        with self._changed:
            self._now_s += seconds

    def settle(self) -> None:
        """Wait until the server has looked at every connection at this time.

        It looks at the clock once or twice a round, so that the third look comes after a whole round.
        """
        with self._changed:
            third = self._looks + 3
            assert self._changed.wait_for(lambda: self._looks >= third, SECONDS)

    def passes(self, seconds: float) -> None:
        """Let time pass, and the server do what is due."""
        self.settle()
        self.advance(seconds)
        self.settle()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time for servers that begin after this; they look at it every few milliseconds."""
    made = Clock()
    monkeypatch.setattr(server_module, "time", made)
    monkeypatch.setattr(server_module, "TICK_S", 0.005)
    return made


@pytest.fixture(scope="module")
def served(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that tests share; they leave its folder as it is."""
    made = tmp_path_factory.mktemp("served")
    shutil.copy(built / "morning.mp3", made)
    with serving(made) as running:
        yield running


@pytest.fixture
def own(folder: Path) -> Iterator[Served]:
    """A server of the test's own, whose files it may change."""
    with serving(folder) as running:
        yield running


@pytest.fixture
def long(folder: Path) -> Iterator[Served]:
    """A server of the test's own whose session is larger than what systems buffer."""
    with (folder / "morning.mp3").open("ab") as file:
        file.truncate(LONG)
    with serving(folder) as running:
        yield running


class serving:  # noqa: N801 - used like a function
    """Serve ``folder`` in a thread while the block runs."""

    def __init__(self, folder: Path, life_s: float | None = None) -> None:
        self.listener = listen(LOOPBACK, None)
        port = self.listener.getsockname()[1]
        home = f"http://127.0.0.1:{port}/{TOKEN}/"
        app = Sharing(find_sessions([folder]).recordings, TOKEN, hosts_of(LOOPBACK, port), home)
        self.served = Served(make_server(app), port, folder)
        self.thread = threading.Thread(target=run, args=(self.served.server, self.listener, life_s))

    def __enter__(self) -> Served:
        self.thread.start()
        return self.served

    def __exit__(self, *_: object) -> None:
        self.served.server.should_exit = True
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()
