"""Ranges of holds and reps move in a circuit, over the weeks and with minutes, as they do elsewhere."""

import pytest

from audioguide.model.session import Session
from audioguide.prescribe.fit import WITHIN_MS
from tests.cases import case
from tests.helpers import layer, parsed, session_of
from tests.prescribe.test_fit import fitted


def amounts(session: Session) -> list[tuple[str, str, float]]:
    """Return phase, exercise and seconds or reps of each exercise."""
    return [
        (phase.title, item.id, effort.reps if effort.hold_ms is None else effort.hold_ms / 1000)
        for phase in session.phases
        for item in phase.prescriptions
        for effort in item.efforts[:1]
    ]


@pytest.mark.parametrize(("week", "run_s"), [(1, 60), (5, 180), (9, 300)])
def test_a_circuit_s_hold_grows_over_the_weeks(week, run_s):
    session = session_of(case("ranges-in-circuit/run-more"), layer(week=week))
    assert amounts(session) == [("Intervals", "run", run_s), ("Intervals", "walk", 90)]
    assert not session.warnings


@pytest.mark.parametrize(("week", "march_s", "squats"), [(1, 20, 5), (9, 120, 15)])
def test_an_exercise_grows_in_the_circuit_and_outside_it(week, march_s, squats):
    session = session_of(case("ranges-in-circuit/circuit"), layer(week=week))
    assert amounts(session) == [
        ("Warm-up", "march", march_s),
        ("Circuit", "march", march_s),
        ("Circuit", "squat", squats),
    ]


def test_minutes_are_met_by_the_ranges_of_a_circuit():
    for name, minutes in (("run-more", 15), ("run-more", 20), ("circuit", 5), ("circuit", 9)):
        found = fitted(case(f"ranges-in-circuit/{name}"), minutes)
        assert found.warnings == ()
        assert abs(found.best.length_ms - minutes * 60_000) <= WITHIN_MS


def test_what_can_t_be_reached_is_told_with_what_was_tried():
    found = fitted(case("ranges-in-circuit/run-more"), 60)
    shortest = fitted(case("ranges-in-circuit/run-more"), 1).best
    assert amounts(shortest.session)[0] == ("Intervals", "run", 60)
    assert found.reach is not None
    assert found.reach[0].length_ms == shortest.length_ms
    assert "inside its ranges" in found.warnings[0]


FIXED = """
[[phase]]
title = "Round"
exercises = ["one"]
circuit = { rounds = 2, rest_s = 10 WORK }
[exercise.one]
name = "One"
hold_s = HOLD
"""


def test_a_session_without_a_range_that_may_move_is_told_as_such():
    for hold, work in (("30", ""), ("{ default = 30, min = 20, max = 60 }", ", work_s = 30")):
        found = fitted(parsed(FIXED.replace("HOLD", hold).replace("WORK", work)), 30)
        assert "none of its doses has a range" in found.warnings[0]
        assert "inside its ranges" not in found.warnings[0]


BOTH = """
[programme]
grow_until_week = 5
growth_percent = 1000
[[phase]]
title = "Before"
exercises = ["one", "two"]
[[phase]]
title = "Round"
exercises = ["one", { use = "two", reps = 6 }]
circuit = { rounds = 2, rest_s = 10 WORK }
[exercise.one]
name = "One"
sides = "each"
hold_s = { default = 30, min = 20, max = 60 }
sets = { default = 2, min = 1, max = 3 }
[exercise.two]
name = "Two"
KIND
"""
TWO_REPS = 'reps = { default = 8, min = 4, max = 12 }\ntempo = [ { say = "Up", s = 1 }, { say = "Down", s = 1 } ]'
TWO_HOLD = "hold_s = 25"


def test_sets_grow_outside_the_circuit_only_and_what_a_place_states_in_one_number_not_at_all():
    text = BOTH.replace("WORK", "").replace("KIND", TWO_REPS)
    first, last = (session_of(parsed(text), layer(week=week)) for week in (1, 5))
    assert amounts(first) == [("Before", "one", 20), ("Before", "two", 4), ("Round", "one", 20), ("Round", "two", 6)]
    assert amounts(last) == [("Before", "one", 60), ("Before", "two", 12), ("Round", "one", 60), ("Round", "two", 6)]
    assert [item.sets for item in first.prescriptions()] == [1, 1, 1, 1]
    assert [item.sets for item in last.prescriptions()] == [3, 1, 1, 1]
    assert first.warnings == last.warnings == ()


def test_one_time_of_work_for_all_stays_while_the_exercise_grows_elsewhere():
    text = BOTH.replace("WORK", ", work_s = 40").replace("KIND", TWO_HOLD).replace('{ use = "two", reps = 6 }', '"two"')
    for week, hold_s in ((1, 20), (5, 60)):
        session = session_of(parsed(text), layer(week=week))
        assert [amount for amount in amounts(session) if amount[1] == "one"] == [
            ("Before", "one", hold_s),
            ("Round", "one", 40),
        ]


def test_each_place_keeps_its_own_range():
    text = BOTH.replace("WORK", "").replace("KIND", TWO_REPS)
    text = text.replace(
        '["one", { use = "two", reps = 6 }]', '[{ use = "one", hold_s = { default = 40, min = 35, max = 45 } }]'
    )
    assert [
        [amount for amount in amounts(session_of(parsed(text), layer(week=week))) if amount[1] == "one"]
        for week in (1, 5)
    ] == [[("Before", "one", 20), ("Round", "one", 35)], [("Before", "one", 60), ("Round", "one", 45)]]


def test_a_person_s_own_hold_stays_in_a_circuit_that_is_fitted():
    own = layer("profile anna", exercise={"walk": {"hold_s": 75}})
    found = fitted(case("ranges-in-circuit/run-more"), 15, own)
    assert amounts(found.best.session)[1] == ("Intervals", "walk", 75)
    assert found.warnings == ()


def test_a_circuit_loses_no_exercise_to_few_minutes():
    found = fitted(case("ranges-in-circuit/circuit"), 1)
    assert [item.id for item in found.best.session.prescriptions()] == ["march", "march", "squat"]
    assert not found.best.session.left_out


PLACES = """
[programme]
grow_until_week = 4
[[phase]]
title = "Warm up"
exercises = [{ use = "walk", hold_s = 300 }, { use = "squat", reps = 3, sets = 1 }]
[[phase]]
title = "Intervals"
exercises = ["walk", { use = "squat", reps = 4 }]
circuit = { rounds = 2, rest_s = 10 }
[exercise.walk]
name = "Walk"
hold_s = { default = 90, min = 60, max = 120 }
[exercise.squat]
name = "Squat"
reps = { default = 10, min = 6, max = 14 }
sets = { default = 2, min = 1, max = 4 }
tempo = "1-0-1"
"""


@pytest.mark.parametrize(("wish", "moved"), [({"week": 1}, 60), ({"week": 4}, 120), ({}, 90)])
def test_a_dose_that_a_place_states_in_one_number_is_done_as_written(wish, moved):
    session = session_of(parsed(PLACES), layer(**wish))
    assert amounts(session) == [
        ("Warm up", "walk", 300),
        ("Warm up", "squat", 3),
        ("Intervals", "walk", moved),
        ("Intervals", "squat", 4),
    ]
    assert [item.sets for item in session.prescriptions()] == [1, 1, 1, 1]
