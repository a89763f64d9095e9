"""The check's rows about what sounds below the voice: breath tones and music."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from audioguide.audio.cues.breath_tone import DUCKING
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.audio.render.music_mix import ATTACK_MS, JOIN_MS, RELEASE_MS
from audioguide.model.kinds import BreathRole
from audioguide.model.timeline import Event
from audioguide.verify.listening import Listener
from audioguide.verify.measurement import Measurement
from audioguide.verify.recording import Recording
from audioguide.verify.report import Reading, ReportRow, Tolerance, moment, row_of

K = TypeVar("K")

UNDER_VOICE_DB = 12.0
"""How far music lies below the voice while it speaks."""

MUSIC_LEVEL = Tolerance(6.0, "LU")
"""Music is set by its loudness as a whole; between two cues a soft or a loud passage may play."""

BREATH_LEVEL = Tolerance(3.0, "LU")

# The codec spreads a cue over two frames behind it and a little ahead: music is measured clear of both.
_AFTER_CUE_MS = 120
_BEFORE_CUE_MS = 60

# From 200 ms on a gap between cues says something of the music's level; what is longer than 3 s is no gap any more.
_SHORTEST_MS = 200
_LONG_ENOUGH_MS = 3_000

# The session fades in over 3 s and out over 6 s.
_FADES_MS = 8_000

_TOP_MS = 500
_BEFORE_TURN_MS = 200
"""A cue at the turn makes the tone go down by then."""

_LONG_BREATH_MS = 2_500
"""In a shorter one the tone is hardly at its top for half a second."""


def listen_to_background(measurement: Measurement, listener: Listener) -> None:
    """Ask how loud breath tones are at their top, and the music where nobody speaks and between two cues."""
    heard = measurement.heard
    for breath, start_ms in _breath_tops(measurement):
        _ask_loudness(listener, start_ms, start_ms + _TOP_MS, found=heard.breaths_lufs, key=breath)
    if measurement.plan.sound.music is not None:
        for start_ms, end_ms in _music_alone(measurement):
            listener.follow(start_ms, end_ms, lambda piece: heard.music.add(piece.samples))
        # In short gaps the music stays as low as under the cues.
        for before, after in pairwise(measurement.plan.timeline.sounds()):
            start_ms, end_ms = before.end_ms + _AFTER_CUE_MS, after.start_ms - _BEFORE_CUE_MS
            ducked = after.start_ms - before.end_ms <= JOIN_MS
            if end_ms - start_ms >= _SHORTEST_MS and ducked and _clear_of_breaths(measurement, start_ms):
                _ask_loudness(listener, start_ms, end_ms, found=heard.between_lufs, key=start_ms)


def _ask_loudness(listener: Listener, start_ms: int, end_ms: int, found: dict[K, float], key: K) -> None:
    """Ask for the loudness of a stretch in LUFS, to be found under ``key``."""

    def take(recording: Recording) -> None:
        found[key] = loudness_lufs(recording.cut(start_ms, end_ms))

    listener.ask(start_ms, end_ms, take)


def _breath_tops(measurement: Measurement) -> Iterator[tuple[Event, int]]:
    """Yield the breaths at whose top no cue makes the tone go down, each with when that top begins."""
    target = measurement.plan.sound.breath_lufs(measurement.plan.voice.volume)
    if target is None or measurement.plan.sound.music is not None:
        return
    cues = measurement.plan.timeline.sounds()
    for breath in measurement.breaths():
        if breath.role is BreathRole.OUT or breath.duration_ms < _LONG_BREATH_MS:
            continue
        # Breathing in ends at the top; a breath that is held is there all the time, and surest in its middle.
        middle = (breath.start_ms + breath.end_ms - _TOP_MS) // 2
        start = breath.end_ms - _BEFORE_TURN_MS - _TOP_MS if breath.role is BreathRole.IN else middle
        begin, end = start - DUCKING.release_ms, start + _TOP_MS + DUCKING.attack_ms
        if not any(cue.start_ms < end and begin < cue.end_ms for cue in cues):
            yield breath, start


def _music_alone(measurement: Measurement) -> list[tuple[int, int]]:
    """Return the long stretches in which only music plays, between the session's fades."""
    last_ms = measurement.plan.timeline.duration_ms - _FADES_MS
    stretches: list[tuple[int, int]] = []
    for before, after in pairwise(measurement.plan.timeline.sounds()):
        start, end = max(_FADES_MS, before.end_ms + RELEASE_MS), min(last_ms, after.start_ms - ATTACK_MS)
        if end - start >= _LONG_ENOUGH_MS and all(_clear_of_breaths(measurement, at) for at in (start, end)):
            stretches.append((start, end))
    return stretches


def breath_row(measurement: Measurement) -> ReportRow | None:
    """Compare the level of each breath at its top, where no cue makes it go down, with the plan's."""
    target = measurement.plan.sound.breath_lufs(measurement.plan.voice.volume)
    if target is None or not measurement.breaths() or measurement.plan.sound.music is not None:
        return None
    readings = [
        Reading(start_ms, "the breath tone", measurement.heard.breaths_lufs[breath] - target)
        for breath, start_ms in _breath_tops(measurement)
    ]
    return row_of(readings, name="breath tones", planned=f"{target:.1f} LUFS at the top", within=BREATH_LEVEL)


def music_row(measurement: Measurement) -> ReportRow | None:
    """Compare the music where nothing is said for long with the level that was asked for."""
    music = measurement.plan.sound.music
    if music is None:
        return None
    target = measurement.voice_lufs - music.below_db
    stretches = _music_alone(measurement)
    if not stretches:
        nothing = "no stretch without cues to measure"
        return ReportRow(name="music", planned=f"{target:.1f} LUFS", measured=nothing, ok=True)
    # Measured as one: each stretch by itself would show how loud the passage is, not how loud the piece.
    off = measurement.heard.music.lufs() - target
    reading = [Reading(stretches[0][0], "the music", off if math.isfinite(off) else math.nan)]
    return row_of(reading, name="music", planned=f"{target:.1f} LUFS where nobody speaks", within=MUSIC_LEVEL)


def under_voice_row(measurement: Measurement) -> ReportRow | None:
    """Measure the music in the short gaps between cues, where it stays as low as under them."""
    music = measurement.plan.sound.music
    if music is None:
        return None
    wanted = min(UNDER_VOICE_DB, music.below_db + music.duck_db)
    found = [(measurement.voice_lufs - level, at) for at, level in sorted(measurement.heard.between_lufs.items())]
    problems = tuple(f"{below:.1f} dB below the voice at {moment(at)}" for below, at in found if below < wanted)
    return ReportRow(
        name="music under the voice",
        planned=f"{wanted:g} dB below at least",
        measured=f"{min(found)[0]:.1f} dB" if found else "no gap to measure",
        ok=not problems,
        problems=problems,
    )


def _clear_of_breaths(measurement: Measurement, at_ms: int) -> bool:
    return not any(
        breath.start_ms - _AFTER_CUE_MS <= at_ms < breath.end_ms + _AFTER_CUE_MS for breath in measurement.breaths()
    )
