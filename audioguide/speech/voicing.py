"""The texts of a session as clips ready to mix: normalised for speech, spoken, at their loudness, and cached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from audioguide.audio.clip import KeptClip
from audioguide.audio.parallel import in_parallel
from audioguide.errors import SpeechError
from audioguide.languages.spoken_form import speaking_of
from audioguide.model.lexicon import Lexicon
from audioguide.model.progress import Progress
from audioguide.model.sound import DEFAULT_LUFS
from audioguide.model.voice import FASTEST_WPM, VoiceSettings
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.kept_clips import OWN, KeptClips
from audioguide.speech.kept_readings import KeptReadings
from audioguide.speech.own_clips import OwnClip
from audioguide.speech.remembered import RememberedSpeech
from audioguide.speech.text.expected import expected_ms
from audioguide.speech.text.pronunciation import entries_for
from audioguide.storage.cache import Store

HURRIED = (1.15, 1.3)
"""How much faster a word is said that is too long for its part of a rep; more would be heard as haste."""


class Texts(Struct, frozen=True, eq=False):
    """What is to be known of a session's texts to say them.

    Attributes:
        language: their BCP 47 tag.
        lexicon: how words are to be spoken, by engine where they differ; they come before the language's own.
        own: the recordings that are heard instead of the voice, by their text.
    """

    language: str = "en"
    lexicon: Lexicon = field(default_factory=lambda: MappingProxyType({}))
    own: Mapping[str, OwnClip] = field(default_factory=lambda: MappingProxyType({}))


class Voicing:
    """Speaks the texts of one session; remembers every clip it made.

    Attributes:
        make_kept: makes what finds clips in the cache, or makes them.

    Args:
        engine: what speaks.
        settings: voice and rate, checked by the engine.
        texts: their language, and what is said otherwise than it is written.
        store: where clips are cached for the next build.
        loudness_lufs: loudness of every clip before the voice's volume.
        remembered: clips and readings of earlier sessions, where this one's are left too.
    """

    make_kept = KeptClips

    def __init__(
        self,
        engine: SpeechEngine,
        settings: VoiceSettings,
        texts: Texts,
        store: Store,
        loudness_lufs: float = DEFAULT_LUFS,
        remembered: RememberedSpeech | None = None,
    ) -> None:
        self._engine, self._settings = engine, settings
        lexicon = entries_for(texts.lexicon, engine.name, takes_phonemes=engine.takes_phonemes)
        readings = KeptReadings if remembered is None else remembered.readings
        self._readings = readings(lexicon, store, texts.language, engine.name)
        self._letter_ms = speaking_of(texts.language).letter_ms
        self._own = texts.own
        self._kept = self.make_kept(engine, store, loudness_lufs, texts.own)
        self._clips: dict[tuple[str, int], KeptClip] = {}
        self._lengths_ms: dict[str, int] = {}
        self._shared = remembered
        self._shared_as = "" if remembered is None else self._kept.key("", settings)

    def clips(
        self, texts: Iterable[str], progress: Progress | None = None, within_ms: Mapping[str, int] | None = None
    ) -> dict[str, KeptClip]:
        """Return the clip of each text; texts that sound alike share one.

        Args:
            texts: what is said.
            progress: told how much is spoken.
            within_ms: how long texts may last; one that takes longer is said a little faster, if it then fits.

        Raises:
            SpeechError: when a text can't be spoken.
        """
        words = self._words(texts)
        clips = self._spoken(words, self._settings.rate_wpm, progress)
        limits = within_ms or {}
        # A recording is heard as it is.
        tight = {
            text: words[text]
            for text, ms in limits.items()
            if text in clips and text not in self._own and clips[text].duration_ms > ms
        }
        for faster in HURRIED:
            made = self._spoken(tight, min(FASTEST_WPM, round(self._settings.rate_wpm * faster)))
            clips |= {text: clip for text, clip in made.items() if clip.duration_ms <= limits[text]}
            tight = {text: said for text, said in tight.items() if clips[text].duration_ms > limits[text]}
        self._lengths_ms |= {text: clip.duration_ms for text, clip in clips.items()}
        return clips

    def expected_ms(self, texts: Iterable[str]) -> dict[str, int]:
        """Return how long each text takes: exactly where `clips` was asked for it, else by its letters and pauses.

        What the cache holds is not looked at: the same wishes must make the same session, whatever was built before.
        """
        lengths_ms = {}
        for text, said in self._words(texts).items():
            # A recording is as long as it is, whether or not it was asked for.
            known_ms = self._own[text].clip.duration_ms if text in self._own else self._lengths_ms.get(text)
            lengths_ms[text] = known_ms or expected_ms(said, self._settings.rate_wpm, self._letter_ms)
        return lengths_ms

    def entries(self, said: Iterable[str], rate_wpm: int) -> dict[tuple[str, str], bytes]:
        """Return the cache's entries of each text, given as it is said, by kind and key; what is new is spoken.

        Raises:
            SpeechError: when a text can't be spoken.
        """
        voice = replace(self._settings, rate_wpm=rate_wpm)
        clips = self._spoken({text: text for text in said}, rate_wpm)
        each = (self._kept.entries(text, voice, clip) for text, clip in clips.items())
        return {name: entry for entries in each for name, entry in entries.items()}

    def speak_ahead(self, texts: Iterable[str]) -> None:
        """Keep the clips of texts that a later build may need, where this one has loaded a voice that loads slowly.

        Raises:
            SpeechError: when a text can't be spoken.
        """
        if self._kept.spoke and self._engine.loads_slowly:
            self.clips(texts)

    def _spoken(self, words: Mapping[str, str], rate_wpm: int, progress: Progress | None = None) -> dict[str, KeptClip]:
        """Return the clip of each text, given as it is said, at a rate: remembered, from the cache or made for it."""
        voice = replace(self._settings, rate_wpm=rate_wpm)
        missing = [said for said in dict.fromkeys(words.values()) if (said, rate_wpm) not in self._clips]
        missing = [said for said in missing if not self._found_shared(said, rate_wpm)]
        new = []
        for said in missing:
            clip = self._kept.found(said, voice)
            if clip is None:
                new.append(said)
            else:
                self._keep(said, rate_wpm, clip)
        try:
            made = self._make(new, voice, progress)
        except SpeechError as error:
            error.text = next((text for text, said in words.items() if said == error.text), "")
            raise
        for said, clip in zip(new, made, strict=True):
            self._keep(said, rate_wpm, clip)
        return {text: self._clips[said, rate_wpm] for text, said in words.items()}

    def _found_shared(self, said: str, rate_wpm: int) -> bool:
        """Return whether an earlier session has left the clip of a text as it is said."""
        # A recording is one protocol's.
        if self._shared is None or said.startswith(OWN):
            return False
        clip = self._shared.clip(self._shared_as, said, rate_wpm)
        if clip is not None:
            self._clips[said, rate_wpm] = clip
        return clip is not None

    def _keep(self, said: str, rate_wpm: int, clip: KeptClip) -> None:
        self._clips[said, rate_wpm] = clip
        if self._shared is not None and not said.startswith(OWN):
            self._shared.keep(self._shared_as, said, rate_wpm, clip)

    def _make(self, new: Sequence[str], voice: VoiceSettings, progress: Progress | None) -> list[KeptClip]:
        """Return the clips of texts as they are said, in their order, made now."""
        # One more than the engine speaks at once, so that it has work while a clip is being levelled.
        at_once = self._engine.parallel + 1

        def make(said: str) -> KeptClip:
            try:
                return self._kept.made(said, voice)
            except SpeechError as error:
                error.text = said
                raise

        return in_parallel(new, make, at_once, progress) if new else []

    def _words(self, texts: Iterable[str]) -> dict[str, str]:
        """Return what is said for each text; of a recording its text, marked so that the voice's is another sound."""
        wanted = list(dict.fromkeys(texts))
        own = {text: f"{OWN}{text}" for text in wanted if text in self._own}
        return own | self._readings.of(text for text in wanted if text not in own)
