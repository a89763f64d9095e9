"""Over random protocols and profiles: nothing overlaps, holds are exact, sides equal, nothing is lost in silence."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings

from audioguide.languages.en.spoken import SPOKEN as ENGLISH
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import BeepRole, EventKind, RestRole, Sides, SpeechRole
from audioguide.model.script import Break, Hold, Line, RepSet, Script
from audioguide.model.session import Effort, Prescription, Session
from audioguide.model.timeline import Timeline
from audioguide.model.units import FRAME_MS, snap_ms
from tests.examples import examples
from tests.helpers import layer, session_of, timed, without_pauses
from tests.strategies import profiles, protocols


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(protocols(own_doses=True), profiles())
def test_whatever_the_protocol_and_the_person_the_timeline_holds(protocol: dict[str, Any], profile: dict[str, Any]):
    session = session_of(parse_protocol(protocol, "random.toml"), layer("profile anna", **profile))
    script, timeline = timed(session)
    # Making a random session takes longer than looking at it, so all of them look at the same ones.
    assert_no_sound_overlaps_another_and_all_lies_inside_the_session(timeline)
    assert_every_hold_lasts_what_was_asked_between_its_two_beeps(script, timeline)
    assert_left_and_right_are_equal(timeline)
    assert_every_line_of_the_script_is_said_or_listed_as_dropped(script, timeline)
    assert_calls_are_on_time_and_leave_the_last_ten_seconds(script, timeline)
    assert_no_two_tips_come_within_twelve_seconds(timeline)
    assert_reps_keep_the_clock_of_their_tempo(script, timeline)
    assert_a_rest_lasts_what_was_asked_or_is_said_to_be_longer(script, timeline)
    assert_no_dose_is_unsaid_where_it_changed(session, timeline)
    assert_equal_reps_are_equally_worded(script, timeline)
    assert_pauses_change_no_length_and_lose_no_word(script, timeline)


def assert_no_sound_overlaps_another_and_all_lies_inside_the_session(timeline: Timeline) -> None:
    assert all(earlier.end_ms <= later.start_ms for earlier, later in pairwise(timeline.sounds()))
    assert timeline.sounds()[0].start_ms >= 2 * FRAME_MS
    assert timeline.duration_ms % FRAME_MS == 0
    assert timeline.sounds()[-1].end_ms < timeline.duration_ms


def assert_every_hold_lasts_what_was_asked_between_its_two_beeps(script: Script, timeline: Timeline) -> None:
    asked = [step for step in script.steps if isinstance(step, Hold)]
    holds = timeline.of_kind(EventKind.HOLD)
    assert [hold.place for hold in holds] == [step.place for step in asked]
    ends = {event.end_ms for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REP)}
    for hold, step in zip(holds, asked, strict=True):
        # What follows another effort without a break makes good what that one's rounding owes.
        within_ms = FRAME_MS - 1 if hold.start_ms in ends else FRAME_MS / 2
        assert abs(hold.duration_ms - step.duration_ms) <= within_ms
    beeps = {(event.role, event.start_ms) for event in timeline.of_kind(EventKind.BEEP)}
    starts = {event.start_ms for event in timeline.of_kind(EventKind.BEEP) if event.role is BeepRole.START}
    for hold, step in zip(holds, asked, strict=True):
        assert ((BeepRole.START, hold.start_ms) in beeps) is (step.beep is not None)
        # The start beep of what follows without a break, or after next to none, ends it too.
        soon = any(hold.end_ms <= start <= hold.end_ms + 500 for start in starts)
        assert (BeepRole.END, hold.end_ms) in beeps or soon


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
        # One treated side has no other to be equal to.
        assert lengths == by_side.get((exercise, "right" if side == "left" else "left"), lengths)


def assert_every_line_of_the_script_is_said_or_listed_as_dropped(script: Script, timeline: Timeline) -> None:
    said = {event.text for event in timeline.events}
    dropped = {(drop.text, drop.exercise) for drop in timeline.dropped}
    optional = {
        line for step in script.steps if isinstance(step, Break) for line in (step.ready, *step.position, step.length)
    }
    optional |= {line for step in script.steps if isinstance(step, Hold) for line in step.calm}
    for line in script.lines():
        if line.when is not None and line.when.once:
            # What is said once is offered to several holds, and listed with one of them.
            assert line.text in said or line.text in {text for text, _ in dropped}
            continue
        again = {line.when.again} if line.when is not None else set()
        assert line in optional or said & {*line.wordings, *again} or (line.text, line.place.exercise) in dropped


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
    first, *asked = breaks_between(script)
    assert timeline.of_kind(EventKind.REST)[0].duration_ms >= first.rest_ms - FRAME_MS / 2
    for step, span in zip(asked, between_efforts(script, timeline), strict=True):
        if span is None:
            continue
        gap_ms = span[1] - span[0]
        assert gap_ms >= step.rest_ms - FRAME_MS / 2
        if step.exact and (f"a rest of {step.rest_ms / 1000:g} s", step.place.exercise) not in longer:
            assert gap_ms <= step.rest_ms + FRAME_MS / 2


def assert_no_dose_is_unsaid_where_it_changed(session: Session, timeline: Timeline) -> None:
    """Follow the session as a listener, who knows of each exercise the dose that was last said."""
    noted = {(drop.text, drop.exercise) for drop in timeline.dropped}
    efforts = [event for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REP)]
    said = [event for event in timeline.of_kind(EventKind.SPEECH) if event.role is SpeechRole.EXERCISE]
    doses = {dose_of(item) for item in session.prescriptions()}
    said = [event for event in said if event.text in doses]
    known: dict[str | None, str | None] = {}
    for phase in session.phases:
        known.pop("circuit", None)
        for item in phase.prescriptions * (phase.circuit.rounds if phase.circuit else 1):
            effort = efforts[0]
            efforts = efforts[item.sets * sum(work_events(item, effort) for effort in item.efforts) :]
            while said and said[0].start_ms < effort.start_ms:
                told = said.pop(0)
                known[told.place.exercise] = known["circuit"] = told.text
            if phase.circuit and phase.circuit.same_work and item.id not in known:
                # One time of work for all is said with the first.
                known[item.id] = known.get("circuit")
            as_it_begins = said[0].text if said and said[0].start_ms < effort.end_ms else None
            # Only a circuit's rest, which must not grow for it, may leave it out, and then that is listed.
            tight = phase.circuit is not None and (dose_of(item), item.id) in noted
            assert dose_of(item) in (known.get(item.id), as_it_begins) or tight
    assert not efforts


def dose_of(item: Prescription) -> str:
    """Return an exercise's dose in the words in which it is said."""
    return f"{ENGLISH.dose.prescribed(item, ENGLISH.lengths)}."


def work_events(item: Prescription, effort: Effort) -> int:
    """Return how many holds or reps of a timeline an effort is."""
    return 1 if effort.reps is None else effort.reps * (2 if item.exercise.sides is Sides.ALTERNATING else 1)


def assert_equal_reps_are_equally_worded(script: Script, timeline: Timeline) -> None:
    placed = iter(timeline.of_kind(EventKind.REP))
    sounds = timeline.sounds()
    starts = [sound.start_ms for sound in sounds]
    beeps = {sound.start_ms for sound in sounds if sound.role in AT_AN_END_OR_START}
    for step in script.steps:
        heard: dict[object, set[object]] = {}
        for rep in step.reps if isinstance(step, RepSet) else ():
            event = next(placed)
            if event.start_ms in beeps:
                # Without a break before it, the beep that ends or starts takes the first word's time.
                continue
            inside = sounds[bisect_left(starts, event.start_ms) : bisect_left(starts, event.end_ms)]
            marks = tuple(mark.text if isinstance(mark, Line) else mark for mark in rep.marks)
            # A lead tone belongs to the output, not to the rep.
            words = tuple((sound.role, sound.text) for sound in inside if sound.role is not BeepRole.LEAD)
            heard.setdefault((rep.parts_ms, marks, rep.tick), set()).add(words)
        assert all(len(ways) == 1 for ways in heard.values())


def assert_pauses_change_no_length_and_lose_no_word(script: Script, timeline: Timeline) -> None:
    plain = without_pauses(script)
    assert timeline.duration_ms == plain.duration_ms
    assert timeline.dropped == plain.dropped
    for kind in (EventKind.HOLD, EventKind.REP, EventKind.REST):
        assert timeline.of_kind(kind) == plain.of_kind(kind)
    said, plainly = timeline.of_kind(EventKind.SPEECH), plain.of_kind(EventKind.SPEECH)
    assert [event.text for event in said] == [event.text for event in plainly]
    assert all(event.start_ms % FRAME_MS == 0 for event in said if event.role is SpeechRole.SETUP)


AT_AN_END_OR_START = (BeepRole.START, BeepRole.END, BeepRole.SET)
WISHES_S = (0, 0.1, 0.3, 0.5, 1, 2, 3, 4, 5.5, 8, 12, 20)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(protocols(own_doses=True), profiles())
def test_a_rest_is_never_longer_for_a_shorter_wish(protocol: dict[str, Any], profile: dict[str, Any]):
    anna = layer("profile anna", **profile)
    shorter: list[tuple[int, set[str]]] = []
    for wish_s in WISHES_S:
        for exercise in protocol["exercise"].values():
            exercise["rest_s"] = wish_s
        for phase in protocol["phase"]:
            if "circuit" in phase:
                phase["circuit"]["rest_s"] = wish_s
        script, timeline = timed(session_of(parse_protocol(protocol, "random.toml"), anna))
        # What leads to another exercise lasts at least as long as its words.
        rests = [
            (span[1] - span[0], texts_between(timeline, *span))
            for step, span in zip(breaks_between(script)[1:], between_efforts(script, timeline), strict=True)
            if step.role is RestRole.REST and span is not None
        ]
        for (shorter_ms, texts), (longer_ms, later_texts) in zip(shorter or rests, rests, strict=True):
            # A dose for which a shorter rest before had no room is said, and takes its time, in this one.
            assert shorter_ms <= longer_ms or texts - later_texts
        shorter = rests


def texts_between(timeline: Timeline, start_ms: int, end_ms: int) -> set[str]:
    """Return what is said from one time to another."""
    return {sound.text for sound in timeline.sounds() if sound.text and start_ms <= sound.start_ms < end_ms}


def breaks_between(script: Script) -> list[Break]:
    """Return the breaks that lead to an effort."""
    return [
        step for step, after in pairwise(script.steps) if isinstance(step, Break) and isinstance(after, Hold | RepSet)
    ]


def between_efforts(script: Script, timeline: Timeline) -> list[tuple[int, int] | None]:
    """Return the span from the end of each hold and set of reps to the next start beep; None where that is off."""
    beeps = [event.start_ms for event in timeline.of_kind(EventKind.BEEP) if event.role is BeepRole.START]
    starts = iter(beeps)
    efforts = [event for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REP)]
    spans: list[tuple[int, int] | None] = []
    for step in script.steps:
        if isinstance(step, Hold | RepSet):
            start = None if step.beep is None else next(starts)
            before = [event.end_ms for event in efforts if start is not None and event.start_ms < start]
            spans.append((max(before), start) if start is not None and before else None)
    return spans[1:]
