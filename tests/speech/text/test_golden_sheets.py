"""What real exercise sheets write, and what is said of it: 300 lines that were each read by a person."""

from importlib import import_module
from pathlib import Path

from audioguide.speech.text.in_words import in_words
from audioguide.speech.text.normalise import spoken

VOICES = Path(__file__).parents[3] / "docs" / "voices.md"
LINES = (Path(__file__).parent / "golden_sheets.tsv").read_text("utf-8").splitlines()
TABLE = dict(line.split("\t") for line in LINES)


def test_shorthand_of_sheets_is_said_as_a_person_would() -> None:
    assert len(TABLE) == len(LINES) >= 300
    assert {text: spoken(text, {}) for text in TABLE} == TABLE


def test_saying_it_again_changes_nothing_and_words_leave_no_digit() -> None:
    for said in TABLE.values():
        assert spoken(said, {}) == said
        assert not any(character.isdigit() for character in in_words(said))


def test_the_table_in_the_docs_says_what_is_said() -> None:
    section = VOICES.read_text("utf-8").partition("## How shorthand is read")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    english = {row[0].strip("`"): row[1] for row in rows if len(row) == 2}
    assert len(english) > 20
    assert {text: spoken(text, {}) for text in english} == english
    folders = ("de", "es", "fr", "it", "pt_br")
    readings = [import_module(f"audioguide.languages.{folder}.reading").READING for folder in folders]
    others = [row for row in rows if len(row) > 2]
    assert len(others) > 5
    for written, *said in others:
        assert [spoken(written.strip("`"), {}, reading) for reading in readings] == said
