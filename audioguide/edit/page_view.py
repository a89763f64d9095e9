"""What the page shows of a file: phases with what is done in them, exercises, and where each problem belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from audioguide.edit.checked_text import Checked
from audioguide.edit.edits import list_in, table_in, value_at
from audioguide.edit.format_fields import fields_of
from audioguide.edit.page_fields import Control, Widget, element_id, table_controls
from audioguide.edit.toml_places import Path
from audioguide.errors import Problem
from audioguide.languages.listed_doses import dose_of
from audioguide.library.builtin import exercise_files, exercises, raw_exercises
from audioguide.library.problems import path as place_as_people_count


class Part(Struct, frozen=True):
    """A part of the page that is more than a field.

    Attributes:
        path: where it is in the file.
    """

    path: Path

    @property
    def id(self) -> str:
        """Names it in the page."""
        return element_id(self.path, is_group=True)

    @property
    def where(self) -> str:
        """Names it as problems do."""
        return place_as_people_count(self.path)


class Place(Part, frozen=True):
    """A place of a phase, or an option of a choice.

    Attributes:
        name: what is done there, as it is called.
        about: its dose, or what it is.
        use: the id of its exercise; empty for a choice.
        is_own: whether the file defines that exercise.
        fields: what it may state.
        options: those of a choice; None where it is none.
    """

    name: str
    about: str
    use: str
    is_own: bool
    fields: tuple[Control, ...]
    options: tuple[Place, ...] | None = None

    @property
    def first(self) -> tuple[Control, ...]:
        """The fields that are always shown: its doses and sides, and what the file states."""
        return tuple(each for each in self.fields if each.is_stated or each.widget in (Widget.DOSE, Widget.WORD))

    @property
    def more(self) -> tuple[Control, ...]:
        """The others."""
        first = self.first
        return tuple(each for each in self.fields if each not in first)


class PhaseView(Part, frozen=True):
    """A phase.

    Attributes:
        name: its title.
        fields: what it may state but for its exercises.
        places: what is done in it; None for a phase that takes those of another protocol.
    """

    name: str
    fields: tuple[Control, ...]
    places: tuple[Place, ...] | None


class ExerciseView(Part, frozen=True):
    """An exercise that the file defines.

    Attributes:
        key: its id.
        name: what it is called.
        fields: what it may state.
    """

    key: str
    name: str
    fields: tuple[Control, ...]


class Choosable(Struct, frozen=True):
    """Exercises that can be added, under one heading.

    Attributes:
        heading: what they have in common.
        names: what each is called with its dose, by its id.
    """

    heading: str
    names: Mapping[str, str]


class View(Struct, frozen=True):
    """All that the page shows of a file.

    Attributes:
        session: the fields of the whole session.
        phases: its phases.
        exercises: the exercises that it defines.
        choosable: the exercises that a phase may have.
        problems: what is wrong at each place that the page shows, by the place as problems name it; what belongs to
            none is under the empty one.
        anchors: the id of the element at which the problems of each place stand.
    """

    session: tuple[Control, ...]
    phases: tuple[PhaseView, ...]
    exercises: tuple[ExerciseView, ...]
    choosable: tuple[Choosable, ...]
    problems: Mapping[str, tuple[Problem, ...]]
    anchors: Mapping[str, str]

    def is_troubled(self, where: str) -> bool:
        """Return whether there is a problem at a place or inside it."""
        return any(_is_inside(place, where) for place in self.problems)


def view_of(checked: Checked) -> View:
    """Return what the page shows of a file that is a protocol."""
    data = checked.data or {}
    defined = table_in(data.get("exercise"))
    # The file's own come before built-in ones of the same id, as they do in a session.
    tables = {key: table for key, table in (raw_exercises() | dict(defined)).items() if isinstance(table, dict)}
    names = {key: _words(table.get("name")) or key for key, table in tables.items()}
    fields = table_controls("Protocol", (), data, but=("phase", "exercise"))
    # What can say one thing only, and does, needs no field.
    session = tuple(each for each in fields if not (each.shape and each.shape.words == (each.shown,)))
    phases = tuple(
        _phase(("phase", number), phase, names, data) for number, phase in enumerate(list_in(data.get("phase")))
    )
    own = tuple(
        ExerciseView(
            ("exercise", key), key, names.get(key) or key, table_controls("Exercise", ("exercise", key), exercise)
        )
        for key, exercise in defined.items()
    )
    shown = dict(_shown_places(session, phases, own))
    problems: dict[str, list[Problem]] = {}
    for problem in checked.problems:
        # It stands at the innermost place around it that the page shows.
        inside = [where for where in shown if where and _is_inside(problem.where, where)]
        problems.setdefault(max(inside, key=len, default=""), []).append(problem)
    return View(
        session=session,
        phases=phases,
        exercises=own,
        choosable=_choosable(names, own),
        problems={where: tuple(found) for where, found in problems.items()},
        anchors=shown,
    )


def _phase(path: Path, phase: Any, names: Mapping[str, str], data: Mapping[str, Any]) -> PhaseView:
    table = table_in(phase)
    if "from" in table:
        return PhaseView(path, f"From {table['from']}", table_controls("PhaseFrom", path, table), None)
    entries = list_in(table.get("exercises"))
    places = [_place((*path, "exercises", number), entry, names, data) for number, entry in enumerate(entries)]
    but = ("exercises",) if isinstance(table.get("exercises", []), list) else ()
    title = _words(table.get("title")) or "Untitled"
    return PhaseView(path, title, table_controls("Phase", path, table, but), tuple(places))


def _place(path: Path, entry: Any, names: Mapping[str, str], data: Mapping[str, Any]) -> Place:
    """Return what a place of a phase shows, or an option of a choice; ``names`` are those of exercises by id."""
    table = {"use": entry} if isinstance(entry, str) else table_in(entry)
    is_option = "of" in path
    if "choice" in table and not is_option:
        options = [
            _place((*path, "of", number), option, names, data) for number, option in enumerate(list_in(table.get("of")))
        ]
        # Doses are stated for its options.
        of_exercises = {field.key for field in fields_of("ExerciseRef")} | {"of", "harder"}
        fields = table_controls("Item", path, {key: each for key, each in table.items() if key != "of"})
        shown = [each for each in fields if each.is_stated or each.path[-1] not in of_exercises]
        about = f"usually {options[0].name}" if options else "nothing to choose yet"
        return Place(path, "Choice", about, use="", is_own=False, fields=tuple(shown), options=tuple(options))
    use = table["use"] if isinstance(table.get("use"), str) else ""
    fields = table_controls("ExerciseRef" if is_option else "Item", path, table, but=("use",))
    shown = [each for each in fields if each.is_stated or each.path[-1] not in ("choice", "of", "gentle")]
    is_own = value_at(data, ("exercise", use)) is not None
    name = names.get(use) or use or "Nothing"
    of_other = dose_of(exercises()[use]) if use in exercises() else "unknown"
    return Place(path, name, about="of this file" if is_own else of_other, use=use, is_own=is_own, fields=tuple(shown))


def _choosable(names: Mapping[str, str], own: Iterable[ExerciseView]) -> tuple[Choosable, ...]:
    """Return the exercises that can be added: those of the file, then the library's by the file they stand in."""
    groups = [Choosable("Of this file", {view.key: view.name for view in own})]
    for file, found in exercise_files().items():
        heading = file.partition("-")[2].capitalize() or file
        groups.append(
            Choosable(
                f"Library: {heading}",
                {key: f"{names[key]}, {dose_of(exercises()[key])}" for key in found if key not in groups[0].names},
            )
        )
    return tuple(group for group in groups if group.names)


def _shown_places(
    session: Iterable[Control], phases: Iterable[PhaseView], own: Iterable[ExerciseView]
) -> Iterator[tuple[str, str]]:
    """Yield each place at which the page can show a problem, with the id of its element."""
    yield from _of_controls(session)
    for phase in phases:
        yield phase.where, phase.id
        yield from _of_controls(phase.fields)
        for place in phase.places or ():
            yield from _of_place(place)
    for exercise in own:
        yield exercise.where, exercise.id
        yield from _of_controls(exercise.fields)


def _of_place(place: Place) -> Iterator[tuple[str, str]]:
    yield place.where, place.id
    yield from _of_controls(place.fields)
    for option in place.options or ():
        yield from _of_place(option)


def _of_controls(controls: Iterable[Control]) -> Iterator[tuple[str, str]]:
    for control in controls:
        yield control.where, control.id
        # A line alone has the place of its list.
        yield from (found for found in _of_controls(control.children) if found[0] != control.where)


def _is_inside(where: str, outer: str) -> bool:
    return where == outer or where.startswith((f"{outer}.", f"{outer} "))


def _words(value: Any) -> str:
    """Return the words of a text, with or without a recording; empty for anything else."""
    text = value.get("text") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""
