"""Every sound of a session at its time: cues from their events, breath tones below them; and all of them added up."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.cues.breath_tone import breath_clip, breath_runs
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.timeline import Timeline
from audioguide.model.units import SAMPLE_RATE_HZ, SAMPLES_PER_MS, clock


class PlacedClip(Struct, frozen=True):
    """A clip at its time in the session.

    Attributes:
        start_ms: when it begins.
        end_ms: when its event ends.
        clip: what is heard; never longer than its event by more than a millisecond.
    """

    start_ms: int
    end_ms: int
    clip: Clip

    @property
    def size(self) -> int:
        """How many samples of the clip are heard."""
        # An event lasts whole milliseconds; the fraction of one that a clip lasts longer has faded out by then.
        return min(self.clip.size, (self.end_ms - self.start_ms) * self.clip.rate_hz // 1000)

    @property
    def samples(self) -> Samples:
        """What is heard of the clip."""
        return self.clip.samples[: self.size]


def placed_clips(
    timeline: Timeline,
    speech: Mapping[str, Clip],
    sounds: Mapping[BeepRole, Clip],
    breath_lufs: float | None = None,
) -> list[PlacedClip]:
    """Return every sound of ``timeline``, 24 kHz, in order of start; cues never overlap each other.

    Args:
        timeline: what is heard when.
        speech: the clip of each text, 24 kHz.
        sounds: the clip of each beep, 24 kHz.
        breath_lufs: loudness of the breath pacer at its loudest; None leaves it out.

    Raises:
        ValueError: when a clip is missing, at another rate, or longer than its event by more than a millisecond.
    """
    cues = timeline.sounds()
    found = []
    for cue in cues:
        clip = speech.get(cue.text or "") if cue.kind is EventKind.SPEECH else sounds.get(BeepRole(cue.role))
        what = f"the {cue.kind} '{cue.text or cue.role}' at {clock(cue.start_ms)}"
        if clip is None:
            raise ValueError(f"there is no clip for {what}")
        if clip.rate_hz != SAMPLE_RATE_HZ:
            raise ValueError(f"the clip for {what} is at {clip.rate_hz} Hz, not {SAMPLE_RATE_HZ}")
        # Cues are placed by their lengths: a longer clip means that it is not the one that was measured.
        if clip.duration_ms > cue.duration_ms + 1:
            raise ValueError(f"the clip for {what} lasts {clip.duration_ms} ms, its event {cue.duration_ms} ms")
        found.append(PlacedClip(cue.start_ms, cue.end_ms, clip))
    if breath_lufs is not None:
        found += [
            PlacedClip(run[0].start_ms, run[-1].end_ms, breath_clip(run, cues, breath_lufs, SAMPLE_RATE_HZ))
            for run in breath_runs(timeline)
        ]
    return sorted(found, key=lambda sound: sound.start_ms)


def mix(
    timeline: Timeline,
    speech: Mapping[str, Clip],
    sounds: Mapping[BeepRole, Clip],
    breath_lufs: float | None = None,
) -> Samples:
    """Return the session, float32, shape (24 × duration in ms,), 24 kHz: each clip from its event's start on.

    Takes and raises what `placed_clips` does. It is what encoded segments are compared with; nothing is built from it.
    """
    session = np.zeros(timeline.duration_ms * SAMPLES_PER_MS, np.float32)
    for sound in placed_clips(timeline, speech, sounds, breath_lufs):
        start = sound.start_ms * SAMPLES_PER_MS
        session[start : start + sound.size] += sound.samples
    return session
