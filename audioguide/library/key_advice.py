"""What to write instead of a key that no file has: the same in the file's words, never what merely looks alike.

Who follows the advice must get the session that they meant: a key that is spelled nearly so and means something else,
such as times_a_week for times_a_month, is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from audioguide.model.kinds import Side, Sides
from audioguide.model.text import listed, similar_names
from audioguide.model.units import plain_number

_OTHER_WORDS = {
    "times": "reps",
    "repeats": "reps",
    "repetitions": "reps",
    "duration": "hold_s",
    "duration_s": "hold_s",
    "seconds": "hold_s",
    "time_s": "hold_s",
    "pause": "rest_s",
    "pause_s": "rest_s",
    "side": "sides",
}
"""What people call a key, and the key. It counts only in a table that has the key."""

_SECONDS = {
    **dict.fromkeys(("sec", "secs", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "mins", "minutes"), 60.0),
    **dict.fromkeys(("h", "hours"), 3_600.0),
    "ms": 0.001,
}
"""Ends of keys with how many seconds they stand for: files state all times in seconds, as ``_s``."""

_UNITS = ("s", "ms", "db", "lufs", "wpm")

_ALIKE = 0.75
"""Share of letters in common from which a key is a misspelling: of four letters three. At difflib's usual 0.6 "times"
would be "sides".
"""


def key_advice(name: str, value: Any, known: Sequence[str]) -> str:
    """Return what to write instead of the unknown key ``name`` with ``value`` in a table that may have ``known``."""
    if name == "times" and {"reps", "repeat"} <= set(known):
        said = _toml(value)
        return f"write reps = {said} with a tempo, sets = {said}, or repeat = {said} for a hold repeated in one go"
    meant = _OTHER_WORDS.get(name)
    if meant == "sides" and meant in known and value in [*Side]:
        return one_side_advice(value)
    if meant is not None and meant in known:
        # Nobody knows in which unit the number of a duration is.
        unclear = meant.endswith("_s") and not name.endswith(("_s", "seconds"))
        return f"did you mean '{meant}', in seconds?" if unclear else f"write {meant} = {_toml(value)}"
    if "s" in known and name in _SECONDS:
        return f"write s = {_in_seconds(value, _SECONDS[name])}"
    stem, _, unit = name.rpartition("_")
    if f"{stem}_s" in known and unit in _SECONDS:
        return f"write {stem}_s = {_in_seconds(value, _SECONDS[unit])}"
    similar = [f"{name}_{unit}" for unit in _UNITS if f"{name}_{unit}" in known]
    similar = similar or [key for key in similar_names(name, known, most=5) if _misspelt(name, key)][:2]
    if similar:
        return "did you mean " + listed([f"'{key}'" for key in similar], "or") + "?"
    return f"there is {listed(known)}" if known else ""


def one_side_advice(side: str) -> str:
    """Return how to write an exercise of one ``side`` only, which the keys of a file may not have a word for."""
    kinds = [kind.value for kind in Sides]
    if side in kinds:
        return f'write sides = "{side}"'
    words = listed((f'"{kind}"' for kind in kinds), "or")
    return f'sides takes {words}; for the {side} side alone write sides = "both", and say in setup which side'


def _misspelt(name: str, key: str) -> bool:
    """Whether ``name`` is ``key`` with slips, each of its words a slip of the same word."""
    # "per" and "a" mean the same between two words.
    words, others = (re.sub("_per_", "_a_", text).split("_") for text in (name, key))
    if not similar_names("_".join(words), ["_".join(others)], cutoff=_ALIKE):
        return False
    # Week for month is no slip. Where the words were run together, or an end was lost, only the whole can be compared.
    if len(words) != len(others):
        return True
    return all(similar_names(word, [other]) for word, other in zip(words, others, strict=True))


def _in_seconds(value: Any, factor: float) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return plain_number(round(value * factor, 3)) if number else "… in seconds"


def _toml(value: Any) -> str:
    """Return a short value as a TOML file has it."""
    if isinstance(value, str) and len(value) <= 40 and '"' not in value:
        return f'"{value}"'
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain_number(value)
    return "…"
