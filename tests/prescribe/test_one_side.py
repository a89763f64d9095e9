"""One treated side: of an exercise, of its use in a phase, and of a person."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from audioguide.errors import FileError, RequestError
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import EventKind, Side
from audioguide.model.timeline import Timeline
from audioguide.prescribe.layers import Layer
from tests.english import HANDOUT
from tests.examples import examples
from tests.helpers import HOLD, layer, parsed, session_of, timed, timeline_of
from tests.strategies import protocols

KNEE = """
[[phase]]
title = "Affected leg"
exercises = ["quad-set", "march"]
[exercise.quad-set]
name = "Quad set"
sides = "right"
hold_s = 60
setup = ["Press the back of your {side} knee down."]
[exercise.march]
name = "March"
sides = "alternating"
reps = 4
tempo = [ { say = "{side} up", s = 2 }, { say = "Down", s = 2 } ]
"""


def worked(timeline: Timeline) -> list[Side | None]:
    return [event.place.side for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REP)]


def said(text: str, *layers: Layer) -> list[str]:
    return [event.text for event in timeline_of(text, *layers).events if event.text]


def test_an_exercise_is_done_said_and_filled_with_its_only_side():
    texts = said(KNEE)
    assert worked(timeline_of(KNEE))[:1] == [Side.RIGHT]
    assert "1 minute on the right." in texts
    assert "Press the back of your right knee down." in texts
    assert not [text for text in texts if "Switch" in text]


def test_a_use_states_its_side_and_the_instruction_without_one_names_it():
    text = HOLD.replace('"reach"]', '{ use = "reach", sides = "left" }]').replace("{side} knee", "mat")
    texts = said(text)
    assert worked(timeline_of(text)) == [Side.LEFT]
    assert "45 seconds on the left." in texts


def test_the_one_side_is_not_named_again_where_the_dose_has_named_it():
    one_side = HOLD.replace('"each"', '"left"').replace("{side} knee", "mat")
    assert "Left side only." not in said(one_side)
    # What a side does says more than which it is.
    role = one_side.replace("[exercise.reach]", '[exercise.reach]\nside_role = "{side} knee down"')
    assert "Left knee down only." in said(role)
    # In rounds a dose is said where there is room, and the side in any case.
    rounds = "circuit = { rounds = 2, work_s = 20, rest_s = 0 }\n[exercise.reach]"
    circuit = one_side.replace('"reach"]', '"rest", "reach"]').replace("[exercise.reach]", rounds)
    texts = said(circuit + '[exercise.rest]\nname = "Stand"\nhold_s = 20\n')
    assert texts.count("Left side only.") + texts.count("Left side.") == 1


def test_a_treated_side_is_the_only_one_of_sided_exercises_and_of_alternating_ones():
    text = KNEE.replace('sides = "right"', 'sides = "each"')
    timeline = timeline_of(text, layer("profile anna", only_side="left"))
    assert worked(timeline) == [Side.LEFT] * 5
    texts = [event.text for event in timeline.events if event.text]
    assert "1 minute on the left." in texts
    assert "4 times on the left." in texts
    assert "Left up." in texts
    changes = session_of(parsed(text), layer("profile anna", only_side="left")).changes
    assert [(change.exercise, change.what, change.before, change.after) for change in changes] == [
        ("quad-set", "sides", "each", "left"),
        ("march", "sides", "alternating", "left"),
    ]


def test_what_has_no_sides_stays():
    text = KNEE.replace('sides = "right"\n', "").replace("{side} ", "", 1)
    assert worked(timeline_of(text, layer(only_side="left")))[0] is None


def test_a_side_that_the_protocol_states_stays_and_that_is_said():
    session = session_of(parsed(KNEE), layer(only_side="left"))
    assert session.prescriptions()[0].efforts[0].side is Side.RIGHT
    assert "'quad-set' stays on the right side" in session.warnings[0]


def test_a_treated_side_that_contradicts_the_weak_one_is_refused():
    with pytest.raises(RequestError, match="only_side right contradicts weak_side left"):
        session_of(parsed(HOLD), layer("profile anna", weak_side="left"), layer(only_side="right"))
    assert session_of(parsed(HOLD), layer(weak_side="left", only_side="left")).prescriptions()[0].sets == 1


def test_a_hold_of_the_side_that_is_not_done_is_noted():
    session = session_of(parsed(HOLD), layer(only_side="right", exercise={"reach": {"hold_s": {"left": 50}}}))
    assert "the hold_s of the left is not used" in session.warnings[0]
    held = session_of(parsed(HOLD), layer(only_side="right", exercise={"reach": {"hold_s": {"right": 50}}}))
    assert held.prescriptions()[0].efforts[0].hold_ms == 50_000
    assert held.warnings == ()


def test_the_handout_prints_the_side():
    quad, march = session_of(parsed(KNEE), layer(only_side="right")).prescriptions()
    assert next(HANDOUT.dose(quad)) == "60\N{NO-BREAK SPACE}s on the right side"
    assert HANDOUT.order(quad) == "Right side only"
    assert next(HANDOUT.dose(march)) == "4 times on the right side"
    assert HANDOUT.order(march) == "Right side only"


def test_several_sets_have_no_other_side_last():
    text = HOLD.replace('sides = "each"', 'sides = "left"\nsets = 3')
    session = session_of(parsed(text), layer(weak_side="left"))
    assert HANDOUT.order(session.prescriptions()[0]) == "Left side only"
    assert "3 sets of 45 seconds on the left." in said(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HOLD.replace('"reach"]', '{ use = "reach", sides = "both" }]'), "'reach' names {side} in its texts"),
        (HOLD.replace('"reach"]', '{ use = "reach", sides = "alternating" }]'), "alternating sides need reps"),
        (HOLD.replace('"each"', '"middle"'), "'middle' is unknown"),
        (KNEE.replace('name = "March"', 'name = "March"\nsetup = ["{side} foot."]'), "the sides alternate from rep"),
    ],
)
def test_what_can_not_be_is_one_clear_line(text: str, problem: str):
    with pytest.raises(FileError) as raised:
        parsed(text)
    assert problem in str(raised.value)


@settings(max_examples=examples(25), deadline=None)
@given(protocols())
def test_no_sided_work_is_on_the_other_side(table: dict[str, Any]):
    protocol = parse_protocol(table, "random")
    fixed = {name for name, exercise in protocol.exercise.items() if exercise.sides.only}
    session = session_of(protocol, layer(only_side="left"))
    usual = session_of(protocol)
    # A phase that goes by sides is done once.
    assert [item.id for item in session.prescriptions()] == [item.id for part in usual.phases for item in part.listed]
    for item in session.prescriptions():
        if item.id not in fixed:
            assert {effort.side for effort in item.efforts} <= {None, Side.LEFT}
    _, timeline = timed(session)
    sided = [event for event in timeline.events if event.place.side is Side.RIGHT]
    assert {event.place.exercise for event in sided} <= fixed
