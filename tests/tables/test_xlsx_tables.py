from __future__ import annotations

import random

import pytest

from audioguide.errors import FileError
from audioguide.tables.xlsx_tables import xlsx_rows
from tests.batches.workbook import workbook

ROWS = [["name", "minutes"], *([f"Person {number}", number] for number in range(40))]


@pytest.fixture(autouse=True)
def reader() -> None:
    pytest.importorskip("python_calamine", reason="the reader of workbooks isn't installed: pip install -e '.[xlsx]'")


def test_the_rows_of_a_workbook_are_read():
    assert list(xlsx_rows(workbook(ROWS), "a.xlsx"))[:2] == [["name", "minutes"], ["Person 0", "0"]]


def test_a_workbook_with_damaged_bytes_is_read_or_refused_in_words():
    whole = workbook(ROWS)
    refused = []
    for seed in range(3_000):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 1, 4, 40))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            list(xlsx_rows(bytes(damaged), "a.xlsx"))
        except FileError as error:
            refused.append(f"{error}")
        except BaseException as error:
            raise AssertionError(f"seed {seed}: {error!r}") from error
    assert len(refused) > 1_000
    assert all(line.startswith("a.xlsx: ") for said in refused for line in said.splitlines())


def test_a_workbook_that_was_cut_anywhere_is_refused():
    whole = workbook(ROWS)
    for size in range(0, len(whole), 7):
        with pytest.raises(FileError):
            list(xlsx_rows(whole[:size], "a.xlsx"))
