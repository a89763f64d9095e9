"""Every speech engine by name, and which one a machine uses. To add an engine: its file, and a row here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import util

from audioguide.errors import RequestError, SpeechError
from audioguide.model.voice import VoiceCommand, VoiceSettings
from audioguide.speech.engines.catalogue import similar_names
from audioguide.speech.engines.command_engine import CommandEngine
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.engines.espeak import EspeakEngine
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.engines.hibari_engine import HibariEngine
from audioguide.speech.engines.piper_engine import PiperEngine
from audioguide.speech.engines.pyttsx3_engine import Pyttsx3Engine
from audioguide.speech.voice_files import installed
from audioguide.speech.voice_language import primary, speaks

# Engines import their libraries when they are first used, so a row costs nothing on a machine that lacks one.
ENGINES: dict[str, Callable[[], SpeechEngine]] = {
    "hibari": partial(HibariEngine, installed),
    "espeak": EspeakEngine,
    "pyttsx3": Pyttsx3Engine,
    "command": CommandEngine,
    "piper": partial(PiperEngine, installed),
    "fake": FakeEngine,
}
"""Name of an engine to what makes it."""

NATURAL = "hibari"
"""The engine for English where its packages are installed: of those tried the one that is understood best."""

NATURAL_NEEDS = ("hibari", "onnxruntime")
"""The modules that say whether the natural voice is installed. Platforms without wheels lack the second."""

DEFAULTS = {"linux": "espeak", "darwin": "pyttsx3", "win32": "pyttsx3"}
"""Platform to the engine elsewhere: macOS and Windows have better voices of their own than espeak's."""


def default_engine() -> str:
    """Return the name of the engine that speaks when nobody names one."""
    # Looked for, not loaded: what is installed and broken is an error that names the fix, never another voice.
    if all(util.find_spec(module) for module in NATURAL_NEEDS):
        return NATURAL
    return DEFAULTS.get(sys.platform, "espeak")


def open_engine(
    name: str | None, voice: str | None = None, command: VoiceCommand | None = None, language: str = "en"
) -> SpeechEngine:
    """Return a new engine; the caller closes it.

    Args:
        name: as in `ENGINES`; None takes the default, or the one that has ``voice``.
        voice: what the user calls the voice, if they name one.
        command: the program of the user's own that the engine `command` runs, if a profile names one.
        language: the BCP 47 tag of what is to be spoken; where neither is named, the best engine that speaks it.

    Raises:
        RequestError: when there is no such engine.
    """
    wanted = name or (_engine_of(voice, language) if voice else usual_engine(language))
    if wanted == CommandEngine.name:
        return CommandEngine(command)
    make = ENGINES.get(wanted)
    if make is None:
        similar = similar_names(wanted.casefold(), ENGINES)
        hint = f"did you mean {' or '.join(similar)}?" if similar else f"there are {', '.join(ENGINES)}"
        raise RequestError(f"there is no voice engine '{wanted}'; {hint}")
    return make()


def usual_engine(language: str) -> str:
    """Return the best engine here that speaks ``language``; the platform's own where none does, which will say so."""
    if primary(language) == "en":
        return default_engine()
    own = DEFAULTS.get(sys.platform, "espeak")
    # A voice of Piper is there because somebody wanted it, and is the only natural one.
    for name in ("piper", own, "espeak"):
        engine = ENGINES[name]()
        try:
            if speaks(engine, language):
                return name
        except SpeechError:
            continue  # it isn't installed, or can't run here
        finally:
            engine.close()
    return own


def _engine_of(voice: str, language: str) -> str:
    """Return the usual engine or, where it lacks ``voice`` and another one of this machine has it, that one.

    A profile may name a voice only, and be older than what is the default now.
    """
    usual = usual_engine(language)
    for name in (usual, *DEFAULTS.values()):
        engine = ENGINES[name]()
        try:
            engine.check(VoiceSettings(voice=voice))
        except (RequestError, SpeechError):
            continue  # it has no such voice, or can't run here
        finally:
            engine.close()
        return name
    return usual
