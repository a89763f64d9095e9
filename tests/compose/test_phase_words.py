"""The check and the encouragement of a phase: where they are offered, at which level, and which words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from audioguide.compose.composer import compose
from audioguide.languages.en.spoken import SPOKEN as ENGLISH
from audioguide.library.builtin import conditions, exercises
from audioguide.model.kinds import EventKind, SpeechRole
from audioguide.model.script import Break, Hold, Script
from audioguide.prescribe.prescriber import prescribe
from tests.helpers import HEAD, layer, parsed, session_of, timed

PHASES = (
    """
safety = ["Stop if it hurts."]
"""
    + "".join(
        f"""
[[phase]]
title = "Phase {number}"
exercises = ["reach", "bridge", "reach", "bridge"]
"""
        for number in range(3)
    )
    + """
[exercise.reach]
name = "Reach"
hold_s = 60
[exercise.bridge]
name = "Bridge"
reps = 4
sets = 2
tempo = [{ say = "Lift", s = 2 }, { say = "Lower", s = 2 }]
rest_s = 20
"""
)


def offered(script: Script, role: SpeechRole) -> list[tuple[str, str | None, str]]:
    """Return where a line of ``role`` is offered, a fallback aside: the kind of step, the exercise, the words."""
    return [
        (type(step).__name__, step.place.exercise, line.text)
        for step in script.steps
        if isinstance(step, Hold | Break)
        for line in step.lines
        if line.role is role and not (line.when and line.when.fallback)
    ]


def said(text: str, role: SpeechRole, **wishes: object) -> list[str]:
    timeline = timed(session_of(parsed(text), layer(**wishes)))[1]
    return [event.text or "" for event in timeline.events if event.role is role]


def test_a_check_is_offered_from_the_start_and_encouragement_from_the_middle_of_a_phase():
    script = compose(session_of(parsed(HEAD + PHASES)))
    places = [("Hold", "reach"), ("Break", "bridge")]
    assert [place[:2] for place in offered(script, SpeechRole.CHECK)] == places * 2 * 3
    assert [place[:2] for place in offered(script, SpeechRole.ENCOURAGEMENT)] == places * 3


@pytest.mark.parametrize(("detail", "checks", "words"), [("full", 3, 3), ("brief", 3, 3), ("minimal", 0, 0)])
def test_each_level_has_its_own_number(detail, checks, words):
    text = HEAD + PHASES
    assert said(text, SpeechRole.CHECK, detail=detail) == [ENGLISH.check] * checks
    assert len(said(text, SpeechRole.ENCOURAGEMENT, detail=detail)) == words


def test_who_wants_no_encouragement_has_none_and_a_check_all_the_same():
    assert said(HEAD + PHASES, SpeechRole.ENCOURAGEMENT, encouragement=False) == []
    assert len(said(HEAD + PHASES, SpeechRole.CHECK, encouragement=False)) == 3


def test_a_protocol_without_stop_rules_has_no_check():
    assert said(HEAD + PHASES.replace('safety = ["Stop if it hurts."]', ""), SpeechRole.CHECK) == []


QUIET = ("hold_s = 60\ncues = { tips = false }", "hold_s = 60\nbreath = true", "hold_s = 39")


@pytest.mark.parametrize("quiet", QUIET)
def test_quiet_paced_and_short_holds_have_neither_and_the_check_is_said_while_getting_into_position(quiet):
    text = HEAD + PHASES.replace("hold_s = 60", quiet).replace("rest_s = 20", "rest_s = 10")
    timeline = timed(session_of(parsed(text), layer(breath={"on": True})))[1]
    assert [event for event in timeline.events if event.role is SpeechRole.ENCOURAGEMENT] == []
    checks = [event for event in timeline.events if event.role is SpeechRole.CHECK]
    assert [event.place.exercise for event in checks] == ["bridge"] * 3, "the phase's second exercise"
    for check in checks:
        assert any(rest.start_ms <= check.start_ms < rest.end_ms for rest in timeline.of_kind(EventKind.REST))


ONE = (
    HEAD
    + """
safety = ["Stop if it hurts."]
[[phase]]
title = "Only"
exercises = ["only"]
[exercise.only]
name = "Only"
"""
)


@pytest.mark.parametrize(
    ("exercise", "at"),
    [
        ("hold_s = 60", "hold"),
        ("hold_s = 30", "rest"),
        ("hold_s = 30\nsets = 2\nrest_s = 5", "rest"),
        ('hold_s = 30\nsides = "each"', "rest"),
        ("hold_s = 30\nsetup_s = 0", "rest"),
        (
            "hold_s = 40\ncalls = [{ at_s = 12, say = 'Look up.' }, { at_s = 24, say = 'Look up, and breathe on.' }]",
            "rest",
        ),
        ("hold_s = [20, 20, 20]\nrest_s = 0\nsetup_s = 0", "rest"),
        ("hold_s = 5\nrepeat = 6\nrelax_s = 3", "rest"),
        ('reps = 4\ntempo = "2-0-2"', "rest"),
        ('reps = 4\nsets = 3\nrest_s = 15\ntempo = "2-0-2"', "rest"),
    ],
)
@pytest.mark.parametrize("detail", ["full", "brief"])
def test_a_phase_of_one_exercise_has_its_check_whatever_its_doses(exercise, at, detail):
    timeline = timed(session_of(parsed(ONE + exercise), layer(detail=detail)))[1]
    (check,) = [event for event in timeline.events if event.role is SpeechRole.CHECK]
    spans = [event for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REST)]
    assert [span.kind for span in spans if span.start_ms <= check.start_ms < check.end_ms <= span.end_ms] == [at]
    assert check.text not in [cue.text for cue in timeline.dropped]


def test_the_check_is_said_in_a_circuit_and_before_rounds_against_the_clock():
    for circuit in ("rounds = 2, rest_s = 10", "minutes = 5"):
        text = ONE.replace('["only"]', f'["only", "other"]\ncircuit = {{ {circuit} }}')
        for name in ("", '[exercise.other]\nname = "Other"\n'):
            text += name + 'reps = 4\ntempo = "2-0-2"\n'
        assert len(said(text, SpeechRole.CHECK)) == 1


def test_in_breathing_alone_nothing_can_hurt():
    breath = 'reps = 4\ntempo = [{ say = "In", s = 4, breath = "in" }, { say = "Out", s = 4, breath = "out" }]'
    assert said(ONE + breath, SpeechRole.CHECK) == []


def test_tips_make_room_for_the_check_in_a_hold_and_in_a_rest():
    tips = ", ".join(f'"Tip number {number}, in a few more words than it needs."' for number in range(9))
    timeline = timed(session_of(parsed(ONE + f"hold_s = 60\ncoaching = [{tips}]")))[1]
    (hold,) = timeline.of_kind(EventKind.HOLD)
    (check,) = [event for event in timeline.events if event.role is SpeechRole.CHECK]
    assert hold.start_ms < check.start_ms < hold.end_ms
    reps = f'reps = 4\nsets = 2\nrest_s = 15\ntempo = "2-0-2"\ncoaching = [{tips}]'
    events = timed(session_of(parsed(ONE + reps)))[1].events
    # The dose, the exercise and the check leave no room for a tip in 15 s.
    roles = [event.role for event in events if event.place.set == 2 and event.kind is EventKind.SPEECH]
    assert SpeechRole.CHECK in roles
    assert SpeechRole.COACHING not in roles


LONG = (
    HEAD
    + """
safety = ["Stop if it hurts."]
[[phase]]
title = "Long"
exercises = ["only", "other"]
[exercise.only]
name = "Only"
hold_s = {first}
[exercise.other]
name = "Other"
hold_s = {other}
setup_s = 5
"""
)


@pytest.mark.parametrize(
    ("first", "other", "words"), [(300, 40, 1), (60, 300, 1), (50, 60, 0), (70, 300, 1), (41, 40, 0), (39, 600, 0)]
)
def test_encouragement_comes_in_no_hold_with_the_check_and_not_within_a_minute_after_it(first, other, words):
    timeline = timed(session_of(parsed(LONG.replace("{first}", str(first)).replace("{other}", str(other)))))[1]
    (check,) = [event for event in timeline.events if event.role is SpeechRole.CHECK]
    encouraged = [event for event in timeline.events if event.role is SpeechRole.ENCOURAGEMENT]
    assert len(encouraged) == words
    if not encouraged and other >= 40:
        assert ENGLISH.encouragement[0] in [cue.text for cue in timeline.dropped]
    for event in encouraged:
        assert event.place != check.place
        assert event.start_ms >= check.end_ms + 60_000


def test_a_phase_comes_before_the_protocol_and_that_before_the_fixed_words():
    text = (
        HEAD
        + 'encouragement = ["Of all."]\n'
        + PHASES.replace('title = "Phase 1"', 'title = "Phase 1"\nencouragement = "Of one."')
    )
    assert said(text, SpeechRole.ENCOURAGEMENT) == ["Of all.", "Of one.", "Of all."]


def test_without_a_day_the_words_are_the_first():
    assert said(HEAD + PHASES, SpeechRole.ENCOURAGEMENT) == list(ENGLISH.encouragement[:3])


@pytest.mark.parametrize("count", range(2, 9))
def test_no_words_come_twice_in_a_row_in_a_session_or_at_the_same_place_the_next_day(count):
    own = ", ".join(f'"Words {number}."' for number in range(count))
    protocol = parsed(HEAD + f"encouragement = [{own}]\n" + PHASES)
    days = []
    for number in range(40):
        today = date(2026, 12, 20) + timedelta(days=number)
        session = prescribe(protocol, [], exercises(), conditions(), today)
        lines = compose(session).lines()
        by_key = {line.when.key: line.text for line in lines if line.role is SpeechRole.ENCOURAGEMENT and line.when}
        days.append(list(by_key.values()))
    assert all(len(words) == 3 and all(one != two for one, two in pairwise(words)) for words in days)
    for yesterday, today_words in pairwise(days):
        assert all(one != two for one, two in zip(yesterday, today_words, strict=True))
        if count >= 6:
            assert not set(yesterday) & set(today_words)


def test_the_check_comes_early_in_a_hold_behind_the_first_tip_and_parts_no_steps():
    steps = '["Roll.", { say = "Bend.", after = 30 }, { say = "Roll on.", after = 15 }]'
    timeline = timed(session_of(parsed(ONE + f"hold_s = 120\ncoaching = {steps}")))[1]
    [hold] = timeline.of_kind(EventKind.HOLD)
    at_s = {event.text: (event.start_ms - hold.start_ms) // 1000 for event in timeline.events if event.text}
    [check] = [event for event in timeline.events if event.role is SpeechRole.CHECK]
    assert at_s["Roll."] < at_s[check.text or ""] < 20 < at_s["Bend."]
    assert (at_s["Bend."] - at_s["Roll."], at_s["Roll on."] - at_s["Bend."]) == (30, 15)
