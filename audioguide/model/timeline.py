"""A timeline: every event at its absolute millisecond. `schedule` makes it; everything after only obeys it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec import Struct

from audioguide.model.kinds import BeepRole, BreathRole, EventKind, HoldRole, RestRole, SpeechRole
from audioguide.model.script import Place

Role = SpeechRole | BeepRole | HoldRole | RestRole | BreathRole | EventKind
SOUNDING = frozenset({EventKind.SPEECH, EventKind.BEEP})


class Event(Struct, frozen=True):
    """Something heard, or a stretch of time that the person spends.

    Attributes:
        kind: speech and beep sound; hold, rep and rest are stretches of time.
        role: what it is for; a rep has its kind as role, and so has a hold in a position.
        start_ms: when its sound or time begins in the decoded file.
        end_ms: when it ends; always later.
        place: the exercise, side, set and rep it belongs to.
        text: the words of a spoken cue, else None.
    """

    kind: EventKind
    role: Role
    start_ms: int
    end_ms: int
    place: Place = Place()
    text: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start_ms < self.end_ms:
            raise ValueError(f"{self.kind} '{self.role}' from {self.start_ms} to {self.end_ms} ms has no length")

    @property
    def duration_ms(self) -> int:
        """How long it lasts."""
        return self.end_ms - self.start_ms

    @property
    def sounds(self) -> bool:
        """Whether it is heard."""
        return self.kind in SOUNDING


_DIVIDER = re.compile("[ \u00a0\u202f]?[:–—] ")
"""What stands between a phase and a name in a chapter's title."""


class Chapter(Struct, frozen=True):
    """A stretch of the session with a title, to jump to.

    Attributes:
        start_ms: when it begins.
        end_ms: when it ends.
        title: what players show.
        phase: the phase that the title begins with; None for the start, the end, and sessions of one phase.
    """

    start_ms: int
    end_ms: int
    title: str
    phase: str | None = None

    @property
    def name(self) -> str:
        """The title without its phase; the whole title where it begins otherwise."""
        if self.phase is None or not self.title.startswith(self.phase):
            return self.title
        # Some languages have a space before the colon.
        divided = _DIVIDER.match(self.title, len(self.phase))
        return self.title[divided.end() :] if divided else self.title


# A dataclass, as pydantic reads it from the file of a plan.
@dataclass(frozen=True, slots=True)
class Dropped:
    """A cue that had no room, and why; or a rest that was made longer than asked.

    Attributes:
        text: the words of the cue, or what was not kept, such as ``a rest of 5 s``.
        exercise: the exercise it belongs to.
        why: the reason.
        count: how often.
        unheard: whether it is an instruction that is nowhere else in the session said.
        longer_ms: by how much a rest was made longer, each time together; 0 for a cue.
        tip: whether it is a tip that is nowhere said, on neither side.
    """

    text: str
    exercise: str | None
    why: str
    count: int = 1
    unheard: bool = False
    longer_ms: int = 0
    tip: bool = False


class Timeline(Struct, frozen=True):
    """The timed session.

    Attributes:
        events: in order of start.
        chapters: one after the other from 0 to the end, without gaps.
        dropped: what had no room.
        duration_ms: length of the whole session, a whole number of MP3 frames.

    Raises:
        ValueError: when events are out of order, sounds overlap, or something lies outside the session.
    """

    events: tuple[Event, ...]
    chapters: tuple[Chapter, ...]
    dropped: tuple[Dropped, ...]
    duration_ms: int

    def __post_init__(self) -> None:
        # Checked once, here: rendering and exports only obey the times, and don't look at them again.
        # In one walk, as each session is made of several timelines.
        before_ms = 0
        heard: Event | None = None
        for event in self.events:
            if event.start_ms < before_ms:
                raise ValueError(f"event at {event.start_ms} ms stands after one at {before_ms} ms")
            before_ms = event.start_ms
            if event.end_ms > self.duration_ms:
                raise ValueError(f"an event ends after the session's {self.duration_ms} ms")
            if event.sounds:
                # Two sounds at once can't be understood, and together they could clip.
                if heard is not None and event.start_ms < heard.end_ms:
                    raise ValueError(
                        f"{event.role} at {event.start_ms} ms overlaps {heard.role} until {heard.end_ms} ms"
                    )
                heard = event

    def sounds(self) -> tuple[Event, ...]:
        """The events that are heard, in order."""
        return tuple(event for event in self.events if event.sounds)

    def awake(self) -> tuple[Event, ...]:
        """What keeps an output awake, in order of start: cues, and the breath pacer's tone."""
        return tuple(event for event in self.events if event.sounds or event.kind is EventKind.BREATH)

    def of_kind(self, kind: EventKind) -> tuple[Event, ...]:
        """The events of one kind, in order."""
        return tuple(event for event in self.events if event.kind is kind)

    def events_in(self, chapter: Chapter) -> tuple[Event, ...]:
        """The events of one chapter. A rest belongs where it ends: it opens the chapter that it leads to."""

        def moment(event: Event) -> int:
            return event.end_ms - 1 if event.kind is EventKind.REST else event.start_ms

        return tuple(event for event in self.events if chapter.start_ms <= moment(event) < chapter.end_ms)

    def speech_share(self) -> float:
        """How much of the session is speech, from 0 to 1."""
        return sum(event.duration_ms for event in self.of_kind(EventKind.SPEECH)) / self.duration_ms

    def texts(self) -> tuple[str, ...]:
        """Each distinct text that is spoken, in order of first use."""
        return tuple(dict.fromkeys(event.text for event in self.events if event.text is not None))
