import pytest

from audioguide.languages.dose_text import DoseWording
from audioguide.languages.en.printed import PRINTED as PRINTED_WORDS
from audioguide.languages.en.spoken import SPOKEN as ENGLISH
from audioguide.languages.listed_doses import LISTED
from audioguide.model.kinds import Side
from audioguide.model.units import whole_minutes

SPOKEN, PRINTED, PRINTED_LENGTHS = ENGLISH.dose, PRINTED_WORDS.dose, PRINTED_WORDS.lengths


@pytest.mark.parametrize(
    ("ms", "spoken", "printed"),
    [
        (1_000, "1 second", "1 s"),
        (2_500, "2.5 seconds", "2.5 s"),
        (60_000, "1 minute", "60 s"),
        (90_000, "90 seconds", "90 s"),
        (120_000, "2 minutes", "2 min"),
        (3_725_000, "1 hour 2 minutes 5 seconds", "1 h 2 min 5 s"),
    ],
)
def test_a_length_is_put_into_words_by_its_table(ms: int, spoken: str, printed: str):
    assert ENGLISH.lengths.text(ms) == spoken
    assert PRINTED_LENGTHS.text(ms).replace("\N{NO-BREAK SPACE}", " ") == printed


@pytest.mark.parametrize(("ms", "minutes"), [(1, 1), (89_000, 1), (91_000, 2), (1_234_000, 21)])
def test_a_session_takes_whole_minutes(ms: int, minutes: int):
    assert whole_minutes(ms) == minutes


@pytest.mark.parametrize(
    ("wording", "shared", "own", "reps"),
    [
        (SPOKEN, "2 sets of X on each side", "2 sets of X on the left, Y on the right", ["Once", "5 times"]),
        (PRINTED, "2 sets of X on each side", "2 sets: left X, right Y", ["once", "5 times"]),
        (LISTED, "2 × X a side", "2 × X left and Y right", ["1 rep", "5 reps"]),
    ],
)
def test_a_dose_is_built_up_alike_in_each_wording(wording: DoseWording, shared: str, own: str, reps: list[str]):
    both = {Side.LEFT: "X", Side.RIGHT: "X"}
    assert wording.work(both, sets=2, each_side=True) == shared
    assert wording.work(both | {Side.RIGHT: "Y"}, sets=2, each_side=True) == own
    assert wording.work({None: "X"}) == "X"
    assert [wording.reps(count) for count in (1, 5)] == reps
