"""Holds a finished MP3 against the plan embedded in it: what is heard, when, and how loud.

The decoder shares nothing with the encoder. The rows stand in `check_times` and `check_levels`; the command line
prints the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.audio.cues.beeps import session_beeps
from audioguide.audio.mp3.mp3_format import MONO, STEREO
from audioguide.export.tags.chapters import fitted
from audioguide.export.tags.id3 import read_chapters, read_plan
from audioguide.model.kinds import BeepRole, EventKind
from audioguide.model.plan import Plan
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
from audioguide.verify.measurement import Heard, Row
from audioguide.verify.recording import Recording
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

_HEARD_ROWS: tuple[Callable[[Heard], Row | None], ...] = (
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


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        path: the file.
        plan: the plan embedded in it.
        rows: everything that was measured.
    """

    path: Path
    plan: Plan
    rows: tuple[Row, ...]

    @property
    def ok(self) -> bool:
        """Whether every row is."""
        return all(row.ok for row in self.rows)


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
    clip = decoded.clip
    form = MONO if plan.sound.music is None else STEREO
    length = length_row(plan.timeline.duration_ms, clip.samples.size, clip.rate_hz, form.rate_hz)
    if plan.timeline.duration_ms > clip.duration_ms + _MOST_MISSING_MS:
        # Listening for what can't be there would take memory for all the time that the plan claims.
        return Report(path, plan, (length,))
    known = _known(plan, own) if sounds is None else sounds
    recording = Recording.of(clip, plan.timeline.duration_ms)
    beeps = plan.timeline.of_kind(EventKind.BEEP)
    found = {
        beep: recording.find(known[BeepRole(beep.role)], beep.start_ms, _BEEP_REACH_MS)
        for beep in beeps
        if beep.role in known
    }
    heard = Heard(plan, recording, decoded.peak_dbtp, known, found)
    rows = (
        length,
        bytes_row(path.read_bytes()),
        chapters_row(fitted(plan.timeline.chapters), read_chapters(path)),
        *(made for row in _HEARD_ROWS if (made := row(heard)) is not None),
    )
    return Report(path, plan, rows)


def _known(plan: Plan, own: Path | None) -> dict[BeepRole, Clip]:
    """Return the beeps that can be known again: all but those of the user's own that are not at hand."""
    beeps = session_beeps(plan.sound, plan.voice.volume, own)
    missing = set(plan.sound.own_sounds) - set(beeps.own)
    return {role: clip for role, clip in beeps.clips.items() if role not in missing}
