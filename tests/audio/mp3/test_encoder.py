import numpy as np
import pytest

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.cues.spoken import prepare
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.audio.level.true_peak import true_peak_dbtp
from audioguide.audio.mp3.encoder import LOUDEST, encode
from audioguide.audio.mp3.info_frame import info_frame, is_unaltered, read_info, without_tag
from audioguide.audio.mp3.mp3_format import MONO
from audioguide.audio.mp3.mp3_stream import Mp3Stream, Run
from audioguide.errors import RequestError
from audioguide.verify.decode import decode
from tests.decoders import ffmpeg_metered, ffmpeg_samples
from tests.sounds import tone, voice_like

LENGTHS = [1, 47, 48, 575, 576, 577, 576 * 100, 576 * 100 + 46, 576 * 100 + 47, 576 * 100 + 48, 24_000 * 61 + 5]


def with_click_at(at: int, size: int) -> Samples:
    samples = np.zeros(size, np.float32)
    samples[at : at + 240] = tone(1000, 0.01, 0.5).samples
    return samples


def crc16_bit_by_bit(data: bytes) -> int:
    """Return CRC-16/ARC as its definition says: polynomial 0x8005, reflected, starting at 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def lag(decoded: Samples, original: Samples) -> int:
    window = original[10_000:20_000]
    return min(range(-1200, 1200), key=lambda by: float(np.square(decoded[10_000 + by : 20_000 + by] - window).sum()))


@pytest.mark.parametrize("size", LENGTHS)
def test_libsndfile_gives_exactly_as_many_samples_as_went_in(size):
    assert decode(encode(np.resize(voice_like(5).samples, size))).samples.size == size


@pytest.mark.real
@pytest.mark.parametrize("size", LENGTHS)
def test_ffmpeg_gives_exactly_as_many_samples_as_went_in(size, tmp_path):
    path = tmp_path / "x.mp3"
    path.write_bytes(encode(np.resize(voice_like(5).samples, size)))
    assert ffmpeg_samples(path).size == size


@pytest.mark.real
def test_nothing_is_late_in_either_decoder(tmp_path):
    original = voice_like(2).samples
    path = tmp_path / "x.mp3"
    path.write_bytes(encode(original))
    assert lag(decode(path).samples, original) == 0
    assert lag(ffmpeg_samples(path), original) == 0


@pytest.mark.real
def test_ffmpegs_meter_agrees_on_loudness_and_peak(tmp_path):
    path = tmp_path / "x.mp3"
    path.write_bytes(encode(np.concatenate([prepare(voice_like(6, seed)).samples for seed in range(5)])))
    _, integrated, peak = ffmpeg_metered(path)
    decoded = decode(path)
    assert loudness_lufs(decoded) == pytest.approx(integrated, abs=0.15)
    assert true_peak_dbtp(decoded.samples) == pytest.approx(peak, abs=0.3)
    assert peak <= -1


def test_the_last_sound_is_whole():
    size = 576 * 100 + 47
    original = np.resize(voice_like(3).samples, size)
    decoded = decode(encode(original)).samples
    error = np.sqrt(np.mean((decoded[-1000:] - original[-1000:]) ** 2))
    assert 20 * np.log10(error / np.sqrt(np.mean(original[-1000:] ** 2))) < -12


def test_the_level_stays():
    original = tone(1000, 3, 0.25).samples
    decoded = decode(encode(original)).samples
    assert 20 * np.log10(float(decoded @ original) / float(original @ original)) == pytest.approx(0, abs=0.02)


def test_silence_decodes_to_silence():
    assert np.abs(decode(encode(np.zeros(48_000, np.float32))).samples).max() == 0


def test_a_click_spreads_no_further_than_a_frame_ahead_and_two_behind():
    decoded = np.abs(decode(encode(with_click_at(48_000, 96_000))).samples)
    assert decoded[: 48_000 - 576].max() < 1e-4
    assert decoded[48_240 + 2 * 576 :].max() < 1e-4


def test_equal_samples_give_equal_bytes_and_every_frame_is_of_one_size():
    one, other = (encode(voice_like(3).samples) for _ in range(2))
    assert one == other
    starts = range(0, len(one), MONO.frame_bytes)
    assert all(one[start : start + 4] == bytes.fromhex("fff384c4") for start in starts)


def test_progress_ends_with_all_samples_done():
    seen: list[tuple[int, int]] = []
    encode(np.zeros(24_000 * 130, np.float32), lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (24_000 * 130, 24_000 * 130)


def test_nothing_and_too_much_are_refused():
    with pytest.raises(ValueError, match="nothing"):
        encode(np.zeros(0, np.float32))
    with pytest.raises(ValueError, match="peak"):
        encode(np.full(1000, LOUDEST + 0.01, np.float32))


def test_the_info_frame_says_what_is_in_the_file():
    mp3 = encode(voice_like(2).samples)
    info = read_info(mp3)
    assert info is not None
    assert info.intact
    assert info.samples == 48_000
    assert info.total_bytes == len(mp3)
    assert info.frames == len(mp3) // MONO.frame_bytes - 1
    assert info.music_crc == crc16_bit_by_bit(mp3[MONO.frame_bytes :])


def test_mutagen_reads_exact_length_and_encoder(tmp_path):
    import mutagen.mp3

    path = tmp_path / "x.mp3"
    path.write_bytes(encode(np.zeros(24_000 * 9 + 1, np.float32)))
    info = mutagen.mp3.MP3(path).info
    assert round(info.length * 24_000) == 24_000 * 9 + 1
    assert info.encoder_info.startswith("LAME 3.100")
    assert info.bitrate_mode == mutagen.mp3.BitrateMode.CBR


def test_one_changed_byte_is_noticed():
    mp3 = bytearray(encode(voice_like(1).samples))
    assert is_unaltered(bytes(mp3))
    for at in (-500, 40, 50):
        changed = bytearray(mp3)
        changed[at] ^= 1
        assert not is_unaltered(bytes(changed))
    assert not is_unaltered(bytes(mp3[: -MONO.frame_bytes]))
    assert not is_unaltered(b"")


def test_a_tag_in_front_is_stepped_over():
    mp3 = encode(np.zeros(2400, np.float32))
    assert without_tag(b"ID3\x03\x00\x00\x00\x00\x01\x02" + bytes(130) + mp3) == mp3
    assert without_tag(mp3) == mp3
    assert without_tag(b"ID3") == b"ID3"


@pytest.mark.parametrize("samples", [0, 576 * 10, -5, 10**6])
def test_frames_that_cannot_carry_the_samples_are_refused(samples):
    with pytest.raises(ValueError, match="can't carry"):
        info_frame(bytes(MONO.frame_bytes * 8 + (samples == 0)), samples)


def test_the_checksum_of_the_check_has_its_known_value():
    assert crc16_bit_by_bit(b"123456789") == 0xBB3D


def test_the_checksum_of_a_stream_is_that_of_all_its_frames_runs_repeated():
    one, other = (np.random.default_rng(seed).bytes(MONO.frame_bytes * 3) for seed in (1, 2))
    runs = (Run(one), Run(other, 7), Run(one, 2), Run(one[: MONO.frame_bytes], 40))
    frames = one + 7 * other + 2 * one + 40 * one[: MONO.frame_bytes]
    count = len(frames) // MONO.frame_bytes
    mp3 = b"".join(Mp3Stream(runs, MONO.samples_per_frame * (count - 2)).chunks())
    info = read_info(mp3)
    assert info is not None
    assert mp3[MONO.frame_bytes :] == frames
    assert info.music_crc == crc16_bit_by_bit(frames)


def test_a_run_longer_than_a_piece_is_written_in_pieces_with_the_checksum_of_the_whole():
    frame = np.random.default_rng(3).bytes(MONO.frame_bytes)
    stream = Mp3Stream((Run(frame, 12_000),), MONO.samples_per_frame * 11_998)
    pieces = list(stream.chunks())
    assert max(map(len, pieces)) <= 1 << 20
    assert sum(map(len, pieces)) == stream.size
    assert is_unaltered(b"".join(pieces))
    assert info_frame(frame * 12_000, stream.samples) == pieces[0]


def test_a_file_that_breaks_off_gives_what_is_left():
    mp3 = encode(voice_like(4).samples)
    assert 40_000 < decode(mp3[: len(mp3) // 2]).samples.size < 60_000


@pytest.mark.parametrize("content", [b"", b"no MP3 at all", b"\0" * 5000])
def test_what_is_no_mp3_is_refused_by_name(content, tmp_path):
    path = tmp_path / "x.mp3"
    path.write_bytes(content)
    with pytest.raises(RequestError, match=r"x\.mp3: not an MP3"):
        decode(path)


def test_a_wav_file_is_refused(tmp_path):
    import soundfile

    path = tmp_path / "x.mp3"
    soundfile.write(path, np.zeros(2400, np.float32), 24_000, format="WAV")
    with pytest.raises(RequestError, match="WAV, not a mono MP3"):
        decode(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(RequestError, match="no such file"):
        decode(tmp_path / "none.mp3")


def test_a_clip_has_the_files_own_rate():
    assert decode(encode(Clip(np.zeros(2400, np.float32)).samples)).rate_hz == 24_000
