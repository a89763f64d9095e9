import os
import shutil
import subprocess
import sys
from importlib import util
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import SpeechError
from audioguide.model.voice import VoiceSettings
from audioguide.speech.engines.espeak import EspeakEngine
from audioguide.speech.engines.espeak_files import EspeakFiles, espeak_files, wheel_digest
from audioguide.speech.engines.pyttsx3_engine import Pyttsx3Engine
from tests.waiting import until

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
        "import sys; from audioguide.speech.registry import open_engine; "
        "from audioguide.model.voice import VoiceSettings; "
        "engine = open_engine(sys.argv[1]); engine.synthesize('Hold.', VoiceSettings()); "
        "print('ready', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, name]
    parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdin is not None
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ready\n"
    children = children_of(parent.pid)
    assert children
    parent.kill()
    parent.wait()
    parent.stdout.close()
    parent.stdin.close()
    until(lambda: not any(alive(pid) for pid in children))


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    """Whether it still runs: a zombie that its new parent has yet to reap does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_what_damaged_data_spoke_is_not_found_once_the_data_is_repaired(tmp_path: Path) -> None:
    home = moved_wheel(tmp_path)
    files = EspeakFiles(home / "libespeak-ng.so.1", home)
    whole = wheel_digest(files)
    assert wheel_digest(espeak_files("test")) == whole
    for name in ("espeak-ng-data/phondata", "espeak-ng-data/en_dict", "libespeak-ng.so.1"):
        file = home / name
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        time = file.stat().st_mtime_ns
        file.write_bytes(data)
        os.utime(file, ns=(time, time))
        wheel_digest.cache_clear()  # as another process
        assert wheel_digest(files) != whole
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
        wheel_digest.cache_clear()
        assert wheel_digest(files) == whole
