from pathlib import Path

import pytest

from audioguide.batches.tables import Table, read_table
from tests.batches.workbook import DATE, FORMULA, workbook

NAMES = ("Jürgen", "Ελένη", "李", "Anna; Bea", 'the "A"', "two\nlines")


def cells(table: Table) -> list[tuple[str, ...]]:
    return [table.headings, *(row.cells for row in table.rows)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_in_every_unicode_and_with_every_separator(separator: str, encoding: str, tmp_path: Path):
    quoted = [f'"{name.replace(chr(34), chr(34) * 2)}"' for name in NAMES]
    lines = [separator.join(("name", "minutes")), *(separator.join((name, "20")) for name in quoted)]
    data = "\r\n".join(lines).encode(encoding)
    # Without a mark UTF-16 says nothing of itself, so spreadsheets write one.
    data = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"") + data
    (tmp_path / "a.csv").write_bytes(data)
    assert cells(read_table(tmp_path / "a.csv")) == [("name", "minutes"), *((name, "20") for name in NAMES)]


def test_an_older_encoding_is_read_where_it_is_named_only(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes("name\nJürgen – €\n".encode("cp1252"))
    assert cells(read_table(tmp_path / "a.csv", "cp1252")) == [("name",), ("Jürgen – €",)]


def test_a_tsv_and_excel_s_line_about_the_separator_are_understood(tmp_path: Path):
    (tmp_path / "a.tsv").write_text("name\tnote reach\nAnna\tSlow, and calm; breathe.\n")
    assert cells(read_table(tmp_path / "a.tsv"))[1] == ("Anna", "Slow, and calm; breathe.")
    (tmp_path / "a.csv").write_text('sep=;\n"name, first";minutes\nAnna;20\n')
    table = read_table(tmp_path / "a.csv")
    assert cells(table) == [("name, first", "minutes"), ("Anna", "20")]
    assert table.rows[0].number == 3


def test_rows_are_numbered_as_a_spreadsheet_does_and_empty_ones_left_out(tmp_path: Path):
    (tmp_path / "a.csv").write_text('\n\nname,minutes\n\n"Anna\nB.", 20 \n,,\nCem\n')
    table = read_table(tmp_path / "a.csv")
    assert [(row.number, row.cells) for row in table.rows] == [(5, ("Anna\nB.", "20")), (7, ("Cem", ""))]


def test_a_workbook_s_first_shown_sheet_is_read_as_people_would(tmp_path: Path):
    pytest.importorskip("python_calamine", reason='workbooks need the extra: pip install "audioguide[xlsx]"')
    rows = [
        ["name", "minutes", "acute", "started", "hold reach"],
        ["Anna", 20, True, f"{DATE}46328", 7.5],
        [None],
        ["Bea", f"{FORMULA}10+10|20", False, None, 0.1 + 0.2],
    ]
    (tmp_path / "a.xlsx").write_bytes(workbook(rows, hidden_first=True))
    table = read_table(tmp_path / "a.xlsx")
    assert cells(table) == [
        ("name", "minutes", "acute", "started", "hold reach"),
        ("Anna", "20", "yes", "2026-11-02", "7.5"),
        ("Bea", "20", "no", "", "0.3"),
    ]
    assert [row.number for row in table.rows] == [2, 4]
