"""Lead tones: a soft tone ahead of sound after silence, as Bluetooth outputs asleep swallow the first syllable."""

from __future__ import annotations

from msgspec.structs import replace

from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.timeline import Event, Timeline
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

    Nothing that was placed moves. A chapter that would begin between a tone and its sound begins at the tone.
    """
    lead_ms = ahead_ms(tone_ms)
    tones = []
    awake_until_ms = -SILENCE_MS
    for event in timeline.awake():
        asleep = event.start_ms - awake_until_ms >= SILENCE_MS
        # A countdown needs none: its ticks wake the output themselves, ahead of the end beep that counts. The breath
        # pacer's tone swells, so that nothing is lost where its beginning is.
        if asleep and event.kind is not EventKind.BREATH and event.role is not BeepRole.COUNTDOWN:
            start_ms = event.start_ms - lead_ms
            tone = Event(EventKind.BEEP, BeepRole.LEAD, start_ms=start_ms, end_ms=start_ms + tone_ms, place=event.place)
            tones.append(tone)
        awake_until_ms = max(awake_until_ms, event.end_ms)

    # Whoever jumps to a chapter must hear the tone, too. The first chapter begins with the file, ahead of any tone.
    moved_ms = {
        chapter.start_ms: tone.start_ms
        for chapter in timeline.chapters[1:]
        for tone in tones
        if tone.start_ms < chapter.start_ms < tone.start_ms + lead_ms
    }
    chapters = tuple(
        replace(
            chapter,
            start_ms=moved_ms.get(chapter.start_ms, chapter.start_ms),
            end_ms=moved_ms.get(chapter.end_ms, chapter.end_ms),
        )
        for chapter in timeline.chapters
    )
    # Sorting is stable: a tone that begins with a stretch of time comes before it, and the others keep their order.
    events = sorted((*tones, *timeline.events), key=lambda event: event.start_ms)
    return replace(timeline, events=tuple(events), chapters=chapters)
