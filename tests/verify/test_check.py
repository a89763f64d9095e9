from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from audioguide.audio.clip import Samples
from audioguide.audio.mp3.encoder import encode
from audioguide.errors import RequestError
from audioguide.export.tags.id3 import tag
from audioguide.model.kinds import BeepRole
from audioguide.verify.check import check
from audioguide.verify.decode import decode
from audioguide.verify.report import Report
from tests.decoders import ffmpeg
from tests.sounds import tone, voice_like
from tests.verify.altered_sessions import (
    DONE_CUE,
    END_OF_LEFT,
    SETUP_CUE,
    SOUNDS,
    START_OF_RIGHT,
    SWITCH_CUE,
    WHOLE,
    Stretch,
    file_of,
    frames,
    plan,
    speech,
)

pytestmark = pytest.mark.real  # LAME encodes, and libsndfile decodes


def failed(report: Report) -> set[str]:
    return {row.name for row in report.rows if not row.ok}


def checked(tmp_path: Path, change: Callable[[Samples], Samples]) -> Report:
    return check(file_of(tmp_path / "session.mp3", change))


def shifted(by_ms: int) -> Callable[[Samples], Samples]:
    return lambda samples: np.roll(samples, by_ms * 24)


def swapped(samples: Samples) -> Samples:
    one, other = speech()["Kneel on your side."], speech()["Switch sides."]
    return SETUP_CUE.replaced_by(other)(SWITCH_CUE.replaced_by(one)(samples))


def hissing(samples: Samples) -> Samples:
    noise = np.random.default_rng(1).normal(0, 0.003, samples.size)
    return (samples + noise).astype(np.float32)


def test_a_finished_session_is_as_planned(tmp_path):
    report = check(file_of(tmp_path / "session.mp3"))
    assert failed(report) == set()
    assert report.ok
    assert report.plan == plan()
    rows = {row.name: row for row in report.rows}
    assert rows["beeps start"].measured == "12 of 12"
    assert rows["cues start"].measured == "7 of 7"
    assert rows["holds last"].worst == "+0.0 ms"
    assert rows["sides equal"].measured == "1 of 1"
    assert rows["length"].worst == "+0.00 ms"


@pytest.mark.parametrize("volume", [0.05, 0.5])
def test_a_quieter_voice_is_held_against_its_own_target(tmp_path, volume):
    assert failed(check(file_of(tmp_path / "session.mp3", volume=volume))) == set()


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        pytest.param(shifted(50), {"beeps start", "cues start", "silence"}, id="50 ms late"),
        pytest.param(shifted(-50), {"beeps start", "cues start", "silence"}, id="50 ms early"),
        pytest.param(shifted(24), {"beeps start"}, id="a frame late"),
        pytest.param(shifted(-24), {"beeps start"}, id="a frame early"),
        pytest.param(SWITCH_CUE.silenced, {"cues start", "cues end", "cues' loudness"}, id="silent cue"),
        pytest.param(Stretch(1100, 1100).silenced, {"cues end"}, id="cue cut short"),
        pytest.param(SETUP_CUE.moved(100), {"cues start", "silence"}, id="cue late"),
        pytest.param(swapped, {"cues end", "silence"}, id="swapped cues"),
        pytest.param(END_OF_LEFT.silenced, {"beeps start", "holds last", "sides equal"}, id="silent beep"),
        pytest.param(END_OF_LEFT.moved(48), {"beeps start", "holds last", "sides equal"}, id="hold too long"),
        pytest.param(START_OF_RIGHT.moved(-48), {"beeps start", "holds last", "sides equal"}, id="hold begins early"),
        pytest.param(START_OF_RIGHT.replaced_by(SOUNDS[BeepRole.END]), {"beeps sound right"}, id="wrong beep"),
        pytest.param(START_OF_RIGHT.times(0.7), {"beeps sound right"}, id="quiet beep"),
        pytest.param(WHOLE.times(0.8), {"beeps sound right", "cues' loudness", "speech's loudness"}, id="quieter"),
        pytest.param(DONE_CUE.times(1.2), {"cues' loudness"}, id="one cue louder"),
        pytest.param(
            Stretch(30_000, 500).replaced_by(speech()["Switch sides."]),
            {"same words, same sound"},
            id="a repeated cue with other words",
        ),
        pytest.param(Stretch(2500, 300).replaced_by(tone(500, 0.2, 0.01)), {"silence"}, id="a stray tone"),
        pytest.param(hissing, {"silence"}, id="hiss"),
        pytest.param(Stretch(300, 100).replaced_by(tone(700, 0.02, 0.94)), {"true peak"}, id="a peak"),
    ],
)
def test_what_went_wrong_shows_in_its_rows(tmp_path, change, rows):
    report = checked(tmp_path, change)
    assert not report.ok
    assert rows <= failed(report)


def test_a_fault_says_what_and_where(tmp_path):
    problems = {row.name: row.problems for row in checked(tmp_path, SWITCH_CUE.silenced).rows}
    assert problems["cues start"] == ("'Switch sides.' at 0:18.408: not found",)
    problems = {row.name: row.problems for row in checked(tmp_path, END_OF_LEFT.moved(48)).rows}
    assert problems["beeps start"] == ("the end beep at 0:16.800: +48.0 ms",)
    assert problems["holds last"] == ("the hold of 'couch-stretch', left side at 0:04.800: +48.0 ms",)


def test_only_what_is_wrong_fails(tmp_path):
    assert failed(checked(tmp_path, START_OF_RIGHT.times(0.7))) == {"beeps sound right"}
    assert failed(checked(tmp_path, END_OF_LEFT.moved(48))) == {"beeps start", "holds last", "sides equal"}


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_file_that_breaks_off_fails(tmp_path, share):
    path = file_of(tmp_path / "session.mp3")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - round((1 - share) * 40_008 / 24) * 192])
    assert {"length", "the sound's bytes"} <= failed(check(path))


def test_a_file_without_its_info_frame_fails(tmp_path):
    path = tmp_path / "session.mp3"
    path.write_bytes(tag(frames()[192:], plan()))
    assert {"length", "the sound's bytes", "beeps start"} <= failed(check(path))


def test_frames_in_another_order_fail(tmp_path):
    whole = frames()
    one, other = whole[192 * 300 : 192 * 600], whole[192 * 600 : 192 * 900]
    path = tmp_path / "session.mp3"
    path.write_bytes(tag(whole[: 192 * 300] + other + one + whole[192 * 900 :], plan()))
    assert {"the sound's bytes", "beeps start", "silence"} <= failed(check(path))


def test_sound_encoded_a_second_time_fails(tmp_path):
    path = tmp_path / "session.mp3"
    again = encode(decode(frames()).samples)
    path.write_bytes(tag(frames()[:192] + again[192:], plan()))
    assert failed(check(path)) == {"the sound's bytes"}


@pytest.mark.real
@pytest.mark.parametrize("options", ["-b:a 32k", "-b:a 64k", "-ar 44100 -b:a 128k", "-c copy"])
def test_a_file_that_ffmpeg_wrote_again_fails(tmp_path, options):
    path, again = file_of(tmp_path / "session.mp3"), tmp_path / "again.mp3"
    ffmpeg("-v", "error", "-i", str(path), "-map_metadata", "-1", *options.split(), str(again))
    written = again.read_bytes()
    written = written[written.index(b"\xff\xf3" if "44100" not in options else b"\xff\xfb") :]
    again.write_bytes(tag(written, plan()))
    assert "the sound's bytes" in failed(check(again))


def test_a_chapter_moved_by_another_program_fails(tmp_path):
    from mutagen.id3 import ID3

    path = file_of(tmp_path / "session.mp3")
    tags = ID3(path)
    tags["CHAP:chp0002"].start_time += 46
    tags.save(v2_version=3)
    report = check(path)
    assert failed(report) == {"chapters"}
    assert any("chapter 'Right' at 0:18.000 is different" in row.problems for row in report.rows)


def test_chapters_removed_by_another_program_fail(tmp_path):
    from mutagen.id3 import ID3

    path = file_of(tmp_path / "session.mp3")
    tags = ID3(path)
    tags.delall("CTOC")
    tags.save(v2_version=3)
    assert failed(check(path)) == {"chapters"}


def test_own_sounds_are_recognised_where_they_are_given(tmp_path):
    own = {role: tone(450 + 150 * at, 0.06, 0.2) for at, role in enumerate(BeepRole)}

    def with_own(samples: Samples) -> Samples:
        for event in plan().timeline.sounds():
            if isinstance(event.role, BeepRole):
                Stretch(event.start_ms, event.duration_ms).replaced_by(own[event.role])(samples)
        return samples

    path = file_of(tmp_path / "session.mp3", with_own)
    assert failed(check(path, own)) == set()
    assert "beeps sound right" in failed(check(path))
    assert "beeps start" not in failed(check(path))


def test_a_file_without_a_plan_is_refused(tmp_path):
    path = tmp_path / "music.mp3"
    path.write_bytes(encode(voice_like(1).samples))
    with pytest.raises(RequestError, match=r"music\.mp3"):
        check(path)


def test_a_tag_without_sound_is_refused(tmp_path):
    path = tmp_path / "session.mp3"
    path.write_bytes(tag(frames(), plan())[: -len(frames())])
    with pytest.raises(RequestError, match=r"session\.mp3"):
        check(path)


def test_a_plan_that_claims_far_more_than_the_file_holds_fails_on_its_length(tmp_path):
    path = tmp_path / "session.mp3"
    endless = replace(plan(), timeline=replace(plan().timeline, duration_ms=24 * 10**12))
    path.write_bytes(tag(frames(), endless))
    assert failed(check(path)) == {"length"}
