"""What phones get, and what everyone else doesn't."""

from __future__ import annotations

import base64
import gzip
import logging
import os
import queue
import re
import shutil
import socket
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from logging.handlers import QueueHandler
from pathlib import Path

import h11
import pytest

from audioguide.share import server_limits
from audioguide.share.gate import TOKEN_BYTES
from tests.share.conftest import LONG, SECONDS, TOKEN, Answer, Clock, Served, drain, ends, serving
from tests.waiting import until

EVERYWHERE = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-resource-policy": "same-origin",
}
CLOSED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@pytest.fixture(autouse=True)
def _silent(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Whatever is sent, nothing is printed or logged: no traceback, no path, no token."""
    logged: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [QueueHandler(logged)])
    level = root.level
    root.setLevel(logging.DEBUG)
    yield
    root.setLevel(level)
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")
    while not logged.empty():
        record = logged.get()
        assert TOKEN not in record.getMessage()
        assert record.levelno < logging.INFO


# What is shared


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("", "text/html; charset=utf-8"),
        ("morning/", "text/html; charset=utf-8"),
        ("morning.mp3", "audio/mpeg"),
        ("morning.png", "image/png"),
        ("feed.xml", "application/rss+xml; charset=utf-8"),
    ],
)
def test_a_phone_gets_pages_sound_cover_and_feed(served: Served, name: str, media_type: str):
    got = served.get(name)
    assert got.status == 200
    assert got.headers["content-type"] == media_type
    assert int(got.headers["content-length"]) == len(got.body) > 100
    head = served.get(name, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {name for name, _ in head.fixed()[1].items()} == {name for name, _ in got.fixed()[1].items()}
    assert head.headers["content-type"] == media_type


@pytest.mark.parametrize("name", ["", "morning/"])
def test_a_browser_gets_a_page_packed_and_well_below_60_kb(served: Served, name: str):
    plain, packed = served.get(name), served.get(name, accept_encoding="br, gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert len(packed.body) < min(60_000, len(plain.body))
    nonce = re.compile(rb'nonce="[^"]*"')
    assert nonce.sub(b"", gzip.decompress(packed.body)) == nonce.sub(b"", plain.body)


@pytest.mark.parametrize("wanted", ["gzip;q=0", "identity, gzip;q=0", "br", "x-gzipped", "identity", "*;q=0", ""])
def test_who_does_not_want_a_page_packed_gets_it_plain(served: Served, wanted: str):
    got = served.get("morning/", accept_encoding=wanted)
    assert "content-encoding" not in got.headers
    assert got.body.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=100-70000"}])
def test_sound_is_never_packed(served: Served, asked: dict[str, str]):
    got = served.get("morning.mp3", accept_encoding="gzip", **asked)
    assert "content-encoding" not in got.headers
    data = (served.folder / "morning.mp3").read_bytes()
    assert got.body == (data[100:70001] if asked else data)


def test_the_list_leads_to_the_page_and_the_page_to_the_sound(served: Served):
    listed = served.get("").body.decode()
    assert 'href="morning/"' in listed
    assert f"{served.home}feed.xml" in listed
    assert "../morning.mp3" in served.get("morning/").body.decode()
    assert served.get("morning.mp3").body == (served.folder / "morning.mp3").read_bytes()
    assert served.get("morning.png").body.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["", "morning/", "morning.mp3", "morning.png", "feed.xml", "no"])
def test_every_answer_carries_the_protecting_headers(served: Served, name: str):
    got = served.get(name)
    assert {each: got.headers[each] for each in EVERYWHERE} == EVERYWHERE
    assert got.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert got.headers["content-security-policy"].endswith(CLOSED)
    assert got.headers["cache-control"] == ("private, no-cache" if name[-4:] in (".mp3", ".png") else "no-store")
    assert "server" not in got.headers


@pytest.mark.parametrize("name", ["", "morning/"])
def test_a_page_runs_only_its_own_script_by_a_nonce_of_its_own(served: Served, name: str):
    nonces = set()
    for _ in range(3):
        got = served.get(name)
        policy = got.headers["content-security-policy"]
        found = re.fullmatch(
            r"default-src 'none'; media-src 'self'; img-src 'self' data:; "
            rf"script-src 'nonce-([\w-]{{22}})'; style-src 'nonce-\1'; {CLOSED}",
            policy,
        )
        assert found, policy
        page = got.body.decode()
        opened = re.findall(r"<(?:script|style)[^>]*>", page)
        assert opened
        assert all(f'nonce="{found.group(1)}"' in tag or "application/json" in tag for tag in opened)
        assert not re.search(r"\son\w+=|javascript:|<form|<base", page)
        nonces.add(found.group(1))
    assert len(nonces) == 3


def test_what_is_no_page_may_run_nothing(served: Served):
    assert served.get("feed.xml").headers["content-security-policy"] == f"default-src 'none'; {CLOSED}"


def test_an_answer_keeps_the_connection_for_the_next_request(served: Served):
    connection = HTTPConnection("127.0.0.1", served.port, timeout=SECONDS)
    for name in ("", "morning/", "morning.mp3", "morning.png"):
        connection.request("GET", f"/{TOKEN}/{name}")
        sent_from = connection.sock.getsockname()
        assert connection.getresponse().read()
        assert connection.sock.getsockname() == sent_from
    connection.close()


# What is refused: always with the same answer


@pytest.fixture
def same(served: Served) -> Answer:
    return served.get("/")


def test_the_refusal_says_nothing(same: Answer):
    assert (same.status, same.body) == (404, b"Not found\n")
    assert same.headers["connection"] == "close"


@pytest.mark.parametrize(
    "path",
    [
        "/favicon.ico",
        "/morning.mp3",
        "/feed.xml",
        f"/{TOKEN}",
        f"//{TOKEN}/",
        f"/{TOKEN}//",
        f"/{TOKEN[:-1]}/",
        f"/{TOKEN}A/",
        f"/{TOKEN.lower()}/",
        f"/{TOKEN[:-1]}_/morning.mp3",
        f"/x{TOKEN}/morning.mp3",
        f"/{base64.urlsafe_b64encode(bytes(TOKEN_BYTES)).rstrip(b'=').decode()}/",
        f"/%{ord(TOKEN[0]):x}{TOKEN[1:]}/",
        "/%00/",
        "//",
    ],
)
def test_without_the_token_there_is_nothing(served: Served, same: Answer, path: str):
    assert served.get(path).fixed() == same.fixed()


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "morning",
        "Morning/",
        "morning//",
        "morning/index.html",
        "morning.mp3/",
        "morning.MP3",
        "morning%2emp3",
        "morning.mp3%00",
        "morning.mp3;x",
        "./",
        "./morning.mp3",
        "../",
        f"../{TOKEN}/morning.mp3",
        "../../../../../../etc/passwd",
        "..%2f..%2f..%2fetc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "%252e%252e%252fetc%252fpasswd",
        "..%c0%af..%c0%afetc/passwd",
        "..\\..\\etc\\passwd",
        "..%5c..%5cetc%5cpasswd",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "file:///etc/passwd",
        "secret.txt",
        "%00",
        "morning/../secret.txt",
        "~root",
        ".git/config",
        "__class__",
    ],
)
def test_a_name_that_is_not_shared_leads_nowhere(served: Served, same: Answer, name: str):
    (served.folder / "secret.txt").write_text("secret")
    (served.folder.parent / "secret.txt").write_text("secret")
    assert served.get(f"/{TOKEN}/{name}").fixed() == same.fixed()


@pytest.mark.parametrize(
    "target",
    [b"*", b"morning.mp3", b"http://127.0.0.1/", b"http://example.com/%(token)s/", b"/%(token)s/\xff", b"/%(token)s/#"],
)
def test_a_target_of_another_form_leads_nowhere(served: Served, same: Answer, target: bytes):
    got = served.ask(b"GET %s HTTP/1.1" % target.replace(b"%(token)s", TOKEN.encode()))
    assert got.fixed() == same.fixed() or got.status == 400


@pytest.mark.parametrize("name", [b"morning.mp3\0", b"\0", b"morning.mp3 HTTP/1.1\r\nX: y\r\n\r\nGET /"])
def test_control_characters_in_the_path_are_no_request(served: Served, name: bytes):
    said = served.say(b"GET /%s/%s HTTP/1.1\r\nHost: x\r\n\r\n" % (TOKEN.encode(), name))
    assert said[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 404")
    assert b"ID3" not in said


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "get"])
@pytest.mark.parametrize("name", ["", "morning.mp3", "nothing"])
def test_only_reading_is_possible(served: Served, same: Answer, method: str, name: str):
    body = b"x" * 1000 if method in ("POST", "PUT", "PATCH") else None
    assert served.get(name, method, body).fixed() == same.fixed()
    assert served.get("").status == 200


def test_the_token_can_be_no_query_and_a_query_changes_nothing(served: Served, same: Answer):
    assert served.get(f"/?{TOKEN}").fixed() == same.fixed()
    assert served.get("morning.mp3?../../etc/passwd").body == (served.folder / "morning.mp3").read_bytes()


@pytest.mark.parametrize(
    "host",
    [
        b"evil.example",
        b"evil.example:%(port)d",
        b"127.0.0.1",
        b"127.0.0.1:1",
        b"127.0.0.1:%(port)d.evil.example",
        b"127.0.0.1:%(port)d@evil.example",
        b"127.0.0.2:%(port)d",
        b"0.0.0.0:%(port)d",
        b"[::1]:%(port)d",
        b"2130706433:%(port)d",
        b"localhost.:%(port)d",
        b"",
    ],
)
def test_a_page_elsewhere_that_leads_its_name_here_gets_nothing(served: Served, same: Answer, host: bytes):
    header = b"Host: " + host.replace(b"%(port)d", b"%d" % served.port)
    assert served.ask(b"GET /%s/ HTTP/1.1" % TOKEN.encode(), header).fixed() == same.fixed()


@pytest.mark.parametrize("host", [b"127.0.0.1:%d", b"localhost:%d", b"LocalHost:%d"])
def test_the_address_itself_is_a_good_host(served: Served, host: bytes):
    assert served.ask(b"GET /%s/ HTTP/1.1" % TOKEN.encode(), b"Host: " + host % served.port).status == 200


def test_no_host_or_two_hosts_get_nothing(served: Served):
    path = b"/%s/" % TOKEN.encode()
    assert served.say(b"GET %s HTTP/1.0\r\n\r\n" % path).startswith(b"HTTP/1.1 404")
    assert served.say(b"GET %s HTTP/1.1\r\n\r\n" % path).startswith(b"HTTP/1.1 400")
    good = b"Host: 127.0.0.1:%d\r\n" % served.port
    assert served.say(b"GET %s HTTP/1.1\r\n%s%s\r\n" % (path, good, good)).startswith(b"HTTP/1.1 400")


def test_a_forwarded_host_is_not_believed(served: Served, same: Answer):
    token = TOKEN.encode()
    wrong, right = b"Host: evil.example", b"X-Forwarded-Host: 127.0.0.1:%d" % served.port
    assert served.ask(b"GET /%s/ HTTP/1.1" % token, wrong, right).fixed() == same.fixed()


# Parts of the sound


def test_a_part_is_the_same_bytes(served: Served):
    data = (served.folder / "morning.mp3").read_bytes()
    size = len(data)
    for asked, expected in [
        ("bytes=0-0", data[:1]),
        ("bytes=0-1", data[:2]),
        ("bytes=0-", data),
        ("bytes=100-70000", data[100:70001]),
        (f"bytes={size - 1}-", data[-1:]),
        (f"bytes=5-{size * 10}", data[5:]),
        ("bytes=-1", data[-1:]),
        ("bytes=-70000", data[-70000:]),
        (f"bytes=-{size * 10}", data),
        ("Bytes=3-4", data[3:5]),
    ]:
        got = served.get("morning.mp3", Range=asked)
        assert (got.status, got.body) == (206, expected), asked
        start = size - len(expected) if "=-" in asked else int(re.findall(r"\d+", asked)[0])
        assert got.headers["content-range"] == f"bytes {start}-{start + len(expected) - 1}/{size}"
        assert int(got.headers["content-length"]) == len(expected)


@pytest.mark.parametrize("asked", ["bytes={size}-", "bytes={size}-{size}", "bytes=-0", "bytes=999999999999999999-"])
def test_a_part_outside_the_file_is_said_to_be_none(served: Served, asked: str):
    size = (served.folder / "morning.mp3").stat().st_size
    got = served.get("morning.mp3", Range=asked.format(size=size))
    assert (got.status, got.body) == (416, b"")
    assert got.headers["content-range"] == f"bytes */{size}"
    assert got.headers["content-security-policy"]


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-1,3-4",
        "bytes=" + ",".join(["0-"] * 2000),
        "bytes=" + ",".join(f"{at}-{at}" for at in range(0, 2000, 2)),
        "bytes=0-9,5-14,0-,-5",
        "bytes=5-4",
        "bytes=--5",
        "bytes=-5-3",
        "bytes=-",
        "bytes=",
        "bytes=a-b",
        "bytes=0x0-0x9",
        "bytes=1.5-2",
        "bytes=" + "9" * 5000 + "-",
        "bytes=٣-٤".encode().decode("latin-1"),
        "seconds=0-1",
        "bytes 0-1",
        "bytes=0-1;5",
        "",
    ],
    ids=range(18),
)
def test_what_is_no_single_part_is_answered_with_the_file_once(served: Served, asked: str):
    got = served.get("morning.mp3", Range=asked)
    assert (got.status, got.body) == (200, (served.folder / "morning.mp3").read_bytes())


def test_a_part_is_asked_for_only_if_the_file_is_still_the_same(served: Served):
    first = served.get("morning.mp3", "HEAD").headers
    for known in (first["etag"], first["last-modified"]):
        assert served.get("morning.mp3", Range="bytes=1-2", If_Range=known).status == 206
    for other in ('"other"', f"W/{first['etag']}", "Thu, 01 Jan 1970 00:00:00 GMT", "x"):
        assert served.get("morning.mp3", Range="bytes=1-2", If_Range=other).status == 200


def test_asking_about_a_part_sends_none(served: Served):
    got = served.get("morning.mp3", "HEAD", Range="bytes=0-99")
    assert (got.status, got.headers["content-length"], got.body) == (206, "100", b"")


# Files that don't stay what they were


def test_a_file_that_is_deleted_is_refused_and_no_longer_listed(own: Served, same: Answer):
    (own.folder / "morning.mp3").unlink()
    for name in ("morning.mp3", "morning/", "morning.png"):
        assert own.get(name).fixed() == same.fixed()
    assert own.get("").status == 200
    assert b"morning" not in own.get("").body
    assert b"<item>" not in own.get("feed.xml").body


def test_a_link_put_in_a_files_place_is_not_followed(own: Served, same: Answer, built: Path):
    secret = own.folder.parent / "secret.mp3"
    shutil.copy(built / "evening.mp3", secret)
    (own.folder / "morning.mp3").unlink()
    (own.folder / "morning.mp3").symlink_to(secret)
    for name in ("morning.mp3", "morning/", "morning.png"):
        assert own.get(name).fixed() == same.fixed()


@pytest.mark.parametrize("content", [b"", b"no sound", b"ID3\x03\x00\x00\x00\x00\x0f\x7f" + b"\0" * 5000])
def test_a_file_that_is_no_session_any_more_is_refused(own: Served, same: Answer, content: bytes):
    (own.folder / "morning.mp3").write_bytes(content)
    for name in ("morning.mp3", "morning/", "morning.png"):
        assert own.get(name).fixed() == same.fixed()


def test_a_session_that_is_built_again_is_served_anew(own: Served, built: Path):
    before = own.get("morning.mp3").headers["etag"]
    cover, guid = own.get("morning.png").body, re.findall("<guid.*?</guid>", own.get("feed.xml").body.decode())
    shutil.copy(built / "evening.mp3", own.folder / "new")
    (own.folder / "new").replace(own.folder / "morning.mp3")
    got = own.get("morning.mp3")
    assert got.body == (built / "evening.mp3").read_bytes()
    assert got.headers["etag"] != before
    feed = own.get("feed.xml").body.decode()
    assert f'length="{len(got.body)}"' in feed
    assert re.findall("<guid.*?</guid>", feed) != guid
    assert own.get("morning.png").body != cover
    assert own.get("morning.mp3", Range="bytes=1-2", If_Range=before).status == 200


@pytest.mark.parametrize("change", ["truncated", "overwritten"])
def test_a_file_that_changes_while_it_is_sent_cuts_the_connection(long: Served, change: str):
    path = long.folder / "morning.mp3"
    connection = HTTPConnection("127.0.0.1", long.port, timeout=SECONDS)
    connection.request("GET", f"/{TOKEN}/morning.mp3")
    response = connection.getresponse()
    got = response.read(1000)
    if change == "truncated":
        with path.open("r+b") as file:
            file.truncate(2000)
    else:
        path.write_bytes(b"secret " * 6_000_000)
    with suppress(ConnectionError):
        while piece := response.read(1_000_000):
            got += piece
    connection.close()
    assert got.startswith(b"ID3")
    assert b"secret" not in got
    assert len(got) < LONG
    assert long.get("").status == 200


# Connections that are no good


LENGTHY = b"GET /%s/ HTTP/1.1\r\nHost: 127.0.0.1:%%d\r\nContent-Length: 1000\r\n\r\n" % TOKEN.encode()


@pytest.mark.parametrize(
    "begin",
    [
        b"",
        b"GET / HTTP/1.1\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n",
        LENGTHY,
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    ],
    ids=["nothing", "headers", "body", "body-after-the-answer", "chunks", "expecting"],
)
@pytest.mark.real
def test_who_sends_a_request_drop_by_drop_is_cut_off(clock: Clock, own: Served, begin: bytes):
    with own.connect() as connection:
        connection.sendall(begin % own.port if b"%d" in begin else begin)
        clock.settle()
        for _ in range(6):  # the time may begin anew once, when an answer has been sent
            clock.passes(server_limits.REQUEST_S * 0.4)
            with suppress(ConnectionError):
                connection.sendall(b"a" if begin else b"")
        assert ends(connection)
    assert own.get("").status == 200


def test_who_takes_nothing_of_the_answer_is_cut_off(clock: Clock, long: Served):
    with long.connect() as connection:
        connection.sendall(b"GET /%s/morning.mp3 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (TOKEN.encode(), long.port))
        assert connection.recv(1)
        clock.passes(server_limits.STALL_S * 0.9)
        assert long.server.server_state.connections
        # Until what systems buffer is full, the server takes each piece for a step forward.
        until(lambda: clock.passes(server_limits.STALL_S * 0.9) or not long.server.server_state.connections)
        assert len(drain(connection)) < LONG


def test_who_takes_the_answer_slowly_is_served(clock: Clock, long: Served):
    connection = HTTPConnection("127.0.0.1", long.port, timeout=SECONDS)
    connection.sock = socket.socket()
    # More than 30 MB may wait in this end's buffer, and the server would never see that we are slow.
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    connection.sock.connect(("127.0.0.1", long.port))
    connection.request("GET", f"/{TOKEN}/morning.mp3")
    response, got = connection.getresponse(), 0

    def waits_for_us() -> bool:
        return all(
            each.transport.get_write_buffer_size() or each.conn.our_state is not h11.SEND_BODY
            for each in list(long.server.server_state.connections)
        )

    while piece := response.read(6_000_000):  # the server's end holds 4 MB of it
        got += len(piece)
        until(waits_for_us)
        clock.passes(server_limits.STALL_S * 0.9)
    assert got == (long.folder / "morning.mp3").stat().st_size
    connection.close()


def test_two_hundred_at_once_are_served_or_told_to_wait_and_the_next_is_served(own: Served):
    expected = (own.folder / "morning.mp3").read_bytes()
    request = b"GET /%s/morning.mp3 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
    with ExitStack() as stack:
        connections = [stack.enter_context(own.connect()) for _ in range(200)]
        for connection in connections:
            connection.sendall(request % (TOKEN.encode(), own.port))
        with ThreadPoolExecutor(20) as pool:
            said = list(pool.map(drain, connections))
    heads = Counter(each[9:12] for each in said)
    assert set(heads) == {b"200", b"503"}, heads
    assert heads[b"200"] >= server_limits.SERVED_OF_ONE
    for each in said:
        assert each.startswith(b"HTTP/1.1 503") or each.endswith(b"\r\n\r\n" + expected)
    assert own.get("morning.mp3").body == expected


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has more than one loopback address: run the tests there"
)
def test_one_machine_cant_keep_the_others_out(own: Served):
    with ExitStack() as stack:
        connections = [stack.enter_context(own.connect("127.0.0.9")) for _ in range(server_limits.OPEN_OF_ONE + 20)]
        assert all(ends(connection) for connection in connections[server_limits.OPEN_OF_ONE :])
        assert len(own.server.server_state.connections) == server_limits.OPEN_OF_ONE
        assert own.get("morning.mp3").status == 200


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
        b"\0" * 1000,
        b"\r\n" * 500,
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET / HTTP/1.1\nHost: x\n\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n",
        b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000,
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
    ],
    ids=range(21),
)
def test_nonsense_ends_its_connection_and_nothing_else(served: Served, data: bytes):
    try:
        said = served.say(data)
    except ConnectionError:
        said = b""
    assert said[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 404")
    assert TOKEN.encode() not in said
    assert served.get("").status == 200


def test_nonsense_in_the_middle_of_an_answer_ends_only_that(long: Served):
    head = b"GET /%s/morning.mp3 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nTransfer-Encoding: chunked\r\n\r\n"
    with long.connect() as connection:
        connection.sendall(head % (TOKEN.encode(), long.port))
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        connection.sendall(b"ZZZ\r\n")
        assert len(drain(connection)) < LONG
    assert long.get("").status == 200


@pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="no list of a process's open files: run the tests on Linux"
)
def test_who_leaves_in_the_middle_leaves_no_open_file(long: Served):
    def held() -> int:
        return sum(os.path.realpath(each).endswith("morning.mp3") for each in Path("/proc/self/fd").iterdir())

    request = b"GET /%s/morning.mp3 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (TOKEN.encode(), long.port)
    most = 0
    for _ in range(20):
        with long.connect() as connection:
            connection.sendall(request)
            connection.recv(100)
            most = max(most, held())
    assert most
    until(lambda: not held(), "that no file is held open")


def test_many_requests_in_one_go_are_answered_in_order(served: Served):
    one = b"GET /%s/feed.xml HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (TOKEN.encode(), served.port)
    said = served.say(one * 20 + b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + one * 20)
    assert said.count(b"HTTP/1.1 200 OK") == 20
    assert said.count(b"HTTP/1.1 404") == 1
    assert said.endswith(b"Not found\n")


# The end


@pytest.mark.parametrize("life_s", [0.2, 5400.0])
def test_it_lives_as_long_as_it_should(clock: Clock, folder: Path, life_s: float):
    life = serving(folder, life_s)
    with life as served:
        clock.passes(life_s * 0.99)
        assert served.get("").status == 200
        clock.advance(life_s * 0.02)
        life.thread.join(SECONDS)
        assert not life.thread.is_alive()


def test_the_end_of_its_life_closes_it_whoever_is_still_connected(
    clock: Clock, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("audioguide.share.server.LAST_S", 0.05)
    with (folder / "morning.mp3").open("ab") as file:
        file.write(b"\0" * LONG)
    life = serving(folder, life_s=60.0)
    with life as served, served.connect() as idle, served.connect() as half, served.connect() as reading:
        half.sendall(b"GET / HTTP/1.1\r\n")
        reading.sendall(b"GET /%s/morning.mp3 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % (TOKEN.encode(), served.port))
        assert reading.recv(1)
        clock.settle()
        clock.advance(60)
        life.thread.join(SECONDS)
        assert not life.thread.is_alive()
        assert ends(idle)
        assert ends(half)
        assert ends(reading)
        # That its port is closed can't be tried: another program may have it by now.
        assert life.listener.fileno() == -1
