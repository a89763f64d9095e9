import threading
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip
from audioguide.audio.level.loudness import loudness_lufs
from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.fake import FakeEngine
from audioguide.speech.voicing import Texts, Voicing
from audioguide.storage.cache import Cache, NoCache, Store


class Counting(FakeEngine):
    parallel = 4

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.lock = threading.Lock()

    def synthesize(self, text: str, settings: VoiceSettings) -> Clip:
        with self.lock:
            self.asked.append(text)
        if text == "fail":
            raise SpeechError("no")
        return super().synthesize(text, settings)


def voicing(engine: FakeEngine, store: Store | None = None, **settings: object) -> Voicing:
    return Voicing(engine, VoiceSettings("fake", "low", **settings), Texts(), store or NoCache())  # type: ignore[arg-type]


def test_what_sounds_alike_is_spoken_once_and_over_all_calls():
    engine = Counting()
    speaker = voicing(engine)
    clips = speaker.clips(["45 s.", "45 seconds.", "Hold."])
    speaker.clips(["Hold.", "Rest."])
    assert clips["45 s."] is clips["45 seconds."]
    assert sorted(engine.asked) == ["45 seconds.", "Hold.", "Rest."]


def test_a_clip_is_at_24_khz_and_the_target_s_loudness_and_volume_works_on_that():
    clip = voicing(FakeEngine()).clips(["Kneel on your left knee."])["Kneel on your left knee."]
    quiet = voicing(FakeEngine(), volume=0.5).clips(["Kneel on your left knee."])["Kneel on your left knee."]
    assert clip.rate_hz == 24_000
    assert loudness_lufs(clip) == pytest.approx(-16, abs=0.5)
    assert loudness_lufs(quiet) == pytest.approx(-22, abs=0.5)


def test_kept_clips_are_not_spoken_again_and_are_the_same_samples(tmp_path: Path):
    first = voicing(Counting(), Cache(tmp_path)).clips(["Hold."])["Hold."]
    engine = Counting()
    again = voicing(engine, Cache(tmp_path)).clips(["Hold."])["Hold."]
    without = voicing(Counting()).clips(["Hold."])["Hold."]
    assert engine.asked == []
    assert np.array_equal(first.samples, again.samples)
    assert np.array_equal(first.samples, without.samples)


def test_clips_at_another_pace_are_other_clips_and_those_at_the_engines_own_have_the_key_they_had(tmp_path: Path):
    class Paced(Counting):
        def __init__(self, factor: float) -> None:
            super().__init__()
            self.factor = factor

        def pace_factor(self, voice: str) -> float:
            return self.factor

    for factor, spoken in ((1.0, 1), (1.08, 1), (1.09, 1), (1.08, 0), (1.0, 0)):
        engine = Paced(factor)
        voicing(engine, Cache(tmp_path)).clips(["Hold."])
        assert len(engine.asked) == spoken
    plain = Counting()
    voicing(plain, Cache(tmp_path)).clips(["Hold."])
    assert plain.asked == []


@pytest.mark.parametrize("other", [{"rate_wpm": 160}, {"volume": 0.9}])
def test_other_settings_are_other_clips(tmp_path: Path, other: dict[str, object]):
    voicing(Counting(), Cache(tmp_path)).clips(["Hold."])
    engine = Counting()
    voicing(engine, Cache(tmp_path), **other).clips(["Hold."])
    assert engine.asked == ["Hold."]


@pytest.mark.parametrize(
    ("within_ms", "lasts_ms"), [(540, 540), (539, 470), (470, 470), (469, 415), (414, 540)], ids=str
)
def test_a_word_too_long_for_its_place_is_said_faster_where_it_then_fits(within_ms: int, lasts_ms: int):
    # 60 ms a letter: 540 ms, or at 172 and 195 instead of 150 words a minute 470 and 415 ms.
    clips = voicing(FakeEngine()).clips(["Last one.", "Hold."], within_ms={"Last one.": within_ms, "Back.": 1})
    assert clips["Last one."].duration_ms == lasts_ms
    assert clips["Hold."].duration_ms == 300
    assert "Back." not in clips


def test_a_text_that_can_t_be_spoken_is_an_error_never_silence():
    with pytest.raises(SpeechError):
        voicing(Counting()).clips(["Hold.", "fail"])


def test_a_lexicon_is_read_for_the_engine_that_speaks():
    engine = Counting()
    lexicon = {"psoas": {"fake": "so-as", "hibari": "/sˈOəs/"}, "ilium": {"hibari": "/ˈɪliəm/", "other": "illy um"}}
    Voicing(engine, VoiceSettings("fake", "low"), Texts(lexicon=lexicon), NoCache()).clips(["Psoas and ilium."])
    assert engine.asked == ["so-as and illy um."]


def test_the_lexicon_of_a_language_is_read_behind_the_texts_own():
    engine = Counting()
    engine.name = "espeak"
    own = Texts("de", {"Dead Bug": "Käfer"})
    Voicing(engine, VoiceSettings("espeak", "low"), own, NoCache()).clips(["Dead Bug und Bird Dog, 1 Atemzug."])
    # An entry for the language comes behind its tables, which know what is counted as it is written.
    assert engine.asked == ["Käfer und Börd Dogg, ein Ahtemzug."]


def test_phonemes_go_to_an_engine_that_takes_them():
    class Phonetic(Counting):
        takes_phonemes = True

    engine = Phonetic()
    Voicing(engine, VoiceSettings("fake", "low"), Texts(lexicon={"psoas": "/sˈOəs/"}), NoCache()).clips(["The psoas."])
    assert engine.asked == ["The \ue000psoas\ue001sˈOəs\ue002."]


def test_an_expected_length_is_near_and_exact_once_spoken():
    speaker = voicing(FakeEngine(), NoCache())
    guess = speaker.expected_ms(["Kneel on your left knee."])["Kneel on your left knee."]
    clip = speaker.clips(["Kneel on your left knee."])["Kneel on your left knee."]
    assert guess > 0
    assert speaker.expected_ms(["Kneel on your left knee."]) == {"Kneel on your left knee.": clip.duration_ms}


def test_what_the_cache_holds_changes_no_expected_length(tmp_path: Path):
    before = voicing(FakeEngine(), Cache(tmp_path)).expected_ms(["Hold.", "Rest for 10 s."])
    voicing(FakeEngine(), Cache(tmp_path)).clips(["Hold.", "Rest for 10 s."])
    assert voicing(FakeEngine(), Cache(tmp_path)).expected_ms(["Hold.", "Rest for 10 s."]) == before


@pytest.mark.parametrize(("slow", "spoke", "ahead"), [(True, True, True), (True, False, False), (False, True, False)])
def test_texts_are_spoken_ahead_only_by_a_slow_voice_that_is_loaded(
    tmp_path: Path, slow: bool, spoke: bool, ahead: bool
):
    voicing(Counting(), Cache(tmp_path)).clips(["Hold."])
    engine = Counting()
    engine.loads_slowly = slow
    speaker = voicing(engine, Cache(tmp_path))
    speaker.clips(["Hold.", *(["Rest."] if spoke else [])])
    speaker.speak_ahead(["For 50 seconds."])
    assert ("For 50 seconds." in engine.asked) == ahead
