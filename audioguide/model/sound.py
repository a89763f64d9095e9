"""How a session is to sound: loudness, the tone that wakes an output, music, the breath pacer. Levels are beside the
voice's, so that one setting of loudness moves all.
"""

from __future__ import annotations

import math
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

DEFAULT_LUFS = -16.0
"""Loudness of every spoken clip at full volume: what podcasts aim at for phones (AES TD1008, 4.2)."""

QUIETEST_LUFS, LOUDEST_LUFS = -31.0, -14.0
"""Below, a phone speaker can't be heard across a room; above, a limiter flattens the voice."""

SHORTEST_LEAD_MS, LONGEST_LEAD_MS = 50, 3_000
SHORTEST_BREATH_S, LONGEST_BREATH_S = 1.0, 20.0

TONE_NEAREST_DB, TONE_FARTHEST_DB = 6, 40
"""How far the lead tone and the breath pacer may lie below the voice."""

MUSIC_NEAREST_DB, MUSIC_FARTHEST_DB = 12.0, 30.0
"""Music nearer than 12 dB below the voice would mask words on a phone speaker."""

SPEECH_CLEAR_DB = 20.0
"""How far below speech a background lies for those who are hard of hearing (WCAG 2.2, success criterion 1.4.7)."""

DEEPEST_DUCK_DB = 30
"""How much further music may go down under words."""


class LeadTone(Struct, frozen=True):
    """The soft tone ahead of sound after silence.

    Attributes:
        below_db: how far its loudest 100 ms lie below the voice's loudness.
        length_ms: how long it lasts; None for the sound as it is.
    """

    # Bluetooth outputs sleep in silence and swallow the syllable that wakes them; this is too soft for a cue.
    below_db: float = 18.0
    length_ms: int | None = None


class Music(Struct, frozen=True):
    """Music below the voice.

    Attributes:
        pieces: the names of its files, in order; empty until they are looked for.
        below_db: how far its loudness lies below the voice's.
        duck_db: how much further it goes down while something is said or beeps.
    """

    pieces: tuple[str, ...]
    # With the ducking 24 dB below what is said.
    below_db: float = 16.0
    duck_db: float = 8.0

    @property
    def below_speech_db(self) -> float:
        """How far it lies below the voice while that speaks; the voice's own loudness moves both."""
        # Without the last bits of a sum of decimals, which would put 12.1 and 7.9 below 20.
        return round(self.below_db + self.duck_db, 6)


class Breath(Struct, frozen=True):
    """The tone that rises and falls as the person is to breathe.

    Attributes:
        in_ms: how long it rises.
        out_ms: how long it falls.
        below_db: how far its loudness lies below the voice's.
    """

    # Our suggestion: six breaths a minute, out longer than in.
    in_ms: int = 4_000
    out_ms: int = 6_000
    below_db: float = 12.0


class SoundSettings(Struct, frozen=True):
    """How a session sounds.

    Attributes:
        loudness_lufs: loudness of every spoken clip before the voice's volume.
        lead: the tone ahead of sound after silence; None for none.
        music: what plays below the voice; None for none.
        breath: the breath pacer; None for none.
        own_sounds: the beeps that are the user's own.
    """

    loudness_lufs: float = DEFAULT_LUFS
    lead: LeadTone | None = LeadTone()
    music: Music | None = None
    breath: Breath | None = None
    own_sounds: tuple[str, ...] = ()

    def played_from(self, pieces: tuple[str, ...], own_sounds: tuple[str, ...]) -> SoundSettings:
        """Return these settings with the names of the files that were found: of the music, and of the user's beeps."""
        return replace(self, music=self.music and replace(self.music, pieces=pieces), own_sounds=own_sounds)

    def voice_lufs(self, volume: float) -> float:
        """Return the loudness of the voice at this volume, a factor over 0 and up to 1."""
        # LUFS are decibels: a factor on amplitudes adds 20 times its logarithm.
        return self.loudness_lufs + 20 * math.log10(volume)

    def breath_lufs(self, volume: float) -> float | None:
        """Return the loudness of the breath pacer at its loudest, or None where there is none."""
        return None if self.breath is None else self.voice_lufs(volume) - self.breath.below_db


class SoundFiles(Struct, frozen=True):
    """Where the user's own sound lies. It stays on this machine: the plan names no paths.

    Attributes:
        music: a file or a folder, or None.
        beeps: a folder, or None.
    """

    music: Path | None = None
    beeps: Path | None = None
