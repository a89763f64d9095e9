"""Single lines with every way to be misread, each with its meaning written down beforehand: none is read otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audioguide.errors import FileError
from audioguide.sheets.prescribing import prescribe_entry
from audioguide.sheets.sheet import Quantity, UnreadError
from audioguide.sheets.sheet_import import import_sheet
from audioguide.sheets.text_reader import read_text

KEYS = ("hold_s", "reps", "repeat", "relax_s", "sets", "sides", "rest_s")


def read(line: str, code: str) -> str:
    """Return what a sheet of one exercise says, in the form of ``lines.txt``."""
    # With a title before it, which the first line could be.
    sheet = read_text(f"# Sheet\n\n- {line}\n", code)
    entries = [entry for phase in sheet.phases for entry in phase.entries]
    if sheet.unread or not entries:
        return "ASK" if sheet.unread else "NOTHING"
    try:
        prescribed = prescribe_entry(entries[0], code)
    except UnreadError:
        return "ASK"
    doses = " ".join(f"{key}={shown(prescribed.doses[key])}" for key in KEYS if key in prescribed.doses)
    return f"{prescribed.built_in or entries[0].name}: {doses}"


def shown(dose: Any) -> str:
    if isinstance(dose, dict):
        return f"{dose['min']}..{dose['max']}"
    return "/".join(map(str, dose)) if isinstance(dose, list) else str(dose)


def test_no_line_is_read_otherwise_than_a_person_reads_it():
    lines = (Path(__file__).parent / "lines.txt").read_text(encoding="utf-8").splitlines()[1:]
    wrong = []
    for text in lines:
        code, line, meaning = (part.strip() for part in text.split(" | "))
        found = read(line, code)
        if found != meaning:
            wrong.append(f"{code} | {line} | {meaning} | but {found}")
    assert not wrong, "\n".join(wrong)


def test_an_empty_cell_shifts_no_column():
    sheet = read_text("|Hold|Exercise|Sets|Reps|\n|--|--|--|--|\n||Squat|3|10|\n|30 s|Plank|2||\n", "en")
    squat, plank = sheet.phases[0].entries
    assert (squat.dose.sets, squat.dose.reps, squat.dose.hold_s) == (Quantity(3, 3), (Quantity(10, 10),), ())
    assert (plank.dose.sets, plank.dose.reps, plank.dose.hold_s) == (Quantity(2, 2), (), (Quantity(30, 30),))


def test_a_remark_about_what_is_felt_is_a_caution_in_every_language():
    remarks = (
        ("en", "Back off if you feel pinching"),
        ("en", "Halve it if sore"),
        ("de", "Weniger tief, sobald es zwickt"),
        ("fr", "Moins bas dès que ça pince"),
        ("es", "Menos profundo con molestias"),
        ("it", "Meno profondo con fastidio"),
        ("pt-BR", "Menos fundo com desconforto"),
    )
    for code, remark in remarks:
        (entry,) = read_text(f"# Sheet\n\n- Squat 3 x 10 reps. {remark}.\n", code).phases[0].entries
        assert (entry.cautions, entry.remarks) == ((f"{remark}.",), ()), code


def test_the_number_of_an_item_is_no_part_of_its_name():
    for number in ("1. ", "1) ", "1- ", "1 - ", "1– ", "3: ", "3 : ", "4/ ", "(2) ", "1.) ", "1.- ", "1."):
        sheet = read_text(f"# Sheet\n\n{number}Squats, 3 x 10 reps\n", "en")
        assert [entry.name for phase in sheet.phases for entry in phase.entries] == ["Squats"], number
    (entry,) = read_text("# Sheet\n\nSquats\n  3 x 10 reps\n\n3/ week\n", "en").phases[0].entries
    assert entry.name == "Squats"
    assert read_text("# Sheet\n\n2 - Side plank, 3 x 30 s\n", "en").phases[0].entries[0].name == "Side plank"


def test_what_is_read_of_how_often_is_told():
    sheet = read_text("# Sheet\n\nSquats 3 x 10 reps\n\nDo these exercises 3 times a week for 6 weeks.\n", "en")
    told = "says how often the session is done: Do these exercises 3 times a week for 6 weeks."
    assert (5, told) in sheet.notes


@pytest.mark.parametrize(
    "heading", ["## Weeks 6-8", "Weeks 6-8:", "Weeks 6-8", "Weeks 6-8\n---------", "## From week 6"]
)
def test_a_heading_that_is_not_read_is_never_left_out(heading: str, tmp_path: Path):
    path = tmp_path / "sheet.md"
    path.write_text(f"# Sheet\n\nSquats 3 x 10 reps\n\n{heading}\n\nJump squats 3 x 10 reps\n", encoding="utf-8")
    with pytest.raises(FileError, match="not left out"):
        import_sheet(path, "en", skip_unread=True)


def test_a_title_with_weeks_alone_is_not_left_out(tmp_path: Path):
    path = tmp_path / "sheet.md"
    path.write_text("# Weeks 6-8\n\nJump squats 3 x 10 reps\n", encoding="utf-8")
    with pytest.raises(FileError, match="not left out"):
        import_sheet(path, "en", skip_unread=True)


def test_a_row_between_exercises_that_is_not_read_is_never_left_out(tmp_path: Path):
    path = tmp_path / "sheet.csv"
    path.write_text("Exercise,Sets,Reps\nSquats,3,10\nWeeks 6-8,,\nJump squats,3,10\n", encoding="utf-8")
    with pytest.raises(FileError, match="not left out"):
        import_sheet(path, "en", skip_unread=True)
