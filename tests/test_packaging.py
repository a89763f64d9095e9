"""The wheel that `pipx install .` makes: whole, with its data, and its command runs away from the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from audioguide.library.protocol_files import builtin_ids
from audioguide.model.kinds import BeepRole

pytestmark = pytest.mark.real

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
    # The build backend of pyproject.toml, as pip calls it.
    code = f"from setuptools.build_meta import build_wheel; build_wheel({str(folder)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=copy, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_sounds_protocols_and_the_template(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= {f"audioguide/audio/cues/sounds/{role}.wav" for role in BeepRole}
    assert names >= {f"audioguide/library/protocols/{name}.toml" for name in builtin_ids()}
    assert {"audioguide/library/template.toml", "audioguide/py.typed"} <= names
    templates = [path for path in (ROOT / "audioguide").glob("*/**/templates/*") if path.is_file()]
    assert {path.relative_to(ROOT).as_posix() for path in templates} <= names
    texts = (ROOT / "audioguide" / "languages").rglob("*.toml")
    assert {path.relative_to(ROOT).as_posix() for path in texts} <= names


def test_every_package_of_the_checkout_is_in_the_wheel(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "audioguide"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {name for name in tracked.stdout.splitlines() if name.endswith(".py")} <= names


def test_the_command_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    code = "import audioguide, sys; print(audioguide.__file__); from audioguide.cli import main; main(sys.argv[1:])"
    ran = subprocess.run(
        [sys.executable, "-c", code, "plan", "movement-break", "--engine", "fake"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "installed"), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert str(tmp_path) in ran.stdout
    assert "Movement break" in ran.stdout
