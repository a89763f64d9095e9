"""Generated and damaged sheets and timers for `protocol import`: what is written is a protocol, or nothing is.

What can't be read is named by file and line; a caution is never left out.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re

from scripts.campaign.odd_values import LANGUAGES, NUMBERS, TEXTS, damaged, odd, places
from scripts.campaign.trial import DONE, FAILED, MISTAKE, ROOT, Trial

NAMES = (
    "Couch stretch",
    "Glute bridge",
    "Reach",
    "Wadendehnung",
    "Pont fessier",
    "Étirement",
    "Sentadilla",
    "Alongamento",
)
DOSES = (
    "3 x 60 s each side", "3x10", "2 sets of 12 reps", "30 seconds", "hold 30 s, 3 times", "3 × 10, rest 30 s",
    "10 reps per side",
    "3 x 1 min", "3 Sätze à 10", "je Seite 30 Sek.", "2 x 15 je Seite, Pause 60 s", "3 séries de 10",
    "30 s de chaque côté",
    "3 series de 12", "3 serie da 10", "3x30s", "twice", "as needed", "until it hurts", "5-10 s", "1/2 min", "0 x 0",
    "999999999 x 1", "3 x", "x 3", "-3 x 10",
)  # fmt: skip
NOTES = (
    "Stop if it hurts.", "Not in pregnancy.", "Bei Schmerz aufhören.", "Keep your back straight.", "Rest 30 s", "",
    "!", "Daily",
    "3 times a week", "Week 1-2", "See video: https://x.invalid", "1. 2. 3.", "| a | b |", "---",
)  # fmt: skip
HEADINGS = (
    "Exercise", "Sets", "Reps", "Hold", "Rest", "Side", "Notes", "Übung", "Sätze", "Wiederholungen", "Dauer", "x", "",
)  # fmt: skip


def attempt(trial: Trial) -> None:
    """Try one sheet."""
    chance = trial.chance
    name, data = chance.choice((_text, _text, _table, _table, _workbook, _timer))(chance)
    if chance.random() < 0.15:
        data = damaged(data, chance)
    trial.write(name, data)
    options = []
    if chance.random() < 0.4:
        options += ["--language", chance.choice(LANGUAGES)]
    if chance.random() < 0.4:
        options.append("--skip-unread")
    if name.endswith(".json") and chance.random() < 0.3:
        options += ["--timer", chance.choice(("Morning", "x", ""))]
    ran = trial.run("protocol", "import", name, *options, "-o", "made.toml", codes=(DONE, FAILED, MISTAKE))
    made = trial.folder / "made.toml"
    trial.expect(
        made.exists() == (ran.code == DONE), f"exit code {ran.code}, and the protocol is there: {made.exists()}"
    )
    if ran.code == DONE:
        trial.run("protocol", "check", "made.toml", codes=(DONE,))
        trial.run("plan", "made.toml", "--engine", "fake", codes=(DONE,))


def _line(chance: random.Random) -> str:
    if chance.random() < 0.08:
        return str(odd(chance))
    parts = [chance.choice(NAMES), chance.choice(DOSES)]
    if chance.random() < 0.4:
        parts.append(chance.choice(NOTES))
    return chance.choice((", ", ": ", " - ", "\t", " ")).join(parts)


def _text(chance: random.Random) -> tuple[str, bytes]:
    """Return a name and a sheet of lines, with one kind of list and line end."""
    bullet = chance.choice(("", "- ", "* ", "1. ", "• ", "> ", "# "))
    lines = [
        f"{bullet}{_line(chance)}" if chance.random() < 0.8 else chance.choice(NOTES)
        for _ in range(chance.randrange(7))
    ]
    if chance.random() < 0.3:
        lines.insert(0, chance.choice(("# Hip programme", "Patient: Anna", "Übungen", chance.choice(TEXTS))))
    text = chance.choice(("\n", "\r\n", "\r")).join(lines)
    return chance.choice(("sheet.txt", "sheet.md")), text.encode(
        chance.choice(("utf-8", "utf-8-sig", "utf-16", "latin-1")), "replace"
    )


def _rows(chance: random.Random) -> list[list[str]]:
    """Return rows with exercises below headings of five columns, whose cells need not fit these."""
    headings = chance.sample(HEADINGS, 5)
    rows = [headings] if chance.random() < 0.9 else []
    for _ in range(chance.randrange(6)):
        rows.append(
            [
                chance.choice(
                    (chance.choice(NAMES), chance.choice(DOSES), chance.choice(NOTES), "3", "10", "30 s", "left",
                     str(chance.choice(NUMBERS)), chance.choice(TEXTS)[:300])
                )
                for _ in headings
            ]
        )  # fmt: skip
        rows[-1][0] = chance.choice(NAMES)
    return rows


def _table(chance: random.Random) -> tuple[str, bytes]:
    table = io.StringIO()
    csv.writer(table, delimiter=chance.choice(",;\t")).writerows(_rows(chance))
    return "sheet.csv", table.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16", "latin-1")), "replace")


def _workbook(chance: random.Random) -> tuple[str, bytes]:
    from tests.batches.workbook import workbook

    clean = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
    return "sheet.xlsx", workbook([[clean.sub("", cell) for cell in row] for row in _rows(chance)])


def _timer(chance: random.Random) -> tuple[str, bytes]:
    """Return a backup of a timer, with changes, or something like it."""
    if chance.random() < 0.6:
        made = json.loads((ROOT / "tests/sheets/golden/movement-break.json").read_text(encoding="utf-8"))
        for _ in range(chance.choice((0, 1, 2, 4))):
            holder, key = chance.choice(list(places(made)))
            if chance.random() < 0.7:
                holder[key] = chance.choice((odd(chance), 1, 5_000, "Reach", 10**9, "loop"))
            elif isinstance(holder, list):
                holder.append(holder[key])
            else:
                del holder[key]
        return "backup.json", json.dumps(made, default=str).encode("utf-8", "surrogatepass")

    def step(depth: int) -> object:
        if depth and chance.random() < 0.3:
            return {
                "loop": chance.choice((1, 3, 0, -1, 10**9)),
                "steps": [step(depth - 1) for _ in range(chance.randrange(3))],
            }
        return {"label": chance.choice(NAMES), "length": chance.choice((1000, 0, -5, 10**12, "x")), "type": "NORMAL",
                "behaviour": []}  # fmt: skip

    timers: list[object] = [
        {"id": number, "name": chance.choice(("Morning", "Evening", "")), "loop": chance.choice((1, 2, 999_999)),
         "steps": [step(3) for _ in range(chance.randrange(4))], "startStep": None, "endStep": None, "more": {}}
        for number in range(chance.randrange(3))
    ]  # fmt: skip
    backup = chance.choice(
        ({"version": 1, "timers": timers}, timers, {"version": 1, "timers": timers, "x": odd(chance)})
    )
    return "backup.json", json.dumps(backup, default=str).encode("utf-8", "surrogatepass")
