"""A session in German through a real German voice, heard by `check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.cli import run
from audioguide.export.tags.id3 import read_plan
from audioguide.model.kinds import EventKind
from audioguide.verify.check import check

pytestmark = pytest.mark.real

GERMAN = Path(__file__).parent.parent / "languages" / "rueckenpause.toml"


def test_a_german_session_is_heard_as_planned(tmp_path: Path):
    mp3 = tmp_path / "r.mp3"
    arguments = ("build", str(GERMAN), "--engine", "espeak", "--voice", "gmw/de", "--seed", "1", "-o", str(mp3))
    assert run(arguments) == 0
    plan, report = read_plan(mp3), check(mp3)
    assert (plan.language, plan.voice.voice) == ("de", "gmw/de")
    assert not any("speaks" in warning for warning in plan.warnings)
    assert [row for row in report.rows if not row.ok] == []
    # Counts, calls and tempo words are as short as in English: hardly anything has no room.
    assert sum(event.kind is EventKind.SPEECH for event in plan.timeline.events) > 20 * len(plan.timeline.dropped)
