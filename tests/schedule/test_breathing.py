import pytest

from audioguide.model.kinds import BreathRole, EventKind
from audioguide.model.timeline import Timeline
from tests.helpers import HOLD, layer, parsed, session_of, timed, timeline_of

BREATHING = HOLD.replace('caution = ["Stay off the bone."]', "breath = true")
BOX = """
[[phase]]
title = "Breathe"
exercises = ["box"]
[exercise.box]
name = "Box breath"
reps = 3
count = false
tempo = [
    { say = "In", s = 4, breath = "in" },
    { say = "Hold", s = 2, breath = "stay" },
    { say = "Out", s = 4, breath = "out" },
    { s = 2 },
]
"""
ON = layer(breath={"on": True})


def breaths(timeline: Timeline, hold: int = 0) -> list[tuple[str, int, int]]:
    """Return role, seconds from the hold's start, and length in seconds, of the breaths in one hold."""
    event = timeline.of_kind(EventKind.HOLD)[hold]
    inside = [b for b in timeline.of_kind(EventKind.BREATH) if event.start_ms <= b.start_ms < event.end_ms]
    return [(b.role.value, round((b.start_ms - event.start_ms) / 1000), round(b.duration_ms / 1000)) for b in inside]


def hold_of(seconds: float, **breath: float) -> Timeline:
    return timeline_of(BREATHING, layer(breath={"on": True, **breath}, exercise={"reach": {"hold_s": seconds}}))


def test_it_is_off_unless_asked_for():
    assert timeline_of(BREATHING).of_kind(EventKind.BREATH) == ()


def test_only_exercises_that_ask_for_deep_breathing_are_paced():
    assert timeline_of(HOLD, ON).of_kind(EventKind.BREATH) == ()


def test_whole_breaths_of_four_and_six_seconds_end_with_the_hold():
    for hold in (0, 1):
        found = breaths(hold_of(45), hold)
        assert found == [("in", 5, 4), ("out", 9, 6), ("in", 15, 4), ("out", 19, 6), ("in", 25, 4), ("out", 29, 6),
                         ("in", 35, 4), ("out", 39, 6)]  # fmt: skip
    timeline = hold_of(45)
    assert {hold.end_ms for hold in timeline.of_kind(EventKind.HOLD)} <= {
        breath.end_ms for breath in timeline.of_kind(EventKind.BREATH)
    }


def test_both_lengths_can_be_set():
    assert breaths(hold_of(20, in_s=3, out_s=5)) == [("in", 4, 3), ("out", 7, 5), ("in", 12, 3), ("out", 15, 5)]


def test_a_hold_without_room_for_a_breath_says_so():
    timeline = hold_of(8)
    assert timeline.of_kind(EventKind.BREATH) == ()
    assert "no room for a breath of 10 s in a hold of 8 s" in [drop.why for drop in timeline.dropped]


def test_a_tempo_is_breathed_part_by_part_and_is_silent_where_it_says_nothing():
    timeline = timeline_of(BOX, ON)
    rep = timeline.of_kind(EventKind.REP)[1]
    inside = [b for b in timeline.of_kind(EventKind.BREATH) if rep.start_ms - 24 <= b.start_ms < rep.end_ms - 24]
    assert [(b.role, b.duration_ms) for b in inside] == [
        (BreathRole.IN, 4_000), (BreathRole.STAY, 2_000), (BreathRole.OUT, 4_000),
    ]  # fmt: skip
    assert timeline_of(BOX).of_kind(EventKind.BREATH) == ()


@pytest.mark.parametrize("text", [BREATHING, BOX])
def test_what_the_tone_means_is_said_once_and_only_where_it_sounds(text):
    words = "Breathe in while the tone rises, and out while it falls."
    assert [event.text for event in timeline_of(text, ON).events].count(words) == 1
    assert words not in [event.text for event in timeline_of(text).events]


def test_a_pacer_that_nothing_uses_is_said_to_be_idle():
    assert any("breath pacer" in warning for warning in session_of(parsed(HOLD), ON).warnings)
    assert not any("breath pacer" in warning for warning in session_of(parsed(BREATHING), ON).warnings)


def test_it_moves_nothing_else():
    def rest(timeline: Timeline) -> list[object]:
        return [event for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REP)]

    words = [event for event in timeline_of(BREATHING, ON).events if event.text and "tone" in event.text]
    assert len(rest(timeline_of(BREATHING, ON))) == len(rest(timeline_of(BREATHING)))
    assert len(words) == 1
    assert timed(session_of(parsed(BREATHING), ON))[1] == timed(session_of(parsed(BREATHING), ON))[1]
