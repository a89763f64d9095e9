"""What the import made of each line of a sheet, as text that expectations are written in.

A line that can't be read is ``asked: REASON`` or ``refused: REASON``. Of an exercise the doses stand there that its
session has, taken from the protocol that was written.
"""

from __future__ import annotations

from pathlib import Path

from audioguide.library.protocol_files import load_protocol
from audioguide.model.doses import Dose, by_set
from audioguide.model.kinds import Sides
from audioguide.model.protocol import Exercise
from audioguide.model.units import plain_number
from audioguide.sheets.sheet import REFUSED, Made
from audioguide.sheets.sheet_import import ReadSheet, import_sheet, read_sheet
from tests.batches.workbook import workbook
from tests.helpers import session_of
from tests.sheets.workbooks import WORKBOOKS

DATA = Path(__file__).parent / "data"
ENCODINGS = {"de-cp1252.csv": "cp1252"}


def sheet_file(name: str, folder: Path) -> Path:
    """Return the sheet of this name, a workbook made anew."""
    if name not in WORKBOOKS:
        return DATA / name
    path = folder / name
    path.write_bytes(workbook(WORKBOOKS[name]))
    return path


def outcomes(name: str, folder: Path) -> list[str]:
    """Return a line for each line of the sheet that holds something, with what was made of it."""
    path, encoding = sheet_file(name, folder), ENCODINGS.get(name)
    found = read_sheet(path, encoding=encoding)
    doses = _doses(path, found, folder, encoding)
    unread = {one.line.number: one.why for one in found.unread}
    lines = [f"language: {found.sheet.language}"]
    for number, made in sorted(found.made.items()):
        if number in unread:
            why = unread[number]
            what = f"{'refused' if why in REFUSED else 'asked'}: {why.name}"
        elif number in doses:
            what = f"exercise: {doses[number]}"
        elif made is Made.EXERCISE:
            what = "exercise, continued"
        elif made is Made.UNREAD:
            what = "asked, with its dose below"
        else:
            what = made.name.lower().replace("_", " ")
        lines.append(f"{number}: {what}")
    often = found.sheet.often
    if often.per_week or often.per_day or often.weeks:
        week = often.per_week and "-".join(
            dict.fromkeys(plain_number(value) for value in (often.per_week.low, often.per_week.high))
        )
        lines.append(f"often: {often.per_day or 1} a day, {week} days a week, weeks {often.weeks or 'open'}")
    return lines


def _doses(path: Path, found: ReadSheet, folder: Path, encoding: str | None) -> dict[int, str]:
    """Return the dose of each exercise by the number of its line, as the written protocol and its session have it."""
    if not found.prescribed:
        return {}
    imported = import_sheet(path, encoding=encoding, skip_unread=True)
    target = folder / f"{path.stem}.toml"
    target.write_text(imported.text, encoding="utf-8")
    protocol = load_protocol(target)
    items = [item for phase in protocol.phase for item in phase.exercises]
    prescriptions = session_of(protocol).prescriptions()
    assert len(items) == len(prescriptions) == len(found.prescribed)
    doses = {}
    for number, item, done in zip(found.prescribed, items, prescriptions, strict=True):
        exercise = protocol.exercise[item.options[0].use].used_as(item.options[0])
        # What the session does is what the protocol states.
        effort = done.efforts[0]
        work = by_set(exercise.hold_s or exercise.reps or ())[0].default
        assert done.sets == (
            len(by_set(exercise.hold_s or exercise.reps or ())) if done.by_set else exercise.sets.default
        )
        assert work == (effort.reps if effort.hold_ms is None else effort.hold_ms / 1000)
        doses[number] = f"{item.options[0].use} = {_dose(exercise)}{_texts(exercise, found, number)}"
    return doses


def _texts(exercise: Exercise, found: ReadSheet, number: int) -> str:
    """Return the sheet's remarks and cautions, where the exercise has them all."""
    entry = found.prescribed[number].entry
    told = [line.say for line in exercise.setup]
    assert all(text in told for text in entry.remarks)
    assert all(text in exercise.caution for text in entry.cautions)
    assert all(any(load.lstrip("@ ") in text for text in told) for load in entry.dose.loads)
    said = [*(f"[{load.lstrip('@ ')}]" for load in entry.dose.loads), *(f"“{text}”" for text in entry.remarks)]
    said += [f"!{text}" for text in entry.cautions]
    return "".join(f", {text}" for text in said)


def _dose(exercise: Exercise) -> str:
    if exercise.hold_s is not None:
        work = _listed(exercise.hold_s, " s")
        if exercise.repeat is not None:
            work = f"{_ranged(exercise.repeat)} x {work} with {plain_number(exercise.relax_s or 0)} s between"
    else:
        work = _listed(exercise.reps or (), " reps")
        work += f" ({'-'.join(plain_number(part.s) for part in exercise.tempo)})"
    sides = {Sides.BOTH: "once", Sides.EACH: "each side", Sides.ALTERNATING: "a side, alternating"}
    text = f"{_ranged(exercise.sets)} x {work} {sides.get(exercise.sides, f'{exercise.sides} only')}"
    if exercise.rest_s is not None and exercise.sets.default > 1:
        text += f", rest {plain_number(float(str(exercise.rest_s)))} s"
    return text


def _listed(doses: Dose | tuple[Dose, ...], unit: str) -> str:
    return "/".join(map(_ranged, by_set(doses))) + unit


def _ranged(dose: Dose) -> str:
    if dose.min is None or dose.max is None:
        return plain_number(dose.default)
    return f"{plain_number(dose.default)} ({plain_number(dose.min)}-{plain_number(dose.max)})"
