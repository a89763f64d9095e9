"""What the rows of a check are taken from: a plan beside what is heard of its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter, Event
from audioguide.verify.recording import Match, Recording

# Breath tones fade, and the codec spreads them, so a cue this close to one is not told by its level.
_CLOSE_TO_A_BREATH_MS = 150


@dataclass(frozen=True, slots=True)
class Measurement:
    """A plan, and what was found in its file.

    Attributes:
        plan: what was meant.
        unaltered: whether the file's sound has the bytes that it was built with.
        chapters: those that players show.
        recording: what is heard.
        peak_dbtp: the true peak of the whole, over both channels.
        sounds: the beeps as they should sound.
        matches: for each beep of the plan whose sound is known, where it was found.
    """

    plan: Plan
    unaltered: bool
    chapters: tuple[Chapter, ...]
    recording: Recording
    peak_dbtp: float
    sounds: Mapping[BeepRole, Clip]
    matches: Mapping[Event, Match]

    @property
    def voice_lufs(self) -> float:
        """How loud the voice is to be, its volume counted in."""
        return self.plan.sound.voice_lufs(self.plan.voice.volume)

    def is_alone(self, event: Event) -> bool:
        """Whether nothing sounds below an event, so that its first and last sound can be told by their level."""
        return self.plan.sound.music is None and not any(
            breath.start_ms < event.end_ms + _CLOSE_TO_A_BREATH_MS
            and event.start_ms < breath.end_ms + _CLOSE_TO_A_BREATH_MS
            for breath in self.breaths()
        )

    def breaths(self) -> tuple[Event, ...]:
        """Return the breaths that a tone paces, in order."""
        return self.plan.timeline.of_kind(EventKind.BREATH)

    def cues_alone(self) -> tuple[Event, ...]:
        """Return the spoken cues below which nothing sounds."""
        return tuple(cue for cue in self.plan.timeline.of_kind(EventKind.SPEECH) if self.is_alone(cue))

    def known_beeps(self) -> tuple[Event, ...]:
        """Return the beeps that can be told: by their sound, or, alone, by their level."""
        beeps = self.plan.timeline.of_kind(EventKind.BEEP)
        return tuple(beep for beep in beeps if beep in self.matches or self.is_alone(beep))

    def gap_before_ms(self, event: Event) -> int:
        """Return how long the planned silence before a sounding event lasts."""
        ends = [other.end_ms for other in self.plan.timeline.sounds() if other.end_ms <= event.start_ms]
        return event.start_ms - max(ends, default=0)

    def loudness_lufs(self, *stretches: tuple[int, int]) -> float:
        """Return the loudness of stretches (ms to ms), one after the other; minus infinity for silence."""
        cut = [self.recording.cut(start_ms, end_ms).samples for start_ms, end_ms in stretches]
        return loudness_lufs(Clip(np.concatenate(cut)))
