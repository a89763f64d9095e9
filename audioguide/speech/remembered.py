"""What is remembered of speech from session to session in one process: clips within a limit, and readings."""

from __future__ import annotations

from collections.abc import Mapping

from audioguide.audio.clip import KeptClip
from audioguide.speech.kept_readings import KeptReadings
from audioguide.storage.cache import Store, digest
from audioguide.storage.recently_used import RecentlyUsed

CLIPS_LIMIT_BYTES = 64_000_000
"""Clips that are remembered: 22 minutes of distinct speech, twice what a long session has."""


class RememberedSpeech:
    """Clips by their voice, text and rate, the least recently used forgotten first; readings by their lexicon.

    Args:
        limit_bytes: how much sound is remembered.
    """

    def __init__(self, limit_bytes: int = CLIPS_LIMIT_BYTES) -> None:
        # As if all were read: what is asked for stays.
        self._clips: RecentlyUsed[tuple[str, str, int], KeptClip] = RecentlyUsed(
            limit_bytes, lambda clip: 2 * clip.size
        )
        self._readings: dict[str, KeptReadings] = {}

    def clip(self, voice: str, said: str, rate_wpm: int) -> KeptClip | None:
        """Return the clip of a text as it is said, or None where it is not remembered."""
        return self._clips.get((voice, said, rate_wpm))

    def keep(self, voice: str, said: str, rate_wpm: int, clip: KeptClip) -> None:
        """Remember a clip."""
        self._clips.put((voice, said, rate_wpm), clip)

    def readings(self, lexicon: Mapping[str, str], store: Store, language: str, engine: str) -> KeptReadings:
        """Return what reads texts of a ``language`` with a lexicon for an ``engine``, kept in ``store``."""
        key = digest(language, engine, *(part for entry in sorted(lexicon.items()) for part in entry))
        if key not in self._readings:
            self._readings[key] = KeptReadings(lexicon, store, language, engine)
        return self._readings[key]
