"""The solver alone: lengths and limits in, starts out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.model.units import FRAME_MS, snap_up_ms
from audioguide.schedule.tip_placing import AFTER_CAUTION_MS, SPARE_MS, TIP_SPACING_MS, Taken, Tip, place_tips

HOLD_MS = 60_000
CALLS: Taken = [(0, 300), (30_000, 31_000), (50_000, 51_000), (60_000, 60_000)]
"""A hold of a minute with its start beep, halfway, ten seconds and its end."""


def tip(rank: int = 1, length_ms: int = 3_000, until_ms: int = 50_000, **limits: int) -> Tip:
    return Tip(length_ms, from_ms=limits.pop("from_ms", 0), until_ms=until_ms, rank=rank, **limits)


def seconds(starts: dict[int, int]) -> dict[int, int]:
    return {index: round(start / 1000) for index, start in starts.items()}


def test_the_first_begins_a_second_after_the_start_beep_on_the_grid():
    assert place_tips([tip()], CALLS) == {0: snap_up_ms(300 + SPARE_MS)}


def test_few_are_spread_by_twenty_seconds_and_more_are_nearer():
    assert seconds(place_tips([tip(), tip()], CALLS)) == {0: 1, 1: 21}
    assert seconds(place_tips([tip(), tip(), tip()], CALLS)) == {0: 1, 1: 21, 2: 41}
    assert seconds(place_tips([tip()] * 4, CALLS)) == {0: 1, 1: 13, 2: 25, 3: 37}


def test_the_most_important_get_the_room_and_all_stay_in_order():
    assert seconds(place_tips([tip(rank=2), tip(rank=2), tip(rank=2), tip(rank=2), tip(rank=1)], CALLS)) == {
        0: 1,
        1: 13,
        2: 25,
        4: 37,
    }


def test_a_step_keeps_its_time_after_the_one_it_follows_while_others_are_spread():
    tips = [tip(), tip(follows=0, after_ms=15_000), tip(length_ms=1_000)]
    assert seconds(place_tips(tips, CALLS)) == {0: 1, 1: 16, 2: 36}


def test_a_step_is_left_out_with_the_one_that_it_follows():
    assert place_tips([tip(until_ms=2_000), tip(follows=0, after_ms=12_000)], CALLS) == {}


def test_what_an_important_step_follows_is_as_important():
    tips = [tip(rank=5), tip(rank=1, follows=0, after_ms=30_000), *[tip(rank=2)] * 3]
    assert {0, 1} <= place_tips(tips, CALLS).keys()


def test_nothing_lasts_beyond_its_limit_or_begins_before_its_time():
    assert place_tips([tip(from_ms=40_000, until_ms=42_000)], CALLS) == {}
    assert seconds(place_tips([tip(from_ms=40_000, until_ms=44_000)], CALLS)) == {0: 40}


def test_what_may_stand_anywhere_goes_between_the_others_where_only_there_is_room():
    tips = [tip(from_ms=1_000), tip(from_ms=40_000), tip(rank=3, anywhere=True)]
    assert seconds(place_tips(tips, CALLS))[2] == 13


def test_what_stands_for_itself_comes_before_a_more_important_tip_that_may_stand_anywhere():
    assert seconds(place_tips([tip(rank=2), tip(rank=2, until_ms=14_000), tip(rank=1, anywhere=True)], CALLS)) == {
        0: 1,
        2: 13,
    }


def test_a_caution_is_no_tip_and_the_first_tip_follows_it_soon():
    starts = place_tips([tip(rank=0, spaced=False), tip()], CALLS)
    assert starts[1] - starts[0] == snap_up_ms(3_000 + AFTER_CAUTION_MS)


def test_without_room_at_all_nothing_is_placed():
    assert place_tips([tip(length_ms=70_000)], CALLS) == {}
    assert place_tips([], CALLS) == {}


@st.composite
def problems(draw: st.DrawFn) -> list[Tip]:
    tips: list[Tip] = []
    for index in range(draw(st.integers(0, 7))):
        anywhere = draw(st.booleans())
        leaders = [number for number in range(index) if not tips[number].anywhere]
        follows = draw(st.none() | st.sampled_from(leaders)) if leaders and not anywhere else None
        tips.append(
            Tip(
                length_ms=draw(st.integers(500, 9_000)),
                from_ms=draw(st.integers(0, 40_000)),
                until_ms=draw(st.integers(10_000, 60_000)),
                rank=draw(st.integers(0, 4)),
                follows=follows,
                after_ms=draw(st.integers(12_000, 30_000)),
                anywhere=anywhere,
                spaced=draw(st.booleans()),
            )
        )
    return tips


@given(problems())
def test_whatever_is_asked_every_limit_is_kept(tips):
    starts = place_tips(tips, CALLS)
    sounds = sorted((start, start + tips[index].length_ms) for index, start in starts.items())
    assert all(end + SPARE_MS <= later for (_, end), (later, _) in pairwise(sounds))
    spaced = sorted(start for index, start in starts.items() if tips[index].spaced)
    assert all(later - start >= TIP_SPACING_MS for start, later in pairwise(spaced))
    for index, start in starts.items():
        asked, end = tips[index], start + tips[index].length_ms
        assert start % FRAME_MS == 0
        assert asked.from_ms <= start
        assert end <= asked.until_ms
        assert all(end + SPARE_MS <= other or start >= until + SPARE_MS for other, until in CALLS)
        if asked.follows is not None:
            assert start >= starts[asked.follows] + asked.after_ms
    in_order = [start for index, start in sorted(starts.items()) if not tips[index].anywhere]
    assert in_order == sorted(in_order)
    assert place_tips(tips, CALLS) == starts
    alone = [index for index, asked in enumerate(tips) if asked.follows is None and place_tips([asked], CALLS)]
    # The most important of all that would have room by themselves is always in.
    if alone and not any(asked.follows is not None for asked in tips):
        assert min(alone, key=lambda index: (tips[index].rank, index)) in starts


@pytest.mark.parametrize("count", [1, 8, 30])
def test_the_work_grows_mildly_with_the_number_of_lines(count, monkeypatch):
    looks = []
    monkeypatch.setattr(
        "audioguide.schedule.tip_placing._first_free",
        lambda from_ms, length_ms, taken: looks.append(1) or snap_up_ms(from_ms),
    )
    place_tips([tip(anywhere=index % 4 == 0) for index in range(count)], CALLS)
    assert len(looks) <= 5 * count + 150 * count
