import subprocess
import sys
from pathlib import Path

import pytest

from audioguide.errors import RequestError, SpeechError
from audioguide.model.voice import VoiceCommand, VoiceSettings
from audioguide.speech.engines import command_engine
from audioguide.speech.engines.command_engine import CommandEngine, filled_in

pytestmark = pytest.mark.real

STAND_IN = Path(__file__).parent / "children" / "stand_in.py"


def engine(*more: str, version: str = "1") -> CommandEngine:
    return CommandEngine(VoiceCommand((sys.executable, str(STAND_IN), "{wav}", "{text}", *more), version))


def test_a_program_speaks_what_it_is_given_at_the_rate_asked_for() -> None:
    slow = engine("{rate}").synthesize("Lift, and hold it.", VoiceSettings(rate_wpm=100))
    fast = engine("{rate}").synthesize("Lift, and hold it.", VoiceSettings(rate_wpm=200))
    assert slow.rate_hz == 16_000
    assert slow.duration_ms == pytest.approx(60 * 18 * 1.5, abs=60)
    assert fast.duration_ms == pytest.approx(60 * 18 * 0.75, abs=60)


def test_a_program_without_a_rate_may_take_its_own_time() -> None:
    assert engine().synthesize("Hold it.", VoiceSettings(rate_wpm=80)).duration_ms < 600


def test_no_shell_reads_the_text_and_a_text_fills_in_nothing() -> None:
    said = filled_in(("say", "-o{wav}", "{text}", "{}", "{other}"), {"wav": "a b.wav", "text": "$(id); {wav} `x`"})
    assert said == ["say", "-oa b.wav", "$(id); {wav} `x`", "{}", "{other}"]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("fails", r"^the voice command '.*' ended with status 1 for 'Hold it\.': no licence$"),
        ("nothing", r"^the voice wrote no file for 'Hold it\.'$"),
        ("silent", r"^the voice gave silence for 'Hold it\.'$"),
        ("short", r"^the voice gave \d+ ms for 'Hold it\.', where .* plausible$"),
    ],
)
def test_what_goes_wrong_is_tried_again_and_then_one_line(tmp_path: Path, how: str, message: str) -> None:
    with pytest.raises(SpeechError, match=message):
        engine("150", how).synthesize("Hold it.", VoiceSettings())
    assert engine("150", how, str(tmp_path / "once")).synthesize("Hold it.", VoiceSettings()).duration_ms > 400


def test_a_program_that_hangs_is_ended_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_engine, "CUE_S", 2.0)
    ended: list[subprocess.Popen[bytes]] = []

    def end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        ended.append(process)
        monkeypatch.setattr(command_engine, "CUE_S", 60.0)

    monkeypatch.setattr(command_engine, "kill", end)
    assert engine("150", "hangs", str(tmp_path / "once")).synthesize("Hold it.", VoiceSettings()).duration_ms > 400
    assert len(ended) == 1


def test_a_program_that_is_not_there_is_named_at_once(tmp_path: Path) -> None:
    missing = CommandEngine(VoiceCommand((str(tmp_path / "my-tts"), "{wav}", "{text}"), "1"))
    with pytest.raises(SpeechError, match=r"^the voice command '.*my-tts' can't be started \(no such file.*profile$"):
        missing.synthesize("Hold.", VoiceSettings())


def test_without_a_command_it_says_where_one_is_named() -> None:
    with pytest.raises(RequestError, match=r"kept profile names: \[voice\] engine"):
        CommandEngine().check(VoiceSettings())


def test_command_and_version_are_what_identify_it() -> None:
    versions = {engine().version(), engine("{rate}").version(), engine(version="2").version()}
    assert len(versions) == 3
