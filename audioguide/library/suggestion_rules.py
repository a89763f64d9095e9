"""What marks of a protocol's own suggestions must keep: what is marked is stated where the mark stands.

Read from the raw tables, as in `library.rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Problem
from audioguide.model.kinds import Suggested

Table = Mapping[str, Any]


def mark_problems(where: str, table: Table) -> Iterator[Problem]:
    """Yield the marks in ``suggested`` of an exercise, or of its place in a phase, that mark nothing of ``table``."""
    marks = table.get("suggested")
    for number, mark in enumerate(marks if isinstance(marks, list) else (), 1):
        place = f"{where}.suggested {number}"
        if not isinstance(mark, str) or mark not in [*Suggested]:
            # Its shape is wrong, which is said already.
            continue
        named = Suggested(mark)
        # Seconds of work are a hold in a circuit.
        stated = table.get(named.key, table.get("work_s") if named.key == "hold_s" else None)
        doses = stated if isinstance(stated, list) else [stated]
        if stated is None:
            yield Problem(place, f"marks {named.key}, which is not stated here", "state it here, or remove the mark")
        elif named.end and not any(isinstance(dose, Mapping) and named.end in dose for dose in doses):
            advice = f"write {named.key} = {{ default = …, {named.end} = … }}, or remove the mark"
            yield Problem(place, f"marks the {named.end} of {named.key}, which has none", advice)
