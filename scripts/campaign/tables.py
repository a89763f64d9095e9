"""Generated tables of people for `batch`: CSV, TSV and workbooks, with right cells, odd ones and damage.

A table with a fault is refused whole, with each row and column; one without gives a file for each person that is as
planned, and a second run keeps them all.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

from scripts.campaign import options
from scripts.campaign.odd_values import LANGUAGES, NUMBERS, TEXTS, damaged
from scripts.campaign.trial import DONE, FAILED, MISTAKE, Trial, snapshot

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("Anna", "Ben", "Ärzte e.V.", "=1+1", "Anna", "a/b", "..", "CON", "日本"),
    "file": ("anna", "", "x.mp3", "../x", "-x"),
    "protocol": ("short.toml", "", "short.toml+short.toml", "nobody"),
    "profile": ("", "me.toml", "nobody"),
    "minutes": ("", "1", "2", "0", "1e3", "x"),
    "detail": ("", "full", "brief", "minimal", "Full"),
    "language": ("", "en", *LANGUAGES),
    "weak side": ("", "left", "right", "up"),
    "only-side": ("", "left"),
    "acute": ("", "yes", "no", "on", "maybe"),
    "started": ("", "2026-11-02", "2.11.2026"),
    "week": ("", "1", "2", "99"),
    "hold hold": ("", "4", "5.5", "3,4", "0", "4,5s"),
    "reps bridge": ("", "2", "x"),
    "tempo bridge": ("", "3-1-1", "2001-03-01"),
    "sets hold": ("", "1", "2"),
    "note hold": ("", "Mind it.", "…"),
    "skip": ("", "bridge", "bridge;hold", "nobody"),
    "choose way": ("", "hold", "nobody"),
    "days": ("", "mon,wed", "mon;fri", "x"),
    "cues.halfway": ("", "yes", "off"),
    "lexicon hold": ("", "hould", "/x/"),
    "greeting": ("", "Hello."),
    "rate": ("", "150", "999"),
    "volume": ("", "0.5", "0,5"),
    "with breaks": ("", "no", "yes"),
    "# phone": ("", "123", "=1"),
    "nobody": ("", "1"),
    "": ("", "x"),
}
"""Headings with cells, right ones first."""

ALWAYS = ("name", "engine")


def prepare(world: Path) -> Path:
    """Make the files that tables name."""
    return options.prepare(world)


def attempt(trial: Trial) -> None:
    """Try one table."""
    chance = trial.chance
    shutil.copytree(trial.prepared, trial.folder, dirs_exist_ok=True)
    name = _write(trial, _rows(trial))
    beside = chance.sample(["--handout", "--calendar", "--page", "--programme", "--quiet"], chance.choice((0, 0, 1, 2)))
    arguments = ("batch", name, "--protocol", "short.toml", "--workers", "1", "-o", "people", *beside)
    ran = trial.run(*arguments, codes=(DONE, FAILED, MISTAKE))
    if ran.code == MISTAKE:
        for line in ran.complaints:
            trial.expect(name in line or "--" in line, f"names no table: {line[:200]}")
        return
    _judge_folder(trial, arguments)


def _rows(trial: Trial) -> list[list[str]]:
    """Return a table: its headings, and people."""
    chance = trial.chance
    right = chance.random() < 0.45
    known = [heading for heading in COLUMNS if heading not in ALWAYS and (not right or heading not in ("nobody", ""))]
    headings = [*ALWAYS, *chance.sample(known, chance.choice((0, 1, 2, 4, 8)))]
    rows = [headings]
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        row = []
        for heading in headings:
            values = ("fake",) if heading == "engine" else COLUMNS[heading]
            if not right and chance.random() < 0.05:
                row.append(str(chance.choice((*TEXTS, *NUMBERS))).encode("utf-8", "replace").decode())
            else:
                row.append(values[min(int(chance.expovariate(2.5 if right else 0.8)), len(values) - 1)])
        rows.append(row)
    if not right and chance.random() < 0.3:
        headings[chance.randrange(len(headings))] = chance.choice(
            (*TEXTS, "hold", "name", "hold hold.left", "voice.command")
        )[:200]
    return rows


def _write(trial: Trial, rows: list[list[str]]) -> str:
    """Write a table in some form, damaged now and then, and return its name."""
    chance = trial.chance
    if chance.random() < 0.15:
        from tests.batches.workbook import workbook

        clean = [[re.sub("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "", cell) for cell in row[:26]] for row in rows]
        data, name = workbook(clean), "people.xlsx"
    else:
        separator, name = chance.choice(((",", "people.csv"), (";", "people.csv"), ("\t", "people.tsv")))
        table = io.StringIO()
        csv.writer(table, delimiter=separator, lineterminator=chance.choice(("\n", "\r\n"))).writerows(rows)
        encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"))
        data = table.getvalue().encode(encoding, "replace")
    if chance.random() < 0.12:
        data = damaged(data, chance)
    trial.write(name, data)
    return name


def _judge_folder(trial: Trial, arguments: tuple[str, ...]) -> None:
    """Judge what a batch made: each file as planned and listed, and kept by the next run."""
    folder = trial.folder / "people"
    made = snapshot(folder)
    listed = list(csv.DictReader((folder / "manifest.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    files = [row["file"] for row in listed if row["file"]]
    trial.expect(
        all((folder / file.lstrip("'")).is_file() for file in files), f"lists a file that is not there: {files}"
    )
    mp3s = [name for name in made if name.endswith(".mp3") and "/" not in name]
    trial.expect(len(mp3s) == len(files), f"{len(mp3s)} files and {len(files)} are listed")
    for name in mp3s[:1]:
        trial.checked(f"people/{name}")
    again = trial.run(*arguments, codes=(DONE, FAILED))
    trial.expect("made" not in again.out or again.out.startswith("0 made"), f"made again: {again.out[:200]}")
    after = snapshot(folder)
    trial.expect(all(after.get(name) == made[name] for name in mp3s), "other bytes the second time")
