"""The check's rows about sound: the right beeps, silence, loudness, peaks."""

from __future__ import annotations

import math

from audioguide.audio.level.decibels import amplitude_to_db
from audioguide.model.kinds import EventKind
from audioguide.model.timeline import Event
from audioguide.verify.measurement import Measurement
from audioguide.verify.recording import LIKE_ENOUGH, likeness
from audioguide.verify.report import MOST_PROBLEMS, Reading, ReportRow, Tolerance, moment, named, row_of

CUE_LOUDNESS = Tolerance(0.5, "LU")

SPEECH_LOUDNESS = Tolerance(1.0, "LU")
"""Short words one after the other measure lower than each alone: blocks that span two hold their soft ends."""

BEEP_LEVEL = Tolerance(1.0, "dB")

PEAK_LIMIT_DBTP = -1.0
"""EBU R 128 and AES TD1008 ask for no more: converters and lossy radio links (Bluetooth) overshoot."""

SILENCE_DB = -60.0

_BEFORE_MS, _AFTER_MS = 24, 50
"""A frame's noise spreads a little ahead of a sound and two frames behind it."""

_UNLIKE_DB = math.nan


def beep_sounds_row(measurement: Measurement) -> ReportRow:
    """Compare each beep with the sound of its role, in shape and in level."""
    readings: list[Reading] = []
    for beep, match in measurement.matches.items():
        alike = match.likeness >= LIKE_ENOUGH
        readings.append(Reading(beep.start_ms, named(beep), amplitude_to_db(match.gain) if alike else _UNLIKE_DB))
    own = len(measurement.plan.timeline.of_kind(EventKind.BEEP)) - len(readings)
    planned = "as shipped" if not measurement.plan.sound.own_sounds else "as shipped or your own"
    if own:
        planned = f"as shipped; {own} are sounds of your own, which --sounds would compare"
    return row_of(readings, name="beeps sound right", planned=planned, within=BEEP_LEVEL)


def same_words_row(measurement: Measurement) -> ReportRow:
    """Compare cues of the same words with each other: each was spoken once, so all are one sound."""
    first: dict[str | None, Event] = {}
    repeats = 0
    unlike: list[str] = []
    for cue in measurement.plan.timeline.of_kind(EventKind.SPEECH):
        known = first.setdefault(cue.text, cue)
        if known is cue:
            continue
        repeats += 1
        one, other = (measurement.recording.cut(each.start_ms, each.end_ms).samples for each in (known, cue))
        if not likeness(one, other) >= LIKE_ENOUGH:
            unlike.append(f"{named(cue)} at {moment(cue.start_ms)}: not the same sound")
    return ReportRow(
        name="same words, same sound",
        planned="every repeated cue",
        measured=f"{repeats - len(unlike)} of {repeats}",
        ok=not unlike,
        problems=tuple(unlike),
    )


def silence_row(measurement: Measurement) -> ReportRow | None:
    """Find what is heard where the plan has silence; right around a sound the codec's own spread is let be."""
    if measurement.plan.sound.music is not None:
        return None
    silences: list[tuple[int, int]] = []
    quiet_from_ms = -_AFTER_MS
    for event in measurement.plan.timeline.awake():
        silences.append((quiet_from_ms + _AFTER_MS, event.start_ms - _BEFORE_MS))
        quiet_from_ms = max(quiet_from_ms, event.end_ms)
    silences.append((quiet_from_ms + _AFTER_MS, len(measurement.recording.powers)))
    loud = [measurement.recording.loudest_db(start, end) for start, end in silences if start < end]
    problems = tuple(f"{level:.1f} dBFS at {moment(at)}" for level, at in loud if level > SILENCE_DB)
    return ReportRow(
        name="silence",
        planned=f"under {SILENCE_DB:g} dBFS",
        measured=f"{max(loud)[0]:.1f} dBFS" if loud else "none planned",
        ok=not problems,
        problems=problems[:MOST_PROBLEMS],
    )


def cue_loudness_row(measurement: Measurement) -> ReportRow:
    """Compare the loudness of every spoken cue with the target, the voice's own volume counted in."""
    cues = measurement.plan.timeline.of_kind(EventKind.SPEECH)
    readings = (Reading(cue.start_ms, named(cue), _cue_off_target(measurement, cue)) for cue in cues)
    planned = f"{measurement.voice_lufs:.1f} LUFS"
    return row_of(readings, name="cues' loudness", planned=planned, within=CUE_LOUDNESS)


def speech_loudness_row(measurement: Measurement) -> ReportRow:
    """Compare the gated loudness of all speech together with the target."""
    cues = [(cue.start_ms, cue.end_ms) for cue in measurement.plan.timeline.of_kind(EventKind.SPEECH)]
    reading = [Reading(0, "all speech", _off_target(measurement, *cues))] if cues else []
    planned = f"{measurement.voice_lufs:.1f} LUFS"
    return row_of(reading, name="speech's loudness", planned=planned, within=SPEECH_LOUDNESS)


def _cue_off_target(measurement: Measurement, cue: Event) -> float:
    """Return by how many LU a cue misses the target; NaN for silence.

    A plan knows its end to the millisecond only, and loudness is measured in steps of 100 ms: where the end lies on a
    step, a millisecond decides whether one more block counts, and the nearer of the two is meant.
    """
    off = _off_target(measurement, (cue.start_ms, cue.end_ms))
    if abs(off) <= CUE_LOUDNESS.limit:
        return off
    return min(off, _off_target(measurement, (cue.start_ms, cue.end_ms - 1)), key=abs)


def _off_target(measurement: Measurement, *stretches: tuple[int, int]) -> float:
    """Return by how many LU stretches (ms to ms), one after the other, miss the target; NaN for silence."""
    loudness = measurement.loudness_lufs(*stretches)
    return loudness - measurement.voice_lufs if math.isfinite(loudness) else math.nan


def peak_row(measurement: Measurement) -> ReportRow:
    """Measure the true peak of the whole session."""
    peak = measurement.peak_dbtp
    return ReportRow(
        name="true peak",
        planned=f"{PEAK_LIMIT_DBTP:g} dBTP at most",
        measured=f"{peak:.2f} dBTP",
        worst=f"{peak - PEAK_LIMIT_DBTP:+.2f} dB",
        ok=peak <= PEAK_LIMIT_DBTP,
    )
