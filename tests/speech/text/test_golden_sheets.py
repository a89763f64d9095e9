"""What real exercise sheets write, and what is said of it: 300 lines that were each read by a person."""

from pathlib import Path

from audioguide.speech.text.in_words import in_words
from audioguide.speech.text.normalise import spoken

LINES = (Path(__file__).parent / "golden_sheets.tsv").read_text("utf-8").splitlines()
TABLE = dict(line.split("\t") for line in LINES)


def test_shorthand_of_sheets_is_said_as_a_person_would() -> None:
    assert len(TABLE) == len(LINES) >= 300
    assert {text: spoken(text, {}) for text in TABLE} == TABLE


def test_saying_it_again_changes_nothing_and_words_leave_no_digit() -> None:
    for said in TABLE.values():
        assert spoken(said, {}) == said
        assert not any(character.isdigit() for character in in_words(said))
