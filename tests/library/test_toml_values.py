"""Plain values as TOML writes them."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.errors import RequestError
from audioguide.library.toml_values import toml_line, toml_section, toml_value

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
values = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | texts,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(texts, inside, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(texts, values, max_size=4))
def test_what_is_written_is_read_as_it_was(table: dict[str, Any]):
    assert tomllib.loads(toml_section(("a table", "x"), table, is_listed=False)) == {"a table": {"x": table}}
    assert tomllib.loads(toml_section(("x",), table, is_listed=True)) == {"x": [table]}


@pytest.mark.parametrize("text", ["2026-01-31", "07:30:00", "2026-01-31T07:30:00", "2026-01-31 07:30:00.5Z"])
def test_a_date_that_stands_in_a_file_can_be_shown_as_it_is_read(text: str):
    table = tomllib.loads(f"x = [{text}]")
    assert tomllib.loads(f"x = {toml_value(table['x'])}") == table


def test_long_lists_have_a_line_for_each_entry():
    assert toml_line("setup", ["Sit down."]) == 'setup = ["Sit down."]'
    assert toml_line("setup", ["a" * 60, "b" * 60]).count("\n") == 3


@pytest.mark.parametrize("value", ["half \ud800", None, {"a": [object()]}])
def test_what_no_file_can_hold_is_refused(value: Any):
    with pytest.raises(RequestError):
        toml_value(value)
