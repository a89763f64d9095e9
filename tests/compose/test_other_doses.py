"""What is spoken ahead is what a changed dose adds, and not much more."""

import pytest

from audioguide.compose.composer import compose
from audioguide.compose.other_doses import texts_of_other_doses
from audioguide.library.protocol_files import load_protocol
from tests.helpers import layer, session_of

HIP_FLEXOR = load_protocol("hip-flexor")
USUAL = session_of(HIP_FLEXOR)
LENGTH_MS = 2_140_000


@pytest.mark.parametrize("detail", ["full", "brief", "minimal"])
@pytest.mark.parametrize(
    "changed",
    [
        {"couch-stretch": {"hold_s": 80}},
        {"couch-stretch": {"hold_s": 30}},
        {"quad-foam-roll": {"hold_s": 135}},
        {"glute-bridge": {"reps": 15}},
        {"dead-bug": {"reps": 6}},
    ],
    ids=str,
)
def test_another_dose_is_said_in_words_spoken_ahead(changed, detail):
    usual = session_of(HIP_FLEXOR, layer(detail=detail))
    said = set(compose(usual, LENGTH_MS).texts()) | set(texts_of_other_doses(usual, LENGTH_MS))
    other = session_of(HIP_FLEXOR, layer(detail=detail, exercise=changed))
    assert set(compose(other, LENGTH_MS + 100_000).texts()) <= said


def test_a_default_session_adds_less_than_half_to_what_is_spoken():
    usual = set(compose(USUAL, LENGTH_MS).texts())
    assert 0 < len(set(texts_of_other_doses(USUAL, LENGTH_MS)) - usual) < len(usual) / 2


def test_no_dose_of_nothing_is_spoken():
    session = session_of(HIP_FLEXOR, layer(exercise={"couch-stretch": {"hold_s": 5}, "dead-bug": {"reps": 1}}))
    texts = set(texts_of_other_doses(session, 61_000))
    assert not [text for text in texts if text.startswith(("0 ", "-")) or " 0 " in text]


@pytest.mark.parametrize("detail", ["full", "brief", "minimal"])
def test_what_another_day_says_is_spoken_ahead(detail):
    usual = session_of(HIP_FLEXOR, layer(detail=detail))
    said = set(compose(usual, LENGTH_MS).texts()) | set(texts_of_other_doses(usual, LENGTH_MS))
    for seed in (20261123, 20261124, 20261125, 5):
        assert set(compose(session_of(HIP_FLEXOR, layer(detail=detail, seed=seed)), LENGTH_MS).texts()) <= said
