from itertools import pairwise

import pytest

from audioguide.model.kinds import BeepRole, EventKind, RestRole, Side, SpeechRole
from audioguide.model.timeline import Event, Timeline
from audioguide.model.units import FRAME_MS
from audioguide.pipeline import prepare_session
from audioguide.schedule.efforts import word_limits_ms
from tests.helpers import HOLD, REPS, layer, parsed, session_of, timed, timeline_of


def beeps(timeline: Timeline, role: BeepRole) -> list[Event]:
    return [event for event in timeline.of_kind(EventKind.BEEP) if event.role is role]


def said(timeline: Timeline, role: SpeechRole) -> list[Event]:
    return [event for event in timeline.of_kind(EventKind.SPEECH) if event.role is role]


def test_a_hold_runs_from_the_onset_of_its_start_beep_to_the_onset_of_its_end_beep():
    timeline = timeline_of(HOLD)
    holds = timeline.of_kind(EventKind.HOLD)
    assert [hold.start_ms for hold in holds] == [beep.start_ms for beep in beeps(timeline, BeepRole.START)]
    assert [hold.end_ms for hold in holds] == [beep.start_ms for beep in beeps(timeline, BeepRole.END)]
    assert [hold.duration_ms for hold in holds] == [45_000, 45_000]


@pytest.mark.parametrize("seconds", [1, 2.5, 7, 31, 44.9, 61, 119, 3599])
def test_a_hold_lasts_what_was_asked_within_one_frame_and_both_sides_are_equal(seconds):
    holds = timeline_of(HOLD, layer(exercise={"reach": {"hold_s": seconds}})).of_kind(EventKind.HOLD)
    assert abs(holds[0].duration_ms - seconds * 1000) < FRAME_MS
    assert holds[0].duration_ms == holds[1].duration_ms
    assert {hold.place.side for hold in holds} == {Side.LEFT, Side.RIGHT}


def test_three_beeps_count_down_exactly_a_second_apart_to_the_end():
    timeline = timeline_of(HOLD, layer(exercise={"reach": {"hold_s": 47}}))
    end_ms = timeline.of_kind(EventKind.HOLD)[0].end_ms
    first_three = [beep.start_ms for beep in beeps(timeline, BeepRole.COUNTDOWN)][:3]
    assert first_three == [end_ms - 3000, end_ms - 2000, end_ms - 1000]


@pytest.mark.parametrize(("seconds", "calls"), [(29, []), (30, ["Ten seconds."]), (40, ["Halfway.", "Ten seconds."])])
def test_time_calls_are_made_from_thirty_and_forty_seconds_on(seconds, calls):
    timeline = timeline_of(HOLD, layer(exercise={"reach": {"hold_s": seconds}}, cues={"tips": False}))
    hold = timeline.of_kind(EventKind.HOLD)[0]
    inside = [event for event in said(timeline, SpeechRole.TIME) if hold.start_ms < event.start_ms < hold.end_ms]
    assert [event.text for event in inside] == calls
    wanted = {"Halfway.": seconds * 500, "Ten seconds.": seconds * 1000 - 10_000}
    assert all(abs(event.start_ms - hold.start_ms - wanted[event.text]) <= FRAME_MS / 2 for event in inside)


def test_coaching_keeps_a_second_to_every_other_sound_and_twelve_seconds_to_the_line_before():
    timeline = timeline_of(HOLD, layer(exercise={"reach": {"hold_s": 60}}))
    roles = {SpeechRole.CAUTION, SpeechRole.COACHING, SpeechRole.MISTAKE}
    sounds = [event for event in timeline.sounds() if event.role is not BeepRole.LEAD]
    hold = timeline.of_kind(EventKind.HOLD)[0]
    lines = [event for event in sounds if event.role in roles and hold.start_ms < event.start_ms < hold.end_ms]
    assert len(lines) == 3
    for before, event, after in zip(sounds, sounds[1:], sounds[2:], strict=False):
        if event in lines:
            assert event.start_ms - before.end_ms >= 1000
            assert after.start_ms - event.end_ms >= 1000
    assert all(later.start_ms - earlier.start_ms >= 12_000 for earlier, later in pairwise(lines))


def test_what_has_no_room_in_a_short_hold_is_listed_and_not_said():
    timeline = timeline_of(HOLD, layer(exercise={"reach": {"hold_s": 6}}))
    assert {(drop.text, drop.exercise) for drop in timeline.dropped} >= {("Don't arch.", "reach")}
    assert all("6 s" in drop.why for drop in timeline.dropped)
    assert not said(timeline, SpeechRole.MISTAKE)


def test_the_caution_is_said_before_the_first_hold_however_short_it_is():
    timeline = timeline_of(HOLD, layer(exercise={"reach": {"hold_s": 1}}, detail="minimal"))
    hold = timeline.of_kind(EventKind.HOLD)[0]
    assert [event.text for event in said(timeline, SpeechRole.CAUTION) if event.end_ms < hold.start_ms] == [
        "Stay off the bone."
    ]


def test_reps_start_on_the_clock_of_their_tempo_whatever_is_said():
    timeline = timeline_of(REPS)
    reps = [event for event in timeline.of_kind(EventKind.REP) if event.place.set == 1]
    start_ms = beeps(timeline, BeepRole.START)[0].start_ms + 1008
    assert [rep.place.rep for rep in reps] == [1, 2, 3, 4]
    assert all(abs(rep.start_ms - (start_ms + 6000 * index)) <= FRAME_MS / 2 for index, rep in enumerate(reps))
    assert beeps(timeline, BeepRole.SET)[0].start_ms == reps[-1].end_ms


def test_each_rep_begins_with_a_word_or_a_tick_and_the_last_is_announced():
    timeline = timeline_of(REPS)
    for rep in timeline.of_kind(EventKind.REP):
        opening = [event for event in timeline.sounds() if event.start_ms == rep.start_ms]
        assert len(opening) == 1
    texts = [event.text for event in said(timeline, SpeechRole.COUNT)]
    assert texts[:3] == ["Lift.", "Hold.", "Lower."]
    assert [text for text in texts if text not in ("Lift.", "Hold.", "Lower.")] == ["2.", "3.", "Last one."] * 2


def test_where_words_are_few_every_part_of_a_rep_ticks():
    timeline = timeline_of(REPS, layer(detail="minimal"))
    ticks = [beep.start_ms for beep in beeps(timeline, BeepRole.REP)]
    inner = [beep.start_ms for beep in beeps(timeline, BeepRole.REP_PART)]
    second = next(rep for rep in timeline.of_kind(EventKind.REP) if rep.place.rep == 2)
    assert any(abs(tick - second.start_ms) <= FRAME_MS for tick in ticks), "the rep's own tick begins it"
    parts = [second.start_ms + after_ms for after_ms in (1000, 4000)]
    assert all(any(abs(tick - part) <= FRAME_MS for tick in inner) for part in parts)
    # The first rep of the first set is in words, and the last of each set is announced.
    assert (len(ticks), len(inner)) == (2 + 3, 3 * 2 + 4 * 2)


def test_a_word_that_the_tempo_has_no_room_for_is_dropped_and_the_rep_keeps_its_time():
    crowded = REPS.replace('"Hold", s = 3', '"Hold it as high up as you possibly can now", s = 1')
    timeline = timeline_of(crowded)
    assert [drop.why for drop in timeline.dropped] == ["no room in the tempo"]
    assert {rep.duration_ms for rep in timeline.of_kind(EventKind.REP)} <= {3984, 4008}


def test_a_rest_between_sets_lasts_what_the_protocol_says():
    rests = [event for event in timeline_of(REPS).of_kind(EventKind.REST) if event.role is RestRole.REST]
    assert [rest.duration_ms for rest in rests] == [19_992]


def test_speech_after_five_silent_seconds_is_led_in_by_a_soft_tone():
    for text in (HOLD, REPS):
        sounds = timeline_of(text).sounds()
        assert sounds[0].role is BeepRole.LEAD
        for before, event in pairwise(sounds):
            if event.kind is EventKind.SPEECH:
                assert event.start_ms - before.end_ms < 5000
            if before.role is BeepRole.LEAD:
                assert event.kind is EventKind.SPEECH
                assert event.start_ms - before.start_ms >= 300


def test_sounds_stand_on_the_frame_grid_except_the_countdown():
    for text in (HOLD, REPS):
        assert all(
            event.start_ms % FRAME_MS == 0
            for event in timeline_of(text).sounds()
            if event.role is not BeepRole.COUNTDOWN
        )


def test_chapters_follow_one_another_from_zero_to_the_end():
    timeline = timeline_of(HOLD)
    assert [chapter.title for chapter in timeline.chapters] == ["Start", "Reach", "Closing"]
    assert timeline.chapters[0].start_ms == 0
    assert timeline.chapters[-1].end_ms == timeline.duration_ms
    assert all(earlier.end_ms == later.start_ms for earlier, later in pairwise(timeline.chapters))


def test_no_chapter_begins_inside_a_sound():
    timeline = timeline_of(HOLD)
    for chapter in timeline.chapters:
        assert not any(event.start_ms < chapter.start_ms < event.end_ms for event in timeline.sounds())


CIRCUIT = """
[[phase]]
title = "Round"
exercises = ["one", "two"]
circuit = { rounds = 2, work_s = 20, rest_s = 10, round_rest_s = 15 }
[exercise.one]
name = "One"
hold_s = 30
setup = ["Stand."]
[exercise.two]
name = "Two"
hold_s = 30
"""


def test_a_circuit_works_and_rests_by_its_own_times_in_rounds():
    timeline = timeline_of(CIRCUIT)
    holds = timeline.of_kind(EventKind.HOLD)
    rests = [event for event in timeline.of_kind(EventKind.REST) if event.role is RestRole.REST]
    assert [hold.place.exercise for hold in holds] == ["one", "two", "one", "two"]
    assert {hold.duration_ms for hold in holds} == {19_992}
    assert [rest.duration_ms for rest in rests] == [10_008, 15_000, 10_008]
    assert "Round 2 of 2." in [event.text for event in timeline.of_kind(EventKind.SPEECH)]


def test_a_rest_too_short_to_name_what_comes_is_lengthened_and_listed():
    timeline = timeline_of(CIRCUIT.replace("rest_s = 10", "rest_s = 1"))
    assert [event.text for event in said(timeline, SpeechRole.EXERCISE)].count("Two.") == 2
    longer = [drop for drop in timeline.dropped if drop.text == "a rest of 1 s"]
    assert [(drop.exercise, drop.count) for drop in longer] == [("two", 2)]
    rests = [rest.duration_ms for rest in timeline.of_kind(EventKind.REST) if rest.place.exercise == "two"]
    assert sum(rests) == 2 * 1_008 + longer[0].longer_ms


def test_a_rest_of_none_is_none_and_what_comes_is_named_as_it_begins():
    timeline = timeline_of(CIRCUIT.replace("rest_s = 10", "rest_s = 0"))
    holds = timeline.of_kind(EventKind.HOLD)
    assert holds[1].start_ms == holds[0].end_ms
    named = [event for event in said(timeline, SpeechRole.EXERCISE) if event.text == "Two."]
    assert all(
        hold.start_ms < event.start_ms < hold.start_ms + 1_000 for hold, event in zip(holds[1::2], named, strict=True)
    )
    assert not timeline.dropped


def test_a_word_may_last_until_the_next_mark_of_its_rep_and_a_count_with_a_shorter_wording_has_no_limit_of_its_own():
    script, _ = timed(session_of(parsed(REPS)))
    # A part's time less a gap of 48 ms, or two at the rep's end, and a frame for the grid.
    assert word_limits_ms(script) == {
        "Lift.": 928,
        "Hold.": 2928,
        "Lower.": 1880,
        "2.": 928,
        "3.": 928,
        "Last one.": 928,
    }
    bare = REPS.replace('{ say = "Hold", s = 3 }', "{ s = 3 }")
    assert word_limits_ms(timed(session_of(parsed(bare)))[0])["Lift."] == 3928
    sides = REPS.replace('name = "Bridge"', 'name = "Bridge"\nsides = "alternating"')
    limits = word_limits_ms(timed(session_of(parsed(sides)))[0])
    assert "2." in limits
    assert "2, left." not in limits


@pytest.mark.usefixtures("tmp_path")
def test_a_word_that_fits_only_when_said_faster_is_said_so_and_the_next_has_its_room():
    slow = layer(voice={"engine": "fake", "rate_wpm": 80})
    prepared = prepare_session(parsed(REPS), [slow])
    timeline = prepared.plan.timeline
    assert timeline.dropped == ()
    words = said(timeline, SpeechRole.COUNT)
    # As slowly as the rest "Last one." would take 1012 ms, and "Hold." would have no room.
    assert [event.duration_ms for event in words if event.text == "Last one."] == [880, 880]
    assert sum(event.text == "Hold." for event in words) == 4 + 1
    assert prepared.speech["Last one."].duration_ms == 880
