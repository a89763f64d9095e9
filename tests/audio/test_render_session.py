import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.decode import decode
from audioguide.audio.mix import mix
from audioguide.audio.render import render
from audioguide.audio.tones import load_sounds
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.timeline import Event, Timeline
from tests.audio.audio_made import voice_like

SOUNDS = load_sounds()
VOICE = voice_like(1.0)


def beep(role: BeepRole, start_ms: int) -> Event:
    return Event(EventKind.BEEP, role, start_ms, start_ms + SOUNDS[role].duration_ms)


def cue(text: str, start_ms: int, length_ms: int = 1000) -> Event:
    return Event(EventKind.SPEECH, SpeechRole.SETUP, start_ms, start_ms + length_ms, text=text)


def timeline(*events: Event, duration_ms: int = 4800) -> Timeline:
    return Timeline(events, (), (), duration_ms)


def test_every_sound_stands_at_its_sample():
    session = mix(timeline(cue("Hold.", 240), beep(BeepRole.START, 2400)), {"Hold.": VOICE}, SOUNDS)
    assert session.dtype == np.float32
    assert session.size == 4800 * 24
    assert np.array_equal(session[240 * 24 :][: VOICE.samples.size], VOICE.samples)
    start = SOUNDS[BeepRole.START].samples
    assert np.array_equal(session[2400 * 24 :][: start.size], start)
    assert not session[: 240 * 24].any()
    assert not session[2400 * 24 + start.size :].any()


def test_stretches_of_time_make_no_sound():
    hold = Event(EventKind.HOLD, EventKind.HOLD, 0, 4800)
    assert not mix(timeline(hold), {}, SOUNDS).any()


def test_a_clip_longer_than_its_event_is_refused():
    with pytest.raises(ValueError, match=r"'Hold\.' at 0:00 lasts 1000 ms, its event 998 ms"):
        mix(timeline(cue("Hold.", 0, 998)), {"Hold.": VOICE}, SOUNDS)


def test_a_millisecond_of_rounding_is_let_be():
    session = mix(timeline(cue("Hold.", 0, 999)), {"Hold.": VOICE}, SOUNDS)
    assert not session[999 * 24 :].any()


def test_a_missing_clip_is_named():
    with pytest.raises(ValueError, match=r"no clip for the speech 'Hold\.'"):
        mix(timeline(cue("Hold.", 0)), {}, SOUNDS)


def test_a_clip_at_another_rate_is_refused():
    with pytest.raises(ValueError, match="22050 Hz"):
        mix(timeline(cue("Hold.", 0)), {"Hold.": Clip(VOICE.samples[:100], 22_050)}, SOUNDS)


def test_the_mp3_lasts_as_long_as_the_timeline():
    mp3 = render(timeline(cue("Hold.", 240), beep(BeepRole.DONE, 2400)), {"Hold.": VOICE}, SOUNDS)
    assert decode(mp3).samples.size == 4800 * 24
