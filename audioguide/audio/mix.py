"""The whole session as samples: every sounding event of the timeline at its place. `audio.render` encodes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.timeline import Event, Timeline
from audioguide.model.units import SAMPLE_RATE_HZ, SAMPLES_PER_MS, clock


def mix(timeline: Timeline, speech: Mapping[str, Clip], sounds: Mapping[BeepRole, Clip]) -> Samples:
    """Return the session, float32, shape (24 × duration in ms,), 24 kHz: each clip from its event's start on.

    Events that sound never overlap, so nothing is added up and nothing can clip.

    Args:
        timeline: what is heard when.
        speech: the clip of each text, 24 kHz.
        sounds: the clip of each beep, 24 kHz.

    Raises:
        ValueError: when a clip is missing, at another rate, or longer than its event by more than a millisecond.
    """
    session = np.zeros(timeline.duration_ms * SAMPLES_PER_MS, np.float32)
    for event in timeline.sounds():
        start = event.start_ms * SAMPLES_PER_MS
        samples = clip_of(event, speech, sounds).samples
        length = min(samples.size, event.duration_ms * SAMPLES_PER_MS)
        session[start : start + length] = samples[:length]
    return session


def clip_of(event: Event, speech: Mapping[str, Clip], sounds: Mapping[BeepRole, Clip]) -> Clip:
    """Return the clip that sounds at ``event``.

    Raises:
        ValueError: when it is missing, at another rate, or longer than its event by more than a millisecond.
    """
    clip = speech.get(event.text or "") if event.kind is EventKind.SPEECH else sounds.get(BeepRole(event.role))
    what = f"the {event.kind} '{event.text or event.role}' at {clock(event.start_ms)}"
    if clip is None:
        raise ValueError(f"there is no clip for {what}")
    if clip.rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"the clip for {what} is at {clip.rate_hz} Hz, not {SAMPLE_RATE_HZ}")
    if clip.duration_ms > event.duration_ms + 1:
        raise ValueError(f"the clip for {what} lasts {clip.duration_ms} ms, its event {event.duration_ms} ms")
    return clip
