from pathlib import Path

import numpy as np
import pytest

from audioguide import to_audio_segment
from audioguide.audio.mp3.encoder import encode_frames
from audioguide.audio.mp3.info_frame import frames_needed, info_frame
from audioguide.errors import RequestError

SECONDS = 2.5
RATE_HZ = 24_000


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    count = round(SECONDS * RATE_HZ)
    tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(count) / RATE_HZ)).astype(np.float32)
    frames = frames_needed(count)
    samples = np.zeros(frames * 576, np.float32)
    samples[:count] = tone
    encoded = encode_frames(samples, frames)
    path = tmp_path / "tone.mp3"
    path.write_bytes(info_frame(encoded, count) + encoded)
    return path


def test_a_session_is_a_segment_of_its_length_rate_and_sound(mp3: Path):
    pytest.importorskip("pydub")
    segment = to_audio_segment(mp3)
    assert (len(segment), segment.frame_rate, segment.channels, segment.sample_width) == (2500, RATE_HZ, 1, 2)
    samples = np.array(segment.get_array_of_samples())
    # Neither the encoder's delay in front nor what fills its last frame is left.
    assert samples.size == round(SECONDS * RATE_HZ)
    assert np.sqrt(np.mean(np.square(samples / 32767.0))) == pytest.approx(0.5 / np.sqrt(2), rel=0.03)
    assert len(segment[500:1500]) == 1000


def test_what_can_t_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(RequestError, match=r"none\.mp3"):
        to_audio_segment(tmp_path / "none.mp3")
    (tmp_path / "text.mp3").write_text("no sound")
    with pytest.raises(RequestError, match=r"text\.mp3"):
        to_audio_segment(tmp_path / "text.mp3")
    monkeypatch.setitem(__import__("sys").modules, "pydub", None)
    with pytest.raises(RequestError, match=r"pip install \"audioguide\[pydub\]\""):
        to_audio_segment(tmp_path / "text.mp3")
