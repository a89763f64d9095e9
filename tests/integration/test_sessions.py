"""Every built-in protocol, but the longest at every level of detail, through the real voice and a decoder not ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audioguide.audio.cues.tones import load_sounds
from audioguide.export.tags.id3 import read_plan
from audioguide.library.protocol_files import builtin_ids
from audioguide.model.kinds import BeepRole, Detail, EventKind
from audioguide.model.units import SAMPLES_PER_MS
from audioguide.verify.check import check
from tests.decoders import Heard, ffmpeg_heard, offset_ms
from tests.integration.conftest import BuiltIn

pytestmark = pytest.mark.real


LONGEST = "hip-flexor"
"""At full detail it has every kind of cue; what sounds at other levels only, the halfway beep, others have as well."""

SESSIONS = [(name, level.value) for name in builtin_ids() for level in (Detail if name != LONGEST else (Detail.FULL,))]


@pytest.fixture(scope="module", params=SESSIONS, ids="-".join)
def session(request: pytest.FixtureRequest, built_in: BuiltIn) -> Path:
    protocol, detail = request.param
    return built_in(protocol, Detail(detail))


@pytest.fixture(scope="module")
def heard(session: Path) -> Heard:
    return ffmpeg_heard(session)


def test_an_independent_decoder_agrees_on_every_beep_and_on_the_length(session: Path, heard: Heard):
    timeline, samples = read_plan(session).timeline, heard.samples
    sounds = load_sounds()
    assert samples.size == timeline.duration_ms * SAMPLES_PER_MS
    offsets = [
        offset_ms(samples, sounds[BeepRole(beep.role)], beep.start_ms) for beep in timeline.of_kind(EventKind.BEEP)
    ]
    assert np.abs(offsets).max() < 30


def test_planned_silence_is_silent_to_an_independent_decoder(session: Path, heard: Heard):
    timeline, samples = read_plan(session).timeline, heard.samples
    spread_ms = 50
    for before, after in zip(timeline.sounds(), timeline.sounds()[1:], strict=False):
        start, end = before.end_ms + spread_ms, after.start_ms - spread_ms
        if end > start:
            assert np.abs(samples[start * SAMPLES_PER_MS : end * SAMPLES_PER_MS]).max() < 10 ** (-60 / 20)


def test_chapters_reach_an_independent_reader_in_order(session: Path, heard: Heard):
    plan = read_plan(session)
    positions = [heard.report.index(f"start {chapter.start_ms / 1000:.6f}") for chapter in plan.timeline.chapters]
    assert positions == sorted(positions)
    assert all(chapter.title in heard.report for chapter in plan.timeline.chapters)


def test_the_program_s_own_check_agrees(session: Path):
    report = check(session)
    assert report.ok, [row for row in report.rows if not row.ok]
