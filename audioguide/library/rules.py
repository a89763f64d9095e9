"""What a protocol file must keep beyond the shape of each field: one kind of work, known names, fitting doses.

The rules read the raw tables, so that they find their problems also where a field's own shape is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audioguide.errors import Problem
from audioguide.model.kinds import Sides
from audioguide.model.text import PLACEHOLDERS, fields_in, suggest

Table = Mapping[str, Any]

SENTENCES = ("setup", "setup_brief", "coaching", "caution", "mistake")


def exercise_problems(exercises: Any) -> Iterator[Problem]:
    """Yield the problems inside each exercise of a file."""
    for key, exercise in _table(exercises).items():
        if isinstance(exercise, Mapping):
            where = f"exercise.{key}"
            yield from _work_problems(where, exercise)
            yield from _side_problems(where, exercise)
            yield from _placeholder_problems(where, exercise)


def phase_problems(phases: Any, own: Any, library: Table) -> Iterator[Problem]:
    """Yield the problems in how phases use exercises.

    Args:
        phases: the raw ``phase`` list.
        own: the raw ``exercise`` table of the file.
        library: raw tables of the built-in exercises; the file's own come before them.
    """
    known = {**library, **_table(own)}
    choices: set[str] = set()
    for number, phase in enumerate(_list(phases), 1):
        if not isinstance(phase, Mapping):
            continue
        circuit = phase.get("circuit")
        for place, item in enumerate(_list(phase.get("exercises")), 1):
            where = f"phase {number}.exercises {place}"
            yield from _item_problems(where, item, choices)
            for option_where, option in _options(where, item):
                yield from _use_problems(option_where, option, known)
                if isinstance(circuit, Mapping):
                    yield from _circuit_problems(option_where, option, known, circuit)
            yield from _harder_problems(where, item, known)


def _work_problems(where: str, exercise: Table) -> Iterator[Problem]:
    hold, reps, tempo = (key in exercise for key in ("hold_s", "reps", "tempo"))
    if hold and reps:
        yield Problem(where, "has both hold_s and reps", "keep one: a position to hold, or reps with a tempo")
    elif not hold and not reps:
        yield Problem(where, "has no work", "add hold_s = 45, or reps = 10 with a tempo")
    elif reps and not exercise.get("tempo"):
        yield Problem(
            where, "has reps without a tempo", 'add tempo = [ { say = "Lift", s = 2 }, { say = "Lower", s = 2 } ]'
        )
    elif hold and tempo:
        yield Problem(
            f"{where}.tempo", "belongs to reps, and this is a hold", "remove it, or write reps instead of hold_s"
        )
    if hold and exercise.get("sides") == Sides.ALTERNATING:
        yield Problem(f"{where}.sides", "alternating sides need reps", "use 'each' for a hold on each side")
    if reps and exercise.get("breath") is True:
        yield Problem(f"{where}.breath", "belongs to a hold", 'write breath = "in" or "out" in the parts of the tempo')
    if hold and "count" in exercise:
        yield Problem(f"{where}.count", "belongs to reps, and this is a hold", "remove it")


def _side_problems(where: str, exercise: Table) -> Iterator[Problem]:
    if "switch_s" in exercise and exercise.get("sides") != Sides.EACH:
        yield Problem(f"{where}.switch_s", "has no switch to time", 'use it with sides = "each", or remove it')


def _placeholder_problems(where: str, exercise: Table) -> Iterator[Problem]:
    sides = exercise.get("sides", Sides.BOTH.value)
    for key in SENTENCES:
        for number, text in enumerate(_texts(exercise.get(key)), 1):
            yield from _text_problems(f"{where}.{key} {number}", text, sides == Sides.EACH)
    for text in _texts(exercise.get("name")):
        yield from _text_problems(f"{where}.name", text, sided=False)
    for number, part in enumerate(_list(exercise.get("tempo")), 1):
        say = _table(part).get("say")
        if isinstance(say, str):
            yield from _text_problems(f"{where}.tempo {number}.say", say, sides != Sides.BOTH)


def _text_problems(where: str, text: str, sided: bool) -> Iterator[Problem]:
    try:
        names = fields_in(text)
    except ValueError:
        yield Problem(where, "has a brace without its partner", "write {side} or {other_side}")
        return
    for name in sorted(names - set(PLACEHOLDERS)):
        yield Problem(where, f"{{{name}}} is unknown", "write {side} or {other_side}")
    if names & set(PLACEHOLDERS) and not sided:
        yield Problem(where, "names a side where there is none", 'use sides = "each", or leave the side out')


def _item_problems(where: str, item: Any, choices: set[str]) -> Iterator[Problem]:
    if not isinstance(item, Mapping):
        return
    table = _table(item)
    if "choice" in table:
        yield from _choice_problems(where, table, choices)
    elif "gentle" in table:
        yield Problem(f"{where}.gentle", "belongs to a choice", "remove it")
    elif "of" in table:
        yield Problem(where, "has options but no choice", 'add choice = "…", a name for --choose')
    elif "use" not in table:
        yield Problem(where, "names no exercise", "write its id, { use = … } or { choice = …, of = […] }")


def _choice_problems(where: str, table: Table, choices: set[str]) -> Iterator[Problem]:
    name = table["choice"]
    if isinstance(name, str):
        if name in choices:
            yield Problem(f"{where}.choice", f"'{name}' stands twice", "give each choice a name of its own")
        choices.add(name)
    if "gentle" in table and table["gentle"] not in [option.get("use") for _, option in _options("", table)]:
        yield Problem(
            f"{where}.gentle", f"'{table['gentle']}' is no option of this choice", "name one that stands in of"
        )
    for key in table.keys() - {"choice", "of", "gentle", "priority"}:
        yield Problem(f"{where}.{key}", "does not belong to a choice", "state it for an option: of = [{ use = …, … }]")
    if len(_list(table.get("of"))) < 2:
        yield Problem(f"{where}.of", "leaves nothing to choose", "list two exercises or more, the usual one first")


def _options(where: str, item: Any) -> Iterator[tuple[str, Table]]:
    table = {"use": item} if isinstance(item, str) else _table(item)
    if "choice" not in table:
        yield where, table
    for number, option in enumerate(_list(table.get("of")), 1):
        yield f"{where}.of {number}", {"use": option} if isinstance(option, str) else _table(option)


def _use_problems(where: str, use: Table, known: Table) -> Iterator[Problem]:
    name = use.get("use")
    if not isinstance(name, str):
        return
    if name not in known:
        yield Problem(where, f"unknown exercise '{name}'", suggest(name, known) or "define it as [exercise.ID]")
        return
    for key, other in (("hold_s", "reps"), ("reps", "hold_s")):
        if key in use and key not in _table(known[name]) and other in _table(known[name]):
            yield Problem(f"{where}.{key}", f"'{name}' is done by {other}", f"state {other} instead")


def _harder_problems(where: str, item: Any, known: Table) -> Iterator[Problem]:
    name = _table(_table(item).get("harder")).get("use")
    if isinstance(name, str) and name not in known:
        yield Problem(
            f"{where}.harder", f"unknown exercise '{name}'", suggest(name, known) or "define it as [exercise.ID]"
        )


def _circuit_problems(where: str, use: Table, known: Table, circuit: Table) -> Iterator[Problem]:
    for key in ("sets", "rest_s"):
        if key in use:
            yield Problem(f"{where}.{key}", "has no place in a circuit", "the circuit's rounds and rest_s say it")
    exercise = _table(known.get(str(use.get("use"))))
    if "work_s" in circuit and "reps" in exercise:
        yield Problem(where, f"'{use['use']}' counts reps, and the circuit works by time", "use a hold, or drop work_s")
    if "work_s" in circuit and "hold_s" in use:
        yield Problem(f"{where}.hold_s", "is overruled by the circuit's work_s", "remove one of them")


def _table(value: Any) -> Table:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    values = [value] if isinstance(value, str) else _list(value)
    return [text for text in values if isinstance(text, str)]
