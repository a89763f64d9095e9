"""The same words by every voice there is, to choose one by ear."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from audioguide.audio.clip import Clip
from audioguide.audio.cues.spoken import prepare
from audioguide.errors import SpeechError
from audioguide.languages.spoken_form import lexicon_of, reading_of
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.voice_list import licence_of
from audioguide.speech.registry import ENGINES, open_engine
from audioguide.speech.text.normalise import spoken
from audioguide.speech.text.pronunciation import entries_for

MOST_SAMPLES = 40
"""Nobody listens to more, and espeak has over a hundred voices."""


WITHOUT_VOICES = {"command", "fake"}
"""Engines that have no voice of their own to be heard: one runs what a profile names, one hums for tests."""


class Sample(Struct, frozen=True):
    """A text as one voice speaks it.

    Attributes:
        engine: the voice's engine.
        voice: the voice.
        licence: its terms, in a few words.
        clip: the sound at 24 kHz and −16 LUFS.
        words_a_minute: how fast it came out, which is not quite what was asked for.
    """

    engine: str
    voice: Voice
    licence: str
    clip: Clip
    words_a_minute: int


def engines_to_compare() -> tuple[str, ...]:
    """Return the engines whose voices differ on this platform; not all of them need to be installed."""
    # On Linux pyttsx3 speaks with espeak's voices, so that each would come twice.
    same = {"pyttsx3"} if sys.platform == "linux" else set()
    return tuple(name for name in ENGINES if name not in same | WITHOUT_VOICES)


def samples(
    text: str, engines: Sequence[str], language: str, rate_wpm: int, skipped: Callable[[str], None]
) -> Iterator[Sample]:
    """Yield ``text`` by every voice of ``engines`` whose language begins with ``language``, at most `MOST_SAMPLES`.

    Args:
        text: what is spoken, with at least one word.
        engines: names as in `speech.registry`.
        language: beginning of a BCP 47 tag, such as ``en``; empty for all, and for a text read as English.
        rate_wpm: words a minute that are asked for.
        skipped: told in one line which engine or voice could not speak and why, or that there are more voices.

    Raises:
        RequestError: for an unknown engine, or a rate that voices don't keep.
    """
    room = MOST_SAMPLES
    reading = reading_of(language) if language else None
    for name in engines:
        engine = open_engine(name)
        try:
            respelt = entries_for(lexicon_of(language), name, takes_phonemes=False)
            voices = [one for one in engine.voices() if one.language.casefold().startswith(language.casefold())]
            if len(voices) > room:
                skipped(f"{len(voices) - room} more voices of {name} are left out; choose some with --language")
            for voice in voices[:room]:
                room -= 1
                try:
                    settings = engine.check(VoiceSettings(name, voice.id, rate_wpm))
                    clip = prepare(engine.synthesize(spoken(text, {}, reading, respelt), settings))
                    words_a_minute = round(len(text.split()) * 60_000 / clip.duration_ms)
                    yield Sample(name, voice, licence_of(name, voice.id), clip=clip, words_a_minute=words_a_minute)
                except SpeechError as problem:
                    skipped(f"{name} {voice.id}: {problem}")
        except SpeechError as problem:
            skipped(f"{name}: {problem}")  # not installed here; the others can be heard all the same
        finally:
            engine.close()
