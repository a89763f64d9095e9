"""Every built-in protocol as a phone plays it, measured by meters that are not ours; and sessions over music."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.cues.tones import load_sounds
from audioguide.audio.mp3.chunks import encode_chunks, encode_whole
from audioguide.audio.mp3.encoder import encode as encode_at_once
from audioguide.audio.mp3.info_frame import info_frame
from audioguide.audio.mp3.mp3_format import STEREO
from audioguide.audio.render.mix import mix
from audioguide.audio.render.render import render
from audioguide.audio.render.render_music import SessionMusic, music_mix
from audioguide.cli import run
from audioguide.export.tags.id3 import read_plan
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import BeepRole, Detail, EventKind
from audioguide.model.profile import Profile
from audioguide.pipeline import prepare_session
from audioguide.prescribe.layers import Layer
from audioguide.verify.check import check
from tests.decoders import ffmpeg_samples, libsndfile_samples, offset_ms, snr_db
from tests.integration.conftest import BuiltIn
from tests.integration.session_levels import Levels, loudness, measured
from tests.sounds import music_file

pytestmark = pytest.mark.real

MOST_SPEECH = {Detail.FULL: 0.45, Detail.BRIEF: 0.35, Detail.MINIMAL: 0.25}
TARGET_LUFS = -16.0

FOUR_CHUNKS_MS = 100_000


@pytest.fixture(scope="module")
def tune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return music_file(tmp_path_factory.mktemp("music") / "tune.wav", 65)


def built(folder: Path, *arguments: str) -> Path:
    path = folder / "session.mp3"
    assert run(["build", *arguments, "--engine", "espeak", "--quiet", "-o", str(path)]) == 0
    return path


def assert_heard_right(found: Levels, target_lufs: float = TARGET_LUFS) -> None:
    off = {text: level for text, level in found.cues_lufs.items() if abs(level - target_lufs) > 0.5}
    assert off == {}
    assert found.peak_dbtp <= -1.0
    lead = found.beeps_lufs.pop(BeepRole.LEAD.value, -99.0)
    assert lead < target_lufs - 12
    assert {role: level for role, level in found.beeps_lufs.items() if abs(level - target_lufs) > 3} == {}
    assert found.tips_apart_s == 0 or found.tips_apart_s >= 12


# Of the longest session one level is enough: a cue is levelled for itself.
@pytest.mark.parametrize(
    ("protocol", "detail"),
    [
        *((protocol, Detail.FULL) for protocol in builtin_ids()),
        *((protocol, Detail.MINIMAL) for protocol in builtin_ids() if protocol != "hip-flexor"),
    ],
)
def test_every_cue_is_at_its_loudness_led_in_and_leaves_room(built_in: BuiltIn, protocol: str, detail: Detail):
    found = measured(built_in(protocol, detail))
    assert_heard_right(found)
    assert detail is not Detail.FULL or -19 < found.integrated_lufs < -14
    assert found.unled == 0
    assert found.leads > 0
    assert found.speech_share <= MOST_SPEECH[detail]


@pytest.mark.usefixtures("shared_speech")
@pytest.mark.parametrize("target", [-14.0, -20.0])
def test_another_target_is_met_as_well(tmp_path: Path, target: float):
    assert_heard_right(measured(built(tmp_path, "movement-break", "--loudness", str(target))), target)


@pytest.fixture(scope="module")
def over_music(tune: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("over"), "movement-break", "--music", str(tune))


def test_over_music_voice_and_beeps_are_as_loud_and_on_time_as_without(over_music: Path):
    assert_heard_right(measured(over_music))
    report = check(over_music)
    assert report.ok, [row for row in report.rows if not row.ok]
    timeline = read_plan(over_music).timeline
    samples = ffmpeg_samples(over_music).reshape(-1, 2)
    assert len(samples) == timeline.duration_ms * STEREO.samples_per_ms
    mono = np.ascontiguousarray(samples.mean(axis=1)[::2])
    offsets = [
        offset_ms(mono, load_sounds()[BeepRole(beep.role)], beep.start_ms) for beep in timeline.of_kind(EventKind.BEEP)
    ]
    assert np.abs(offsets).max() < 1


def test_music_lies_twelve_db_below_the_voice_wherever_it_speaks(over_music: Path):
    timeline = read_plan(over_music).timeline
    samples = ffmpeg_samples(over_music).reshape(-1, 2)
    gaps = [(one.end_ms + 100, two.start_ms - 50) for one, two in pairwise(timeline.sounds())]
    near = [samples[start * 48 : end * 48] for start, end in gaps if 250 <= end - start <= 2_000]
    assert len(near) > 20
    assert max(loudness(near, 48_000)) <= TARGET_LUFS - 12
    far = [samples[(start + 1_500) * 48 : (end - 1_500) * 48] for start, end in gaps if end - start >= 8_000]
    assert loudness([np.concatenate(far)], 48_000) == pytest.approx([TARGET_LUFS - 16], abs=2.5)


@pytest.mark.usefixtures("shared_speech")
def test_a_session_over_music_in_chunks_is_as_true_as_in_one_piece(tune: Path):
    layer = Layer("test", Profile.model_validate({"music": {"path": str(tune)}}))
    prepared = prepare_session(load_protocol("movement-break"), [layer])
    plan = prepared.plan
    assert plan.sound.music is not None
    made = music_mix(
        plan.timeline, prepared.speech, prepared.sounds, SessionMusic((tune,), plan.sound.music, TARGET_LUFS)
    )
    samples = FOUR_CHUNKS_MS * STEREO.samples_per_ms
    assert plan.timeline.duration_ms > FOUR_CHUNKS_MS
    meant = made.read(0, samples)
    found = []
    for encode in (encode_whole, encode_chunks):
        frames = encode(made.read, samples)
        found.append(snr_db(libsndfile_samples(info_frame(frames, samples, STEREO) + frames), meant))
    assert abs(found[0] - found[1]) <= 0.1


@pytest.mark.usefixtures("shared_speech")
def test_a_session_with_a_breath_tone_by_segments_is_as_true_as_in_one_piece(tmp_path: Path):
    protocol = load_protocol("hip-flexor")
    breathless = [
        name
        for name in dict.fromkeys(ref.use for ref in protocol.exercise_refs())
        if not protocol.exercise[name].breath
    ]
    layer = Layer("test", Profile.model_validate({"breath": {"on": True}, "skip": breathless}))
    prepared = prepare_session(protocol, [layer])
    plan = prepared.plan
    breath_lufs = plan.sound.breath_lufs(1.0)
    heard = plan.timeline, prepared.speech, prepared.sounds
    meant = mix(*heard, breath_lufs)
    assert sum(breath.duration_ms for breath in plan.timeline.of_kind(EventKind.BREATH)) > 150_000
    found = []
    for name, data in (
        ("whole.mp3", encode_at_once(mix(*heard, breath_lufs))),
        ("segments.mp3", b"".join(render(*heard, breath_lufs=breath_lufs).chunks())),
    ):
        (tmp_path / name).write_bytes(data)
        found.append(snr_db(ffmpeg_samples(tmp_path / name), meant))
    assert abs(found[0] - found[1]) <= 0.1
