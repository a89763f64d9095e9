"""A session with music: the voice and the beeps over the music bed, in stereo, read in stretches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.audio.level.ducking import DuckedGain, Ducking, Stretch
from audioguide.audio.mp3.mp3_format import STEREO
from audioguide.audio.music.bed import MusicBed
from audioguide.audio.render.mix import PlacedClip
from audioguide.audio.resample import soxr_module
from audioguide.model.units import SAMPLE_RATE_HZ

CENTRE = float(np.sqrt(0.5))
"""A voice in both channels is measured 3 dB louder than in one (BS.1770-4, Annex 1: channels' powers are added up)."""

# The music is down a quarter of a second before a cue and takes its time to come back. Sentences of one instruction are
# seldom further apart than 2.5 s; were it to rise between them, it would pump.
ATTACK_MS, RELEASE_MS, JOIN_MS = 250, 900, 2_500
_PER_MS = STEREO.samples_per_ms


class MusicMix:
    """Voice, beeps and music of a session.

    Args:
        clips: what is heard besides the music, 24 kHz, in order of start.
        cues: when something is said or beeps, in order: what the music makes way for.
        bed: the music.
        duck_db: how far the music goes down under cues.
    """

    def __init__(self, clips: Sequence[PlacedClip], cues: Sequence[Stretch], bed: MusicBed, duck_db: float) -> None:
        soxr = soxr_module()
        self._clips = clips
        # Each distinct clip once at 48 kHz, at the level of one channel of two.
        distinct = {id(placed.clip): placed.clip.samples for placed in clips}
        self._resampled: dict[int, Samples] = {
            key: soxr.resample(samples * np.float32(CENTRE), SAMPLE_RATE_HZ, STEREO.rate_hz, "HQ")
            for key, samples in distinct.items()
        }
        self._starts = np.array([placed.start_ms for placed in clips], np.int64)
        # One clip that goes on longer than its followers must not be missed, so ends are taken as reached so far.
        self._reached = np.maximum.accumulate(np.array([placed.end_ms for placed in clips], np.int64))
        self._bed = bed
        self._gain = DuckedGain(cues, Ducking(duck_db, ATTACK_MS, RELEASE_MS, JOIN_MS))

    def read(self, start: int, end: int) -> Samples:
        """Return what is heard from one sample at 48 kHz to another, float32, shape (n, 2)."""
        mixed = self._bed.read(start, end)
        mixed *= self._gain.samples(start, end - start, _PER_MS)[:, None]
        first = int(np.searchsorted(self._reached, start // _PER_MS, "right"))
        last = int(np.searchsorted(self._starts, -(-end // _PER_MS), "left"))
        for placed in self._clips[first:last]:
            at = placed.start_ms * _PER_MS
            clip = self._resampled[id(placed.clip)][: (placed.end_ms - placed.start_ms) * _PER_MS]
            begin, stop = max(at, start), min(at + clip.size, end)
            if begin < stop:
                mixed[begin - start : stop - start] += clip[begin - at : stop - at, None]
        return mixed
