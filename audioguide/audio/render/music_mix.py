"""A session with music: the voice and the beeps over the bed, in stereo, asked for in stretches.
`audio.render.render_music` encodes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.ducking import DuckedGain, Ducking
from audioguide.audio.mp3.mp3_format import STEREO
from audioguide.audio.music.bed import Bed
from audioguide.audio.render.mix import Placed
from audioguide.model.units import SAMPLE_RATE_HZ

CENTRE = float(np.sqrt(0.5))
"""A voice in both channels is measured 3 dB louder than in one (BS.1770-4, Annex 1: channels' powers are added up)."""

ATTACK_MS, RELEASE_MS, JOIN_MS = 250, 900, 2_500
_PER_MS = STEREO.samples_per_ms


class MusicMix:
    """Voice, beeps and music of a session.

    Args:
        sounds: what is heard besides the music, 24 kHz, in order of start.
        cues: when something is said or beeps, in order: what the music makes way for.
        bed: the music.
        duck_db: how far the music goes down under cues.
    """

    def __init__(self, sounds: Sequence[Placed], cues: Sequence[tuple[int, int]], bed: Bed, duck_db: float) -> None:
        self._sounds = sounds
        self._clips = _stereo_rate({id(sound.clip): sound.clip for sound in sounds})
        # One sound that goes on longer than its followers must not be missed, so ends are taken as reached so far.
        ends = [sound.end_ms for sound in sounds]
        self._starts = np.array([sound.start_ms for sound in sounds], np.int64)
        self._reached = np.maximum.accumulate(np.array(ends, np.int64)) if ends else np.zeros(0, np.int64)
        self._bed = bed
        self._gain = DuckedGain(cues, Ducking(duck_db, ATTACK_MS, RELEASE_MS, JOIN_MS))

    def part(self, start: int, end: int) -> Samples:
        """Return what is heard from one sample at 48 kHz to another, float32, shape (n, 2)."""
        heard = self._bed.read(start, end)
        heard *= self._gain.samples(start, end - start, _PER_MS)[:, None]
        first = int(np.searchsorted(self._reached, start // _PER_MS, "right"))
        last = int(np.searchsorted(self._starts, -(-end // _PER_MS), "left"))
        for sound in self._sounds[first:last]:
            self._add(heard, sound, start)
        return heard

    def _add(self, heard: Samples, sound: Placed, start: int) -> None:
        at = sound.start_ms * _PER_MS
        clip = self._clips[id(sound.clip)][: (sound.end_ms - sound.start_ms) * _PER_MS]
        begin, end = max(at, start), min(at + clip.size, start + len(heard))
        if begin < end:
            heard[begin - start : end - start] += clip[begin - at : end - at, None]


def _stereo_rate(clips: Mapping[int, Clip]) -> dict[int, Samples]:
    """Return each clip at 48 kHz, at the level of one channel of two."""
    import soxr

    return {
        key: soxr.resample(clip.samples * np.float32(CENTRE), SAMPLE_RATE_HZ, STEREO.rate_hz, "HQ")
        for key, clip in clips.items()
    }
