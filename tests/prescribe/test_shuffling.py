"""Phases whose order varies: by a seed, the same for ever, and nothing lost or done twice."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.errors import FileError
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.protocol import Protocol
from audioguide.model.session import Session
from audioguide.prescribe.layers import Layer
from audioguide.prescribe.prescriber import prescribe
from audioguide.prescribe.shuffling import seed_of_day, shuffled
from tests.examples import examples
from tests.helpers import HEAD, layer, parsed, session_of, timed
from tests.strategies import protocols

MIXED = """
[[phase]]
title = "Warm"
exercises = ["march"]
[[phase]]
title = "Mixed"
shuffle = true
exercises = ["a", "b", "c", "d", "e"]
[exercise.march]
name = "March"
hold_s = 5
""" + "".join(f'[exercise.{name}]\nname = "{name.upper()}"\nhold_s = 5\n' for name in "abcde")
CIRCUIT = MIXED.replace('"d", "e"]', '"d", "e"]\ncircuit = { rounds = 3, rest_s = 4 }')
BY_SIDE = MIXED.replace("shuffle = true", 'shuffle = true\nsides = "each"')


def order(session: Session) -> str:
    return "".join(item.id for item in session.phases[-1].prescriptions)


def of_day(protocol: Protocol, day: date, *layers: Layer) -> Session:
    return prescribe(protocol, layers, today=day)


def test_an_order_is_the_same_on_every_machine_and_in_every_version():
    found = [order(session_of(parsed(HEAD + MIXED), layer(seed=seed))) for seed in range(6)]
    assert found == ["cebad", "cdeba", "cdeba", "ecdab", "bedac", "edbca"]


def test_without_a_seed_it_is_the_days_and_the_session_says_so():
    protocol = parsed(HEAD + MIXED)
    day = date(2026, 11, 23)
    session = of_day(protocol, day)
    assert session.seed == seed_of_day(day) == 20_261_123
    assert session.phases == of_day(protocol, date(2030, 1, 1), layer(seed=20_261_123)).phases
    assert len({order(of_day(protocol, date(2026, 11, number))) for number in range(1, 15)}) > 8
    # A profile's seed keeps one order for all days.
    assert len({order(of_day(protocol, date(2026, 11, n), layer("profile anna", seed=5))) for n in range(1, 15)}) == 1


def test_other_phases_keep_their_order_and_leaving_one_out_that_of_the_rest():
    protocol = parsed(HEAD + MIXED)
    for seed in range(20):
        session = session_of(protocol, layer(seed=seed))
        assert session.phases[0].prescriptions[0].id == "march"
        assert order(session_of(protocol, layer(seed=seed, skip=["c"]))) == order(session).replace("c", "")


def test_a_circuit_is_shuffled_once_for_all_rounds_and_a_phase_by_sides_once_for_both():
    timeline = timed(session_of(parsed(HEAD + CIRCUIT), layer(seed=3)))[1]
    done = "".join(hold.place.exercise or "" for hold in timeline.events if hold.kind == "hold").removeprefix("march")
    assert done == "ecdab" * 3
    assert order(session_of(parsed(HEAD + BY_SIDE), layer(seed=3))) == "ecdab" * 2


def test_every_place_comes_first_about_as_often_as_any_other():
    phase = parsed(HEAD + MIXED).phase[1]
    firsts = Counter(shuffled(phase, seed)[0].use for seed in range(1000))
    assert set(firsts) == set("abcde")
    assert all(150 < count < 250 for count in firsts.values())


def test_a_seed_where_nothing_is_shuffled_is_noted_and_no_seed_is_said():
    protocol = parsed(HEAD + MIXED.replace("shuffle = true", ""))
    quiet = layer("profile anna", encouragement=False)
    session = session_of(protocol, quiet, layer(seed=3))
    assert session.seed is None
    assert session.warnings == ("nothing is shuffled or varies in this session, so the seed changes nothing",)
    assert session_of(protocol, quiet, layer("profile ben", seed=3)).warnings == ()
    # Words of encouragement change with it, but for who hears none.
    assert session_of(protocol, layer(seed=3)).warnings == ()
    assert session_of(protocol, layer(seed=3, detail="minimal")).warnings == session.warnings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MIXED.replace("shuffle = true", 'shuffle = "yes"'), "phase 2.shuffle: 'yes' is not true or false"),
        (MIXED.replace('"a", "b", "c", "d", "e"', '"a"'), "phase 2.shuffle: has one exercise, whose order can't vary"),
    ],
)
def test_slips_are_one_clear_line(text, words):
    with pytest.raises(FileError) as caught:
        parsed(HEAD + text)
    assert [str(problem).startswith(words) for problem in caught.value.problems] == [True]


@settings(max_examples=examples(40))
@given(protocols(), st.integers(0, 999_999_999))
def test_shuffled_phases_do_what_they_do_unshuffled(table: dict[str, Any], seed: int):
    protocol = parse_protocol(table, "random.toml")
    plain = protocol.model_copy(
        update={"phase": tuple(phase.model_copy(update={"shuffle": False}) for phase in protocol.phase)}
    )
    made, usual = (session_of(one, layer("profile anna", seed=seed, week=1)) for one in (protocol, plain))
    for phase, other in zip(made.phases, usual.phases, strict=True):
        assert Counter(item.id for item in phase.prescriptions) == Counter(item.id for item in other.prescriptions)
        assert phase.work_ms == other.work_ms or phase.circuit
        if not phase.shuffled:
            assert phase == other
    assert made == session_of(protocol, layer("profile anna", seed=seed, week=1))
