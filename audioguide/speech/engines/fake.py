"""The engine `fake`: a hum as long as the text would take, at once and without a voice, for tests."""

from __future__ import annotations

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.model.units import SAMPLE_RATE_HZ
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.catalogue import Catalogue, tags_of
from audioguide.speech.engines.engine import Voice
from audioguide.speech.text.clean import speakable

LETTER_MS = 60
"""Length of a character at 150 words a minute, about what a real voice takes."""

PITCH_HZ = {"low": 110.0, "high": 220.0}
VOICES = (Voice("low", "Low hum", "en-us"), Voice("high", "High hum", "en-gb"))
CATALOGUE = Catalogue(version="1", voices=VOICES, default="low", tags=tags_of(VOICES))


class FakeEngine:
    """Hums. A clip is a function of its text's length, the voice and the rate."""

    name = "fake"
    loads_slowly = False
    takes_phonemes = False
    parallel = 1

    def version(self) -> str:
        """Return the version of the hum."""
        return CATALOGUE.version

    def voices(self) -> tuple[Voice, ...]:
        """Return the two hums."""
        return CATALOGUE.voices

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in.

        Raises:
            RequestError: for an unknown voice or a rate outside 80 to 300.
        """
        return CATALOGUE.check(settings, self.name)

    def pace_factor(self, voice: str) -> float:
        """Return 1: a hum keeps the rate."""
        return 1.0

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        """Return a hum at 24 kHz: 60 ms a character at 150 words a minute, in proportion at other rates.

        Raises:
            RequestError: as `check` does.
            SpeechError: when there is nothing to speak.
        """
        words = speakable(text)
        settings = self.check(settings)
        duration_ms = max(1, len(words) * LETTER_MS * 150 // settings.rate_wpm)
        seconds = np.arange(duration_ms * SAMPLE_RATE_HZ // 1000) / SAMPLE_RATE_HZ
        hum = 0.1 * np.sin(2 * np.pi * PITCH_HZ[settings.voice or CATALOGUE.default] * seconds)
        return Clip(hum.astype(np.float32))

    def close(self) -> None:
        """Do nothing: there is nothing to end."""
