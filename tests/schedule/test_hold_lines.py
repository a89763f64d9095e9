"""Lines of a hold at their times: by what they say of themselves, by side, and by what was said before."""

from __future__ import annotations

from typing import Any

import pytest

from audioguide.languages.en.spoken import SPOKEN as ENGLISH
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import EventKind, Side, SpeechRole
from audioguide.model.timeline import Timeline
from audioguide.schedule.shortages import shortages
from tests.helpers import layer, session_of, timed

OPEN = {"halfway": False}
"""Without the call in the middle, which tips would have to make room for."""


def protocol_of(hold_s: float = 90, **exercise: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "id": "test",
        "title": "Test",
        "phase": [{"title": "Release", "exercises": ["roll"]}],
        "exercise": {"roll": {"name": "Roll", "sides": "each", "hold_s": hold_s, **exercise}},
    }


def timeline_of(protocol: dict[str, Any], **wishes: Any) -> Timeline:
    wishes = {"encouragement": False, "cues": OPEN} | wishes
    return timed(session_of(parse_protocol(protocol, "test.toml"), layer(**wishes)))[1]


def tips(timeline: Timeline, calm: bool = False) -> list[tuple[Side | None, int, str]]:
    """Return what is said in holds, with the side and the second of the hold in which it begins."""
    roles = {SpeechRole.COACHING, SpeechRole.MISTAKE, SpeechRole.CAUTION, SpeechRole.CHECK, SpeechRole.ENCOURAGEMENT}
    found = []
    for hold in timeline.of_kind(EventKind.HOLD):
        for event in timeline.of_kind(EventKind.SPEECH):
            inside = event.role in roles and hold.start_ms <= event.start_ms < hold.end_ms
            if inside and (calm or event.text not in ENGLISH.calm):
                found.append((hold.place.side, (event.start_ms - hold.start_ms) // 1000, event.text or ""))
    return found


def on(side: Side, timeline: Timeline) -> list[tuple[int, str]]:
    return [(at_s, text) for tip_side, at_s, text in tips(timeline) if tip_side is side]


STEPS = [
    {"say": "Stay for 20 to 30 seconds.", "again": "Stay again.", "repeat_s": 60},
    {"say": "Bend your {side} knee.", "again": "Bend.", "after": 25, "left_s": 15},
    {"say": "Roll on.", "after": 15},
]


def test_steps_come_at_the_pace_of_the_steps_and_are_repeated_and_the_second_side_has_the_same_in_fewer_words():
    timeline = timeline_of(protocol_of(120, coaching=STEPS))
    assert on(Side.LEFT, timeline) == [
        (1, "Stay for 20 to 30 seconds."),
        (26, "Bend your left knee."),
        (41, "Roll on."),
        (61, "Stay again."),
        (86, "Bend."),
    ]
    assert on(Side.RIGHT, timeline) == [
        (1, "Stay again."),
        (26, "Bend."),
        (41, "Roll on."),
        (61, "Stay again."),
        (86, "Bend."),
    ]
    assert timeline.dropped == ()


def test_steps_are_not_repeated_at_brief_detail():
    timeline = timeline_of(protocol_of(120, coaching=STEPS), detail="brief")
    assert on(Side.LEFT, timeline) == [(1, "Stay for 20 to 30 seconds."), (26, "Bend your left knee.")]
    assert on(Side.RIGHT, timeline) == [(1, "Stay again."), (26, "Bend.")]


def test_who_is_told_to_stay_so_long_has_that_much_left_and_what_follows_goes_with_it():
    timeline = timeline_of(protocol_of(22, coaching=STEPS))
    assert tips(timeline) == []
    assert {drop.text for drop in timeline.dropped} >= {
        "Stay for 20 to 30 seconds.",
        "Bend your left knee.",
        "Roll on.",
    }
    assert shortages(timeline) == (
        "3 tips have no room on any side and will not be heard, the first “Stay for 20 to 30 seconds.” of 'roll'; "
        "a longer hold has room",
    )


def test_what_had_no_room_on_the_first_side_is_said_on_the_second_in_its_full_words():
    lines = [{"say": f"Line {name}.", "again": f"Short {name}."} for name in "abcd"]
    timeline = timeline_of(protocol_of(45, coaching=lines))
    assert [text for _, text in on(Side.LEFT, timeline)] == ["Line a.", "Line b.", "Line c."]
    assert [text for _, text in on(Side.RIGHT, timeline)] == ["Short a.", "Short b.", "Line d."]
    assert shortages(timeline) == ()


def test_one_tip_without_room_on_either_side_is_said_so_once():
    timeline = timeline_of(protocol_of(45, coaching=[{"say": "Lean to the {other_side}.", "left_s": 44}]))
    assert shortages(timeline) == (
        "1 tip has no room on any side and will not be heard, “Lean to the right.” of 'roll'; a longer hold has room",
    )
    assert [drop.text for drop in timeline.dropped] == ["Lean to the right.", "Lean to the left."]


def test_the_warning_comes_before_what_it_warns_of_and_later_sets_only_remind():
    timeline = timeline_of(
        protocol_of(
            60, sets=2, rest_s=30, coaching=["Shift forward.", "Raise your arm."], mistake="Keep your ribs down."
        )
    )
    whole = ["Keep your ribs down.", "Shift forward.", "Raise your arm."]
    assert [text for _, _, text in tips(timeline)] == [*whole, *whole, "Shift forward.", "Shift forward."]


def test_of_the_two_lines_of_brief_detail_a_warning_comes_before_what_it_warns_of():
    coaching = ["Shift forward.", "Look ahead."]
    timeline = timeline_of(protocol_of(60, coaching=coaching, mistake="Keep your ribs down."), detail="brief")
    assert [text for _, _, text in tips(timeline)] == ["Keep your ribs down.", "Shift forward."] * 2


@pytest.mark.parametrize("detail", ["full", "brief", "minimal"])
def test_a_caution_is_said_before_the_hold_on_each_side_and_in_fewer_words_on_the_second(detail: str):
    protocol = protocol_of(45, caution="Mind the bone. It is near.", caution_brief="Mind the bone.", load="Lower down.")
    timeline = timeline_of(protocol, detail=detail)
    first, second = timeline.of_kind(EventKind.HOLD)
    said = [event for event in timeline.events if event.role is SpeechRole.CAUTION]
    assert [event.text for event in said] == ["Mind the bone. It is near.", "Mind the bone."]
    assert said[0].end_ms < first.start_ms < first.end_ms < said[1].start_ms < said[1].end_ms < second.start_ms
    loads = [event.start_ms for event in timeline.events if event.text == "Lower down."]
    assert all(caution.end_ms < load_ms for caution, load_ms in zip(said, loads, strict=False)), "what loads comes last"


@pytest.mark.parametrize("cues", [{}, {"ten_seconds": False}, {"countdown": False}])
def test_the_last_ten_seconds_belong_to_the_clock(cues):
    # In a shorter hold only the countdown tells that there is a clock.
    for hold_s in (20, 29, 30, 45, 61) if cues != {"countdown": False} else (30, 45, 61):
        timeline = timeline_of(protocol_of(hold_s, coaching=[f"Line {name}." for name in "abcdef"]), cues=cues)
        ends = [hold.end_ms for hold in timeline.of_kind(EventKind.HOLD)]
        coached = [event for event in timeline.events if event.role is SpeechRole.COACHING]
        assert {event.place.side for event in coached} == {*Side}
        assert all(event.end_ms <= min(end for end in ends if end > event.start_ms) - 10_000 for event in coached)


def test_a_calm_line_breaks_long_silence_in_its_middle_and_only_at_full_detail():
    assert tips(timeline_of(protocol_of(100)), calm=True) == [
        (Side.LEFT, 21, "Keep breathing."),
        (Side.LEFT, 44, "Relax your face."),
        (Side.LEFT, 67, "Breathe easily."),
        (Side.RIGHT, 21, "Relax your shoulders."),
        (Side.RIGHT, 44, "Keep breathing."),
        (Side.RIGHT, 67, "Relax your face."),
    ]
    for quiet in (
        timeline_of(protocol_of(100), detail="brief"),
        timeline_of(protocol_of(100, cues={"tips": False})),
        timeline_of(protocol_of(100, breath=True), breath={"on": True}),
        timeline_of(protocol_of(40)),
    ):
        assert tips(quiet, calm=True) == []


def test_a_hold_that_begins_without_a_beep_after_long_silence_is_filled_as_any_other():
    quiet = OPEN | {"start": False}
    lines = tips(timeline_of(protocol_of(hold_s=150, setup_s=600), cues=quiet), calm=True)
    assert [second for _, second, _ in lines] == [
        second for _, second, _ in tips(timeline_of(protocol_of(hold_s=150), cues=quiet), calm=True)
    ]
    assert len(lines) >= 2


def test_an_hour_is_not_talked_through():
    assert len(tips(timeline_of(protocol_of(3600)), calm=True)) <= 2 * 16


FEELS = [{"say": f"You feel it {where}.", "feel": True} for where in ("in front", "above", "below")]


def test_of_several_lines_that_say_how_it_feels_one_is_said_and_another_the_next_day():
    def heard(seed: int) -> list[str]:
        return [text for _, _, text in tips(timeline_of(protocol_of(60, coaching=["Shift.", *FEELS]), seed=seed))]

    days = [heard(seed) for seed in (20261130, 20261201, 20261202, 20261203)]
    assert all(said == [*said[:2], *said[:2]] and said[0] == "Shift." for said in days)
    assert len({said[1] for said in days[:3]}) == 3
    assert days[3] == days[0]
