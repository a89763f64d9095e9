"""What tests of several files listen to or compare with, each built once in a run of tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from audioguide.cli import run
from audioguide.model.kinds import Detail
from tests.integration.browser import browser
from tests.made_once import made_once

ROOT = Path(__file__).parent.parent.parent

# Python renames files too, where it keeps a module that it has compiled.
COUNTED = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
"""The environment of processes whose renames are counted."""

SHORTEST = "box-breathing"
"""The built-in protocol with the fewest texts: to speak them takes most of the time of a build."""

BuiltIn = Callable[[str, Detail], Path]


class WholeBuild(NamedTuple):
    """A build of the shortest session by a process that nothing stops.

    Attributes:
        data: its file.
        cache: what it keeps, for builds that need not speak.
        writes: how many files it puts in their place: clips and segments into the cache, at last its own.
    """

    data: bytes
    cache: Path
    writes: int


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def built_in(run_folder: Path) -> BuiltIn:
    """Return a function that gives the MP3 of a protocol at a level of detail, spoken by espeak."""

    def built(protocol: str, detail: Detail) -> Path:
        path = run_folder / f"{protocol}-{detail.value}.mp3"

        def make() -> Path:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("AUDIOGUIDE_CACHE", str(run_folder / "speech"))
                options = ["--detail", detail.value, "--engine", "espeak", "--quiet"]
                assert run(["build", protocol, *options, "-o", str(path)]) == 0
            return path

        return made_once(run_folder, f"built-{protocol}-{detail.value}", make)

    return built


@pytest.fixture(scope="session")
def whole_build(run_folder: Path) -> WholeBuild:
    def make() -> WholeBuild:
        folder = run_folder / "whole-build"
        folder.mkdir()
        command = [sys.executable, "-m", "tests.integration.self_stopping", "0", "os.rename", "0"]
        command += ["build", SHORTEST, "--quiet", "-o", "x.mp3"]
        cache = folder / "cache"
        environment = os.environ | COUNTED | {"AUDIOGUIDE_CACHE": str(cache)}
        ran = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
        return WholeBuild((folder / "x.mp3").read_bytes(), cache, int(ran.stdout.split()[-1]))

    return made_once(run_folder, "whole-build", make)
