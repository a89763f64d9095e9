"""Acute pain eases a session as far as its ranges allow; a condition clears nothing; the weaker side gets more."""

from __future__ import annotations

import re
from itertools import product

import pytest

from audioguide.compose.composer import compose
from audioguide.library.joining import Part, join_protocols
from audioguide.library.protocol_files import load_protocol
from audioguide.model.kinds import Detail, Side, SpeechRole
from audioguide.model.plan import Change
from audioguide.model.session import Session
from audioguide.model.side_forms import filled
from audioguide.prescribe.dose_ranges import ranges_of
from tests.examples import part
from tests.helpers import HEAD, HOLD, REPS, layer, parsed, session_of, timed
from tests.prescribe.test_fit import fitted

HIP_FLEXOR = load_protocol("hip-flexor")

CHOICE = """
[[phase]]
title = "Stretch"
exercises = [
    { choice = "deep", of = ["reach", "hang"], gentle = "hang", priority = 9 },
    { use = "bend", priority = 1 },
]
[exercise.reach]
name = "Reach"
hold_s = 60
[exercise.hang]
name = "Hang"
hold_s = { default = 90, min = 60, max = 120 }
[exercise.bend]
name = "Bend"
sides = "each"
hold_s = { default = 45, min = 30, max = 60 }
sets = { default = 2, min = 1, max = 3 }
"""


def opening(session: Session) -> list[str]:
    return [line.text for line in compose(session).lines() if line.role in (SpeechRole.INTRO, SpeechRole.SAFETY)]


def said(session: Session, words: str) -> bool:
    return any(words in text for text in opening(session))


# Acute pain


@pytest.mark.parametrize("detail", [*Detail])
def test_while_pain_is_acute_nothing_that_is_said_asks_for_more(detail: Detail):
    usual = {text for text in compose(session_of(HIP_FLEXOR, layer(detail="full"))).texts() if "or more" in text}
    assert len(usual) >= 4, "as usual, several lines do"
    eased = compose(session_of(HIP_FLEXOR, layer(acute=True, detail=detail))).texts()
    assert not [text for text in eased if "or more" in text]


def test_what_is_said_only_after_a_line_that_asks_for_more_goes_with_it():
    lines = '["Breathe.", { say = "Lean.", more = true }, { say = "Stay.", after = 12 }, "Look."]'
    text = re.sub("^coaching = .*$", f"coaching = {lines}", HOLD, flags=re.MULTILINE)
    [eased] = session_of(parsed(HEAD + text), layer(acute=True)).prescriptions()
    assert [line.say for line in eased.exercise.coaching] == ["Breathe.", "Look."]
    [usual] = session_of(parsed(HEAD + text)).prescriptions()
    assert len(usual.exercise.coaching) == 4


def test_acute_pain_takes_every_dose_to_its_least_and_lists_it():
    session = session_of(HIP_FLEXOR, layer(acute=True))
    ranges = ranges_of(HIP_FLEXOR)
    for item in session.prescriptions():
        own, effort = ranges[item.id], item.efforts[0]
        assert own.sets.min is None or item.sets == own.sets.min
        assert all(effort.hold_ms == (dose.min or dose.default) * 1000 for dose in own.hold_s)
        assert all(effort.reps == dose.min for dose in own.reps)
    assert {change.by for change in session.changes} == {"the acute phase"}
    assert {("quad-foam-roll", "hold_s"), ("dead-bug", "sets")} <= {(one.exercise, one.what) for one in session.changes}


def test_acute_pain_knows_no_weeks():
    first, later = (session_of(HIP_FLEXOR, layer(acute=True, week=week)) for week in (1, 12))
    assert first.phases == later.phases == session_of(HIP_FLEXOR, layer(acute=True)).phases
    assert "glute-bridge" in {item.id for item in later.prescriptions()}


@pytest.mark.parametrize("detail", [*Detail])
def test_that_today_is_eased_is_said_at_the_start_at_every_level(detail: Detail):
    assert said(session_of(parsed(HEAD + CHOICE), layer(acute=True, detail=detail)), "the gentle exercise is chosen")
    assert said(
        session_of(parsed(HEAD + HOLD), layer(acute=True, detail=detail)), "Today is eased: every dose is at its least"
    )
    assert not said(session_of(parsed(HEAD + HOLD), layer(detail=detail)), "eased")


def test_nothing_is_called_eased_where_nothing_is():
    session = session_of(parsed(HEAD + REPS), layer(acute=True))
    assert not said(session, "eased")
    assert session.warnings == (
        "pain is acute, but this protocol has no gentle option and no dose with a range to ease",
    )


def test_what_the_person_states_stays_in_acute_pain():
    session = session_of(parsed(HEAD + HOLD), layer(acute=True, exercise={"reach": {"hold_s": 50}}))
    assert session.prescriptions()[0].efforts[0].hold_ms == 50_000
    assert not session.circumstances.eased


def test_minutes_never_drop_the_gentle_exercise_and_never_lengthen_an_eased_session():
    protocol = parsed(HEAD + CHOICE)
    for minutes in (1, 2, 3, 5, 9):
        acute, usual = (fitted(protocol, minutes, layer(acute=on)).best for on in (True, False))
        assert "hang" in {item.id for item in acute.session.prescriptions()}
        # Both come as near to the wish as a quarter of a minute.
        assert acute.length_ms <= usual.length_ms + 15_000 or minutes < 3
        assert all(item.efforts[0].hold_ms in (60_000, 30_000) for item in acute.session.prescriptions())


# Conditions


@pytest.mark.parametrize("detail", [*Detail])
def test_a_condition_is_said_not_to_be_cleared_and_whom_to_ask(detail: Detail):
    rest = "The rest of this session is not cleared in case of pregnancy. Ask a midwife or physiotherapist"
    session = session_of(HIP_FLEXOR, layer(avoid=["pregnancy"], detail=detail))
    assert said(session, rest)
    other = session_of(HIP_FLEXOR, layer(avoid=["abdominal-condition"], detail=detail))
    assert said(other, "not cleared in case of abdominal condition. Ask a doctor or physiotherapist")
    # Nothing of it is left out there, and nobody has cleared it for that.
    assert said(
        session_of(parsed(HEAD + HOLD), layer(avoid=["pregnancy"], detail=detail)), "This session is not cleared"
    )


OWN_WORDS = '[conditions]\npregnancy = ["Made for pregnancy.", "Ask your midwife first."]\n'


def test_a_protocol_may_say_itself_what_holds_in_a_condition():
    protocol = parsed(HEAD + OWN_WORDS + HOLD)
    session = session_of(protocol, layer(avoid=["pregnancy"]))
    assert {"Made for pregnancy.", "Ask your midwife first."} <= set(opening(session))
    assert not said(session, "not cleared")
    assert not said(session_of(protocol), "Made for pregnancy")


def test_joined_with_one_that_says_nothing_it_is_not_cleared():
    own, silent, other = (parsed(HEAD + text) for text in (OWN_WORDS + HOLD, REPS, OWN_WORDS + REPS))
    joined = join_protocols([Part("a", own), Part("b", silent)])
    assert said(session_of(joined, layer(avoid=["pregnancy"])), "not cleared in case of pregnancy")
    both = session_of(join_protocols([Part("a", own), Part("b", other)]), layer(avoid=["pregnancy"]))
    assert opening(both).count("Ask your midwife first.") == 1
    assert not said(both, "not cleared")


# The weaker side


def test_the_weaker_side_gets_one_set_more_where_the_range_has_room():
    session = session_of(parsed(HEAD + CHOICE), layer(weak_side="right"))
    bend = next(item for item in session.prescriptions() if item.id == "bend")
    assert [[str(effort.side) for effort in bend.efforts_in(number)] for number in (1, 2, 3)] == [
        ["right", "left"], ["right", "left"], ["right"],
    ]  # fmt: skip
    assert len({effort.hold_ms for efforts in bend.by_set for effort in efforts}) == 1
    [change] = session.changes
    assert change == Change("bend", "sets", Side.RIGHT, before="2", after="3", by="weak side, our suggestion")
    assert said(session, "Right side first: it is the one that needs more care, and it gets one more set")
    heard = [event.text for event in timed(session)[1].events]
    assert "3 sets of 45 seconds on the right, and 2 sets of 45 seconds on the left." in heard


@pytest.mark.parametrize(
    "wish",
    [
        {"acute": True},
        {"minutes": 9},
        {"only_side": "right"},
        {"exercise": {"bend": {"sets": 2}}},
        {"exercise": {"bend": {"sets": {"default": 3}}}},
    ],
)
def test_no_set_more_in_acute_pain_with_few_minutes_at_the_most_or_where_the_person_says(wish: dict[str, object]):
    session = session_of(parsed(HEAD + CHOICE), layer(weak_side="right", **wish))
    bend = next(item for item in session.prescriptions() if item.id == "bend")
    assert not bend.by_set
    assert not session.circumstances.more_sets
    assert said(session, "Right side first: it is the one that needs more care.") == ("only_side" not in wish)


def test_the_weaker_side_is_said_only_where_it_goes_first():
    both = parsed(HEAD + REPS)
    assert not said(session_of(both, layer(weak_side="left")), "needs more care")
    assert not said(session_of(parsed(HEAD + CHOICE), layer(weak_side="right", first_side="left")), "needs more care")


def test_growth_leaves_room_for_the_sets_of_the_weaker_side():
    session = session_of(HIP_FLEXOR, layer(weak_side="right", week=12))
    # About, as lengths are estimated before anything is spoken.
    assert timed(session)[1].duration_ms <= 49.5 * 60_000
    assert session.circumstances.more_sets


# Minutes, acute pain and levels together


@pytest.mark.parametrize(("minutes", "acute"), part(product((8, 10, 14, 20, 28, 36, 50), (False, True)), of=3))
def test_no_wish_takes_safety_or_the_gentle_exercise(minutes: int, acute: bool):
    for detail in (None, Detail.MINIMAL):
        found = fitted(HIP_FLEXOR, minutes, layer(acute=acute, detail=detail, avoid=["pregnancy"])).best
        words = [event.text for event in found.timeline.events]
        assert set(HIP_FLEXOR.safety) | set(HIP_FLEXOR.see_professional) <= set(words)
        assert any("not cleared in case of pregnancy" in (text or "") for text in words)
        done = {item.id: item for item in found.session.prescriptions()}
        if acute:
            assert "supine-hang" in done
            assert any("Today is eased" in (text or "") for text in words)
        for item in done.values():
            minimal = found.session.detail is Detail.MINIMAL
            # The longer instructions of the other levels say it in other words.
            kept = [line.say for line in item.exercise.setup_minimal] if minimal else []
            # A second side has words of its own for where it goes and for what to mind.
            placed_again = [line.say for line in item.exercise.setup_minimal_again or item.exercise.setup_minimal]
            first = {*item.exercise.caution, *kept}
            second = {*item.exercise.again_caution, *(placed_again if minimal else [])}
            sides = [effort.side for effort in item.efforts_in(1)]
            assert {filled(text, sides[0]) for text in first} <= set(words)
            assert {filled(text, sides[-1]) for text in (second if len(sides) > 1 else first)} <= set(words)
        lowered = [change for change in found.session.changes if change.what == "detail"]
        assert bool(lowered) == (detail is None and found.session.detail is not Detail.FULL)
        assert all(change.by == f"fit to {minutes} minutes" for change in lowered)
