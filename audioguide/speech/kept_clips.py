"""Clips as they are cached: found by how they are made, spoken where they are not.

Two entries hold a clip: a line with what every build asks of it, and its samples, which hardly any build asks for. The
samples are kept under what they are, so that they can't be another clip's than the line says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from audioguide.audio.clip import KeptClip, from_16_bits, in_16_bits, name_of
from audioguide.audio.cues.spoken import PREPARATION_VERSION, prepare
from audioguide.audio.level.fingerprint import FINGERPRINT_VERSION, fingerprint
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.own_clips import OWN_CLIP_VERSION, OwnClip
from audioguide.speech.text.clean import excerpt
from audioguide.storage.cache import Store, digest

OWN = "\0"
"""Stands before a text that is a recording; no file's text holds a control character."""

_KIND, SAMPLES_KIND = "clip", "samples"
"""What clips are cached as."""

_ENTRY_VERSION = 3
"""Raised by one whenever an entry is laid out otherwise."""


class KeptClips:
    """The clips of one engine, at one loudness.

    Args:
        engine: what speaks.
        store: where clips are cached for the next build.
        loudness_lufs: loudness of every clip before the voice's volume.
        own: the recordings that are heard instead of the voice, by their text.

    Attributes:
        loudness_lufs: see above.
        spoke: whether the engine had to speak.
    """

    def __init__(self, engine: SpeechEngine, store: Store, loudness_lufs: float, own: Mapping[str, OwnClip]) -> None:
        self._engine, self._store, self._own = engine, store, own
        self.loudness_lufs = loudness_lufs
        self.spoke = False

    def found(self, said: str, voice: VoiceSettings) -> KeptClip | None:
        """Return the clip of a text as it is said, or None where it has to be made."""
        line = self._store.get(_KIND, self.key(said, voice))
        if line is None:
            return None
        name, size, of_words = line.decode("ascii").split(" ")
        data = self._data(said, voice, name)
        return None if data is None else KeptClip(data, size=int(size), name=name, fingerprint=of_words)

    def made(self, said: str, voice: VoiceSettings) -> KeptClip:
        """Return the clip of a text as it is said, made now and cached.

        Raises:
            SpeechError: when it can't be spoken.
        """
        if said.startswith(OWN):
            # A recording is heard at the loudness of the voice.
            made = self._own[said.removeprefix(OWN)].clip
        else:
            self.spoke = True
            made = self._engine.synthesize(said, voice)
        # What is heard is what 16 bits hold of it too: whether there is a cache must not change a sample.
        data = in_16_bits(prepare(made, self.loudness_lufs, voice.volume).samples)
        samples = from_16_bits(data)
        clip = KeptClip(data, size=samples.size, name=name_of(samples), fingerprint=fingerprint(samples))
        for (kind, key), entry in self.entries(said, voice, clip).items():
            self._store.put(kind, key, entry)
        return clip

    def entries(self, said: str, voice: VoiceSettings, clip: KeptClip) -> dict[tuple[str, str], bytes]:
        """Return what the cache holds of the clip of a text, by kind and key.

        Raises:
            SpeechError: when the samples were lost from the cache, and can't be spoken again.
        """
        line = f"{clip.name} {clip.size} {clip.fingerprint}".encode("ascii")
        # The samples first: a line that leads nowhere is no use to a build beside this one.
        return {(SAMPLES_KIND, clip.name): clip.data, (_KIND, self.key(said, voice)): line}

    def key(self, said: str, voice: VoiceSettings) -> str:
        """Return what a clip is cached under: everything that decides its sound, so that no other is brought back."""
        versions = (PREPARATION_VERSION, FINGERPRINT_VERSION, _ENTRY_VERSION)
        if said.startswith(OWN):
            own = self._own[said.removeprefix(OWN)]
            return digest("own", own.digest, voice.volume, self.loudness_lufs, OWN_CLIP_VERSION, *versions)
        sounds_by = (self._engine.name, self._engine.version(), voice.voice, voice.rate_wpm, voice.volume)
        factor = self._engine.pace_factor(voice.voice or "")
        # Left out where there is none to allow for: such clips are as they were before paces were measured.
        pace = () if factor == 1 else (factor,)
        return digest(said, *sounds_by, *pace, self.loudness_lufs, *versions)

    def _data(self, said: str, voice: VoiceSettings, name: str) -> bytes | Callable[[], bytes] | None:
        """Return the samples of a clip that was found, or what reads them; None where they are lost."""
        return partial(self._read, said, voice, name) if self._store.has(SAMPLES_KIND, name) else None

    def _read(self, said: str, voice: VoiceSettings, name: str) -> bytes:
        """Return the samples of a clip that was found; they are made again where they are damaged, or were dropped."""
        data = self._store.get(SAMPLES_KIND, name)
        if data is None:
            clip = self.made(said, voice)
            # Times were taken from the clip that is lost. Where the same voice says the same otherwise, such as a
            # program of the user's own, this is the one build that can't be made of both.
            if clip.name != name:
                text = excerpt(said.removeprefix(OWN))
                raise SpeechError(
                    f"“{text}”: the cache lost its sound while the session was made, and the voice says it otherwise "
                    "now; run the command again"
                )
            data = clip.data
        return data
