import numpy as np

from audioguide.audio.level.decibels import db_to_amplitude
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.model.kinds import EventKind, SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.timeline import Event, Timeline
from audioguide.model.voice import VoiceSettings
from audioguide.verify.level_rows import cue_loudness_row, listen_to_levels
from audioguide.verify.listening import Listener
from audioguide.verify.measurement import Measurement
from audioguide.verify.report import ReportRow
from tests.sounds import tone

TONE_MS = 400


def row_of_a_cue(length_ms: int, off_target: float = 0.0) -> ReportRow:
    """Return the row for one cue: a tone of one block of loudness, ``off_target`` (LU), and silence up to its end."""
    timeline = Timeline((Event(EventKind.SPEECH, SpeechRole.SETUP, 0, length_ms, text="Done."),), (), (), length_ms)
    plan = Plan("demo", "Demo", None, VoiceSettings("fake", "one", 150, 1.0), timeline)
    sound = tone(1000, TONE_MS / 1000, 0.1)
    gain = db_to_amplitude(plan.sound.voice_lufs(1.0) + off_target - loudness_lufs(sound))
    measurement, listener = Measurement(plan, unaltered=True, chapters=(), sounds={}), Listener()
    listen_to_levels(measurement, listener)
    listener.listen([(sound.samples * gain).astype(np.float32)], length_ms, most_missing_ms=1_000)
    return cue_loudness_row(measurement)


def test_a_cue_whose_end_lies_on_a_step_may_have_one_block_less():
    # With the block from 100 to 500 ms, a quarter of which is silent, it would be 0.6 LU too quiet.
    assert row_of_a_cue(500).ok
    assert not row_of_a_cue(501).ok
    assert not row_of_a_cue(600).ok


def test_a_cue_within_bounds_is_taken_as_planned_and_one_out_of_them_both_ways_fails():
    assert row_of_a_cue(500, off_target=0.3).worst == "-0.3 LU"
    assert row_of_a_cue(500, off_target=-0.6).problems == ("'Done.' at 0:00.000: -0.6 LU",)


def test_silence_is_not_found():
    assert row_of_a_cue(500, off_target=-200).problems == ("'Done.' at 0:00.000: not found",)
