"""Lead tones: a soft tone ahead of sound after silence, as Bluetooth outputs asleep swallow the first syllable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.timeline import Chapter, Event, Timeline
from audioguide.model.units import FRAME_MS, snap_up_ms

SILENCE_MS = 5_000
"""After this much silence an output may have gone to sleep."""

LEAST_AHEAD_MS = 21 * FRAME_MS
"""From the onset of the tone to the sound: over 300 ms, which outputs need to wake."""

GAP_MS = 6 * FRAME_MS
"""Silence between the tone and the sound, so that a long tone never runs into a word."""


def ahead_ms(tone_ms: int) -> int:
    """Return how long before a sound its lead tone of this length begins."""
    return max(LEAST_AHEAD_MS, snap_up_ms(tone_ms + GAP_MS))


def with_lead_tones(timeline: Timeline, tone_ms: int) -> Timeline:
    """Return ``timeline`` with a lead tone of ``tone_ms`` before each sound that follows silence, and before the first.

    A countdown has none: its ticks wake the output themselves, ahead of the end beep that counts. Nothing that was
    placed moves. A chapter that would begin between a tone and its sound begins at the tone.
    """
    tones = tuple(_tones(timeline, tone_ms))
    order = {id(event): index for index, event in enumerate(timeline.events)}
    events = sorted((*timeline.events, *tones), key=lambda event: (event.start_ms, order.get(id(event), -1)))
    return replace(timeline, events=tuple(events), chapters=_chapters(timeline, tones, ahead_ms(tone_ms)))


def _tones(timeline: Timeline, tone_ms: int) -> Iterator[Event]:
    awake_until_ms = -SILENCE_MS
    for event in timeline.awake():
        asleep = event.start_ms - awake_until_ms >= SILENCE_MS
        if asleep and event.kind is not EventKind.BREATH and event.role is not BeepRole.COUNTDOWN:
            start_ms = event.start_ms - ahead_ms(tone_ms)
            yield Event(EventKind.BEEP, BeepRole.LEAD, start_ms, start_ms + tone_ms, event.place)
        awake_until_ms = max(awake_until_ms, event.end_ms)


def _chapters(timeline: Timeline, tones: tuple[Event, ...], lead_ms: int) -> tuple[Chapter, ...]:
    moved = {
        chapter.start_ms: tone.start_ms
        for chapter in timeline.chapters[1:]
        for tone in tones
        if tone.start_ms < chapter.start_ms < tone.start_ms + lead_ms
    }
    return tuple(
        replace(
            chapter,
            start_ms=moved.get(chapter.start_ms, chapter.start_ms),
            end_ms=moved.get(chapter.end_ms, chapter.end_ms),
        )
        for chapter in timeline.chapters
    )
