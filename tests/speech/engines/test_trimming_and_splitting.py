import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.audio.clip import Clip
from audioguide.errors import SpeechError
from audioguide.speech.engines.trimming import joined, plausible_length, trimmed, validated
from audioguide.speech.text.splitting import pieces

RATE = 22_050


def tone(ms: int, level: float = 0.5) -> np.ndarray:
    return (level * np.sin(np.arange(RATE * ms // 1000) * 0.3)).astype(np.float32)


def quiet(ms: int) -> np.ndarray:
    return np.zeros(RATE * ms // 1000, dtype=np.float32)


def test_silence_goes_at_both_ends_but_for_a_breath() -> None:
    clip = trimmed(Clip(np.concatenate([quiet(100), tone(300), quiet(420)]), RATE))
    assert 323 <= clip.duration_ms <= 327


def test_silence_inside_and_weak_sounds_stay() -> None:
    clip = trimmed(Clip(np.concatenate([tone(80, 0.004), tone(100), quiet(200), tone(100)]), RATE))
    assert clip.duration_ms >= 479


def test_hiss_far_below_the_voice_goes() -> None:
    hiss = (0.0003 * np.random.default_rng(1).standard_normal(RATE // 2)).astype(np.float32)
    assert trimmed(Clip(np.concatenate([hiss, tone(300), hiss]), RATE)).duration_ms <= 327


def test_ends_are_faded() -> None:
    clip = trimmed(Clip(np.ones(RATE, dtype=np.float32), RATE))
    assert clip.samples[0] == 0
    assert clip.samples[-1] == 0
    assert np.abs(np.diff(clip.samples)).max() < 0.05


def test_the_original_is_not_changed() -> None:
    samples = np.ones(RATE, dtype=np.float32)
    trimmed(Clip(samples, RATE))
    assert samples.min() == 1


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        (np.zeros(0, dtype=np.float32), "an empty clip"),
        (quiet(500), "silence"),
        (np.full(RATE, np.nan, dtype=np.float32), "broken samples"),
        (tone(100), "plausible"),
        (tone(60_000), "plausible"),
    ],
)
def test_a_clip_that_cannot_be_the_text_is_refused(samples: np.ndarray, said: str) -> None:
    with pytest.raises(SpeechError, match=rf"{said}.*Hold it|Hold it.*{said}"):
        validated(samples, RATE, "Hold it for a while", plausible_length("Hold it for a while", 150))


def test_plausible_lengths_follow_the_rate() -> None:
    assert plausible_length("abcdefghij", 150) == (280, 11_000)
    assert plausible_length("abcdefghij", 300) == (140, 5_500)


def test_joined_clips_keep_their_pauses_between_them() -> None:
    clip = joined([Clip(tone(100), RATE)] * 3, [500, 300, 500])
    assert clip.duration_ms == pytest.approx(1100, abs=2)


def test_clips_of_two_rates_are_not_joined() -> None:
    with pytest.raises(ValueError, match="one rate"):
        joined([Clip(tone(10), RATE), Clip(tone(10), 16_000)], [0, 0])


def test_a_short_text_is_one_piece() -> None:
    (piece,) = pieces("Hold it. Breathe, slowly.", 150)
    assert piece.text == "Hold it. Breathe, slowly."


def test_a_long_text_is_parted_at_sentences_then_clauses_then_words() -> None:
    text = "One two three. Four five, six seven, eight. " + "word " * 10
    assert [piece.text for piece in pieces(text, 150, longest=20)] == [
        "One two three.",
        "Four five,",
        "six seven, eight.",
        "word word word word",
        "word word word word",
        "word word",
    ]


@given(st.text(alphabet="ab .,;!?", max_size=200), st.integers(1, 40))
def test_no_letter_is_lost_and_no_piece_too_long(text: str, longest: int) -> None:
    parts = pieces(text, 150, longest)
    assert all(len(part.text) <= longest and part.pause_ms >= 0 for part in parts)
    kept = "".join(part.text for part in parts)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
