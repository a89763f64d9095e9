"""The check's rows about what sounds below the voice: breath tones and music. `check` gathers them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.audio.cues.breath_tone import DUCKING
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.audio.render.music_mix import ATTACK_MS, JOIN_MS, RELEASE_MS
from audioguide.model.kinds import BreathRole
from audioguide.verify.measurement import Heard, Reading, Row, judged, moment

UNDER_VOICE_DB = 12.0
"""How far music lies below the voice while it speaks."""

MUSIC_LIMIT_LU = 6.0
"""Music is set by its loudness as a whole; between two cues a soft or a loud passage may play."""

BREATH_LIMIT_LU = 3.0

_AFTER_CUE_MS = 120
_BEFORE_CUE_MS = 60
_SHORTEST_MS = 200
_LONG_ENOUGH_MS = 3_000
_FADES_MS = 8_000
_TOP_MS = 500
_BEFORE_TURN_MS = 200
"""A cue at the turn makes the tone go down by then."""

_LONG_BREATH_MS = 2_500
"""In a shorter one the tone is hardly at its top for half a second."""


def breath_row(heard: Heard) -> Row | None:
    """Compare the level of each breath at its top, where no cue makes it go down, with the plan's."""
    target = heard.plan.sound.breath_lufs(heard.plan.voice.volume)
    if target is None or not heard.breaths() or heard.plan.sound.music is not None:
        return None
    readings = [
        Reading(start, "the breath tone", _loudness(heard, start, start + _TOP_MS) - target) for start in _tops(heard)
    ]
    return judged("breath tones", f"{target:.1f} LUFS at the top", readings, BREATH_LIMIT_LU, "LU")


def _tops(heard: Heard) -> Iterator[int]:
    """Yield where each breath is at its top for half a second, and no cue turns it down."""
    cues = heard.plan.timeline.sounds()
    for breath in heard.breaths():
        if breath.role is BreathRole.OUT or breath.duration_ms < _LONG_BREATH_MS:
            continue
        middle = (breath.start_ms + breath.end_ms - _TOP_MS) // 2
        start = breath.end_ms - _BEFORE_TURN_MS - _TOP_MS if breath.role is BreathRole.IN else middle
        begin, end = start - DUCKING.release_ms, start + _TOP_MS + DUCKING.attack_ms
        if not any(cue.start_ms < end and begin < cue.end_ms for cue in cues):
            yield start


def music_row(heard: Heard) -> Row | None:
    """Compare the music where nothing is said for long with the level that was asked for."""
    music = heard.plan.sound.music
    if music is None:
        return None
    target = heard.voice_lufs - music.below_db
    stretches = list(_undisturbed(heard))
    if not stretches:
        return Row("music", f"{target:.1f} LUFS", "no stretch without cues to measure", "", True)
    samples = np.concatenate([heard.recording.cut(start, end).samples for start, end in stretches])
    off = loudness_lufs(Clip(samples)) - target
    reading = [Reading(stretches[0][0], "the music", off if math.isfinite(off) else math.nan)]
    return judged("music", f"{target:.1f} LUFS where nobody speaks", reading, MUSIC_LIMIT_LU, "LU")


def under_voice_row(heard: Heard) -> Row | None:
    """Measure the music in the short gaps between cues, where it stays as low as under them."""
    music = heard.plan.sound.music
    if music is None:
        return None
    wanted = min(UNDER_VOICE_DB, music.below_db + music.duck_db)
    found = [(heard.voice_lufs - _loudness(heard, start, end), start) for start, end in _gaps(heard)]
    near = [f"{below:.1f} dB below the voice at {moment(at)}" for below, at in found if below < wanted]
    least = f"{min(found)[0]:.1f} dB" if found else "no gap to measure"
    return Row("music under the voice", f"{wanted:g} dB below at least", least, "", not near, tuple(near))


def _gaps(heard: Heard) -> Iterator[tuple[int, int]]:
    for before, after in pairwise(heard.plan.timeline.sounds()):
        start, end = before.end_ms + _AFTER_CUE_MS, after.start_ms - _BEFORE_CUE_MS
        if end - start >= _SHORTEST_MS and after.start_ms - before.end_ms <= JOIN_MS and _between_breaths(heard, start):
            yield start, end


def _undisturbed(heard: Heard) -> Iterator[tuple[int, int]]:
    last_ms = heard.plan.timeline.duration_ms - _FADES_MS
    for before, after in pairwise(heard.plan.timeline.sounds()):
        start, end = max(_FADES_MS, before.end_ms + RELEASE_MS), min(last_ms, after.start_ms - ATTACK_MS)
        if end - start >= _LONG_ENOUGH_MS and _between_breaths(heard, start) and _between_breaths(heard, end):
            yield start, end


def _between_breaths(heard: Heard, at_ms: int) -> bool:
    return not any(
        breath.start_ms - _AFTER_CUE_MS <= at_ms < breath.end_ms + _AFTER_CUE_MS for breath in heard.breaths()
    )


def _loudness(heard: Heard, start_ms: int, end_ms: int) -> float:
    return loudness_lufs(heard.recording.cut(start_ms, end_ms))
