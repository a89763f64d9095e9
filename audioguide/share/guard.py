"""Keeps connections within bounds: how many there are, how many from one machine, and how long each may idle.

Uvicorn's own `limit_concurrency` counts all connections together, so that one machine could keep the others out, and it
has no limit for the time in which a request must arrive.
"""

from __future__ import annotations

from asyncio import Transport
from collections.abc import Collection, Iterable
from typing import Any

import h11
from starlette.responses import PlainTextResponse
from uvicorn.protocols.http.h11_impl import H11Protocol

from audioguide.share import server_limits as limits

# In SEND_BODY the rest of a request is still to come, answered already or not.
_BETWEEN_REQUESTS = frozenset({h11.IDLE, h11.SEND_BODY})

busy = PlainTextResponse("Too many connections\n", 503, {"Connection": "close", "Retry-After": "5"})


class GuardedProtocol(H11Protocol):
    """One connection, which knows when its time is over."""

    is_served = True
    _turns = 0
    _stage: tuple[bool, int, int] | None = None
    _since_s = 0.0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Serve the connection, answer that there are too many, or cut it."""
        super().connection_made(transport)
        served = [each for each in self.connections if isinstance(each, GuardedProtocol) and each.is_served]
        if len(self.connections) > limits.OPEN or self._from_same_host(self.connections) > limits.OPEN_OF_ONE:
            transport.abort()
        elif len(served) > limits.SERVED or self._from_same_host(served) > limits.SERVED_OF_ONE:
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
        """Return whether the connection has stood still for too long. To be asked about every second."""
        # It waits for a request only once the last answer has left: its end may be on its way for long.
        unsent = self.transport.get_write_buffer_size()
        waits = self.conn.their_state in _BETWEEN_REQUESTS and not unsent
        # Bytes that come in are no step forward, or a request sent drop by drop would never be overdue (Slowloris).
        stage = waits, self._turns, unsent
        if stage != self._stage:
            self._stage, self._since_s = stage, now_s
        return now_s - self._since_s > (limits.REQUEST_S if waits else limits.STALL_S)

    def _from_same_host(self, connections: Collection[Any]) -> int:
        """Return how many of ``connections`` come from the same machine as this one, itself included."""
        host = self.client and self.client[0]
        return sum((each.client and each.client[0]) == host for each in connections)


def cut_overdue(connections: Iterable[object], now_s: float) -> None:
    """Cut the connections that have stood still for too long."""
    for connection in list(connections):  # a copy, as a connection leaves the set when it is cut
        if isinstance(connection, GuardedProtocol) and connection.is_overdue(now_s):
            # Not closed: that would wait until the other side has taken what is still to be sent.
            connection.transport.abort()
