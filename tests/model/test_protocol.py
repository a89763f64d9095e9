"""Walking a protocol: items, uses of exercises, choices; and the doses that a phase states."""

from __future__ import annotations

from audioguide.model.doses import Seconds
from audioguide.model.protocol import ExerciseRef
from tests.helpers import parsed

TWO_PHASES = """
[[phase]]
title = "One"
exercises = ["a", { choice = "deep", of = ["b", { use = "c", hold_s = 50, rest_s = 5 }] }]
[[phase]]
title = "Two"
exercises = [{ use = "a", sets = 2, harder = { use = "d", from_week = 4 } }]
""" + "".join(f'[exercise.{name}]\nname = "{name}"\nhold_s = {{ default = 30, max = 40 }}\n' for name in "abcd")


def test_every_use_is_found_in_order_with_options_and_harder_exercises():
    protocol = parsed(TWO_PHASES)
    assert [item.choice for item in protocol.items()] == [None, "deep", None]
    assert [ref.use for ref in protocol.exercise_refs()] == ["a", "b", "c", "a", "d"]
    assert list(protocol.choices()) == ["deep"]


def test_what_a_phase_states_replaces_the_exercise_s_own_dose_and_one_number_has_no_range():
    protocol = parsed(TWO_PHASES)
    own = protocol.exercise["c"]
    used = own.used_as(protocol.exercise_refs()[2])
    assert used.hold_s is not None
    assert (used.hold_s.default, used.hold_s.max, used.rest_s, used.setup_s) == (50, None, 5, own.setup_s)
    assert own.used_as(ExerciseRef(use="c")) == own
    partly = own.used_as(ExerciseRef(use="c", hold_s=Seconds(default=45, min=35)))
    assert isinstance(partly.hold_s, Seconds)
    assert (partly.hold_s.default, partly.hold_s.min, partly.hold_s.max) == (45, 35, 45)
