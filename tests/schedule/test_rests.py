"""A rest lasts what was asked, 0 is none, and what can't be kept is noted."""

import pytest

from audioguide.model.kinds import EventKind, SpeechRole
from audioguide.model.units import FRAME_MS
from audioguide.schedule.shortages import shortages
from tests.cases import case, gaps_ms, spoken, timeline_of_case, work
from tests.helpers import layer, parsed, session_of, timeline_of


def worked_ms(name: str) -> int:
    """Return the time from the first start to the last end of a case's work."""
    efforts = work(timeline_of_case(name))
    return efforts[-1].end_ms - efforts[0].start_ms


@pytest.mark.parametrize("wish_s", [0, 0.1, 0.5, 1, 2, 3, 4, 10])
def test_a_rest_between_sets_lasts_what_is_asked(wish_s):
    timeline = timeline_of_case("rest-zero/one", layer(exercise={"plank": {"rest_s": wish_s}}))
    assert all(abs(gap_ms - wish_s * 1000) <= FRAME_MS / 2 for gap_ms in gaps_ms(timeline))
    assert not any(drop.longer_ms for drop in timeline.dropped)


def test_a_rest_that_nobody_states_takes_as_long_as_its_words():
    text = """
[[phase]]
title = "Sets"
exercises = ["plank"]
[exercise.plank]
name = "Plank"
hold_s = 20
sets = 3
REST
"""
    unstated = timeline_of(text.replace("REST", ""))
    assert all(gap_ms > 4_000 for gap_ms in gaps_ms(unstated))
    assert "Then set 2 of 3." in [event.text for event in spoken(unstated)]
    assert gaps_ms(timeline_of(text.replace("REST", "rest_s = 0"))) == [0, 0]


def test_a_place_in_a_phase_states_no_rest_too():
    text = """
[[phase]]
title = "Sets"
exercises = [{ use = "plank", rest_s = 0 }]
[exercise.plank]
name = "Plank"
hold_s = 20
sets = 2
rest_s = 60
"""
    assert gaps_ms(timeline_of(text)) == [0]


def test_a_minute_on_the_minute_is_exact_over_an_hour():
    assert worked_ms("rest-zero/emom") == 10 * 60_000
    assert worked_ms("rest-zero/emom-hour") == 3_600_000
    assert worked_ms("rest-zero/emom-as-reps-exact") == 10 * 60_000
    timeline = timeline_of_case("rest-zero/emom")
    assert [event.text for event in spoken(timeline, SpeechRole.REST)] == [
        *(f"Set {number} of 10." for number in range(2, 10)),
        "Last set.",
    ]
    assert shortages(timeline) == ()


def test_rounding_to_frames_does_not_add_up_over_an_hour_of_running_and_walking():
    asked_ms = 30 * (61_000 + 59_900)
    assert abs(worked_ms("rest-zero/run-walk-odd") - asked_ms) <= FRAME_MS
    holds = work(timeline_of_case("rest-zero/run-walk-odd"))
    clock_ms = holds[0].start_ms
    for hold in holds:
        assert abs(hold.start_ms - clock_ms) <= FRAME_MS
        clock_ms += 61_000 if hold.place.exercise == "run" else 59_900


def test_breaths_and_holds_in_rounds_are_exact_and_each_is_named():
    timeline = timeline_of_case("rest-zero/wim-hof")
    assert abs(worked_ms("rest-zero/wim-hof") - 3 * (90_000 + 90_000 + 15_000)) <= FRAME_MS
    assert [event.text for event in spoken(timeline, SpeechRole.EXERCISE) if not event.text.startswith("For ")] == [
        "First: Breathe.",
        "30 times.",
        "Out, and hold.",
        "In, and hold.",
        *["Next: Breathe.", "Out, and hold.", "In, and hold."] * 2,
    ]
    # The breaths are announced before they begin, in the hold before, whose end is counted down in silence.
    ahead = [event for event in spoken(timeline) if event.text == "Next: Breathe."]
    fulls = [hold for hold in work(timeline) if hold.place.exercise == "full"]
    assert all(hold.start_ms < event.start_ms < hold.end_ms - 3_000 for hold, event in zip(fulls, ahead, strict=False))


def test_a_list_without_rests_and_setup_has_no_breaks():
    timeline = timeline_of_case("rest-zero/list-of-holds")
    assert gaps_ms(timeline) == [0, 0, 0]
    assert worked_ms("rest-zero/list-of-holds") == 330_000
    assert not timeline.dropped


def test_one_start_beep_stands_between_two_holds_without_a_break():
    timeline = timeline_of_case("rest-zero/one")
    roles = [
        beep.role.value for beep in timeline.of_kind(EventKind.BEEP) if beep.role.value in ("start", "end", "rest")
    ]
    assert roles == ["start", "start", "start", "end"]


SIDED = """
[[phase]]
title = "Sets"
exercises = ["lunge"]
[exercise.lunge]
name = "Lunge"
sides = "each"
sets = 2
switch_s = 0
rest_s = REST
reps = 3
tempo = [ { say = "Down", s = 1 }, { say = "Up", s = 1 } ]
"""


def test_a_rest_of_none_in_which_a_side_must_be_said_is_made_longer_and_noted_like_one_of_a_second():
    lengths = {}
    for wish in ("0", "1"):
        timeline = timeline_of(SIDED.replace("REST", wish))
        lengths[wish] = gaps_ms(timeline)[1]
        assert [(drop.text, drop.exercise, drop.count) for drop in timeline.dropped if drop.longer_ms] == [
            (f"a rest of {wish} s", "lunge", 1)
        ]
        assert "1 rest is longer than asked" in shortages(timeline)[0]
    assert 0 < lengths["0"] <= lengths["1"]


def test_a_rest_shorter_than_changing_sides_is_as_long_as_that_also_when_it_is_none():
    text = SIDED.replace("switch_s = 0", "switch_s = 6")
    for wish in ("0", "1", "5"):
        session = session_of(parsed(text.replace("REST", wish)))
        assert session.prescriptions()[0].rest_ms == 6_000
        assert f"the rest of {wish} s in 'lunge' is made 6 s" in session.warnings[0]


@pytest.mark.parametrize("wish_s", [2, 3, 5, 6, 7])
def test_the_side_is_said_in_every_rest_and_all_else_gives_way(wish_s):
    timeline = timeline_of(SIDED.replace("REST", str(wish_s)))
    rest = next(event for event in timeline.of_kind(EventKind.REST) if event.role.value == "rest")
    inside = [event.text for event in spoken(timeline) if rest.start_ms <= event.start_ms < rest.end_ms]
    assert "Left side." in inside


@pytest.mark.parametrize("rest_s", [0, 1, 3, 5, 8, 12])
@pytest.mark.parametrize("setup", ["", 'setup = ["On your {side} elbow, knees bent.", "Look ahead."]'])
def test_the_side_is_said_in_every_round_of_a_circuit(rest_s, setup):
    text = f"""
[[phase]]
title = "Round"
exercises = ["jog", "bridge"]
circuit = {{ rounds = 3, rest_s = {rest_s} }}
[exercise.jog]
name = "Jog"
hold_s = 20
[exercise.bridge]
name = "Side bridge"
sides = "each"
hold_s = 20
{setup}
"""
    timeline = timeline_of(text)
    lefts = [hold for hold in work(timeline) if hold.place.side == "left"]
    before = [hold for hold in work(timeline) if hold.place.exercise == "jog"]
    for jog, left in zip(before, lefts, strict=True):
        between = [
            event.text.lower() for event in spoken(timeline) if jog.end_ms <= event.start_ms < left.start_ms + 2_500
        ]
        assert any("left" in text for text in between)


def test_a_tempo_part_of_no_time_is_none():
    session = session_of(case("wanted/zero"))
    assert [part.say for part in session.prescriptions()[0].tempo] == ["In", "Out", "Stay empty"]
    timeline = timeline_of_case("wanted/zero")
    assert [event.text for event in spoken(timeline, SpeechRole.COUNT)] == ["In.", "Out.", "Stay empty."] * 5


def test_repeaters_hang_seven_and_rest_three_with_three_minutes_between_sets():
    timeline = timeline_of_case("wanted/repeaters")
    reps = work(timeline)
    assert len(reps) == 2 * 3 * 6
    assert {round(rep.duration_ms / 1000) for rep in reps} == {10}
    rests = timeline.of_kind(EventKind.REST)[1:]
    assert [rest.duration_ms for rest in rests] == [180_000] * 5
    counts = [event.text for event in spoken(timeline, SpeechRole.COUNT)][:6]
    assert counts == ["Hang.", "Rest.", "2.", "Rest.", "3.", "Rest."]
