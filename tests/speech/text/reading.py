"""Tables of readings for tests: one a line, what is written, a bar, what is said."""

import pytest

from audioguide.speech.text.normalise import spoken


def readings(table: str) -> pytest.MarkDecorator:
    """Return the parameters ``written`` and ``said`` for each line of ``table``."""
    lines = [line for line in table.strip().splitlines() if line]
    return pytest.mark.parametrize(("written", "said"), [line.split("|", 1) for line in lines])


def once_and_again(written: str) -> tuple[str, str]:
    """Return what is said of ``written``, and what is said of that, which is the same."""
    said = spoken(written, {})
    return said, spoken(said, {})
