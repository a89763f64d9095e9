"""What each language reads aloud: every row of its tables, and what only looks like one.

The files in `readings` hold a reading a line, what is written, a bar, what is said; where both are the same, it stays.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest

from audioguide import languages
from audioguide.languages.reading import Reading, Unit
from audioguide.speech.text.normalise import spoken
from tests.languages.reading_gaps import reading_gaps, table_gaps

FILES = {path.stem: path for path in sorted((Path(__file__).parent / "readings").glob("*.txt"))}
FOLDERS = sorted(FILES)
LANGUAGES = Path(languages.__file__).parent


@cache
def reading_in(folder: str) -> Reading:
    reading = import_module(f"audioguide.languages.{folder}.reading").READING
    assert isinstance(reading, Reading)
    return reading


def said(text: str, folder: str) -> str:
    return spoken(text, {}, reading_in(folder))


def units_of(reading: Reading) -> tuple[Unit, ...]:
    times = tuple(unit for unit in (reading.second, reading.minute, reading.hour) if unit)
    return (*times, *reading.units, *reading.nouns)


def spellings(pattern: str) -> set[str]:
    """Return all that a pattern of a unit matches: it has alternatives, groups, classes and question marks only."""
    depth, at, parts = 0, 0, []
    for index, character in enumerate(pattern):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and depth == 0:
            parts.append(pattern[at:index])
            at = index + 1
    if parts:
        return {one for part in (*parts, pattern[at:]) for one in spellings(part)}
    choices: list[set[str]] = []
    while pattern:
        if pattern.startswith("(?:"):
            end = next(i for i in range(len(pattern)) if pattern[: i + 1].count("(") == pattern[: i + 1].count(")"))
            choice, pattern = spellings(pattern[3:end]), pattern[end + 1 :]
        elif pattern.startswith("["):
            choice, pattern = set(pattern[1 : pattern.index("]")]), pattern[pattern.index("]") + 1 :]
        elif pattern.startswith("\\"):
            choice, pattern = {" " if pattern[1] == "s" else pattern[1]}, pattern[2:]
        else:
            choice, pattern = {pattern[0]}, pattern[1:]
        if pattern.startswith("?"):
            choice, pattern = choice | {""}, pattern[1:]
        choices.append(choice)
    return {"".join(chosen) for chosen in product(*choices)}


def test_spellings_of_a_pattern_are_all_found():
    assert spellings(r"[Ss]eg(?:undos?)?|°\s?C|s") == {
        "Seg", "seg", "Segundo", "segundo", "Segundos", "segundos", "° C", "°C", "s",
    }  # fmt: skip


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_line_is_said_and_said_again_it_stays(folder: str):
    lines = [line.partition("|")[::2] for line in FILES[folder].read_text(encoding="utf-8").splitlines()]
    assert [(written, said(written, folder)) for written, _ in lines] == lines
    assert [said(as_said, folder) for _, as_said in lines] == [as_said for _, as_said in lines]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_spelling_of_every_unit_is_said_behind_a_number_only(folder: str):
    for unit in units_of(reading_in(folder)):
        for written in spellings(unit.written):
            assert said(f"A 5 {written}, B", folder) == f"A 5 {unit.several}, B", written
            # Inside a word, behind one, or at the start of one it is none.
            letters = re.sub(r"\W", "", written)
            if letters:
                assert said(f"5 {letters}qq", folder) == f"5 {letters}qq"
                assert said(f"X{letters}q 5", folder) == f"X{letters}q 5"


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_of_a_thing_agrees_with_it(folder: str):
    reading = reading_in(folder)
    for unit in units_of(reading):
        one = reading.agreeing.get(unit.gender, {}).get(1, "1")
        # Forms of their own for some words: "einmal", "un'ora".
        assert said(f"B 1 {unit.several}, C", folder) in {f"B {one} {unit.one}, C", "B un'ora, C"}
        assert said("B 1, C", folder) == "B 1, C"


@pytest.mark.parametrize("folder", FOLDERS)
def test_numbers_that_agree_are_said_in_words_before_what_is_counted_only(folder: str):
    reading = reading_in(folder)
    for gender, numbers in reading.agreeing.items():
        noun = next(unit for unit in reading.nouns if unit.gender == gender)
        for number, word in numbers.items():
            thing = noun.one if number == 1 else noun.several
            assert said(f"X {number} {thing}", folder) == f"X {word} {thing}"
            assert said(f"X {number} qq", folder) == f"X {number} qq"
            assert said(f"X {number},5 {noun.several}", folder).startswith(f"X {number},5 ")


@pytest.mark.parametrize("folder", FOLDERS)
def test_parts_of_a_thing_have_words_of_their_own(folder: str):
    reading = reading_in(folder)
    for unit in units_of(reading):
        for written, part in zip(("½", "¼", "¾"), unit.parts, strict=False):
            assert said(f"X {written} {unit.one}", folder) == f"X {part}"
            assert said(f"X 3/5 {unit.one}", folder) != f"X {part}"
    for written, part in zip(("1/2", "1/4", "3/4"), reading.parts, strict=True):
        assert said(f"X {written}", folder) == f"X {part}"
        assert said(f"X {written}/5", folder) == f"X {written.replace('/', ' ')} 5"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_word_is_said_as_a_word_only(folder: str):
    for written, as_said in reading_in(folder).words.items():
        assert as_said in said(f"Q {written} q", folder), written
        assert not re.search(rf"(?<!\w){as_said}(?!\w)", said(f"q{written} q", folder))


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sign_has_a_word_and_no_hyphen_is_a_minus(folder: str):
    for sign, as_said in reading_in(folder).signs.items():
        assert f" {as_said}" in said(f"X 3{sign}" if sign in "%°" else f"X {sign}5", folder), sign
    assert said("X-Y", folder) == "X-Y"


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_a_dose_is_for_is_said_behind_a_number_only(folder: str):
    reading = reading_in(folder)
    for pattern, as_said in reading.per:
        for written in spellings(pattern):
            expected = as_said.replace(r"\g<0>", written)
            assert said(f"8/{written}", folder) == f"8 {expected}"
            assert expected not in said(f"Qq/{written}", folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_days_are_said_in_lists_and_ranges_only(folder: str):
    reading = reading_in(folder)
    short = [sorted(spellings(pattern))[-1] for pattern, _ in reading.days]
    names = [name for _, name in reading.days]
    for index in range(6):
        assert said(f"{short[index]}/{short[index + 1]}", folder) == f"{names[index]}, {names[index + 1]}"
        assert said(f"{short[index]}, x", folder) == f"{short[index]}, x"
    between = reading.days_between.format(first=names[0], last=names[6])
    assert said(f"{short[0]}-{short[6]}", folder) == between


@pytest.mark.parametrize("folder", FOLDERS)
def test_roman_numerals_number_their_nouns_only(folder: str):
    reading = reading_in(folder)
    numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
    for noun, (numeral, word) in zip(
        (reading.counted_in_roman.split("|") * 12)[:12], zip(numerals, reading.first_twelve, strict=True), strict=True
    ):
        assert said(f"{noun} {numeral}", folder) == f"{noun} {word}"
        assert said(f"qq {numeral}", folder) == f"qq {numeral}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_words_in_capitals_are_words_in_a_text_with_small_letters(folder: str):
    for word in reading_in(folder).stressed:
        assert said(f"qq {word.upper()} qq", folder) == f"qq {word} qq"
    assert said("qq ABCQ qq", folder) == "qq ABCQ qq"


ENGLISH = re.compile(
    r"\b(?:and|or|to|of|at|the|for|times|seconds?|minutes?|hours?|kilograms|percent|degrees|least|under|over|about"
    r"|half|quarter|sets|equals|number|out)\b"
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_table_says_an_english_word(folder: str):
    lines = FILES[folder].read_text(encoding="utf-8").splitlines()
    # Words that a language shares.
    shared = {"fr": {"minutes", "minute", "or", "quarter"}}.get(folder, set())
    for line in lines:
        written, _, as_said = line.partition("|")
        assert set(ENGLISH.findall(as_said)) - set(ENGLISH.findall(written)) <= shared, line


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_language_lacks_nothing_for_being_read_aloud(folder: str):
    assert list(reading_gaps(LANGUAGES / folder)) == []


def test_a_folder_without_tables_is_told_what_it_lacks(tmp_path: Path):
    lacks = list(reading_gaps(tmp_path))
    assert [line.partition(":")[0] for line in lacks[:3]] == ["speaking.py", "reading.py", "lexicon.toml"]
    assert lacks[3].endswith(".txt: no such file; it shows what is said and what stays")
    assert "reading.py: ranges: is empty, so such shorthand is read as it is written" in table_gaps(Reading())


def test_what_tables_lack_stays_as_it_is():
    for text in ("3 x 12-15 s", "½ h", "8:30", '30"', "≤ 5 kg", "Qq II, qq/d, 1.5"):
        assert spoken(text, {}, Reading()) == text.replace('30"', '30"')


def test_a_lexicon_comes_before_the_tables_of_a_language():
    assert spoken("ca. 5 cm", {"ca.": "zirka"}, reading_in("de")) == "zirka 5 Zentimeter"
