"""Collects what has a time already: events, chapters, what had no room, and the time that is reached."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from msgspec import Struct, field

from audioguide.model.kinds import BeepRole, BreathRole, EventKind, HoldRole, RestRole, SpeechRole
from audioguide.model.script import ChapterTitle, Line, Place
from audioguide.model.timeline import Chapter, Dropped, Event, Timeline
from audioguide.model.units import FRAME_MS, plain_number, snap_up_ms, to_seconds
from audioguide.schedule.tip_placing import TIP_SPACING_MS

LINE_GAP_MS = 17 * FRAME_MS
"""Silence between two spoken lines, about as long as a speaker's pause at a full stop."""

BEEP_GAP_MS = 6 * FRAME_MS
"""Silence between a beep and what follows it."""

CHAPTER_LEAD_MS = 10 * FRAME_MS
"""A chapter begins this long before its first word: players that seek into an MP3 lose a frame or two."""

TAIL_MS = 1_000
"""Silence behind the last sound, which players that fade or skip the end of a file would cut."""

ENCOURAGED_AFTER_CHECK_MS = 60_000
"""Praise just after the check for pain would be heard as praise for going on in pain."""

TIPS = frozenset({SpeechRole.COACHING, SpeechRole.MISTAKE})
"""What helps but need not be said; all else is said whenever there is room."""


class Placer(Struct):
    """A timeline in the making. Everything is placed at its final time; nothing moves afterwards.

    Attributes:
        speech_ms: length of each text when spoken.
        beep_ms: length of each beep.
        now_ms: where the next step begins.
        quiet_from_ms: end of the last sound; 0 before the first.
        owed_ms: by how much what follows one another without a break is longer than asked, as its ends stand on the
            frame grid; the next hold makes it good.
        at_once: whether the next effort begins where the one before ended, without a break.
        at_start: what the next hold says as it begins, as there was no break for it.
        told: the last words about each thing that the person may know by then.
        tips_from_ms: when the next tip may begin.
        encouraged_from_ms: when encouragement may begin.
        heard: the keys of the lines that were said, on whichever side.
        waiting: by its key, what is said once and found no room so far, with the reason.
        calmed: how many lines were said into long silence.
        events: what was placed, in any order.
        chapter_starts: when each chapter begins, and what it is called.
        dropped: what had no room, by text and exercise.
        instructions: which of it tells what to do.
        tips: which of it are tips, with their keys.
    """

    speech_ms: Mapping[str, int]
    beep_ms: Mapping[BeepRole, int]
    now_ms: int
    quiet_from_ms: int = 0
    owed_ms: int = 0
    tips_from_ms: int = 0
    encouraged_from_ms: int = 0
    heard: set[str] = field(default_factory=set)
    waiting: dict[str, tuple[Line, str]] = field(default_factory=dict)
    calmed: int = 0
    at_once: bool = False
    at_start: tuple[Line, ...] = ()
    told: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    chapter_starts: list[tuple[int, ChapterTitle]] = field(default_factory=list)
    dropped: dict[tuple[str, str | None], Dropped] = field(default_factory=dict)
    instructions: set[tuple[str, str | None]] = field(default_factory=set)
    tips: dict[tuple[str, str | None], str] = field(default_factory=dict)

    def next_sound_ms(self, gap_ms: int) -> int:
        """Return the first point of the grid at which a sound may begin, ``gap_ms`` after the last one."""
        after_ms = self.quiet_from_ms + gap_ms if self.quiet_from_ms else 0
        return snap_up_ms(max(self.now_ms, after_ms))

    def speak(self, line: Line, start_ms: int, text: str | None = None) -> int:
        """Place ``line``, or ``text`` as its wording, at ``start_ms``; return the end of the sound."""
        words = line.text if text is None else text
        end_ms = start_ms + self.speech_ms[words]
        self._sound(Event(EventKind.SPEECH, line.role, start_ms=start_ms, end_ms=end_ms, place=line.place, text=words))
        if line.role in TIPS:
            self.tips_from_ms = max(self.tips_from_ms, start_ms + TIP_SPACING_MS)
        if line.role is SpeechRole.CHECK:
            self.encouraged_from_ms = end_ms + ENCOURAGED_AFTER_CHECK_MS
        if line.about:
            self.told |= dict.fromkeys(line.about, line.text)
        if line.when is not None:
            self.heard.add(line.when.key)
        return end_ms

    def knows(self, line: Line) -> bool:
        """Return whether the person heard the same words last about what ``line`` tells; remember that they did."""
        if line.role is SpeechRole.STATION:
            # What a round has is said each time; it is the dose that was last heard of its exercises.
            return False
        if line.when is not None and line.when.once and line.when.key in self.heard:
            return True
        heard = next((self.told[about] for about in line.about if about in self.told), None)
        if heard == line.text:
            # Said of all in a circuit, it stays true of each when another's is said.
            self.told[line.about[0]] = line.text
        return heard == line.text

    def beep(self, role: BeepRole, start_ms: int, place: Place) -> int:
        """Place a beep at ``start_ms``; return the end of the sound."""
        end_ms = start_ms + self.beep_ms[role]
        self._sound(Event(EventKind.BEEP, role, start_ms=start_ms, end_ms=end_ms, place=place))
        return end_ms

    def span(
        self,
        kind: EventKind,
        start_ms: int,
        end_ms: int,
        place: Place,
        *,
        role: HoldRole | RestRole | BreathRole | None = None,
    ) -> None:
        """Place a stretch of time; one without length leaves no event. Without ``role`` its kind says what it is."""
        if end_ms > start_ms:
            self.events.append(Event(kind, role or kind, start_ms=start_ms, end_ms=end_ms, place=place))

    def chapter(self, called: ChapterTitle | None, first_sound_ms: int) -> None:
        """Begin a chapter a little before its first sound, yet after the sound before it; none without a title."""
        if called is not None:
            # The first one begins with the file: players show nothing for time that no chapter covers.
            start_ms = max(self.quiet_from_ms, first_sound_ms - CHAPTER_LEAD_MS) if self.chapter_starts else 0
            self.chapter_starts.append((start_ms, called))

    def end_without_beep(self, until_ms: int) -> None:
        """Take the beep that ends the effort before away where the next start beep comes too soon after it.

        Two sounds at once can't be told apart, and a start beep without a break ends what was before it as well.
        """
        last = self.events[-1] if self.events else None
        if last and last.role in (BeepRole.END, BeepRole.SET) and until_ms < last.end_ms + BEEP_GAP_MS:
            self.events.pop()
            self.quiet_from_ms = max((event.end_ms for event in self.events if event.sounds), default=0)

    def drop(self, text: str, place: Place, why: str, longer_ms: int = 0) -> None:
        """Note, once for each text and exercise, that a cue had no room, or a rest was made ``longer_ms`` longer."""
        noted = self.dropped.get((text, place.exercise), Dropped(text, place.exercise, why, count=0))
        self.dropped[text, place.exercise] = dataclasses.replace(
            noted, count=noted.count + 1, longer_ms=noted.longer_ms + longer_ms
        )

    def drop_line(self, line: Line, why: str) -> None:
        """Note that ``line`` had no room; of what is said once, only if it never has."""
        if line.when is not None and line.when.once:
            self.waiting.setdefault(line.when.key, (line, why))
            return
        self.drop(line.text, line.place, why)
        if line.when is not None:
            self.tips.setdefault((line.text, line.place.exercise), line.when.key)
        if line.instruction:
            self.instructions.add((line.text, line.place.exercise))

    def drops_as_too_soon(self, line: Line, at_ms: int) -> bool:
        """Drop a tip that would follow another too soon, or encouragement the check; return whether ``line`` was."""
        if line.role in TIPS and at_ms < self.tips_from_ms:
            spacing_ms, other = TIP_SPACING_MS, "of another tip"
        elif line.role is SpeechRole.ENCOURAGEMENT and at_ms < self.encouraged_from_ms:
            spacing_ms, other = ENCOURAGED_AFTER_CHECK_MS, "after the check for pain"
        else:
            return False
        self.drop_line(line, f"no room within {plain_number(to_seconds(spacing_ms))} s {other}")
        return True

    def timeline(self) -> Timeline:
        """Return what has been placed, in order, ending a little after the last sound on a whole frame."""
        duration_ms = snap_up_ms(max(self.now_ms, self.quiet_from_ms) + TAIL_MS)
        ends = [start for start, _ in self.chapter_starts[1:]] + [duration_ms]
        chapters = tuple(
            Chapter(start, end, called.title, called.phase)
            for (start, called), end in zip(self.chapter_starts, ends, strict=True)
        )
        # At one time, stretches of time come before the sounds in them.
        events = sorted(self.events, key=lambda event: (event.start_ms, event.sounds, event.end_ms))
        for key, (line, why) in self.waiting.items():
            if key not in self.heard and (line.text, line.place.exercise) not in self.dropped:
                self.drop(line.text, line.place, why)
        said = {(event.text, event.place.exercise) for event in events}
        # The words of a tip differ by side. Where it is heard on neither, its first words stand for it.
        unheard = {key: words for words, key in reversed(self.tips.items()) if key not in self.heard}
        dropped = tuple(
            dataclasses.replace(cue, unheard=key in self.instructions - said, tip=key in unheard.values())
            for key, cue in self.dropped.items()
        )
        return Timeline(tuple(events), chapters, dropped, duration_ms)

    def _sound(self, event: Event) -> None:
        self.events.append(event)
        self.quiet_from_ms = max(self.quiet_from_ms, event.end_ms)
