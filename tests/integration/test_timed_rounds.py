"""Rounds against the clock through a real voice: as planned to `check`, and to a decoder that is not ours."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser

from audioguide.audio.cues.tones import load_sounds
from audioguide.cli import run
from audioguide.export.player.player_page import player_html
from audioguide.export.tags.id3 import read_plan
from audioguide.model.kinds import BeepRole, EventKind, HoldRole
from audioguide.verify.check import check
from tests.decoders import ffmpeg_heard, offset_ms
from tests.integration.browser import NONCE, SMALL, needs_browser, served
from tests.sounds import music_file

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("shared_speech")]

ROUNDS = """
format = 1
id = "rounds"
title = "Rounds"
[[phase]]
title = "Rounds"
exercises = ["push-ups", { use = "squats", reps = 10 }]
circuit = { minutes = 1.5 }
[exercise.push-ups]
name = "Push-ups"
reps = 8
coaching = ["Keep your body straight."]
caution = ["Not with a sore wrist."]
[exercise.squats]
name = "Squats"
reps = 12
"""


def built(folder: Path, *options: str) -> Path:
    (folder / "rounds.toml").write_text(ROUNDS)
    path = folder / "rounds.mp3"
    build = ["build", str(folder / "rounds.toml"), "--engine", "espeak", "--quiet", "-o", str(path)]
    assert run([*build, *options]) == 0
    return path


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("rounds"))


def test_the_time_of_the_rounds_lasts_to_the_millisecond_in_another_decoder(rounds: Path):
    (block,) = [event for event in read_plan(rounds).timeline.events if event.role is HoldRole.ROUNDS]
    samples, sounds = ffmpeg_heard(rounds).samples, load_sounds()
    off_ms = [
        offset_ms(samples, sounds[role], at_ms)
        for role, at_ms in ((BeepRole.START, block.start_ms), (BeepRole.END, block.end_ms))
    ]
    assert block.duration_ms == 90_000
    assert np.abs(off_ms).max() < 1


def test_rounds_are_as_planned_to_check_with_and_without_music(rounds: Path, tmp_path: Path):
    tune = music_file(tmp_path / "tune.wav")
    for path in (rounds, built(tmp_path, "--music", str(tune))):
        report = check(path)
        assert report.ok, [row for row in report.rows if not row.ok]
        assert [row.measured for row in report.rows if row.name == "holds last"] == ["1 of 1"]
        assert not read_plan(path).timeline.of_kind(EventKind.REP)


@needs_browser
def test_the_page_on_a_small_phone_counts_the_time_down_above_what_a_round_has(rounds: Path, chromium: Browser):
    plan = read_plan(rounds)
    (block,) = [event for event in plan.timeline.events if event.role is HoldRole.ROUNDS]
    page_html = player_html(plan, "rounds.mp3", NONCE).encode()
    files = {"rounds.mp3": ("audio/mpeg", rounds.read_bytes()), "session": ("text/html; charset=utf-8", page_html)}
    with served(files) as base:
        page = chromium.new_page(viewport={"width": SMALL[0], "height": SMALL[1]})
        page.goto(f"{base}/session")
        # It shows seconds that have begun, so 59.9 s left are 60.
        page.evaluate("s => { document.getElementById('audio').currentTime = s }", (block.end_ms - 59_900) / 1000)
        shown = "['label', 'where', 'number'].map(id => document.getElementById(id).textContent)"
        end = time.monotonic() + 10
        while page.evaluate(shown) != ["Rounds", "8 push-ups. 10 squats.", "60"]:
            assert time.monotonic() < end, page.evaluate(shown)
            page.wait_for_timeout(5)
        assert page.evaluate("document.documentElement.scrollHeight") == SMALL[1]
        page.close()
