"""Requests to `share` on the loopback interface: well-formed ones and raw bytes.

Nothing but what is shared is ever given, without the secret nothing at all; no answer says that the server failed; and
after all of it the session comes whole.
"""

from __future__ import annotations

import random
import re
import shutil
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from scripts.campaign import options
from scripts.campaign.trial import Trial

REQUESTS = 200
"""Requests of a trial, which has a server of its own."""

ANSWERS = {100, 200, 206, 304, 400, 404, 405, 408, 411, 413, 414, 416, 417, 421, 426, 431, 501, 503, 505}
CANARY = b"nobody-may-read-this-4711"
MOST_MB = 250

WAIT_S = 10.0


def prepare(world: Path) -> Path:
    """Build what is shared."""
    return options.prepare(world)


def attempt(trial: Trial) -> None:
    """Send requests to a server, and look that it still serves."""
    trial.inputs = REQUESTS
    shared = trial.folder / "shared"
    shared.mkdir()
    shutil.copy(trial.prepared / "made.mp3", shared / "a session.mp3")
    (trial.folder / "secret.txt").write_bytes(CANARY)
    (shared / "secret.mp3").write_bytes(CANARY)
    (shared / "linked.mp3").symlink_to("../secret.txt")
    process = trial.start("share", "shared", "--address", "127.0.0.1")
    home = _home(trial)
    if home is None:
        return
    for number in range(REQUESTS):
        request, is_plain = _request(home, trial.chance)
        answer = _answer(home, request, trial.chance, is_plain)
        trial.log = [*trial.log[:1], f"request {number}: {request[:2_000]!r}"]
        _judge(trial, home, answer, is_plain)
    sound = _answer(home, _plain(home, "GET", f"{home.path}a-session.mp3"), trial.chance, True)
    trial.log = [*trial.log[:1], "at the end"]
    trial.expect(sound.endswith((shared / "a session.mp3").read_bytes()), "the session doesn't come whole any more")
    status = Path(f"/proc/{process.pid}/status")
    if trial.expect(process.poll() is None, "the server has ended"):
        peak_mb = int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1000
        trial.expect(peak_mb < MOST_MB, f"took {peak_mb:.0f} MB")
    process.send_signal(signal.SIGINT)
    ran = trial.ended(process, "share")
    trial.expect(ran.code == 130, f"exit code {ran.code} after Ctrl-C")
    said = [line for line in ran.err.splitlines() if not line.startswith(("note: ", "not shared: "))]
    trial.expect(not said, f"said {said[:3]}")


class Home:
    """Where the list is.

    Attributes:
        at: address and port.
        path: of the list, which holds the secret.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self.at = (parts.hostname, parts.port)
        self.path = parts.path

    @property
    def host(self) -> str:
        """What the Host header says."""
        return f"{self.at[0]}:{self.at[1]}"

    @property
    def secret(self) -> str:
        """The first part of every address."""
        return self.path.strip("/")


def _home(trial: Trial) -> Home | None:
    """Return where the program serves, once it does; None, which is a failure, where it doesn't within 30 s."""
    for _ in range(600):
        found = re.search(r"^http://127\S+/$", (trial.world / "out").read_text(errors="replace"), re.MULTILINE)
        if found:
            home = Home(found.group())
            with suppress(OSError), socket.create_connection(home.at, WAIT_S):
                return home
        time.sleep(0.05)
    trial.expect(False, f"does not begin to serve: {(trial.world / 'err').read_text(errors='replace')}")
    return None


def _plain(home: Home, method: str, path: str, *headers: str, version: str = "1.1") -> bytes:
    lines = [f"{method} {path} HTTP/{version}", f"Host: {home.host}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def _request(home: Home, chance: random.Random) -> tuple[bytes, bool]:
    """Return a request, and whether it is a plain one that is answered with what is asked for."""
    kind = chance.random()
    names = ("", "feed.xml", "a-session/", "a-session.mp3", "a-session.png")
    path = home.path + chance.choice(names)
    if kind < 0.15:
        return _plain(home, "GET", path), True
    if kind < 0.3:
        return _plain(home, chance.choice(("GET", "HEAD")), f"{home.path}a-session.mp3", _range(chance)), False
    if kind < 0.45:
        return _plain(home, "GET", _elsewhere(home, chance)), False
    if kind < 0.55:
        methods = (
            "POST",
            "PUT",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PATCH",
            "PROPFIND",
            "get",
            "GE T",
            "",
            "G" * 3_000,
        )
        return _plain(home, chance.choice(methods), path, *_headers(chance)), False
    if kind < 0.7:
        return _plain(
            home, "GET", path, *_headers(chance), version=chance.choice(("1.1", "1.0", "2.0", "9.9", "x"))
        ), False
    plain = _plain(home, "GET", path, *_headers(chance))
    if kind < 0.85:
        made = bytearray(plain)
        for _ in range(chance.choice((1, 3, 20))):
            at = chance.randrange(len(made))
            made[at : at + chance.choice((0, 1, 5))] = chance.randbytes(chance.choice((0, 1, 3)))
        return bytes(made), False
    if kind < 0.92:
        return plain + chance.choice((plain, b"\r\n" * 50, chance.randbytes(300), plain * 20)), False
    if kind < 0.97:
        return chance.randbytes(chance.choice((0, 1, 10, 1_000, 70_000))), False
    return plain[: chance.randrange(len(plain))], False


def _range(chance: random.Random) -> str:
    value = chance.choice(
        ("0-", "0-0", "-1", "5-2", "0-99999999999", "-0", "99999999999-", "0-1,5-9", "1-2-3", "a-b", "-", "", " 0 - 5 ",
         "18446744073709551616-", "0-" + "9" * 5_000, "--5", "+1-5", "٣-٥", "0x0-0x5", "0-0," * 900 + "1-1")
    )  # fmt: skip
    return f"Range: {chance.choice(('bytes', 'bytes', 'bytes', 'BYTES', 'seconds', ''))}={value}"


def _elsewhere(home: Home, chance: random.Random) -> str:
    """Return a path that is no shared session's: of other files, without the secret, or with a wrong one."""
    names = (
        "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "secret.txt", "secret.mp3", "linked.mp3", "linked/",
        "a-session.mp3/../../secret.txt", "a%2dsession.mp3", "A-SESSION.MP3", "a session.mp3", "a-session.mp3%00.png",
        "\\..\\secret.txt", "//etc/passwd", "....//secret.txt", "a-session.mp3?x=../secret.txt", "a-session.mp3#x",
        "%c0%ae%c0%ae/secret.txt", "file:///etc/passwd", ".", "..", "%", "%zz", "x" * 15_000, "\udcff",
    )  # fmt: skip
    secrets = (
        "",
        home.secret,
        home.secret.upper(),
        home.secret[:-1],
        home.secret + "x",
        "x" * len(home.secret),
        "%" + home.secret,
    )
    prefix = chance.choice(("/", "//", "", "http://127.0.0.1/", "http://x.invalid/"))
    return f"{prefix}{chance.choice(secrets)}/{chance.choice(names)}"


def _headers(chance: random.Random) -> list[str]:
    """Return lines of a request's head, some of them no headers."""
    values = (
        "Host: x.invalid", "Host:", "Host: 127.0.0.1", "Content-Length: 5", "Content-Length: -1",
        "Content-Length: 1e3",
        "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip",
        "Expect: 100-continue",
        "Upgrade: websocket", "Connection: Upgrade", "Connection: keep-alive", "Accept-Encoding: gzip",
        "Accept-Encoding: gzip;q=0",
        "Accept-Encoding: " + "gzip," * 1_000, "Cookie: " + "x" * 9_000, "X-Forwarded-For: 127.0.0.1",
        "If-Range: \"x\"",
        "If-None-Match: *", "If-Modified-Since: x", "Range: bytes=0-5", "Origin: http://x.invalid", "X: \x1b[31m",
        " folded: x",
        "no colon", ": nothing", "X: \udcff", "Authorization: Basic eA==", "Accept-Language: " + "de;q=0.1," * 300,
        "X: " + "y" * 20_000,
    )  # fmt: skip
    return chance.sample(values, chance.choice((0, 1, 2, 5)))


def _answer(home: Home, request: bytes, chance: random.Random, is_plain: bool) -> bytes:
    """Send a request and return all that comes, also nothing."""
    made = b""
    with suppress(OSError), socket.create_connection(home.at, WAIT_S) as link:
        link.settimeout(WAIT_S)
        if chance.random() < 0.05:
            half = len(request) // 2
            link.sendall(request[:half])
            link.sendall(request[half:])
        else:
            link.sendall(request)
        if not is_plain:
            # Perhaps it is no whole request, and the rest would be waited for.
            link.shutdown(socket.SHUT_WR)
        while piece := link.recv(1 << 16):
            made += piece
    return made


def _judge(trial: Trial, home: Home, answer: bytes, is_plain: bool) -> None:
    """Judge an answer: nothing that isn't shared, a known code, and nothing of the program's inside."""
    trial.expect(CANARY not in answer, "gave what is not shared")
    if not answer:
        trial.expect(not is_plain, "no answer")
        return
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    if not trial.expect(found is not None, f"no answer of HTTP: {answer[:200]!r}") or found is None:
        return
    code = int(found.group(1))
    trial.expect(code in ANSWERS, f"answered {code}")
    trial.expect(code == 200 or not is_plain, f"answered {code} to a plain request")
    head, _, body = answer.partition(b"\r\n\r\n")
    if code >= 400:
        trial.expect(home.secret.encode() not in answer, "a refusal holds the secret")
    trial.expect(b"Traceback" not in answer and b"/campaign-" not in body[:100_000], "tells of its inside")
    trial.expect(b"server:" not in head.lower(), "says what it is")
