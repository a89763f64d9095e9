"""Every built-in session, at each level, scaled and fitted: what is said in its holds is said when it makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from audioguide.compose.composer import compose
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail, EventKind, Side, SpeechRole
from audioguide.model.script import Hold, Script
from audioguide.model.session import Session
from audioguide.model.timeline import Event, Timeline
from audioguide.prescribe.fit import fit
from audioguide.schedule.hold_lines import LONG_SILENCE_MS
from audioguide.schedule.shortages import shortages
from tests.helpers import layer, session_of, timed

TEACHING = {SpeechRole.COACHING, SpeechRole.MISTAKE}
LINES = TEACHING | {SpeechRole.CAUTION, SpeechRole.CHECK, SpeechRole.ENCOURAGEMENT}


class FakePlanner:
    """Times sessions by the length of their texts."""

    def __init__(self, protocol_id: str) -> None:
        self.protocol = load_protocol(protocol_id)

    def prescribe(self, layers):
        return session_of(self.protocol, *layers)

    def time(self, session: Session) -> Timeline:
        return timed(session)[1]

    estimate = time


@cache
def sessions(protocol_id: str) -> tuple[tuple[Session, Script, Timeline], ...]:
    protocol = load_protocol(protocol_id)
    found = [session_of(protocol, layer(detail=detail, scale=scale)) for detail in Detail for scale in (0.5, 1, 2)]
    planner = FakePlanner(protocol_id)
    # Fitting takes a while, and moves doses only: a few lengths from the shortest to the longest show what it does.
    for minutes in (8, 20, 35, 50):
        wishes = layer(minutes=minutes)
        found.append(fit(protocol, [wishes], minutes, planner).best.session)
    return tuple((session, *timed(session)) for session in found)


def holds(script: Script, timeline: Timeline) -> Iterator[tuple[Hold, Event, list[Event]]]:
    """Yield each hold as composed, as timed, and what is said in it, in order."""
    steps = [step for step in script.steps if isinstance(step, Hold)]
    speech = timeline.of_kind(EventKind.SPEECH)
    for step, hold in zip(steps, timeline.of_kind(EventKind.HOLD), strict=True):
        yield step, hold, [event for event in speech if hold.start_ms <= event.start_ms < hold.end_ms]


@pytest.mark.parametrize("protocol_id", builtin_ids())
def test_what_is_said_in_a_hold_is_said_when_it_makes_sense(protocol_id):
    for session, script, timeline in sessions(protocol_id):
        for step, hold, said in holds(script, timeline):
            assert_nothing_comes_after_ten_seconds(step, hold, said)
            assert_as_much_is_left_as_each_line_needs(step, hold, said)
            assert_what_to_mind_comes_before_what_to_do(said)
        if session.detail is Detail.FULL:
            assert_no_silence_is_long(script, timeline)
        assert_both_sides_are_taught_alike_or_it_is_listed(script, timeline)
        assert_each_phase_has_its_check_and_at_most_one_word_of_encouragement(session, timeline)
        assert_no_praise_follows_a_check(timeline)


def assert_nothing_comes_after_ten_seconds(step: Hold, hold: Event, said: list[Event]) -> None:
    if step.calls:
        assert all(event.end_ms <= hold.end_ms - 10_000 for event in said if event.role in LINES)
    late = [event for event in said if event.start_ms >= hold.end_ms - 9_500]
    assert late == []


def assert_as_much_is_left_as_each_line_needs(step: Hold, hold: Event, said: list[Event]) -> None:
    words = {text: line for line in step.lines for text in (line.text, line.when and line.when.again) if text}
    starts: dict[str, int] = {}
    for event in said:
        if (line := words.get(event.text or "")) is None or line.when is None:
            continue
        when, started_ms = line.when, event.start_ms - hold.start_ms
        assert started_ms >= when.from_ms
        assert hold.end_ms - event.end_ms >= (when.left_ms or 0)
        if when.after_ms is not None:
            before = step.lines[step.lines.index(line) - 1]
            assert started_ms - starts[before.when.key] >= when.after_ms
        starts[when.key] = started_ms


def assert_what_to_mind_comes_before_what_to_do(said: list[Event]) -> None:
    roles = [event.role for event in said if event.role in TEACHING | {SpeechRole.CAUTION}]
    order = [SpeechRole.CAUTION, SpeechRole.MISTAKE, SpeechRole.COACHING]
    assert roles == sorted(roles, key=order.index)


def assert_no_silence_is_long(script: Script, timeline: Timeline) -> None:
    for step, hold, _ in holds(script, timeline):
        inside = [event for event in timeline.sounds() if hold.start_ms <= event.start_ms <= hold.end_ms]
        gaps = [after.start_ms - before.end_ms for before, after in pairwise(inside)]
        assert not step.calm or max(gaps) <= max(LONG_SILENCE_MS, hold.duration_ms / 8)


def assert_both_sides_are_taught_alike_or_it_is_listed(script: Script, timeline: Timeline) -> None:
    heard: dict[tuple[str | None, int | None], dict[Side, set[str]]] = {}
    lengths: dict[tuple[str | None, int | None], set[int]] = {}
    for step, hold, said in holds(script, timeline):
        if hold.place.side is None:
            continue
        words = {text: line for line in step.lines for text in (line.text, line.when and line.when.again) if text}
        told = [words[event.text] for event in said if event.role in TEACHING and event.text in words]
        keys = {line.when.key for line in told if not line.when.once}  # a line that is said once is on no other side
        place = (hold.place.exercise, hold.place.set)
        heard.setdefault(place, {})[hold.place.side] = keys
        lengths.setdefault(place, set()).add(hold.duration_ms)
    dropped = {drop.exercise for drop in timeline.dropped}
    for (exercise, number), by_side in heard.items():
        if number == 1 and exercise not in dropped and len(lengths[exercise, number]) == 1:
            assert by_side[Side.LEFT] == by_side[Side.RIGHT]
    # What is heard on neither side is told by the build.
    assert any("no room on any side" in note for note in shortages(timeline)) is any(
        drop.tip for drop in timeline.dropped
    )


def assert_each_phase_has_its_check_and_at_most_one_word_of_encouragement(session: Session, timeline: Timeline) -> None:
    counts = {
        role: sum(event.role is role for event in timeline.events)
        for role in (SpeechRole.CHECK, SpeechRole.ENCOURAGEMENT)
    }
    most = {Detail.FULL: len(session.phases), Detail.BRIEF: len(session.phases), Detail.MINIMAL: 0}[session.detail]
    assert counts[SpeechRole.CHECK] == (0 if session.protocol == "box-breathing" else most)
    assert counts[SpeechRole.ENCOURAGEMENT] <= most


def assert_no_praise_follows_a_check(timeline: Timeline) -> None:
    checks = [event for event in timeline.events if event.role is SpeechRole.CHECK]
    for event in timeline.events:
        if event.role is SpeechRole.ENCOURAGEMENT:
            assert all(not check.start_ms <= event.start_ms < check.end_ms + 60_000 for check in checks)
            assert all(check.place != event.place for check in checks)


@pytest.mark.parametrize("wishes", [{"acute": True}, {"acute": True, "detail": "brief"}, {"cues": {"tips": False}}])
def test_each_phase_has_its_check_whatever_the_person_wishes(wishes: dict[str, object]):
    session = session_of(load_protocol("hip-flexor"), layer(**wishes))
    timeline = timed(session)[1]
    assert_each_phase_has_its_check_and_at_most_one_word_of_encouragement(session, timeline)
    assert_no_praise_follows_a_check(timeline)
    checks = [event.start_ms for event in timeline.events if event.role is SpeechRole.CHECK]
    for title in ("Release", "Stretch", "Strengthen"):
        chapters = [chapter for chapter in timeline.chapters if chapter.phase == title]
        assert sum(chapters[0].start_ms <= at_ms < chapters[-1].end_ms for at_ms in checks) == 1


def test_the_usual_session_has_room_for_all_and_a_check_and_encouragement_in_each_phase():
    for detail in (Detail.FULL, Detail.BRIEF):
        session = session_of(load_protocol("hip-flexor"), layer(detail=detail))
        timeline = timed(session)[1]
        # Where a hold has no room for the check and all tips, the other side hears the tip that gave way.
        assert [cue.text for cue in timeline.dropped if cue.tip or cue.exercise != "half-kneeling"] == []
        assert len(timeline.dropped) <= 1
        said = [event.role for event in timeline.events]
        assert said.count(SpeechRole.CHECK) == 3
        assert said.count(SpeechRole.ENCOURAGEMENT) == 3


def test_the_same_seed_gives_the_same_script_and_another_day_other_words():
    protocol = load_protocol("hip-flexor")

    def words(seed: int) -> list[str]:
        lines = compose(session_of(protocol, layer(seed=seed))).lines()
        return list(dict.fromkeys(line.text for line in lines if line.role is SpeechRole.ENCOURAGEMENT))

    assert words(20261130) == words(20261130)
    assert len(words(20261130)) == 3
    assert not set(words(20261130)) & set(words(20261201))
