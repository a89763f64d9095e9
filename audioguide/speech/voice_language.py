"""Whether a voice speaks the language of a text: another one reads it by its own rules, hardly to be understood."""

from __future__ import annotations

import re
from dataclasses import replace

from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.engine import SpeechEngine

_UNKNOWN = {"und", "mul", "mis", "zxx"}
"""Subtags that name no one language (BCP 47, 4.1, item 5)."""

_SHORT = {"eng": "en"}
"""ISO 639-2's code where a system gives it instead of the two letters that BCP 47 asks for."""


def language_note(engine: SpeechEngine, settings: VoiceSettings, language: str) -> str | None:
    """Return a line about a voice of another language than the text's, with a voice for it; None where all is well.

    Args:
        engine: what speaks.
        settings: with the voice filled in, as `SpeechEngine.check` returns them.
        language: of the text, a BCP 47 tag such as ``en``.

    Raises:
        SpeechError: when the engine can't run on this machine.
    """
    wanted = settings.voice or ""
    by_id = {voice.id.casefold(): voice for voice in engine.voices()}
    # A variant after a plus sign is another timbre of the same language.
    voice = by_id.get(wanted.casefold()) or by_id.get(wanted.partition("+")[0].casefold())
    if voice is None or _primary(voice.language) in {"", _primary(language)}:
        return None
    usual = by_id.get((engine.check(replace(settings, voice=None)).voice or "").casefold())
    fitting = [
        one for one in (usual, *by_id.values()) if one is not None and _primary(one.language) == _primary(language)
    ]
    better = f"--voice {fitting[0].id}" if fitting else "one that `audioguide voices list` names"
    return f"the voice '{voice.id}' speaks {voice.name} ({voice.language}), and the text is '{language}'; take {better}"


def _primary(tag: str) -> str:
    """Return the language of a tag without its region: ``en`` of ``en-us``; empty where it names none."""
    first = re.split("[-_]", tag.strip().casefold())[0]
    return "" if first in _UNKNOWN or not re.fullmatch("[a-z]{2,3}", first) else _SHORT.get(first, first)
