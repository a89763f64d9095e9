"""Draws an address as a QR code out of half blocks, for a phone's camera to read from the terminal."""

from __future__ import annotations

import io

BLOCKS = "▀▄█"
"""The signs it is drawn with, besides the space."""

_WHITE_ON_BLACK = "\033[38;5;231;48;5;16m"
_RESET = "\033[0m"


def qr_lines(text: str) -> tuple[str, ...]:
    """Return the QR code of ``text``: light where a block stands, so it is for light letters on a dark ground."""
    import segno

    drawn = io.StringIO()
    # Many cameras read no Micro QR code. Compact draws two rows in a line of text: half as high, and square.
    segno.make(text, micro=False).terminal(drawn, compact=True)
    return tuple(drawn.getvalue().splitlines())


def coloured(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``lines`` in white on black whatever the terminal's colours; many cameras read no inverted code."""
    return tuple(f"{_WHITE_ON_BLACK}{line}{_RESET}" for line in lines)
