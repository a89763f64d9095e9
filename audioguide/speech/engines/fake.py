"""The engine `fake`: a hum as long as the text would take, at once and without a voice, for tests."""

from __future__ import annotations

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.model.units import SAMPLE_RATE_HZ
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines import voices as naming
from audioguide.speech.engines.engine import Voice
from audioguide.speech.text.clean import speakable

LETTER_MS = 60
"""Length of a character at 150 words a minute, about what a real voice takes."""

PITCH_HZ = {"low": 110.0, "high": 220.0}
VOICES = (Voice("low", "Low hum", "en-us"), Voice("high", "High hum", "en-gb"))


class FakeEngine:
    """Hums. A clip is a function of its text's length, the voice and the rate."""

    name = "fake"
    parallel = 1

    def version(self) -> str:
        """Return the version of the hum."""
        return "1"

    def voices(self) -> tuple[Voice, ...]:
        """Return the two hums."""
        return VOICES

    def check(self, settings: VoiceSettings) -> VoiceSettings:
        """Return ``settings`` with engine and voice filled in.

        Raises:
            RequestError: for an unknown voice or a rate outside 80 to 300.
        """
        voice = naming.chosen(settings.voice or VOICES[0].id, VOICES, naming.tags_of(VOICES))
        return naming.settled(settings, self.name, voice)

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
        hum = 0.1 * np.sin(2 * np.pi * PITCH_HZ[settings.voice or VOICES[0].id] * seconds)
        return Clip(hum.astype(np.float32))

    def close(self) -> None:
        """Do nothing: there is nothing to end."""
