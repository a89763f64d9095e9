"""Answers requests: pages, sound, covers and the feed, each under a secret token, and one same refusal for all else."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import formatdate
from functools import partial
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from audioguide.errors import RequestError
from audioguide.export.player.player_page import Entry, player_html, sessions_html
from audioguide.export.tags.cover import cover_png
from audioguide.share.byte_ranges import ByteRange, requested_range
from audioguide.share.feed import MEDIA_TYPE, feed_xml
from audioguide.share.gate import NO_STORE, TOKEN_BYTES, Gate, headers_with, refusal
from audioguide.share.recordings import FileState, Recording, is_unchanged, open_recording, renewed
from audioguide.share.server_limits import PIECE

_PAGE_ALLOWS = "media-src 'self'; img-src 'self' data:; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "

# Sound and covers may be cached by the phone, which asks whether they are still the same.
_ASK_AGAIN = "private, no-cache"

Answer = Callable[[Request], Response]


class Sharing:
    """The application (ASGI) that shares sessions.

    Args:
        recordings: the sessions; their names make the addresses, of which there are no others.
        token: the secret first part of every address.
        hosts: what the Host header may say; a page from elsewhere that has its own name lead here is refused.
        home: the address of the list, which those in the feed begin with.
    """

    def __init__(self, recordings: Sequence[Recording], token: str, hosts: frozenset[str], home: str) -> None:
        self._recordings = {recording.slug: recording for recording in recordings}
        self._gate, self._home = Gate(token, hosts), home
        self._covers: dict[str, tuple[FileState, bytes]] = {}
        self._answers: dict[bytes, Answer] = {b"": self._list, b"feed.xml": self._feed}
        for slug in self._recordings:
            self._answers[f"{slug}/".encode()] = partial(self._page, slug)
            self._answers[f"{slug}.mp3".encode()] = partial(self._sound, slug)
            self._answers[f"{slug}.png".encode()] = partial(self._cover, slug)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        # Names are looked up in a fixed table and never become part of a path of a file.
        name = self._gate.name_in(scope)
        response = refusal()
        if name in self._answers and request.method in ("GET", "HEAD"):
            with suppress(OSError, RequestError):  # the file has gone, or is no session any more
                # In a thread, as reading files and drawing a cover would hold up everyone else.
                response = await asyncio.to_thread(self._answers[name], request)
        await response(scope, receive, send)

    def _list(self, request: Request) -> Response:
        nonce = secrets.token_urlsafe(TOKEN_BYTES)
        entries = [
            Entry(each.plan, f"{each.slug}/", date.fromtimestamp(each.state.written_s), f"{each.slug}.mp3")
            for each in self._present()
        ]
        return _html_response(sessions_html(entries, nonce, f"{self._home}feed.xml"), nonce, request)

    def _page(self, slug: str, request: Request) -> Response:
        nonce = secrets.token_urlsafe(TOKEN_BYTES)
        recording = self._recording(slug)
        page = player_html(recording.plan, f"../{slug}.mp3", nonce, home="../", own_pictures=recording.pictures)
        return _html_response(page, nonce, request)

    def _cover(self, slug: str, request: Request) -> Response:
        recording = self._recording(slug)
        # Drawn once, as podcast apps ask for it with every look at the feed.
        if slug not in self._covers or self._covers[slug][0] != recording.state:
            self._covers[slug] = recording.state, cover_png(recording.plan)
        return Response(self._covers[slug][1], headers=headers_with(_ASK_AGAIN), media_type="image/png")

    def _feed(self, request: Request) -> Response:
        feed = feed_xml(self._present(), self._home, datetime.now(UTC))
        return Response(feed, headers=headers_with(NO_STORE) | {"Content-Type": MEDIA_TYPE})

    def _sound(self, slug: str, request: Request) -> Response:
        recording = self._recording(slug)
        return sound_response(open_recording(recording), recording, request)

    def _recording(self, slug: str) -> Recording:
        """Return the session called ``slug``, read anew if its file was built again meanwhile."""
        recording = self._recordings[slug] = renewed(self._recordings[slug])
        return recording

    def _present(self) -> list[Recording]:
        """Return the sessions whose files are still there."""
        present = []
        for slug in self._recordings:
            with suppress(RequestError):
                present.append(self._recording(slug))
        return present


def sound_response(file: BinaryIO, recording: Recording, request: Request) -> Response:
    """Return the sound in ``file``, which the response closes, or the part of it that ``request`` asks for."""
    size, written_s = recording.state.size, recording.state.written_s
    state = hashlib.sha256(repr(recording.state).encode()).hexdigest()[:32]
    headers = headers_with(_ASK_AGAIN) | {
        "Accept-Ranges": "bytes",
        "ETag": f'"{state}"',
        "Last-Modified": formatdate(written_s, usegmt=True),
    }
    # A part of a file that has changed since would be put together with parts of the old one (RFC 9110, 13.1.5). A weak
    # tag ("W/…") is not equal to ours, as it must not be.
    is_same = request.headers.get("if-range") in (None, headers["ETag"], headers["Last-Modified"])
    try:
        requested = requested_range(request.headers.get("range") if is_same else None, size)
    except ValueError:
        file.close()
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    part = requested or ByteRange(0, size)
    headers |= {"Content-Length": f"{part.length}"}
    if requested:
        headers |= {"Content-Range": f"bytes {part.start}-{part.start + part.length - 1}/{size}"}
    status = 206 if requested else 200
    if request.method == "HEAD":
        file.close()
        return Response(None, status, headers, media_type="audio/mpeg")
    return _SoundResponse(file, _pieces(file, recording, part), status, headers)


class _SoundResponse(StreamingResponse):
    """A response in pieces that closes its file in the end."""

    def __init__(self, file: BinaryIO, pieces: AsyncIterator[bytes], status: int, headers: dict[str, str]) -> None:
        super().__init__(pieces, status, headers, media_type="audio/mpeg")
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            # Not by the iterator of pieces: one that was never begun, as who asked has left, runs no clean-up.
            self._file.close()


async def _pieces(file: BinaryIO, recording: Recording, part: ByteRange) -> AsyncIterator[bytes]:
    """Yield ``part`` of ``file``. Once the file changes it ends too early, which cuts the connection."""
    # Cut, as the length has been promised: half of one session and half of another would play without a warning.
    file.seek(part.start)
    left = part.length
    while left > 0:
        piece = await asyncio.to_thread(file.read, min(PIECE, left))
        if not piece or not is_unchanged(file, recording):
            return
        left -= len(piece)
        yield piece


def _html_response(html: str, nonce: str, request: Request) -> Response:
    headers = headers_with(NO_STORE, _PAGE_ALLOWS.format(nonce=nonce)) | {"Vary": "Accept-Encoding"}
    body = html.encode(errors="replace")
    # A plan is mostly the same words and steps: a quarter of it is left. Only pages, and by hand: starlette's
    # GZipMiddleware packs also for who refuses it ("gzip;q=0"; RFC 9110, 12.5.3), and before its version 1.5 sound and
    # parts of it too. Who names a weight gets the page as it is, which is always right.
    codings = [coding.strip().lower() for coding in request.headers.get("accept-encoding", "").split(",")]
    if "gzip" in codings:
        body, headers = gzip.compress(body, mtime=0), headers | {"Content-Encoding": "gzip"}
    return Response(body, headers=headers, media_type="text/html")
