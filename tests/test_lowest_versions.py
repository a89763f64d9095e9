"""The lowest versions that pyproject.toml allows work: installed into an environment of their own, and used."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.cli.test_odd_input import PROTOCOL

pytestmark = pytest.mark.real

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

COMMANDS = (
    "build short.toml --engine fake -o s.mp3 --lrc --vtt --plan s.json",
    "check s.mp3",
    "page s.mp3",
    "handout short.toml --engine fake -o h.html",
    "calendar short.toml --zone Europe/Berlin --length 20 -o c.ics",
    "programme short.toml --engine fake --weeks 1 -o weeks",
    "plan short.toml --engine fake --svg s.svg",
    "profile new anna --minutes 20 --hold pigeon=50",
    "profile set anna --hold pigeon.left=40",
    "protocol show movement-break --svg figures",
    "share --minutes 0.01 --address 127.0.0.1 s.mp3",
)


def lowest(extra: str) -> list[str]:
    """Return what pip is told to install the lowest versions of the project's own requirements, with an extra."""
    found = map(Requirement, [*PROJECT["dependencies"], *PROJECT["optional-dependencies"][extra]])
    here = [one for one in found if one.marker is None or one.marker.evaluate()]
    return [
        f"{one.name}=={min(part.version for part in one.specifier if part.operator in ('>=', '~='))}" for one in here
    ]


def test_every_requirement_has_a_lowest_version():
    assert len(lowest("share")) > 15


# Later Pythons have no wheels of such old versions.
@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="the lowest versions are tried with Python 3.11: run it there"
)
def test_all_commands_work_with_the_lowest_versions(tmp_path: Path):
    python = tmp_path / "lowest" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "lowest"], check=True)
    installing = [python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", *lowest("share")]
    installed = subprocess.run(installing, capture_output=True, text=True, check=False)
    if "Could not find a version" in installed.stderr or "Connection" in installed.stderr:
        pytest.skip("no package index within reach: run the tests with a network")
    assert installed.returncode == 0, installed.stderr
    (tmp_path / "short.toml").write_text(PROTOCOL)
    script = f"import sys; from audioguide.cli import run; sys.exit(sum(run(line.split()) for line in {COMMANDS!r}))"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    used = subprocess.run(
        [python, "-c", script],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (used.returncode, "Traceback" in used.stderr) == (0, False), used.stderr
