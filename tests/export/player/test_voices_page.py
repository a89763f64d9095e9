"""The page on which voices are compared: everything in it, nothing of what a user wrote taken for markup."""

from __future__ import annotations

import re

from audioguide.export.player.voices_page import VoiceSample, voices_html

SHARP = "</p><script>alert(1)</script>\"'&"


def sample(name: str = "Low hum") -> VoiceSample:
    return VoiceSample(
        engine="fake", voice="low", name=name, language="en-us", licence="CC0-1.0", words_a_minute=147, mp3=b"sound"
    )


def test_each_voice_stands_there_with_its_sound():
    page = voices_html("Lift.", [sample(), sample("High hum")], 150)
    assert page.count("<audio ") == 2
    assert 'src="data:audio/mpeg;base64,c291bmQ="' in page
    for text in ("Lift.", "Low hum", "High hum", "en-us", "CC0-1.0", "147 words a minute", "--engine fake --voice low"):
        assert text in page


def test_the_page_can_load_nothing():
    page = voices_html("Lift.", [sample()], 150)
    assert "default-src 'none'" in page
    assert "script-src" not in page
    assert set(re.findall(r'(?:src|href)="([^"]{5})', page)) == {"data:"}


def test_text_is_text():
    page = voices_html(SHARP, [sample(SHARP)], 150)
    assert "<script" not in page
