import runpy
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.cues.tones import lead_tone, load_sounds, loudest_lufs
from audioguide.audio.level.loudness import k_weighted, lufs
from audioguide.audio.level.true_peak import true_peak_dbtp
from audioguide.audio.read.source import open_source
from audioguide.model.kinds import BeepRole
from audioguide.verify.recording import Recording, likeness

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "audioguide" / "audio" / "cues" / "sounds"
LONGEST_MS = {"start": 350, "end": 350, "countdown": 150, "rep": 80, "done": 1500, "lead": 200}
SOUNDS = load_sounds()

each_role = pytest.mark.parametrize("role", BeepRole)


C5, D5, E5, F5, FS5, G5, A5, B5, C6, D6, E6 = 523, 587, 659, 698, 740, 784, 880, 988, 1047, 1175, 1319
MELODIES = {
    "start": [G5, C6],
    "end": [C6, F5],
    "countdown": [A5],
    "half": [E5],
    "switch": [E6, B5, E6],
    "set": [G5, E5, C5],
    "rep": [D6],
    "rep_left": [FS5],
    "rep_part": [D5],
    "rest": [C5],
    "done": [C5, E5, G5, C6],
    "lead": [E5],
}


def sounding_lufs(clip: Clip) -> float:
    """Return the loudness over all that lies within 20 dB of the peak."""
    levels = np.abs(clip.samples)
    heard = np.flatnonzero(levels > levels.max() / 10)
    power = k_weighted(clip).astype(np.float64)[heard[0] : heard[-1] + 1] ** 2
    return lufs(float(power.mean()))


def strongest_hz(samples: np.ndarray) -> float:
    return float(np.abs(np.fft.rfft(samples * np.hanning(samples.size), 48_000)).argmax()) / 2


def melody(clip: Clip) -> list[float]:
    """Return the strongest pitch of each 60 ms, each heard twice running, and once for as long as it stays."""
    starts = range(0, max(1, clip.samples.size - 1440), 240)
    heard = [round(strongest_hz(clip.samples[at : at + 1440])) for at in starts]
    steady = [one for one, other in pairwise(heard) if abs(one - other) <= 2]
    return [hz for at, hz in enumerate(steady) if at == 0 or abs(hz - steady[at - 1]) > 20]


@pytest.mark.filterwarnings("ignore:Couldn't find ffmpeg", "ignore:'audioop' is deprecated")
def test_the_shipped_files_are_what_the_script_makes(tmp_path):
    runpy.run_path(str(ROOT / "scripts" / "make_sounds"))["main"](tmp_path)
    for role in BeepRole:
        assert (tmp_path / f"{role}.wav").read_bytes() == (SHIPPED / f"{role}.wav").read_bytes()


@each_role
def test_every_role_has_a_sound_of_16_bit_mono_at_24_khz(role):
    import soundfile

    info = soundfile.info(SHIPPED / f"{role}.wav")
    assert (info.samplerate, info.channels, info.subtype) == (24_000, 1, "PCM_16")


@each_role
def test_no_sound_is_too_long_for_its_purpose(role):
    assert SOUNDS[role].duration_ms <= LONGEST_MS.get(role, 500)


@each_role
def test_each_is_about_as_loud_as_the_voice_and_the_lead_far_quieter(role):
    wanted, limit = (-34, 0.5) if role is BeepRole.LEAD else (-16, 2.5)
    assert loudest_lufs(SOUNDS[role]) == pytest.approx(wanted, abs=limit)


@pytest.mark.parametrize("role", sorted(set(BeepRole) - {BeepRole.LEAD}))
def test_none_startles_or_is_too_faint_over_all_the_time_it_sounds(role):
    assert -20 <= sounding_lufs(SOUNDS[role]) <= -16
    assert true_peak_dbtp(SOUNDS[role].samples) <= -7.5


@each_role
def test_its_notes_are_the_ones_that_tell_its_meaning(role):
    assert melody(SOUNDS[role]) == pytest.approx(MELODIES[role], abs=15)


@each_role
def test_it_begins_sharply_and_without_a_click(role):
    samples = np.abs(SOUNDS[role].samples)
    peak = samples.max()
    assert np.flatnonzero(samples > peak / 4)[0] < 5 * 24
    assert samples[0] == 0
    assert samples[-1] < peak * 0.01


@each_role
def test_its_energy_lies_where_phone_speakers_play(role):
    samples = SOUNDS[role].samples
    spectrum = np.abs(np.fft.rfft(samples, 48_000)) ** 2
    assert spectrum[800:].sum() / spectrum.sum() > 0.95
    assert 400 <= spectrum.argmax() / 2 <= 2000


@pytest.mark.parametrize(("one", "other"), list(permutations(sorted(set(BeepRole) - {BeepRole.LEAD}), 2)))
def test_no_sound_is_taken_for_another(one, other):
    recording = Recording.of(Clip(np.pad(SOUNDS[other].samples, 24_000)), 3000)
    assert recording.find(SOUNDS[one], 1000, 60).likeness < 0.85


def test_loudness_is_that_of_the_loudest_tenth_of_a_second():
    tone = np.sin(2 * np.pi * 1000 * np.arange(24_000) / 24_000).astype(np.float32)
    assert loudest_lufs(Clip(tone * 0.1)) == pytest.approx(-23, abs=0.1)
    assert loudest_lufs(Clip(np.pad(tone[:4800] * 0.1, 24_000))) == pytest.approx(-23, abs=0.1)
    assert loudest_lufs(Clip(tone[:1200] * 0.1)) == pytest.approx(-26, abs=0.2)


@pytest.mark.parametrize("length_ms", [50, 51, 150, 777, 3000])
def test_a_lead_tone_of_any_length_is_as_loud_as_the_shipped_one(length_ms):
    tone = lead_tone(length_ms)
    assert (tone.rate_hz, tone.samples.size) == (24_000, length_ms * 24)
    assert loudest_lufs(tone) == pytest.approx(-34, abs=0.1)
    assert loudest_lufs(tone) == pytest.approx(loudest_lufs(SOUNDS[BeepRole.LEAD]), abs=0.5)


@pytest.mark.parametrize("length_ms", [50, 150, 3000])
def test_a_lead_tone_is_held_and_does_not_click(length_ms):
    samples = np.abs(lead_tone(length_ms).samples)
    peak = samples.max()
    assert samples[0] == 0
    assert samples[-1] < peak * 0.001
    each_ms = samples.reshape(length_ms, 24)[15:-15].max(axis=1)
    assert np.convolve(each_ms, [0.5, 0.5], "valid").min() > peak * 0.8


def test_a_lead_tone_sounds_like_the_shipped_one():
    assert likeness(lead_tone(150).samples, SOUNDS[BeepRole.LEAD].samples) > 0.7
    assert strongest_hz(lead_tone(150).samples) == pytest.approx(E5, abs=2)


@pytest.mark.parametrize("length_ms", [-1, 0, 49, 3001])
def test_a_lead_tone_of_another_length_is_refused(length_ms):
    with pytest.raises(ValueError, match="50 to 3000"):
        lead_tone(length_ms)


@each_role
def test_shipped_sounds_are_read_as_a_user_s_are(role):
    with open_source(SHIPPED / f"{role}.wav") as source:
        assert (source.rate_hz, source.channels) == (24_000, 1)
        read = np.concatenate([block[:, 0] for block in source.blocks(24_000)])
    assert np.array_equal(SOUNDS[role].samples, read)
