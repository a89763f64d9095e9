from __future__ import annotations

import pytest

from audioguide.share.qr import BLOCKS, coloured, qr_lines

ADDRESS = "http://192.168.100.200:8000/dGhpcyBpcyBhIHNlY3JldA/"


def test_the_code_is_a_square_that_fits_a_narrow_terminal():
    lines = qr_lines(ADDRESS)
    assert {len(line) for line in lines} == {2 * len(lines) - 1}
    assert len(lines[0]) <= 41
    assert set("".join(lines)) == {*BLOCKS, " "}


@pytest.mark.parametrize("text", ["a", "http://[fd00::2]:8000/x/feed.xml"])
def test_a_light_frame_is_around_it(text: str):
    lines = qr_lines(text)
    assert set(lines[0]) == {"█"}
    assert {line[:4] + line[-4:] for line in lines[:-1]} == {"█" * 8}


def test_colours_are_light_on_dark_and_end_with_each_line():
    for line, plain in zip(coloured(qr_lines(ADDRESS)), qr_lines(ADDRESS), strict=True):
        assert line == f"\033[38;5;231;48;5;16m{plain}\033[0m"
