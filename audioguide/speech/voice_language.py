"""Which voice speaks a text: one of its language, as another reads it by its own rules, hardly to be understood."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from audioguide.errors import RequestError
from audioguide.languages.registry import code_of
from audioguide.languages.spoken_form import speaking_of
from audioguide.model.text import listed
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.engine import SpeechEngine, Voice
from audioguide.speech.engines.voice_list import listed_voices

ANY_LANGUAGE = {"command", "fake"}
"""Engines whose voice is in whatever language the program speaks that a profile names; one hums for tests."""

ENGLISH_ONLY = {"hibari"}
"""Engines that would put a text of another language into English sounds, and its numbers into English words."""

_UNKNOWN = {"und", "mul", "mis", "zxx"}
"""Subtags that name no one language (BCP 47, 4.1, item 5)."""

_SHORT = {"eng": "en"}
"""ISO 639-2's code where a system gives it instead of the two letters that BCP 47 asks for."""


def speaks(engine: SpeechEngine, language: str) -> bool:
    """Return whether ``engine`` has a voice for a BCP 47 tag.

    Raises:
        SpeechError: when the engine can't run on this machine.
    """
    return engine.name in ANY_LANGUAGE or bool(_voices_for(engine, language))


def voice_for(engine: SpeechEngine, settings: VoiceSettings, language: str) -> VoiceSettings:
    """Return ``settings`` with engine and voice filled in: the voice that was asked for, else the best of the language.

    Args:
        engine: what speaks.
        settings: what a person asks for.
        language: of the text, a BCP 47 tag such as ``de``.

    Raises:
        RequestError: as `SpeechEngine.check` does, and where the engine can't speak the language; it says what can.
        SpeechError: when the engine can't run on this machine.
    """
    if engine.name in ANY_LANGUAGE:
        return engine.check(settings)
    if engine.name in ENGLISH_ONLY and primary(language) != "en":
        raise RequestError(
            f"the engine '{engine.name}' speaks English only, and the text is '{language}'; {_ways(language)}"
        )
    checked = engine.check(settings)
    if settings.voice:
        return checked
    usual = next((voice for voice in engine.voices() if voice.id == checked.voice), None)
    if usual is None or primary(usual.language) in {"", primary(language)}:
        return checked
    fitting = _voices_for(engine, language)
    if not fitting:
        raise RequestError(f"the engine '{engine.name}' has no voice for '{language}' here; {_ways(language)}")
    return engine.check(replace(settings, voice=_best(engine, fitting, language).id))


def tag_of(engine: SpeechEngine, settings: VoiceSettings) -> str:
    """Return the language of the voice in ``settings``, as its engine states it; empty where it states none.

    Raises:
        SpeechError: when the engine can't run on this machine.
    """
    voice = _voice_of(engine, settings)
    return "" if voice is None or engine.name in ANY_LANGUAGE or not primary(voice.language) else voice.language


def language_note(engine: SpeechEngine, settings: VoiceSettings, language: str) -> str | None:
    """Return a line about a voice of another language than the text's, with a voice for it; None where all is well.

    Args:
        engine: what speaks.
        settings: with the voice filled in, as `voice_for` returns them.
        language: of the text, a BCP 47 tag such as ``en``.

    Raises:
        SpeechError: when the engine can't run on this machine.
    """
    if engine.name in ANY_LANGUAGE:
        return None
    voice = _voice_of(engine, settings)
    if voice is None or primary(voice.language) in {"", primary(language)}:
        return None
    fitting = _voices_for(engine, language)
    better = f"--voice {_best(engine, fitting, language).id}" if fitting else "one that `audioguide voices list` names"
    return f"the voice '{voice.id}' speaks {voice.name} ({voice.language}), and the text is '{language}'; take {better}"


def primary(tag: str) -> str:
    """Return the language of a tag without its region: ``en`` of ``en-us``; empty where it names none."""
    first = re.split("[-_]", tag.strip().casefold())[0]
    return "" if first in _UNKNOWN or not re.fullmatch("[a-z]{2,3}", first) else _SHORT.get(first, first)


def _voice_of(engine: SpeechEngine, settings: VoiceSettings) -> Voice | None:
    wanted = settings.voice or ""
    by_id = {voice.id.casefold(): voice for voice in engine.voices()}
    # A variant after a plus sign is another timbre of the same language.
    return by_id.get(wanted.casefold()) or by_id.get(wanted.partition("+")[0].casefold())


def _voices_for(engine: SpeechEngine, language: str) -> list[Voice]:
    return [voice for voice in engine.voices() if primary(voice.language) == primary(language)]


def _best(engine: SpeechEngine, fitting: Sequence[Voice], language: str) -> Voice:
    """Return the best of the ``fitting`` voices of ``engine``, of which there is one at least."""
    wanted = language.casefold().replace("_", "-")
    ids = [engine.check(VoiceSettings()).voice or ""]
    names: tuple[str, ...] = ()
    if code_of(language) is not None:
        speaking = speaking_of(language)
        ids = [speaking.espeak_of_region.get(wanted, ""), *ids, speaking.espeak]
        names = speaking.system_voices
    tests: list[Callable[[Voice], bool]] = [
        *(lambda voice, id_=id_: voice.id.casefold() == id_.casefold() for id_ in ids),
        # Names of systems hold more: "Microsoft Katja - German (Germany)", "Anna (Premium)".
        *(
            lambda voice, name=name: re.search(rf"\b{re.escape(name)}\b", voice.name, re.IGNORECASE) is not None
            for name in names
        ),
        lambda voice: voice.language.casefold().replace("_", "-") == wanted,
    ]
    return next((voice for test in tests for voice in fitting if test(voice)), fitting[0])


def _ways(language: str) -> str:
    """Return how to come by a voice for ``language`` on this machine."""
    ways = ["take --engine espeak"] if hasattr(os, "fork") else []
    if natural := [voice.name for voice in listed_voices("piper", primary(language))]:
        ways.append(f"get one with `audioguide voices get {natural[0]}` and take --engine piper")
    if sys.platform != "linux":
        ways.append("add one in the settings of the system and take --engine pyttsx3")
    return listed(ways, "or")
