"""Over random protocols and profiles: nothing overlaps, holds are exact, sides equal, nothing is lost in silence."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings

from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.script import Break, Hold, Line, RepSet, Script
from audioguide.model.timeline import Timeline
from audioguide.model.units import FRAME_MS, snap_ms
from tests.helpers import layer, session_of, timed
from tests.strategies import profiles, protocols


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(protocols(), profiles())
def test_whatever_the_protocol_and_the_person_the_timeline_holds(protocol: dict[str, Any], profile: dict[str, Any]):
    script, timeline = timed(session_of(parse_protocol(protocol, "random.toml"), layer("profile anna", **profile)))
    # Making a random session takes longer than looking at it, so all of them look at the same ones.
    assert_no_sound_overlaps_another_and_all_lies_inside_the_session(timeline)
    assert_every_hold_lasts_what_was_asked_between_its_two_beeps(script, timeline)
    assert_left_and_right_are_equal(timeline)
    assert_every_line_of_the_script_is_said_or_listed_as_dropped(script, timeline)
    assert_calls_are_on_time_and_leave_the_last_ten_seconds(script, timeline)
    assert_no_two_tips_come_within_twelve_seconds(timeline)
    assert_reps_keep_the_clock_of_their_tempo(script, timeline)
    assert_a_rest_lasts_what_was_asked_or_is_said_to_be_longer(script, timeline)


def assert_no_sound_overlaps_another_and_all_lies_inside_the_session(timeline: Timeline) -> None:
    assert all(earlier.end_ms <= later.start_ms for earlier, later in pairwise(timeline.sounds()))
    assert timeline.sounds()[0].start_ms >= 2 * FRAME_MS
    assert timeline.duration_ms % FRAME_MS == 0
    assert timeline.sounds()[-1].end_ms < timeline.duration_ms


def assert_every_hold_lasts_what_was_asked_between_its_two_beeps(script: Script, timeline: Timeline) -> None:
    asked = [step for step in script.steps if isinstance(step, Hold)]
    holds = timeline.of_kind(EventKind.HOLD)
    assert [hold.place for hold in holds] == [step.place for step in asked]
    assert all(
        abs(hold.duration_ms - step.duration_ms) <= FRAME_MS / 2 for hold, step in zip(holds, asked, strict=True)
    )
    beeps = {(event.role, event.start_ms) for event in timeline.of_kind(EventKind.BEEP)}
    for hold, step in zip(holds, asked, strict=True):
        assert ((BeepRole.START, hold.start_ms) in beeps) is (step.beep is not None)
        assert (BeepRole.END, hold.end_ms) in beeps


def assert_calls_are_on_time_and_leave_the_last_ten_seconds(script: Script, timeline: Timeline) -> None:
    asked = [step for step in script.steps if isinstance(step, Hold)]
    said = {(event.text, event.start_ms): event for event in timeline.of_kind(EventKind.SPEECH)}
    dropped = {(drop.text, drop.exercise) for drop in timeline.dropped}
    for hold, step in zip(timeline.of_kind(EventKind.HOLD), asked, strict=True):
        for call in step.calls:
            if isinstance(call.sound, Line) and call.until_ms is not None:
                event = said.get((call.sound.text, hold.start_ms + snap_ms(call.at_ms)))
                assert event is not None or (call.sound.text, step.place.exercise) in dropped
                assert event is None or event.end_ms <= hold.end_ms - 10_000 + FRAME_MS


def assert_left_and_right_are_equal(timeline: Timeline) -> None:
    by_side: dict[tuple[str | None, str], list[int]] = {}
    for hold in timeline.of_kind(EventKind.HOLD):
        if hold.place.side:
            by_side.setdefault((hold.place.exercise, hold.place.side), []).append(hold.duration_ms)
    for (exercise, side), lengths in by_side.items():
        assert lengths == by_side[exercise, "right" if side == "left" else "left"]


def assert_every_line_of_the_script_is_said_or_listed_as_dropped(script: Script, timeline: Timeline) -> None:
    said = {event.text for event in timeline.events}
    dropped = {(drop.text, drop.exercise) for drop in timeline.dropped}
    optional = {line for step in script.steps if isinstance(step, Break) for line in (step.ready, step.position)}
    for line in script.lines():
        assert line in optional or said & set(line.wordings) or (line.text, line.place.exercise) in dropped


def assert_no_two_tips_come_within_twelve_seconds(timeline: Timeline) -> None:
    tips = [event for event in timeline.events if event.role in (SpeechRole.COACHING, SpeechRole.MISTAKE)]
    assert all(later.start_ms - earlier.start_ms >= 12_000 for earlier, later in pairwise(tips))


def assert_reps_keep_the_clock_of_their_tempo(script: Script, timeline: Timeline) -> None:
    reps = iter(timeline.of_kind(EventKind.REP))
    for step in script.steps:
        if isinstance(step, RepSet):
            placed = [next(reps) for _ in step.reps]
            clock_ms = float(placed[0].start_ms)
            for event, rep in zip(placed, step.reps, strict=True):
                assert abs(event.start_ms - clock_ms) <= FRAME_MS
                clock_ms += rep.duration_ms


def assert_a_rest_lasts_what_was_asked_or_is_said_to_be_longer(script: Script, timeline: Timeline) -> None:
    longer = {(drop.text, drop.exercise) for drop in timeline.dropped if drop.why.startswith("made ")}
    asked = [step for step in script.steps if isinstance(step, Break)]
    rests = timeline.of_kind(EventKind.REST)
    assert [rest.place for rest in rests] == [step.place for step in asked]
    for rest, step in zip(rests, asked, strict=True):
        assert rest.duration_ms >= step.rest_ms - FRAME_MS / 2
        if step.exact and (f"a rest of {step.rest_ms / 1000:g} s", step.place.exercise) not in longer:
            assert rest.duration_ms <= step.rest_ms + FRAME_MS / 2
