from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip, KeptClip, name_of
from audioguide.audio.level.fingerprint import fingerprint, fingerprint_of
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.kept_clips import KeptClips
from audioguide.storage.cache import Cache, NoCache, Store

VOICE = VoiceSettings("fake", "low")


class Counting(FakeEngine):
    def __init__(self) -> None:
        self.asked: list[str] = []

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        self.asked.append(text)
        return super().synthesize(text, settings)


class Recorded(Cache):
    """A cache that notes the kinds of what is read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.kinds: list[str] = []

    def get(self, kind: str, key: str) -> bytes | None:
        self.kinds.append(kind)
        return super().get(kind, key)


def kept(store: Store, engine: FakeEngine | None = None) -> KeptClips:
    return KeptClips(engine or FakeEngine(), store, -16.0, {})


def found(store: Store, engine: FakeEngine | None = None) -> KeptClip:
    clip = kept(store, engine).found("Hold.", VOICE)
    assert clip is not None
    return clip


@pytest.fixture
def first(tmp_path: Path) -> KeptClip:
    """A clip as it was made; it lies in the cache since."""
    return kept(Cache(tmp_path)).made("Hold.", VOICE)


@pytest.fixture
def samples(tmp_path: Path, first: KeptClip) -> Path:
    """Where the clip's samples lie."""
    (path,) = tmp_path.glob("v1/samples/*/*.bin")
    return path


def test_nothing_is_found_before_it_was_made(tmp_path: Path):
    assert kept(Cache(tmp_path)).found("Hold.", VOICE) is None
    kept(NoCache()).made("Hold.", VOICE)
    assert kept(NoCache()).found("Hold.", VOICE) is None


def test_a_clip_is_found_with_length_name_and_fingerprint_and_without_its_samples_being_read(
    tmp_path: Path, first: KeptClip
):
    asked = Recorded(tmp_path)
    again = found(asked)
    expected = name_of(first.samples), fingerprint(first.samples), first.duration_ms
    assert (again.name, fingerprint_of(again), again.duration_ms) == expected
    assert "samples" not in asked.kinds
    for _ in range(2):
        assert np.array_equal(again.samples, first.samples)
    assert asked.kinds.count("samples") == 1


def test_fingerprints_of_another_version_are_made_anew(
    tmp_path: Path, first: KeptClip, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("audioguide.speech.kept_clips.FINGERPRINT_VERSION", 99)
    assert kept(Cache(tmp_path)).found("Hold.", VOICE) is None


def test_a_clip_whose_samples_are_gone_is_not_found(tmp_path: Path, samples: Path):
    samples.unlink()
    assert kept(Cache(tmp_path)).found("Hold.", VOICE) is None


@pytest.mark.parametrize("how", ["gone", "damaged"])
def test_samples_that_are_lost_after_a_clip_was_found_are_spoken_again(
    tmp_path: Path, first: KeptClip, samples: Path, how: str
):
    engine = Counting()
    again = found(Cache(tmp_path), engine)
    if how == "gone":
        samples.unlink()
    else:
        samples.write_bytes(samples.read_bytes()[:-1] + b"!")
    assert engine.asked == []
    assert np.array_equal(again.samples, first.samples)
    assert engine.asked == ["Hold."]
    # And cached again.
    assert np.array_equal(found(Cache(tmp_path), engine).samples, first.samples)
    assert engine.asked == ["Hold."]


def test_a_voice_that_says_otherwise_what_the_cache_lost_is_told_and_the_next_build_is_whole(
    tmp_path: Path, first: KeptClip, samples: Path
):
    class Fickle(FakeEngine):
        def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
            said = super().synthesize(text, settings)
            return Clip(np.tile(said.samples, 2), said.rate_hz)

    clip = found(Cache(tmp_path), Fickle())
    samples.unlink()
    with pytest.raises(SpeechError, match=r"“Hold\.”: the cache lost its sound .* run the command again"):
        _ = clip.samples
    next_time = found(Cache(tmp_path))
    assert next_time.size == next_time.samples.size != first.size
