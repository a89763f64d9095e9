"""Sets and rests that change, and doses by side: of a protocol, over weeks and minutes, and a person's own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.cli.options import DOSES, SETTINGS, profile_table
from audioguide.errors import FileError, RequestError
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import EventKind, Side
from audioguide.model.profile import Profile
from audioguide.model.session import Prescription
from audioguide.model.timeline import Timeline
from audioguide.prescribe.fit import fit
from audioguide.prescribe.layers import Layer
from tests.english import HANDOUT
from tests.examples import examples
from tests.helpers import layer, parsed, session_of, timed, timeline_of
from tests.prescribe.test_fit import FakePlanner

MCGILL = """
[programme]
grow_until_week = 3
[[phase]]
title = "Big three"
exercises = ["curl-up", "side-bridge", "bird-dog-hold"]
[exercise.curl-up]
name = "Curl-up"
reps = [6, 4, 2]
tempo = [ { say = "Up, and hold", s = 10 }, { say = "Down", s = 2 } ]
rest_s = 20
setup = ["On your back, one knee bent, hands under your lower back."]
[exercise.side-bridge]
name = "Side bridge"
sides = "each"
reps = [{ default = 6, min = 4, max = 8 }, 4, 2]
tempo = [ { say = "Up, and hold", s = 10 }, { say = "Down", s = 2 } ]
rest_s = [20, 30]
setup = ["On your {side} elbow, knees bent."]
[exercise.bird-dog-hold]
name = "Bird dog"
sides = "alternating"
reps = [6, 4, 2]
tempo = [ { say = "Reach", s = 10 }, { say = "Sweep", s = 2 } ]
rest_s = [20, 20, 40]
setup = ["On hands and knees."]
"""

LADDER = """
[[phase]]
title = "A"
exercises = ["plank"]
[exercise.plank]
name = "Plank"
hold_s = [20, 30, 40]
rest_s = [30, 45]
"""

SPLIT = """
[[phase]]
title = "A"
exercises = ["squat"]
[exercise.squat]
name = "Split squat"
sides = "each"
reps = 8
sets = 2
rest_s = 30
tempo = [ { say = "Lower", s = 2 }, { say = "Lift", s = 1 } ]
"""


def only(text: str, *layers: Layer) -> Prescription:
    return session_of(parsed(text), *layers).prescriptions()[0]


def amounts(item: Prescription) -> list[list[int | None]]:
    return [[effort.reps or effort.hold_ms for effort in item.efforts_in(number)] for number in range(1, item.sets + 1)]


def said(timeline: Timeline) -> list[str]:
    return [event.text for event in timeline.events if event.text]


def test_mcgill_is_six_four_two_on_every_side_with_its_rests():
    curl, side, dog = session_of(parsed(MCGILL)).prescriptions()
    assert amounts(curl) == [[6], [4], [2]]
    assert amounts(side) == [[6, 6], [4, 4], [2, 2]]
    assert amounts(dog) == [[6], [4], [2]]
    assert (curl.rest_ms, curl.rests_ms) == (20_000, ())
    assert (side.rest_ms, side.rests_ms) == (None, (20_000, 30_000))
    assert (dog.rest_ms, dog.rests_ms) == (40_000, (20_000, 20_000))
    timeline = timeline_of(MCGILL)
    reps = timeline.of_kind(EventKind.REP)
    assert [event.place.exercise for event in reps].count("curl-up") == 12
    assert [event.place.exercise for event in reps].count("side-bridge") == 24
    assert [event.place.exercise for event in reps].count("bird-dog-hold") == 24
    assert {event.place.set for event in reps if event.place.rep == 6} == {1}
    rests = [event.duration_ms for event in timeline.of_kind(EventKind.REST) if event.role == "rest"]
    assert [round(ms, -3) for ms in rests] == [20_000, 20_000, 20_000, 30_000, 20_000, 20_000]


def test_the_whole_dose_is_said_and_each_sets_own_before_it():
    texts = said(timeline_of(MCGILL))
    assert [text for text in texts if "sets:" in text] == [
        "3 sets: 6, 4, and 2.",
        "3 sets: 6, 4, and 2 on each side.",
        "3 sets: 6, 4, and 2 on each side.",
    ]
    assert [text for text in texts if "Then" in text] == [
        "Then set 2 of 3: 4 times.",
        "Then the last set: 2 times.",
        "Then set 2 of 3: 4 times on each side.",
        "Then the last set: 2 times on each side.",
        "Then set 2 of 3: 4 times on each side.",
        "Then the last set: 2 times on each side.",
    ]


def test_holds_of_each_set_are_said_with_their_unit():
    texts = said(timeline_of(LADDER))
    assert "3 sets: 20, 30, and 40 seconds." in texts
    assert "Then set 2 of 3: 30 seconds." in texts
    assert "Then the last set: 40 seconds." in texts
    assert [text for text in texts if text.startswith("Rest.")] == ["Rest. 30 seconds.", "Rest. 45 seconds."]
    long = said(timeline_of(LADDER.replace("[20, 30, 40]", "[60, 90, 120]")))
    assert "3 sets: 1 minute, 90 seconds, and 2 minutes." in long
    assert "2 sets: 20 and 30 seconds." in said(timeline_of(LADDER.replace(", 40]", "]").replace(", 45]", "]")))


def test_the_handout_prints_each_set_and_each_rest():
    plank = only(LADDER)
    space = "\N{NO-BREAK SPACE}"
    assert list(HANDOUT.dose(plank)) == [
        f"3 sets: 20, 30, and 40{space}s",
        f"Rests between sets: 30{space}s, then 45{space}s",
    ]


def test_weeks_and_minutes_move_the_sets_that_have_ranges():
    def sides(*layers: Layer) -> list[list[int | None]]:
        return amounts(session_of(parsed(MCGILL), *layers).prescriptions()[1])

    assert sides(layer(week=1)) == [[4, 4], [4, 4], [2, 2]]
    assert sides(layer(week=2)) == [[6, 6], [4, 4], [2, 2]]
    assert sides(layer(week=9)) == [[8, 8], [4, 4], [2, 2]]
    usual_ms = timeline_of(MCGILL).duration_ms
    for minutes, first in ((usual_ms // 60_000 - 1, 5), (usual_ms // 60_000 + 1, 7)):
        fitted = fit(parsed(MCGILL), [], minutes, FakePlanner(parsed(MCGILL))).best
        found = amounts(fitted.session.prescriptions()[1])
        assert found[1:] == [[4, 4], [2, 2]]
        assert (found[0][0] or 0) <= first if first < 6 else (found[0][0] or 0) >= first


def test_a_person_states_other_sets_or_makes_them_all_alike():
    assert amounts(only(MCGILL, layer(exercise={"curl-up": {"reps": [5, 4, 3, 2]}}))) == [[5], [4], [3], [2]]
    alike = only(MCGILL, layer(exercise={"curl-up": {"reps": 5}}))
    assert (amounts(alike), alike.by_set) == ([[5], [5], [5]], ())
    fewer = only(MCGILL, layer(exercise={"curl-up": {"reps": 5, "sets": 2}}))
    assert amounts(fewer) == [[5], [5]]
    assert only(LADDER, layer(scale=0.5)).efforts_in(2)[0].hold_ms == 15_000
    changes = session_of(parsed(MCGILL), layer(exercise={"curl-up": {"reps": [5, 4]}})).changes
    assert [(one.what, one.before, one.after) for one in changes] == [("reps", "6, 4, 2", "5, 4"), ("sets", "3", "2")]


def test_the_stronger_layer_decides_between_sets_and_a_list():
    anna = layer("profile anna", exercise={"curl-up": {"sets": 5}})
    assert len(amounts(only(MCGILL, anna, layer(exercise={"curl-up": {"reps": [5, 4]}})))) == 2
    with pytest.raises(RequestError, match="has reps of its own in each of 3 sets; state reps for 5 sets"):
        only(MCGILL, anna)


def test_a_place_states_a_list_or_one_number_for_all():
    listed = MCGILL.replace('["curl-up",', '[{ use = "curl-up", reps = [5, 3] },')
    assert amounts(only(listed)) == [[5], [3]]
    alike = MCGILL.replace('["curl-up",', '[{ use = "curl-up", reps = 5 },')
    assert amounts(only(alike)) == [[5], [5], [5]]


def test_sides_have_reps_and_sets_of_their_own():
    text = said(timeline_of(SPLIT, layer(exercise={"squat": {"reps": {"left": 8, "right": 6}}})))
    assert "2 sets of 8 on the left, 6 on the right." in text
    own = layer(exercise={"squat": {"sets": {"left": 3, "right": 2}}})
    item = only(SPLIT, own)
    assert amounts(item) == [[8, 8], [8, 8], [8]]
    assert item.efforts_in(3)[0].side is Side.LEFT
    texts = said(timeline_of(SPLIT, own))
    assert "3 sets of 8 on the left, and 2 sets of 8 on the right." in texts
    assert "Then the last set: 8 times on the left." in texts
    assert HANDOUT.order(item) == "Left side first, then right; at last on the left only"
    single = only(SPLIT, layer(exercise={"squat": {"sets": {"left": 1, "right": 3}}}))
    assert [[effort.side for effort in single.efforts_in(number)] for number in (1, 2, 3)] == [
        [Side.LEFT, Side.RIGHT],
        [Side.RIGHT],
        [Side.RIGHT],
    ]
    lists = {"reps": {"left": [8, 6], "right": [6, 4]}}
    assert "2 sets: 8 and 6 on the left, and 2 sets: 6 and 4 on the right." in said(
        timeline_of(SPLIT, layer(exercise={"squat": lists}))
    )
    notes = session_of(parsed(SPLIT), own).changes
    assert [(one.what, one.side, one.after) for one in notes] == [("sets", Side.LEFT, "3")]


def test_sides_where_there_are_none_are_refused():
    with pytest.raises(RequestError, match="'curl-up' is not done one side at a time; set one reps for it"):
        only(MCGILL, layer(exercise={"curl-up": {"reps": {"left": 5}}}))
    with pytest.raises(RequestError, match="set one sets for it"):
        only(MCGILL, layer(exercise={"bird-dog-hold": {"sets": {"left": 5}}}))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("hold_s = [20, 30, 40]", "hold_s = [20, 30, 40]\nsets = 2", "plank.sets: hold_s lists 3 sets"),
        ("rest_s = [30, 45]", "rest_s = [30]", "plank.rest_s: lists 1 rest for 3 sets; list 2 between the sets, or 3"),
        ("rest_s = [30, 45]", "rest_s = []", "plank.rest_s: lists no rest"),
        ("hold_s = [20, 30, 40]", "hold_s = [20]", "plank.hold_s: lists no two sets"),
        ("hold_s = [20, 30, 40]", "hold_s = [20, 0, 40]", "plank.hold_s 2: 0 is out of bounds"),
        ("hold_s = [20, 30, 40]", 'hold_s = [20, "x", 40]', "plank.hold_s 2: 'x' does not belong here"),
        ("[20, 30, 40]", "20\nsets = { default = 3, max = 4 }", "the number of sets may change"),
        ('["plank"]', '[{ use = "plank", sets = 2 }]', "'plank' lists hold_s of 3 sets"),
        ('["plank"]', '[{ use = "plank", hold_s = [5, 6] , rest_s = [1, 2, 3] }]', "lists 3 rests for 2 sets"),
        ('["plank"]', '["plank"]\ncircuit = { rounds = 2 }', "a circuit's rounds are its sets"),
    ],
)
def test_what_contradicts_a_list_is_one_clear_line(old: str, new: str, problem: str):
    with pytest.raises(FileError) as raised:
        parsed(LADDER.replace(old, new))
    assert problem in str(raised.value)


def options(**given: list[str]) -> dict[str, Any]:
    """Return what a person's options state as a profile's table."""
    plain = dict.fromkeys(setting.parameter for setting in SETTINGS)
    return profile_table(plain | {"choose": (), "note": ()} | {setting.parameter: () for setting in DOSES} | given)


def test_options_name_sides_and_sets():
    table = options(
        reps=["x.left=8", "x.right=6,4"], sets=["x.left=2"], hold=["y=20,30"], rest=["y=5,6"], tempo=["x=3-1-1"]
    )
    assert table["exercise"] == {
        "x": {"reps": {"left": 8, "right": [6, 4]}, "sets": {"left": 2}, "tempo": "3-1-1"},
        "y": {"hold_s": {"default": [20, 30]}, "rest_s": [5, 6]},
    }
    Profile.model_validate(table)
    for wrong, problem in (
        ({"sets": ["x=2,3"]}, "only holds, reps and rests may differ by set"),
        ({"rest": ["x.left=3"]}, "only holds, reps and sets may differ by side"),
        ({"reps": ["x.middle=3"]}, "'middle' is no side"),
        ({"reps": ["x=3,"]}, "'' is no number"),
    ):
        with pytest.raises(RequestError, match=problem):
            options(**wrong)


@settings(max_examples=examples(30), deadline=None)
@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=4),
    st.lists(st.integers(0, 40), min_size=4, max_size=4),
    st.sampled_from(["both", "each", "left", "alternating"]),
    st.booleans(),
)
def test_every_set_has_its_own_dose_and_rest(doses: list[int], rests: list[int], sides: str, held: bool):
    work: dict[str, Any] = {"hold_s": [seconds + 3 for seconds in doses]}
    if not held or sides == "alternating":
        held, work = False, {"reps": doses, "tempo": [{"s": 1, "say": "Go"}]}
    exercise = {"name": "A", "sides": sides, "rest_s": rests[: len(doses)], "setup_s": 0, **work}
    phase = {"title": "P", "exercises": ["a"]}
    table = {"format": 1, "id": "t", "title": "T", "phase": [phase], "exercise": {"a": exercise}}
    session = session_of(parse_protocol(table, "random"))
    _, timeline = timed(session)
    found: dict[tuple[int | None, Side | None], list[int]] = {}
    for event in timeline.events:
        if event.kind in (EventKind.HOLD, EventKind.REP):
            found.setdefault((event.place.set, event.place.side), []).append(event.duration_ms)
    for (number, _), lengths in found.items():
        dose = doses[(number or 1) - 1]
        if held:
            # Within a frame, and what follows without a break makes good what rounding owes.
            assert abs(sum(lengths) - (dose + 3) * 1000) < 24
        else:
            assert len(lengths) == dose
    assert len(found) == len(doses) * (2 if sides in ("each", "alternating") else 1)
    item = session.prescriptions()[0]
    assert [item.rest_before_ms(number) for number in range(2, len(doses) + 1)] == [
        rest * 1000 for rest in rests[: len(doses) - 1]
    ]


def test_in_a_circuit_a_persons_list_is_noted_and_their_scale_stays():
    circuit = LADDER.replace("[20, 30, 40]", "20").replace("rest_s = [30, 45]\n", "")
    circuit = circuit.replace('["plank"]', '["plank"]\ncircuit = { rounds = 2 }')
    listed = {"plank": {"hold_s": [10, 15]}}
    session = session_of(parsed(circuit), layer("profile anna", scale=1.5, exercise=listed))
    assert session.prescriptions()[0].efforts[0].hold_ms == 30_000
    assert "a list of doses is not used" in session.warnings[0]
    with pytest.raises(RequestError, match="whose rounds are its sets; state one number for it"):
        session_of(parsed(circuit), layer(exercise=listed))
