"""A server on this machine that gives a file well, badly, or somewhere else."""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CERTIFICATE = Path(__file__).parent / "data/loopback.pem"
"""A key and a certificate of its own for 127.0.0.1 and localhost, that no machine trusts unless told to."""


@dataclass
class Behaviour:
    """What a server does; may be changed between requests.

    Attributes:
        content: what every path gives that isn't in `files`.
        tag: the ETag; none where it is empty.
        ranges: whether it gives parts.
        told: the Content-Length of a whole file, where it isn't the truth; an empty text leaves it out.
        breaks_at: for each request in turn after how many bytes the connection ends; after that it doesn't.
        stalls_at: after how many bytes it says nothing more until `go_on` is set.
        redirect: an address to go to instead.
        status: an error to answer with.
        files: what single paths give.
    """

    content: bytes
    tag: str = '"one"'
    ranges: bool = True
    told: str | None = None
    breaks_at: list[int] = field(default_factory=list)
    stalls_at: int | None = None
    redirect: str = ""
    status: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    go_on: threading.Event = field(default_factory=threading.Event)
    requests: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving(behaviour: Behaviour, secure: bool = False) -> Iterator[Behaviour]:
    """Serve until the block ends; `behaviour.address` is the server's, without a slash at its end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            behaviour.paths.append(self.path)
            behaviour.requests.append({name.lower(): value for name, value in self.headers.items()})
            if behaviour.status:
                self.send_error(behaviour.status)
                return
            if behaviour.redirect:
                self.send_response(302)
                self.send_header("Location", behaviour.redirect)
                self.end_headers()
                return
            self._send(behaviour.files.get(self.path, behaviour.content))

        def _send(self, content: bytes) -> None:
            asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            unchanged = self.headers.get("If-Range") in (None, behaviour.tag)
            start = int(asked[1]) if asked and behaviour.ranges and unchanged else 0
            if start and start >= len(content):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            length = str(len(content) - start) if behaviour.told is None else behaviour.told
            if length:
                self.send_header("Content-Length", length)
            if behaviour.tag:
                self.send_header("ETag", behaviour.tag)
            self.end_headers()
            end = behaviour.breaks_at.pop(0) if behaviour.breaks_at else len(content)
            body = content[start : start + end]
            if behaviour.stalls_at is not None:
                self.wfile.write(body[: behaviour.stalls_at])
                self.wfile.flush()
                behaviour.go_on.wait(60)
                body = body[behaviour.stalls_at :]
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # the other side has gone, which is what some tests are about
                self.close_connection = True

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        behaviour.address = f"http{'s' if secure else ''}://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield behaviour
        finally:
            behaviour.go_on.set()
            server.shutdown()
            thread.join()
