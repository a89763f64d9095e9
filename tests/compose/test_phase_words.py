"""The check and the encouragement of a phase: where they are offered, at which level, and which words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from audioguide.compose.composer import compose
from audioguide.compose.wording import ENGLISH
from audioguide.library.builtin import conditions, exercises
from audioguide.model.kinds import SpeechRole
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
    """Return where a line of ``role`` is offered: the kind of step, the exercise, the words."""
    return [
        (type(step).__name__, step.place.exercise, line.text)
        for step in script.steps
        if isinstance(step, Hold | Break)
        for line in step.lines
        if line.role is role
    ]


def said(text: str, role: SpeechRole, **wishes: object) -> list[str]:
    timeline = timed(session_of(parsed(text), layer(**wishes)))[1]
    return [event.text or "" for event in timeline.events if event.role is role]


def test_a_check_is_offered_from_the_start_and_encouragement_from_the_middle_of_a_phase():
    script = compose(session_of(parsed(HEAD + PHASES)))
    places = [("Hold", "reach"), ("Break", "bridge")]
    assert [place[:2] for place in offered(script, SpeechRole.CHECK)] == places * 2 * 3
    assert [place[:2] for place in offered(script, SpeechRole.ENCOURAGEMENT)] == places * 3


@pytest.mark.parametrize(("detail", "checks", "words"), [("full", 3, 3), ("brief", 3, 1), ("minimal", 0, 0)])
def test_each_level_has_its_own_number(detail, checks, words):
    text = HEAD + PHASES
    assert said(text, SpeechRole.CHECK, detail=detail) == [ENGLISH.check] * checks
    assert len(said(text, SpeechRole.ENCOURAGEMENT, detail=detail)) == words


def test_who_wants_no_encouragement_has_none_and_a_check_all_the_same():
    assert said(HEAD + PHASES, SpeechRole.ENCOURAGEMENT, encouragement=False) == []
    assert len(said(HEAD + PHASES, SpeechRole.CHECK, encouragement=False)) == 3


def test_a_protocol_without_stop_rules_has_no_check():
    assert said(HEAD + PHASES.replace('safety = ["Stop if it hurts."]', ""), SpeechRole.CHECK) == []


def test_quiet_paced_and_short_holds_have_neither():
    for quiet in ("hold_s = 60\ncues = { tips = false }", "hold_s = 60\nbreath = true", "hold_s = 39"):
        text = HEAD + PHASES.replace("hold_s = 60", quiet).replace("rest_s = 20", "rest_s = 10")
        for role in (SpeechRole.CHECK, SpeechRole.ENCOURAGEMENT):
            assert said(text, role, breath={"on": True}) == []


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
