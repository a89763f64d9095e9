"""Holds a finished MP3 against the plan embedded in it: what is heard, when, and how loud.

The decoder shares nothing with the encoder, so that neither can hide the other's mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.audio.cues.beeps import session_beeps
from audioguide.audio.mp3.info_frame import is_unaltered, without_tag
from audioguide.export.tags.id3 import read_chapters, read_plan
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.storage.plain_files import read_plain
from audioguide.verify.background_rows import breath_row, music_row, under_voice_row
from audioguide.verify.decode import decode_session
from audioguide.verify.level_rows import (
    beep_sounds_row,
    cue_loudness_row,
    peak_row,
    same_words_row,
    silence_row,
    speech_loudness_row,
)
from audioguide.verify.measurement import Measurement
from audioguide.verify.recording import Recording
from audioguide.verify.report import Report, ReportRow
from audioguide.verify.time_rows import (
    apart_row,
    beep_starts_row,
    bytes_row,
    chapters_row,
    holds_row,
    length_row,
    sides_row,
    speech_ends_row,
    speech_starts_row,
)

_BEEP_REACH_MS = 60
"""How far from its place a beep is looked for; a plan's beeps lie at least a second apart where they are alike."""

_MOST_MISSING_MS = 3_600_000
"""A file that lacks more than an hour of its plan is not listened to."""

_ROWS: tuple[Callable[[Measurement], ReportRow | None], ...] = (
    bytes_row,
    chapters_row,
    apart_row,
    beep_starts_row,
    beep_sounds_row,
    speech_starts_row,
    speech_ends_row,
    same_words_row,
    holds_row,
    sides_row,
    silence_row,
    cue_loudness_row,
    speech_loudness_row,
    breath_row,
    music_row,
    under_voice_row,
    peak_row,
)
"""The rows behind the length, in the order of the report; None from one says that it doesn't apply."""


def check(path: Path, sounds: Mapping[BeepRole, Clip] | None = None, own: Path | None = None) -> Report:
    """Return what is measured in the MP3 at ``path`` beside its plan. About 5 s for half an hour.

    Args:
        path: a file that audioguide built.
        sounds: the beeps as they should sound, 24 kHz; None takes those that come with the program, as loud as the plan
            says. Of a beep that was the user's own, without ``own`` only its time is measured.
        own: the folder of the user's own beeps; None for none.

    Raises:
        RequestError: when there is no such file, it is no MP3, there is no plan in it, or an own beep can't be used.
        OutputError: when a sound that comes with the program is missing.
    """
    plan = read_plan(path)
    decoded = decode_session(path)
    length = length_row(plan, decoded.clip)
    if plan.timeline.duration_ms > decoded.clip.duration_ms + _MOST_MISSING_MS:
        # Listening for what can't be there would take memory for all the time that the plan claims.
        return Report(path, plan, (length,))
    if sounds is None:
        beeps = session_beeps(plan.sound, plan.voice.volume, own)
        # A beep that was the user's own can't be told by its sound where that is not at hand.
        missing = set(plan.sound.own_sounds) - set(beeps.own)
        sounds = {role: clip for role, clip in beeps.clips.items() if role not in missing}
    recording = Recording.of(decoded.clip, plan.timeline.duration_ms)
    measurement = Measurement(
        plan=plan,
        unaltered=is_unaltered(without_tag(read_plain(path))),
        chapters=read_chapters(path),
        recording=recording,
        peak_dbtp=decoded.peak_dbtp,
        sounds=sounds,
        matches={
            beep: recording.find(sounds[BeepRole(beep.role)], beep.start_ms, _BEEP_REACH_MS)
            for beep in plan.timeline.of_kind(EventKind.BEEP)
            if beep.role in sounds
        },
    )
    rows = (row for make in _ROWS if (row := make(measurement)) is not None)
    return Report(path, plan, (length, *rows))
