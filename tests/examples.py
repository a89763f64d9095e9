"""Which of many examples a test tries: all in the whole run, a part of them where only fast tests run.

Random ones are the same in every run, so that a test that fails does so for what was changed. ``--hypothesis-seed=1``,
or any other number, tries others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import pytest
from hypothesis import settings

T = TypeVar("T")

WHOLE, QUICK = 100, 10
"""Examples of a test that states no number; the first is hypothesis' own default."""


def set_examples(config: pytest.Config) -> None:
    """Choose by what was asked of pytest; called before the tests, whose numbers depend on it, are imported."""
    same = config.getoption("--hypothesis-seed") is None
    # A slow or busy machine is no failure.
    settings.register_profile("whole", deadline=None, max_examples=WHOLE, derandomize=same)
    settings.register_profile("quick", deadline=None, max_examples=QUICK, derandomize=same)
    settings.load_profile("quick" if config.getoption("markexpr") == "not real" else "whole")


def examples(whole: int) -> int:
    """Return how many examples to try of ``whole``, the number for the whole run."""
    return max(1, whole * settings.default.max_examples // WHOLE)


def part(values: Iterable[T], of: int) -> list[T]:
    """Return all of ``values`` in the whole run, and one of so many where only fast tests run."""
    found = list(values)
    return found if settings.default.max_examples == WHOLE else found[::of]
