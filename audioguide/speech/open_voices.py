"""Voices that stay open from session to session: each engine asked once what it is, each clip spoken once.

A single build opens its voice, speaks and closes. Many sessions in one process share one `OpenVoices`: its engines, the
clips they have spoken, within a limit, and how texts are read.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from audioguide.model.voice import VoiceCommand, VoiceSettings
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.registry import open_engine, usual_engine
from audioguide.speech.remembered import RememberedSpeech
from audioguide.speech.voice_language import language_note, voice_for
from audioguide.speech.voicing import Texts, Voicing
from audioguide.storage.cache import Store

MakeEngine = Callable[[str | None, str | None, VoiceCommand | None, str], SpeechEngine]
"""Returns the engine for a name, a voice, a command and a language, as `speech.registry.open_engine` does."""


class OpenVoice(Struct, frozen=True):
    """A voice that is ready to speak.

    Attributes:
        engine: what speaks; `OpenVoices` closes it.
        settings: what it is asked for, engine and voice filled in.
        notes: what a person should know of it, a line each.
    """

    engine: SpeechEngine
    settings: VoiceSettings
    notes: tuple[str, ...]


class OpenVoices:
    """The voices of one process.

    Args:
        store: where clips and readings are cached for the next build.
        make_engine: opens an engine.
        make_voicing: makes what speaks the texts of a session.
    """

    def __init__(
        self, store: Store, make_engine: MakeEngine = open_engine, make_voicing: type[Voicing] = Voicing
    ) -> None:
        self.store = store
        self._make_engine, self._make_voicing = make_engine, make_voicing
        self._engines: dict[tuple[str | None, str | None, VoiceCommand | None, str], SpeechEngine] = {}
        self._voices: dict[tuple[VoiceSettings, VoiceCommand | None, str], OpenVoice] = {}
        self._remembered = RememberedSpeech()

    def voice(self, asked: VoiceSettings, command: VoiceCommand | None, language: str) -> OpenVoice:
        """Return the voice that is asked for, opened if it isn't yet, for texts in ``language``, a BCP 47 tag.

        Raises:
            RequestError: for an unknown engine or voice, or a rate that it doesn't speak at.
            SpeechError: when it can't run on this machine.
        """
        key = asked, command, language
        if key not in self._voices:
            source = asked.engine, asked.voice, command, language
            if source not in self._engines:
                self._engines[source] = self._make_engine(*source)
            engine = self._engines[source]
            settings = voice_for(engine, asked, language)
            notes = []
            if (note := language_note(engine, settings, language)) is not None:
                notes.append(note)
            if asked.voice and not asked.engine and engine.name != usual_engine(language):
                one_of = f"the voice '{settings.voice}' is one of {engine.name}"
                notes.append(f"{one_of}, so that engine speaks; name it with the voice")
            self._voices[key] = OpenVoice(engine, settings, tuple(notes))
        return self._voices[key]

    def voicing(self, voice: OpenVoice, texts: Texts, *, loudness_lufs: float) -> Voicing:
        """Return what speaks the texts of one session.

        Args:
            voice: as `voice` returned it.
            texts: their language, how words are to be spoken, and the recordings that are heard instead of the voice.
            loudness_lufs: loudness of every clip before the voice's volume.
        """
        return self._make_voicing(
            voice.engine,
            voice.settings,
            texts,
            self.store,
            loudness_lufs=loudness_lufs,
            remembered=self._remembered,
        )

    def close(self) -> None:
        """End all engines. Closing twice is fine."""
        engines, self._engines = self._engines, {}
        self._voices = {}
        for engine in engines.values():
            engine.close()
