from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.share.byte_ranges import ByteRange, requested_range


@given(st.text(alphabet="bytes=-,0123456789 \t;x", max_size=60) | st.text(max_size=60), st.integers(0, 10_000))
def test_no_header_asks_for_more_than_the_file(header: str, size: int):
    for text in (header, f"bytes={header}"):
        try:
            part = requested_range(text, size)
        except ValueError:
            continue
        assert part is None or (part.start >= 0 and part.length > 0 and part.start + part.length <= size)


@given(st.integers(1, 10_000), st.data())
def test_a_part_inside_the_file_is_given_exactly(size: int, data: st.DataObject):
    first = data.draw(st.integers(0, size - 1))
    last = data.draw(st.integers(first, size - 1))
    assert requested_range(f"bytes={first}-{last}", size) == ByteRange(first, last - first + 1)
    assert requested_range(f"bytes={first}-", size) == ByteRange(first, size - first)
    assert requested_range(f"bytes=-{size - first}", size) == ByteRange(first, size - first)


@pytest.mark.parametrize("header", [None, "", "bytes=0-1,2-3", "bytes=2-1", "items=0-1"])
def test_what_is_no_single_part_is_the_whole_file(header: str | None):
    assert requested_range(header, 10) is None


def test_an_empty_file_has_no_part():
    for header in ("bytes=0-", "bytes=-1"):
        with pytest.raises(ValueError, match="lies in"):
            requested_range(header, 0)
