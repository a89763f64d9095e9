"""Lead tones: a soft tone ahead of speech after silence, as Bluetooth outputs asleep swallow the first syllable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.timeline import Chapter, Event, Timeline
from audioguide.model.units import FRAME_MS

SILENCE_MS = 5_000
"""After this much silence an output may have gone to sleep."""

AHEAD_MS = 21 * FRAME_MS
"""From the onset of the tone to the speech: over 300 ms, which outputs need to wake."""


def with_lead_tones(timeline: Timeline, tone_ms: int) -> Timeline:
    """Return ``timeline`` with a lead tone of ``tone_ms`` before each cue that follows silence, and before the first.

    Nothing that was placed moves. A chapter that would begin between a tone and its speech begins at the tone.
    """
    tones = tuple(_tones(timeline, tone_ms))
    order = {id(event): index for index, event in enumerate(timeline.events)}
    events = sorted((*timeline.events, *tones), key=lambda event: (event.start_ms, order.get(id(event), -1)))
    return replace(timeline, events=tuple(events), chapters=_chapters(timeline, tones))


def _tones(timeline: Timeline, tone_ms: int) -> Iterator[Event]:
    quiet_from_ms = -SILENCE_MS
    for event in timeline.sounds():
        if event.kind is EventKind.SPEECH and event.start_ms - quiet_from_ms >= SILENCE_MS:
            start_ms = event.start_ms - AHEAD_MS
            yield Event(EventKind.BEEP, BeepRole.LEAD, start_ms, start_ms + tone_ms, event.place)
        quiet_from_ms = event.end_ms


def _chapters(timeline: Timeline, tones: tuple[Event, ...]) -> tuple[Chapter, ...]:
    moved = {
        chapter.start_ms: tone.start_ms
        for chapter in timeline.chapters[1:]
        for tone in tones
        if tone.start_ms < chapter.start_ms < tone.start_ms + AHEAD_MS
    }
    return tuple(
        replace(
            chapter,
            start_ms=moved.get(chapter.start_ms, chapter.start_ms),
            end_ms=moved.get(chapter.end_ms, chapter.end_ms),
        )
        for chapter in timeline.chapters
    )
