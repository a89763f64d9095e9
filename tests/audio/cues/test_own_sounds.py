from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.audio.cues.own_sounds import own_sounds
from audioguide.audio.cues.tones import load_sounds, loudest_lufs
from audioguide.audio.level.true_peak import true_peak_dbtp
from audioguide.errors import RequestError
from audioguide.model.kinds import BeepRole
from tests.decoders import ffmpeg

SHIPPED = load_sounds()


def ping(seconds: float = 0.3, rate_hz: int = 44_100, level: float = 0.05, hz: float = 900) -> np.ndarray:
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return (level * np.sin(2 * np.pi * hz * time)).astype(np.float32)


def put(path: Path, samples: np.ndarray, rate_hz: int = 44_100, subtype: str | None = None) -> Path:
    path.parent.mkdir(exist_ok=True)
    soundfile.write(path, samples, rate_hz, subtype=subtype)
    return path


def refused(folder: Path, named: Path | None = None) -> str:
    with pytest.raises(RequestError) as error:
        own_sounds(folder, SHIPPED)
    message = str(error.value)
    assert message.startswith(f"{named or folder}: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("role", BeepRole)
def test_a_sound_named_like_a_role_replaces_it_as_loud(tmp_path, role):
    put(tmp_path / f"{role}.wav", ping())
    own = own_sounds(tmp_path, SHIPPED)
    assert set(own.clips) == {role}
    assert own.notes == ()
    assert own.clips[role].rate_hz == 24_000
    assert own.clips[role].duration_ms == pytest.approx(300, abs=2)
    assert loudest_lufs(own.clips[role]) == pytest.approx(loudest_lufs(SHIPPED[role]), abs=0.1)


@pytest.mark.parametrize("rate_hz", [8_000, 24_000, 44_100, 96_000])
@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "FLOAT"])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_any_rate_width_and_number_of_channels_comes_out_the_same(tmp_path, rate_hz, subtype, channels):
    put(tmp_path / "start.wav", np.tile(ping(rate_hz=rate_hz, level=0.4)[:, None], channels), rate_hz, subtype)
    clip = own_sounds(tmp_path, SHIPPED).clips[BeepRole.START]
    assert clip.duration_ms == pytest.approx(300, abs=3)
    assert loudest_lufs(clip) == pytest.approx(loudest_lufs(SHIPPED[BeepRole.START]), abs=0.1)
    spectrum = np.abs(np.fft.rfft(clip.samples, 24_000))
    assert spectrum.argmax() == pytest.approx(900, abs=2)


@pytest.mark.real
@pytest.mark.parametrize("suffix", ["flac", "ogg", "opus", "mp3", "aiff", "m4a"])
def test_any_format_serves(tmp_path, suffix):
    wav = put(tmp_path / "made.wav", ping())
    folder = tmp_path / "own"
    folder.mkdir()
    how = ("-c:a", "libvorbis") if suffix == "ogg" else ()
    ffmpeg("-v", "error", "-i", str(wav), *how, str(folder / f"half.{suffix}"))
    clip = own_sounds(folder, SHIPPED).clips[BeepRole.HALF]
    assert clip.duration_ms == pytest.approx(300, abs=40)
    assert loudest_lufs(clip) == pytest.approx(loudest_lufs(SHIPPED[BeepRole.HALF]), abs=0.1)


def test_silence_before_and_after_is_cut_and_the_edges_are_faded(tmp_path):
    quiet = np.random.default_rng(1).normal(0, 2e-5, 44_100).astype(np.float32)
    put(tmp_path / "rep.wav", np.concatenate([quiet, ping(), quiet, quiet]), subtype="FLOAT")
    clip = own_sounds(tmp_path, SHIPPED).clips[BeepRole.REP]
    samples = np.abs(clip.samples)
    assert clip.duration_ms == pytest.approx(300, abs=2)
    assert samples[0] == 0
    assert samples[-1] < samples.max() * 0.01
    assert np.flatnonzero(samples > samples.max() / 2)[0] < 4 * 24


def test_a_sound_that_is_nearly_all_peak_stays_below_the_ceiling(tmp_path):
    click = np.zeros(4_410, np.float32)
    click[::1_000] = 0.5
    put(tmp_path / "countdown.wav", click)
    clip = own_sounds(tmp_path, SHIPPED).clips[BeepRole.COUNTDOWN]
    assert true_peak_dbtp(clip.samples) == pytest.approx(-3, abs=0.01)
    assert loudest_lufs(clip) < loudest_lufs(SHIPPED[BeepRole.COUNTDOWN])


def test_names_in_capitals_serve_and_hidden_files_and_others_count_for_nothing(tmp_path):
    put(tmp_path / "Start.WAV", ping())
    (tmp_path / ".end.wav").write_bytes(b"")
    (tmp_path / "readme.txt").write_text("start.wav is a bell", encoding="utf-8")
    (tmp_path / "more").mkdir()
    own = own_sounds(tmp_path, SHIPPED)
    assert (set(own.clips), own.notes) == ({BeepRole.START}, ())


def test_a_sound_of_another_name_is_noted(tmp_path):
    put(tmp_path / "end.wav", ping())
    put(tmp_path / "strat.wav", ping())
    (tmp_path / "gong.m4a").write_bytes(b"never read")
    gong, strat = own_sounds(tmp_path, SHIPPED).notes
    assert strat == f"the sound 'strat.wav' in {tmp_path} replaces nothing; did you mean 'start'?"
    assert gong.startswith(f"the sound 'gong.m4a' in {tmp_path} replaces nothing; there is start, ")


def test_two_files_for_one_role_are_refused(tmp_path):
    put(tmp_path / "end.flac", ping())
    put(tmp_path / "end.wav", ping())
    assert "'end.flac' is for 'end' as well; keep one of them" in refused(tmp_path, tmp_path / "end.wav")


def test_a_folder_without_any_is_refused_with_the_names(tmp_path):
    put(tmp_path / "gong.wav", ping())
    message = refused(tmp_path)
    assert all(f"{role}.wav" in message for role in BeepRole)


def test_what_is_no_folder_is_refused(tmp_path):
    wav = put(tmp_path / "a" / "start.wav", ping())
    assert "not a folder" in refused(wav)
    assert "no such folder" in refused(tmp_path / "none")


@pytest.mark.parametrize("samples", [np.zeros(4_410), np.full(4_410, 1e-4), np.stack([ping(), -ping()], axis=1)])
def test_a_silent_sound_is_refused(tmp_path, samples):
    path = put(tmp_path / "start.wav", samples, subtype="FLOAT")
    assert "silent" in refused(tmp_path, path)


def test_a_mere_click_is_refused(tmp_path):
    path = put(tmp_path / "start.wav", np.pad([0.5, -0.5], 4_410))
    assert "under 10 ms" in refused(tmp_path, path)


@pytest.mark.parametrize(
    ("role", "limit_s"), [("countdown", 0.8), ("rep", 0.5), ("lead", 3), ("done", 10), ("start", 2), ("set", 2)]
)
def test_a_sound_may_last_as_long_as_its_role_allows(tmp_path, role, limit_s):
    path = put(tmp_path / f"{role}.wav", ping(limit_s - 0.01))
    assert BeepRole(role) in own_sounds(tmp_path, SHIPPED).clips
    put(path, ping(limit_s + 0.05))
    message = refused(tmp_path, path)
    assert f"a sound for '{role}' lasts at most {limit_s:g} s, this one is {limit_s + 0.05:g} s long" in message


def test_a_far_too_long_file_is_refused_unread(tmp_path, monkeypatch):
    path = put(tmp_path / "start.flac", ping(20))
    monkeypatch.setattr("audioguide.audio.read.source.Source.blocks", lambda *_: pytest.fail("it was read"))
    assert "this one is 20 s long" in refused(tmp_path, path)


@pytest.mark.real
def test_a_far_too_long_file_that_declares_no_length_is_read_in_part_only(tmp_path):
    put(tmp_path / "made.wav", ping(60))
    path = tmp_path / "own" / "start.mp3"
    path.parent.mkdir()
    ffmpeg("-v", "error", "-i", str(tmp_path / "made.wav"), "-write_xing", "0", str(path))
    assert "lasts at most 2 s, this one is longer than that" in refused(path.parent, path)


def test_broken_sounds_are_refused(tmp_path):
    path = put(tmp_path / "start.wav", ping())
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "breaks off" in refused(tmp_path, path)
    path.write_bytes(b"")
    assert "empty" in refused(tmp_path, path)
    path.write_text("ding", encoding="utf-8")
    assert "not a sound" in refused(tmp_path, path)
    path.unlink()
    path.mkdir()
    assert "a folder" in refused(tmp_path, path)
