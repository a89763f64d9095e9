"""The check's rows about sound: the right beeps, silence, loudness, peaks. `check_times` has those about time."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from audioguide.audio.clip import Clip
from audioguide.audio.level.decibels import amplitude_to_db
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.model.kinds import EventKind
from audioguide.model.timeline import Event
from audioguide.verify.measurement import Heard, Reading, Row, judged, moment, named
from audioguide.verify.recording import likeness
from audioguide.verify.time_rows import LIKE_ENOUGH

LOUDNESS_LIMIT_LU = 0.5
TOGETHER_LIMIT_LU = 1.0
"""Short words one after the other measure lower than each alone: blocks that span two hold their soft ends."""

BEEP_LEVEL_LIMIT_DB = 1.0
PEAK_LIMIT_DBTP = -1.0
SILENCE_DB = -60.0

_BEFORE_MS, _AFTER_MS = 24, 50
"""A frame's noise spreads a little ahead of a sound and two frames behind it."""

_UNLIKE_DB = math.nan


def beep_sounds_row(heard: Heard) -> Row:
    """Compare each beep with the sound of its role, in shape and in level."""
    readings = [Reading(beep.start_ms, named(beep), _beep_level_db(heard, beep)) for beep in heard.matches]
    own = heard.plan.timeline.of_kind(EventKind.BEEP)[len(readings) :]
    planned = "as shipped" if not heard.plan.sound.own_sounds else "as shipped or your own"
    if own:
        planned = f"as shipped; {len(own)} are sounds of your own, which --sounds would compare"
    return judged("beeps sound right", planned, readings, BEEP_LEVEL_LIMIT_DB, "dB")


def _beep_level_db(heard: Heard, beep: Event) -> float:
    match = heard.matches[beep]
    return amplitude_to_db(match.gain) if match.likeness >= LIKE_ENOUGH and match.gain > 0 else _UNLIKE_DB


def same_words_row(heard: Heard) -> Row:
    """Compare cues of the same words with each other: each was spoken once, so all are one sound."""
    repeats = tuple(_repeats(heard))
    unlike = tuple(f"{named(cue)} at {moment(cue.start_ms)}: not the same sound" for cue, like in repeats if not like)
    measured = f"{len(repeats) - len(unlike)} of {len(repeats)}"
    return Row("same words, same sound", "every repeated cue", measured, "", not unlike, unlike)


def _repeats(heard: Heard) -> Iterator[tuple[Event, bool]]:
    first: dict[str | None, Event] = {}
    for cue in heard.plan.timeline.of_kind(EventKind.SPEECH):
        known = first.setdefault(cue.text, cue)
        if known is not cue:
            one, other = (heard.recording.cut(each.start_ms, each.end_ms).samples for each in (known, cue))
            yield cue, likeness(one, other) >= LIKE_ENOUGH


def silence_row(heard: Heard) -> Row | None:
    """Find what is heard where the plan has silence; right around a sound the codec's own spread is let be."""
    if heard.plan.sound.music is not None:
        return None
    loud = [heard.recording.loudest_db(start, end) for start, end in _silences(heard) if start < end]
    problems = tuple(f"{level:.1f} dBFS at {moment(at)}" for level, at in loud if level > SILENCE_DB)
    loudest = f"{max(loud)[0]:.1f} dBFS" if loud else "none planned"
    return Row("silence", f"under {SILENCE_DB:g} dBFS", loudest, "", not problems, problems[:20])


def _silences(heard: Heard) -> Iterator[tuple[int, int]]:
    timeline = heard.plan.timeline
    length_ms = len(heard.recording.powers)
    quiet_from_ms = -_AFTER_MS
    for event in timeline.awake():
        yield quiet_from_ms + _AFTER_MS, event.start_ms - _BEFORE_MS
        quiet_from_ms = max(quiet_from_ms, event.end_ms)
    yield quiet_from_ms + _AFTER_MS, length_ms


def cue_loudness_row(heard: Heard) -> Row:
    """Compare the loudness of every spoken cue with the target, the voice's own volume counted in."""
    target = heard.voice_lufs
    cues = heard.plan.timeline.of_kind(EventKind.SPEECH)
    readings = (Reading(cue.start_ms, named(cue), _loudness(heard, (cue,)) - target) for cue in cues)
    return judged("cues' loudness", f"{target:.1f} LUFS", readings, LOUDNESS_LIMIT_LU, "LU")


def speech_loudness_row(heard: Heard) -> Row:
    """Compare the gated loudness of all speech together with the target."""
    cues = heard.plan.timeline.of_kind(EventKind.SPEECH)
    target = heard.voice_lufs
    reading = [Reading(0, "all speech", _loudness(heard, cues) - target)] if cues else []
    return judged("speech's loudness", f"{target:.1f} LUFS", reading, TOGETHER_LIMIT_LU, "LU")


def _loudness(heard: Heard, cues: tuple[Event, ...]) -> float:
    """Return the loudness of ``cues``, one after the other; NaN for silence."""
    samples = np.concatenate([heard.recording.cut(cue.start_ms, cue.end_ms).samples for cue in cues])
    loudness = loudness_lufs(Clip(samples))
    return loudness if math.isfinite(loudness) else math.nan


def peak_row(heard: Heard) -> Row:
    """Measure the true peak of the whole session."""
    peak = heard.peak_dbtp
    planned, measured = f"{PEAK_LIMIT_DBTP:g} dBTP at most", f"{peak:.2f} dBTP"
    return Row("true peak", planned, measured, f"{peak - PEAK_LIMIT_DBTP:+.2f} dB", peak <= PEAK_LIMIT_DBTP)
