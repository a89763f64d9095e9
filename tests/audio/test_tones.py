import runpy
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.listen import Recording
from audioguide.audio.loudness import k_weighted, lufs
from audioguide.audio.tones import load_sounds
from audioguide.errors import OutputError
from audioguide.model.kinds import BeepRole

ROOT = Path(__file__).parents[2]
LONGEST_MS = {"start": 350, "end": 350, "countdown": 150, "rep": 80, "done": 1500, "lead": 200}
SOUNDS = load_sounds()

each_role = pytest.mark.parametrize("role", BeepRole)


def loudest_100_ms(clip: Clip) -> float:
    power = k_weighted(clip).astype(np.float64) ** 2
    width = min(2400, power.size)
    return lufs(float(np.convolve(power, np.full(width, 1 / width), "valid").max()))


@pytest.mark.filterwarnings("ignore:Couldn't find ffmpeg", "ignore:'audioop' is deprecated")
def test_the_shipped_files_are_what_the_script_makes(tmp_path):
    runpy.run_path(str(ROOT / "scripts" / "make_sounds"))["main"](tmp_path)
    for role in BeepRole:
        assert (tmp_path / f"{role}.wav").read_bytes() == (ROOT / "sounds" / f"{role}.wav").read_bytes()


@each_role
def test_every_role_has_a_sound_of_16_bit_mono_at_24_khz(role):
    import soundfile

    info = soundfile.info(ROOT / "sounds" / f"{role}.wav")
    assert (info.samplerate, info.channels, info.subtype) == (24_000, 1, "PCM_16")


@each_role
def test_no_sound_is_too_long_for_its_purpose(role):
    assert SOUNDS[role].duration_ms <= LONGEST_MS.get(role, 500)


@each_role
def test_each_is_about_as_loud_as_the_voice_and_the_lead_far_quieter(role):
    wanted, limit = (-34, 3) if role is BeepRole.LEAD else (-16, 3)
    assert loudest_100_ms(SOUNDS[role]) == pytest.approx(wanted, abs=limit)


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


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(OutputError, match=r"start\.wav"):
        load_sounds(tmp_path)


def test_a_broken_file_is_named(tmp_path):
    for role in BeepRole:
        (tmp_path / f"{role}.wav").write_bytes((ROOT / "sounds" / f"{role}.wav").read_bytes())
    (tmp_path / "half.wav").write_bytes(b"RIFF")
    with pytest.raises(OutputError, match=r"half\.wav"):
        load_sounds(tmp_path)
