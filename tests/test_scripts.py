"""The shell scripts on machines that lack something: one line that says what, and how to fix it it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audioguide.speech.engines.voice_list import ListedVoice, VoiceFile

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    (copy / "scripts").mkdir(parents=True)
    for name in ("bootstrap", "audioguide", "test"):
        shutil.copy(ROOT / "scripts" / name, copy / "scripts" / name)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def python(folder: Path, body: str) -> Path:
    """Make a folder for PATH with a python3 that behaves as ``body`` says, and the tools that scripts need."""
    tools = folder / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "pwd", "rm", "env"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    (tools / "python3").write_text(f"#!/bin/sh\n{body}\n")
    (tools / "python3").chmod(0o755)
    return tools


def run(checkout: Path, script: str, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(checkout / "scripts" / script)], env={"PATH": str(path)}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("script", ["audioguide", "test"])
def test_an_old_python_is_said_in_one_line_with_the_fix(checkout: Path, tmp_path: Path, script: str):
    old = python(tmp_path, 'case "$*" in *--version*) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    ran = run(checkout, script, old)
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "audioguide: needs Python 3.11 or later (found: Python 3.9.2);"
        " install it from https://www.python.org or set AUDIOGUIDE_PYTHON to its path"
    ]


@pytest.mark.parametrize("script", ["audioguide", "test"])
def test_a_missing_venv_module_is_said_in_one_line_with_the_fix(checkout: Path, tmp_path: Path, script: str):
    bare = python(tmp_path, 'case "$*" in *venv*) exit 1 ;; *) exit 0 ;; esac')
    ran = run(checkout, script, bare)
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        f"audioguide: {bare}/python3 has no venv module; on Debian or Ubuntu: apt install python3-venv"
    ]


def test_a_failing_installation_says_what_to_do(checkout: Path, tmp_path: Path):
    fake = python(
        tmp_path,
        'case "$*" in *"-m venv"*) cat >/dev/null </dev/null; exit 0 ;; *) exit 0 ;; esac',
    )
    binaries = checkout / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").write_text('#!/bin/sh\ncase "$*" in *install*) exit 1 ;; *) exit 0 ;; esac\n')
    (binaries / "python").chmod(0o755)
    ran = run(checkout, "audioguide", fake)
    assert ran.returncode == 1
    assert "check the connection and run this again" in ran.stderr


def test_a_row_for_a_new_voice_is_printed_from_its_files(tmp_path: Path):
    (tmp_path / "de_DE-new-low.onnx").write_bytes(b"weights")
    address = "https://voices.invalid/revision/de"
    ran = subprocess.run(
        [str(ROOT / "scripts/voice_row"), "piper", address, "CC0-1.0", str(tmp_path / "de_DE-new-low.onnx")],
        env={"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    row = eval(ran.stdout.strip(), {"ListedVoice": ListedVoice, "VoiceFile": VoiceFile})[0]
    assert (row.engine, row.name, row.language, row.licence) == ("piper", "de_DE-new-low", "de-DE", "CC0-1.0")
    sha256 = hashlib.sha256(b"weights").hexdigest()
    assert row.files == (VoiceFile(f"{address}/de_DE-new-low.onnx", 7, sha256),)
