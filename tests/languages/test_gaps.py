"""The list of what a language's folder lacks: it names each gap, and is empty for every language that has texts."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from audioguide.languages.registry import CODES
from audioguide.languages.text_words import text_words
from audioguide.library.translations import ORIGINAL
from scripts.translating.folder import LANGUAGES, text_gaps, write_texts
from scripts.translating.texts_file import entries, texts_file
from tests.languages import gaps as listing
from tests.languages.gaps import folder_of, gaps, template_gaps
from tests.languages.text_checks import Pair, english_left, length_faults, movement_of, pairs, side_faults

TRANSLATED = [code for code in CODES if code != ORIGINAL and (folder_of(code) / "texts").is_dir()]
"""Every language whose texts are begun: a part of a translation is none."""


def test_a_language_with_texts_lacks_nothing():
    assert {code: list(gaps(code)) for code in TRANSLATED} == {code: [] for code in TRANSLATED}


def test_each_template_is_the_english_one_in_its_language():
    templates = [file.parent for file in LANGUAGES.glob("*/template.toml")]
    assert [gap for folder in templates for gap in template_gaps(folder)] == []
    assert LANGUAGES / "de" in templates


def test_a_new_folder_lacks_all_and_the_list_says_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listing, "LANGUAGES", tmp_path)
    assert list(gaps("nl")) == ["audioguide/languages/nl: no such folder"]
    (tmp_path / "nl").mkdir()
    assert list(gaps("nl")) == [
        "registry.py: FOLDERS has no row 'nl'",
        "__init__.py: has no LANGUAGE",
        "speaking.py: no such file",
        "reading.py: no such file",
        "lexicon.toml: no such file",
        "tests/languages/readings/nl.txt: no such file; it shows what is said and what stays",
        "words.toml: no such file; it has the words that tell a text's language and its sides",
    ]
    shutil.copy(LANGUAGES / "de" / "words.toml", tmp_path / "nl")
    monkeypatch.setattr("tests.languages.gaps.text_faults", lambda code, folder: iter(()))
    found = list(gaps("nl"))
    assert "template.toml: no such file" in found
    assert "sheet.toml: no such file; it has the words that doses of sheets are read by" in found
    assert "texts/exercises/2-stretch.toml: no such file" in found
    write_texts("nl", tmp_path / "nl" / "texts")
    found = list(gaps("nl"))
    assert "texts/things.toml: mat: has no name" in found
    assert any(gap.startswith("texts/protocols/interval.toml: title: is not translated; the orig") for gap in found)


def test_a_gap_and_a_change_of_the_english_are_named(pseudo_german: Path):
    file = pseudo_german / "protocols" / "interval.toml"
    whole = file.read_text(encoding="utf-8")
    english = entries(whole)[0].english
    file.write_text(whole.replace(f'"Ö {english}"', '""'), encoding="utf-8")
    assert list(text_gaps(pseudo_german)) == [
        f"texts/protocols/interval.toml: title: is not translated; the original says: {english}"
    ]
    file.write_text(whole.replace(f"# en: {english}", "# en: Another title"), encoding="utf-8")
    assert list(text_gaps(pseudo_german)) == [
        f"texts/protocols/interval.toml: top: the English is now: {english}",
        "texts/protocols/interval.toml: top: no longer in English: Another title",
    ]


def test_a_text_stays_until_its_english_changes_and_then_stands_in_a_comment(pseudo_german: Path):
    file = pseudo_german / "protocols" / "interval.toml"
    whole = file.read_text(encoding="utf-8")
    write_texts("de", pseudo_german)
    assert file.read_text(encoding="utf-8").split("\n", 1)[1] == whole.split("\n", 1)[1]
    english = entries(whole)[0].english
    file.write_text(whole.replace(f"# en: {english}", "# en: Another title"), encoding="utf-8")
    write_texts("de", pseudo_german)
    written = file.read_text(encoding="utf-8")
    assert f'# en: {english}\ntitle = ""\n' in written
    assert written.endswith(f"# was: [] Another title → Ö {english}\n")
    assert list(text_gaps(pseudo_german)) == [
        f"texts/protocols/interval.toml: title: is not translated; the original says: {english}"
    ]


def test_a_line_with_other_texts_than_its_english_is_named_by_its_number():
    with pytest.raises(ValueError, match="line 3 has 1 texts, with 2 lines of English above it"):
        entries('# en: A.\n# en: B.\nx = "C."\n')
    with pytest.raises(ValueError, match="line 1 has 1 texts, with 0 lines of English above it"):
        entries('x = "C."\n')


def test_quotes_and_signs_survive_being_written():
    original = {"title": 'Say "up" \\ down: é', "closing": [{"text": "A.", "weeks": "1"}, "B."]}
    first = texts_file(original, "Heading")
    own = [entry._replace(own=f'„{entry.english}“ "x"') for entry in entries(first)]
    assert entries(texts_file(original, "Heading", own)) == own


def test_swapped_sides_are_found_in_each_language():
    words = text_words("de")
    assert (
        list(side_faults("{linkes|rechtes} Knie, {other:am linken|am rechten} Fuß, {5 cm|2 Zoll}, {side}", words)) == []
    )
    assert list(side_faults("{rechtes|linkes} Knie", words)) == [
        "{rechtes|linkes} does not say left first and right second"
    ]
    assert list(side_faults("{other:dieses|jenes} Knie", words))


def test_a_word_of_a_tempo_is_known_as_the_movement_that_its_english_is():
    english, german = text_words("en"), text_words("de")
    words = ["Lift", "Lower slowly", "Hold", "Breathe in"]
    assert [movement_of(word, english) for word in words] == ["lift", "lower", "pause", ""]
    words = ["Heben", "Ab", "Halten", "Einatmen"]
    assert [movement_of(word, german) for word in words] == ["lift", "lower", "pause", ""]


def test_english_words_that_are_left_are_found():
    german = text_words("de")
    assert english_left("Heb den Arm, then lower the arm.", text_words("en"), german) == ["then", "the"]
    assert english_left("Das Bein in die Luft, so hoch wie möglich.", text_words("en"), german) == []


def test_what_takes_much_longer_or_shorter_than_its_english_is_found():
    pair = Pair("f", "w", "setup", "Lift your {side} arm slowly.", "Heb den {linken|rechten} Arm langsam.")
    assert list(length_faults(pair, lambda text: 100 * len(text))) == []
    long = pair._replace(own="Heb jetzt bitte ganz vorsichtig und langsam deinen {linken|rechten} Arm nach oben.")
    assert "takes 2.8 times as long as its English" in next(length_faults(long, lambda text: 100 * len(text)))
    assert list(length_faults(pair._replace(own="Arm."), lambda text: 100 * len(text)))
    assert list(length_faults(long._replace(key="read"), lambda text: 100 * len(text))) == [], "nobody speaks it"


def test_pairs_have_each_text_beside_its_english(pseudo_german: Path):
    found = list(pairs(pseudo_german))
    assert len(found) > 400
    tempo = next(pair for pair in found if pair.where == "exercise.glute-bridge.tempo 1.say")
    assert (tempo.key, tempo.own) == ("tempo", f"Ö {tempo.english}")
    assert {pair.key for pair in found} >= {"title", "setup", "coaching", "expect", "closing"}


def test_the_command_ends_with_1_where_something_is_missing(monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(sys, "argv", ["gaps", "nl"])
    with pytest.raises(SystemExit) as ended:
        listing.main()
    assert ended.value.code == 1
    assert "audioguide/languages/nl: no such folder" in capsys.readouterr().out
