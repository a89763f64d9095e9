"""Writes the page on which voices are compared: a sample of each, all inside the page."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from msgspec import Struct

from audioguide.export.page_templates import filled_page


class VoiceSample(Struct, frozen=True):
    """A voice on the page.

    Attributes:
        engine: its engine.
        voice: its id, as it is chosen.
        name: what people call it.
        language: its BCP 47 tag.
        licence: its terms, in a few words.
        words_a_minute: how fast it speaks here.
        mp3: the sample.
    """

    engine: str
    voice: str
    name: str
    language: str
    licence: str
    words_a_minute: int
    mp3: bytes

    @property
    def audio(self) -> str:
        """The sample as an address that holds it."""
        return f"data:audio/mpeg;base64,{base64.b64encode(self.mp3).decode('ascii')}"


def voices_html(text: str, samples: Sequence[VoiceSample], rate_wpm: int) -> str:
    """Return the page with ``samples`` of ``text``, for which ``rate_wpm`` words a minute were asked for."""
    return filled_page("audioguide.export.player", "voices.html.j2", text=text, samples=samples, rate_wpm=rate_wpm)
