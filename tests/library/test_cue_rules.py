"""What `protocol check` says of cues and calls that can't be."""

from __future__ import annotations

import pytest

from audioguide.errors import FileError
from tests.helpers import HOLD, REPS, parsed

CALL = 'calls = [{{ at_s = {}, say = "Turn back." }}]\n'
FIXED = HOLD.replace("{ default = 45, min = 30, max = 60 }", "45")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            FIXED + CALL.format(60),
            "exercise.reach.calls 1.at_s: 60 s are beyond the hold of 45 s; call before 35 s, or make the hold longer",
        ),
        (
            FIXED + CALL.format(40),
            "exercise.reach.calls 1.at_s: 40 s lie in the last 10 s of a hold of 45 s, kept for its countdown; "
            "call earlier, or make the hold longer",
        ),
        (
            FIXED.replace("45", "8") + CALL.format(9),
            "exercise.reach.calls 1.at_s: 9 s are beyond the hold of 8 s; make the hold longer",
        ),
        (
            FIXED + 'calls = [{ at_s = 9, say = "One." }, { at_s = 9, say = "Two." }]\n',
            "exercise.reach.calls 2.at_s: two calls at 9 s; say both in one, or move one",
        ),
        (
            FIXED + "every_s = 35\n",
            "exercise.reach.every_s: 35 s are not reached 10 s before a hold of 45 s ends; "
            "make it shorter, or the hold longer",
        ),
        (FIXED + "every_s = 5\n", "exercise.reach.every_s: 5 is out of bounds; use a number of at least 10"),
        (
            FIXED.replace('["reach"]', '[{ use = "reach", hold_s = 30, calls = [{ at_s = 21, say = "Now." }] }]'),
            "phase 1.exercises 1.calls 1.at_s: 21 s lie in the last 10 s of a hold of 30 s, kept for its countdown; "
            "call earlier, or make the hold longer",
        ),
        (
            FIXED.replace('["reach"]', '[{ use = "reach", calls = [{ at_s = 21, say = "Now." }] }]\n').replace(
                "[exercise", "circuit = { work_s = 20 }\n[exercise"
            ),
            "phase 1.exercises 1.calls 1.at_s: 21 s are beyond the hold of 20 s; "
            "call before 10 s, or make the hold longer",
        ),
        (REPS + CALL.format(9), "exercise.bridge.calls: belongs to a hold, and this is done by reps; remove it"),
        (REPS + "every_s = 60\n", "exercise.bridge.every_s: belongs to a hold, and this is done by reps; remove it"),
        (
            REPS + "cues = { countdown = false }\n",
            "exercise.bridge.cues.countdown: belongs to a hold, and this is done by reps; remove it",
        ),
        (FIXED + "halfway = false\n", "exercise.reach.halfway: unknown key; write cues = { halfway = false }"),
        (
            FIXED + 'cues = "off"\n',
            "exercise.reach.cues: 'off' does not belong here; "
            "write the cues that are left out, such as { start = false }",
        ),
        (
            FIXED + 'calls = ["Turn back."]\n',
            "exercise.reach.calls 1: 'Turn back.' does not belong here; write { at_s = 600, say = \"Turn back.\" }",
        ),
        (FIXED + 'calls = "Turn back."\n', "exercise.reach.calls: 'Turn back.' is not a list; write a list"),
        (
            FIXED + "cues = { half = false }\n",
            "exercise.reach.cues.half: unknown key; there is halfway, ten_seconds, countdown, tips and start",
        ),
        (
            FIXED + "cues = { halfway = 0 }\n",
            "exercise.reach.cues.halfway: 0 is not true or false; write true or false",
        ),
        (
            FIXED + 'calls = [{ at_s = 9, say = "Bend your {knee}." }]\n',
            "exercise.reach.calls 1.say: {knee} is unknown; write {side} or {other_side}",
        ),
        (
            FIXED.replace('"each"', '"both"').replace("{side}", "").replace("{other_side}", "")
            + 'calls = [{ at_s = 9, say = "Now {side}." }]\n',
            "exercise.reach.calls 1.say: names a side where there is none; leave the side out",
        ),
        (FIXED + 'calls = [{ say = "Now." }]\n', "exercise.reach.calls 1.at_s: missing; add at_s = …"),
    ],
)
def test_what_cannot_be_called_is_one_line_that_says_where_and_how_to_fix_it(text, problem):
    with pytest.raises(FileError) as caught:
        parsed(text)
    assert [str(each) for each in caught.value.problems] == [problem]


def test_a_call_that_only_a_longer_hold_has_time_for_is_allowed_in_a_range():
    assert parsed(HOLD + CALL.format(49)).exercise["reach"].calls[0].at_s == 49
    # A use with a dose of its own keeps the exercise's max.
    used = HOLD.replace('["reach"]', '[{ use = "reach", hold_s = 40, calls = [{ at_s = 45, say = "Now." }] }]')
    assert parsed(used).phase[0].exercises[0].calls is not None
