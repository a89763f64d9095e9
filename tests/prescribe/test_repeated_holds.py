"""A hold that is repeated inside one go: how long it is, how it is counted, and what moves it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.cli.preview import dose
from audioguide.errors import FileError, RequestError
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.session import Prescription
from audioguide.model.timeline import Timeline
from audioguide.prescribe.fit import fit
from audioguide.prescribe.layers import Layer
from tests.english import HANDOUT
from tests.examples import examples
from tests.helpers import HOLD, layer, parsed, session_of, timed, timeline_of
from tests.prescribe.test_fit import FakePlanner

HANG = """
[programme]
grow_until_week = 3
growth_percent = 1000
[[phase]]
title = "Hang"
exercises = ["half-crimp"]
[exercise.half-crimp]
name = "Half crimp"
hold_s = 7
repeat = 6
relax_s = 3
sets = 2
rest_s = 60
"""
RANGED = HANG.replace("repeat = 6", "repeat = { default = 6, min = 2, max = 10 }")


def only(text: str, *layers: Layer) -> Prescription:
    return session_of(parsed(text), *layers).prescriptions()[0]


def counted(timeline: Timeline) -> list[str | None]:
    return [event.text for event in timeline.events if event.role is SpeechRole.COUNT]


def test_each_hold_is_exact_and_so_is_the_time_between():
    timeline = timeline_of(HANG)
    holds = timeline.of_kind(EventKind.HOLD)
    assert [(hold.place.set, hold.place.rep) for hold in holds] == [(s, r) for s in (1, 2) for r in range(1, 7)]
    assert all(abs(hold.duration_ms - 7000) <= 12 for hold in holds)
    gaps = [later.start_ms - earlier.end_ms for earlier, later in pairwise(holds)]
    assert all(abs(gap - 3000) <= 12 for gap in gaps[:5] + gaps[6:])
    assert abs(gaps[5] - 60_000) <= 12
    beeps = {(beep.role, beep.start_ms) for beep in timeline.of_kind(EventKind.BEEP)}
    assert {(BeepRole.START, hold.start_ms) for hold in holds} | {
        (BeepRole.END, hold.end_ms) for hold in holds
    } <= beeps


def test_holds_are_counted_aloud_and_the_last_announced():
    assert counted(timeline_of(HANG)) == ["2.", "3.", "4.", "5.", "Last one."] * 2
    assert counted(timeline_of(HANG, layer(detail="minimal"))) == ["Last one."] * 2
    # Without time between, a count is said as its hold begins.
    at_once = timeline_of(HANG.replace("relax_s = 3", "relax_s = 0"))
    assert counted(at_once) == ["2.", "3.", "4.", "5.", "Last one."] * 2
    assert at_once.dropped == ()
    first = [hold for hold in at_once.of_kind(EventKind.HOLD) if hold.place.set == 1]
    assert abs(first[-1].end_ms - first[0].start_ms - 42_000) <= 24


def test_the_dose_is_said_listed_and_printed():
    texts = [event.text for event in timeline_of(HANG).events]
    assert "2 sets of 6 times 7 seconds." in texts
    assert "6 times 7 seconds." in [event.text for event in timeline_of(HANG.replace("sets = 2", "sets = 1")).events]
    sided = HANG.replace("sets = 2", 'sets = 1\nsides = "each"')
    assert "6 times 7 seconds on each side." in [event.text for event in timeline_of(sided).events]
    space = "\N{NO-BREAK SPACE}"
    assert list(HANDOUT.dose(only(HANG))) == [
        f"2 sets of 6 times 7{space}s",
        f"Let go for 3{space}s between the holds",
        f"60{space}s rest between sets",
    ]
    assert dose(timeline_of(HANG).of_kind(EventKind.HOLD)) == "2 × 6 times 7 s"


def test_weeks_minutes_and_the_person_move_it():
    assert [only(RANGED, layer(week=week)).efforts[0].repeat for week in (1, 2, 3)] == [2, 6, 10]
    own = session_of(parsed(RANGED), layer(exercise={"half-crimp": {"repeat": 12}}))
    assert own.prescriptions()[0].efforts[0].repeat == 12
    assert "outside the protocol's 2 to 10" in own.warnings[0]
    assert [(one.what, one.before, one.after) for one in own.changes] == [("repeat", "6", "12")]
    usual_ms = timeline_of(RANGED).duration_ms
    for minutes, fewer in ((2, True), (4, False)):
        best = fit(parsed(RANGED), [], minutes, FakePlanner(parsed(RANGED))).best
        repeat = best.session.prescriptions()[0].efforts[0].repeat
        assert repeat < 6 if fewer else repeat > 6
        assert (best.length_ms < usual_ms) is fewer
    with pytest.raises(RequestError, match="'reach' has no hold that is repeated in one go"):
        session_of(parsed(HOLD), layer(exercise={"reach": {"repeat": 3}}))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("relax_s = 3\n", "", "half-crimp: repeats its hold without relax_s"),
        ("repeat = 6\n", "", "half-crimp.relax_s: has no repeated hold to stand between"),
        ("hold_s = 7", 'reps = 7\ntempo = "1-0-1"', "half-crimp.repeat: repeats a hold, and there is none"),
        ("repeat = 6", "repeat = 0", "half-crimp.repeat: 0 is out of bounds"),
        ('["half-crimp"]', '["half-crimp"]\ncircuit = { work_s = 30 }', "repeats its hold, and the circuit works by"),
    ],
)
def test_what_can_not_be_repeated_is_one_clear_line(old: str, new: str, problem: str):
    with pytest.raises(FileError) as raised:
        parsed(HANG.replace(old, new))
    assert problem in str(raised.value)


def test_a_place_may_repeat_a_hold():
    text = HANG.replace('["half-crimp"]', '[{ use = "half-crimp", repeat = 3, relax_s = 5, sets = 1 }]')
    assert (only(text).efforts[0].repeat, only(text).efforts[0].relax_ms) == (3, 5000)


@settings(max_examples=examples(30), deadline=None)
@given(
    st.integers(1, 6),
    st.sampled_from([1, 2.5, 7, 40]),
    st.sampled_from([0, 0.5, 1, 2, 3, 12]),
    st.sampled_from(["both", "each", "right"]),
    st.booleans(),
)
def test_a_go_lasts_as_long_as_its_holds_and_pauses(
    repeat: int, hold_s: float, relax_s: float, sides: str, circuit: bool
):
    exercise = {"name": "A", "sides": sides, "hold_s": hold_s, "repeat": repeat, "relax_s": relax_s, "sets": 2}
    phase: dict[str, Any] = {"title": "P", "exercises": ["a"]} | ({"circuit": {"rounds": 2}} if circuit else {})
    table = {"format": 1, "id": "t", "title": "T", "phase": [phase], "exercise": {"a": exercise}}
    session = session_of(parse_protocol(table, "random"))
    _, timeline = timed(session)
    goes: dict[object, list[tuple[int, int]]] = {}
    holds = timeline.of_kind(EventKind.HOLD)
    for number, hold in enumerate(holds):
        goes.setdefault(number // repeat, []).append((hold.start_ms, hold.end_ms))
    assert len(holds) == repeat * 2 * (2 if sides == "each" else 1)
    asked_ms = repeat * hold_s * 1000 + (repeat - 1) * relax_s * 1000
    for go in goes.values():
        # Each end stands on the grid of frames, half a frame away at most.
        assert abs(go[-1][1] - go[0][0] - asked_ms) <= 12 * (2 * repeat - 1)
