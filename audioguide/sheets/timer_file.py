"""Timers of the app TimeR Machine as its backup holds them: read, checked and written.

The format is that of the app's own reader and writer (github.com/timer-machine/timer-machine-android, version 8 of its
database): ``AppDataData``, ``TimerData``, ``StepData`` and ``BehaviourDataJsonAdapter`` in ``data/src/main/java``.
Lengths are milliseconds. A step without ``step_type`` is a plain step. What a backup holds besides timers (records,
schedules, settings) is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from audioguide.errors import FileError, Problem

DEFAULT_FOLDER = 1
"""The app's folder for timers in no other (``FolderEntity.FOLDER_DEFAULT``)."""

TRASH_FOLDER = 2
"""Timers in it are deleted (``FolderEntity.FOLDER_TRASH``)."""

USUAL_COUNT = 5
"""How many seconds a step counts where it doesn't say (``CountAction.DEFAULT_TIMES``)."""

# A backup that states more is no timer anybody would train by, and could be written to fill the memory.
_MOST_LOOPS = 1_000
_LONGEST_MS = 86_400_000
_DEEPEST = 10


class BehaviourKind(StrEnum):
    """What a step does while it runs (``BehaviourType``)."""

    MUSIC = "MUSIC"
    VIBRATION = "VIBRATION"
    SCREEN = "SCREEN"
    HALT = "HALT"
    """Stays until the user goes on."""

    VOICE = "VOICE"
    BEEP = "BEEP"
    HALF = "HALF"
    COUNT = "COUNT"
    NOTIFICATION = "NOTIFICATION"
    FLASHLIGHT = "FLASHLIGHT"


class StepKind(StrEnum):
    """What a step is for (``StepType``)."""

    NORMAL = "NORMAL"
    NOTIFIER = "NOTIFIER"
    START = "START"
    END = "END"


_WITH_LOOP = (BehaviourKind.MUSIC, BehaviourKind.BEEP)
"""Whose ``loop`` the app writes (``hasBoolValue``)."""


class Behaviour(Struct, frozen=True):
    """One thing that a step does.

    Attributes:
        kind: what.
        label: of a voice what older versions say instead of the step's name; of a count its seconds.
        content: of a voice what is said, with variables in braces; of a count ``1`` to beep.
        loop: of beeps and music only.
    """

    kind: BehaviourKind
    label: str = ""
    content: str = ""
    loop: bool = True


class Step(Struct, frozen=True):
    """A stretch of time with a name."""

    label: str
    length_ms: int
    behaviours: tuple[Behaviour, ...] = ()
    kind: StepKind = StepKind.NORMAL

    def of(self, kind: BehaviourKind) -> Behaviour | None:
        """Return the behaviour of a kind; None where the step has none."""
        return next((one for one in self.behaviours if one.kind is kind), None)


class Group(Struct, frozen=True):
    """Steps, and groups, that are repeated together."""

    name: str
    loop: int
    steps: tuple[Step | Group, ...]


class Timer(Struct, frozen=True):
    """A timer: steps that are repeated, between a first and a last step that are not."""

    id: int
    name: str
    loop: int
    steps: tuple[Step | Group, ...]
    start: Step | None = None
    end: Step | None = None
    folder: int = DEFAULT_FOLDER


def read_timers(text: str, source: str) -> tuple[Timer, ...]:
    """Return the timers of a backup, those in the trash left out.

    Raises:
        FileError: with everything in it that is no timer.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise FileError(source, [Problem("", "is no JSON", "name a backup of TimeR Machine")]) from None
    if not isinstance(data, dict) or not isinstance(data.get("timers"), list):
        raise FileError(source, [Problem("", "has no timers", "name a backup of TimeR Machine, with timers")])
    problems: list[Problem] = []
    timers = []
    for number, entry in enumerate(data["timers"], 1):
        reader = _Reader(problems)
        if (timer := reader.timer(entry, f"timer {number}")) is not None and timer.folder != TRASH_FOLDER:
            timers.append(timer)
    if problems:
        raise FileError(source, problems)
    return tuple(timers)


class _Reader:
    """Reads parts of a backup, and keeps what is wrong in them."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems

    def timer(self, entry: Any, where: str) -> Timer | None:
        """Return a timer; None where it is none, which is kept as problems at ``where``."""
        table = self._table(entry, where)
        if table is None:
            return None
        name = self._text(table, "name", where)
        loop = self._whole(table, "loop", where, (1, _MOST_LOOPS))
        steps = self._steps(table.get("steps"), f"{where}.steps", 0)
        ends = [self.step(table[key], f"{where}.{key}") if table.get(key) else None for key in ("startStep", "endStep")]
        number, folder = table.get("id", 0), table.get("folderId", DEFAULT_FOLDER)
        if name is None or loop is None or steps is None:
            return None
        return Timer(
            id=number if isinstance(number, int) else 0,
            name=name,
            loop=loop,
            steps=steps,
            start=ends[0],
            end=ends[1],
            folder=folder if isinstance(folder, int) else DEFAULT_FOLDER,
        )

    def _steps(self, entries: Any, where: str, depth: int) -> tuple[Step | Group, ...] | None:
        if not isinstance(entries, list) or not entries:
            self._wrong(where, "is no list of steps")
            return None
        if depth > _DEEPEST:
            self._wrong(where, "has groups within groups too deeply")
            return None
        found = [self._part(entry, f"{where} {number}", depth) for number, entry in enumerate(entries, 1)]
        return tuple(part for part in found if part is not None)

    def _part(self, entry: Any, where: str, depth: int) -> Step | Group | None:
        table = self._table(entry, where)
        if table is None or table.get("step_type", "step") != "group":
            return None if table is None else self.step(table, where)
        loop = self._whole(table, "loop", where, (1, _MOST_LOOPS))
        steps = self._steps(table.get("steps"), f"{where}.steps", depth + 1)
        name = table.get("name", "")
        return None if loop is None or steps is None else Group(name if isinstance(name, str) else "", loop, steps)

    def step(self, entry: Any, where: str) -> Step | None:
        """Return a step; None where it is none, which is kept as problems at ``where``."""
        table = self._table(entry, where)
        if table is None:
            return None
        label = self._text(table, "label", where)
        length_ms = self._whole(table, "length", where, (0, _LONGEST_MS))
        kind = table.get("type", StepKind.NORMAL)
        if kind not in set(StepKind):
            self._wrong(f"{where}.type", f"'{kind}' is no kind of step")
            return None
        listed = table.get("behaviour", [])
        if not isinstance(listed, list):
            self._wrong(f"{where}.behaviour", "is no list")
            return None
        found = [self._behaviour(one, f"{where}.behaviour {number}") for number, one in enumerate(listed, 1)]
        if label is None or length_ms is None:
            return None
        return Step(label, length_ms, tuple(one for one in found if one is not None), StepKind(kind))

    def _behaviour(self, entry: Any, where: str) -> Behaviour | None:
        """Return what a step does; None where it is nothing that the app knows."""
        table = self._table(entry, where)
        if table is None:
            return None
        if table.get("type") not in set(BehaviourKind):
            self._wrong(f"{where}.type", f"'{table.get('type')}' is no behaviour that is known")
            return None
        texts = [table.get(key, "") for key in ("label", "content")]
        if not all(isinstance(text, str) for text in texts):
            self._wrong(where, "has no text where one stands")
            return None
        return Behaviour(BehaviourKind(table["type"]), texts[0], texts[1], table.get("loop", True) is not False)

    def _table(self, entry: Any, where: str) -> Mapping[str, Any] | None:
        if isinstance(entry, dict):
            return entry
        self._wrong(where, "is no table")
        return None

    def _text(self, table: Mapping[str, Any], key: str, where: str) -> str | None:
        found = table.get(key)
        if isinstance(found, str):
            return found
        self._wrong(f"{where}.{key}", "is no text")
        return None

    def _whole(self, table: Mapping[str, Any], key: str, where: str, bounds: tuple[int, int]) -> int | None:
        found = table.get(key)
        # Python takes JSON's true for the number 1.
        if isinstance(found, bool) or not isinstance(found, int) or not bounds[0] <= found <= bounds[1]:
            self._wrong(f"{where}.{key}", f"is no whole number from {bounds[0]} to {bounds[1]}")
            return None
        return found

    def _wrong(self, where: str, what: str) -> None:
        self._problems.append(Problem(where, what, "export the timer from the app anew"))


def timers_text(timers: tuple[Timer, ...]) -> str:
    """Return a backup with ``timers``, as the app writes one."""
    tables = []
    for timer in timers:
        table: dict[str, Any] = {"id": timer.id, "name": timer.name, "loop": timer.loop}
        table["steps"] = [_part(part) for part in timer.steps]
        ends = {"startStep": timer.start, "endStep": timer.end}
        table |= {key: _step(step) for key, step in ends.items() if step is not None}
        tables.append({**table, "more": {}, "folderId": timer.folder})
    return json.dumps({"folders": [], "timers": tables}, ensure_ascii=False, indent=2) + "\n"


def _part(part: Step | Group) -> dict[str, Any]:
    if isinstance(part, Step):
        return {"step_type": "step", **_step(part)}
    steps = [_part(one) for one in part.steps]
    return {"step_type": "group", "name": part.name, "loop": part.loop, "steps": steps}


def _step(step: Step) -> dict[str, Any]:
    behaviours = [_behaviour(one) for one in step.behaviours]
    return {"label": step.label, "length": step.length_ms, "behaviour": behaviours, "type": str(step.kind)}


def _behaviour(one: Behaviour) -> dict[str, Any]:
    texts = {"label": one.label, "content": one.content}
    table = {"type": str(one.kind), **{key: text for key, text in texts.items() if text}}
    return table | ({"loop": one.loop} if one.kind in _WITH_LOOP else {})
