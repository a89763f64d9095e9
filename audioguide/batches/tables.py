"""A table of people as it stands in a file: headings and rows of text. Says what keeps a file from being one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from audioguide.errors import FileError, Problem
from audioguide.tables.table_rows import MOST_COLUMNS, MOST_ROWS, fault, filled_rows, read_rows

HEAD_LINE = "write a heading over each column, and below it a row for each person"


class Row(Struct, frozen=True):
    """One row that is not empty.

    Attributes:
        number: as a spreadsheet counts, 1 for the first row of the file.
        cells: its texts without spaces around them, one a heading.
    """

    number: int
    cells: tuple[str, ...]


class Table(Struct, frozen=True):
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
    return table_of(read_rows(path, encoding), str(path), path.absolute().parent)


def table_of(rows: Iterable[Sequence[str]], source: str, folder: Path) -> Table:
    """Return the table whose headings are the first row that is not empty.

    Raises:
        FileError: when there is nobody in it, it has too many rows or columns, or a cell has no heading.
    """
    filled = (Row(number, cells) for number, cells in filled_rows(iter(rows), source))
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
