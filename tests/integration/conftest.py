"""The built-in sessions that several files listen to, each built once in a run of tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.cli import run
from audioguide.model.kinds import Detail
from tests.made_once import made_once

BuiltIn = Callable[[str, Detail], Path]


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
