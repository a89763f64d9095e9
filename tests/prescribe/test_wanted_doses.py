"""Sheets as people typed them: McGill's 6-4-2, holds and rests that grow, one injured knee, hangboard repeaters."""

from __future__ import annotations

from itertools import groupby

from audioguide.model.kinds import EventKind, RestRole, Side
from tests.cases import case, gaps_ms, spoken, timeline_of_case, work
from tests.english import HANDOUT
from tests.helpers import session_of


def sets_of(name: str, exercise: str) -> list[int]:
    """Return how many holds or reps each set of an exercise has on each side, in order."""
    done = [event for event in work(timeline_of_case(name)) if event.place.exercise == exercise]
    return [len(list(group)) for _, group in groupby(done, key=lambda event: (event.place.set, event.place.side))]


def test_mcgill_as_it_was_typed():
    assert sets_of("wanted/mcgill", "curl-up") == [6, 4, 2]
    assert sets_of("wanted/mcgill", "side-bridge") == [6] * 6
    timeline = timeline_of_case("wanted/mcgill")
    texts = [event.text for event in spoken(timeline)]
    assert "3 sets: 6, 4, and 2." in texts
    assert "Then set 2 of 3: 4 times." in texts
    assert "Then the last set: 2 times." in texts
    first = [event for event in timeline.of_kind(EventKind.REP) if event.place.exercise == "curl-up"]
    assert all(abs(event.duration_ms - 12_000) <= 24 for event in first)
    rests = [event for event in timeline.of_kind(EventKind.REST) if event.role is RestRole.REST]
    assert all(abs(event.duration_ms - 20_000) <= 12 for event in rests)


def test_holds_and_rests_that_grow_and_one_hold_for_all():
    timeline = timeline_of_case("wanted/setsrest")
    holds_s = [round(event.duration_ms / 1000) for event in timeline.of_kind(EventKind.HOLD)]
    assert holds_s == [20, 30, 40, 60, 60, 60]
    gaps_s = [round(gap / 1000) for gap in gaps_ms(timeline)]
    assert gaps_s[:2] + gaps_s[3:] == [30, 45, 30, 30]
    texts = [event.text for event in spoken(timeline)]
    assert "3 sets: 20, 30, and 40 seconds." in texts
    assert "3 sets of 1 minute." in texts


def test_one_knee_is_named_and_the_other_is_never_worked():
    timeline = timeline_of_case("wanted/quad")
    assert {event.place.side for event in work(timeline)} == {Side.RIGHT}
    texts = [event.text for event in spoken(timeline)]
    assert "10 sets of 6 seconds on the right." in texts
    assert "Press the back of your right knee down." in texts
    assert "Right side only." not in texts
    assert not [text for text in texts if text and "left" in text.lower()]
    for item in session_of(case("wanted/quad")).prescriptions():
        assert next(HANDOUT.dose(item)).endswith("on the right side")
        assert HANDOUT.order(item) == "Right side only"


def test_hangboard_repeaters_are_six_exact_hangs_a_set():
    timeline = timeline_of_case("wanted/hangboard")
    holds = timeline.of_kind(EventKind.HOLD)
    assert len(holds) == 36
    assert all(abs(hold.duration_ms - 7000) <= 12 for hold in holds)
    inside = [gap for gap in gaps_ms(timeline) if gap < 10_000]
    assert len(inside) == 30
    assert all(abs(gap - 3000) <= 12 for gap in inside)
    assert "3 sets of 6 times 7 seconds." in [event.text for event in spoken(timeline)]
