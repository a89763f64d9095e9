"""The table of patterns says what Babel says, and Babel is asked for the rest."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import get_args

import pytest
from babel.lists import format_list
from babel.units import format_unit

from audioguide.languages.cldr_patterns import LENGTHS, LISTS
from audioguide.languages.formats import NO_BREAK, Formats, Joined, Unit, unit

ROOT = Path(__file__).parents[2]


def test_the_table_is_as_the_script_writes_it():
    script = runpy.run_path(str(ROOT / "scripts" / "make_patterns"))
    table = (ROOT / "audioguide" / "languages" / "cldr_patterns.py").read_text(encoding="utf-8")
    assert table == script["table"](), "scripts/make_patterns is due"


@pytest.mark.parametrize("locale", [*LENGTHS, "nl"])
def test_lengths_are_those_of_babel_in_the_table_or_not(locale: str):
    for name in get_args(Unit):
        for value in (0, 1, 1.0, 1.5, 2, 2.5, 21, 45.0, 60, 999, 1_000, 1_234, -1):
            expected = format_unit(value, f"duration-{name}", locale=locale).translate(NO_BREAK)
            assert unit(locale, value, name) == expected


@pytest.mark.parametrize("locale", [*LISTS, "nl"])
def test_lists_are_those_of_babel_in_the_table_or_not(locale: str):
    for style in get_args(Joined):
        for count in range(2, 6):
            items = [f"thing {number} {{}}" for number in range(count)]
            assert Formats(locale).list(items, style) == format_list(items, style, locale)
        assert Formats(locale).list(["one"], style) == "one"
        assert Formats(locale).list([], style) == ""
