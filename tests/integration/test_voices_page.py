"""The page of voices in a real browser, opened as a file: every sample plays, nothing else is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from audioguide.cli import run
from tests.integration.browser import SMALL, Watched, browser, needs_browser

pytestmark = [
    pytest.mark.real,
    needs_browser,
]


def test_every_voice_plays_from_the_file_alone(tmp_path: Path):
    path = tmp_path / "voices.html"
    assert run(["voices", "compare", "Kneel on your left knee.", "-o", str(path)]) == 0
    assert path.stat().st_size < 400_000
    with browser() as opened:
        page = opened.new_page(viewport={"width": SMALL[0], "height": SMALL[1]})
        watched = Watched(page)
        page.goto(path.as_uri())
        assert page.locator("audio").count() == page.locator("li").count() > 3
        # Each plays to its end, some seconds of sound.
        lengths = page.evaluate(
            """async () => {
                const lengths = [];
                for (const audio of document.querySelectorAll("audio")) {
                    audio.muted = true;
                    audio.playbackRate = 8;
                    const ended = new Promise((done, failed) => { audio.onended = done; audio.onerror = failed; });
                    await audio.play();
                    await ended;
                    lengths.push(audio.duration);
                }
                return lengths;
            }"""
        )
        assert all(0.5 < length < 5 for length in lengths)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert Axe().run(page).violations_count == 0
        assert watched.left_the_machine() == []
        assert watched.complaints == []
