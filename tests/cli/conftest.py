"""Runs commands as a user would, in a process of the test's own, with the fake voice unless asked otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from audioguide.cli import run


@pytest.fixture(autouse=True)
def _shared_speech(shared_speech: None) -> None:
    """Speak what commands say once in a run of tests."""


class Ran(NamedTuple):
    """What a command left: exit code, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def audioguide(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def call(*arguments: str) -> Ran:
        code = run(arguments)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Ran(code, printed.out, printed.err)

    return call
