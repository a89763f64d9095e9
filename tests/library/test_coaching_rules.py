"""Lines of coaching as a file states them: texts, tables, recordings, and what is wrong with them in one line."""

from __future__ import annotations

import pytest

from audioguide.errors import AudioguideError
from audioguide.model.protocol import CoachingLine
from tests.helpers import HOLD, REPS, parsed

TABLE = 'coaching = ["Breathe out.", "Reach with your {other_side} hand."]'


def with_coaching(lines: str, text: str = HOLD) -> str:
    return text.replace(TABLE, f"coaching = {lines}")


def test_a_text_is_a_line_with_the_defaults_and_one_line_needs_no_list():
    for lines in ('"Breathe."', '["Breathe."]', '{ say = "Breathe." }', '[{ say = "Breathe." }]'):
        assert parsed(with_coaching(lines)).exercise["reach"].coaching == (CoachingLine(say="Breathe."),)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('[{ say = "A.", after = 20 }]', "coaching 1.after: has no line before it; write from_s"),
        ('["A.", { say = "B.", after = 5 }]', "coaching 2.after: 5 is out of bounds; use a number of at least 12"),
        ('["A.", { say = "B.", after = 20, repeat_s = 60 }]', "coaching 2.repeat_s: stands in a line that comes after"),
        ('[{ say = "A.", from_s = 40, left_s = 20 }]', "can't begin at 40 s and leave 20 s of a hold of 60 s"),
        ('[{ say = "A {sid}." }]', "coaching 1.say: {sid} is unknown"),
        ('[{ say = "A.", again = "B {" }]', "coaching 1.again: has a brace without its partner"),
        ('[{ say = "A.", again = "B.", once = true }]', "coaching 1.once: is said again too; remove once or again"),
        ('[{ sy = "A." }]', "coaching 1.sy: unknown key"),
        ('[{ say = "A.", feel = "yes" }]', "coaching 1.feel: 'yes' is not true or false"),
        ('[{ say = "A.", more = 1 }]', "coaching 1.more: 1 is not true or false"),
        ("[4]", "coaching 1: 4 does not belong here; write a text, or {"),
        ('[""]', "coaching 1: has no word that could be said"),
    ],
)
def test_slips_are_one_clear_line(lines, problem):
    with pytest.raises(AudioguideError) as caught:
        parsed(with_coaching(lines))
    assert problem in str(caught.value)


def test_times_belong_to_holds():
    reps = REPS.replace("reps = 4", 'reps = 4\ncoaching = [{ say = "Squeeze.", from_s = 3, left_s = 2 }]')
    with pytest.raises(AudioguideError) as caught:
        parsed(reps)
    assert "coaching 1.from_s: belongs to a hold, and this is done by reps; remove it" in str(caught.value)


def test_a_side_needs_a_side_in_every_wording():
    text = with_coaching('[{ say = "A.", again = "Your {side} hand." }]').replace('sides = "each"\n', "")
    text = text.replace("{side} ", "", 1)
    with pytest.raises(AudioguideError) as caught:
        parsed(text)
    assert "coaching 1.again: names a side where there is none" in str(caught.value)
