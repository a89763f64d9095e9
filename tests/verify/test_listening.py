"""What is heard in one pass, block by block, is what is heard of the whole."""

from __future__ import annotations

import numpy as np
import pytest

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.loudness import LoudnessMeter, loudness_lufs
from audioguide.audio.resample import at_our_rate, blocks_at_our_rate
from audioguide.verify.listening import Listener
from audioguide.verify.recording import Recording
from tests.sounds import voice_like

SOUND = voice_like(25).samples


def blocks_of(samples: Samples, size: int) -> list[Samples]:
    return [samples[at : at + size] for at in range(0, samples.size, size)]


@pytest.mark.parametrize("size", [997, 24_000, 25 * 24_000])
def test_each_stretch_is_heard_as_in_the_whole(size: int):
    whole, listener = Recording.at(0, SOUND), Listener()
    found: dict[tuple[int, int], tuple[float, int | None]] = {}
    stretches = [(0, 300), (290, 4_000), (5, 12_345), (11_990, 12_010), (24_000, 25_000)]

    def heard(recording: Recording, stretch: tuple[int, int]) -> tuple[float, int | None]:
        return loudness_lufs(recording.cut(*stretch)), recording.first_heard_ms(*stretch, -40.0)

    for stretch in stretches:
        listener.ask(*stretch, lambda window, at=stretch: found.update({at: heard(window, at)}))  # type: ignore[misc]
    followed: list[Samples] = []
    listener.follow(2_500, None, lambda piece: followed.append(piece.samples))
    listener.listen(blocks_of(SOUND, size), 25_000, most_missing_ms=0)
    assert found == {stretch: heard(whole, stretch) for stretch in stretches}
    assert np.array_equal(np.concatenate(followed), SOUND[2_500 * 24 :])


def test_where_a_file_ends_early_the_rest_is_silence_unless_too_much_is_missing():
    for most_missing_ms, expected in ((6_000, [30_000]), (4_000, [])):
        listener, ends = Listener(), []
        listener.ask(26_000, 30_000, lambda window, ends=ends: ends.append(window.start_ms + len(window.powers)))  # type: ignore[misc]
        listener.listen([SOUND], 30_000, most_missing_ms)
        assert ends == expected


def test_no_more_than_a_stretch_is_kept():
    listener, most = Listener(), []
    for start_ms in range(0, 25_000, 500):
        listener.ask(start_ms, start_ms + 400, lambda window: most.append(window.samples.size))
    listener.listen(blocks_of(SOUND, 2_400), 25_000, most_missing_ms=0)
    assert len(most) == 50
    assert max(most) < 24_000


@pytest.mark.parametrize("length_ms", [0, 50, 399, 400, 10_050])
@pytest.mark.parametrize("size", [1, 777, 50_000])
def test_loudness_in_pieces_is_that_of_the_whole(length_ms: int, size: int):
    samples = SOUND[: length_ms * 24][: 24_000 if size == 1 else None]
    meter = LoudnessMeter()
    for block in blocks_of(samples, size):
        meter.add(block)
    whole = loudness_lufs(Clip(samples)) if samples.size else -np.inf
    assert meter.lufs() == pytest.approx(whole, abs=0.01)


@pytest.mark.parametrize("rate_hz", [24_000, 44_100, 48_000])
def test_another_rate_in_blocks_is_that_of_the_whole(rate_hz: int):
    whole = at_our_rate(Clip(SOUND, rate_hz))
    pieces = np.concatenate(list(blocks_at_our_rate(blocks_of(SOUND, 10_007), rate_hz)))
    assert pieces.size == whole.size
    assert np.abs(pieces - whole).max() < 1e-5
