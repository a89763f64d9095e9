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
from audioguide.share.byte_ranges import ByteRange, part_asked
from audioguide.share.feed import MEDIA_TYPE, feed_xml
from audioguide.share.recordings import Mark, Recording, is_unchanged, open_recording, renewed

TOKEN_BYTES = 16
"""128 bits: nobody guesses it, however long the sharing lasts."""

PIECE = 64 * 1024
"""Bytes that are read at once."""

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer. The address holds the token, so it must not travel on as a referrer or into a search engine."""

_POLICY = "default-src 'none'; {allowed}base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGE_ALLOWS = "media-src 'self'; img-src 'self' data:; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
_KEEP_NOTHING, _ASK_AGAIN = "no-store", "private, no-cache"

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
        self._token, self._hosts, self._home = token.encode(), hosts, home
        self._covers: dict[str, tuple[Mark, bytes]] = {}
        self._answers: dict[bytes, Answer] = {b"": self._list, b"feed.xml": self._feed}
        for slug in self._recordings:
            self._answers[f"{slug}/".encode()] = partial(self._page, slug)
            self._answers[f"{slug}.mp3".encode()] = partial(self._sound, slug)
            self._answers[f"{slug}.png".encode()] = partial(self._cover, slug)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        answer = self._answer_to(request)
        response = refusal() if answer is None else await asyncio.to_thread(_or_refusal, answer, request)
        await response(scope, receive, send)

    def _answer_to(self, request: Request) -> Answer | None:
        """Return what answers ``request``, None for what is refused.

        The path is taken as it was sent: names are plain ASCII, so whatever is encoded is none of them.
        """
        token, slash, name = request.scope["raw_path"].removeprefix(b"/").partition(b"/")
        known = secrets.compare_digest(token, self._token)
        ours = request.headers.get("host", "").lower() in self._hosts
        if not (known and slash and ours and request.method in ("GET", "HEAD")):
            return None
        return self._answers.get(name)

    def _list(self, request: Request) -> Response:
        nonce = secrets.token_urlsafe(TOKEN_BYTES)
        listed = sessions_html([_listed(each) for each in self._present()], nonce, f"{self._home}feed.xml")
        return _page(listed, nonce, request)

    def _page(self, slug: str, request: Request) -> Response:
        nonce = secrets.token_urlsafe(TOKEN_BYTES)
        return _page(player_html(self._recording(slug).plan, f"../{slug}.mp3", nonce, "../"), nonce, request)

    def _cover(self, slug: str, request: Request) -> Response:
        recording = self._recording(slug)
        if slug not in self._covers or self._covers[slug][0] != recording.mark:
            self._covers[slug] = recording.mark, cover_png(recording.plan)
        return Response(self._covers[slug][1], headers=_headers(_ASK_AGAIN), media_type="image/png")

    def _feed(self, request: Request) -> Response:
        feed = feed_xml(self._present(), self._home, datetime.now(UTC))
        return Response(feed, headers=_headers(_KEEP_NOTHING) | {"Content-Type": MEDIA_TYPE})

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


def refusal() -> Response:
    """Return the one answer to everything that isn't shared, so that it tells nothing about what is.

    The connection is closed: what else was sent on it stays unread.
    """
    headers = _headers(_KEEP_NOTHING) | {"Connection": "close"}
    return Response("Not found\n", 404, headers, media_type="text/plain")


def sound_response(file: BinaryIO, recording: Recording, request: Request) -> Response:
    """Return the sound in ``file``, which the response closes, or the part of it that ``request`` asks for."""
    size, headers = recording.mark.size, _sound_headers(recording)
    unless_newer = request.headers.get("if-range") in (None, headers["ETag"], headers["Last-Modified"])
    try:
        asked = part_asked(request.headers.get("range") if unless_newer else None, size)
    except ValueError:
        file.close()
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    part = asked or ByteRange(0, size)
    headers |= {"Content-Length": f"{part.length}"}
    if asked:
        headers |= {"Content-Range": f"bytes {part.start}-{part.start + part.length - 1}/{size}"}
    status = 206 if asked else 200
    if request.method == "HEAD":
        file.close()
        return Response(None, status, headers, media_type="audio/mpeg")
    return _SoundResponse(file, _pieces(file, recording, part), status, headers)


def _sound_headers(recording: Recording) -> dict[str, str]:
    state = hashlib.sha256(repr(recording.mark).encode()).hexdigest()[:32]
    written = formatdate(recording.mark.written_s, usegmt=True)
    return _headers(_ASK_AGAIN) | {"Accept-Ranges": "bytes", "ETag": f'"{state}"', "Last-Modified": written}


class _SoundResponse(StreamingResponse):
    """A response in pieces that closes its file in the end, also when nobody has asked for the first piece."""

    def __init__(self, file: BinaryIO, pieces: AsyncIterator[bytes], status: int, headers: dict[str, str]) -> None:
        super().__init__(pieces, status, headers, media_type="audio/mpeg")
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


async def _pieces(file: BinaryIO, recording: Recording, part: ByteRange) -> AsyncIterator[bytes]:
    """Yield ``part`` of ``file``. Once the file changes it ends too early, which cuts the connection."""
    file.seek(part.start)
    left = part.length
    while left > 0:
        piece = await asyncio.to_thread(file.read, min(PIECE, left))
        if not piece or not is_unchanged(file, recording):
            return
        left -= len(piece)
        yield piece


def _listed(recording: Recording) -> Entry:
    made = date.fromtimestamp(recording.mark.written_s)
    return Entry(recording.plan, f"{recording.slug}/", made, f"{recording.slug}.mp3")


def _or_refusal(answer: Answer, request: Request) -> Response:
    try:
        return answer(request)
    except (OSError, RequestError):  # the file has gone, or is no session any more
        return refusal()


def _page(html: str, nonce: str, request: Request) -> Response:
    policy = _POLICY.format(allowed=_PAGE_ALLOWS.format(nonce=nonce))
    headers = _headers(_KEEP_NOTHING) | {"Content-Security-Policy": policy, "Vary": "Accept-Encoding"}
    body = html.encode(errors="replace")
    if _takes_gzip(request):
        # A plan is mostly the same words and steps: a quarter of it is left.
        body, headers = gzip.compress(body, mtime=0), headers | {"Content-Encoding": "gzip"}
    return Response(body, headers=headers, media_type="text/html")


def _takes_gzip(request: Request) -> bool:
    """Return whether gzip is among the encodings that a browser names; one that refuses it by weight says nothing."""
    codings = [coding.strip().lower() for coding in request.headers.get("accept-encoding", "").split(",")]
    return "gzip" in codings


def _headers(keep: str) -> dict[str, str]:
    return HEADERS | {"Content-Security-Policy": _POLICY.format(allowed=""), "Cache-Control": keep}
