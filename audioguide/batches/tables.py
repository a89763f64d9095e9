"""A table of people as it stands in a file: headings and rows of text. Says what keeps a file from being one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from audioguide.errors import FileError, Problem

LARGEST_TABLE = 100_000_000
"""Bytes; a row has some hundreds, so a larger file is not a table of people, or one to be made in parts."""

MOST_ROWS = 100_000
"""All names are known before the first file is made, so that none collide; more people are made in several tables."""

MOST_COLUMNS = 500
"""More than a row for every dose of the largest protocol has."""

HEAD_LINE = "write a heading over each column, and below it a row for each person"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty.

    Attributes:
        number: as a spreadsheet counts, 1 for the first row of the file.
        cells: its texts without spaces around them, one a heading.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of people.

    Attributes:
        source: what it is called in messages.
        folder: where relative paths in it start.
        headings: the text over each column.
        rows: the people, in their order.
    """

    source: str
    folder: Path
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, encoding: str | None = None) -> Table:
    """Return the table in a CSV, TSV or XLSX file.

    Args:
        path: the file.
        encoding: of a CSV or TSV; None for Unicode.

    Raises:
        FileError: when it can't be read, is no table, too large, or has nobody in it.
    """
    source = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_TABLE + 1)
    except FileNotFoundError:
        raise fault(source, "does not exist", "check the path") from None
    except (OSError, ValueError) as error:
        what = "is a folder" if path.is_dir() else f"can't be read ({error})"
        raise fault(source, what, "name a CSV, TSV or XLSX file") from None
    if len(data) > LARGEST_TABLE:
        raise fault(source, f"is over {LARGEST_TABLE // 1_000_000} MB", "make the people in several tables")
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        from audioguide.batches.xlsx_tables import xlsx_rows

        rows = xlsx_rows(data, source)
    else:
        from audioguide.batches.csv_tables import csv_rows

        rows = csv_rows(data, source, encoding, tabs=path.suffix.casefold() in (".tsv", ".tab"))
    return table_of(rows, source, path.absolute().parent)


def table_of(rows: Iterable[Sequence[str]], source: str, folder: Path) -> Table:
    """Return the table whose headings are the first row that is not empty.

    Raises:
        FileError: when there is nobody in it, it has too many rows or columns, or a cell has no heading.
    """
    filled = _filled(rows, source)
    headings = next(filled, None)
    if headings is None:
        raise fault(source, "is empty", HEAD_LINE)
    width = len(headings.cells)
    if width > MOST_COLUMNS:
        raise fault(source, f"has {width} columns; at most {MOST_COLUMNS} are read", HEAD_LINE)
    people: list[Row] = []
    problems: list[Problem] = []
    for row in filled:
        if len(people) == MOST_ROWS:
            raise fault(source, f"has over {MOST_ROWS} people", "make them in several tables")
        if any(row.cells[width:]):
            what = f"has {len(row.cells)} cells, and there are {width} headings"
            problems.append(Problem(f"row {row.number}", what, "put a text with a separator in it in double quotes"))
        cells = row.cells[:width]
        people.append(Row(row.number, cells + ("",) * (width - len(cells))))
    if problems:
        raise FileError(source, problems)
    if not people:
        raise fault(source, "has headings and nobody below them", "write a row for each person")
    return Table(source, folder, headings.cells, tuple(people))


def _filled(rows: Iterable[Sequence[str]], source: str) -> Iterator[Row]:
    """Yield the rows in which something stands, with the numbers that they have in a spreadsheet."""
    for number, cells in zip(count(1), rows, strict=False):
        # A row far below is a stray cell or a whole sheet that was formatted; both would be read for minutes.
        if number > 2 * MOST_ROWS:
            raise fault(source, f"has over {2 * MOST_ROWS} rows", "remove the empty ones, or make several tables")
        stripped = [cell.strip() for cell in cells]
        while stripped and not stripped[-1]:
            stripped.pop()
        if stripped:
            yield Row(number, tuple(stripped))


def fault(source: str, what: str, hint: str = "", where: str = "") -> FileError:
    """Return the error of a file with one problem."""
    return FileError(source, [Problem(where, what, hint)])
