"""Reads a sheet that is a table: a heading over each column, an exercise a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from audioguide.languages.sheet_words import plain, sheet_words
from audioguide.model.kinds import Sides
from audioguide.sheets.assembly import Assembly, joined, merged_often
from audioguide.sheets.dose_reader import checked, parse, read_dose, read_tokens, settled, why_unread
from audioguide.sheets.line_reader import (
    LineKind,
    Reading,
    is_safety,
    read_line,
    refuse_changing,
    refuse_dose_in_name,
    refuse_none,
)
from audioguide.sheets.sheet import EVERY_DAY, Line, Made, Often, Sheet, SheetDose, UnreadError, Why
from audioguide.sheets.tokens import Kind, Token, kinds


class Column(StrEnum):
    """What a column holds; the values are the keys of a language's ``[columns]``."""

    NUMBER = "number"
    NAME = "name"
    SETS = "sets"
    REPS = "reps"
    HOLD = "hold"
    DOSE = "dose"
    REST = "rest"
    SIDES = "sides"
    TEMPO = "tempo"
    OFTEN = "often"
    PER_DAY = "per_day"
    PER_WEEK = "per_week"
    REMARK = "remark"
    CAUTION = "caution"
    LOAD = "load"


class _Heading(Struct, frozen=True):
    """A column: what it holds, None where its heading isn't known, and the unit that the heading names."""

    column: Column | None
    text: str
    unit: str


_EMPTY = frozenset({"", "-", "–", "—", "n/a", "/", "x", "k.a.", "."})
"""What stands in a cell that says nothing."""

_DATE = re.compile(
    r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?: [\d:]+)?"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|\d{1,2}\.\d{1,2}\.(?:\d\d)?|\d{1,2}/\d{1,2}/\d\d"
    r"|\d{1,2}[-. ]{1,2}[a-z]{3,9}\.?(?:[-. ]\d{2,4})?|[a-z]{3,4}\.?[- ]\d{2,4}"
)
_MONTH = re.compile(
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|fevr|avr|juin|juil|aout|ene|abr|ago|dic|gen|mag|giu|lug|"
    "set|ott|fev|out"
)
"""How names of months begin, as `plain` gives them."""

_NUMERIC = frozenset(
    {Column.SETS, Column.REPS, Column.HOLD, Column.DOSE, Column.REST, Column.TEMPO, Column.OFTEN, Column.PER_DAY}
    | {Column.PER_WEEK, Column.SIDES}
)
_CLOCK_CELL = re.compile(r"\d{1,2}:\d\d:\d\d")


def read_rows_of_sheet(rows: Iterable[tuple[int, tuple[str, ...]]], language: str) -> Sheet:
    """Return the sheet whose filled ``rows``, with their numbers, are read in the language of a code."""
    assembly = Assembly("row", language)
    reader = TableReader(assembly, language)
    for number, cells in rows:
        shown = " | ".join(" ".join(cell.split()) for cell in cells if cell)
        reader.row(Line(number, shown), cells)
    return assembly.sheet()


class TableReader:
    """Reads rows into an assembly: the first with the headings of columns opens the table.

    Args:
        assembly: where what is read is kept.
        language: the code of the language it is read in.
    """

    def __init__(self, assembly: Assembly, language: str) -> None:
        self._assembly = assembly
        self._language = language
        self._headings: tuple[_Heading, ...] = ()

    def row(self, line: Line, cells: Sequence[str]) -> None:
        """Read one row; what can't be read is kept in the assembly."""
        try:
            # A table may begin anew further down, with other columns.
            headings = tuple(_heading_of(cell, self._language) for cell in cells)
            if {Column.NAME} < {heading.column for heading in headings} - {None} and (
                not self._headings or all(heading.column for heading in headings if heading.text)
            ):
                self._headings = headings
                self._assembly.made(line, Made.COLUMNS)
            elif not self._headings or sum(plain(cell) not in _EMPTY for cell in cells) == 1:
                self._line(line, cells)
            else:
                self._exercise(line, cells)
        except UnreadError as error:
            # A row with one cell between exercises is a heading.
            alone = sum(plain(cell) not in _EMPTY for cell in cells) == 1
            self._assembly.unread(line, error, heads=alone)

    def _line(self, line: Line, cells: Sequence[str]) -> None:
        """Read a row above or between exercises as a line of text."""
        filled = [cell for cell in cells if cell]
        if not filled:
            return
        text = " ".join(" ".join(filled).split())
        if len(filled) > 2:
            raise UnreadError(Why.NO_COLUMN)
        reading = read_line(text, self._language)
        if reading.kind is LineKind.EXERCISE and len(filled) > 1:
            raise UnreadError(Why.NO_COLUMN)
        if reading.kind is LineKind.NAME and not self._assembly.titled and not self._headings:
            self._assembly.title(line, text)
        elif reading.kind is LineKind.NAME and self._headings:
            raise UnreadError(Why.NO_DOSE)
        else:
            self._assembly.blank()
            self._assembly.read(line, reading, item=True)
            self._assembly.blank()

    def _exercise(self, line: Line, cells: Sequence[str]) -> None:
        """Read a row with an exercise."""
        for at, cell in enumerate(cells):
            heading = self._headings[at] if at < len(self._headings) else _Heading(None, "", "")
            if cell and heading.column is None:
                raise UnreadError(Why.COLUMN, heading.text) if heading.text else UnreadError(Why.NO_COLUMN, cell)
        by_column = [(self._headings[at], " ".join(cell.split("\n")).strip()) for at, cell in enumerate(cells)]
        filled = [(heading, cell) for heading, cell in by_column if plain(cell) not in _EMPTY]
        name = next((cell for heading, cell in filled if heading.column is Column.NAME), "")
        if not name:
            raise UnreadError(Why.NO_NAME)
        if re.search(r"\d", name) and _has_dose(name, self._language):
            raise UnreadError(Why.NAME_IN_DOSE, name)
        refuse_dose_in_name(name, self._language)
        dose = SheetDose()
        remarks: list[str] = []
        cautions: list[str] = []
        for heading, cell in filled:
            if heading.column in (Column.REMARK, Column.CAUTION):
                refuse_none(cell, self._language)
                safe = heading.column is Column.CAUTION or is_safety(cell, self._language)
                (cautions if safe else remarks).append(cell)
            elif heading.column is Column.NUMBER:
                if re.match(r"[A-Ha-h]\d", cell):
                    raise UnreadError(Why.JOINED, cell)
            elif heading.column is not Column.NAME:
                dose = _with_cell(dose, _cell(heading, cell, self._language))
        # Beside reps a time in the column of holds is how long each is held.
        if dose.hold_s and dose.reps and any(heading.column is Column.HOLD for heading, _ in filled):
            dose = replace(dose, held=True)
        dose = settled(dose)
        for remark in remarks:
            refuse_changing(remark, dose, self._language)
        reading = Reading(LineKind.EXERCISE, name, dose)
        self._assembly.blank()
        self._assembly.exercise(line, reading)
        self._assembly.add_texts(remarks, cautions)
        self._assembly.blank()


def _has_dose(name: str, language: str) -> bool:
    """Return whether a cell that should hold a name has a dose too, or something that may be one."""
    try:
        return read_line(name, language).kind in (LineKind.EXERCISE, LineKind.DOSE)
    except UnreadError:
        return True


def _heading_of(text: str, language: str) -> _Heading:
    """Return what the column under a heading holds: "Hold (s)" is a time, in seconds."""
    bare = re.sub(r"\s*[(\[](.*?)[)\]]\s*", " ", text).strip(" :.*")
    inside = re.search(r"[(\[](.*?)[)\]]", text)
    unit = inside[1].strip() if inside else ""
    wanted = plain(" ".join(bare.split()))
    for each in dict.fromkeys((language, "en")):
        for column, names in sheet_words(each).columns.items():
            if wanted in names:
                return _Heading(Column(column), text, unit)
    # "Pause s", "Halten in Sek."
    if match := re.fullmatch(r"(.+?)(?: in| en| em)? (\S+)", wanted):
        for each in dict.fromkeys((language, "en")):
            units = (*sheet_words(each).words["seconds"], *sheet_words(each).words["minutes"])
            for column, names in sheet_words(each).columns.items():
                if match[1] in names and match[2] in units:
                    return _Heading(Column(column), text, match[2])
    return _Heading(None, text, unit)


def _cell(heading: _Heading, cell: str, language: str) -> SheetDose:
    """Return what a cell states of a dose.

    Raises:
        UnreadError: where it can't be read under its heading.
    """
    column = heading.column
    if column in _NUMERIC and _is_date(cell):
        raise UnreadError(Why.DATE, cell)
    if _CLOCK_CELL.fullmatch(cell):
        raise UnreadError(Why.CLOCK, cell)
    if column is Column.SIDES and (side := _side(cell, language)) is not None:
        return SheetDose(sides=side)
    if column is Column.LOAD:
        return _load(heading, cell, language)
    tokens = read_tokens(cell, language)
    if column is Column.REPS and heading.unit and not _is_unit(heading.unit, language):
        # "Reps (per side)"
        return _cell(replace(heading, unit=""), f"{cell} {heading.unit}", language)
    first = tokens[0] if len(tokens) == 1 else None
    if first is not None and first.kind in (Kind.QUANTITY, Kind.COUNTS):
        return _number(heading, cell, first, language)
    if column is Column.TEMPO and kinds(tokens) == "F":
        return read_dose(f"tempo {cell}", "en")
    parsed = parse(tokens, cell)
    rest = tokens[parsed.end :]
    if any(token.kind is not Kind.SEPARATOR for token in rest):
        raise why_unread(rest, cell)
    dose = parsed.dose
    if column is Column.REPS and (count := dose.bare or dose.times) is not None and not dose.sets:
        dose = replace(dose, reps=(count,), bare=None, times=None)
    if not dose.stated or not dose.stated <= _STATED_BY.get(column, dose.stated):
        raise UnreadError(Why.UNKNOWN, cell)
    if column is Column.REST and dose.hold_s and dose.stated <= {"hold_s", "held"}:
        return SheetDose(rest_s=checked("rest_s", dose.hold_s)[0], assumed=dose.assumed)
    if column is Column.HOLD and dose.hold_s:
        dose = replace(dose, held=True)
    return dose


_STATED_BY: dict[Column | None, set[str]] = {
    Column.SETS: {"sets"},
    Column.REST: {"rest_s", "hold_s", "held"},
    Column.SIDES: {"sides", "both_sides", "alternating"},
    Column.TEMPO: {"tempo"},
    Column.OFTEN: {"often"},
    Column.PER_DAY: {"often"},
    Column.PER_WEEK: {"often"},
    Column.REPS: {"reps", "hold_s", "held", "sides", "both_sides", "alternating", "bare", "times"},
    Column.HOLD: {"hold_s", "held", "sides", "both_sides"},
}
"""What a cell may state under each heading; under the others all."""


def _number(heading: _Heading, cell: str, token: Token, language: str) -> SheetDose:
    """Return what a bare number states under its heading."""
    column, values = heading.column, token.values
    if column is Column.SETS and token.kind is Kind.QUANTITY:
        return SheetDose(sets=checked("sets", values)[0])
    if column is Column.REPS and not heading.unit:
        return SheetDose(reps=checked("reps", values))
    if column in (Column.HOLD, Column.REST, Column.REPS):
        if not heading.unit or not _is_unit(heading.unit, language):
            raise UnreadError(Why.BARE_TIME, f"{cell} under {heading.text}")
        return _cell(replace(heading, unit=""), f"{cell} {heading.unit}", language)
    if column is Column.PER_DAY and token.kind is Kind.QUANTITY and not values[0].ranged:
        return SheetDose(often=Often(per_day=int(checked("per_day", values)[0].low), per_week=EVERY_DAY))
    if column is Column.PER_WEEK and token.kind is Kind.QUANTITY:
        return SheetDose(often=Often(per_week=checked("per_week", values)[0]))
    raise UnreadError(Why.BARE_COUNT, cell)


def _is_unit(unit: str, language: str) -> bool:
    return kinds(read_tokens(f"1 {unit}", language)) == "T"


def _is_date(cell: str) -> bool:
    """Return whether a cell is a date, which spreadsheets make of what looks like one: 3-1 is the 3rd of January."""
    bare = plain(cell).strip()
    if not _DATE.fullmatch(bare):
        return False
    words = re.findall("[a-z]{3,}", bare)
    return not words or _MONTH.match(words[0]) is not None


def _side(cell: str, language: str) -> Sides | None:
    """Return the side for which a cell has a letter or short word only; None where it has none."""
    letters = plain(cell).rstrip(".")
    for each in dict.fromkeys((language, "en")):
        for side, names in sheet_words(each).side_letters.items():
            if letters in names:
                return Sides(side)
    return None


def _load(heading: _Heading, cell: str, language: str) -> SheetDose:
    """Return a weight or effort as it stands; a number alone says nothing of its unit."""
    if re.fullmatch(r"[\d.,]+", cell):
        if not heading.unit:
            raise UnreadError(Why.BARE_COUNT, f"{cell} under {heading.text}")
        cell = f"{cell} {heading.unit}"
    if _is_date(cell):
        raise UnreadError(Why.DATE, cell)
    # The weight itself may stand; what else is there must not be a part of the dose.
    refuse_changing(re.sub(r"[\d.,]+\s*(?:kg|lbs?|%)", "", cell), SheetDose(), language)
    return SheetDose(loads=(cell,))


def _with_cell(dose: SheetDose, cell: SheetDose) -> SheetDose:
    """Return what the cells of a row state so far and one more; how often may be stated by several together.

    Raises:
        UnreadError: where both state one thing.
    """
    if dose.often is None or cell.often is None:
        return joined(dose, cell)
    often = merged_often(dose.often, cell.often)
    if often is None:
        raise UnreadError(Why.OFTEN_DIFFERS)
    return replace(joined(replace(dose, often=None), replace(cell, often=None)), often=often)
