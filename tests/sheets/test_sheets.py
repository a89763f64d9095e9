"""42 sheets as clinics write them, in six languages: each line is read as a person would, asked about or refused.

Each expectation was checked by reading the sheet beside it; a change of one is to be read the same way.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.sheets.outcomes import DATA, outcomes
from tests.sheets.workbooks import WORKBOOKS

EXPECTED = Path(__file__).parent / "expected"
NAMES = sorted([path.name for path in DATA.iterdir()] + list(WORKBOOKS))

READ = ("exercise", "exercise, continued", "title", "phase", "safety", "text", "often", "columns", "left out")


@pytest.mark.parametrize("name", NAMES)
def test_each_line_is_read_as_a_person_would_asked_about_or_refused(name: str, tmp_path: Path):
    if name in WORKBOOKS:
        pytest.importorskip("python_calamine", reason='workbooks need the extra: pip install "audioguide[xlsx]"')
    assert outcomes(name, tmp_path) == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def test_there_are_forty_sheets_in_every_language_and_form():
    assert len(NAMES) >= 40
    assert {name.partition("-")[0] for name in NAMES} == {"en", "de", "fr", "es", "it", "pt"}
    assert {Path(name).suffix for name in NAMES} == {".txt", ".md", ".csv", ".tsv", ".xlsx"}


def test_no_line_that_holds_something_is_passed_over():
    for path in DATA.iterdir():
        encoding = "cp1252" if "cp1252" in path.name else "utf-8"
        text = path.read_text(encoding=encoding)
        told = {
            line.partition(":")[0] for line in (EXPECTED / f"{path.name}.txt").read_text(encoding="utf-8").splitlines()
        }
        for number, line in enumerate(text.splitlines(), 1):
            # Only what draws lines and tables says nothing.
            assert str(number) in told or not any(sign.isalnum() for sign in line), f"{path.name}: line {number}"


def test_the_table_of_lines_that_were_read_asked_about_and_refused_holds():
    rows = ["sheet                     read  asked  refused"]
    total: Counter[str] = Counter()
    for name in NAMES:
        counts: Counter[str] = Counter()
        for line in (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").splitlines()[1:]:
            number, _, what = line.partition(": ")
            if number.isdigit():
                kind = what.partition(":")[0]
                counts["read" if kind in READ else kind.replace("asked, with its dose below", "asked")] += 1
        assert counts.keys() <= {"read", "asked", "refused"}
        rows.append(f"{name:<24} {counts['read']:5}  {counts['asked']:5}  {counts['refused']:7}")
        total += counts
    rows.append(f"{'all ' + str(len(NAMES)):<24} {total['read']:5}  {total['asked']:5}  {total['refused']:7}")
    assert rows == (EXPECTED / "table.txt").read_text(encoding="utf-8").splitlines()
