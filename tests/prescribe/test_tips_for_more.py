"""While pain is acute, nothing that asks for more is said or printed; else all of it is."""

from __future__ import annotations

import re

import pytest

from audioguide.compose.composer import compose
from audioguide.library.builtin import exercises
from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail
from audioguide.model.protocol import Exercise
from audioguide.model.session import Session
from audioguide.prescribe.cue_choices import without_more
from tests.export.handout.test_handout_page import html_of
from tests.helpers import HEAD, HOLD, REPS, layer, parsed, session_of

FOR_MORE = re.compile(r"\bfor more\b", re.IGNORECASE)
TABLE = 'coaching = ["Breathe out.", "Reach with your {other_side} hand."]'

STEPS = """coaching = [
    "Breathe out.",
    { say = "For more, reach further.", more = true },
    { say = "And look up.", after = 12 },
    { say = "Look down.", after = 12 },
    "Relax.",
]
read_tips = ["Breathe.", { text = "For more, reach far.", more = true }]"""


def texts_of(session: Session) -> str:
    lines = list(compose(session).lines())
    return " ".join(f"{line.text} {line.when.again if line.when else ''}" for line in lines)


def test_what_asks_for_more_and_the_steps_behind_it_are_left_out():
    exercise = without_more(parsed(HEAD + HOLD.replace(TABLE, STEPS)).exercise["reach"])
    assert [line.say for line in exercise.coaching] == ["Breathe out.", "Relax."]
    assert [tip.text for tip in exercise.read_tips] == ["Breathe."]


def test_what_asks_for_more_is_neither_said_nor_printed_in_acute_pain():
    protocol = parsed(HEAD + HOLD.replace(TABLE, STEPS))
    assert "For more, reach further." in texts_of(session_of(protocol))
    assert "For more, reach far." in html_of(protocol)
    assert "For more" not in texts_of(session_of(protocol, layer(acute=True)))
    assert "For more" not in html_of(protocol, layer(acute=True))


def test_reps_leave_it_out_of_their_rests_too():
    lines = '["Slowly.", { say = "For more, add a weight.", more = true }, "Breathe."]'
    protocol = parsed(HEAD + REPS.replace("reps = 4", f"reps = 4\ncoaching = {lines}"))
    assert "For more" in texts_of(session_of(protocol))
    eased = texts_of(session_of(protocol, layer(acute=True)))
    assert "For more" not in eased
    assert "Breathe." in eased


# What is built in


def all_exercises() -> dict[str, Exercise]:
    return {**exercises(), **{name: one for key in builtin_ids() for name, one in load_protocol(key).exercise.items()}}


def test_each_built_in_tip_for_more_is_marked_and_nothing_else_is():
    for name, exercise in all_exercises().items():
        for line in exercise.coaching:
            assert line.more == bool(FOR_MORE.search(f"{line.say} {line.again}")), f"{name}: {line.say}"
        for tip in exercise.read_tips:
            assert tip.more == bool(FOR_MORE.search(tip.text)), f"{name}: {tip.text}"


def test_where_more_is_said_of_a_built_in_exercise_it_stands_among_what_can_be_left_out():
    for name, exercise in all_exercises().items():
        steps = (*exercise.setup, *exercise.brief, *exercise.setup_minimal, *exercise.load)
        texts = (*(step.say for step in steps), *exercise.caution, *exercise.mistake, *exercise.read)
        always = " ".join(texts)
        assert not FOR_MORE.search(always), name


@pytest.mark.parametrize("protocol", builtin_ids())
def test_no_built_in_session_asks_for_more_in_acute_pain(protocol: str):
    loaded = load_protocol(protocol)
    for detail in Detail:
        for choose in ({}, *({name: use.use} for name, item in loaded.choices().items() for use in item.options)):
            assert not FOR_MORE.search(texts_of(session_of(loaded, layer(acute=True, detail=detail, choose=choose))))
    assert not FOR_MORE.search(html_of(loaded, layer(acute=True)))
