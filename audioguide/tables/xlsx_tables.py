"""Rows of an Excel workbook: the first sheet that is shown, its cells as texts, formulas by their kept values.

Read by python-calamine, which expands no XML entities; openpyxl does, and had its last release in 2024.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from audioguide.errors import FileError, Problem
from audioguide.tables.table_rows import MOST_COLUMNS, MOST_ROWS, fault

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LARGEST_UNPACKED = 200_000_000
"""Bytes of all parts of a workbook, unpacked: a small file may unpack to more than there is memory."""

INSTALL = 'pip install "audioguide[xlsx]"'

_UNREAD_FORMULA = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f(?:>|\s[^>]*>)(?:[^<]*</f>)?\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>'
)
"""A cell with a formula and no value (ECMA-376, 18.3.1.4): a program wrote it that doesn't compute."""

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How the parts of a workbook may be packed (ECMA-376, part 2, annex B)."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError, NotImplementedError)
"""What zipfile raises for damaged files: it passes on what it meets on the way."""

_ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")


def xlsx_rows(data: bytes, source: str) -> Iterator[Sequence[str]]:
    """Yield the rows of the first sheet that is shown, the empty ones too.

    Args:
        data: what the file holds.
        source: names it in errors.

    Raises:
        FileError: when the reader is missing, the file is no workbook, has a password, is too large, or a formula has
            no value.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
    except ImportError:
        raise fault(source, "is an Excel workbook, which needs another package", f"{INSTALL}, or save as CSV") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise fault(source, "unpacks to over 200 MB", "remove what is no part of the table")
            if any(part.compress_type not in _PACKED for part in packed.infolist()):
                raise zipfile.BadZipFile
            faults = _unread_formulas(packed)
    except _DAMAGE:
        what = "is no Excel workbook, is damaged, or has a password"
        raise fault(source, what, "save it as .xlsx without one, or CSV") from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if not shown:
            raise fault(source, "has no sheet that is shown", "put the table on the first sheet")
        sheet = book.get_sheet_by_name(shown[0])
    except CalamineError as error:
        raise fault(source, f"can't be read ({error})", "save it anew as .xlsx, or CSV") from None
    if faults:
        raise FileError(source, faults)
    return _rows(sheet, source)


def _rows(sheet: CalamineSheet, source: str) -> Iterator[Sequence[str]]:
    """Yield the rows of a sheet from its first row and column on, the empty ones above and beside the cells too."""
    if sheet.start is None:
        return
    first_row, first_column = sheet.start
    # A stray cell in a far corner would make a table of millions of empty ones.
    if sheet.total_height > 2 * MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        what = f"has {sheet.total_height} rows and {sheet.total_width} columns on its first sheet"
        raise fault(source, what, "remove what is no part of the table, or make several tables")
    yield from ([] for _ in range(first_row))
    for cells in sheet.to_python(skip_empty_area=True):
        yield [""] * first_column + [_as_text(cell) for cell in cells]


def _as_text(cell: float | str | bool | date | time | timedelta) -> str:
    """Return what a cell holds as people type it: 75 for 75.0, yes for a truth value, a date as 2026-11-02."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    if isinstance(cell, float):
        # 0.1 + 0.2 is shown as 0.3 in a spreadsheet.
        return f"{cell:.10g}"
    return str(cell)


def _unread_formulas(packed: zipfile.ZipFile) -> list[Problem]:
    """Return a problem for each formula without a value on the workbook's first sheet."""
    first = _first_sheet(packed)
    if first is None:
        return []
    found = _UNREAD_FORMULA.findall(packed.read(first))
    return [
        Problem(
            f"row {row.decode()}, column {column.decode()}",
            "is a formula that nothing has computed",
            "open the file in a spreadsheet program and save it",
        )
        for column, row in found
    ]


def _first_sheet(packed: zipfile.ZipFile) -> str | None:
    """Return the part of the first sheet that is shown (ECMA-376, 18.2.19); None where it isn't told."""
    try:
        book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return None
    for sheet in re.findall(r"<sheet\s[^>]*>", book):
        if re.search(r'state="(?:veryH|h)idden"', sheet):
            continue
        key = re.search(r'r:id="([^"]+)"', sheet)
        for relation in re.findall(r"<Relationship\s[^>]*>", relations):
            target = re.search(r'Target="([^"]+)"', relation)
            if key and target and f'Id="{key[1]}"' in relation:
                name = target[1].removeprefix("/xl/")
                return f"xl/{name}" if f"xl/{name}" in packed.namelist() else None
    return None
