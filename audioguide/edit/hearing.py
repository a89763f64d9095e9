"""Speaks a text of the protocol as its session would, through the real engine, for who wants to hear it at once."""

from __future__ import annotations

from threading import Lock
from typing import Any

from audioguide.audio.wav import wav_bytes
from audioguide.errors import RequestError
from audioguide.languages.registry import code_of
from audioguide.languages.spoken_form import speaking_of
from audioguide.library.translations import ORIGINAL
from audioguide.model.kinds import Side, Units
from audioguide.model.made_by import MADE_BY
from audioguide.model.protocol import Protocol
from audioguide.model.side_forms import filled
from audioguide.model.sound import SoundSettings
from audioguide.model.units_of_texts import UNITS_OF, text_in_units
from audioguide.model.voice import VoiceSettings
from audioguide.speech.open_voices import OpenVoices
from audioguide.speech.own_clips import read_own_clips
from audioguide.speech.text.clean import has_words
from audioguide.speech.voicing import Texts
from audioguide.storage.cache import Store


class Speaker:
    """A voice that stays open while a file is edited.

    Args:
        store: where clips are kept for the build of the session.
        engine: the engine's name; None for the usual one of the language.
        voice: the voice's id; None for the engine's usual one.
    """

    def __init__(self, store: Store, engine: str | None = None, voice: str | None = None) -> None:
        self._voices = OpenVoices(store)
        self._engine, self._voice = engine, voice
        # Engines speak one text at a time.
        self._turn = Lock()

    def say(self, words: str, protocol: Protocol | None, language: Any) -> bytes:
        """Return ``words`` of a file as a WAV; a side that they name is the left one.

        Args:
            words: the text as the file has it.
            protocol: the protocol, whose lexicon and recordings count; None while it has problems.
            language: what the file states as its language.

        Raises:
            RequestError: for a text without a word, or a voice that there isn't.
            SpeechError: when the engine fails.
        """
        if not has_words(words):
            raise RequestError("there is no word that could be said; write a sentence")
        tag = language if isinstance(language, str) and code_of(language) else ORIGINAL
        said = text_in_units(filled(words, Side.LEFT), UNITS_OF.get(tag, Units.METRIC))
        asked = VoiceSettings(self._engine, self._voice, speaking_of(tag).rate_wpm)
        own = {} if protocol is None else read_own_clips(protocol)
        with self._turn:
            voice = self._voices.voice(asked, None, tag)
            texts = Texts(tag, {} if protocol is None else protocol.lexicon, own)
            voicing = self._voices.voicing(voice, texts, loudness_lufs=SoundSettings().loudness_lufs)
            return wav_bytes(voicing.clips([said])[said], MADE_BY)

    def close(self) -> None:
        """End the engine."""
        with self._turn:
            self._voices.close()
