"""Every speech engine by name, and which one a machine uses. To add an engine: its file, and a row here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import util

from audioguide.errors import RequestError, SpeechError
from audioguide.model.voice import VoiceCommand, VoiceSettings
from audioguide.speech.engines.catalogue import similar_names
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.voice_language import primary, speaks


# Each imported when it is to speak, as a build has one; so a row costs nothing on a machine that lacks its libraries.
def _hibari() -> SpeechEngine:
    from audioguide.speech.engines.hibari_engine import HibariEngine
    from audioguide.speech.voice_files import installed

    return HibariEngine(installed)


def _espeak() -> SpeechEngine:
    from audioguide.speech.engines.espeak import EspeakEngine

    return EspeakEngine()


def _pyttsx3() -> SpeechEngine:
    from audioguide.speech.engines.pyttsx3_engine import Pyttsx3Engine

    return Pyttsx3Engine()


def _command(command: VoiceCommand | None = None) -> SpeechEngine:
    from audioguide.speech.engines.command_engine import CommandEngine

    return CommandEngine(command)


def _piper() -> SpeechEngine:
    from audioguide.speech.engines.piper_engine import PiperEngine
    from audioguide.speech.voice_files import installed

    return PiperEngine(installed)


def _fake() -> SpeechEngine:
    from audioguide.speech.engines.fake import FakeEngine

    return FakeEngine()


COMMAND = "command"

ENGINES: dict[str, Callable[[], SpeechEngine]] = {
    "hibari": _hibari,
    "espeak": _espeak,
    "pyttsx3": _pyttsx3,
    COMMAND: _command,
    "piper": _piper,
    "fake": _fake,
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
    if wanted == COMMAND:
        return _command(command)
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
