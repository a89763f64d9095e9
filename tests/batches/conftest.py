"""A folder with a small protocol, and tables of people who do it with the fake voice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import HEAD, HOLD, REPS

SMALL = HEAD + HOLD + REPS

Written = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, shared_speech: None) -> Written:
    """Write a table into the folder that has the protocol, and return its path."""
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")

    def written(*rows: str, name: str = "people.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join((*rows, "")).encode(encoding))
        return path

    return written
