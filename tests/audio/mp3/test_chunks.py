import numpy as np
import pytest

import audioguide.audio.mp3.chunks as module
from audioguide.audio.clip import Samples
from audioguide.audio.mp3.chunks import CHUNK_FRAMES, OVERLAP_FRAMES, encode_chunks, encode_whole
from audioguide.audio.mp3.encoder import LOUDEST
from audioguide.audio.mp3.info_frame import info_frame, is_unaltered, read_info
from audioguide.audio.mp3.mp3_format import STEREO
from tests.decoders import ffmpeg_samples, libsndfile_samples, snr_db
from tests.sounds import music

FRAME = STEREO.samples_per_frame


def reader_of(sound: Samples) -> module.SamplesBetween:
    def read(start: int, end: int) -> Samples:
        cut = sound[start:end]
        return np.pad(cut, ((0, end - start - len(cut)), (0, 0)))

    return read


@pytest.fixture(scope="module")
def sound() -> Samples:
    return np.tile(music(20, rate_hz=STEREO.rate_hz), (5, 1))


def mp3(frames: bytes, samples: int) -> bytes:
    return info_frame(frames, samples, STEREO) + frames


@pytest.fixture(scope="module")
def whole(sound: Samples) -> bytes:
    return encode_whole(reader_of(sound), len(sound))


@pytest.fixture(scope="module")
def joined(sound: Samples) -> bytes:
    return encode_chunks(reader_of(sound), len(sound), threads=3)


@pytest.fixture
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let chunks be of so few frames that little sound makes several."""
    monkeypatch.setattr(module, "CHUNK_FRAMES", 60)
    return 60


@pytest.mark.real
def test_chunks_are_as_true_as_one_encoder_also_around_each_join(sound: Samples, whole: bytes, joined: bytes):
    size = len(sound)
    one, chunks = (libsndfile_samples(mp3(frames, size)) for frames in (whole, joined))
    assert len(one) == len(chunks) == size
    assert abs(snr_db(chunks, sound) - snr_db(one, sound)) <= 0.1
    for join in range(CHUNK_FRAMES, size // FRAME - OVERLAP_FRAMES, CHUNK_FRAMES):
        near = slice(join * FRAME - 2 * FRAME, (join + OVERLAP_FRAMES + 2) * FRAME)
        assert abs(snr_db(chunks[near], sound[near]) - snr_db(one[near], sound[near])) <= 1.0
        # A seam that clicks stands out where the error of one encoder doesn't.
        assert np.abs(chunks[near] - one[near]).max() < 0.1


@pytest.mark.real
def test_the_bytes_of_a_long_session_do_not_depend_on_the_number_of_processors(sound: Samples, joined: bytes):
    assert encode_chunks(reader_of(sound), len(sound), threads=1) == joined


def test_the_bytes_do_not_depend_on_the_number_of_processors(sound: Samples, short_chunks: int):
    size = 7 * short_chunks * FRAME
    one, three = (encode_chunks(reader_of(sound[:size]), size, threads=threads) for threads in (1, 3))
    assert one == three
    assert one != encode_whole(reader_of(sound[:size]), size), "it was in chunks"


@pytest.mark.real
@pytest.mark.parametrize("frames", [1, 2, CHUNK_FRAMES, CHUNK_FRAMES + 1, CHUNK_FRAMES + OVERLAP_FRAMES + 1])
@pytest.mark.parametrize("rest", [0, 1])
def test_any_length_comes_out_to_the_sample(sound: Samples, frames: int, rest: int, tmp_path):
    size = frames * FRAME + rest
    data = mp3(encode_chunks(reader_of(sound[:size]), size), size)
    assert len(libsndfile_samples(data)) == size
    path = tmp_path / "x.mp3"
    path.write_bytes(data)
    assert ffmpeg_samples(path).size == 2 * size


def test_where_chunks_cannot_be_joined_one_encoder_does_it(
    sound: Samples, short_chunks: int, monkeypatch: pytest.MonkeyPatch
):
    size = (short_chunks + OVERLAP_FRAMES + 1) * FRAME  # two chunks
    read = reader_of(sound[:size])
    assert encode_chunks(read, size) != encode_whole(read, size)
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


@pytest.mark.real
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
    heard = libsndfile_samples(mp3(encode_chunks(reader_of(tone), len(tone)), len(tone)))
    assert 20 * np.log10(float((heard * tone).sum() / (tone * tone).sum())) == pytest.approx(0, abs=0.02)


def test_sound_that_would_be_clipped_is_refused():
    with pytest.raises(ValueError, match="peak"):
        encode_chunks(reader_of(np.full((5_000, 2), LOUDEST + 0.01, np.float32)), 5_000)
