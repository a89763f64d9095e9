"""Small Excel workbooks, written part by part (ECMA-376, part 1, 18)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{}</sheets></workbook>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_STYLES = (
    '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)

DATE = "date "
"""Before a number of days since 1900: a cell that is shown as a date."""

FORMULA = "="
"""Before a formula; behind a | its kept value, if it has one."""


def workbook(rows: Sequence[Sequence[object]], hidden_first: bool = False) -> bytes:
    """Return a workbook whose sheet holds ``rows``; behind a hidden one with other cells if wished for."""
    names = ["hidden", "people"] if hidden_first else ["people"]
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"{_hidden(name)}/>'
        for number, name in enumerate(names, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    relations += f'<Relationship Id="rId9" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        packed.writestr("_rels/.rels", _RELATIONS.format(root))
        packed.writestr("xl/workbook.xml", _BOOK.format(sheets))
        packed.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(relations))
        packed.writestr("xl/styles.xml", _STYLES)
        for number, name in enumerate(names, 1):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", _sheet([["no table"]] if name == "hidden" else rows))
    return file.getvalue()


def _hidden(name: str) -> str:
    return ' state="hidden"' if name == "hidden" else ""


def _sheet(rows: Sequence[Sequence[object]]) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(value, chr(65 + at), number) for at, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )


def _cell(value: object, column: str, row: int) -> str:
    at = f'r="{column}{row}"'
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f"<c {at}><v>{value}</v></c>"
    text = f"{value}"
    if text.startswith(FORMULA):
        formula, _, kept = text[1:].partition("|")
        return f"<c {at}><f>{escape(formula)}</f>{f'<v>{kept}</v>' if kept else ''}</c>"
    if text.startswith(DATE):
        return f'<c {at} s="1"><v>{text.removeprefix(DATE)}</v></c>'
    return f'<c {at} t="inlineStr"><is><t>{escape(text)}</t></is></c>'
