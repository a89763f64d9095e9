"""How the voice is to speak: the settings that go to a speech engine and, with the text, name a clip."""

from __future__ import annotations

from msgspec import Struct

SLOWEST_WPM, FASTEST_WPM = 80, 300
"""Rates outside are not spoken as asked: engines clamp below about 80, and words blur above 300."""

# 150 to 200 are comfortable for synthetic speech, young and old (Sutton 1995); the least, for who moves meanwhile.
DEFAULT_WPM = 150


class VoiceSettings(Struct, frozen=True):
    """What a speech engine is asked for.

    Attributes:
        engine: name in the engines' registry; None takes the platform's default.
        voice: the engine's id of the voice; None takes the engine's default.
        rate_wpm: words a minute, 80 to 300.
        volume: factor on the loudness target, over 0 and up to 1; applied after loudness, never by the engine.
    """

    engine: str | None = None
    voice: str | None = None
    rate_wpm: int = DEFAULT_WPM
    volume: float = 1.0


class VoiceCommand(Struct, frozen=True):
    """A program of the user's own that speaks. No part of the voice's settings, which every plan tells.

    Attributes:
        arguments: the program and its arguments, with ``{text}``, ``{wav}`` and, if it can, ``{rate}`` to fill in.
        version: what its owner changes when it speaks otherwise than before.
    """

    arguments: tuple[str, ...]
    version: str
