"""Writes a text of a calendar file as RFC 5545, 3.3.11 has it.

By hand, as icalendar 7.3 (`icalendar.parser._escape_char`) takes a backslash and an N in a text for a line break, which
they are only once it is escaped: it writes and reads a title "\\N" as an empty line.
"""

from __future__ import annotations

import re

from icalendar import vText

_ESCAPES = {"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r\n": r"\n", "\r": r"\n"}


class EscapedText(vText):
    """A text that is read back as it was, but for the kind of its line breaks."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        """Return the text in UTF-8, with what has a meaning in the format escaped."""
        return re.sub(r"\r\n|[\\;,\r\n]", lambda found: _ESCAPES[found[0]], self).encode()
