import shutil
import subprocess
import sys
import time
from importlib import util
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.espeak import EspeakEngine
from audioguide.speech.engines.espeak_files import espeak_files
from audioguide.speech.engines.pyttsx3_engine import Pyttsx3Engine

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(sys.platform != "linux", reason="the wheel is used on Linux only: run the tests there"),
]


def moved_wheel(folder: Path) -> Path:
    home = folder / "espeakng_loader"
    shutil.copytree(espeak_files("test").home, home, symlinks=True)
    return home


@pytest.mark.parametrize("make", [EspeakEngine, Pyttsx3Engine])
def test_data_in_a_very_long_path_is_found(
    make: type[EspeakEngine] | type[Pyttsx3Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("päth with space " * 10) / ("y" * 100)
    home = moved_wheel(long)
    monkeypatch.syspath_prepend(long)
    assert Path(str(util.find_spec("espeakng_loader").origin)).parent == home
    engine = make()
    assert engine.synthesize("Hold it.", VoiceSettings(voice="gmw/en-us+f2")).duration_ms > 200
    engine.close()


@pytest.mark.parametrize("missing", ["phondata", "phonindex", "intonations"])
def test_damaged_data_is_an_error_and_no_crash(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (moved_wheel(tmp_path) / "espeak-ng-data" / missing).unlink()
    monkeypatch.syspath_prepend(tmp_path)
    engine = EspeakEngine()
    with pytest.raises(SpeechError, match="espeak"):
        engine.synthesize("Hold it.", VoiceSettings())
    engine.close()


def test_another_voice_before_it_changes_nothing() -> None:
    engine = EspeakEngine()
    settings = VoiceSettings()
    first = engine.synthesize("Hold it, and breathe.", settings)
    for voice in ("fr", "gmw/en-us+f2", "gmw/en-us+whisper"):
        engine.synthesize("Hold it, and breathe.", VoiceSettings(voice=voice, rate_wpm=200))
    again = engine.synthesize("Hold it, and breathe.", settings)
    engine.close()
    assert np.array_equal(first.samples, again.samples)


@pytest.mark.parametrize("name", ["espeak", "pyttsx3"])
def test_children_die_with_a_killed_parent(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # what a killed parent leaves behind
    script = (
        "import sys, time; from audioguide.speech.registry import open_engine; "
        "from audioguide.model.voice import VoiceSettings; "
        "engine = open_engine(sys.argv[1]); engine.synthesize('Hold.', VoiceSettings()); "
        "print('ready', flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, name], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    parent.stdout.readline()
    children = children_of(parent.pid)
    assert children
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    """Whether it still runs: a zombie that its new parent has yet to reap does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
