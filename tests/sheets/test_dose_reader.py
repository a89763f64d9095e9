"""Doses in every style of each language are read as they were meant or not at all; no text breaks the reader."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from audioguide.languages.registry import FOLDERS
from audioguide.languages.sheet_words import plain, sheet_words
from audioguide.model.kinds import Sides
from audioguide.sheets.dose_reader import CLAUSES, read_dose
from audioguide.sheets.line_reader import LineKind, read_line
from audioguide.sheets.sheet import Quantity, Sheet, SheetDose, UnreadError
from audioguide.sheets.table_reader import read_rows_of_sheet
from audioguide.sheets.text_reader import read_text
from audioguide.sheets.tokens import Kind
from tests.examples import examples


def quantity(low: float, high: float | None = None) -> Quantity:
    return Quantity(low, low if high is None else high)


@st.composite
def written_doses(draw: st.DrawFn) -> tuple[str, str, SheetDose]:
    """Return a language, a dose in one of its styles, and what it means."""
    code = draw(st.sampled_from(list(FOLDERS)))
    words = sheet_words(code).words

    def word(kind: str) -> str:
        return draw(st.sampled_from(words[kind]))

    sets, rest = draw(st.integers(1, 9)), draw(st.none() | st.integers(5, 300))
    sides = draw(st.sampled_from([None, Sides.EACH, Sides.LEFT, Sides.RIGHT]))
    fields: dict[str, Any] = {"sets": quantity(sets), "sides": sides, "rest_s": rest and quantity(rest)}
    low = draw(st.integers(10, 60))
    high = draw(st.none() | st.integers(low + 1, 90))
    number = f"{low}" if high is None else f"{low}-{high}"
    space = draw(st.sampled_from([" ", ""]))
    cross = draw(st.sampled_from(["x", "X", "×", " x "]))
    if draw(st.booleans()):
        fields["hold_s"] = (quantity(low, high),)
        work = f"{number}{space}{word('seconds')}"
    else:
        fields["reps"] = (quantity(low, high),)
        work = f"{number} {word('reps')}"
    parts = [draw(st.sampled_from([f"{sets}{cross}{work}", f"{sets} {word('sets')} {work}"]))]
    if sides is Sides.EACH:
        parts.append(f"{word('each')} {word('side_noun')}")
    elif sides is not None:
        parts.append(word(sides.value))
    if rest is not None:
        parts.append(
            draw(st.sampled_from(["{p} {n} {s}", "{n} {s} {p}", "{p}: {n} {s}"])).format(
                p=word("rest"), n=rest, s=word("seconds")
            )
        )
    return code, draw(st.sampled_from([", ", "; ", " – "])).join(parts), SheetDose(**fields)


@settings(max_examples=examples(500))
@given(written_doses())
def test_a_dose_in_any_style_is_read_as_it_was_meant_or_not_at_all(written: tuple[str, str, SheetDose]):
    code, text, meant = written
    try:
        found = read_dose(text, code)
    except UnreadError:
        return
    assert found == meant


@settings(max_examples=examples(200))
@given(written_doses().filter(lambda written: ", " in written[1]))
def test_the_usual_style_is_read(written: tuple[str, str, SheetDose]):
    code, text, meant = written
    assert read_dose(text, code) == meant


FRAGMENTS = st.sampled_from(
    re.findall(
        r"\S+",
        "3 10 30 8-12 1:30 2' 30'' 3-1-1 10/10 12/10/8 1,5 x X s sec min reps sets hold rest each side left right "
        "only both alternating tempo daily a week for kg % max total , . ; : - – / ( ) Plank Squat stretch slowly "
        "knee up to about one",
    )
)


def numbers_in(texts: list[str]) -> set[str]:
    return {digits for text in texts for digits in re.findall(r"\d+", text)}


@settings(max_examples=examples(1500))
@given(st.lists(FRAGMENTS, min_size=2, max_size=9).map(" ".join))
@example("Squat 3 x 10 slowly , 30 s")
def test_no_number_of_a_line_that_is_read_is_lost(line: str):
    try:
        reading = read_line(line, "en")
    except UnreadError:
        return
    if reading.kind not in (LineKind.EXERCISE, LineKind.DOSE):
        return
    dose = reading.dose
    amounts = [dose.sets, dose.bare, dose.times, dose.rep_hold_s, dose.relax_s, dose.rest_s, *dose.hold_s, *dose.reps]
    told = {f"{value:g}" for amount in amounts if amount is not None for value in (amount.low, amount.high)}
    # Of minutes the seconds are kept.
    told |= {f"{amount / 60:g}" for amount in map(float, told)}
    told |= numbers_in([reading.text, reading.remark, dose.tempo or "", *dose.loads, *dose.assumed])
    if dose.often is not None:
        per_week = () if dose.often.per_week is None else (dose.often.per_week.low, dose.often.per_week.high)
        told |= {f"{value:g}" for value in (*per_week, dose.often.per_day or 0, dose.often.weeks or 0)}
    for digits in numbers_in([line]):
        assert digits.lstrip("0") in told or digits in told, (line, reading)


@settings(max_examples=examples(300))
@given(st.text(max_size=300), st.sampled_from(list(FOLDERS)))
@example("# ", "en")
@example("- \n\n- x\n|a|\n|--|\n", "en")
@example("3 x\n===\n1)\n", "de")
def test_no_text_breaks_the_reader(text: str, code: str):
    assert isinstance(read_text(text, code), Sheet)


cells = st.text(max_size=12) | st.sampled_from(
    ["Exercise", "Sets", "Reps", "3", "10", "3 x 10", "30 s", "2001-01-03", "-"]
)


@settings(max_examples=examples(300))
@given(st.lists(st.tuples(st.integers(1, 99), st.lists(cells, max_size=5).map(tuple)), max_size=6))
def test_no_table_breaks_the_reader(rows: list[tuple[int, tuple[str, ...]]]):
    assert isinstance(read_rows_of_sheet(rows, "en"), Sheet)


def test_every_language_has_words_of_every_kind_and_none_with_two_meanings():
    kinds = {code: {key: set(words) for key, words in sheet_words(code).words.items()} for code in FOLDERS}
    for code, by_kind in kinds.items():
        assert by_kind.keys() == kinds["en"].keys()
        assert sheet_words(code).columns.keys() == sheet_words("en").columns.keys()
        assert sheet_words(code).refused.keys() == sheet_words("en").refused.keys()
        for one, words in by_kind.items():
            for other, others in by_kind.items():
                # Words for "per" and "for", and of a range, are told apart by what stands around them.
                if one < other and not {one, other} <= {"per", "for_", "to", "of"}:
                    assert not words & others, f"{code}: {one} and {other} share {words & others}"
            assert not any(words & set(refused) for refused in sheet_words(code).refused.values()), f"{code}: {one}"


def test_columns_and_words_of_a_heading_are_told_apart():
    for code in FOLDERS:
        seen: dict[str, str] = {}
        for column, headings in sheet_words(code).columns.items():
            for heading in headings:
                assert seen.setdefault(heading, column) == column, f"{code}: {heading}"


def test_every_kind_of_word_has_a_letter_of_its_own_and_clauses_use_known_ones():
    letters = [kind.value for kind in Kind]
    assert len(set(letters)) == len(letters)
    for clause in CLAUSES:
        bare = re.sub(r"\(\?P<\w+>|\(\?[:!=]|[\[\]()|?*+\\^$-]|a-z|A-Z|0-9", "", clause.pattern)
        assert set(bare) <= set(letters) | set("AZaz09"), clause.pattern


def test_aliases_name_built_in_exercises_and_no_two_of_them_alike():
    from audioguide.library.builtin import exercises
    from audioguide.sheets.exercise_names import bare

    known: dict[str, str] = {}
    for code in FOLDERS:
        for key, names in sheet_words(code).aliases.items():
            assert key in exercises(), f"{code}: {key}"
            for name in names:
                assert known.setdefault(bare(name), key) == key, f"{code}: {name}"


def test_words_are_compared_without_case_accents_and_curly_apostrophes():
    assert plain("Côté d’Été ß") == "cote d'ete ss"
