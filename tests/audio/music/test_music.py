from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.music.bed import FADE_IN_S, FADE_OUT_S, MusicBed
from audioguide.audio.music.pieces import find_pieces, load_piece
from audioguide.audio.render.mix import PlacedClip
from audioguide.audio.render.music_mix import CENTRE, MusicMix
from audioguide.errors import RequestError
from tests.decoders import ffmpeg, ffmpeg_metered
from tests.sounds import music, music_file, voice_like

RATE_HZ = 48_000


def file_loudness(samples: np.ndarray, folder: Path) -> float:
    import soundfile

    soundfile.write(folder / "heard.wav", samples, RATE_HZ, "FLOAT")
    return ffmpeg_metered(folder / "heard.wav").integrated_lufs


def tone_file(path: Path, hz: float, seconds: float, rate_hz: int = RATE_HZ) -> Path:
    import soundfile

    time = np.arange(round(seconds * rate_hz)) / rate_hz
    soundfile.write(path, 0.2 * np.sin(2 * np.pi * hz * time), rate_hz, "FLOAT")
    return path


def power_at(samples: np.ndarray, hz: float) -> float:
    """Return the mean power at ``hz`` of the left channel, its whole length looked at."""
    left = samples[:, 0].astype(np.float64)
    turn = np.exp(-2j * np.pi * hz * np.arange(left.size) / RATE_HZ)
    return float(2 * np.abs((left * turn).mean()) ** 2)


# Pieces


def test_a_folder_is_played_by_name_with_numbers_in_order_and_other_files_left_alone(tmp_path):
    for name in ("10 rain.wav", "2 Sea.flac", "cover.jpg", ".hidden.mp3", "a.MP3", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    assert [path.name for path in find_pieces(tmp_path)] == ["2 Sea.flac", "10 rain.wav", "a.MP3"]
    assert find_pieces(tmp_path / "a.MP3") == (tmp_path / "a.MP3",)


def test_a_folder_without_music_and_a_missing_path_are_said_to_be_so(tmp_path):
    with pytest.raises(RequestError, match="no sound file in this folder"):
        find_pieces(tmp_path)
    with pytest.raises(RequestError, match=r"none\.mp3: no such music"):
        find_pieces(tmp_path / "none.mp3")


@pytest.mark.real
@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_a_piece_has_its_length_and_its_loudness_at_any_rate(tmp_path, rate_hz):
    path = music_file(tmp_path / "x.wav", 25.5, rate_hz)
    piece = load_piece(path, 100)
    assert abs(piece.size - 25.5 * RATE_HZ) <= 1
    assert piece.loudness_lufs == pytest.approx(ffmpeg_metered(path).integrated_lufs, abs=0.3)
    assert piece.loudest_lufs >= piece.loudness_lufs


def test_a_tone_is_resampled_without_false_tones(tmp_path):
    piece = load_piece(tone_file(tmp_path / "x.wav", 3_000, 10, 8_000), 100)
    heard = piece.samples(RATE_HZ, 9 * RATE_HZ)
    others = [power_at(heard, hz) for hz in (1_000, 5_000, 11_000, 13_000)]
    assert 10 * np.log10(max(others) / power_at(heard, 3_000)) < -80


def test_of_a_long_piece_only_what_is_needed_is_decoded(tmp_path):
    piece = load_piece(music_file(tmp_path / "x.wav", 60), 12.5)
    assert piece.size == 12.5 * RATE_HZ


def test_what_decodes_above_full_scale_is_not_clipped(tmp_path):
    import soundfile

    loud = music(5, level=1.0)
    loud *= 1.6 / np.abs(loud).max()
    soundfile.write(tmp_path / "x.wav", loud, 44_100, "FLOAT")
    assert np.abs(load_piece(tmp_path / "x.wav", 9).samples(0, RATE_HZ * 5)).max() == pytest.approx(1.6, abs=0.1)


def test_silence_and_a_snippet_are_refused_by_name(tmp_path):
    with pytest.raises(RequestError, match=r"silent\.wav: is silent"):
        load_piece(music_file(tmp_path / "silent.wav", 5, level=0), 9)
    with pytest.raises(RequestError, match=r"short\.wav: lasts only 1\.5 s"):
        load_piece(music_file(tmp_path / "short.wav", 1.5), 9)


# The bed


@pytest.mark.real
def test_every_piece_plays_at_the_loudness_asked_for(tmp_path):
    quiet, loud = music_file(tmp_path / "1.wav", 40, level=0.05), music_file(tmp_path / "2.wav", 40, seed=2, level=0.9)
    bed = MusicBed([quiet, loud], 70 * RATE_HZ, -32)
    assert file_loudness(bed.read(5 * RATE_HZ, 30 * RATE_HZ), tmp_path) == pytest.approx(-32, abs=1.5)
    assert file_loudness(bed.read(42 * RATE_HZ, 62 * RATE_HZ), tmp_path) == pytest.approx(-32, abs=1.5)


@pytest.mark.real
def test_a_piece_with_a_loud_passage_is_set_by_that(tmp_path):
    import soundfile

    sound = music(60)
    sound[44_100 * 25 : 44_100 * 30] *= 10
    soundfile.write(tmp_path / "x.wav", sound * 0.2, 44_100, "FLOAT")
    bed = MusicBed([tmp_path / "x.wav"], 60 * RATE_HZ, -32)
    assert file_loudness(bed.read(26 * RATE_HZ, 29 * RATE_HZ), tmp_path) <= -27.5


def test_pieces_follow_each_other_with_a_cross_fade_that_keeps_the_power_and_begin_again(tmp_path):
    files = [tone_file(tmp_path / "1.wav", 440, 20), tone_file(tmp_path / "2.wav", 660, 20)]
    bed = MusicBed(files, 60 * RATE_HZ, -30)

    def powers(start_s: float) -> tuple[float, float]:
        heard = bed.read(round(start_s * RATE_HZ), round((start_s + 0.25) * RATE_HZ))
        return power_at(heard, 440), power_at(heard, 660)

    full = powers(10)[0]
    assert powers(10)[1] < full / 1e4
    for start_s in np.arange(15, 21, 0.5):
        assert 0.8 < sum(powers(start_s)) / full < 1.25
    assert powers(25)[0] < full / 1e4 < powers(25)[1]
    assert powers(40)[1] < full / 1e4 < powers(40)[0]


def test_the_session_fades_in_and_out_and_is_silent_beyond_its_end(tmp_path):
    bed = MusicBed([tone_file(tmp_path / "x.wav", 440, 30)], 40 * RATE_HZ, -30)

    def peak(start_s: float) -> float:
        return float(np.abs(bed.read(round(start_s * RATE_HZ), round((start_s + 0.1) * RATE_HZ))).max())

    full = peak(15)
    assert peak(0) < full / 20
    assert peak(FADE_IN_S) == pytest.approx(full, rel=0.05)
    assert peak(40 - FADE_OUT_S - 0.1) == pytest.approx(full, rel=0.05)
    assert peak(39.85) < full / 20
    assert peak(40.1) == 0


def test_it_is_the_same_in_whatever_stretches_it_is_read(tmp_path):
    bed = MusicBed([music_file(tmp_path / "x.wav", 9)], 30 * RATE_HZ, -30)
    whole = bed.read(0, 30 * RATE_HZ)
    parts = np.concatenate([bed.read(at, min(at + 77_777, 30 * RATE_HZ)) for at in range(0, 30 * RATE_HZ, 77_777)])
    assert np.array_equal(whole, parts)


def test_a_very_short_piece_goes_round_without_a_gap(tmp_path):
    bed = MusicBed([tone_file(tmp_path / "x.wav", 440, 2)], 60 * RATE_HZ, -30)
    heard = bed.read(5 * RATE_HZ, 50 * RATE_HZ).reshape(-1, RATE_HZ // 10, 2)
    levels = (heard**2).mean(axis=(1, 2))
    assert levels.min() > levels.max() / 8


# Voice over music


@pytest.mark.real
def test_the_voice_is_in_the_centre_at_its_loudness_and_the_music_far_below(tmp_path):
    voice = voice_like(4)
    sounds = [PlacedClip(10_000, 14_000, voice), PlacedClip(12_000, 12_500, voice_like(0.5, 2))]
    bed = MusicBed([music_file(tmp_path / "m.wav", 30)], 30 * RATE_HZ, -32)
    mix = MusicMix(sounds, [(10_000, 14_000)], bed, duck_db=8)
    only = MusicMix([], [(10_000, 14_000)], bed, duck_db=8)
    stretch = 10 * RATE_HZ, 12 * RATE_HZ
    difference = mix.read(*stretch) - only.read(*stretch)
    assert np.abs(difference[:, 0] - difference[:, 1]).max() < 1e-6
    expected = np.sqrt(np.mean(voice.samples[: 24 * 2_000] ** 2)) * CENTRE
    assert np.sqrt(np.mean(difference[:, 0] ** 2)) == pytest.approx(expected, rel=0.02)
    under, beside = (file_loudness(read(*stretch), tmp_path) for read in (only.read, bed.read))
    assert under == pytest.approx(beside - 8, abs=0.2)
    assert np.array_equal(only.read(20 * RATE_HZ, 22 * RATE_HZ), bed.read(20 * RATE_HZ, 22 * RATE_HZ))


def test_sounds_are_heard_whole_in_whatever_stretches_are_asked_for(tmp_path):
    sounds = [
        PlacedClip(1_000, 9_000, voice_like(8)),
        PlacedClip(1_500, 1_900, voice_like(0.4, 2)),
        PlacedClip(9_100, 9_500, voice_like(0.4, 3)),
    ]
    bed = MusicBed([music_file(tmp_path / "m.wav", 12)], 12 * RATE_HZ, -32)
    mix = MusicMix(sounds, [(1_000, 9_500)], bed, duck_db=8)
    whole = mix.read(0, 12 * RATE_HZ)
    parts = np.concatenate([mix.read(at, min(at + 33_333, 12 * RATE_HZ)) for at in range(0, 12 * RATE_HZ, 33_333)])
    assert np.abs(whole - parts).max() < 1e-6


@pytest.mark.real
@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3", "m4a"])
def test_every_common_format_is_played(tmp_path, suffix):
    made = music_file(tmp_path / "made.wav", 12)
    path = tmp_path / f"x.{suffix}"
    if suffix == "wav":
        made.rename(path)
    else:
        ffmpeg("-v", "error", "-i", str(made), "-b:a", "192k", str(path))
    piece = load_piece(path, 60)
    assert piece.size == pytest.approx(12 * RATE_HZ, abs=3_000)
    assert piece.loudness_lufs == pytest.approx(load_piece(made if made.exists() else path, 60).loudness_lufs, abs=0.5)
