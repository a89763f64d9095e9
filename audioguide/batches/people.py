"""People of a table, each with their protocol and changes; every fault with its row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from audioguide.batches.columns import (
    BREAKS,
    FILE,
    NO,
    PROFILE,
    PROTOCOL,
    SEVERAL,
    YES,
    Column,
    column_at,
    read_headings,
    value_of,
)
from audioguide.batches.file_names import file_stems
from audioguide.batches.tables import Row, Table
from audioguide.errors import FileError, Problem, RequestError
from audioguide.library.profile_files import find_profile, load_profile, parse_profile
from audioguide.library.protocol_files import builtin_ids, files_of, load_protocols
from audioguide.model.limits import DEFAULT_PROTOCOL
from audioguide.model.profile import Profile
from audioguide.model.protocol import Protocol
from audioguide.prescribe.layers import Layer, Layers, Origin

BY = "the table"
"""What the row of a person is called in a plan: the file's own name might say more than a recording should."""


class Wanted(Struct, frozen=True):
    """A person's session as the table asks for it.

    Attributes:
        protocol: what is done.
        layers: the person's changes, those of a kept profile first, then those of the row.
        sources: the files that it is made from.
    """

    protocol: Protocol
    layers: tuple[Layer, ...]
    sources: tuple[Path, ...]


class Person(Struct, frozen=True):
    """One person of a table.

    Attributes:
        row: the row, as it stands in the table.
        name: what the person is called in messages.
        stem: what their files are called, without an ending.
    """

    row: Row
    name: str
    stem: str


def read_people(table: Table, protocol: str = DEFAULT_PROTOCOL) -> tuple[RowReader, tuple[Person, ...]]:
    """Return the people of a table, and what reads their rows.

    Args:
        table: the table.
        protocol: what people do whose row names no protocol.

    Raises:
        FileError: with every problem of the headings, and for people without a name.
    """
    columns, problems = read_headings(table.headings)
    reader = RowReader(table.source, table.folder, tuple(columns), protocol)
    names, files = [], []
    for row in table.rows:
        about = reader.about(row)
        # A kept profile has a name, too.
        called = about.get("name") or Path(about.get(PROFILE, "")).stem
        files.append(about.get(FILE) or called)
        names.append(called or files[-1])
        if not files[-1] and not problems:
            hint = f"write a name, or in a column '{FILE}' what their files are called"
            problems.append(Problem(f"row {row.number}, column 'name'", "is empty", hint))
    if problems:
        raise FileError(table.source, problems)
    made = zip(table.rows, names, file_stems(files), strict=True)
    return reader, tuple(Person(row, name, stem) for row, name, stem in made)


class RowReader:
    """Reads what a row asks for; remembers the protocols that it loads.

    Args:
        source: what the table is called in messages.
        folder: where relative paths in it start.
        columns: what each column states; None for one that is passed over.
        protocol: what people do whose row names no protocol.
    """

    def __init__(self, source: str, folder: Path, columns: tuple[Column | None, ...], protocol: str) -> None:
        self.source = source
        self._folder, self._columns, self._protocol = folder, columns, protocol
        self._protocols: dict[tuple[str, bool, str | None], Protocol | str] = {}

    def about(self, row: Row) -> dict[str, str]:
        """Return the cells of a row that say who the person is and what they do, by their columns' names."""
        return {
            column.path[0]: cell
            for column, cell in zip(self._columns, row.cells, strict=True)
            if column is not None and cell and (column.key is None or column.path == ("name",))
        }

    def wanted(self, person: Person) -> Wanted:
        """Return what a person's row asks for.

        Raises:
            FileError: with every problem of the row.
        """
        about = self.about(person.row)
        problems: list[Problem] = []
        layers: list[Layer] = []
        sources: list[Path] = []
        try:
            layers.append(Layer(BY, self._profile(person.row), Origin.COMMAND_LINE))
        except FileError as error:
            problems += error.problems
        where = f"row {person.row.number}, column"
        if PROFILE in about:
            try:
                name = about[PROFILE]
                is_path = name.endswith(".toml") or "/" in name or "\\" in name
                path = self._folder / find_profile(name).expanduser() if is_path else find_profile(name)
                layers.insert(0, Layer.of_profile(load_profile(path), path))
                sources.append(path)
            except RequestError as error:
                problems += (Problem(f"{where} '{PROFILE}'", line) for line in f"{error}".splitlines())
        protocol = None
        try:
            language = Layers(layers).last(lambda profile: profile.language, None)
            protocol, files = self._loaded(about, language)
            sources += files
        except RequestError as error:
            column = BREAKS if "--with-breaks" in f"{error}" else PROTOCOL
            problems += (Problem(f"{where} '{column}'", line) for line in f"{error}".splitlines())
        if protocol is None or problems:
            raise FileError(self.source, problems)
        return Wanted(protocol, tuple(layers), tuple(sources))

    def _profile(self, row: Row) -> Profile:
        """Return the changes that a row states.

        Raises:
            FileError: with every problem of its cells.
        """
        filled = [
            (column, cell)
            for column, cell in zip(self._columns, row.cells, strict=True)
            if column is not None and column.key is not None and cell
        ]
        table: dict[str, Any] = {}
        problems = []
        for column, cell in filled:
            assert column.key is not None
            try:
                value = value_of(column.key, cell)
            except ValueError as error:
                problems.append(Problem(f"row {row.number}, column '{column.heading}'", f"{error}"))
                continue
            if column.path in (("music", "path"), ("sound", "beeps")):
                # Where the table lies, as in a profile file.
                value = str(self._folder / Path(cell).expanduser())
            sided = any(other.path[: len(column.path)] == column.path for other, _ in filled if other is not column)
            *above, last = (*column.path, "default") if sided else column.path
            inner = table
            for step in above:
                inner = inner.setdefault(step, {})
            inner[last] = value
        try:
            profile = parse_profile(table, self.source)
        except FileError as error:
            columns = [column for column, _ in filled]
            for problem in error.problems:
                stated_by = column_at(problem.where, columns)
                where = f"row {row.number}" if stated_by is None else f"row {row.number}, column '{stated_by.heading}'"
                problems.append(Problem(where, problem.what, problem.hint))
        if problems:
            raise FileError(self.source, problems)
        return profile

    def refused(self, person: Person, error: RequestError) -> list[Problem]:
        """Return why a person's session can't be made, a problem a line, with the column where that can be told."""
        return [self._placed(person.row, line) for line in f"{error}".splitlines()]

    def _placed(self, row: Row, line: str) -> Problem:
        line = line.removeprefix(f"{BY}: ")
        filled = [
            (column, cell)
            for column, cell in zip(self._columns, row.cells, strict=True)
            if column is not None and cell and column.key is not None
        ]
        # What the message names stands in a heading or a cell.
        for column, cell in filled:
            if f"'{column.filled_in}'" in line or (len(cell) > 1 and (f"'{cell}'" in line or f"{cell}: " in line)):
                return Problem(f"row {row.number}, column '{column.heading}'", line)
        for column, _ in filled:
            if len(column.path) == 1 and line.startswith((column.path[0], column.path[0].replace("_", " "))):
                return Problem(f"row {row.number}, column '{column.heading}'", line)
        return Problem(f"row {row.number}", line)

    def _loaded(self, about: Mapping[str, str], language: str | None) -> tuple[Protocol, tuple[Path, ...]]:
        """Return the protocol of a row in the ``language`` that is asked for, and the files that it comes from.

        Raises:
            RequestError: when there is no such protocol, or its file has problems.
        """
        text = about.get(PROTOCOL, self._protocol)
        answer = about.get(BREAKS, "no").casefold()
        if answer not in (*YES, *NO):
            raise RequestError(f"--with-breaks: '{answer[:40]}' is neither yes nor no")
        key = text, answer in YES, language
        names = []
        for name in (part.strip() for part in text.split(SEVERAL)):
            is_path = name not in builtin_ids() and (name.endswith(".toml") or "/" in name or "\\" in name)
            names.append(str(self._folder / Path(name).expanduser()) if is_path else name)
        if key not in self._protocols:
            try:
                self._protocols[key] = load_protocols(names, with_breaks=answer in YES, language=language)
            except RequestError as error:
                # Remembered, too: thousands of rows may name the same wrong file.
                self._protocols[key] = f"{error}"
        found = self._protocols[key]
        if isinstance(found, str):
            raise RequestError(found)
        return found, tuple(file for name in names for file in files_of(name))


def table_of_people(people: Iterable[Mapping[str, object]]) -> Iterator[Sequence[str]]:
    """Yield the rows of a table that has the same people: the headings, then a row for each.

    Args:
        people: for each person what stands in which column; what is None or missing stands in none.
    """
    listed = list(people)
    headings = list(dict.fromkeys(heading for person in listed for heading in person))
    yield headings
    for person in listed:
        yield [_as_cell(person.get(heading)) for heading in headings]


def _as_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ",".join(map(_as_cell, value))
    return f"{value}"
