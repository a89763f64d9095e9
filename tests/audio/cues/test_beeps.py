import numpy as np
import pytest

from audioguide.audio.cues.beeps import session_beeps
from audioguide.audio.cues.tones import load_sounds, loudest_lufs
from audioguide.model.kinds import BeepRole
from audioguide.model.sound import LeadTone, SoundSettings

SHIPPED = load_sounds()


def test_as_they_are_where_nothing_is_asked():
    beeps = session_beeps(SoundSettings(), 1.0)
    assert (beeps.own, beeps.notes) == ((), ())
    assert all(np.array_equal(beeps.clips[role].samples, SHIPPED[role].samples) for role in BeepRole)


@pytest.mark.parametrize(("loudness", "volume"), [(-14.0, 1.0), (-24.0, 1.0), (-16.0, 0.5), (-20.0, 0.25)])
def test_beeps_are_as_loud_as_the_voice_whatever_its_loudness(loudness, volume):
    sound = SoundSettings(loudness_lufs=loudness)
    for role, clip in session_beeps(sound, volume).clips.items():
        below = 18 if role is BeepRole.LEAD else 0
        assert loudest_lufs(clip) == pytest.approx(sound.voice_lufs(volume) - below, abs=3)


def test_the_lead_tone_has_the_level_and_the_length_asked_for():
    sound = SoundSettings(lead=LeadTone(below_db=10, length_ms=900))
    lead = session_beeps(sound, 1.0).clips[BeepRole.LEAD]
    assert lead.duration_ms == 900
    assert loudest_lufs(lead) == pytest.approx(-26, abs=0.5)


def test_a_sound_of_the_users_own_takes_the_place_of_the_shipped_one(tmp_path):
    import soundfile

    time = np.arange(4_410) / 44_100
    soundfile.write(tmp_path / "start.flac", 0.9 * np.sin(2 * np.pi * 1_200 * time), 44_100)
    soundfile.write(tmp_path / "lead.wav", 0.9 * np.sin(2 * np.pi * 500 * time), 44_100)
    beeps = session_beeps(SoundSettings(lead=LeadTone(length_ms=900)), 1.0, tmp_path)
    assert beeps.own == ("start", "lead")
    assert beeps.clips[BeepRole.START].duration_ms == pytest.approx(100, abs=2)
    assert loudest_lufs(beeps.clips[BeepRole.START]) == pytest.approx(loudest_lufs(SHIPPED[BeepRole.START]), abs=0.3)
    assert any("the 900 ms asked for are not used" in note for note in beeps.notes)
