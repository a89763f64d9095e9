"""What a batch made: a page with a link to each person's files, and the same as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from audioguide.export.page_templates import filled_page
from audioguide.model.units import clock

if TYPE_CHECKING:
    from audioguide.batches.batch_run import Result

COLUMNS = ("row", "person", "state", "file", "length", "doses", "warnings", "sha256", "other files")

HEAD_LINE = ",".join(COLUMNS).encode()
"""The first line, by which the file is told from other people's."""

_FORMULA = re.compile(r"[=+\-@\t\r\n]")
"""How a cell begins that a spreadsheet computes, or may (OWASP, CSV Injection)."""


def manifest_csv(results: Iterable[Result]) -> bytes:
    """Return a CSV in UTF-8 with a row for each person; a text that a spreadsheet would compute has a ' before it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    for result in results:
        record = result.record
        made = () if record is None else record.files
        writer.writerow(
            map(
                _harmless,
                (
                    f"{result.number}",
                    result.name,
                    result.status,
                    made[0].name if made else "",
                    "" if record is None else clock(record.length_ms),
                    "" if record is None else "; ".join(record.doses),
                    result.problem if record is None else "; ".join(record.warnings),
                    made[0].sha256 if made else "",
                    "; ".join(file.name for file in made[1:]),
                ),
            )
        )
    # With a mark, as Excel takes a CSV without one for its system's own encoding.
    return file.getvalue().encode("utf-8-sig", "replace")


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def index_html(results: Iterable[Result]) -> bytes:
    """Return the page as UTF-8."""
    rows = [
        {
            "name": result.name,
            "length": "" if result.record is None else clock(result.record.length_ms),
            "title": "" if result.record is None else result.record.title,
            # Relative links with ./, so that no name is taken for an address of its own, as javascript: is.
            "files": [
                {"link": f"./{quote(file.name)}", "name": file.name}
                for file in ([] if result.record is None else result.record.files)
            ],
            "doses": () if result.record is None else result.record.doses,
            "warnings": (result.problem,) if result.record is None else result.record.warnings,
        }
        for result in results
    ]
    return filled_page("audioguide.batches", "batch.html.j2", rows=rows).encode()
