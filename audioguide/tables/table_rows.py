"""Rows of a table that a user wrote, as CSV, TSV or Excel workbook: texts, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from audioguide.errors import FileError, Problem
from audioguide.storage.plain_files import open_plain

LARGEST_TABLE = 100_000_000
"""Bytes; a row has some hundreds, so a larger file is no table that anybody wrote, or one to be split."""

MOST_ROWS = 100_000
"""More people, or exercises, are put into several tables."""

MOST_COLUMNS = 500
"""More than a column for every dose of the largest protocol."""


def read_rows(path: Path, encoding: str | None = None) -> Iterator[Sequence[str]]:
    """Yield the rows of a CSV, TSV or XLSX file, the empty ones too.

    Args:
        path: the file.
        encoding: of a CSV or TSV; None for Unicode.

    Raises:
        FileError: when it can't be read, is no table, or is too large.
    """
    source = str(path)
    data = read_bytes(path, "name a CSV, TSV or XLSX file")
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        from audioguide.tables.xlsx_tables import xlsx_rows

        return xlsx_rows(data, source)
    from audioguide.tables.csv_tables import csv_rows

    return csv_rows(data, source, encoding, tabs=path.suffix.casefold() in (".tsv", ".tab"))


def read_bytes(path: Path, advice: str) -> bytes:
    """Return what the file at ``path`` holds.

    Raises:
        FileError: when it can't be read, with ``advice``, or is too large for a table.
    """
    source = str(path)
    try:
        with open_plain(path) as file:
            data = file.read(LARGEST_TABLE + 1)
    except FileNotFoundError:
        raise fault(source, "does not exist", "check the path") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        what = "is a folder" if path.is_dir() else f"can't be read ({reason.lower()})"
        raise fault(source, what, advice) from None
    if len(data) > LARGEST_TABLE:
        raise fault(source, f"is over {LARGEST_TABLE // 1_000_000} MB", "split it into several files")
    return data


def filled_rows(rows: Iterator[Sequence[str]], source: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows in which something stands, with their numbers in a spreadsheet and no spaces around cells.

    Raises:
        FileError: for a row far below all others.
    """
    for number, cells in zip(count(1), rows, strict=False):
        # A row far below is a stray cell or a whole sheet that was formatted; both would be read for minutes.
        if number > 2 * MOST_ROWS:
            raise fault(source, f"has over {2 * MOST_ROWS} rows", "remove the empty ones, or make several tables")
        stripped = [cell.strip() for cell in cells]
        while stripped and not stripped[-1]:
            stripped.pop()
        if stripped:
            yield number, tuple(stripped)


def fault(source: str, what: str, hint: str = "", where: str = "") -> FileError:
    """Return the error of a file with one problem."""
    return FileError(source, [Problem(where, what, hint)])
