"""What takes long to make and several tests look at, made once in a run of tests, however many processes it has."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.waiting import until

Made = TypeVar("Made")

MOST_S = 600
"""The longest that another process may take to make something."""


def made_once(folder: Path, name: str, make: Callable[[], Made]) -> Made:
    """Return what ``make`` returns, from the first process of the run that asks for ``name``; it must be picklable."""
    made, failed = folder / f"{name}.pickle", folder / f"{name}.failed"
    try:
        (folder / f"{name}.begun").mkdir()
    except FileExistsError:
        until(lambda: made.exists() or failed.exists(), name, MOST_S)
        assert made.exists(), f"another process of this run failed to make {name}"
        return pickle.loads(made.read_bytes())
    try:
        found = make()
        partial = folder / f"{name}.{os.getpid()}"
        partial.write_bytes(pickle.dumps(found))
        partial.replace(made)
    except BaseException:
        failed.touch()
        raise
    return found
