import numpy as np
import pytest

import audioguide.audio.mp3.chunks as module
from audioguide.audio.clip import Samples
from audioguide.audio.mp3.chunks import CHUNK_FRAMES, OVERLAP_FRAMES, encode_chunks, encode_whole
from audioguide.audio.mp3.encoder import LOUDEST
from audioguide.audio.mp3.info_frame import info_frame, is_unaltered, read_info
from audioguide.audio.mp3.mp3_format import STEREO
from tests.audio.made_audio import ffmpeg_samples
from tests.audio.made_bed import decoded_stereo, music

FRAME = STEREO.samples_per_frame


def reader_of(sound: Samples) -> module.SamplesBetween:
    def read(start: int, end: int) -> Samples:
        cut = sound[start:end]
        return np.pad(cut, ((0, end - start - len(cut)), (0, 0)))

    return read


def snr_db(heard: Samples, meant: Samples) -> float:
    error = (heard - meant).astype(np.float64)
    return float(10 * np.log10(np.sum(meant.astype(np.float64) ** 2) / np.sum(error**2)))


@pytest.fixture(scope="module")
def sound() -> Samples:
    return music(100, rate_hz=STEREO.rate_hz)


def mp3(frames: bytes, samples: int) -> bytes:
    return info_frame(frames, samples, STEREO) + frames


def test_chunks_are_as_true_as_one_encoder_also_around_each_join(sound: Samples):
    read, size = reader_of(sound), len(sound)
    whole, joined = (decoded_stereo(mp3(make(read, size), size)) for make in (encode_whole, encode_chunks))
    assert len(whole) == len(joined) == size
    assert abs(snr_db(joined, sound) - snr_db(whole, sound)) <= 0.1
    for join in range(CHUNK_FRAMES, size // FRAME - OVERLAP_FRAMES, CHUNK_FRAMES):
        near = slice(join * FRAME - 2 * FRAME, (join + OVERLAP_FRAMES + 2) * FRAME)
        assert abs(snr_db(joined[near], sound[near]) - snr_db(whole[near], sound[near])) <= 1.0
        # A seam that clicks stands out where the error of one encoder doesn't.
        assert np.abs(joined[near] - whole[near]).max() < 0.1


def test_the_bytes_do_not_depend_on_the_number_of_processors(sound: Samples):
    read, size = reader_of(sound), len(sound)
    assert encode_chunks(read, size, threads=1) == encode_chunks(read, size, threads=3)


@pytest.mark.parametrize("frames", [1, 2, CHUNK_FRAMES, CHUNK_FRAMES + 1, CHUNK_FRAMES + OVERLAP_FRAMES + 1])
@pytest.mark.parametrize("rest", [0, 1])
def test_any_length_comes_out_to_the_sample(sound: Samples, frames: int, rest: int, tmp_path):
    size = frames * FRAME + rest
    data = mp3(encode_chunks(reader_of(sound[:size]), size), size)
    assert len(decoded_stereo(data)) == size
    path = tmp_path / "x.mp3"
    path.write_bytes(data)
    assert ffmpeg_samples(path).size == 2 * size


def test_where_chunks_cannot_be_joined_one_encoder_does_it(sound: Samples, monkeypatch: pytest.MonkeyPatch):
    read, size = reader_of(sound), len(sound)
    monkeypatch.setattr(module, "_join_at", lambda *_: None)
    assert encode_chunks(read, size) == encode_whole(read, size)


def test_every_frame_has_one_size_and_the_info_frame_fits_it(sound: Samples):
    size = FRAME * 200
    data = mp3(encode_chunks(reader_of(sound[:size]), size), size)
    assert all(data[at : at + 3] == STEREO.header[:3] for at in range(0, len(data), STEREO.frame_bytes))
    info = read_info(data)
    assert info is not None
    assert info.mp3_format is STEREO
    assert info.samples == size
    assert is_unaltered(data)
    assert not is_unaltered(data[:-1])


def test_mutagen_reads_the_exact_length(sound: Samples, tmp_path):
    import mutagen.mp3

    path = tmp_path / "x.mp3"
    size = 48_000 * 9 + 1
    path.write_bytes(mp3(encode_chunks(reader_of(sound[:size]), size), size))
    info = mutagen.mp3.MP3(path).info
    assert (info.sample_rate, info.channels, info.bitrate) == (48_000, 2, 128_000)
    assert round(info.length * 48_000) == size


def test_the_level_stays():
    time = np.arange(48_000 * 3) / 48_000
    tone = (0.25 * np.sin(2 * np.pi * 1000 * time))[:, None].repeat(2, axis=1).astype(np.float32)
    heard = decoded_stereo(mp3(encode_chunks(reader_of(tone), len(tone)), len(tone)))
    assert 20 * np.log10(float((heard * tone).sum() / (tone * tone).sum())) == pytest.approx(0, abs=0.02)


def test_sound_that_would_be_clipped_is_refused():
    with pytest.raises(ValueError, match="peak"):
        encode_chunks(reader_of(np.full((5_000, 2), LOUDEST + 0.01, np.float32)), 5_000)
