"""Finds where in a TOML text each table, key and value stands, so that a change touches its own place and nothing else.

By hand, as tomlkit, which keeps comments where a value is replaced, loses or misplaces them where entries of a list or
tables of one name change their order. The text is one that tomllib has read, so nothing here checks it again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct, field

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
"""White space, line ends and comments between two parts of a list or an inline table."""

_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')

# Of texts in three quotes up to two more may stand at the end (TOML 1.0, String).
_SCALAR = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\d{4}-\d\d-\d\d[ Tt]\d\d:[^\s,\]}#]+"
    r"|[^\s,\]}#]+",
    re.DOTALL,
)


class Value(Struct, frozen=True):
    """A value in the text, which begins at ``start`` and ends before ``end``.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        items: the values of a list; None for anything else.
        entries: those of an inline table; None for anything else.
    """

    start: int
    end: int
    items: tuple[Value, ...] | None = None
    entries: tuple[Entry, ...] | None = None


class Entry(Struct, frozen=True):
    """A key, dotted where it has several steps, with its value.

    Attributes:
        keys: the steps of the key.
        start: where the key begins.
        value: what stands behind the equals sign.
    """

    keys: tuple[str, ...]
    start: int
    value: Value


class Section(Struct, frozen=True):
    """A header such as ``[programme]`` or ``[[phase]]`` with the entries below it; the first of a file has no header.

    Attributes:
        keys: the steps of its name; empty for the top of the file.
        is_listed: whether each such header begins an entry of a list.
        start: where the header begins.
        end: the end of its last line, behind the line end.
        entries: what it states.
    """

    keys: tuple[str, ...]
    is_listed: bool
    start: int
    end: int
    entries: tuple[Entry, ...]


class Kind(Enum):
    """What stands at a place."""

    VALUE = "value"
    TABLE = "table"
    TABLES = "tables"


class Home(Struct, frozen=True):
    """Where a table's new keys are written: into a section or an inline table, behind the steps of ``prefix``."""

    container: Section | Value
    prefix: tuple[str, ...] = ()


class Node(Struct, eq=False):
    """A value or table of the file with the parts of the text that state it. Grows while the text is read.

    Attributes:
        kind: what it is.
        value: the text of a value; None for a table that has no text of its own.
        children: of a table what it holds, in order.
        items: of a list its entries.
        homes: of a table where new keys of it can go, the best one first.
        entries: the lines, or parts of inline tables, that state it or what is inside.
        sections: the sections that are it or inside it.
    """

    kind: Kind
    value: Value | None = None
    children: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


Path = tuple[str | int, ...]
"""The steps to a place in a file: keys, and numbers of entries from 0."""


class Places(Struct, frozen=True):
    """A TOML text with its places.

    Attributes:
        text: the whole text.
        root: the file as a table.
        sections: its sections in order, the top of the file first.
    """

    text: str
    root: Node
    sections: tuple[Section, ...]

    def find(self, path: Path) -> Node | None:
        """Return what stands at ``path``; None where nothing does."""
        found: Node | None = self.root
        for step in path:
            if found is None:
                return None
            if isinstance(step, int):
                found = found.items[step] if 0 <= step < len(found.items) else None
            else:
                found = found.children.get(step)
        return found


def places_of(text: str) -> Places:
    """Return ``text``, which tomllib has read, with its places.

    Raises:
        RecursionError: when it is nested too deeply.
    """
    reader = _Reader(text)
    sections = tuple(reader.sections())
    root = Node(Kind.TABLE)
    for section in sections:
        table = root
        for number, key in enumerate(section.keys):
            last = number == len(section.keys) - 1
            kind = Kind.TABLES if last and section.is_listed else Kind.TABLE
            table = table.children.setdefault(key, Node(kind))
            table.sections.append(section)
            if last and section.is_listed:
                table.items.append(Node(Kind.TABLE))
            if table.kind is Kind.TABLES:
                # What comes below the header of an entry belongs to the last one there is.
                table = table.items[-1]
                table.sections.append(section)
        # A table's own section is a better place for a new key than dotted keys above it.
        table.homes.insert(0, Home(section))
        for entry in section.entries:
            _add(table, entry, section)
    return Places(text, root, sections)


def _add(table: Node, entry: Entry, container: Section | Value) -> None:
    """Add what ``entry`` states to ``table``, in whose text ``container`` it stands."""
    for number, key in enumerate(entry.keys[:-1], 1):
        table = table.children.setdefault(key, Node(Kind.TABLE))
        table.entries.append(entry)
        home = Home(container, entry.keys[:number])
        if home not in table.homes:
            table.homes.append(home)
    node = _node(entry.value)
    node.entries.append(entry)
    table.children[entry.keys[-1]] = node


def _node(value: Value) -> Node:
    """Return a value as a node: an inline table as a table, a list with its entries."""
    if value.entries is not None:
        node = Node(Kind.TABLE, value, homes=[Home(value)])
        for entry in value.entries:
            _add(node, entry, value)
        return node
    return Node(Kind.VALUE, value, items=[_node(item) for item in value.items or ()])


class _Reader:
    """Reads a text from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def sections(self) -> Iterator[Section]:
        """Yield the sections in order."""
        keys: tuple[str, ...] = ()
        is_listed, start, end = False, 0, 0
        entries: list[Entry] = []
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] != "[":
                entries.append(self._entry())
                end = self._line_end()
                continue
            yield Section(keys, is_listed, start, end=end, entries=tuple(entries))
            start, entries, is_listed = self._at, [], self._text.startswith("[[", self._at)
            self._at += 1 + is_listed
            keys = self._keys()
            end = self._line_end()
        yield Section(keys, is_listed, start, end=end, entries=tuple(entries))

    def _skip(self, what: re.Pattern[str]) -> int:
        found = what.match(self._text, self._at)
        assert found
        self._at = found.end()
        return self._at

    def _line_end(self) -> int:
        """Go behind the end of the line, over a comment on it."""
        end = self._text.find("\n", self._at)
        self._at = len(self._text) if end < 0 else end + 1
        return self._at

    def _keys(self) -> tuple[str, ...]:
        """Read a key with its dots; afterwards stand behind the white space after it."""
        keys: list[str] = []
        while True:
            start = self._skip(_SPACE)
            written = self._text[start : self._skip(_KEY)]
            # Only tomllib knows what escapes in a quoted key mean.
            keys += tomllib.loads(f"{written} = 0") if written[0] in "\"'" else [written]
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return tuple(keys)
            self._at += 1

    def _entry(self) -> Entry:
        start, keys = self._at, self._keys()
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        return Entry(keys, start, self._value())

    def _value(self) -> Value:
        """Read a value with all that is inside; afterwards stand right behind it."""
        start, opening = self._at, self._text[self._at]
        if opening not in "[{":
            return Value(start, self._skip(_SCALAR))
        self._at += 1
        items: list[Value] = []
        entries: list[Entry] = []
        while self._text[self._skip(_BLANK)] not in "]}":
            if opening == "[":
                items.append(self._value())
            else:
                entries.append(self._entry())
            self._skip(_BLANK)
            if self._text[self._at] == ",":
                self._at += 1
        self._at += 1
        if opening == "[":
            return Value(start, self._at, items=tuple(items))
        return Value(start, self._at, entries=tuple(entries))
