"""Growth over the weeks: a little each week, up to a length, and what is new starts small."""

from __future__ import annotations

from itertools import pairwise

import pytest

from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail
from audioguide.model.session import Session
from audioguide.prescribe.dose_ranges import ranges_of
from tests.helpers import HEAD, layer, parsed, session_of, timed

HIP_FLEXOR = load_protocol("hip-flexor")


def doses(session: Session) -> dict[str, tuple[int, float]]:
    """Return the sets of each exercise, and its seconds or reps."""
    return {
        item.id: (item.sets, item.efforts[0].reps or (item.efforts[0].hold_ms or 0) / 1000)
        for item in session.prescriptions()
    }


@pytest.mark.parametrize("detail", [*Detail])
@pytest.mark.parametrize("protocol", builtin_ids())
def test_no_session_is_over_an_eighth_longer_than_the_week_before_or_over_the_longest(protocol: str, detail: Detail):
    loaded = load_protocol(protocol)
    weeks_ms = [timed(session_of(loaded, layer(week=week, detail=detail)))[1].duration_ms for week in range(1, 13)]
    # A tenth of what it takes at full detail, by estimated words, is up to an eighth of what it takes at minimal.
    assert all(after <= 1.125 * before for before, after in pairwise(weeks_ms))
    longest_min = loaded.programme.longest_min if loaded.programme else 60
    assert max(weeks_ms) <= longest_min * 60_000


def test_sets_of_different_exercises_come_in_different_weeks():
    sets = [{name: own[0] for name, own in doses(session_of(HIP_FLEXOR, layer(week=w))).items()} for w in range(1, 8)]
    more = [sum(after[name] - before[name] for name in before) for before, after in pairwise(sets)]
    assert max(more) <= 2
    assert sum(map(bool, more)) >= 4


def test_usual_doses_come_before_what_is_more():
    usual, last = doses(session_of(HIP_FLEXOR)), doses(session_of(HIP_FLEXOR, layer(week=7)))
    for name in ("quad-foam-roll", "dead-bug", "glute-bridge"):
        assert last[name][0] >= min(usual[name][0], 3) - 1
    assert doses(session_of(HIP_FLEXOR, layer(week=12)))["dead-bug"][0] == usual["dead-bug"][0] == 3


def test_a_harder_exercise_starts_at_its_least_dose():
    own = ranges_of(HIP_FLEXOR)["single-leg-bridge"]
    assert doses(session_of(HIP_FLEXOR, layer(week=8)))["single-leg-bridge"] == (own.sets.min, own.reps[0].min)


def test_what_is_held_back_is_said_and_why():
    assert session_of(HIP_FLEXOR, layer(week=1)).warnings == ()
    assert "about 10% a week at most" in session_of(HIP_FLEXOR, layer(week=4)).warnings[0]
    assert session_of(HIP_FLEXOR, layer(week=12)).warnings == (
        "doses grow until a session takes about 49 min, the longest of this programme, and it does",
    )


SETS = """
[programme]
grow_until_week = 3
KEYS
[[phase]]
title = "Stretch"
exercises = ["reach", "bend"]
[exercise.reach]
name = "Reach"
hold_s = 300
sets = { default = 3, min = 1, max = 3 }
[exercise.bend]
name = "Bend"
hold_s = { default = 60, min = 30, max = 60 }
"""


def weeks(text: str, last: int, **table: object) -> list[dict[str, tuple[int, float]]]:
    protocol = parsed(HEAD + text)
    return [doses(session_of(protocol, layer(week=week, **table))) for week in range(1, last + 1)]


def test_a_set_that_takes_more_than_a_week_allows_waits_until_there_is_room_for_it():
    found = weeks(SETS.replace("KEYS", ""), 12)
    sets = [week["reach"][0] for week in found]
    assert sets[:5] == [1] * 5
    assert {after - before for before, after in pairwise(sets)} == {0, 1}
    assert sets[-1] == 3
    assert [week["bend"][1] for week in found[:3]] == [30, 45, 60]


def test_a_protocol_may_let_doses_grow_faster_and_says_how_long_a_session_gets():
    assert weeks(SETS.replace("KEYS", "growth_percent = 200"), 3)[-1] == {"reach": (3, 300), "bend": (1, 60)}
    found = weeks(SETS.replace("KEYS", "growth_percent = 200\nlongest_min = 13"), 9)
    assert found[-1] == {"reach": (2, 300), "bend": (1, 60)}


def test_a_short_session_may_always_grow_by_a_minute():
    text = SETS.replace("KEYS", "").replace("hold_s = 300", "hold_s = 20")
    assert weeks(text, 3)[-1] == {"reach": (3, 20), "bend": (1, 60)}


def test_what_a_person_states_takes_no_room_from_what_grows():
    mine = {"exercise": {"reach": {"sets": 2}}}
    assert [week["reach"][0] for week in weeks(SETS.replace("KEYS", ""), 4, **mine)] == [2, 2, 2, 2]
    assert weeks(SETS.replace("KEYS", ""), 3, **mine)[-1]["bend"] == (1, 60)


def test_it_goes_by_the_sessions_that_this_person_does():
    full, short = (doses(session_of(HIP_FLEXOR, layer(week=7, skip=skip))) for skip in ([], ["quad-foam-roll"]))
    assert "quad-foam-roll" not in short
    assert any(short[name] != full[name] for name in short)


def test_a_week_whose_exercises_a_person_leaves_out_does_not_hinder_later_ones():
    text = SETS.replace("KEYS", "").replace('["reach", "bend"]', '["reach", { use = "bend", weeks = "2-" }]')
    assert weeks(text, 1, skip=["bend"]) == [{"reach": (1, 300)}]
    assert doses(session_of(parsed(HEAD + text), layer(week=2, skip=["reach"]))) == {"bend": (1, 30)}
