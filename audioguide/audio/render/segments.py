"""Segments: the stretches of a session that sound, cut out on the frame grid. All else is silence.

A stretch is cut where the silence is long enough for an encoder to come to rest and another to start: an encoder's
sound reaches 1105 samples beyond its end, and it starts from rest two frames ahead of the first sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.mp3.info_frame import frames_needed
from audioguide.audio.render.mix import PlacedClip
from audioguide.model.units import SAMPLES_PER_FRAME, SAMPLES_PER_MS

LEAD_FRAMES = 2
"""Frames of silence ahead of the first sound."""


class SegmentClip(Struct, frozen=True):
    """A clip inside a segment.

    Attributes:
        offset: its first sample, from the segment's first.
        clip: the clip.
        length: how many of its samples are heard.
    """

    offset: int
    clip: Clip
    length: int


class Segment(Struct, frozen=True):
    """A stretch of the session that sounds.

    Attributes:
        first_frame: its first frame in the session.
        frames: how many frames carry it, until its last sound has faded from the decoder.
        clips: what is heard in it, in order.
    """

    first_frame: int
    frames: int
    clips: tuple[SegmentClip, ...]

    def content(self) -> tuple[object, ...]:
        """Return what makes its bytes: equal contents encode to equal frames, wherever they stand."""
        # Clips by identity: each distinct text is spoken once, so that equal cues share one clip, and comparing the
        # samples of all of them would take longer than to encode a few twice.
        return (self.frames, *((placed.offset, id(placed.clip), placed.length) for placed in self.clips))

    def samples(self) -> Samples:
        """Return its sound, float32, shape (576 × frames,)."""
        mixed = np.zeros(self.frames * SAMPLES_PER_FRAME, np.float32)
        for placed in self.clips:
            # The last frames carry only what an encoder's delay leaves over, so a clip always fits.
            mixed[placed.offset : placed.offset + placed.length] += placed.clip.samples[: placed.length]
        return mixed


def segments(clips: Iterable[PlacedClip], duration_ms: int) -> Iterator[Segment]:
    """Yield the segments of a session in order; together they hold all that sounds.

    Args:
        clips: what is heard, 24 kHz, in order of start.
        duration_ms: length of the session.
    """
    total_frames = frames_needed(duration_ms * SAMPLES_PER_MS)
    group: list[PlacedClip] = []
    end_frame = 0
    for clip in clips:
        if group and _first_frame(clip) >= end_frame:
            yield _segment(group, min(end_frame, total_frames))
            group, end_frame = [], 0
        group.append(clip)
        # From this frame on nothing of the clip is left in the decoder.
        end_frame = max(end_frame, frames_needed(clip.end_ms * SAMPLES_PER_MS))
    if group:
        yield _segment(group, min(end_frame, total_frames))


def _first_frame(clip: PlacedClip) -> int:
    """Return the frame at which an encoder must start for this clip."""
    return max(0, clip.start_ms * SAMPLES_PER_MS // SAMPLES_PER_FRAME - LEAD_FRAMES)


def _segment(group: list[PlacedClip], end_frame: int) -> Segment:
    first = _first_frame(group[0])
    origin = first * SAMPLES_PER_FRAME
    clips = (SegmentClip(clip.start_ms * SAMPLES_PER_MS - origin, clip.clip, clip.size) for clip in group)
    return Segment(first, end_frame - first, tuple(clips))
