from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audioguide.errors import FileError
from audioguide.library.builtin import raw_exercises
from audioguide.library.length_rules import MOST_LETTERS, MOST_LINES, length_problems
from audioguide.library.profile_files import load_profile
from audioguide.library.protocol_files import load_protocol
from tests.cli.test_odd_input import PROTOCOL


def refused(tmp_path: Path, text: str) -> str:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(FileError) as raised:
        (load_protocol if "[[phase]]" in text else load_profile)(path)
    return str(raised.value).removeprefix(f"{path}: ")


def test_more_text_than_anyone_listens_to_is_refused_before_it_is_spoken(tmp_path: Path):
    long = "".join(
        f'[exercise.e{i}]\nname = "E"\nsides = "both"\nhold_s = 5\nsetup = ["{"word " * 90}"]\n' for i in range(300)
    )
    said = refused(tmp_path, PROTOCOL.replace("[[phase]]", f"{long}[[phase]]"))
    assert "letters of text in all; use at most 100000, nearly two hours of speech" in said
    entries = "".join(f"word{number} = 'other word {number}'\n" for number in range(6_000))
    assert "letters of text in all" in refused(tmp_path, f"[lexicon]\n{entries}")


def test_no_line_of_a_long_list_vanishes(tmp_path: Path):
    lines = ", ".join(f'"Line {number}."' for number in range(MOST_LINES + 1))
    said = refused(tmp_path, PROTOCOL.replace("hold_s = 5", f"hold_s = 5\ncoaching = [{lines}]"))
    assert said == "exercise.hold.coaching: has 101 entries; use at most 100"
    said = refused(tmp_path, PROTOCOL.replace('title = "Short"', f'title = "Short"\nclosing = [{lines}]'))
    assert said == "closing: has 101 entries; use at most 100"
    assert "skip: has 101 entries" in refused(tmp_path, f"skip = [{lines}]")


def test_what_comes_with_the_program_has_room_several_times_over():
    table: dict[str, Any] = {
        "exercise": {f"{copy}{key}": value for copy in "abc" for key, value in raw_exercises().items()}
    }
    assert list(length_problems(table)) == []
    assert MOST_LETTERS == 100_000
