"""The texts of a session as clips ready to mix: normalised for speech, spoken, at their loudness, and kept for later.

Stands between `speech`, `audio` and the cache; `pipeline` calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.audio.cues.spoken import PREPARING, prepare
from audioguide.audio.parallel import in_parallel
from audioguide.model.progress import Progress
from audioguide.model.sound import DEFAULT_LUFS
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.text.normalise import spoken
from audioguide.storage.cache import Store, digest

_KIND = "clip"
_FULL_SCALE = 32767


class Voicing:
    """Speaks the texts of one session; remembers every clip it made.

    Args:
        engine: what speaks.
        settings: voice and rate, checked by the engine.
        lexicon: how words are to be spoken.
        store: where clips are kept for the next build.
        loudness_lufs: loudness of every clip before the voice's volume.
    """

    def __init__(
        self,
        engine: SpeechEngine,
        settings: VoiceSettings,
        lexicon: Mapping[str, str],
        store: Store,
        loudness_lufs: float = DEFAULT_LUFS,
    ) -> None:
        self._engine, self._settings, self._lexicon, self._store = engine, settings, lexicon, store
        self._loudness_lufs = loudness_lufs
        self._clips: dict[str, Clip] = {}
        self._said: dict[str, str] = {}

    def clips(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the clip of each text; texts that sound alike share one.

        Raises:
            SpeechError: when a text can't be spoken.
        """
        words = {text: self._said.get(text) or spoken(text, self._lexicon) for text in texts}
        self._said |= words
        missing = [said for said in dict.fromkeys(words.values()) if said not in self._clips]
        # One more than the engine speaks at once, so that it has work while a clip is being levelled.
        made = in_parallel(missing, self._clip, self._engine.parallel + 1, progress)
        self._clips |= zip(missing, made, strict=True)
        return {text: self._clips[said] for text, said in words.items()}

    def _clip(self, said: str) -> Clip:
        key = digest(said, *self._name)
        kept = self._store.get(_KIND, key)
        if kept:
            return Clip(np.frombuffer(kept, "<i2").astype(np.float32) / np.float32(_FULL_SCALE))
        spoken_clip = self._engine.synthesize(said, self._settings)
        made = prepare(spoken_clip, self._loudness_lufs, self._settings.volume)
        samples = np.rint(made.samples * np.float32(_FULL_SCALE)).astype("<i2")
        self._store.put(_KIND, key, samples.tobytes())
        # As it would come from the store, so that keeping clips changes nothing.
        return Clip(samples.astype(np.float32) / np.float32(_FULL_SCALE))

    @cached_property
    def _name(self) -> tuple[str | int | float | None, ...]:
        """What, with the words, decides the sound of a clip."""
        voice = self._settings
        engine = (self._engine.name, self._engine.version(), voice.voice, voice.rate_wpm)
        return (*engine, voice.volume, self._loudness_lufs, PREPARING)
