"""The shell scripts on machines that lack something: one line that says what, and how to fix it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.speech.engines.voice_list import ListedVoice, VoiceFile

pytestmark = pytest.mark.real

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    (copy / "scripts").mkdir(parents=True)
    for name in ("bootstrap", "audioguide", "test"):
        shutil.copy(ROOT / "scripts" / name, copy / "scripts" / name)
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(ROOT / "requirements", copy / "requirements")
    return copy


def python(folder: Path, body: str) -> Path:
    """Make a folder for PATH with a python3 that behaves as ``body`` says, and the tools that scripts need."""
    tools = folder / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "pwd", "rm", "env", "tr", "cksum", "mkdir", "mktemp", "cp", "chmod"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    (tools / "python3").write_text(f"#!/bin/sh\n{body}\n")
    (tools / "python3").chmod(0o755)
    return tools


def run(checkout: Path, script: str, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(checkout / "scripts" / script)],
        env={"PATH": str(path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def installs(checkout: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that runs bootstrap with a Python that only writes down what it is asked to install."""
    noted = tmp_path / "noted"
    noted.touch()
    venv_python = f'case "$*" in *"pip install"*) echo "$*" >>{noted} ;; esac'
    (tmp_path / "venv-python").write_text(f"#!/bin/sh\n{venv_python}\n")
    (tmp_path / "venv-python").chmod(0o755)
    making = f'mkdir -p "$3/bin" && cp {tmp_path}/venv-python "$3/bin/python"'
    path = python(tmp_path, f'case "$*" in "-m venv "*) {making} ;; esac')

    def bootstrapped(**environment: str) -> list[str]:
        noted.write_text("")
        ran = run(checkout, "bootstrap", path, **environment)
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout == f"{checkout / environment.get('AUDIOGUIDE_VENV', '.venv')}/bin/python\n"
        return noted.read_text().splitlines()

    return bootstrapped


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


@pytest.mark.parametrize("reason", ["*natural.txt*", "*find_spec*"])
def test_without_the_natural_voice_it_goes_on_and_says_so_in_one_line(checkout: Path, tmp_path: Path, reason: str):
    fake = python(tmp_path, "exit 0")
    binaries = checkout / ".venv" / "bin"
    binaries.mkdir(parents=True)
    failing = f'#!/bin/sh\ncase "$*" in {reason}) exit 1 ;; *) exit 0 ;; esac\n'
    (binaries / "python").write_text(failing)
    (binaries / "python").chmod(0o755)
    ran = run(checkout, "bootstrap", fake)
    assert ran.returncode == 0
    assert [line for line in ran.stderr.splitlines() if "installing" not in line] == [
        "audioguide: the natural voice can't be installed here, so another voice speaks;"
        f" to try again: rm {checkout}/.venv/installed-natural"
    ]
    assert run(checkout, "bootstrap", fake).stderr == ""


def test_what_the_lock_holds_is_installed_and_nothing_else(installs: Callable[..., list[str]]):
    of_lock, of_project, of_voice = installs()
    assert of_lock.endswith("--no-deps --require-hashes --requirement requirements/share.txt")
    assert of_project.endswith("--no-deps --no-build-isolation --config-settings editable_mode=compat --editable .")
    assert of_voice.endswith("--no-deps --require-hashes --requirement requirements/natural.txt")
    assert "requirements/m4a.txt --requirement requirements/dev.txt" in installs(AUDIOGUIDE_EXTRAS="m4a,dev")[0]


def test_it_is_installed_once(installs: Callable[..., list[str]]):
    assert len(installs(AUDIOGUIDE_EXTRAS="share")) == 2
    assert installs(AUDIOGUIDE_EXTRAS="share") == []
    assert len(installs(AUDIOGUIDE_EXTRAS="dev")) == 2
    assert installs(AUDIOGUIDE_EXTRAS="dev") == []


def test_what_dev_needs_includes_what_a_user_needs(installs: Callable[..., list[str]]):
    installs(AUDIOGUIDE_EXTRAS="dev")
    assert installs(AUDIOGUIDE_EXTRAS="share") == []


@pytest.mark.parametrize("changed", ["pyproject.toml", "requirements/share.txt"])
def test_it_is_installed_again_when_the_lock_or_the_project_changed(
    checkout: Path, installs: Callable[..., list[str]], changed: str
):
    installs()
    with (checkout / changed).open("a") as file:
        file.write("# another version\n")
    assert len(installs()) == 3
    assert installs() == []


def test_another_lock_that_changed_matters_to_nobody_else(checkout: Path, installs: Callable[..., list[str]]):
    installs()
    (checkout / "requirements/dev.txt").write_text("")
    assert installs() == []


def test_an_environment_can_lie_elsewhere(tmp_path: Path, checkout: Path, installs: Callable[..., list[str]]):
    assert len(installs(AUDIOGUIDE_VENV=str(tmp_path / "other"))) == 3
    assert installs(AUDIOGUIDE_VENV=str(tmp_path / "other")) == []
    assert not (checkout / ".venv").exists()


def test_an_environment_with_a_python_that_is_too_old_is_made_anew(checkout: Path, installs: Callable[..., list[str]]):
    old = checkout / ".venv" / "bin" / "python"
    old.parent.mkdir(parents=True)
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    assert len(installs()) == 3


def test_an_extra_without_a_lock_is_said_in_one_line(checkout: Path, tmp_path: Path):
    ran = run(checkout, "bootstrap", python(tmp_path, "exit 0"), AUDIOGUIDE_EXTRAS="shares")
    assert ran.returncode == 1
    assert ran.stderr == (
        "audioguide: there is no lock requirements/shares.txt; AUDIOGUIDE_EXTRAS may be share, natural, m4a or dev\n"
    )


@pytest.fixture
def ci(checkout: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs .ci/run with the Pythons named: what each answers when asked for its version."""
    (checkout / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", checkout / ".ci" / "run")
    (checkout / "scripts/install-browser").write_text("#!/bin/sh\n")
    (checkout / "scripts/install-browser").chmod(0o755)
    (checkout / "scripts/test").write_text('#!/bin/sh\necho "tests: ${AUDIOGUIDE_PYTHON:-own} $*"\n')
    used = checkout / ".venv" / "bin" / "python"
    used.parent.mkdir(parents=True)

    def ran(**pythons: str) -> subprocess.CompletedProcess[str]:
        tools = python(tmp_path, "exit 1")
        for name, body in pythons.items():
            path = used if name == "used" else tools / name.replace("_", ".")
            path.write_text(f"#!/bin/sh\n{body}\n")
            path.chmod(0o755)
        return run(checkout, "../.ci/run", tools)

    return ran


def test_integration_also_tries_the_newest_other_python_that_runs(ci: Callable[..., subprocess.CompletedProcess[str]]):
    shim = "echo 'python3.14: command not found' >&2; exit 127"
    tried = ci(used="echo 3.11", python3_14=shim, python3_13="echo 3.13", python3_12="echo 3.12")
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.splitlines() == [
        "tests: own ",
        "audioguide: the fast tests with Python 3.13 too",
        "tests: python3.13 -m not real",
        "audioguide: done with Python 3.11 (all tests) and 3.13 (the fast ones)",
    ]


def test_integration_says_where_there_is_no_other_python(ci: Callable[..., subprocess.CompletedProcess[str]]):
    tried = ci(used="echo 3.13", python3_13="echo 3.13", python3_12="exit 1")
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.splitlines() == [
        "tests: own ",
        "audioguide: done with Python 3.13 only: there is no other from 3.11 on;"
        " with one such as python3.13 on PATH its tests run too",
    ]


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
