"""A real server on this machine that edits a file, for tests."""

from __future__ import annotations

import json
import threading
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn

from audioguide.edit.edit_app import Editing
from audioguide.edit.hearing import Speaker
from audioguide.edit.open_file import OpenFile, opened
from audioguide.share.address import THIS_MACHINE, hosts_of, listen
from audioguide.share.gate import Gate
from audioguide.share.server import make_server, run
from audioguide.storage.cache import NoCache

TOKEN = "dGhpcyBpcyBhIHNlY3JldA"
SECONDS = 20


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Page:
    """A running server and the ways to talk to it."""

    server: uvicorn.Server
    port: int
    file: OpenFile | None
    app: Editing

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}/{TOKEN}/"

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path if path.startswith("/") else f"/{TOKEN}/{path}", body, named)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())

    def post(self, name: str, **body: Any) -> Answer:
        """Send what the page sends, as the window that shows the latest state does."""
        if self.file is not None:
            body.setdefault("revision", str(self.file.revision))
        data = json.dumps(body).encode()
        return self.ask("POST", name, data, Content_Type="application/json", Origin=self.origin)

    def edit(self, kind: str, *path: str | int, value: Any = None, **other: Any) -> Answer:
        return self.post("edit", edit={"kind": kind, "path": [*path], "value": value, **other})


class editing:  # noqa: N801 - used like a function
    """Edit the file at ``path``, or begin a new one, in a thread while the block runs."""

    def __init__(self, path: Path, is_new: bool = False, engine: str = "fake") -> None:
        self.listener = listen(THIS_MACHINE, None)
        port = self.listener.getsockname()[1]
        hosts = hosts_of(THIS_MACHINE, port)
        file = None if is_new else opened(path)
        self.speaker = Speaker(NoCache(), engine)
        app = Editing(
            file,
            path,
            gate=Gate(TOKEN, hosts),
            origins=frozenset(f"http://{host}" for host in hosts),
            speaker=self.speaker,
        )
        self.page = Page(make_server(app), port, file, app)
        self.thread = threading.Thread(target=run, args=(self.page.server, self.listener, None))

    def __enter__(self) -> Page:
        self.thread.start()
        return self.page

    def __exit__(self, *_: object) -> None:
        self.page.server.should_exit = True
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()
        self.speaker.close()
