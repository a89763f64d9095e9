"""The check's rows about sound: the right beeps, silence, loudness, peaks."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from audioguide.audio.clip import Samples
from audioguide.audio.level.decibels import amplitude_to_db
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.model.kinds import EventKind
from audioguide.model.timeline import Event
from audioguide.verify.listening import Listener
from audioguide.verify.measurement import Heard, Measurement
from audioguide.verify.recording import LIKE_ENOUGH, Recording, likeness
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

_COARSER = 4


def listen_to_levels(measurement: Measurement, listener: Listener) -> None:
    """Ask how loud each cue is and all together, whether repeated ones are one sound, and what silences hold."""
    cues = measurement.plan.timeline.of_kind(EventKind.SPEECH)
    repeats = Counter(cue.text for cue in cues)
    first: dict[str | None, Samples] = {}
    for cue in cues:
        _ask_loudness(measurement.heard, listener, cue)
        listener.follow(cue.start_ms, cue.end_ms, lambda piece: measurement.heard.speech.add(piece.samples))
        if repeats[cue.text] > 1:
            _ask_likeness(measurement.heard, listener, cue, first)
    if measurement.plan.sound.music is None:
        # Without the codec's own spread; the last silence goes on to the end.
        quiet_from_ms = -_AFTER_MS
        for event in measurement.plan.timeline.awake():
            start_ms, end_ms = quiet_from_ms + _AFTER_MS, event.start_ms - _BEFORE_MS
            if start_ms < end_ms:
                _follow_silence(measurement.heard, listener, start_ms, end_ms)
            quiet_from_ms = max(quiet_from_ms, event.end_ms)
        _follow_silence(measurement.heard, listener, quiet_from_ms + _AFTER_MS, None)


def _ask_loudness(heard: Heard, listener: Listener, cue: Event) -> None:
    def take(recording: Recording) -> None:
        ends = (cue.end_ms, cue.end_ms - 1)
        whole, without = (loudness_lufs(recording.cut(cue.start_ms, end)) for end in ends)
        heard.cues_lufs[cue] = whole, without

    listener.ask(cue.start_ms, cue.end_ms, take)


def _ask_likeness(heard: Heard, listener: Listener, cue: Event, first: dict[str | None, Samples]) -> None:
    def take(recording: Recording) -> None:
        # A coarser sound tells cues apart as well, and hours of them have room.
        samples = recording.cut(cue.start_ms, cue.end_ms).samples
        coarse = samples[: samples.size // _COARSER * _COARSER].reshape(-1, _COARSER).mean(axis=1)
        known = first.setdefault(cue.text, coarse.astype(np.float16))
        heard.likeness[cue] = likeness(known.astype(np.float32), coarse)

    listener.ask(cue.start_ms, cue.end_ms, take)


def _follow_silence(heard: Heard, listener: Listener, start_ms: int, end_ms: int | None) -> None:
    def take(piece: Recording) -> None:
        found = piece.loudest_db(piece.start_ms, piece.start_ms + len(piece.powers))
        heard.silences[start_ms] = max(heard.silences.get(start_ms, found), found, key=lambda one: one[0])

    listener.follow(start_ms, end_ms, take)


def beep_sounds_row(measurement: Measurement) -> ReportRow:
    """Compare each beep with the sound of its role, in shape and in level."""
    readings: list[Reading] = []
    for beep, match in measurement.heard.matches.items():
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
        if first.setdefault(cue.text, cue) is cue:
            continue
        repeats += 1
        if not measurement.heard.likeness[cue] >= LIKE_ENOUGH:
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
    loud = [level for _, level in sorted(measurement.heard.silences.items())]
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
    cues = measurement.plan.timeline.of_kind(EventKind.SPEECH)
    reading = [Reading(0, "all speech", _off_target(measurement, measurement.heard.speech.lufs()))] if cues else []
    planned = f"{measurement.voice_lufs:.1f} LUFS"
    return row_of(reading, name="speech's loudness", planned=planned, within=SPEECH_LOUDNESS)


def _cue_off_target(measurement: Measurement, cue: Event) -> float:
    """Return by how many LU a cue misses the target; NaN for silence.

    A plan knows its end to the millisecond only, and loudness is measured in steps of 100 ms: where the end lies on a
    step, a millisecond decides whether one more block counts, and the nearer of the two is meant.
    """
    off, without = (_off_target(measurement, found) for found in measurement.heard.cues_lufs[cue])
    return off if abs(off) <= CUE_LOUDNESS.limit else min(off, without, key=abs)


def _off_target(measurement: Measurement, found_lufs: float) -> float:
    """Return by how many LU a loudness misses the target; NaN for silence."""
    return found_lufs - measurement.voice_lufs if math.isfinite(found_lufs) else math.nan


def peak_row(measurement: Measurement) -> ReportRow:
    """Measure the true peak of the whole session."""
    peak = measurement.heard.peak_dbtp
    return ReportRow(
        name="true peak",
        planned=f"{PEAK_LIMIT_DBTP:g} dBTP at most",
        measured=f"{peak:.2f} dBTP",
        worst=f"{peak - PEAK_LIMIT_DBTP:+.2f} dB",
        ok=peak <= PEAK_LIMIT_DBTP,
    )
