"""What a session derives from its parts: reasons in words, and how long the work takes at least."""

from __future__ import annotations

from audioguide.library.protocol_files import load_protocol
from audioguide.model.session import Omission
from tests.helpers import HOLD, REPS, parsed, session_of


def test_an_omission_says_who_or_what_left_the_exercise_out():
    assert Omission("a", "A", skipped_by="profile anna").why == "skipped by profile anna"
    assert Omission("a", "A", avoided=("pregnancy", "fever")).why == "avoided: pregnancy and fever"


def test_a_hold_on_each_side_takes_both_and_the_change_between_them():
    phase = session_of(parsed(HOLD)).phases[0]
    assert phase.prescriptions[0].work_ms == 2 * 45_000 + 10_000
    assert phase.work_ms == 10_000 + 2 * 45_000 + 10_000


def test_reps_take_their_tempo_and_a_set_less_rests_than_sets():
    assert session_of(parsed(REPS)).prescriptions()[0].work_ms == 2 * 4 * 6_000 + 20_000


def test_a_circuit_rests_between_exercises_and_between_rounds():
    phase = session_of(load_protocol("interval")).phases[0]
    assert phase.circuit is not None
    rounds, count = phase.circuit.rounds, len(phase.prescriptions)
    once_ms = sum(item.work_ms for item in phase.prescriptions) + (count - 1) * phase.circuit.rest_ms
    between_ms = (rounds - 1) * phase.circuit.round_rest_ms
    assert phase.work_ms == phase.prescriptions[0].setup_ms + rounds * once_ms + between_ms
