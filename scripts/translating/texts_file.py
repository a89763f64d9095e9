"""A file of translated texts, with the English above each: ``# en: Look ahead.``, then ``"Schau nach vorn.",``.

The comments are what tells that an English text has changed since it was translated.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from audioguide.library.text_slots import INNER, PROTOCOL, THINGS, Each, Listed, Shape, Texts, slots

_ENGLISH = "# en: "
_EARLIER = "# was: "
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_KEY = re.compile(r'^\s*("[^"]*"|[\w-]+)\s*=\s*')
_HEADER = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*$")


class Entry(NamedTuple):
    """A text with its English.

    Attributes:
        section: the table that it stands in, such as ``exercise.half-kneeling``; empty at the top.
        english: the English text.
        own: its translation, empty where there is none yet.
    """

    section: str
    english: str
    own: str


def entries(text: str) -> list[Entry]:
    """Return every text of a file with the English that stands above it.

    Raises:
        ValueError: for a line with more or fewer texts than there is English above it.
    """
    found: list[Entry] = []
    section, above = "", list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith(_ENGLISH):
            above.append(line.strip().removeprefix(_ENGLISH))
        elif line.strip().startswith("#") or not line.strip():
            continue
        elif header := _HEADER.match(line):
            section = header[1]
        elif section == THINGS:
            # Each has its English as its key.
            continue
        else:
            # Without its key; of a table with several texts none of the keys is in quotes.
            own = _TEXT.findall(_KEY.sub("", line))
            if len(own) != len(above):
                raise ValueError(f"line {number} has {len(own)} texts, with {len(above)} lines of English above it")
            found += [Entry(section, english, json.loads(one)) for english, one in zip(above, own, strict=True)]
            above = []
    return found


def texts_file(original: Mapping[str, Any], heading: str, known: Sequence[Entry] = (), shape: Shape = PROTOCOL) -> str:
    """Return the file that translates ``original``.

    Args:
        original: the raw English table.
        heading: what the file is, a line or several.
        known: what is translated already; where English has changed, it is kept in a comment.
        shape: where the texts of ``original`` are.
    """
    writer = _Writer()
    for entry in known:
        if entry.own:
            writer.known[entry.section, entry.english].append(entry.own)
            writer.anywhere.setdefault(entry.english, entry.own)
    writer.table(shape, original, "")
    head = "".join(f"# {line}\n" for line in heading.splitlines())
    return f"{head}\n" + "\n".join(writer.lines).strip() + "\n" + writer.left_over()


@dataclass(slots=True)
class _Writer:
    """Writes a file of texts line by line.

    Attributes:
        known: what is translated, by its table and English, in order.
        anywhere: the same by its English alone, for a text that has moved.
        lines: what is written.
    """

    known: defaultdict[tuple[str, str], deque[str]] = field(default_factory=lambda: defaultdict(deque))
    anywhere: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def table(self, shape: Shape, original: Mapping[str, Any], section: str) -> None:
        """Write the texts of a table, and then the tables in it."""
        shapes = dict.fromkeys(original, shape.inside) if isinstance(shape, Each) else shape
        assert isinstance(shapes, Mapping)
        inside = {key: value for key, value in original.items() if key in shapes}
        for key, value in inside.items():
            if shapes[key] is Texts and next(slots(value, Texts), None) is not None:
                self._texts(f"{key} = ", value, section, "")
        for key, value in inside.items():
            if shapes[key] is Texts or next(slots(value, shapes[key]), None) is None:
                continue
            name = f"{section}.{key}" if section else key
            inner: Shape = shapes[key]
            if isinstance(inner, Listed):
                for entry in value:
                    self.lines += ["", f"[[{name}]]"]
                    if isinstance(entry, Mapping):
                        self.table(inner.inside, entry, name)
                continue
            # A table that only holds tables, such as of exercises, needs no line of its own.
            if not (isinstance(inner, Each) and inner.inside is not Texts):
                self.lines += ["", f"[{name}]"]
            self.table(inner, value, name)

    def _texts(self, opening: str, value: Any, section: str, indent: str) -> None:
        if isinstance(value, list):
            self.lines.append(f"{indent}{opening}[")
            for entry in value:
                if next(slots(entry, Texts), None) is not None:
                    self._texts("", entry, section, f"{indent}    ")
            self.lines.append(f"{indent}]")
            return
        found = {key: slot.text for key, slot in _by_key(value)}
        self.lines += [f"{indent}{_ENGLISH}{english}" for english in found.values()]
        own = {key: json.dumps(self._own(section, english), ensure_ascii=False) for key, english in found.items()}
        pairs = ", ".join(f"{key} = {text}" for key, text in own.items())
        said = next(iter(own.values())) if len(own) == 1 else f"{{ {pairs} }}"
        self.lines.append(f"{indent}{opening}{said}{',' if not opening else ''}")

    def _own(self, section: str, english: str) -> str:
        waiting = self.known[section, english]
        return waiting.popleft() if waiting else self.anywhere.get(english, "")

    def left_over(self) -> str:
        """Return comments with what was translated and has no place any more."""
        lines = [
            f"{_EARLIER}[{section}] {english} → {own}\n"
            for (section, english), waiting in self.known.items()
            for own in waiting
        ]
        return "\n" + "".join(lines) if lines else ""


def _by_key(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the text of a place, or each text of its table, with its key."""
    for key in INNER if isinstance(value, Mapping) and "clip" not in value else ("",):
        part = value.get(key) if key else value
        if (slot := next(slots(part, Texts), None)) is not None:
            yield key, slot


def english_changes(original: Mapping[str, Any], text: str, shape: Shape = PROTOCOL) -> list[str]:
    """Return what of the English above the texts of a file is no longer what ``original`` says, a line each."""
    now = [(entry.section, entry.english) for entry in entries(texts_file(original, "", shape=shape))]
    then = [(entry.section, entry.english) for entry in entries(text)]
    if now == then:
        return []
    added = [f"{section or 'top'}: the English is now: {text}" for section, text in now if (section, text) not in then]
    gone = [f"{section or 'top'}: no longer in English: {text}" for section, text in then if (section, text) not in now]
    return added + gone or ["the order of the English texts has changed"]
