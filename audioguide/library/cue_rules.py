"""What the cues and calls of an exercise must keep: they belong to a hold, and lie inside it.

Read from the raw tables, as in `library.rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from audioguide.errors import Problem
from audioguide.model.cues import LAST_MS
from audioguide.model.units import plain_number

Table = Mapping[str, Any]

_LAST_S = LAST_MS // 1000

_OF_HOLDS = ("halfway", "ten_seconds", "countdown")


def cue_problems(where: str, table: Table, exercise: Table, work_s: Any = None) -> Iterator[Problem]:
    """Yield what is wrong with the cues and calls that ``table`` states.

    Args:
        where: the place of ``table`` in the file.
        table: an exercise, or its use in a phase.
        exercise: the exercise itself.
        work_s: seconds that a circuit gives it, with a range or without; None where it has its own.
    """
    if "reps" in exercise and "hold_s" not in exercise:
        cues = table.get("cues")
        named = [f"cues.{name}" for name in _OF_HOLDS if isinstance(cues, Mapping) and name in cues]
        for key in (*named, *(key for key in ("every_s", "calls") if key in table)):
            yield Problem(f"{where}.{key}", "belongs to a hold, and this is done by reps", "remove it")
        return
    # A hold that may be longer for some has time for a call that it has no time for at its usual length. A use keeps
    # the exercise's max.
    holds = (
        (work_s,) if is_number(work_s) or isinstance(work_s, Mapping) else (table.get("hold_s"), exercise.get("hold_s"))
    )
    longest_s = longest_of(holds)
    if longest_s is None:
        return
    longest, latest = plain_number(longest_s), plain_number(longest_s - _LAST_S)
    every_s = table.get("every_s")
    if is_number(every_s) and every_s >= longest_s - _LAST_S:
        what = f"{plain_number(every_s)} s are not reached {_LAST_S} s before a hold of {longest} s ends"
        yield Problem(f"{where}.every_s", what, "make it shorter, or the hold longer")
    calls = table.get("calls")
    times: set[float] = set()
    for number, call in enumerate(calls if isinstance(calls, list) else (), 1):
        at_s = call.get("at_s") if isinstance(call, Mapping) else None
        if not is_number(at_s):
            continue
        place = f"{where}.calls {number}.at_s"
        if at_s >= longest_s:
            hint = f"call before {latest} s, or make the hold longer" if longest_s > _LAST_S else "make the hold longer"
            yield Problem(place, f"{plain_number(at_s)} s are beyond the hold of {longest} s", hint)
        elif at_s >= longest_s - _LAST_S:
            what = (
                f"{plain_number(at_s)} s lie in the last {_LAST_S} s of a hold of {longest} s, kept for its countdown"
            )
            yield Problem(place, what, "call earlier, or make the hold longer")
        if at_s in times:
            yield Problem(place, f"two calls at {plain_number(at_s)} s", "say both in one, or move one")
        times.add(at_s)


def longest_of(holds: Sequence[Any]) -> float | None:
    """Return how many seconds a hold may last that the first of ``holds`` states, and later ones give a max."""
    stated = [hold if isinstance(hold, Mapping) else {"default": hold} for hold in holds if hold is not None]
    lengths = [stated[0].get("default"), *(hold.get("max") for hold in stated)] if stated else []
    return max(filter(is_number, lengths), default=None)


def is_number(value: Any) -> TypeGuard[float]:
    """Return whether a raw value is a number; TOML's true is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
