"""Islands: the stretches of a session that sound, cut out on the frame grid. `audio.render` encodes each distinct one
once and fills the silence between them.

A stretch is cut where the silence is long enough for an encoder to come to rest and another to start: an encoder's
sound reaches 1105 samples beyond its end, and it starts from rest two frames ahead of the first sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.info_frame import frames_needed
from audioguide.audio.mix import clip_of
from audioguide.model.kinds import BeepRole
from audioguide.model.timeline import Event, Timeline
from audioguide.model.units import SAMPLES_PER_FRAME, SAMPLES_PER_MS

LEAD_FRAMES = 2
"""Frames of silence ahead of the first sound."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A clip inside an island.

    Attributes:
        offset: its first sample, from the island's first.
        clip: the clip.
        length: how many of its samples are heard.
    """

    offset: int
    clip: Clip
    length: int


@dataclass(frozen=True, slots=True)
class Island:
    """A stretch that sounds.

    Attributes:
        first_frame: its first frame in the session.
        frames: how many frames carry it, until its last sound has faded from the decoder.
        sounds: what is heard in it, in order.
    """

    first_frame: int
    frames: int
    sounds: tuple[Sound, ...]

    def content(self) -> tuple[object, ...]:
        """Return what makes its bytes: equal contents encode to equal frames, wherever they stand."""
        return (self.frames, *((sound.offset, id(sound.clip), sound.length) for sound in self.sounds))

    def samples(self) -> Samples:
        """Return its sound, float32, shape (576 × frames,)."""
        mixed = np.zeros(self.frames * SAMPLES_PER_FRAME, np.float32)
        for sound in self.sounds:
            # The last frames carry only what an encoder's delay leaves over, so a clip always fits.
            mixed[sound.offset : sound.offset + sound.length] = sound.clip.samples[: sound.length]
        return mixed


def islands(timeline: Timeline, speech: Mapping[str, Clip], sounds: Mapping[BeepRole, Clip]) -> Iterator[Island]:
    """Yield the islands of ``timeline`` in order; together they hold all that sounds.

    Args:
        timeline: what is heard when.
        speech: the clip of each text, 24 kHz.
        sounds: the clip of each beep, 24 kHz.

    Raises:
        ValueError: when a clip is missing, at another rate, or longer than its event by more than a millisecond.
    """
    total_frames = frames_needed(timeline.duration_ms * SAMPLES_PER_MS)
    group: list[tuple[Event, Clip]] = []
    for event in timeline.sounds():
        if group and _first_frame(event) >= _end_frame(group[-1][0]):
            yield _island(group, total_frames)
            group = []
        group.append((event, clip_of(event, speech, sounds)))
    if group:
        yield _island(group, total_frames)


def _first_frame(event: Event) -> int:
    """Return the frame at which an encoder must start for this event."""
    return max(0, event.start_ms * SAMPLES_PER_MS // SAMPLES_PER_FRAME - LEAD_FRAMES)


def _end_frame(event: Event) -> int:
    """Return the frame at which nothing of this event is left in the decoder."""
    return frames_needed(event.end_ms * SAMPLES_PER_MS)


def _island(group: list[tuple[Event, Clip]], total_frames: int) -> Island:
    first = _first_frame(group[0][0])
    origin = first * SAMPLES_PER_FRAME
    sounds = tuple(
        Sound(
            offset=event.start_ms * SAMPLES_PER_MS - origin,
            clip=clip,
            length=min(clip.samples.size, event.duration_ms * SAMPLES_PER_MS),
        )
        for event, clip in group
    )
    return Island(first, min(_end_frame(group[-1][0]), total_frames) - first, sounds)
