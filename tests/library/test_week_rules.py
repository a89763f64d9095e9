"""What the weeks of a protocol must keep, each slip as one line."""

import pytest

from audioguide.errors import FileError
from tests.helpers import HEAD, parsed

RUN = '[exercise.run]\nname = "Run"\nhold_s = 60\n'


def phase(weeks: str = "", use: str = '"run"') -> str:
    return f'[[phase]]\ntitle = "Run"\nexercises = [{use}]\n' + (f"weeks = {weeks}\n" if weeks else "")


PROBLEMS = [
    (phase('"1-2"') + phase('"4"'), "phase: nothing is done in week 3; name them in the weeks of a phase"),
    (phase('"2"') + phase('"4-"'), "phase: nothing is done in weeks 1 and 3"),
    (
        "[programme]\nweeks = 9\n" + phase('"1-2"') + phase(use='{ use = "run", weeks = [1, 2] }'),
        "phase: nothing is done in weeks 3 to 9; name them in the weeks of a phase, or set programme.weeks to 2",
    ),
    ("[programme]\nweeks = 6\n" + phase('"2-4"'), "phase: nothing is done in weeks 1 and 5 to 6; name them in the"),
    (phase('"1-2"', '{ use = "run", weeks = "1-4" }'), "phase: nothing is done in weeks 3 to 4; name them in the"),
    ("[programme]\nweeks = 3\n" + phase('"1-4"'), "phase 1.weeks: week 4 is after the programme, which has 3; raise"),
    (phase() + phase('"1-3"', '{ use = "run", weeks = "4" }'), "phase 2.exercises 1.weeks: its phase is not done then"),
    (phase('"3-1"'), "phase 1.weeks: '3-1' ends before it begins; write \"1-3\""),
    (phase('"x"'), 'phase 1.weeks: \'x\' names no weeks; write "1-3", "4", "5-" for week 5 and all later ones'),
    (phase("true"), "phase 1.weeks: names no weeks"),
    (phase("0"), "phase 1.weeks: '0' is out of bounds; use weeks from 1 to 520"),
    (phase(use='{ use = "run", weeks = {} }'), "phase 1.exercises 1.weeks: names no weeks"),
    ('closing = [{ text = "A.", weeks = "x" }]\n' + phase(), "closing 1.weeks: 'x' names no weeks; write"),
    ('closing = [{ weeks = "1" }]\n' + phase(), "closing 1.text: missing"),
    (
        'closing = ["Well.", { text = "A.", weeks = "4" }]\n[programme]\nweeks = 3\n' + phase('"1-3"'),
        "closing 2.weeks: week 4 is after the programme, which has 3; raise programme.weeks",
    ),
]


def test_each_slip_is_one_line_with_its_place():
    for text, words in PROBLEMS:
        with pytest.raises(FileError) as caught:
            parsed(HEAD + text + RUN)
        assert len(caught.value.problems) == 1, text
        assert str(caught.value.problems[0]).startswith(words), caught.value
        assert ("set programme.weeks" in str(caught.value)) is ("set programme.weeks" in words)


def test_weeks_that_go_on_and_choices_for_some_weeks_are_right():
    choice = '{ choice = "way", of = ["run", "pigeon"], weeks = "2-" }'
    for later in (choice, '"run"'):
        protocol = parsed(HEAD + phase("1") + phase('"2-"', later) + RUN)
        assert [str(each.weeks) for each in protocol.phase] == ["week 1", "weeks 2 and on"]
    protocol = parsed(HEAD + phase("1") + phase('"2-"', choice) + RUN)
    assert str(protocol.phase[1].exercises[0].weeks) == "weeks 2 and on"


def test_keys_that_belong_to_the_phase_say_so():
    for key, words in (
        ("alternate_sides = true", 'write sides = "each" on the phase'),
        ('sides = "each"', 'write sides = "each" on the phase'),
        ("shuffle = true", "write shuffle = true on the phase"),
        ('weeks = "1"', "write weeks on the phase"),
    ):
        with pytest.raises(FileError, match=f"unknown key; {words}"):
            parsed(HEAD + phase() + f"circuit = {{ rounds = 2, {key} }}\n" + RUN)
    with pytest.raises(FileError, match="unknown key; a seed is the person's: --seed N"):
        parsed(HEAD + phase() + "seed = 3\n" + RUN)
