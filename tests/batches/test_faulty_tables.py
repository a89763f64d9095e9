# ruff: noqa: E501 - a table of cases has one a line

"""Faulty tables: each is refused with a clear answer that names the place, and nothing is built."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from audioguide.batches.tables import read_table
from audioguide.errors import FileError, RequestError
from tests.batches.conftest import Written
from tests.batches.inline_workers import batch_of
from tests.batches.workbook import workbook

HEADINGS = "name,protocol,engine"
ANNA = "Anna,small.toml,fake"

# The name of a case, the rows of a CSV, what every line of the answer holds, in order.
CASES: list[tuple[str, list[str], list[str]]] = [
    ("nothing in it", [], ["people.csv: is empty; write a heading over each column"]),
    ("empty rows only", ["", ",,", ""], ["people.csv: is empty"]),
    ("headings only", [HEADINGS], ["has headings and nobody below them"]),
    ("headings and empty rows", [HEADINGS, ",,", ""], ["has headings and nobody below them"]),
    ("no headings", [ANNA, ANNA], ["column 'Anna': is no setting", "column 'small.toml'", "column 'fake'"]),
    ("a nameless column", ["name,,engine", "Anna,x,fake"], ["row 1, column 2: has no heading"]),
    ("a misspelt column", ["name,minuts", "Anna,9"], ["column 'minuts': is no setting; did you mean 'minutes'?"]),
    ("a misspelt dose", ["name,holds reach", "A,9"], ["column 'holds reach': is no setting; did you mean 'hold reach'"]),
    ("a dose of nothing", ["name,hold", "Anna,60"], ["column 'hold': names no exercise"]),
    ("a column twice", ["name,minutes,minutes", "Anna,9,9"], ["column 'minutes': stands twice"]),
    ("one setting twice", ["name,weak side,weak_side", "A,left,left"], ["'weak_side': means the same as 'weak side'"]),
    ("a program to run", ["name,voice.command", "Anna,rm"], ["column 'voice.command': can't be stated in a table"]),
    ("an id of patients", ["name,id", "Anna,1"], ["column 'id': is no setting", "begins with #"]),
    ("nobody's name", ["name,minutes", ",9"], ["row 2, column 'name': is empty; write a name"]),
    ("a cell too many", [HEADINGS, f"{ANNA},60"], ["row 2: has 4 cells, and there are 3 headings"]),
    ("a comma in a name", [HEADINGS, f"Doe, {ANNA}"], ["row 2: has 4 cells"]),
    ("an open quote", [HEADINGS, '"Anna,small.toml'], ["row 2: can't be read (unexpected end of data)"]),
    ("a quote inside", [HEADINGS, '"An"na",small.toml,fake'], ["row 2: can't be read", "close the double quotes"]),
    ("a null character", [HEADINGS, f"{ANNA}\0"], ["holds null characters"]),
    ("an unknown protocol", [HEADINGS, "Anna,hip-flexr,fake"], ["row 2, column 'protocol': unknown protocol 'hip-flexr'"]),
    ("no such file", [HEADINGS, "Anna,no.toml,fake"], ["row 2, column 'protocol'", "no.toml: does not exist"]),
    ("an unknown profile", [f"{HEADINGS},profile", f"{ANNA},nobody"], ["row 2, column 'profile': no profile 'nobody'"]),
    ("no breaks", [f"{HEADINGS},with breaks", f"{ANNA},yes"], ["row 2, column 'with breaks': ", "states no breaks"]),
    ("breaks or not", [f"{HEADINGS},with breaks", f"{ANNA},perhaps"], ["column 'with breaks'", "neither yes nor no"]),
    ("no number", [f"{HEADINGS},minutes", f"{ANNA},soon"], ["row 2, column 'minutes': 'soon' is no number"]),
    ("a decimal comma", [f"{HEADINGS};scale".replace(",", ";"), "Anna;small.toml;fake;0,8"], ["'scale': '0,8'", "write 0.8"]),
    ("half a minute", [f"{HEADINGS},minutes", f"{ANNA},9.5"], ["row 2, column 'minutes'"]),
    ("minutes below one", [f"{HEADINGS},minutes", f"{ANNA},0"], ["row 2, column 'minutes'"]),
    ("a hold of nothing", [f"{HEADINGS},hold reach", f"{ANNA},0"], ["row 2, column 'hold reach'"]),
    ("a hold of a week", [f"{HEADINGS},hold reach", f"{ANNA},604800"], ["row 2, column 'hold reach'"]),
    ("not a number", [f"{HEADINGS},hold reach", f"{ANNA},nan"], ["row 2, column 'hold reach'"]),
    ("infinite", [f"{HEADINGS},hold reach", f"{ANNA},inf"], ["row 2, column 'hold reach'"]),
    ("a formula as a dose", [f"{HEADINGS},hold reach", f"{ANNA},=A1*2"], ["row 2, column 'hold reach': '=A1*2' is no number"]),
    ("a sum that failed", [f"{HEADINGS},hold reach", f"{ANNA},#REF!"], ["'#REF!' is no number"]),
    ("an unknown exercise", [f"{HEADINGS},hold reech", f"{ANNA},60"], ["row 2, column 'hold reech': no exercise 'reech'"]),
    ("an exercise to skip", [f"{HEADINGS},skip", f"{ANNA},reech"], ["row 2, column 'skip': no exercise 'reech'"]),
    ("no such choice", [f"{HEADINGS},choose deep", f"{ANNA},x"], ["row 2, column 'choose deep': no choice 'deep'"]),
    ("no such condition", [f"{HEADINGS},avoid", f"{ANNA},mondays"], ["row 2, column 'avoid': no exercise knows"]),
    ("no such side", [f"{HEADINGS},weak side", f"{ANNA},up"], ["row 2, column 'weak side'"]),
    ("sides at odds", [f"{HEADINGS},weak side,only side", f"{ANNA},left,right"], ["row 2, column 'only side': only_side right"]),
    ("no side of it", [f"{HEADINGS},reps bridge.left", f"{ANNA},5"], ["row 2"]),
    ("no detail", [f"{HEADINGS},detail", f"{ANNA},chatty"], ["row 2, column 'detail'"]),
    ("neither yes nor no", [f"{HEADINGS},acute", f"{ANNA},a bit"], ["row 2, column 'acute': 'a bit' is neither yes nor no"]),
    ("no date", [f"{HEADINGS},started", f"{ANNA},soon"], ["row 2, column 'started'"]),
    ("a start to come", [f"{HEADINGS},started", f"{ANNA},2030-01-01"], ["row 2"]),
    ("no days", [f"{HEADINGS},days", f"{ANNA},someday"], ["row 2, column 'days'"]),
    ("a tempo made a date", [f"{HEADINGS},tempo bridge", f"{ANNA},2001-01-03"], ["column 'tempo bridge': a spreadsheet made a date"]),
    ("a note with braces", [f"{HEADINGS},note reach", f"{ANNA},Mind {{side}}."], ["row 2, column 'note reach': has braces"]),
    ("a long name", [HEADINGS, f"{'x' * 5000},small.toml,fake"], ["row 2, column 'name'"]),
    ("no such engine", [HEADINGS, "Anna,small.toml,fakes"], ["row 2, column 'engine': there is no voice engine 'fakes'"]),
    ("no such voice", [f"{HEADINGS},voice", f"{ANNA},nobody"], ["row 2, column 'voice'"]),
    ("too fast", [f"{HEADINGS},rate", f"{ANNA},900"], ["row 2, column 'rate'"]),
    ("music that is not there", [f"{HEADINGS},music", f"{ANNA},no.mp3"], ["row 2, column 'music'"]),
    ("nothing left", [f"{HEADINGS},skip", f'{ANNA},"reach,bridge"'], ["row 2"]),
]  # fmt: skip


def refused(path: Path, out: Path) -> list[str]:
    """Return the lines with which a table is refused."""
    with pytest.raises(RequestError) as error:  # noqa: PT012 - reading, checking and making may each refuse
        batch, _ = batch_of(path, out)
        with batch:
            batch.check()
            list(batch.run())
    return f"{error.value}".splitlines()


def test_faulty_tables_are_refused_by_row_and_column_and_nothing_is_built(write: Written, tmp_path: Path):
    assert len(CASES) >= 50
    for case, rows, wanted in CASES:
        path = write(*rows)
        said = "\n".join(refused(path, tmp_path / "out"))
        assert all(words in said for words in wanted), f"{case}: {said}"
        assert all(line.startswith(f"{path}: ") for line in said.splitlines()), f"{case}: {said}"
        assert not (tmp_path / "out").exists(), case


FILES: list[tuple[str, str, bytes, str]] = [
    ("in cp1252", "a.csv", f"{HEADINGS}\nAnna,small.toml,fake\nJürgen,small.toml,fake\n".encode("cp1252"), "row 3, column 1: after 'J' stands byte 0xFC, which is no UTF-8; save it as CSV UTF-8, or say what it is"),
    ("half a UTF-16", "a.csv", b"\xff\xfen\x00a", "no table"),
    ("a workbook named CSV", "a.csv", workbook([["name"], ["Anna"]]), "is a workbook, or another packed file; end its name in .xlsx"),
    ("an old workbook", "a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Excel workbook"),
    ("a PDF", "a.csv", b"%PDF-1.7", "is a PDF"),
    ("a document", "a.csv", b"{\\rtf1", "is a text document"),
    ("a CSV named XLSX", "a.xlsx", b"name\nAnna\n", "is no Excel workbook, is damaged, or has a password"),
    ("a cut workbook", "a.xlsx", workbook([["name"], ["Anna"]])[:400], "is no Excel workbook"),
    ("a formula without value", "a.xlsx", workbook([["name", "minutes"], ["Anna", "=1+1"]]), "row 2, column B: is a formula that nothing has computed"),
    ("an error of a formula", "a.xlsx", workbook([["name", "minutes"], ["Anna", "#REF!"]]), "row 2, column 'minutes': '#REF!' is no number"),
    ("an empty sheet", "a.xlsx", workbook([]), "is empty"),
    ("a million rows", "a.csv", b"name\n" + b"Anna\n" * 1_000_000, "has over 100000 people; make them in several tables"),
    ("a million empty rows", "a.csv", b"name\nAnna\n" + b",\n" * 1_000_000 + b"Ben\n", "has over 200000 rows"),
    ("too many columns", "a.csv", b"name," * 600 + b"\nAnna\n", "has 600 columns"),
]  # fmt: skip


@pytest.mark.real
def test_files_that_are_no_tables_are_refused(tmp_path: Path):
    reads_workbooks = importlib.util.find_spec("python_calamine") is not None
    for case, name, data, wanted in FILES:
        if name.endswith(".xlsx") and not reads_workbooks:
            continue
        (tmp_path / name).write_bytes(data)
        lines = refused(tmp_path / name, tmp_path / "out")
        assert any(wanted in line for line in lines) or wanted == "no table", f"{case}: {lines}"
        assert not (tmp_path / "out").exists(), case
    assert "does not exist" in refused(tmp_path / "none.csv", tmp_path / "out")[0]
    assert "is a folder" in refused(tmp_path, tmp_path / "out")[0]


def test_all_faults_are_told_at_once_and_a_hundred_are_enough(write: Written, tmp_path: Path):
    path = write(f"{HEADINGS},minutes,hold reach", f"{ANNA},0,nan", "Ben,no.toml,fake,,", f"Cem{ANNA[4:]},x,60")
    found = [line.removeprefix(f"{path}: ").partition(": ")[0] for line in refused(path, tmp_path / "out")]
    assert found == [
        "row 2, column 'minutes'", "row 2, column 'hold reach'", "row 3, column 'protocol'", "row 4, column 'minutes'",
    ]  # fmt: skip
    path = write(f"{HEADINGS},minutes", *[f"{ANNA},x"] * 150)
    lines = refused(path, tmp_path / "out")
    assert len(lines) == 101
    assert lines[-1].endswith("50 more faults are not listed")


def test_a_workbook_without_its_reader_says_how_to_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    (tmp_path / "a.xlsx").write_bytes(workbook([["name"], ["Anna"]]))
    with pytest.raises(FileError, match=r"pip install \"audioguide\[xlsx\]\", or save as CSV"):
        batch_of(tmp_path / "a.xlsx", tmp_path / "out")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders: run it elsewhere")
def test_a_pipe_is_no_table(tmp_path: Path):
    for name in ("a.csv", "a.tsv", "a.xlsx"):
        os.mkfifo(tmp_path / name)
        with pytest.raises(FileError, match=f"{name}: can't be read \\(a device or pipe, not a file\\); name a"):
            read_table(tmp_path / name)
