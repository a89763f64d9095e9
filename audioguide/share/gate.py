"""Who gets in: requests with the secret token in their address and the right Host; all others get one same refusal."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

TOKEN_BYTES = 16
"""128 bits: nobody guesses it, however long the sharing lasts."""

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer. The address holds the token, so it must not travel on as a referrer or into a search engine."""

NO_STORE = "no-store"
"""For what is made anew each time, with a nonce that must not be used twice."""

# Nothing may be loaded, embedded or sent but what is allowed by name. A page's script and style are marked by a nonce,
# so that a title or name which slipped through the escaping still could not run as one.
_POLICY = "default-src 'none'; {allowed}base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Gate:
    """Lets in who knows the token.

    Args:
        token: the secret first part of every address.
        hosts: what the Host header may say; a page from elsewhere that has its own name lead here is refused.
    """

    def __init__(self, token: str, hosts: frozenset[str]) -> None:
        self._token, self._hosts = token.encode(), hosts

    def name_in(self, scope: Scope) -> bytes | None:
        """Return what a request asks for below the token, as it was sent; None for one that is to be refused."""
        # The path as it was sent: names are plain ASCII, so whatever is encoded is none of them, and nothing is decoded
        # that could lead elsewhere.
        token, slash, name = scope["raw_path"].removeprefix(b"/").partition(b"/")
        # In the same time for every wrong token, so that nobody can find it sign by sign.
        is_known = secrets.compare_digest(token, self._token)
        is_for_us = Request(scope).headers.get("host", "").lower() in self._hosts
        return bytes(name) if is_known and slash and is_for_us else None


def headers_with(cache: str, allowed: str = "") -> dict[str, str]:
    """Return the headers of an answer.

    Args:
        cache: its Cache-Control.
        allowed: what its page may load, as directives of a content security policy, each with ``; `` behind it.
    """
    return HEADERS | {"Content-Security-Policy": _POLICY.format(allowed=allowed), "Cache-Control": cache}


def refusal() -> Response:
    """Return the one answer to everything that isn't there, so that it tells nothing about what is."""
    # The connection is closed, so that what else was sent on it, such as the body of a POST, stays unread.
    headers = headers_with(NO_STORE) | {"Connection": "close"}
    return Response("Not found\n", 404, headers, media_type="text/plain")
