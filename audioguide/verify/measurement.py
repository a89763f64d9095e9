"""What the rows of a check are taken from: a plan beside what is heard of its file."""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import Struct, field

from audioguide.audio.clip import Clip
from audioguide.audio.level.loudness import LoudnessMeter
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter, Event
from audioguide.verify.recording import Match

# Breath tones fade, and the codec spreads them, so a cue this close to one is not told by its level.
_CLOSE_TO_A_BREATH_MS = 150


class Heard(Struct):
    """What is heard of a session.

    Attributes:
        matches: for each beep whose sound is known, where it was found.
        first_ms: when each beep and cue with nothing below it begins; NaN where nothing is heard.
        last_ms: when each such cue ends; NaN where nothing is heard.
        cues_lufs: how loud each cue is, and how loud without its last millisecond.
        likeness: how much each repeated cue is like the first of the same words.
        silences: the level (dBFS) of the loudest millisecond of each silence, and which it is.
        breaths_lufs: how loud breaths with nothing else near them are at their top.
        between_lufs: how loud it is in each short gap between cues, by the time at which it begins.
        words: by how many dB each cue deviates from its fingerprint, on average and where it does most, and when.
        speech: all cues, one after the other.
        music: all stretches in which only music plays.
        peak_dbtp: the true peak of the whole, over both channels.
    """

    matches: dict[Event, Match] = field(default_factory=dict)
    first_ms: dict[Event, float] = field(default_factory=dict)
    last_ms: dict[Event, float] = field(default_factory=dict)
    cues_lufs: dict[Event, tuple[float, float]] = field(default_factory=dict)
    likeness: dict[Event, float] = field(default_factory=dict)
    silences: dict[int, tuple[float, int]] = field(default_factory=dict)
    breaths_lufs: dict[Event, float] = field(default_factory=dict)
    between_lufs: dict[int, float] = field(default_factory=dict)
    words: dict[Event, tuple[float, float, int]] = field(default_factory=dict)
    speech: LoudnessMeter = field(default_factory=LoudnessMeter)
    music: LoudnessMeter = field(default_factory=LoudnessMeter)
    peak_dbtp: float = -math.inf


class Measurement(Struct, frozen=True):
    """A plan, and what was found in its file.

    Attributes:
        plan: what was meant.
        unaltered: whether the file's sound has the bytes that it was built with.
        chapters: those that players show.
        sounds: the beeps as they should sound.
        heard: what was heard; filled while a `Listener` listens.
    """

    plan: Plan
    unaltered: bool
    chapters: tuple[Chapter, ...]
    sounds: Mapping[BeepRole, Clip]
    heard: Heard = field(default_factory=lambda: Heard())

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
        return tuple(beep for beep in beeps if beep.role in self.sounds or self.is_alone(beep))
