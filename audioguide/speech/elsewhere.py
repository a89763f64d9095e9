"""Speech that another process makes: a worker asks for what it lacks, and the session is begun again once it is there.

So each text of a table is spoken once, by one engine, however many workers there are; and a worker needs no voice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from audioguide.audio.clip import Clip, KeptClip
from audioguide.errors import SpeechError
from audioguide.model.progress import Progress
from audioguide.model.voice import VoiceCommand, VoiceSettings
from audioguide.speech.engines.engine import SpeechEngine, Voice
from audioguide.speech.kept_clips import OWN, SAMPLES_KIND, KeptClips
from audioguide.speech.open_voices import OpenVoice, OpenVoices
from audioguide.speech.voicing import Voicing
from audioguide.storage.cache import Store


class AskedVoice(Struct, frozen=True):
    """A voice as a person asks for it.

    Attributes:
        settings: what is asked for; what nobody states is left to the engine.
        command: the program of the person's own that speaks, if a kept profile names one.
        language: of the texts, a BCP 47 tag.
    """

    settings: VoiceSettings
    command: VoiceCommand | None
    language: str


class VoiceFacts(Struct, frozen=True):
    """What a worker knows of a voice that speaks in another process.

    Attributes:
        name: of the engine.
        version: what identifies the engine and its data.
        takes_phonemes: whether a text may hold words with phonemes.
        pace_factor: how long the voice takes by nature.
        settings: engine and voice filled in.
        notes: what a person should know of it, a line each.
    """

    name: str
    version: str
    takes_phonemes: bool
    pace_factor: float
    settings: VoiceSettings
    notes: tuple[str, ...]

    @classmethod
    def of(cls, voice: OpenVoice) -> VoiceFacts:
        """Return what is to be known of a voice that is open here.

        Raises:
            SpeechError: when its pace has to be measured first, and it can't speak.
        """
        engine = voice.engine
        return cls(
            engine.name,
            engine.version(),
            engine.takes_phonemes,
            pace_factor=engine.pace_factor(voice.settings.voice or ""),
            settings=voice.settings,
            notes=voice.notes,
        )


class UnspokenError(Exception):
    """Texts have to be spoken before the session can be made.

    Attributes:
        asked: the voice.
        loudness_lufs: loudness of every clip before the voice's volume.
        rate_wpm: words a minute.
        said: the texts, as they are said.
    """

    def __init__(self, asked: AskedVoice, loudness_lufs: float, rate_wpm: int, said: tuple[str, ...]) -> None:
        super().__init__(f"{len(said)} texts are not spoken yet")
        self.asked, self.loudness_lufs, self.rate_wpm, self.said = asked, loudness_lufs, rate_wpm, said


class EngineElsewhere:
    """Stands for an engine of another process: known, and silent."""

    loads_slowly = False
    parallel = 1

    def __init__(self, asked: AskedVoice, facts: VoiceFacts) -> None:
        self.asked, self._facts = asked, facts
        self.name = facts.name
        self.takes_phonemes = facts.takes_phonemes

    def version(self) -> str:
        """Return what identifies the engine and its data."""
        return self._facts.version

    def voices(self) -> tuple[Voice, ...]:
        """Return none: choosing happened where the engine is."""
        return ()

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return the settings with engine and voice filled in, as they were where the engine is."""
        return self._facts.settings

    def pace_factor(self, voice: str) -> float:
        """Return how long the voice takes by nature."""
        return self._facts.pace_factor

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Refuse: `AwaitingVoicing` asks for all texts at once.

        Raises:
            SpeechError: always.
        """
        raise SpeechError(f"'{text[:40]}' is spoken in another process")

    def close(self) -> None:
        """Do nothing."""


class AwaitingClips(KeptClips):
    """Clips of an engine in another process."""

    def _data(self, said: str, voice: VoiceSettings, name: str) -> bytes | None:
        # Read now: what comes with a request is there while it is answered, and the clip is remembered for the next.
        return self._store.get(SAMPLES_KIND, name)


class AwaitingVoicing(Voicing):
    """Has the texts of a session spoken in another process."""

    make_kept = AwaitingClips

    def _make(self, new: Sequence[str], voice: VoiceSettings, progress: Progress | None) -> list[KeptClip]:
        engine: SpeechEngine = self._engine
        assert isinstance(engine, EngineElsewhere)
        # A recording needs no engine.
        said = tuple(text for text in new if not text.startswith(OWN))
        if said:
            raise UnspokenError(engine.asked, self._kept.loudness_lufs, voice.rate_wpm, said)
        return super()._make(new, voice, progress)


class VoicesElsewhere(OpenVoices):
    """The voices of a worker, which another process opens.

    Attributes:
        facts: the voices that are open there.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store, make_voicing=AwaitingVoicing)
        self.facts: Mapping[AskedVoice, VoiceFacts] = {}

    def voice(self, asked: VoiceSettings, command: VoiceCommand | None, language: str) -> OpenVoice:
        """Return the voice that is asked for.

        Raises:
            KeyError: when nobody opened it.
        """
        wanted = AskedVoice(asked, command, language)
        facts = self.facts[wanted]
        return OpenVoice(EngineElsewhere(wanted, facts), facts.settings, facts.notes)
