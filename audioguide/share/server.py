"""Runs the application on uvicorn until its time is over, quietly: what strangers send leaves no line and no path."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from audioguide.share.guard import GuardedProtocol, cut_overdue
from audioguide.share.server_limits import LARGEST_HEAD, LAST_S, TICK_S


def make_server(app: ASGIApp) -> uvicorn.Server:
    """Return a server for ``app``; nothing runs yet."""
    config = uvicorn.Config(
        app,
        http=GuardedProtocol,
        ws="none",  # the application answers plain requests only
        lifespan="off",
        interface="asgi3",
        # No line of a log may hold the token, which every address begins with.
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,  # strangers needn't know what to look up weaknesses for
        proxy_headers=False,  # no proxy is before it, so whoever sends X-Forwarded-For would be believed
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_graceful_shutdown=LAST_S,
    )
    return _Server(config)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `interrupts_stop`; uvicorn raises them again, and a second Ctrl-C breaks the event loop."""
        yield


def run(server: uvicorn.Server, listener: socket.socket, life_s: float | None) -> None:
    """Serve on ``listener`` for ``life_s`` seconds, without a number until stopped."""
    asyncio.run(_run(server, listener, life_s))


@contextmanager
def interrupts_stop(server: uvicorn.Server) -> Iterator[list[int]]:
    """Let Ctrl-C stop ``server`` in peace while the block runs, and give the list of those that came."""
    seen: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        seen.append(number)
        server.should_exit = True

    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a shell
        yield seen
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)


async def _run(server: uvicorn.Server, listener: socket.socket, life_s: float | None) -> None:
    # What asyncio would print, such as a traceback for a connection that broke off, is nothing that a user can fix.
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    watch = asyncio.create_task(_watch(server, None if life_s is None else time.monotonic() + life_s))
    try:
        await server.serve(sockets=[listener])
    finally:
        watch.cancel()
        # A download of an hour would go on for an hour: what is left after `LAST_S` is cut.
        for connection in list(server.server_state.connections):
            connection.transport.abort()


async def _watch(server: uvicorn.Server, end_s: float | None) -> None:
    # The monotonic clock: a laptop's time of day may be set while it shares.
    while end_s is None or time.monotonic() < end_s:
        await asyncio.sleep(TICK_S)
        cut_overdue(server.server_state.connections, time.monotonic())
    server.should_exit = True
