"""A file of one kind where the other is wanted, and keys where people first look for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.errors import FileError
from audioguide.library.profile_files import parse_profile
from audioguide.library.protocol_files import load_protocol
from tests.helpers import parsed


def test_a_profile_named_as_a_protocol_is_one_line(tmp_path: Path):
    file = tmp_path / "anna.toml"
    file.write_text('name = "Anna"\ndetail = "brief"\n[exercise.couch-stretch]\nhold_s = 75\n')
    with pytest.raises(FileError) as raised:
        load_protocol(file)
    assert str(raised.value) == f"{file}: is a profile, not a protocol; name it with --profile"


def test_a_protocol_named_as_a_profile_is_one_line():
    with pytest.raises(FileError, match=r"is a protocol, not a profile; name it without --profile$"):
        parse_profile({"format": 1, "id": "a", "phase": []}, "a.toml")


ONE = '[[phase]]\ntitle = "A"\nPHASE\n[exercise.a]\nname = "A"\nsides = "each"\nhold_s = 9\n'


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        (
            'exercises = ["a"]\nsides = "left"',
            r'write sides = "each", or state it for its exercises: \{ use = …, sides',
        ),
        ('exercises = [{ use = "a", switch_s = 5 }]', r"switch_s: unknown key; state it for the exercise itself"),
        (
            'exercises = [{ choice = "c", of = ["a", "pigeon"], harder = "a" }]',
            r"give it an entry of its own in the list",
        ),
    ],
)
def test_the_advice_is_followed_in_one_step(phase: str, said: str):
    with pytest.raises(FileError, match=said):
        parsed(ONE.replace("PHASE", phase))
