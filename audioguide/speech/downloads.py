"""Gets one file whose length and SHA-256 are known, from the network or a folder, into a part file that can be resumed.

urllib, of the standard library, is enough: it knows the proxies of the environment, of macOS and of Windows, and `ssl`
the system's certificates and SSL_CERT_FILE. requests and httpx bring certificates of their own instead, which a
clinic's inspected network doesn't have, and neither resumes, bounds or checks a file; that is what this module does.
"""

from __future__ import annotations

import errno
import http.client
import re
import ssl
import time
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from urllib.request import (
    AbstractHTTPHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from audioguide.errors import FetchError, OutputError, RequestError
from audioguide.speech.engines.voice_list import VoiceFile
from audioguide.storage.plain_files import open_plain
from audioguide.storage.sha256 import sha256_of

Progress = Callable[[int], None]
"""Called with the number of bytes that came since the last call."""

STALL_S = 30.0
"""How long a server may say nothing."""

SLOWEST_BYTES_A_S = 5_000
"""A server that gives less on average is given up: byte by byte it could hold a user for days."""

MOST_REDIRECTS = 5

MOST_TRIES = 10
"""How often a connection may break in one go."""

CHUNK = 1 << 16


def download(file: VoiceFile, address: str, part: Path, progress: Progress | None = None) -> None:
    """Fetch ``file`` from ``address`` into ``part``, going on where an earlier call ended, and check it.

    Args:
        file: what is expected.
        address: its https address, or one of http where the user named the server.
        part: where it goes; left for the next call when the connection breaks, removed when it is wrong.
        progress: told what came.

    Raises:
        FetchError: when the server fails, redirects to where it must not, is too slow, or the file is another.
        OutputError: when the disk is full or fails.
    """
    opener = _opener()
    for _ in range(MOST_TRIES):
        before = _length(part)
        if before >= file.bytes:
            break
        try:
            _receive(opener, file, address, part=part, progress=progress)
            problem = "the connection ended early"
        except urllib.error.HTTPError as error:
            if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and before:
                _discard(part)
                continue
            said = " ".join(str(error.msg).split())[:200]
            raise FetchError(f"{address}: the server answered {error.code} {said}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            problem = _reason(error)
        # A connection that broke is tried again at once if it brought something: what comes next may be the rest.
        if _length(part) <= before:
            raise FetchError(f"{address}: {problem}; run this again to go on, or use --from")
    verify(file, part, address)


def copy(file: VoiceFile, original: Path, part: Path, progress: Progress | None = None) -> None:
    """Copy ``file`` from ``original`` into ``part`` and check it.

    Raises:
        RequestError: when ``original`` can't be read.
        FetchError: when it is another file.
        OutputError: when the disk is full or fails.
    """
    try:
        with open_plain(original) as source:
            _discard(part)
            _append(iter(lambda: source.read(CHUNK), b""), file, part, progress)
    except OSError as error:
        raise RequestError(f"{original}: can't be read ({(error.strerror or str(error)).lower()})") from error
    verify(file, part, str(original))


def verify(file: VoiceFile, part: Path, source: str) -> None:
    """Check length and SHA-256 of ``part``, and remove it when they are not those of ``file``.

    Raises:
        FetchError: naming ``source``.
    """
    if _length(part) != file.bytes or sha256_of(part) != file.sha256:
        _discard(part)
        raise FetchError(f"{source}: is not the file that is listed (its SHA-256 differs); nothing of it was kept")


def validator_of(part: Path) -> Path:
    """Return where the server's mark of the version in ``part`` is noted."""
    return part.with_suffix(".etag")


class _SecureRedirects(HTTPRedirectHandler):
    """Follows redirects between https addresses, a few of them, on any host: the hash says whether the file is right.

    Large files lie on other hosts than the page that names them. What must not happen is that a redirect leads to an
    address inside the user's network that answers without https, or to a file of the machine.
    """

    max_redirections = MOST_REDIRECTS

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        if not (req.full_url.startswith("https://") and newurl.startswith("https://")):
            raise FetchError(f"{req.full_url}: redirects to {newurl[:100]}, and only https to https is followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Https(AbstractHTTPHandler):
    """Reads the certificates that this machine trusts where an address needs them: a small file takes less time."""

    https_request = AbstractHTTPHandler.do_request_

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(http.client.HTTPSConnection, req, context=ssl.create_default_context())


def _opener() -> OpenerDirector:
    """Return what opens http and https, and nothing else: urllib's own would open files, FTP and data as well."""
    opener = OpenerDirector()
    opener.addheaders = [("User-Agent", "audioguide")]
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        _Https(),
        _SecureRedirects(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _receive(opener: OpenerDirector, file: VoiceFile, address: str, part: Path, progress: Progress | None) -> None:
    """Ask for what ``part`` lacks, and append what comes before the connection ends.

    Raises:
        FetchError: when what the server has can't be the file.
        OSError, HTTPException: when the connection breaks; ``part`` has what came before.
    """
    start = _length(part)
    # Packed content would have another length, and could be a hundred times as long unpacked.
    request = Request(address, headers={"Accept-Encoding": "identity"})
    if start:
        request.add_header("Range", f"bytes={start}-")
        # If-Range asks for the whole file where it has changed since (RFC 9110, section 13.1.5). Without an ETag from
        # the first time the hash alone notices.
        if validator_of(part).is_file():
            request.add_header("If-Range", validator_of(part).read_text("latin-1"))
    with opener.open(request, timeout=STALL_S) as response:
        if response.status == http.HTTPStatus.PARTIAL_CONTENT:
            told = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", ""))
            if told is None or int(told[1]) != start:
                _discard(part)
                raise FetchError(f"{address}: the server sent another part than it was asked for; run this again")
            length = told[2]
        else:
            # The whole file: the first time, from a server that can't give parts, or because it has changed.
            if start:
                _discard(part)
            length = response.headers.get("Content-Length", "*")
        if length not in ("*", str(file.bytes)):
            _discard(part)
            raise FetchError(f"{address}: has {length[:20]} bytes there, and {file.bytes} are listed")
        tag = response.headers.get("ETag", "")
        # A weak ETag doesn't promise the same bytes, and may not stand in If-Range.
        if tag.startswith('"'):
            validator_of(part).write_text(tag, "latin-1")
        else:
            validator_of(part).unlink(missing_ok=True)
        _append(_chunks(response, address, file.bytes), file, part, progress)


def _chunks(response: http.client.HTTPResponse, address: str, total: int) -> Iterator[bytes]:
    """Yield what comes, until it ends or takes longer than a slow but honest server would."""
    end_s = time.monotonic() + STALL_S + total / SLOWEST_BYTES_A_S
    # `read1` gives what is there: `read` would wait for a full chunk, and a break would lose what came of it.
    while chunk := response.read1(CHUNK):
        yield chunk
        if time.monotonic() > end_s:
            raise FetchError(f"{address}: the server is too slow; run this again to go on, or use --from")


def _append(chunks: Iterator[bytes], file: VoiceFile, part: Path, progress: Progress | None) -> None:
    """Append ``chunks`` to ``part``, up to the file's length."""
    room = file.bytes - _length(part)
    for chunk in chunks:
        room -= len(chunk)
        if room < 0:
            _discard(part)
            raise FetchError(f"{file.name}: more came than the {file.bytes} bytes that are listed; nothing was kept")
        try:
            # Closed after each chunk: a full disk may show only then, and a killed process loses nothing that came.
            with part.open("ab") as opened:
                opened.write(chunk)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                _discard(part)  # it would only keep the disk full
                raise OutputError(f"{part.parent}: the disk is full; free some space and run this again") from error
            reason = (error.strerror or str(error)).lower()
            raise OutputError(f"{part.parent}: can't be written ({reason}); check the folder and the disk") from error
        if progress is not None:
            progress(len(chunk))


def _discard(part: Path) -> None:
    part.unlink(missing_ok=True)
    validator_of(part).unlink(missing_ok=True)


def _length(part: Path) -> int:
    if part.is_fifo():
        _discard(part)  # writing into it would wait for a reader
    return part.stat().st_size if part.exists() else 0


def _reason(error: Exception) -> str:
    """Return why a connection failed, in a user's words where there are some."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "the server's certificate can't be checked (SSL_CERT_FILE may name your organisation's certificates)"
    if isinstance(cause, TimeoutError):
        return f"the server said nothing for {STALL_S:g} s"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return str(cause).lower() or type(cause).__name__
