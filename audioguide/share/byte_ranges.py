"""Reads the Range header: which part of a file is asked for (RFC 9110, 14). One part at most is ever given.

By hand, and not starlette's FileResponse, as attacks show (tried with 1.10): it opens the path again after the file was
checked, so that another one put in its place is sent; it goes on when the file is overwritten under way; it gives up to
a hundred parts for one request; and its answers 400 and 416 lack the protecting headers.
"""

from __future__ import annotations

import re

from msgspec import Struct

_ONE_RANGE = re.compile(r"bytes=[ \t]*(\d{0,19})-(\d{0,19})[ \t]*", re.ASCII | re.IGNORECASE)
"""A single range. Several are answered with the whole file, as a server may (14.2): no request costs more."""


class ByteRange(Struct, frozen=True):
    """A stretch of a file, in bytes: where it begins, and how long it is."""

    start: int
    length: int


def requested_range(header: str | None, size: int) -> ByteRange | None:
    """Return the part of a file of ``size`` bytes that the Range ``header`` asks for, None for the whole file.

    A header that says nothing sensible counts as none (14.2).

    Raises:
        ValueError: when the part lies outside the file, which is answered with 416.
    """
    found = _ONE_RANGE.fullmatch(header or "")
    if found is None or found.group(1) == found.group(2) == "":
        return None
    first, last = found.groups()
    # Without a first byte the number counts from the end; more than there is means all of it (14.1.2).
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None  # no range at all (14.1.1), so the header is as good as absent
    if start >= size or start >= end:
        raise ValueError(f"nothing of {size} bytes lies in {header}")
    return ByteRange(start, end - start)
