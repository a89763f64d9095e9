"""The sets of a session: where they begin and end, and where one lands to do them again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from audioguide.export.player.set_positions import READY_MS, break_ends_ms, sets_of
from audioguide.model.kinds import EventKind, RestRole, Side, SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.script import Place
from audioguide.model.timeline import Chapter, Event, Timeline
from tests.export.plans import plans
from tests.helpers import HOLD, REPS, timeline_of

LEFT, RIGHT = Side.LEFT, Side.RIGHT


def sides_of(text: str) -> list[list[Side | None]]:
    return [[effort.side for effort in work_set.efforts] for work_set in sets_of(timeline_of(text))]


def test_a_set_has_an_effort_for_each_side():
    assert sides_of(HOLD) == [[LEFT, RIGHT]]
    assert sides_of(HOLD.replace('sides = "each"', 'sides = "each"\nsets = 2')) == [[LEFT, RIGHT]] * 2
    assert sides_of(HOLD.replace('sides = "each"', 'sides = "right"\nsets = 3')) == [[RIGHT]] * 3


def test_reps_of_a_side_are_one_effort_and_sides_in_turn_are_one_too():
    assert sides_of(REPS) == [[None]] * 2
    assert sides_of(REPS.replace("reps = 4", 'reps = 4\nsides = "each"')) == [[LEFT, RIGHT]] * 2
    assert sides_of(REPS.replace("reps = 4", 'reps = 4\nsides = "alternating"')) == [[None]] * 2


def test_sets_and_sides_without_a_break_are_told_apart():
    no_rest = REPS.replace("rest_s = 20", "rest_s = 0")
    assert sides_of(no_rest) == [[None]] * 2
    assert sides_of(no_rest.replace("reps = 4", 'reps = 4\nsides = "alternating"')) == [[None]] * 2
    assert sides_of(no_rest.replace("reps = 4", 'reps = 4\nsides = "each"\nswitch_s = 0')) == [[LEFT, RIGHT]] * 2


def test_the_holds_of_one_go_are_one_effort_and_nobody_is_waited_for_between_them():
    timeline = timeline_of(HOLD.replace('sides = "each"', 'sides = "each"\nrepeat = 3\nrelax_s = 4'))
    left, right = sets_of(timeline)[0].efforts
    holds = timeline.of_kind(EventKind.HOLD)
    assert (left.start_ms, left.end_ms) == (holds[0].start_ms, holds[2].end_ms)
    assert (right.start_ms, right.end_ms) == (holds[3].start_ms, holds[5].end_ms)
    assert break_ends_ms(timeline) == (left.start_ms, right.start_ms)


CIRCUIT = """
[[phase]]
title = "Round"
exercises = ["sit", "jump"]
circuit = { rounds = 2, work_s = 20, rest_s = 10 }
[exercise.sit]
name = "Sit"
hold_s = 20
[exercise.jump]
name = "Jump"
hold_s = 20
"""


def test_each_station_of_a_round_is_a_set():
    timeline = timeline_of(CIRCUIT)
    found = sets_of(timeline)
    assert len(found) == 4
    rests = [event for event in timeline.of_kind(EventKind.REST) if event.role is RestRole.REST]
    assert [work_set.end_ms for work_set in found][:3] == [event.start_ms for event in rests]


def test_one_exercise_that_comes_twice_has_sets_of_its_own_each_time():
    twice = '[[phase]]\ntitle = "A"\nexercises = ["plank", "plank"]\n[exercise.plank]\nname = "Plank"\nhold_s = 20\n'
    assert sides_of(twice) == [[None], [None]]


def test_a_phase_by_sides_has_a_set_for_each_exercise_and_side():
    flow = (
        '[[phase]]\ntitle = "A"\nsides = "each"\nexercises = ["lunge"]\n[exercise.lunge]\nname = "Lunge"\nhold_s = 20\n'
    )
    assert sides_of(flow) == [[LEFT], [RIGHT]]


def test_rounds_against_the_clock_are_one_set():
    rounds = REPS.replace('exercises = ["bridge"]', 'exercises = ["bridge"]\ncircuit = { minutes = 2 }')
    assert sides_of(rounds.replace("sets = 2\n", "")) == [[None]]


def made(*said: tuple[int, int], rest: tuple[int, int] = (10_000, 40_000), work_ms: int = 41_000) -> Timeline:
    """Return a rest and a hold, of which the rest has these spoken cues."""
    place = Place("plank", None, 1)
    events = [
        Event(EventKind.REST, RestRole.SETUP, *rest, place),
        *(Event(EventKind.SPEECH, SpeechRole.SETUP, start, end, place, "Words.") for start, end in said),
        Event(EventKind.HOLD, EventKind.HOLD, work_ms, 60_000, place),
    ]
    return Timeline(tuple(events), (Chapter(0, 70_000, "Plank"),), (), 70_000)


def ready_ms(timeline: Timeline) -> int:
    return sets_of(timeline)[0].ready_ms


def test_who_does_it_again_has_a_moment_to_get_ready():
    assert ready_ms(made()) == 40_000 - READY_MS, "before the break's end, where the start beep is"
    assert ready_ms(made((12_000, 20_000), (36_000, 38_000))) == 40_000 - READY_MS
    assert ready_ms(made((34_000, 36_000))) == 34_000, "not in the middle of a sentence"
    assert ready_ms(made((33_000, 35_000))) == 35_000, "as it ends there"
    assert ready_ms(made(rest=(38_000, 40_000))) == 38_000, "a break may be shorter"
    assert sets_of(made())[0].from_ms == 10_000


@given(plans)
def test_positions_of_any_session_are_in_order(plan: Plan):
    found = sets_of(plan.timeline)
    for work_set in found:
        for effort in work_set.efforts:
            assert (
                0 <= effort.from_ms <= effort.ready_ms <= effort.start_ms < effort.end_ms <= plan.timeline.duration_ms
            )
    efforts = [effort for work_set in found for effort in work_set.efforts]
    assert all(one.end_ms <= two.from_ms for one, two in pairwise(efforts))
    works = {event.start_ms for event in plan.timeline.events if event.kind in (EventKind.HOLD, EventKind.REP)}
    assert bool(works) == bool(found)
