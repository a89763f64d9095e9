"""What brings a person into position is said before it is needed, also where the rests are short."""

import pytest

from audioguide.model.kinds import EventKind, RestRole
from audioguide.schedule.shortages import shortages
from tests.cases import case, gaps_ms, spoken, timeline_of_case, work
from tests.helpers import layer, timeline_of


def test_each_position_is_told_before_the_hold_in_it_and_the_rest_grows_in_the_first_round_only():
    timeline = timeline_of_case("setup-dropped/positions")
    for name, exercise in case("setup-dropped/positions").exercise.items():
        first = next(hold for hold in work(timeline) if hold.place.exercise == name)
        said = [event for event in spoken(timeline) if event.text in [line.say for line in exercise.setup]]
        assert said
        assert said[0].end_ms <= first.start_ms
    rests = [rest for rest in timeline.of_kind(EventKind.REST) if rest.role is RestRole.REST]
    # The fourth has room for a short line.
    longer_ms = [rest.duration_ms - 4_992 for rest in rests[:4]]
    assert [ms > 0 for ms in longer_ms] == [True, True, True, False]
    assert [rest.duration_ms for rest in rests[4:]] == [60_000, *[4_992] * 4] * 2
    (note,) = shortages(timeline)
    assert note.startswith(f"3 rests are longer than asked, by {sum(longer_ms) / 1000:.1f} s in all")


CIRCUIT = """
[[phase]]
title = "Round"
exercises = ["jog", "turn"]
circuit = { rounds = 2, rest_s = REST }
[exercise.jog]
name = "Jog"
hold_s = 30
[exercise.turn]
name = "Turn"
WORK
setup = ["Sit down on the chair, and turn to the wall.", "Keep your feet on the floor."]
"""
HOLD = "hold_s = 30"
REPS = 'reps = 4\ntempo = [ { say = "Left", s = 2 }, { say = "Right", s = 2 } ]'


@pytest.mark.parametrize("rest_s", [0, 1, 5, 8, 20])
@pytest.mark.parametrize("kind", [HOLD, REPS])
def test_every_setup_line_is_said_before_the_first_time_however_short_the_rest(rest_s, kind):
    timeline = timeline_of(CIRCUIT.replace("REST", str(rest_s)).replace("WORK", kind))
    first = next(effort for effort in work(timeline) if effort.place.exercise == "turn")
    before = [event.text for event in spoken(timeline) if event.end_ms <= first.start_ms]
    assert {"Sit down on the chair, and turn to the wall.", "Keep your feet on the floor."} <= set(before)


def test_a_circuit_without_rests_has_one_break_for_the_setup_and_no_other():
    timeline = timeline_of(CIRCUIT.replace("REST", "0").replace("WORK", HOLD))
    first, *later = gaps_ms(timeline)
    assert first > 5_000
    assert later == [0, 0]


def test_in_brief_the_short_line_is_said_and_by_heart_none():
    for detail, lines in (("brief", 1), ("minimal", 0)):
        timeline = timeline_of(CIRCUIT.replace("REST", "2").replace("WORK", HOLD), layer(detail=detail))
        assert sum(event.role == "setup" for event in spoken(timeline)) == lines


def test_both_sides_are_told_where_to_go():
    sided = CIRCUIT.replace("turn to the wall", "put your {side} foot up").replace("hold_s = 30\nsetup", "sides = x")
    text = sided.replace("REST", "2").replace("WORK", 'sides = "each"\nhold_s = 30')
    timeline = timeline_of(text)
    for side in ("left", "right"):
        hold = next(hold for hold in work(timeline) if hold.place.side == side)
        told = [
            event for event in spoken(timeline) if event.text == f"Sit down on the chair, and put your {side} foot up."
        ]
        assert told[0].end_ms <= hold.start_ms


def test_an_instruction_without_room_is_counted_once_with_how_to_make_room():
    timeline = timeline_of(CIRCUIT.replace("REST", "2").replace("WORK", REPS))
    unheard = [drop for drop in timeline.dropped if drop.unheard]
    assert [(drop.text, drop.exercise, drop.count) for drop in unheard] == [("4 times.", "turn", 2)]
    assert shortages(timeline)[0] == (
        "1 instruction has no room and will not be heard, “4 times.” of 'turn'; "
        "make the rests longer (rest_s), or the instructions shorter"
    )


def test_what_is_heard_elsewhere_is_no_instruction_lost():
    text = CIRCUIT.replace("REST", "2").replace("WORK", REPS)
    later = text.replace("[exercise.jog]", '[[phase]]\ntitle = "More"\nexercises = ["turn"]\n[exercise.jog]', 1)
    assert not any(drop.unheard for drop in timeline_of(later).dropped)


def test_a_line_that_begins_with_the_side_begins_with_a_capital():
    text = """
[[phase]]
title = "Kneel"
exercises = ["kneel"]
[exercise.kneel]
name = "Kneel"
sides = "each"
hold_s = 60
setup = ["{side} knee down."]
coaching = ["{other_side} hand up."]
"""
    said = [event.text for event in spoken(timeline_of(text))]
    assert {"Left knee down.", "Right knee down.", "Right hand up."} <= set(said)
    assert not any(text[0].islower() for text in said)


def test_the_head_is_turned_to_either_side():
    said = [event.text for event in spoken(timeline_of_case("wanted/epley2"))]
    assert {"Turn your head to the left.", "Turn your head to the right."} <= set(said)
