"""A phone for tests: a real browser in a phone's size, and a server on this machine that it loads pages from."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Page, sync_playwright

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _opens_pages() -> bool:
    node, _ = compute_driver_executable()
    return BROWSER is not None and not subprocess.run([node, "--version"], capture_output=True, check=False).returncode


needs_browser = pytest.mark.skipif(
    not _opens_pages(),
    reason="the browser's driver lacks a library: scripts/install-browser installs it"
    if BROWSER
    else "no browser on PATH: scripts/install-browser installs one",
)
"""Marks what opens a page."""

ALONE = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""Without the last, a browser looks up hosts of its own."""

PORTRAIT, SMALL, LANDSCAPE = (390, 844), (320, 568), (844, 390)
NONCE = "nonce-of-the-test"
POLICY = (
    f"default-src 'none'; script-src 'nonce-{NONCE}'; style-src 'nonce-{NONCE}'; media-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


@contextmanager
def browser() -> Iterator[Browser]:
    assert BROWSER is not None
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=list(ALONE))
        try:
            yield opened
        finally:
            opened.close()


class Watched:
    """What a page asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )

    def left_the_machine(self) -> list[str]:
        here = re.compile(r"(http://127\.0\.0\.1:\d+/|data:|blob:|file:)")
        return [url for url in self.requests if not here.match(url)]


@contextmanager
def served(files: Mapping[str, tuple[str, bytes]]) -> Iterator[str]:
    """Serve ``files``, each a type and its content, with ranges, and yield the address of the folder."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = files.get(self.path.lstrip("/"))
            if found is None:
                self.send_error(404)
                return
            kind, content = found
            asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            first = int(asked[1]) if asked else 0
            last = min(int(asked[2]), len(content) - 1) if asked and asked[2] else len(content) - 1
            self.send_response(206 if asked else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(last - first + 1))
            self.send_header("Accept-Ranges", "bytes")
            if asked:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
            if kind.startswith("text/html"):
                self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(content[first : last + 1])

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *request: object) -> None:
            """Say nothing: a browser hangs up as soon as it has seen enough."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
