"""The check hears words: cues that are altered inside, or are others, are noticed; encoding again is no alteration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from audioguide.audio.clip import Clip, Samples
from audioguide.audio.level.fingerprint import STEP_DB, fingerprint, fingerprint_of, levels_db, levels_of
from audioguide.audio.mp3.encoder import encode
from audioguide.export.tags.id3 import tag
from audioguide.verify.check import check
from audioguide.verify.decode import decode
from audioguide.verify.report import ReportRow
from tests.sounds import voice_like
from tests.verify.altered_sessions import SETUP_CUE, SWITCH_CUE, Stretch, file_of, frames, plan, sound, speech

real = pytest.mark.real  # LAME encodes, and libsndfile decodes


def words(path: Path) -> ReportRow:
    return next(row for row in check(path).rows if row.name == "words")


def backwards(samples: Samples) -> Samples:
    samples[SETUP_CUE.slice] = samples[SETUP_CUE.slice][::-1].copy()
    return samples


def other_words(samples: Samples) -> Samples:
    return SETUP_CUE.replaced_by(speech()["Switch sides."])(samples)


def as_long_and_loud(samples: Samples) -> Samples:
    taken = voice_like(SWITCH_CUE.length_ms / 1000, seed=99).samples
    before = samples[SWITCH_CUE.slice]
    samples[SWITCH_CUE.slice] = taken * np.float32(np.sqrt(np.mean(before**2) / np.mean(taken**2)))
    return samples


ALTERED: dict[str, tuple[Callable[[Samples], Samples], str]] = {
    "backwards": (backwards, "'Kneel on your side.' at 0:00.240: not as it was spoken"),
    "150 ms muted": (Stretch(1_000, 150).silenced, "'Kneel on your side.' at 0:00.240: not as it was spoken"),
    "other words": (other_words, "'Kneel on your side.' at 0:00.240: not as it was spoken"),
    "another of its length": (as_long_and_loud, "'Switch sides.' at 0:18.408: not as it was spoken"),
}


@real
@pytest.mark.parametrize("change", ALTERED)
def test_an_altered_cue_is_noticed(tmp_path: Path, change: str):
    alter, problem = ALTERED[change]
    row = words(file_of(tmp_path / "session.mp3", alter))
    assert (row.ok, row.measured) == (False, "6 of 7")
    assert row.problems[0].startswith(problem)


@real
def test_encoded_again_the_words_are_the_same(tmp_path: Path):
    again = encode(decode(frames()).samples)
    (tmp_path / "session.mp3").write_bytes(tag(again, plan()))
    assert words(tmp_path / "session.mp3").measured == "7 of 7"


@real
def test_a_plan_of_before_there_were_fingerprints_has_no_such_row(tmp_path: Path):
    (tmp_path / "session.mp3").write_bytes(tag(frames(), replace(plan(), fingerprints=())))
    report = check(tmp_path / "session.mp3")
    assert report.ok
    assert "words" not in [row.name for row in report.rows]


def test_the_fingerprint_of_a_clip_is_that_of_its_samples_each_time():
    clip = Clip(sound()[SETUP_CUE.slice])
    assert fingerprint_of(clip) == fingerprint_of(clip) == fingerprint(clip.samples) != ""


def test_a_fingerprint_holds_levels_to_a_step():
    samples = sound()[SETUP_CUE.slice]
    levels = levels_of(fingerprint(samples))
    assert levels.shape == (38, 6)
    assert np.abs(levels - np.maximum(levels_db(samples), -126)).max() <= STEP_DB / 2 + 1e-9
    assert fingerprint(samples[:1_000]) == ""
    assert levels_of("nonsense!").shape == levels_of("").shape == (0, 6)
