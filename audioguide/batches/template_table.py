"""A table to start from: the columns that people use most, those of a protocol's doses, and two examples."""

from __future__ import annotations

import csv
import io

from audioguide.model.protocol import Protocol
from audioguide.pipeline import prescribed

EXAMPLES = 3
"""Exercises of which a column is shown; others are added by their names."""


def template_csv(protocol: Protocol, name: str) -> bytes:
    """Return a table for people who do ``protocol``, which the command line knows as ``name``, as CSV in UTF-8."""
    # Of a choice only what is done where nobody chooses.
    done = [item for phase in prescribed(protocol).phases for item in phase.prescriptions]
    exercises = list(dict.fromkeys(item.id for item in done))
    held = [each for each in exercises if protocol.exercise[each].hold_s is not None][:EXAMPLES]
    counted = [each for each in exercises if protocol.exercise[each].reps is not None][:EXAMPLES]
    columns: dict[str, tuple[str, str]] = {
        "name": ("Anna Example", "Ben Example"),
        "protocol": (name, name),
        "detail": ("full", "brief"),
    }
    for each in held:
        columns[f"hold {each}"] = (f"{_usual(protocol.exercise[each].hold_s)}", "")
    for each in counted:
        columns[f"reps {each}"] = ("", f"{_usual(protocol.exercise[each].reps)}")
    for each in exercises[:1]:
        columns[f"note {each}"] = ("Take your time with this one.", "")
    columns |= {"weak side": ("left", ""), "greeting": ("Hello Anna.", ""), "# phone": ("not read", "not read")}
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    # With a mark, by which Excel tells UTF-8.
    return file.getvalue().encode("utf-8-sig")


def _usual(dose: object) -> str:
    """Return a dose as a cell has it: its number, or that of each set."""
    doses = dose if isinstance(dose, tuple) else (dose,)
    return ",".join(f"{float(each.default):g}" for each in doses)
