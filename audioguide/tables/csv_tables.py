"""Rows of a CSV or TSV file as spreadsheets write it: in which encoding, and what separates the cells."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator, Sequence

from audioguide.tables.table_rows import fault

SEPARATORS = ",;\t"
"""What separates cells; of those that occur equally often in the first row the first is taken."""

ENCODINGS = {"utf-8": "utf-8-sig", "cp1252": "cp1252", "utf-16": "utf-16", "latin-1": "latin-1"}
"""What `--encoding` takes, and Python's name of it."""

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""How a file begins that says its encoding: Excel writes UTF-8 and "Unicode text" so."""

_OTHER_FILES = {
    b"PK\x03\x04": ("is a workbook, or another packed file", "end its name in .xlsx if it is one"),
    b"\xd0\xcf\x11\xe0": ("is an old Excel workbook (.xls)", "save it as .xlsx or CSV"),
    b"%PDF": ("is a PDF", "name a CSV, TSV or XLSX file"),
    b"{\\rtf": ("is a text document (RTF)", "save it as CSV"),
}
"""How files begin that are no CSV, whatever they are called."""

_OPENING = "sep="
"""A first line like ``sep=;`` tells Excel the separator; it is no row of the table."""


def csv_rows(data: bytes, source: str, encoding: str | None = None, tabs: bool = False) -> Iterator[Sequence[str]]:
    """Yield the rows of a file, the empty ones too.

    Args:
        data: what the file holds.
        source: names it in errors.
        encoding: one of `ENCODINGS`; None for what the file says itself, else UTF-8.
        tabs: whether the file's name says that tabs separate its cells.

    Raises:
        FileError: when it is another kind of file, or its text can't be read.
    """
    text = decoded(data, source, encoding)
    first, _, rest = text.partition("\n")
    separator = "\t" if tabs else None
    if first.strip().strip('"').casefold().startswith(_OPENING):
        separator = first.strip().strip('"')[len(_OPENING) :][:1] or separator
        # An empty line keeps the numbers of the rows.
        text = f"\n{rest}"
    separator = separator or _separator(text)
    # As csv reads lines itself, line breaks inside quotes stay.
    lines = iter(text.splitlines(keepends=True)) if '"' not in text else iter(_lines(text))
    number = 0
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            advice = "close the double quotes, and double those inside a text"
            raise fault(source, f"can't be read ({error})", advice, where=f"row {number}") from None
        if row is None:
            return
        yield row


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of ``text`` as a file opened with ``newline=""`` gives them, which csv asks for."""
    # str.splitlines also splits at signs, such as U+2028, that may stand in a quoted text.
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end


def decoded(data: bytes, source: str, encoding: str | None = None) -> str:
    """Return the text that a file holds: ``encoding`` is one of `ENCODINGS`, None for what the file says, else UTF-8.

    Raises:
        FileError: when it is another kind of file, or its text can't be read.
    """
    for mark, (what, hint) in _OTHER_FILES.items():
        if data.startswith(mark):
            raise fault(source, what, hint)
    text = _text(data, source, encoding)
    if "\0" in text:
        raise fault(source, "holds null characters, so it is no text, or has another encoding", "save it as CSV UTF-8")
    return text


def _text(data: bytes, source: str, encoding: str | None) -> str:
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    # A mark can't stand there by chance, so it is believed more than an option.
    name = marked or ENCODINGS[encoding or "utf-8"]
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace")
        row = before.count("\n") + 1
        line = before.rpartition("\n")[2]
        column = line.count(_separator(before)) + 1
        after = line.rpartition(_separator(before))[2][-20:]
        shown = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}.get(name, name)
        what = f"after '{after}' stands byte 0x{data[error.start]:02X}, which is no {shown}"
        advice = "save it as CSV UTF-8, or say what it is, as --encoding cp1252 for one of an older Windows program"
        raise fault(source, what, advice, where=f"row {row}, column {column}") from None


def _separator(text: str) -> str:
    """Return what separates the cells of the first row that is not empty, quoted texts aside."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    counts = Counter(sign for sign in bare if sign in SEPARATORS)
    return max(SEPARATORS, key=lambda sign: counts[sign])
