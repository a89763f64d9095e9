"""Makes a protocol of a sheet, or says of each line why it can't: the whole road from a file to a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from audioguide.errors import FileError, Problem
from audioguide.languages.registry import find
from audioguide.languages.sheet_words import sheet_words
from audioguide.library.protocol_files import parse_protocol
from audioguide.library.translations import raw_exercise_in
from audioguide.model.ids import id_of
from audioguide.model.text import quoted
from audioguide.sheets.language_of_sheet import language_of
from audioguide.sheets.line_reader import is_safety
from audioguide.sheets.prescribing import Prescribed, prescribe_entry, texts_of
from audioguide.sheets.protocol_text import Ids, Item, ProtocolText, WrittenPhase
from audioguide.sheets.sheet import Made, Often, Sheet, UnreadError, UnreadLine
from audioguide.sheets.table_reader import read_rows_of_sheet
from audioguide.sheets.text_reader import read_text
from audioguide.tables.csv_tables import csv_rows, decoded
from audioguide.tables.table_rows import fault, filled_rows, read_bytes
from audioguide.tables.xlsx_tables import xlsx_rows

LARGEST_SHEET = 4_000_000
"""Bytes; a sheet has some thousands, so a larger file is another one."""

TABLE_ENDINGS = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")
TEXT_ENDINGS = (".txt", ".md", ".markdown", ".text", "")


class Imported(Struct, frozen=True):
    """A protocol that was made of a sheet.

    Attributes:
        text: the protocol file.
        told: what was read of each line, and what was taken for granted, a line each.
        unread: what was left out, a line each.
    """

    text: str
    told: tuple[str, ...]
    unread: tuple[Problem, ...] = ()


def import_sheet(
    path: Path, language: str | None = None, encoding: str | None = None, skip_unread: bool = False
) -> Imported:
    """Return the protocol of the sheet at ``path``.

    Args:
        path: a CSV, TSV, XLSX, text or Markdown file.
        language: the BCP 47 tag of the sheet's language; None to tell it by its words.
        encoding: of a file that is not Unicode.
        skip_unread: leave out what can't be read, unless it may be for a person's safety, or heads other lines.

    Raises:
        FileError: with every line that can't be read, or where there is no exercise in it.
        RequestError: for an unknown language.
    """
    found = read_sheet(path, language, encoding)
    problems = tuple(problem_of(one, found.sheet.place) for one in found.unread)
    if problems and not skip_unread:
        raise FileError(str(path), problems)
    warned = {entry.lines[0].number for phase in found.sheet.phases for entry in phase.entries if entry.cautions}
    # A caution may also stand on a line below the exercise that isn't read.
    kept = [one for one in found.unread if one.line.number in warned or is_safety(one.line.text, found.sheet.language)]
    if kept:
        hint = "it may be for a person's safety, and is not left out"
        raise FileError(str(path), [problem_of(one, found.sheet.place)._replace(hint=hint) for one in kept])
    if heading := [one for one in found.unread if one.heads]:
        # Without it what is only for later weeks would be done in every one.
        hint = "it may say when or how the exercises below it are done, and is not left out"
        raise FileError(str(path), [problem_of(one, found.sheet.place)._replace(hint=hint) for one in heading])
    if not found.prescribed:
        hint = "write one a line, such as: Plank, 3 x 30 s"
        raise FileError(str(path), problems or [Problem("", "has no exercise with a dose", hint)])
    return _written(path, found, problems)


class ReadSheet(Struct, frozen=True):
    """A sheet with what a protocol says of its exercises.

    Attributes:
        sheet: the sheet.
        told_by: a sentence that says how its language is told.
        prescribed: what a protocol says of each exercise, by the number of its first line.
        unread: all lines that can't be read, in order.
        made: what was made of each line, by number.
    """

    sheet: Sheet
    told_by: str
    prescribed: Mapping[int, Prescribed]
    unread: tuple[UnreadLine, ...]
    made: Mapping[int, Made]


def read_sheet(path: Path, language: str | None = None, encoding: str | None = None) -> ReadSheet:
    """Return the sheet at ``path`` with what was made of each of its lines; the arguments are those of `import_sheet`.

    Raises:
        FileError: when the file itself can't be read.
        RequestError: for an unknown language.
    """
    data = read_bytes(path, "name a CSV, XLSX, text or Markdown file")
    if len(data) > LARGEST_SHEET:
        raise fault(str(path), f"is over {LARGEST_SHEET // 1_000_000} MB", "name a sheet of exercises")
    sheet, told_by = _read(path, data, None if language is None else find(language).code, encoding)
    prescribed: dict[int, Prescribed] = {}
    unread, made = list(sheet.unread), dict(sheet.made)
    for entry in (entry for phase in sheet.phases for entry in phase.entries):
        try:
            prescribed[entry.lines[0].number] = prescribe_entry(entry, sheet.language)
        except UnreadError as error:
            unread.append(UnreadLine(entry.lines[0], error.why, error.text))
            made |= dict.fromkeys((line.number for line in entry.lines), Made.UNREAD)
    unread.sort(key=lambda one: one.line.number)
    return ReadSheet(sheet=sheet, told_by=told_by, prescribed=prescribed, unread=tuple(unread), made=made)


def _read(path: Path, data: bytes, code: str | None, encoding: str | None) -> tuple[Sheet, str]:
    """Return the sheet, and a sentence that says how its language is told."""
    source, ending = str(path), path.suffix.casefold()
    if ending in TABLE_ENDINGS:
        workbook = ending in (".xlsx", ".xlsm")
        found = xlsx_rows(data, source) if workbook else csv_rows(data, source, encoding, tabs=ending != ".csv")
        rows = list(filled_rows(found, source))
        told = code or language_of("\n".join(cell for _, cells in rows for cell in cells))
        return read_rows_of_sheet(rows, told), _told_by(told, code)
    if ending not in TEXT_ENDINGS:
        raise fault(source, f"ends in {ending}, which is no sheet", "name a CSV, XLSX, text or Markdown file")
    text = decoded(data, source, encoding)
    told = code or language_of(text)
    return read_text(text, told), _told_by(told, code)


def _told_by(told: str, code: str | None) -> str:
    """Return how the language ``told`` was found: ``code`` where the user names it, else by the words of the sheet."""
    return f"it is in {find(told).name}" + ("" if code else ", by its words; --language says another")


def problem_of(unread: UnreadLine, place: str) -> Problem:
    """Return a line that can't be read as a problem of its file, with what to write instead."""
    part = unread.part or unread.line.text
    return Problem(f"{place} {unread.line.number}", f"{quoted(part)} {unread.why.what}", unread.why.hint)


def _written(path: Path, found: ReadSheet, left_out: tuple[Problem, ...]) -> Imported:
    """Return the protocol file of a sheet.

    Raises:
        FileError: where the protocol has a problem, such as more text than can be said.
    """
    sheet, ids = found.sheet, Ids()
    exercises: dict[str, Mapping[str, Any]] = {}
    phases, told = [], [f"{path}: {found.told_by}"]
    for phase in sheet.phases:
        items = []
        for prescribed in (found.prescribed.get(entry.lines[0].number) for entry in phase.entries):
            if prescribed is None:
                continue
            key, table, stated = _exercise(prescribed, sheet.language, ids, exercises)
            if table is not None:
                exercises[key] = table
            lines = [f"{sheet.place} {line.number}: {' '.join(line.text.split())}" for line in prescribed.entry.lines]
            items.append(Item(key, stated, (*lines, *(f"  assumed: {note}" for note in prescribed.assumed))))
            told += items[-1].comments
        if items:
            title = phase.title or sheet_words(sheet.language).phase_title
            phases.append(WrittenPhase(title, tuple(items), {}))
    general = [f"{sheet.place} {number}: {note}" for number, note in sheet.notes]
    title = sheet.title or path.stem
    texts = {"safety": sheet.safety, "summary": sheet.summary, "closing": sheet.closing}
    head: dict[str, Any] = {"id": id_of(title) or "sheet", "title": title, "language": sheet.language}
    head |= {key: list(lines) for key, lines in texts.items() if lines}
    comments = (
        f"Made of {path.name} by audioguide protocol import. Read each line against the sheet before it is used.",
        found.told_by,
        *general,
        *(f"not read, {problem}" for problem in left_out),
    )
    protocol = ProtocolText(
        comments=comments,
        head=head,
        programme=_programme(sheet.often),
        phases=tuple(phases),
        exercises=exercises,
    )
    text = protocol.written()
    # What is written must be what a person can build from, so it is read as their file will be.
    parse_protocol(tomllib.loads(text), str(path), path.absolute().parent)
    return Imported(text, (*told, *general), left_out)


def _exercise(
    prescribed: Prescribed, language: str, ids: Ids, known: Mapping[str, Mapping[str, Any]]
) -> tuple[str, Mapping[str, Any] | None, Mapping[str, Any]]:
    """Return the id of an exercise, its table where the file has one of its own, and what its place states."""
    remarks, cautions = texts_of(prescribed)
    if prescribed.built_in is not None and not remarks and not cautions:
        return prescribed.built_in, None, prescribed.doses
    if prescribed.built_in is not None:
        # What the sheet says of it is said with it, so the file has a copy with these texts.
        table = dict(raw_exercise_in(prescribed.built_in, language))
        for key, texts in (("setup", remarks), ("read", remarks), ("caution", cautions), ("caution_brief", cautions)):
            if texts and (key in table or key in ("setup", "caution")):
                known_texts = table.get(key, [])
                # One line may stand in a protocol without a list around it.
                alone = isinstance(known_texts, str | dict)
                table[key] = [*([known_texts] if alone else known_texts), *texts]
        return ids.of(prescribed.built_in), table, prescribed.doses
    table = {"name": prescribed.entry.name, **prescribed.doses, **prescribed.own}
    table |= {key: list(texts) for key, texts in (("setup", remarks), ("caution", cautions)) if texts}
    same = next((key for key, other in known.items() if other == table), None)
    return (same or ids.of(prescribed.entry.name)), table, {}


def _programme(often: Often) -> Mapping[str, Any]:
    """Return the keys of the programme; empty where nobody says how often it is done."""
    if often == Often():
        return {}
    keys: dict[str, Any] = {}
    if often.per_week is not None:
        low, high = int(often.per_week.low), int(often.per_week.high)
        keys["times_a_week"] = {"default": low, "min": low, "max": high} if often.per_week.ranged else low
    if often.per_day is not None and often.per_day > 1:
        keys["times_a_day"] = often.per_day
    if often.weeks is not None:
        keys["weeks"] = often.weeks
    return keys or {"times_a_week": 7}
