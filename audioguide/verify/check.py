"""Holds a finished MP3 against the plan embedded in it: what is heard, when, and how loud.

The decoder shares nothing with the encoder, so that neither can hide the other's mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.audio.cues.beeps import session_beeps
from audioguide.audio.mp3.info_frame import is_file_unaltered
from audioguide.export.tags.id3 import read_chapters, read_plan
from audioguide.model.kinds import BeepRole
from audioguide.storage.plain_files import open_plain
from audioguide.verify.background_rows import breath_row, listen_to_background, music_row, under_voice_row
from audioguide.verify.decode import decoding
from audioguide.verify.level_rows import (
    beep_sounds_row,
    cue_loudness_row,
    listen_to_levels,
    peak_row,
    same_words_row,
    silence_row,
    speech_loudness_row,
)
from audioguide.verify.listening import Listener
from audioguide.verify.measurement import Measurement
from audioguide.verify.report import Report, ReportRow
from audioguide.verify.time_rows import (
    apart_row,
    beep_starts_row,
    bytes_row,
    chapters_row,
    holds_row,
    length_row,
    listen_to_times,
    sides_row,
    speech_ends_row,
    speech_starts_row,
)
from audioguide.verify.word_rows import listen_to_words, words_row

_MOST_MISSING_MS = 3_600_000
"""A file that lacks more than an hour of its plan is not listened to."""

_ASKED: tuple[Callable[[Measurement, Listener], None], ...] = (
    listen_to_times,
    listen_to_levels,
    listen_to_background,
    listen_to_words,
)
"""What asks for all that the rows are made of."""

_ROWS: tuple[Callable[[Measurement], ReportRow | None], ...] = (
    bytes_row,
    chapters_row,
    apart_row,
    beep_starts_row,
    beep_sounds_row,
    speech_starts_row,
    speech_ends_row,
    same_words_row,
    words_row,
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
    if sounds is None:
        beeps = session_beeps(plan.sound, plan.voice.volume, own)
        # A beep that was the user's own can't be told by its sound where that is not at hand.
        missing = set(plan.sound.own_sounds) - set(beeps.own)
        sounds = {role: clip for role, clip in beeps.clips.items() if role not in missing}
    with open_plain(path) as file:
        unaltered = is_file_unaltered(file)
    measurement = Measurement(plan=plan, unaltered=unaltered, chapters=read_chapters(path), sounds=sounds)
    listener = Listener()
    for ask in _ASKED:
        ask(measurement, listener)
    with decoding(path) as decoded:
        # Of a plan that claims far more than there is, the rest is not waited for.
        listener.listen(decoded.blocks(), plan.timeline.duration_ms, _MOST_MISSING_MS)
        measurement.heard.peak_dbtp = decoded.peak_dbtp
    length = length_row(plan, decoded.samples, decoded.rate_hz)
    if plan.timeline.duration_ms > decoded.samples * 1000 // decoded.rate_hz + _MOST_MISSING_MS:
        return Report(path, plan, (length,))
    rows = (row for make in _ROWS if (row := make(measurement)) is not None)
    return Report(path, plan, (length, *rows))
