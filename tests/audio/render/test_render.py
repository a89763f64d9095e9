from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.cues.tones import load_sounds
from audioguide.audio.mp3.encoder import encode
from audioguide.audio.mp3.info_frame import is_unaltered
from audioguide.audio.render.mix import mix
from audioguide.audio.render.render import render, silent_frame
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.timeline import Event, Timeline
from audioguide.storage.cache import Cache
from audioguide.verify.decode import decode
from tests.audio.made_audio import ffmpeg_samples, voice_like

SOUNDS = load_sounds()
VOICE = voice_like(1.0)


def beep(role: BeepRole, start_ms: int) -> Event:
    return Event(EventKind.BEEP, role, start_ms, start_ms + SOUNDS[role].duration_ms)


def cue(text: str, start_ms: int, length_ms: int = 1000) -> Event:
    return Event(EventKind.SPEECH, SpeechRole.SETUP, start_ms, start_ms + length_ms, text=text)


def timeline(*events: Event, duration_ms: int = 4800) -> Timeline:
    return Timeline(events, (), (), duration_ms)


def test_every_sound_stands_at_its_sample():
    session = mix(timeline(cue("Hold.", 240), beep(BeepRole.START, 2400)), {"Hold.": VOICE}, SOUNDS)
    assert session.dtype == np.float32
    assert session.size == 4800 * 24
    assert np.array_equal(session[240 * 24 :][: VOICE.samples.size], VOICE.samples)
    start = SOUNDS[BeepRole.START].samples
    assert np.array_equal(session[2400 * 24 :][: start.size], start)
    assert not session[: 240 * 24].any()
    assert not session[2400 * 24 + start.size :].any()


def test_stretches_of_time_make_no_sound():
    hold = Event(EventKind.HOLD, EventKind.HOLD, 0, 4800)
    assert not mix(timeline(hold), {}, SOUNDS).any()


def test_a_clip_longer_than_its_event_is_refused():
    with pytest.raises(ValueError, match=r"'Hold\.' at 0:00 lasts 1000 ms, its event 998 ms"):
        mix(timeline(cue("Hold.", 0, 998)), {"Hold.": VOICE}, SOUNDS)


def test_a_millisecond_of_rounding_is_let_be():
    session = mix(timeline(cue("Hold.", 0, 999)), {"Hold.": VOICE}, SOUNDS)
    assert not session[999 * 24 :].any()


def test_a_missing_clip_is_named():
    with pytest.raises(ValueError, match=r"no clip for the speech 'Hold\.'"):
        mix(timeline(cue("Hold.", 0)), {}, SOUNDS)


def test_a_clip_at_another_rate_is_refused():
    with pytest.raises(ValueError, match="22050 Hz"):
        mix(timeline(cue("Hold.", 0)), {"Hold.": Clip(VOICE.samples[:100], 22_050)}, SOUNDS)


def test_the_mp3_lasts_as_long_as_the_timeline():
    stream = render(timeline(cue("Hold.", 240), beep(BeepRole.DONE, 2400)), {"Hold.": VOICE}, SOUNDS)
    mp3 = b"".join(stream.chunks())
    assert len(mp3) == stream.size
    assert is_unaltered(mp3)
    assert decode(mp3).samples.size == 4800 * 24


def session(seed: int = 5) -> tuple[Timeline, dict[str, Clip]]:
    """Return a random timeline of 90 cues and beeps, near and far from each other, and its clips."""
    random = np.random.default_rng(seed)
    speech = {f"text {number}": voice_like(0.2 + 0.15 * number, number) for number in range(12)}
    events: list[Event] = []
    at_ms = 960
    for _ in range(90):
        if random.random() < 0.5:
            text = str(random.choice(list(speech)))
            events.append(cue(text, at_ms, speech[text].duration_ms))
        else:
            events.append(beep(BeepRole(random.choice([*BeepRole])), at_ms))
        gap_ms = int(random.choice([0, 20, 60, 110, 150, 200, 1000, 2000, 5000]))
        at_ms = events[-1].end_ms + gap_ms + int(random.integers(0, 24))
    return timeline(*events, duration_ms=(at_ms // 24 + 50) * 24), speech


def snr_db(heard: Samples, meant: Samples) -> float:
    return float(10 * np.log10(np.sum(meant**2) / np.sum((heard - meant) ** 2)))


@pytest.mark.real
def test_segments_sound_as_the_whole_encoded_in_one_piece_to_two_decoders(tmp_path: Path):
    plan, speech = session()
    meant = mix(plan, speech, SOUNDS)
    (tmp_path / "whole.mp3").write_bytes(encode(mix(plan, speech, SOUNDS)))
    (tmp_path / "segments.mp3").write_bytes(b"".join(render(plan, speech, SOUNDS).chunks()))
    for decoder in (ffmpeg_samples, lambda path: decode(path).samples):
        heard, whole = decoder(tmp_path / "segments.mp3"), decoder(tmp_path / "whole.mp3")
        assert heard.size == whole.size == meant.size
        assert snr_db(heard, meant) == pytest.approx(snr_db(whole, meant), abs=0.1)
        assert snr_db(heard, meant) > 15


@pytest.mark.real
def test_silence_between_segments_is_silent_to_two_decoders(tmp_path: Path):
    plan, speech = session()
    path = tmp_path / "segments.mp3"
    path.write_bytes(b"".join(render(plan, speech, SOUNDS).chunks()))
    sounds = plan.sounds()
    for heard in (ffmpeg_samples(path), decode(path).samples):
        for before, after in pairwise(sounds):
            quiet = heard[(before.end_ms + 50) * 24 : (after.start_ms - 50) * 24]
            assert quiet.size == 0 or np.abs(quiet).max() < 0.001


def test_equal_stretches_are_encoded_once_wherever_they_stand():
    events = [cue("Hold.", start) for start in (960, 960 + 24 * 125, 960 + 24 * 300)]
    plan = timeline(*events, duration_ms=24 * 500)
    runs = render(plan, {"Hold.": VOICE}, SOUNDS).runs
    found = [run.frames for run in runs if run.frames is not silent_frame()]
    assert len(found) == 3
    assert len({id(frames) for frames in found}) == 1


def test_what_is_kept_gives_the_same_bytes_and_damage_is_mended(tmp_path: Path):
    plan, speech = session()
    plain = b"".join(render(plan, speech, SOUNDS).chunks())
    store = Cache(tmp_path)
    assert b"".join(render(plan, speech, SOUNDS, store=store).chunks()) == plain
    assert b"".join(render(plan, speech, SOUNDS, store=store).chunks()) == plain
    for entry in sorted(path for path in tmp_path.rglob("*") if path.is_file())[::3]:
        entry.write_bytes(entry.read_bytes()[:-7])
    assert b"".join(render(plan, speech, SOUNDS, store=store).chunks()) == plain


def test_nothing_is_encoded_again_when_only_a_gap_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = Cache(tmp_path)
    plan = timeline(cue("Hold.", 960), beep(BeepRole.END, 960 + 24 * 125), duration_ms=24 * 500)
    render(plan, {"Hold.": VOICE}, SOUNDS, store=store)

    def refuse(*_: object) -> bytes:
        raise AssertionError("encoded again")

    monkeypatch.setattr("audioguide.audio.render.render._encode", refuse)
    later = timeline(cue("Hold.", 960), beep(BeepRole.END, 960 + 24 * 200), duration_ms=24 * 500)
    assert render(later, {"Hold.": VOICE}, SOUNDS, store=store).samples == 24 * 500 * 24


def test_progress_goes_up_to_one():
    plan, speech = session()
    shares: list[float] = []
    render(plan, speech, SOUNDS, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
