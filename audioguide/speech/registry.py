"""Every speech engine by name, and which one a machine uses. To add an engine: its file, and a row here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from audioguide.errors import RequestError
from audioguide.speech.engines.catalogue import similar_names
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.engines.espeak import EspeakEngine
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.engines.piper_engine import PiperEngine
from audioguide.speech.engines.pyttsx3_engine import Pyttsx3Engine
from audioguide.speech.voice_files import installed

# Engines import their libraries when they are first used, so a row costs nothing on a machine that lacks one.
ENGINES: dict[str, Callable[[], SpeechEngine]] = {
    "espeak": EspeakEngine,
    "pyttsx3": Pyttsx3Engine,
    "piper": partial(PiperEngine, installed),
    "fake": FakeEngine,
}
"""Name of an engine to what makes it."""

DEFAULTS = {"linux": "espeak", "darwin": "pyttsx3", "win32": "pyttsx3"}
"""Platform to engine: macOS and Windows have better voices of their own."""


def default_engine() -> str:
    """Return the name of this platform's engine."""
    return DEFAULTS.get(sys.platform, "espeak")


def open_engine(name: str | None) -> SpeechEngine:
    """Return a new engine; the caller closes it.

    Args:
        name: as in `ENGINES`; None takes the platform's own.

    Raises:
        RequestError: when there is no such engine.
    """
    wanted = name or default_engine()
    make = ENGINES.get(wanted)
    if make is None:
        similar = similar_names(wanted.casefold(), ENGINES)
        hint = f"did you mean {' or '.join(similar)}?" if similar else f"there are {', '.join(ENGINES)}"
        raise RequestError(f"there is no voice engine '{wanted}'; {hint}")
    return make()
