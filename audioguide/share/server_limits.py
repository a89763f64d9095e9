"""What strangers may take of this machine while it shares: connections, bytes and seconds."""

from __future__ import annotations

# A phone opens about six connections, and several phones of a household may look like one machine behind a router.
SERVED, SERVED_OF_ONE = 128, 48
"""Connections at once that are served, in all and from one address."""

# To be told that there are too many takes a connection too, but only for a moment.
OPEN, OPEN_OF_ONE = 256, 224
"""Connections at once that are kept open to be told of the limit; the rest is cut. One machine can't take them all."""

WAITING = 128
"""Connections that the system holds until the program takes them."""

LARGEST_HEAD = 16 * 1024
"""Bytes of a request's line and headers; browsers send about one thousand."""

PIECE = 64 * 1024
"""Bytes of a file that are read at once, so that a slow listener costs no more memory than this."""

REQUEST_S = 10.0
"""Time that a whole request may take to arrive; without it a few bytes a minute keep a connection busy for ever."""

STALL_S = 300.0
"""Time in which some of an answer must be taken. Players stop reading while they have enough, and ask again later."""

TICK_S = 0.5
"""How often the limits of time are looked at."""

LAST_S = 1
"""Time that answers under way still have once the sharing ends; uvicorn takes whole seconds."""
