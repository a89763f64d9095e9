"""The check's rows about time: length, onsets, ends, holds, sides, chapters. `check_levels` has those about sound."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from audioguide.audio.mp3.info_frame import is_unaltered, without_tag
from audioguide.model.kinds import EventKind, Side
from audioguide.model.sound import DEFAULT_LUFS
from audioguide.model.timeline import Chapter, Event
from audioguide.model.units import FRAME_MS, SAMPLE_RATE_HZ
from audioguide.verify.measurement import Heard, Reading, Row, judged, moment, named
from audioguide.verify.recording import Match

BEEP_LIMIT_MS = 12
"""Half a frame: an error in the encoding or the order of frames is a whole one at least."""

SPEECH_LIMIT_MS = 30
"""Speech begins softly, and the ear places it no better."""

EARLY_END_MS = 100
"""A cue's last sound may lie so long before its end: last consonants fade."""

LIKE_ENOUGH = 0.9
"""Likeness from which a beep is taken for its sound; shipped sounds that went through the MP3 reach 0.99."""

_AUDIBLE_DB = -60.0
_FAINTEST_DB = -90.0
_REACH_MS = 100
_SPREAD_MS = 50
_NOT_FOUND = math.nan


def length_row(planned_ms: int, samples: int, rate_hz: int, planned_rate_hz: int = SAMPLE_RATE_HZ) -> Row:
    """Compare the decoded length, to the sample."""
    planned = planned_ms * planned_rate_hz // 1000
    off_ms = 1000 * (samples / rate_hz - planned / planned_rate_hz)
    return Row(
        name="length",
        planned=f"{moment(planned_ms)} ({planned} samples)",
        measured=f"{moment(samples * 1000 // rate_hz)} ({samples} samples at {rate_hz} Hz)",
        worst=f"{off_ms:+.2f} ms",
        ok=samples == planned and rate_hz == planned_rate_hz,
    )


def bytes_row(mp3: bytes) -> Row:
    """Compare the frames with the checksum taken when they were encoded."""
    ok = is_unaltered(without_tag(mp3))
    measured = "as it was built" if ok else "cut, changed or encoded again after it was built"
    return Row("the sound's bytes", "as they were built", measured, "", ok)


def chapters_row(planned: tuple[Chapter, ...], tagged: tuple[Chapter, ...]) -> Row:
    """Compare the chapters that players show with the plan's."""
    pairs = zip(planned, tagged, strict=False)
    wrong = [f"chapter '{plan.title}' at {moment(plan.start_ms)} is different" for plan, tag in pairs if plan != tag]
    if len(planned) != len(tagged):
        wrong.append(f"{len(tagged)} chapters, where the plan has {len(planned)}")
    return Row("chapters", str(len(planned)), str(len(tagged)), "", not wrong, tuple(wrong))


def apart_row(heard: Heard) -> Row:
    """Report the shortest planned silence between two sounds; the timeline itself refuses overlaps."""
    gaps = [later.start_ms - earlier.end_ms for earlier, later in pairwise(heard.plan.timeline.sounds())]
    shortest = f"{min(gaps)} ms apart at least" if gaps else "nothing to overlap"
    return Row("overlaps", "none", shortest, "", min(gaps, default=0) >= 0)


def beep_starts_row(heard: Heard) -> Row:
    """Compare the onset of every beep."""
    beeps = heard.known_beeps()
    readings = (Reading(beep.start_ms, named(beep), beep_onset_ms(heard, beep) - beep.start_ms) for beep in beeps)
    return judged("beeps start", f"{len(beeps)} beeps", readings, BEEP_LIMIT_MS, "ms")


def beep_onset_ms(heard: Heard, beep: Event) -> float:
    """Return when a beep begins: where its sound is, or else the first energy; NaN where nothing is heard."""
    match: Match | None = heard.matches.get(beep)
    if match is not None and match.likeness >= LIKE_ENOUGH:
        return match.at_ms
    return _energy_onset_ms(heard, beep, _AUDIBLE_DB) if heard.is_alone(beep) else _NOT_FOUND


def speech_starts_row(heard: Heard) -> Row:
    """Compare the onset of every spoken cue; over music or a breath tone a soft onset can't be told."""
    cues = heard.cues_alone()
    floor = _speech_floor_db(heard)
    readings = (Reading(cue.start_ms, named(cue), _energy_onset_ms(heard, cue, floor) - cue.start_ms) for cue in cues)
    return judged("cues start", _counted(heard, cues), readings, SPEECH_LIMIT_MS, "ms")


def speech_ends_row(heard: Heard) -> Row:
    """Compare the end of every spoken cue: none is cut short. As for starts, where nothing sounds below it."""
    cues = heard.cues_alone()
    readings = (Reading(cue.end_ms, named(cue), _early_end_ms(heard, cue)) for cue in cues)
    return judged("cues end", _counted(heard, cues), readings, EARLY_END_MS, "ms")


def _counted(heard: Heard, cues: tuple[Event, ...]) -> str:
    below = len(heard.plan.timeline.of_kind(EventKind.SPEECH)) - len(cues)
    return f"{len(cues)} cues" + (f" ({below} more have sound below them)" if below else "")


def holds_row(heard: Heard) -> Row:
    """Compare every hold's length, measured from the onset of its start beep to that of its end beep."""
    holds = heard.plan.timeline.of_kind(EventKind.HOLD)
    measured = hold_lengths_ms(heard)
    readings = (Reading(hold.start_ms, _hold_name(hold), measured[hold] - hold.duration_ms) for hold in holds)
    return judged("holds last", f"{len(holds)} holds", readings, FRAME_MS, "ms")


def sides_row(heard: Heard) -> Row:
    """Compare left and right holds of the same exercise and set that the plan makes equally long."""
    return judged("sides equal", "left as long as right", _side_readings(heard), FRAME_MS, "ms")


def hold_lengths_ms(heard: Heard) -> dict[Event, float]:
    """Return the measured length of every hold; NaN where a beep that bounds it is missing."""
    onsets = {beep.start_ms: beep_onset_ms(heard, beep) for beep in heard.known_beeps()}
    return {
        hold: onsets.get(hold.end_ms, _NOT_FOUND) - onsets.get(hold.start_ms, _NOT_FOUND)
        for hold in heard.plan.timeline.of_kind(EventKind.HOLD)
    }


def _side_readings(heard: Heard) -> Iterator[Reading]:
    groups: dict[object, dict[Side, list[tuple[Event, float]]]] = defaultdict(lambda: defaultdict(list))
    for hold, length in hold_lengths_ms(heard).items():
        if hold.place.side is not None:
            group = groups[hold.place.exercise, hold.place.set, hold.duration_ms]
            group[hold.place.side].append((hold, length))
    for group in groups.values():
        for (left, left_ms), (_, right_ms) in zip(group[Side.LEFT], group[Side.RIGHT], strict=False):
            yield Reading(left.start_ms, _hold_name(left), left_ms - right_ms)


def _hold_name(hold: Event) -> str:
    sides = f", {hold.place.side} side" if hold.place.side else ""
    return f"the hold of '{hold.place.exercise}'{sides}"


def _energy_onset_ms(heard: Heard, event: Event, floor_db: float) -> float:
    """Return the first moment at which something is heard, looking back into planned silence as far as there is any.

    Right behind another sound the search begins at the start itself: what is before belongs to the other.
    """
    silence = min(heard.gap_before_ms(event) - _SPREAD_MS, _REACH_MS)
    begin = event.start_ms - max(0, silence)
    first = heard.recording.first_heard_ms(begin, event.end_ms, floor_db)
    return _NOT_FOUND if first is None else first


def _speech_floor_db(heard: Heard) -> float:
    """Return the level from which speech counts as heard: lower for a quiet voice, but above the 16-bit rounding."""
    return max(_AUDIBLE_DB + min(0.0, heard.voice_lufs - DEFAULT_LUFS), _FAINTEST_DB)


def _early_end_ms(heard: Heard, cue: Event) -> float:
    last = heard.recording.last_heard_ms(cue.start_ms, cue.end_ms, _speech_floor_db(heard))
    return _NOT_FOUND if last is None else last - cue.end_ms
