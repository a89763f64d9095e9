"""What the words of a line of coaching ask of the time that is left."""

from __future__ import annotations

import pytest

from audioguide.languages.en.spoken import SPOKEN as ENGLISH
from audioguide.model.kinds import Detail, EventKind
from tests.helpers import layer, parsed, session_of, timed


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("On a tender spot, stay for 20 to 30 seconds. Breathe.", 20_000),
        ("Stay for 30-60 seconds.", 30_000),
        ("Hold it for 1 minute.", 60_000),
        ("Stay for 1 to 2 minutes.", 60_000),
        ("Stay 5 seconds more.", 5_000),
        ("Lift it to 45 degrees.", None),
        ("Breathe out.", None),
        ("Each part takes four seconds.", None),
    ],
)
def test_the_least_length_that_a_text_names_is_what_must_be_left(text, ms):
    assert ENGLISH.lengths.least_named_ms(text) == ms


def test_of_few_lines_those_that_ask_for_more_go_first():
    text = """
[[phase]]
title = "Stretch"
exercises = ["kneel"]
[exercise.kneel]
name = "Kneel"
hold_s = 60
mistake = "Ribs down."
coaching = [{ say = "For more, lean.", more = true }, { say = "You feel it in front.", feel = true }]
"""
    said = {
        detail: {
            event.text for event in timed(session_of(parsed(text), layer(detail=detail)))[1].of_kind(EventKind.SPEECH)
        }
        for detail in (Detail.FULL, Detail.BRIEF)
    }
    both = {"For more, lean.", "You feel it in front."}
    assert both & said[Detail.FULL] == both
    assert both & said[Detail.BRIEF] == {"You feel it in front."}
