"""A protocol whose weeks differ: what is done in which, and what is said of weeks that aren't there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.errors import RequestError
from audioguide.export.week_contents import week_contents
from audioguide.library.protocol_files import load_protocol, parse_protocol
from audioguide.model.kinds import EventKind
from audioguide.model.protocol_weeks import last_week
from audioguide.model.weeks import read_weeks
from audioguide.pipeline import week_sessions
from audioguide.prescribe.progression import protocol_of
from audioguide.prescribe.training_days import weeks_wanted
from tests.examples import examples
from tests.helpers import HEAD, layer, parsed, session_of, timed
from tests.strategies import WEEKS, protocols

COUCH = load_protocol(Path(__file__).parent.parent / "protocols/couch-to-5k.toml")

TOTALS_S = [
    (1, 8 * 60, 300 + 8 * 90),
    (2, 6 * 90, 300 + 6 * 120),
    (3, 2 * (90 + 180), 300 + 2 * (90 + 180)),
    (4, 2 * (180 + 300), 300 + 90 + 150 + 90),
    (5, 3 * 300, 300 + 2 * 180),
    (6, 300 + 480 + 300, 300 + 2 * 180),
    (7, 25 * 60, 300),
    (8, 28 * 60, 300),
    (9, 30 * 60, 300),
]
"""Week, seconds run and seconds walked, five minutes of brisk walking first."""


def test_couch_to_5k_in_one_file_runs_and_walks_in_each_of_nine_weeks_what_its_table_says():
    found = []
    for week, _, _ in TOTALS_S:
        holds = timed(session_of(COUCH, layer(week=week)))[1].of_kind(EventKind.HOLD)
        assert holds[0].place.exercise == "walk"
        assert round(holds[0].duration_ms / 1000) == 300
        seconds = {name: sum(h.duration_ms for h in holds if h.place.exercise == name) for name in ("run", "walk")}
        found.append((week, round(seconds["run"] / 1000), round(seconds["walk"] / 1000)))
    assert found == TOTALS_S


def test_without_a_week_it_is_week_1_and_a_note_says_so():
    session = session_of(COUCH)
    assert session.week == 1
    assert session.phases == session_of(COUCH, layer(week=1)).phases
    assert [text for text in session.warnings if "it is week 1" in text and "weeks 1 to 9" in text]
    assert session_of(COUCH, layer(week=1)).warnings == ()


def test_a_week_that_is_not_there_names_those_that_are():
    with pytest.raises(RequestError, match="week 10: this protocol has weeks 1 to 9"):
        session_of(COUCH, layer(week=10))
    with pytest.raises(RequestError, match="--weeks 12: this protocol has weeks 1 to 9; name at most 9"):
        weeks_wanted(COUCH, 12, usual=4)
    assert weeks_wanted(COUCH, None, usual=12) == 9
    assert weeks_wanted(parsed(HEAD + ONGOING), 40, usual=12) == 40


ONGOING = """
[programme]
grow_until_week = 3
[[phase]]
title = "Learn"
weeks = "1-2"
exercises = ["reach"]
[[phase]]
title = "Keep"
weeks = "3-"
exercises = ["reach", { use = "bend", weeks = "4-" }]
[exercise.reach]
name = "Reach"
hold_s = { default = 40, min = 20, max = 60 }
[exercise.bend]
name = "Bend"
hold_s = 30
"""


def test_the_last_weeks_may_go_on_and_doses_grow_with_them():
    protocol = parsed(HEAD + ONGOING)

    def holds(week: int) -> list[int | None]:
        return [item.efforts[0].hold_ms for item in session_of(protocol, layer(week=week)).prescriptions()]

    assert holds(2) == [40_000]
    assert holds(99) == [
        60_000,
        30_000,
    ]
    rows = [(row.weeks, row.lines) for row in week_contents(week_sessions(protocol), goes_on=True)]
    assert rows == [
        ("Week 1", ("Learn: Reach 20\u00a0s",)),
        ("Week 2", ("Learn: Reach 40\u00a0s",)),
        ("Week 3", ("Keep: Reach 60\u00a0s",)),
        ("Weeks 4 and on", ("Keep: Reach 60\u00a0s, Bend 30\u00a0s",)),
    ]


def test_the_table_of_weeks_goes_on_until_what_was_held_back_has_come():
    text = ONGOING.replace("max = 60", "max = 360").replace('"4-"', '"3-"')
    rows = [(row.weeks, row.lines) for row in week_contents(week_sessions(parsed(HEAD + text)), goes_on=True)]
    assert rows[2] == ("Week 3", ("Keep: Reach 80\u00a0s, Bend 30\u00a0s",))
    assert rows[-1] == ("Weeks 8 and on", ("Keep: Reach 6\u00a0min, Bend 30\u00a0s",))


def test_the_table_of_weeks_leaves_out_what_all_have_and_joins_weeks_that_are_alike():
    rows = [(row.weeks, row.lines) for row in week_contents(week_sessions(COUCH), goes_on=False)]
    assert rows[0] == ("Week 1", ("Intervals: 8 rounds of Run 60\u00a0s, Walk 90\u00a0s",))
    assert rows[-1] == ("Week 9", ("Run: Run 30\u00a0min",))
    assert len(rows) == 9


def test_a_persons_dose_for_another_week_is_no_mistake_but_said():
    protocol = parsed(HEAD + ONGOING)
    session = session_of(protocol, layer(week=1, exercise={"bend": {"hold_s": 20}}))
    assert session.warnings == ("command line: doses for 'bend' are not used, as it is not done in week 1",)
    assert session_of(protocol, layer("profile anna", week=1, exercise={"bend": {"hold_s": 20}})).warnings == ()


def test_nothing_left_in_a_week_names_the_week():
    with pytest.raises(RequestError, match="nothing is left to do in week 2: reach"):
        session_of(parsed(HEAD + ONGOING), layer(week=2, skip=["reach"]))


@settings(max_examples=examples(40))
@given(protocols(), st.lists(WEEKS, min_size=3, max_size=3), st.integers(1, 8))
def test_a_week_has_exactly_what_is_for_it_in_order(table: dict[str, Any], weeks: list[Any], week: int):
    for phase, stated in zip(table["phase"][1:], weeks, strict=False):
        shared = read_weeks(stated).within(read_weeks(phase["weeks"]) if "weeks" in phase else None)
        if shared is not None:
            phase["exercises"][0] = {"use": phase["exercises"][0], "weeks": stated}
    protocol = parse_protocol(table, "random.toml")
    try:
        made = protocol_of(protocol, week)
    except RequestError:
        assert week > (last_week(protocol) or week)
        return
    expected = [
        (phase["title"], item if isinstance(item, str) else item["use"])
        for phase in table["phase"]
        if "weeks" not in phase or week in read_weeks(phase["weeks"])
        for item in phase["exercises"]
        if isinstance(item, str) or week in read_weeks(item["weeks"])
    ]
    assert [(phase.title, item.use) for phase in made.phase for item in phase.exercises] == expected


def test_a_plan_of_which_only_the_first_weeks_are_written_warms_up_in_the_others():
    protocol = load_protocol(Path(__file__).parent.parent / "protocols/first-two-weeks.toml")
    counts = [len(session_of(protocol, layer(week=week)).phases) for week in (1, 2, 3, 9)]
    assert counts == [2, 2, 1, 1]
