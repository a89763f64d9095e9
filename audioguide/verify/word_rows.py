"""The check's row about words: each cue is held against the fingerprint that was taken when it was spoken."""

from __future__ import annotations

import numpy as np

from audioguide.audio.level.fingerprint import SLICE_MS, levels_db, levels_of
from audioguide.model.kinds import EventKind
from audioguide.model.timeline import Event
from audioguide.verify.listening import Listener
from audioguide.verify.measurement import Heard, Measurement
from audioguide.verify.recording import Recording
from audioguide.verify.report import MOST_PROBLEMS, ReportRow, moment, named

# Only what is strong in a cue is compared: what lies below, the codec changes, and music covers.
_STRONG_DB, _STRONG_OVER_MUSIC_DB = 24.0, 10.0

_CUE_DB = 2.0
"""How far strong bands deviate at most on average over a cue. Encoded again they stay under 0.9, and other words begin
at 5.6 (`scripts/word_mutations`)."""

_MOMENT_DB = 4.0
"""The same over each of two slices one after the other. Encoded again they stay under 1.9, a side exchanged begins at
8, and a gap of 150 ms, which makes two whole slices silent, at 36."""


def listen_to_words(measurement: Measurement, listener: Listener) -> None:
    """Ask how far each cue deviates from its fingerprint."""
    known = {one.text: one.levels for one in measurement.plan.fingerprints}
    below_db = _STRONG_DB if measurement.plan.sound.music is None else _STRONG_OVER_MUSIC_DB
    for cue in measurement.plan.timeline.of_kind(EventKind.SPEECH):
        if cue.text in known:
            _ask(measurement.heard, listener, cue, levels=known[cue.text], below_db=below_db)


def _ask(heard: Heard, listener: Listener, cue: Event, levels: str, below_db: float) -> None:
    def take(recording: Recording) -> None:
        planned = levels_of(levels)
        found = levels_db(recording.cut(cue.start_ms, cue.end_ms).samples)
        size = min(len(planned), len(found))
        if size == 0:
            return  # under a slice, such as a count at a fast pace: nothing to tell words by
        planned, found = planned[:size], found[:size]
        floor_db = planned.max() - below_db
        strong = (planned > floor_db) | (found > floor_db)
        off = np.where(strong, np.abs(found - planned), 0.0)
        slices = off.sum(axis=1) / np.maximum(strong.sum(axis=1), 1)
        # Of two neighbours the one that deviates less: one alone may be the edge of a consonant.
        both = np.minimum(slices[:-1], slices[1:]) if size > 1 else slices
        at = int(both.argmax())
        heard.words[cue] = float(off.sum() / strong.sum()), float(both[at]), cue.start_ms + at * SLICE_MS

    listener.ask(cue.start_ms, cue.end_ms, take)


def words_row(measurement: Measurement) -> ReportRow | None:
    """Compare what is heard in each cue with the words that were spoken; None for plans without fingerprints."""
    if not measurement.plan.fingerprints:
        return None
    wrong: list[str] = []
    for cue, (average_db, moment_db, at_ms) in measurement.heard.words.items():
        if average_db > _CUE_DB or moment_db > _MOMENT_DB:
            wrong.append(
                f"{named(cue)} at {moment(cue.start_ms)}: not as it was spoken, most of all at {moment(at_ms)}"
            )
    count = len(measurement.heard.words)
    worst = max((average for average, _, _ in measurement.heard.words.values()), default=0.0)
    return ReportRow(
        name="words",
        planned="as they were spoken",
        measured=f"{count - len(wrong)} of {count}",
        worst=f"{worst:.1f} dB",
        ok=not wrong,
        problems=tuple(wrong)[:MOST_PROBLEMS],
    )
