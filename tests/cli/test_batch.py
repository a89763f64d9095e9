import csv
import io
import shutil
from pathlib import Path

import pytest

from audioguide.batches.local_workers import LocalWorkers
from audioguide.batches.making import Job
from audioguide.export.tags.id3 import read_plan
from tests.batches.inline_workers import InlineWorkers
from tests.helpers import HEAD, HOLD

PROGRAMME = "[programme]\ndaily_days = 7\ntimes_a_week = 2\ngrow_until_week = 2\n"
HEADINGS = "name,protocol,engine,note reach\n"
TABLE = f"{HEADINGS}Anna,own.toml,fake,\nBen,own.toml,fake,\n"


@pytest.fixture(autouse=True)
def _no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def inline(self: type[LocalWorkers], job: Job, count: int | None = None) -> InlineWorkers:
        return InlineWorkers(job)

    monkeypatch.setattr(LocalWorkers, "__new__", inline)


@pytest.fixture
def table(tmp_path: Path) -> str:
    (tmp_path / "own.toml").write_text(HEAD + PROGRAMME + HOLD)
    (tmp_path / "people.csv").write_text(TABLE)
    return "people.csv"


def test_a_table_becomes_a_folder(audioguide, table, tmp_path):
    ran = audioguide("batch", table, "-o", "out")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["2 made", "out/index.html", "out/manifest.csv"]
    assert read_plan(tmp_path / "out/Anna.mp3").profile == "Anna"
    assert audioguide("batch", table, "-o", "out").out.splitlines()[0] == "0 made, 2 kept"
    assert audioguide("batch", table, "-o", "out", "--quiet").out == ""


def test_a_folder_is_named_like_the_table_if_nobody_says(audioguide, table, tmp_path):
    assert audioguide("batch", table).code == 0
    assert (tmp_path / "output/people/Ben.mp3").is_file()


@pytest.mark.real
def test_what_goes_with_each_session(audioguide, table, tmp_path):
    more = ("--handout", "--calendar", "--page", "--programme", "--weeks", "2", "--start", "2026-11-23")
    ran = audioguide("batch", table, "-o", "out", *more)
    assert ran.code == 0, ran.err
    found = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {name for name in found if name.startswith("Ben")} == {
        "Ben.mp3", "Ben.handout.html", "Ben.ics", "Ben.html",
        "Ben/test-week-01.mp3", "Ben/test-week-02.mp3", "Ben/index.txt", "Ben/programme.m3u8",
    }  # fmt: skip
    assert "20261123" in (tmp_path / "out/Ben.ics").read_text()
    # The recording is in the page.
    assert (tmp_path / "out/Ben.html").stat().st_size > 4 / 3 * (tmp_path / "out/Ben.mp3").stat().st_size
    assert audioguide("batch", table, "-o", "out", *more).out.startswith("0 made, 2 kept")


def test_faults_are_listed_with_row_and_column_and_nothing_is_made(audioguide, table, tmp_path):
    (tmp_path / table).write_text(f"{HEADINGS}Anna,own.toml,fake,Mind {{side}}.\nBen,no.toml,fake,\n")
    ran = audioguide("batch", table, "-o", "out")
    assert ran.code == 2
    first, second = ran.err.splitlines()
    assert first.startswith("audioguide: people.csv: row 2, column 'note reach': has braces")
    assert "people.csv: row 3, column 'protocol': " in second
    assert not (tmp_path / "out").exists()


def test_who_failed_is_listed_at_the_end_and_the_others_are_there(audioguide, table, tmp_path):
    (tmp_path / "out").mkdir()
    # What a person's file can't replace.
    (tmp_path / "out/Anna.mp3").mkdir()
    (tmp_path / "out/Anna.mp3/inside").touch()
    ran = audioguide("batch", table, "-o", "out")
    assert ran.code == 1
    assert ran.err.startswith("row 2, Anna: out/Anna.mp3: could not be written")
    assert ran.out.splitlines()[0] == "1 made, 1 failed"
    assert (tmp_path / "out/Ben.mp3").is_file()


@pytest.mark.real
def test_the_template_is_a_table_that_can_be_made(audioguide, tmp_path):
    assert audioguide("batch", "--template", "new.csv", "--protocol", "movement-break").code == 0
    text = (tmp_path / "new.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["name"] for row in rows] == ["Anna Example", "Ben Example"]
    assert any(heading.startswith("hold ") for heading in rows[0])
    (tmp_path / "new.csv").write_text(text.replace(",movement-break,", ",movement-break,"), encoding="utf-8")
    ran = audioguide("batch", "new.csv", "-o", "out")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name a table of people, or write one with --template people.csv"),
        (("people.csv", "--template", "new.csv"), "writes a table and makes no sessions"),
        (("--template", "people.csv"), "people.csv is there already"),
        (("--template", "new.xlsx"), "what is written is CSV; name it new.csv"),
        (("people.csv", "--weeks", "3"), "nothing has weeks here"),
        (("people.csv", "-o", "people.csv"), "can't be made"),
    ],
)
def test_what_can_t_be_asked_for(audioguide, table, arguments, words):
    ran = audioguide("batch", *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_ctrl_c_says_how_far_it_came(audioguide, table, tmp_path, monkeypatch):
    from audioguide.batches.making import Maker

    make = Maker.make

    def interrupted(self, request):
        if request.person.name == "Dan":
            raise KeyboardInterrupt
        return make(self, request)

    monkeypatch.setattr(Maker, "make", interrupted)
    (tmp_path / table).write_text(f"{TABLE}Cem,own.toml,fake,\nDan,own.toml,fake,\n")
    ran = audioguide("batch", table, "-o", "out")
    assert ran.code == 130
    assert "audioguide: stopped; 2 of 4 people are done in out" in ran.err
    assert "Anna.mp3" in (tmp_path / "out/manifest.csv").read_text(encoding="utf-8-sig")
    monkeypatch.setattr(Maker, "make", make)
    assert audioguide("batch", table, "-o", "out").out.startswith("2 made, 2 kept")


def test_a_batch_replaces_nobody_else_s_files(audioguide, table, tmp_path: Path):
    out = tmp_path / "out"
    out.mkdir()
    for name in ("index.html", "manifest.csv"):
        (out / name).write_text("mine")
        ran = audioguide("batch", table, "-o", "out")
        said = f"out/{name} is there already and not audioguide's; move it away, or name another folder with -o"
        assert (ran.code, ran.err, (out / name).read_text()) == (2, f"audioguide: {said}\n", "mine")
        assert [path.name for path in out.iterdir()] == [name]
        (out / name).unlink()
    for name in ("Anna.mp3", "Anna.handout.html"):
        (out / name).write_text("mine")
        ran = audioguide("batch", table, "-o", "out", "--handout")
        assert (ran.code, f"row 2, Anna: {out.name}/{name} is there already and not" in ran.err) == (1, True)
        assert (out / name).read_text() == "mine"
        assert (out / "Ben.handout.html").is_file()
        (out / name).unlink()
    assert audioguide("batch", table, "-o", "out", "--handout").out.startswith("1 made, 1 kept")


def test_a_batch_goes_on_in_its_own_folder_without_its_books(audioguide, table, tmp_path: Path):
    assert audioguide("batch", table, "-o", "out").code == 0
    shutil.rmtree(tmp_path / "out/.audioguide-batch")
    ran = audioguide("batch", table, "-o", "out")
    assert (ran.code, ran.err, ran.out.splitlines()[0]) == (0, "", "2 made")
