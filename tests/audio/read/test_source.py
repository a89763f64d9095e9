import os
import sys
import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.audio.read.quiet_stderr import stderr_silenced
from audioguide.audio.read.source import SUFFIXES, open_source, to_mono, to_stereo
from audioguide.errors import RequestError
from tests.decoders import ffmpeg, ffmpeg_samples

RATE_HZ = 44_100
ENCODED = {
    "sound.flac": (),
    "sound.aiff": (),
    "sound.ogg": ("-c:a", "libvorbis"),
    "sound.opus": ("-c:a", "libopus"),
    "sound.mp3": ("-c:a", "libmp3lame"),
    "variable.mp3": ("-c:a", "libmp3lame", "-q:a", "5"),
    "sound.m4a": ("-c:a", "aac"),
    "lossless.m4a": ("-c:a", "alac"),
}
NO_LENGTH = {
    "bare.mp3": ("-c:a", "libmp3lame", "-write_xing", "0", "-id3v2_version", "0"),
    "bare-variable.mp3": ("-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0"),
    "sound.aac": ("-c:a", "aac"),
    "sound.wma": ("-c:a", "wmav2"),
}

posix = pytest.mark.skipif(
    os.name != "posix", reason="no pipes, devices and names of any bytes: run the tests on Linux or macOS"
)


def sweep(seconds: float = 4.0, rate_hz: int = RATE_HZ) -> np.ndarray:
    """Return a stereo sweep, half silent in the middle so that a variable bit rate varies; shape (n, 2)."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    left = 0.4 * np.sin(2 * np.pi * (300 + 100 * time) * time)
    left[time.size // 3 : time.size // 2] = 0
    return np.stack([left, left / 2], axis=1).astype(np.float32)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sweep in every format."""
    folder = tmp_path_factory.mktemp("made")
    soundfile.write(folder / "sound.wav", sweep(), RATE_HZ)
    for name, how in (ENCODED | NO_LENGTH).items():
        ffmpeg("-v", "error", "-i", str(folder / "sound.wav"), *how, str(folder / name))
    return folder


def read(path: Path, frames: int = 4096) -> np.ndarray:
    with open_source(path) as source:
        return np.concatenate(list(source.blocks(frames)))


def refused(path: Path) -> str:
    with pytest.raises(RequestError) as error, open_source(path) as source:
        for _ in source.blocks(4096):
            pass
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


def cut(path: Path, folder: Path, share: float = 0.5) -> Path:
    whole = path.read_bytes()
    short = folder / f"cut-{path.name}"
    short.write_bytes(whole[: round(len(whole) * share)])
    return short


@pytest.mark.real
@pytest.mark.parametrize("name", ["sound.wav", *ENCODED])
def test_every_format_is_read_as_long_and_as_placed_as_it_was(made, name):
    rate_hz = 48_000 if name.endswith("opus") else RATE_HZ
    with open_source(made / name) as source:
        assert (source.path, source.rate_hz, source.channels) == (made / name, rate_hz, 2)
        assert source.length_s == pytest.approx(4, abs=0.001)
        got = np.concatenate(list(source.blocks(1000)))
    assert got.dtype == np.float32
    assert len(got) == pytest.approx(4 * rate_hz, abs=8)
    wanted = sweep(4.0, rate_hz)
    assert np.corrcoef(got[: len(wanted), 0], wanted[: len(got), 0])[0, 1] > 0.98


@pytest.mark.real
@pytest.mark.parametrize("name", NO_LENGTH)
def test_a_file_that_declares_no_length_is_read_to_its_end(made, name):
    with open_source(made / name) as source:
        assert source.length_s is None
    got = read(made / name)
    assert len(got) / RATE_HZ == pytest.approx(4, abs=0.07)


@pytest.mark.real
@pytest.mark.parametrize("name", ["sound.wav", *ENCODED, *NO_LENGTH])
def test_neither_the_size_of_blocks_nor_a_second_reading_changes_anything(made, name):
    with open_source(made / name) as source:
        small = list(source.blocks(777))
        large = np.concatenate(list(source.blocks(1 << 17)))
        next(source.blocks(5000))
        again = np.concatenate(list(source.blocks(4096)))
    assert max(map(len, small)) == 777
    assert np.array_equal(np.concatenate(small), large)
    assert np.array_equal(again, large)


@pytest.mark.real
@pytest.mark.parametrize("name", ["variable.mp3", "bare.mp3", "bare-variable.mp3", "sound.m4a"])
def test_blocks_join_without_a_seam(made, name):
    other = ffmpeg_samples(made / name).reshape(-1, 2)
    got = read(made / name, 1000)
    assert len(got) == pytest.approx(len(other), abs=1152)
    size = min(len(got), len(other))
    assert np.abs(got[:size] - other[:size]).max() < 1e-4


@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 96_000])
@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT", "DOUBLE"])
def test_wav_of_any_rate_and_width(tmp_path, rate_hz, subtype):
    samples = sweep(0.5, rate_hz)[:, :1]
    soundfile.write(tmp_path / "a.wav", samples, rate_hz, subtype=subtype)
    with open_source(tmp_path / "a.wav") as source:
        assert (source.rate_hz, source.channels, source.length_s) == (rate_hz, 1, 0.5)
        assert np.abs(np.concatenate(list(source.blocks(999))) - samples).max() < 0.01


@posix
def test_a_name_in_capitals_with_any_letters_is_read(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9 \xc3\xa9.WAV")
    soundfile.write(os.fsencode(path), sweep(0.1), RATE_HZ, format="WAV")
    assert len(read(path)) == RATE_HZ // 10


@pytest.mark.real
@pytest.mark.parametrize("name", ["tones.wav", "tones.flac", "tones.ogg", "tones.opus", "tones.m4a"])
def test_the_channels_of_5_1_come_in_the_order_of_wave(tmp_path, name):
    pitches = [500, 700, 900, 110, 1300, 1700]
    time = np.arange(48_000) / 48_000
    tones = np.stack([0.2 * np.sin(2 * np.pi * hz * time) for hz in pitches], axis=1)
    soundfile.write(tmp_path / "tones.wav", tones, 48_000, format="WAVEX")
    if name != "tones.wav":
        family = ("-c:a", "libopus", "-mapping_family", "1") if name.endswith("opus") else ()
        how = ("-c:a", "libvorbis") if name.endswith("ogg") else family
        source = str(tmp_path / "tones.wav")
        ffmpeg("-v", "error", "-channel_layout", "5.1", "-i", source, *how, "-b:a", "400k", str(tmp_path / name))
    got = read(tmp_path / name)[8_000:32_000]
    assert [np.abs(np.fft.rfft(channel)).argmax() * 2 for channel in got.T] == pytest.approx(pitches, abs=2)


@pytest.mark.real
@pytest.mark.parametrize("name", ["long.wav", "long.flac", "long.mp3"])
def test_the_first_minute_of_a_long_file_takes_little_memory(tmp_path, name):
    ffmpeg("-v", "error", "-f", "lavfi", "-i", "sine=r=8000:d=600", str(tmp_path / name))
    tracemalloc.start()
    with open_source(tmp_path / name) as source:
        assert source.length_s == pytest.approx(600)
        read_s = 0.0
        for block in source.blocks(8_000):
            read_s += len(block) / source.rate_hz
            if read_s >= 60:
                break
    # The whole would be 19 MB.
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["none.wav", "no/where.mp3"])
def test_a_missing_file_is_refused(tmp_path, name):
    assert refused(tmp_path / name) == "no such file"


def test_a_name_that_no_file_can_have_is_refused():
    assert "can't be read" in refused(Path("a\0b.wav"))


@posix
def test_a_folder_a_device_and_a_pipe_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    assert refused(tmp_path) == "a folder; name a sound file"
    assert refused(Path("/dev/zero")) == "a device or pipe; name a sound file"
    assert refused(tmp_path / "pipe.wav") == "a device or pipe; name a sound file"


def test_an_unreadable_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a.wav").write_bytes(b"RIFF")

    def denied(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert refused(tmp_path / "a.wav") == "can't be read: Permission denied"


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_an_empty_file_is_refused(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.touch()
    assert refused(path) == "empty (0 bytes); use a whole file"


@pytest.mark.parametrize("suffix", sorted({*SUFFIXES, ".au", ".snd", ".vox", ".gsm", ".raw", ".sds", ".txt", ""}))
def test_text_is_refused_whatever_it_is_called(tmp_path, suffix, capfd):
    path = tmp_path / f"a{suffix}"
    path.write_text("Ten reasons to stretch.\n" * 400, encoding="utf-8")
    assert "not a sound that can be read" in refused(path)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("head", [b"", b"ID3\x03\0\0\0\0\x0f\x76", b"\xff\xfb\x90\x00", b"RIFF", b"OggS", b"fLaC"])
def test_noise_is_refused_with_nothing_on_standard_error(tmp_path, head, capfd):
    path = tmp_path / "noise.mp3"
    path.write_bytes(head + np.random.default_rng(1).bytes(100_000))
    assert "not a sound that can be read" in refused(path)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("suffix", [".wav", ".aiff", ".ogg"])
def test_a_header_without_sound_is_refused(tmp_path, suffix):
    soundfile.write(tmp_path / f"a{suffix}", np.zeros((0, 2)), RATE_HZ)
    assert refused(tmp_path / f"a{suffix}") == "there is no sound in it (a length of 0:00); use a whole file"


@pytest.mark.real
@pytest.mark.parametrize("name", ["sound.wav", "sound.flac", "sound.aiff", "sound.mp3", "variable.mp3"])
def test_where_a_cut_file_breaks_off_is_said(made, tmp_path, name, capfd):
    message = refused(cut(made / name, tmp_path))
    assert message.startswith(("breaks off after 0:01 of 0:04", "breaks off after 0:02 of 0:04"))
    assert message.endswith("; use a whole file")
    assert capfd.readouterr().err == ""


@pytest.mark.real
def test_a_cut_wav_is_refused_before_any_of_it_is_read(made, tmp_path):
    with pytest.raises(RequestError, match="breaks off after"), open_source(cut(made / "sound.wav", tmp_path)):
        pytest.fail("it was opened")


def test_a_cut_rf64_is_refused(tmp_path):
    soundfile.write(tmp_path / "a.rf64", sweep(), RATE_HZ, format="RF64")
    assert len(read(tmp_path / "a.rf64")) == 4 * RATE_HZ
    assert "of 0:04" in refused(cut(tmp_path / "a.rf64", tmp_path))


@pytest.mark.real
@pytest.mark.parametrize("name", ["sound.ogg", "sound.opus"])
def test_an_ogg_that_ends_inside_a_page_is_refused(made, tmp_path, name):
    whole = (made / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: whole.rfind(b"OggS") + 200])
    assert refused(path).startswith("breaks off after 0:0")


@pytest.mark.real
def test_a_cut_m4a_is_refused(made, tmp_path):
    assert "cut short" in refused(cut(made / "sound.m4a", tmp_path))
    fast = tmp_path / "fast.m4a"
    ffmpeg("-v", "error", "-i", str(made / "sound.wav"), "-c:a", "aac", "-movflags", "+faststart", str(fast))
    assert "of 0:04; use a whole file" in refused(cut(fast, tmp_path))


@pytest.mark.real
@pytest.mark.parametrize("name", ["bare.mp3", "bare-variable.mp3", "sound.aac"])
def test_of_a_cut_file_that_declares_no_length_what_is_there_is_read(made, tmp_path, name, capfd):
    whole, got = read(made / name), read(cut(made / name, tmp_path, 0.6))
    assert 1.2 < len(got) / RATE_HZ < 3.2
    assert np.array_equal(got[:-1152], whole[: len(got) - 1152])
    assert capfd.readouterr().err == ""


@pytest.mark.real
def test_tags_around_an_mp3_are_no_sound(made, tmp_path):
    bare = (made / "bare-variable.mp3").read_bytes()
    path = tmp_path / "tagged.mp3"
    noise = np.random.default_rng(1).bytes(40_000)
    path.write_bytes(bare + b"APETAGEX" + noise + b"TAG" + bytes(125))
    assert np.array_equal(read(path), read(made / "bare-variable.mp3"))


@pytest.mark.real
def test_a_tag_that_is_no_utf_8_matters_not(made, tmp_path):
    named = tmp_path / "named.m4a"
    ffmpeg("-v", "error", "-i", str(made / "sound.m4a"), "-c", "copy", "-metadata", "title=Uebung", str(named))
    whole = named.read_bytes()
    assert b"Uebung" in whole
    named.write_bytes(whole.replace(b"Uebung", "Übungé".encode("latin-1")))
    assert np.array_equal(read(named), read(made / "sound.m4a"))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_samples_that_are_no_numbers_are_refused(tmp_path, bad):
    samples = sweep()
    samples[3 * RATE_HZ + 5, 1] = bad
    soundfile.write(tmp_path / "a.wav", samples, RATE_HZ, subtype="FLOAT")
    assert "at 0:03 is a sample that is infinite or not a number" in refused(tmp_path / "a.wav")


@pytest.mark.real
def test_a_wav_written_to_a_pipe_is_read(made, tmp_path):
    whole = bytearray((made / "sound.wav").read_bytes())
    at = whole.index(b"data") + 4
    whole[at : at + 4] = b"\xff\xff\xff\xff"
    path = tmp_path / "piped.wav"
    path.write_bytes(whole)
    assert len(read(path)) == 4 * RATE_HZ


def test_more_than_eight_channels_and_odd_rates_are_refused(tmp_path):
    soundfile.write(tmp_path / "nine.wav", np.zeros((100, 9)), RATE_HZ)
    soundfile.write(tmp_path / "slow.wav", np.zeros(100), 100)
    assert refused(tmp_path / "nine.wav").startswith("9 channels; ")
    assert refused(tmp_path / "slow.wav").startswith("a rate of 100 Hz; ")


@pytest.mark.real
@pytest.mark.parametrize("name", ["sound.m4a", "sound.aac", "sound.wma"])
def test_without_pyav_the_way_to_get_it_is_said(made, monkeypatch, name):
    monkeypatch.setitem(sys.modules, "av", None)
    assert refused(made / name) == (
        f'reading {Path(name).suffix} needs the extra `m4a`: pip install "audioguide[m4a]", or convert it to WAV, '
        "FLAC, OGG or MP3"
    )


@pytest.mark.real
def test_an_m4a_by_another_name_is_read(made, tmp_path):
    (tmp_path / "a.mp3").write_bytes((made / "sound.m4a").read_bytes())
    assert np.array_equal(read(tmp_path / "a.mp3"), read(made / "sound.m4a"))


@pytest.mark.real
def test_a_film_without_sound_is_refused(tmp_path):
    ffmpeg("-v", "error", "-f", "lavfi", "-i", "color=s=32x32:d=0.2", "-c:v", "mpeg4", str(tmp_path / "a.mp4"))
    assert refused(tmp_path / "a.mp4") == "there is no sound in it, only pictures; use a sound file"


@pytest.mark.parametrize("channels", range(1, 9))
def test_no_mix_exceeds_its_source(channels):
    block = np.ones((5, channels), np.float32)
    assert to_stereo(block).shape == (5, 2)
    assert to_mono(block).shape == (5,)
    assert to_stereo(block).dtype == to_mono(block).dtype == np.float32
    assert to_stereo(block) == pytest.approx(1)
    assert to_mono(block) == pytest.approx(1)


def test_5_1_is_mixed_by_bs_775():
    each = to_stereo(np.eye(6, dtype=np.float32)) * (1 + 2 * 0.5**0.5)
    half = 0.5**0.5
    assert each == pytest.approx(np.array([[1, 0], [0, 1], [half, half], [0, 0], [half, 0], [0, half]]), abs=1e-6)


def test_one_channel_goes_to_both_sides_and_stereo_stays():
    left_right = np.array([[0.5, -0.25]], np.float32)
    assert to_stereo(np.array([[0.5]], np.float32)).tolist() == [[0.5, 0.5]]
    assert to_stereo(left_right).tolist() == left_right.tolist()
    assert to_mono(left_right).tolist() == [0.125]
    with pytest.raises(ValueError, match="1 to 8 channels"):
        to_stereo(np.zeros((3, 9), np.float32))


def test_standard_error_comes_back_when_threads_overlap(capfd):
    first_in, second_in, first_out = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with stderr_silenced():
            first_in.set()
            second_in.wait()
        first_out.set()

    thread = threading.Thread(target=first)
    thread.start()
    first_in.wait()
    with stderr_silenced():
        second_in.set()
        first_out.wait()
        os.write(2, b"still quiet")
    thread.join()
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"
