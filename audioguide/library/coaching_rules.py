"""What lines of coaching that say when they make sense must keep: they belong to a hold, and find room in it.

Read from the raw tables, as in `library.rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Problem
from audioguide.library.cue_rules import is_number, longest_of
from audioguide.model.units import plain_number

Table = Mapping[str, Any]

_OF_HOLDS = ("again", "once", "from_s", "left_s", "after", "repeat_s")


def coaching_problems(where: str, exercise: Table) -> Iterator[Problem]:
    """Yield what is wrong with the times that an exercise's lines of coaching state."""
    lines = exercise.get("coaching")
    lines = lines if isinstance(lines, list) else [lines]
    hold_s = longest_of([exercise.get("hold_s")])
    for number, line in enumerate(lines, 1):
        if not isinstance(line, Mapping):
            continue
        place = f"{where}.coaching {number}"
        if "reps" in exercise and "hold_s" not in exercise:
            for key in (key for key in _OF_HOLDS if key in line):
                yield Problem(f"{place}.{key}", "belongs to a hold, and this is done by reps", "remove it")
            continue
        if "after" in line and number == 1:
            yield Problem(f"{place}.after", "has no line before it", "write from_s for seconds after the hold's start")
        if "after" in line and "repeat_s" in line:
            advice = "state it for the first of these lines: the others come with it"
            yield Problem(f"{place}.repeat_s", "stands in a line that comes after another", advice)
        if line.get("once") is True and (also := [key for key in ("again", "repeat_s") if key in line]):
            yield Problem(f"{place}.once", "is said again too", f"remove once or {' and '.join(also)}")
        times = [line.get(key, 0) for key in ("from_s", "left_s")]
        if hold_s is not None and all(map(is_number, times)) and sum(times) >= hold_s:
            what = f"can't begin at {plain_number(times[0])} s and leave {plain_number(times[1])} s of a hold"
            yield Problem(place, f"{what} of {plain_number(hold_s)} s", "begin earlier, leave less, or hold longer")
