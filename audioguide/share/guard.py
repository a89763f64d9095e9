"""Keeps connections within bounds: how many there are, how many from one machine, and how long each may idle."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from typing import Any

import h11
from starlette.responses import PlainTextResponse
from uvicorn.protocols.http.h11_impl import H11Protocol

SERVED, SERVED_OF_ONE = 128, 48
"""Connections at once that are served, in all and from one address; a phone opens about six."""

OPEN, OPEN_OF_ONE = 256, 224
"""Connections at once that are kept open to be told of the limit; the rest is cut. One machine can't take them all."""

LARGEST_HEAD = 16 * 1024
"""Bytes of a request's line and headers."""

REQUEST_S = 10.0
"""Time that a whole request may take to arrive; without it a few bytes a minute keep a connection busy for ever."""

STALL_S = 300.0
"""Time in which some of an answer must be taken. Players stop reading while they have enough, and ask again later."""

_BETWEEN_REQUESTS = frozenset({h11.IDLE, h11.SEND_BODY})

busy = PlainTextResponse("Too many connections\n", 503, {"Connection": "close", "Retry-After": "5"})


class GuardedProtocol(H11Protocol):
    """One connection, which knows when its time is over."""

    is_served = True
    _turns = 0
    _stage: tuple[bool, int, int] | None = None
    _since_s = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Serve the connection, answer that there are too many, or cut it."""
        super().connection_made(transport)
        served = [each for each in self.connections if isinstance(each, GuardedProtocol) and each.is_served]
        if len(self.connections) > OPEN or self._from_same_host(self.connections) > OPEN_OF_ONE:
            transport.abort()
        elif len(served) > SERVED or self._from_same_host(served) > SERVED_OF_ONE:
            self.is_served = False
            self.app = busy

    def on_response_complete(self) -> None:
        """Count the answer as a step forward."""
        self._turns += 1
        super().on_response_complete()

    def resume_writing(self) -> None:
        """Count what the other side has taken as a step forward."""
        self._turns += 1
        super().resume_writing()

    def is_overdue(self, now_s: float) -> bool:
        """Return whether the connection has stood still for too long. To be asked about every second.

        It waits for a request only once the last answer has left: its end may be on its way for long.
        """
        unsent = self.transport.get_write_buffer_size()
        waits = self.conn.their_state in _BETWEEN_REQUESTS and not unsent
        stage = waits, self._turns, unsent
        if stage != self._stage:
            self._stage, self._since_s = stage, now_s
        return now_s - self._since_s > (REQUEST_S if waits else STALL_S)

    def _from_same_host(self, connections: Collection[Any]) -> int:
        """Return how many of ``connections`` come from the same machine as this one, itself included."""
        host = self.client and self.client[0]
        return sum((each.client and each.client[0]) == host for each in connections)


def cut_overdue(connections: Iterable[object], now_s: float) -> None:
    """Cut the connections that have stood still for too long."""
    for connection in list(connections):
        if isinstance(connection, GuardedProtocol) and connection.is_overdue(now_s):
            connection.transport.abort()
