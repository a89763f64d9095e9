"""The check's rows about time: length, onsets, ends, holds, sides, chapters."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from audioguide.audio.clip import Clip
from audioguide.audio.mp3.mp3_format import MONO, STEREO
from audioguide.export.tags.chapters import fitted
from audioguide.model.kinds import BeepRole, EventKind, HoldRole, Side
from audioguide.model.plan import Plan
from audioguide.model.sound import DEFAULT_LUFS
from audioguide.model.timeline import Event
from audioguide.model.units import FRAME_MS
from audioguide.verify.listening import Listener
from audioguide.verify.measurement import Heard, Measurement
from audioguide.verify.recording import LIKE_ENOUGH, Recording
from audioguide.verify.report import Reading, ReportRow, Tolerance, moment, named, row_of

BEEP_ONSET = Tolerance(12, "ms")
"""Half a frame: an error in the encoding or the order of frames is a whole one at least."""

SPEECH_ONSET = Tolerance(30, "ms")
"""Speech begins softly, and the ear places it no better."""

SPEECH_END = Tolerance(100, "ms")
"""A cue's last sound may lie so long before its end: last consonants fade."""

HOLD_LENGTH = Tolerance(FRAME_MS, "ms")
"""What a hold is promised to last: events stand on the grid of frames."""

# A level (dBFS, RMS of a millisecond) above which something is heard. A voice turned down reaches it later, so the
# level goes down with it, but not into the rounding to 16 bits, which lies near −100.
_AUDIBLE_DB = -60.0
_FAINTEST_DB = -90.0

# How far ahead of its planned start a sound is looked for, and how much of a gap belongs to the sound before it: the
# codec spreads a sound over two frames behind its end.
_REACH_MS = 100
_SPREAD_MS = 50

_BEEP_REACH_MS = 60
"""How far from its place a beep is looked for; a plan's beeps lie at least a second apart where they are alike."""

_NOT_FOUND = math.nan


def listen_to_times(measurement: Measurement, listener: Listener) -> None:
    """Ask when each beep and each cue begins and ends."""
    heard, sounds = measurement.heard, measurement.sounds
    for beep in measurement.plan.timeline.of_kind(EventKind.BEEP):
        if beep.role in sounds:
            _ask_match(measurement, listener, beep, sounds[BeepRole(beep.role)])
    alone = [beep for beep in measurement.known_beeps() if measurement.is_alone(beep)]
    # The planned silence before each sound; the timeline refuses sounds that overlap.
    gaps_ms, until_ms = {}, 0
    for event in measurement.plan.timeline.sounds():
        gaps_ms[event] = event.start_ms - until_ms
        until_ms = event.end_ms
    for beep in alone:
        _ask_first(heard, listener, beep, _reach(beep, gaps_ms[beep], _AUDIBLE_DB))
    # Lower for a quiet voice, but above the 16-bit rounding.
    floor_db = max(_AUDIBLE_DB + min(0.0, measurement.voice_lufs - DEFAULT_LUFS), _FAINTEST_DB)
    for cue in measurement.cues_alone():
        _ask_first(heard, listener, cue, _reach(cue, gaps_ms[cue], floor_db))
        _ask_last(heard, listener, cue, floor_db)


def _ask_match(measurement: Measurement, listener: Listener, beep: Event, sound: Clip) -> None:
    def take(recording: Recording) -> None:
        measurement.heard.matches[beep] = recording.find(sound, beep.start_ms, _BEEP_REACH_MS)

    end_ms = beep.start_ms + _BEEP_REACH_MS + sound.duration_ms
    listener.ask(beep.start_ms - _BEEP_REACH_MS, min(end_ms, measurement.plan.timeline.duration_ms), take)


class _Reach(NamedTuple):
    """From where on a sound is looked for, and the level (dBFS) from which it counts."""

    begin_ms: int
    floor_db: float


def _reach(event: Event, gap_before_ms: int, floor_db: float) -> _Reach:
    """Return a reach back into planned silence as far as there is any.

    Right behind another sound the search begins at the start itself: what is before belongs to the other.
    """
    silence = min(gap_before_ms - _SPREAD_MS, _REACH_MS)
    return _Reach(event.start_ms - max(0, silence), floor_db)


def _ask_first(heard: Heard, listener: Listener, event: Event, reach: _Reach) -> None:
    def take(recording: Recording) -> None:
        first = recording.first_heard_ms(reach.begin_ms, event.end_ms, reach.floor_db)
        heard.first_ms[event] = _NOT_FOUND if first is None else first

    listener.ask(reach.begin_ms, event.end_ms, take)


def _ask_last(heard: Heard, listener: Listener, cue: Event, floor_db: float) -> None:
    def take(recording: Recording) -> None:
        last = recording.last_heard_ms(cue.start_ms, cue.end_ms, floor_db)
        heard.last_ms[cue] = _NOT_FOUND if last is None else last

    listener.ask(cue.start_ms, cue.end_ms, take)


def length_row(plan: Plan, samples: int, rate_hz: int) -> ReportRow:
    """Compare the decoded length, to the sample."""
    planned_rate_hz = (MONO if plan.sound.music is None else STEREO).rate_hz
    planned_ms = plan.timeline.duration_ms
    planned = planned_ms * planned_rate_hz // 1000
    off_ms = 1000 * (samples / rate_hz - planned / planned_rate_hz)
    return ReportRow(
        name="length",
        planned=f"{moment(planned_ms)} ({planned} samples)",
        measured=f"{moment(samples * 1000 // rate_hz)} ({samples} samples at {rate_hz} Hz)",
        worst=f"{off_ms:+.2f} ms",
        ok=samples == planned and rate_hz == planned_rate_hz,
    )


def bytes_row(measurement: Measurement) -> ReportRow:
    """Compare the frames with the checksum taken when they were encoded."""
    ok = measurement.unaltered
    measured = "as it was built" if ok else "cut, changed or encoded again after it was built"
    return ReportRow(name="the sound's bytes", planned="as they were built", measured=measured, ok=ok)


def chapters_row(measurement: Measurement) -> ReportRow:
    """Compare the chapters that players show with the plan's, merged where a tag can't hold them all."""
    planned, tagged = fitted(measurement.plan.timeline.chapters), measurement.chapters
    pairs = zip(planned, tagged, strict=False)
    wrong = [f"chapter '{plan.title}' at {moment(plan.start_ms)} is different" for plan, tag in pairs if plan != tag]
    if len(planned) != len(tagged):
        wrong.append(f"{len(tagged)} chapters, where the plan has {len(planned)}")
    return ReportRow(
        name="chapters", planned=str(len(planned)), measured=str(len(tagged)), ok=not wrong, problems=tuple(wrong)
    )


def apart_row(measurement: Measurement) -> ReportRow:
    """Report the shortest planned silence between two sounds; the timeline itself refuses overlaps."""
    gaps = [later.start_ms - earlier.end_ms for earlier, later in pairwise(measurement.plan.timeline.sounds())]
    shortest = f"{min(gaps)} ms apart at least" if gaps else "nothing to overlap"
    return ReportRow(name="overlaps", planned="none", measured=shortest, ok=min(gaps, default=0) >= 0)


def beep_starts_row(measurement: Measurement) -> ReportRow:
    """Compare the onset of every beep."""
    beeps = measurement.known_beeps()
    readings = (Reading(beep.start_ms, named(beep), beep_onset_ms(measurement, beep) - beep.start_ms) for beep in beeps)
    return row_of(readings, name="beeps start", planned=f"{len(beeps)} beeps", within=BEEP_ONSET)


def beep_onset_ms(measurement: Measurement, beep: Event) -> float:
    """Return when a beep begins: where its sound is, or else the first energy; NaN where nothing is heard."""
    match = measurement.heard.matches.get(beep)
    if match is not None and match.likeness >= LIKE_ENOUGH:
        return match.at_ms
    return measurement.heard.first_ms.get(beep, _NOT_FOUND)


def speech_starts_row(measurement: Measurement) -> ReportRow:
    """Compare the onset of every spoken cue; over music or a breath tone a soft onset can't be told."""
    cues = measurement.cues_alone()
    readings = (Reading(cue.start_ms, named(cue), measurement.heard.first_ms[cue] - cue.start_ms) for cue in cues)
    return row_of(readings, name="cues start", planned=_counted(measurement, cues), within=SPEECH_ONSET)


def speech_ends_row(measurement: Measurement) -> ReportRow:
    """Compare the end of every spoken cue: none is cut short. As for starts, where nothing sounds below it."""
    cues = measurement.cues_alone()
    readings = (Reading(cue.end_ms, named(cue), measurement.heard.last_ms[cue] - cue.end_ms) for cue in cues)
    return row_of(readings, name="cues end", planned=_counted(measurement, cues), within=SPEECH_END)


def _counted(measurement: Measurement, cues: tuple[Event, ...]) -> str:
    below = len(measurement.plan.timeline.of_kind(EventKind.SPEECH)) - len(cues)
    return f"{len(cues)} cues" + (f" ({below} more have sound below them)" if below else "")


def holds_row(measurement: Measurement) -> ReportRow:
    """Compare every hold's length, measured from the onset of its start beep to that of its end beep."""
    lengths_ms = hold_lengths_ms(measurement)
    readings = [
        Reading(hold.start_ms, _hold_name(hold), length - hold.duration_ms) for hold, length in lengths_ms.items()
    ]
    unmarked = len(measurement.plan.timeline.of_kind(EventKind.HOLD)) - len(readings)
    planned = f"{len(readings)} holds" + (f" ({unmarked} more begin without a beep)" if unmarked else "")
    return row_of(readings, name="holds last", planned=planned, within=HOLD_LENGTH)


def sides_row(measurement: Measurement) -> ReportRow:
    """Compare left and right holds of the same exercise and set that the plan makes equally long."""
    groups: dict[object, dict[Side, list[tuple[Event, float]]]] = defaultdict(lambda: defaultdict(list))
    for hold, length in hold_lengths_ms(measurement).items():
        if hold.place.side is not None:
            # The planned length is part of the key: a person may ask for a longer hold on one side.
            group = groups[hold.place.exercise, hold.place.set, hold.duration_ms]
            group[hold.place.side].append((hold, length))
    # An exercise may come again in a later phase, so each left hold is paired with the right one that follows it.
    readings = (
        Reading(left.start_ms, _hold_name(left), left_ms - right_ms)
        for group in groups.values()
        for (left, left_ms), (_, right_ms) in zip(group[Side.LEFT], group[Side.RIGHT], strict=False)
    )
    return row_of(readings, name="sides equal", planned="left as long as right", within=HOLD_LENGTH)


def hold_lengths_ms(measurement: Measurement) -> dict[Event, float]:
    """Return the measured length of every hold that begins with a beep; NaN where one of its two is not heard."""
    beeps = measurement.plan.timeline.of_kind(EventKind.BEEP)
    begun_ms = {beep.start_ms for beep in beeps if beep.role is BeepRole.START}
    onsets = {beep.start_ms: beep_onset_ms(measurement, beep) for beep in measurement.known_beeps()}
    return {
        hold: onsets.get(hold.end_ms, _NOT_FOUND) - onsets.get(hold.start_ms, _NOT_FOUND)
        for hold in measurement.plan.timeline.of_kind(EventKind.HOLD)
        if hold.start_ms in begun_ms
    }


def _hold_name(hold: Event) -> str:
    if hold.role is HoldRole.ROUNDS:
        return "the time of the rounds"
    sides = f", {hold.place.side} side" if hold.place.side else ""
    return f"the hold of '{hold.place.exercise}'{sides}"
