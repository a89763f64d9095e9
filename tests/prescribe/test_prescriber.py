from pathlib import Path

import pytest

from audioguide.errors import RequestError
from audioguide.library.protocol_files import load_protocol
from audioguide.model.kinds import Side
from audioguide.model.plan import Change
from audioguide.model.profile import Profile
from audioguide.model.session import Session
from audioguide.prescribe.layers import Layer
from tests.helpers import HOLD, REPS, layer, parsed, session_of

ANNA = "profile anna"


def holds(session: Session) -> list[float]:
    return [effort.hold_ms / 1000 for item in session.prescriptions() for effort in item.efforts if effort.hold_ms]


def test_without_changes_the_protocol_s_defaults_are_done():
    session = session_of(parsed(HOLD))
    assert holds(session) == [45, 45]
    assert session.changes == ()


def test_the_command_line_comes_before_the_profile_and_that_before_the_protocol():
    anna = layer(ANNA, exercise={"reach": {"hold_s": 50}})
    assert holds(session_of(parsed(HOLD), anna)) == [50, 50]
    session = session_of(parsed(HOLD), anna, layer(exercise={"reach": {"hold_s": 55}}))
    assert holds(session) == [55, 55]
    assert session.changes[0] == Change("reach", "hold_s", None, "45", "55", "command line")


def test_left_and_right_may_differ_and_a_side_not_named_keeps_its_dose():
    session = session_of(parsed(HOLD), layer(exercise={"reach": {"hold_s": {"left": 60}}}))
    assert holds(session) == [60, 45]
    assert session.changes == (Change("reach", "hold_s", Side.LEFT, "45", "60", "command line"),)


def test_the_first_side_is_the_person_s():
    session = session_of(parsed(HOLD), layer(first_side="right", exercise={"reach": {"hold_s": {"left": 60}}}))
    assert [effort.side for effort in session.prescriptions()[0].efforts] == [Side.RIGHT, Side.LEFT]
    assert holds(session) == [45, 60]


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([layer(ANNA, scale=1.5)], 68),
        ([layer(ANNA, scale=0.5)], 23),
        ([layer(ANNA, scale=1.5), layer(scale=2)], 90),
        ([layer(ANNA, scale=1.5, exercise={"reach": {"hold_s": 50}})], 50),
        ([layer(ANNA, exercise={"reach": {"hold_s": 50}}), layer(scale=2)], 100),
        ([layer(ANNA, scale=1.5), layer(scale=1)], 45),
    ],
)
def test_a_scale_works_on_what_lies_below_it_and_two_never_multiply(layers, expected):
    assert holds(session_of(parsed(HOLD), *layers)) == [expected, expected]


def test_a_dose_outside_the_range_is_done_and_warned_of_once():
    session = session_of(parsed(HOLD), layer(exercise={"reach": {"hold_s": 90}}))
    assert holds(session) == [90, 90]
    assert session.warnings == (
        "command line: hold_s 90 for 'reach' is outside the protocol's 30 to 60; done as asked",
    )


def test_a_choice_takes_the_person_s_option_and_else_the_first():
    protocol = load_protocol("hip-flexor")
    assert "couch-stretch" in [item.id for item in session_of(protocol).prescriptions()]
    chosen = session_of(protocol, layer(choose={"deep-stretch": "supine-hang"}))
    assert "supine-hang" in [item.id for item in chosen.prescriptions()]
    assert chosen.changes == (Change("deep-stretch", "choose", None, "couch-stretch", "supine-hang", "command line"),)


def test_an_avoided_condition_removes_exercises_and_says_so():
    session = session_of(load_protocol("hip-flexor"), layer(avoid=["pregnancy"]))
    assert "psoas-ball" not in [item.id for item in session.prescriptions()]
    assert [(item.exercise, item.why) for item in session.left_out] == [("psoas-ball", "avoided: pregnancy")]


CHOICE = """
[[phase]]
title = "One"
exercises = [{ choice = "c", of = ["a", "b"] }]
[exercise.a]
name = "A"
hold_s = 30
avoid_if = ["fever"]
[exercise.b]
name = "B"
hold_s = 30
"""


def test_an_avoided_option_gives_way_to_the_other_and_a_chosen_one_is_refused():
    session = session_of(parsed(CHOICE), layer(avoid=["fever"]))
    assert [item.id for item in session.prescriptions()] == ["b"]
    assert session.changes[0].by == "avoided: fever"
    with pytest.raises(RequestError, match="'a' was chosen but is avoided: fever"):
        session_of(parsed(CHOICE), layer(avoid=["fever"], choose={"c": "a"}))


def test_a_phase_s_own_doses_replace_the_exercise_s():
    session = session_of(load_protocol("hip-flexor"))
    sets = {item.id: item.sets for item in session.prescriptions()}
    assert sets["half-kneeling"] == 1
    assert sets["bird-dog"] == 2


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"exercise": {"reech": {"hold_s": 60}}}, "no exercise 'reech' in this session; did you mean 'reach'"),
        ({"skip": ["pigeon"]}, "no exercise 'pigeon' in this session"),
        ({"choose": {"c": "a"}}, "no choice 'c'; this protocol offers none"),
        ({"avoid": ["pregnency"]}, "no exercise knows the condition 'pregnency'; did you mean 'pregnancy'"),
        ({"skip": ["reach"]}, r"nothing is left to do: reach \(skipped by command line\)"),
        ({"exercise": {"reach": {"reps": 3}}}, "'reach' is a hold and has no reps"),
        (
            {"exercise": {"reach": {"hold_s": 80_000}}},
            "test: the session would take over 44.5 hours; at most 24 are possible, .* first those of 'Stretch'",
        ),
    ],
)
def test_a_wish_that_can_t_be_met_is_refused_with_a_hint(table, message):
    with pytest.raises(RequestError, match=message):
        session_of(parsed(HOLD), layer(**table))


ANNAS_SLIPS = [
    (
        {"exercise": {"bridge": {"hold_s": 3}}},
        "exercise.bridge.hold_s: 'bridge' is done by reps and has no hold_s; set",
    ),
    (
        {"exercise": {"reach": {"reps": 3}}},
        "exercise.reach.reps: 'reach' is a hold and has no reps; set hold_s or sets",
    ),
    (
        {"exercise": {"reach": {"repeat": 3}}},
        "exercise.reach.repeat: 'reach' has no hold that is repeated in one go; set",
    ),
    ({"exercise": {"reach": {"tempo": "3-1-1"}}}, "exercise.reach.tempo: 'reach' is a hold and has no tempo; drop it"),
    (
        {"exercise": {"bridge": {"reps": {"left": 3}}}},
        "exercise.bridge.reps: 'bridge' is not done one side at a time; set",
    ),
    ({"exercise": {"reach": {"hold_s": [30, 40], "sets": 3}}}, "exercise.reach.sets: 'reach' has hold_s of its own in"),
    (
        {"exercise": {"reach": {"sets": 4, "rest_s": [9, 9]}}},
        "exercise.reach.rest_s: 'reach' has 4 sets and 2 rests; state",
    ),
    (
        {"exercise": {"reech": {"hold_s": 60}}},
        "exercise.reech: no exercise 'reech' in this session; did you mean 'reach'",
    ),
    ({"skip": ["bridge", "reech"]}, "skip 2: no exercise 'reech' in this session; did you mean 'reach'"),
    ({"choose": {"deep-stretch": "reach"}}, "choose.deep-stretch: 'reach' is no option of 'deep-stretch'; choose "),
    ({"avoid": ["pregnency"]}, "avoid 1: no exercise knows the condition 'pregnency'; did you mean 'pregnancy'?"),
]


def test_a_wish_of_a_profile_that_can_t_be_met_names_its_file_and_field():
    both = parsed(HOLD + REPS)
    for table, message in ANNAS_SLIPS:
        profile = Profile.model_validate({"name": "anna", **table})
        for file, source in ((Path("own/anna.toml"), "own/anna.toml"), (None, "profile anna")):
            with pytest.raises(RequestError) as caught:
                session_of(load_protocol("hip-flexor") if "choose" in table else both, Layer.of_profile(profile, file))
            assert str(caught.value).startswith(f"{source}: {message}"), caught.value


def test_reps_take_no_hold_and_positions_done_together_no_sides():
    with pytest.raises(RequestError, match="'bridge' is done by reps and has no hold_s"):
        session_of(parsed(REPS), layer(exercise={"bridge": {"hold_s": 3}}))
    both = HOLD.replace('sides = "each"', "").replace("{side}", "left").replace("{other_side}", "right")
    with pytest.raises(RequestError, match="not done one side at a time"):
        session_of(parsed(both), layer(exercise={"reach": {"hold_s": {"left": 3}}}))


def test_a_profile_may_speak_of_other_protocols_exercises_and_is_told_of_doses_without_use():
    session = session_of(parsed(HOLD), layer(ANNA, exercise={"pigeon": {"hold_s": 90}}, skip=["couch-stretch"]))
    assert session.warnings == ()
    chosen = session_of(load_protocol(), layer(ANNA, exercise={"supine-hang": {"hold_s": 90}}))
    assert "doses for 'supine-hang' are not used" in chosen.warnings[0]
    with pytest.raises(RequestError, match="no exercise 'pidgeon'"):
        session_of(parsed(HOLD), layer(ANNA, skip=["pidgeon"]))


CIRCUIT = """
[[phase]]
title = "Round"
exercises = ["reach-up", "half-kneeling"]
circuit = { rounds = 1000, work_s = 10, rest_s = 5 }
[exercise.reach-up]
name = "Reach up"
hold_s = 30
setup_s = 100
"""


def test_in_a_circuit_a_profile_s_sets_are_not_used_and_said_and_the_command_line_s_refused():
    session = session_of(parsed(CIRCUIT), layer(ANNA, exercise={"half-kneeling": {"sets": 2}}))
    assert "no sets or rests of its own; those are not used" in session.warnings[0]
    with pytest.raises(RequestError, match="drop --sets and --rest"):
        session_of(parsed(CIRCUIT), layer(exercise={"half-kneeling": {"sets": 2}}))


def test_a_circuit_counts_its_rests_and_not_its_setup_each_round_against_24_hours():
    assert session_of(parsed(CIRCUIT)).phases
    with pytest.raises(RequestError, match="at most 24"):
        session_of(parsed(CIRCUIT.replace("rest_s = 5", "rest_s = 86400")))


def test_a_rest_shorter_than_the_change_of_sides_is_made_longer_and_said():
    session = session_of(load_protocol(), layer(exercise={"couch-stretch": {"sets": 2, "rest_s": 8}}))
    assert "the rest of 8 s in 'couch-stretch' is made 10 s: changing sides takes that long" in session.warnings


def test_a_misspelt_choice_of_a_profile_is_warned_of():
    session = session_of(load_protocol(), layer(ANNA, choose={"deep-strech": "supine-hang", "other": "x"}))
    assert session.warnings == ("profile anna: no choice 'deep-strech' in this protocol; did you mean 'deep-stretch'?",)


def test_what_was_chosen_can_t_be_skipped():
    with pytest.raises(RequestError, match="'supine-hang' was chosen and skipped"):
        session_of(load_protocol(), layer(choose={"deep-stretch": "supine-hang"}, skip=["supine-hang"]))
