"""Segments: the stretches of a session that sound, cut out on the frame grid. `audio.render.render` encodes each
distinct one once and fills the silence between them.

A stretch is cut where the silence is long enough for an encoder to come to rest and another to start: an encoder's
sound reaches 1105 samples beyond its end, and it starts from rest two frames ahead of the first sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.mp3.info_frame import frames_needed
from audioguide.audio.render.mix import Placed
from audioguide.model.units import SAMPLES_PER_FRAME, SAMPLES_PER_MS

LEAD_FRAMES = 2
"""Frames of silence ahead of the first sound."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A clip inside an segment.

    Attributes:
        offset: its first sample, from the segment's first.
        clip: the clip.
        length: how many of its samples are heard.
    """

    offset: int
    clip: Clip
    length: int


@dataclass(frozen=True, slots=True)
class Segment:
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
            mixed[sound.offset : sound.offset + sound.length] += sound.clip.samples[: sound.length]
        return mixed


def segments(sounds: Iterable[Placed], duration_ms: int) -> Iterator[Segment]:
    """Yield the segments of a session in order; together they hold all that sounds.

    Args:
        sounds: what is heard, 24 kHz, in order of start.
        duration_ms: length of the session.
    """
    total_frames = frames_needed(duration_ms * SAMPLES_PER_MS)
    group: list[Placed] = []
    end_frame = 0
    for sound in sounds:
        if group and _first_frame(sound) >= end_frame:
            yield _island(group, min(end_frame, total_frames))
            group, end_frame = [], 0
        group.append(sound)
        end_frame = max(end_frame, _end_frame(sound))
    if group:
        yield _island(group, min(end_frame, total_frames))


def _first_frame(sound: Placed) -> int:
    """Return the frame at which an encoder must start for this sound."""
    return max(0, sound.start_ms * SAMPLES_PER_MS // SAMPLES_PER_FRAME - LEAD_FRAMES)


def _end_frame(sound: Placed) -> int:
    """Return the frame at which nothing of this sound is left in the decoder."""
    return frames_needed(sound.end_ms * SAMPLES_PER_MS)


def _island(group: list[Placed], end_frame: int) -> Segment:
    first = _first_frame(group[0])
    origin = first * SAMPLES_PER_FRAME
    sounds = tuple(Sound(sound.start_ms * SAMPLES_PER_MS - origin, sound.clip, sound.samples.size) for sound in group)
    return Segment(first, end_frame - first, sounds)
