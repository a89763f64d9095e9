"""A protocol's own recordings: what is heard of a file, which files are refused, and what the cache goes by."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audioguide.audio.level.loudness import loudness_lufs
from audioguide.errors import RequestError
from audioguide.library.protocol_files import load_protocol
from audioguide.model.protocol import Protocol
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.own_clips import OwnClip, read_own_clips
from audioguide.speech.voicing import Texts, Voicing
from audioguide.storage.cache import Cache, NoCache, Store
from tests.helpers import HEAD, HOLD
from tests.sounds import voice_like

pytestmark = pytest.mark.usefixtures("tmp_path")  # they write into the current folder

TEXT = "Well done."


def protocol_with(clip: str = "voice/well-done.wav") -> Protocol:
    Path("own.toml").write_text(f'{HEAD}closing = {{ text = "{TEXT}", clip = "{clip}" }}\n{HOLD}')
    Path("voice").mkdir(exist_ok=True)
    return load_protocol(Path("own.toml"))


def recording(
    seconds: float = 1.5, silence_s: float = 0.7, rate_hz: int = 44_100, seed: int = 1, level: float = 0.15
) -> None:
    """Write a stereo recording with silence around it."""
    silence = np.zeros(round(silence_s * rate_hz), np.float32)
    samples = np.concatenate([silence, voice_like(seconds, seed, level, rate_hz).samples, silence])
    Path("voice").mkdir(exist_ok=True)
    soundfile.write("voice/well-done.wav", np.stack([samples, samples], axis=1), rate_hz)


def voiced(own: dict[str, OwnClip], store: Store | None = None, volume: float = 1.0) -> Voicing:
    return Voicing(FakeEngine(), VoiceSettings("fake", "low", volume=volume), Texts(own=own or {}), store or NoCache())


def test_a_recording_is_trimmed_and_as_loud_as_the_voice():
    recording(level=0.02)
    own = read_own_clips(protocol_with())
    clip = voiced(own).clips([TEXT])[TEXT]
    assert clip.rate_hz == 24_000
    assert clip.duration_ms == pytest.approx(1500, abs=120)
    assert loudness_lufs(clip) == pytest.approx(-16, abs=0.5)
    assert loudness_lufs(voiced(own, volume=0.5).clips([TEXT])[TEXT]) == pytest.approx(-22, abs=0.5)
    # From silence to silence, so that nothing clicks.
    assert np.abs(clip.samples[[0, -1]]).max() < 0.01
    assert own[TEXT].name == "well-done.wav"


def test_its_length_is_known_before_it_is_asked_for():
    recording()
    own = read_own_clips(protocol_with())
    speaker = voiced(own)
    expected = speaker.expected_ms([TEXT])[TEXT]
    assert expected == speaker.clips([TEXT])[TEXT].duration_ms
    assert speaker.expected_ms(["Well."]) != speaker.expected_ms([TEXT])


def test_another_content_of_the_same_file_is_another_entry_of_the_cache(tmp_path):
    store = Cache(tmp_path / "cache")
    recording(seed=1)
    first = voiced(read_own_clips(protocol_with()), store).clips([TEXT])[TEXT]
    again = voiced(read_own_clips(protocol_with()), store).clips([TEXT])[TEXT]
    recording(seed=2)
    other = voiced(read_own_clips(protocol_with()), store).clips([TEXT])[TEXT]
    assert np.array_equal(first.samples, again.samples)
    assert not np.array_equal(first.samples, other.samples[: first.samples.size])


def test_the_same_words_of_the_voice_are_another_sound():
    recording()
    own = read_own_clips(protocol_with())
    assert not np.array_equal(voiced(own).clips([TEXT])[TEXT].samples, voiced({}).clips([TEXT])[TEXT].samples)


@pytest.mark.parametrize(
    ("write", "problem"),
    [
        (lambda: None, "no such file; put the recording there, or write the text without clip"),
        (lambda: Path("voice/well-done.wav").write_bytes(b""), "empty (0 bytes); use a whole file"),
        (lambda: Path("voice/well-done.wav").mkdir(), "a folder; name a sound file"),
        (lambda: recording(0.5, level=0), "silent; record it anew, or write the text without clip"),
        (lambda: recording(31, 0), "a recording lasts at most 30 s, this one is 31 s long; cut it"),
        (lambda: recording(61, 0, 8_000), "a recording lasts at most 30 s, this one is 61 s long; cut it"),
    ],
)
def test_a_recording_that_cannot_be_used_is_one_line_with_its_place_and_the_fix(write, problem):
    protocol = protocol_with()
    write()
    with pytest.raises(RequestError) as caught:
        read_own_clips(protocol)
    assert str(caught.value) == f"own.toml: closing 1.clip: {Path('voice/well-done.wav').absolute()}: {problem}"


def test_a_damaged_recording_is_refused():
    protocol = protocol_with()
    recording()
    whole = Path("voice/well-done.wav").read_bytes()
    Path("voice/well-done.wav").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RequestError, match=r"closing 1\.clip: .*well-done\.wav: "):
        read_own_clips(protocol)
    Path("voice/well-done.wav").write_text("no sound at all")
    with pytest.raises(RequestError, match=r"closing 1\.clip: .*well-done\.wav: "):
        read_own_clips(protocol)


def test_a_click_is_no_recording():
    protocol = protocol_with()
    click = np.zeros(24_000, np.float32)
    click[12_000] = 0.5
    soundfile.write("voice/well-done.wav", click, 24_000)
    with pytest.raises(RequestError, match="a click of under 100 ms"):
        read_own_clips(protocol)


def test_every_file_that_cannot_be_used_is_a_line():
    text = (
        HEAD + f'summary = {{ text = "One.", clip = "1.wav" }}\nclosing = {{ text = "Two.", clip = "2.wav" }}\n{HOLD}'
    )
    Path("own.toml").write_text(text)
    with pytest.raises(RequestError) as caught:
        read_own_clips(load_protocol("own.toml"))
    places = [line.split(": ")[:2] for line in str(caught.value).splitlines()]
    assert places == [["own.toml", "summary 1.clip"], ["own.toml", "closing 1.clip"]]
