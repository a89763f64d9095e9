"""Which setting of a profile each column of a table states: by its key, or named like the option of a command.

Read off the profile's own schema, so that a new key of profiles is a column as soon as it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from audioguide.errors import Problem
from audioguide.model.profile import Profile
from audioguide.model.text import similar_names

COMMENT = "#"
"""Opens the heading of a column that is the table's own business, such as a telephone number."""

PROTOCOL, PROFILE, BREAKS, FILE = "protocol", "profile", "with breaks", "file"
ABOUT_THE_SESSION = {
    PROTOCOL: "a built-in id or a file; several, done one after the other, with + between them",
    PROFILE: "a profile that you keep, or a file; the row's other cells are laid over it",
    BREAKS: "yes: the protocol's breaks are done at the end too",
    FILE: "what the person's files are called, else the name",
}
"""Columns that are no setting of a profile, and what is in them."""

SEVERAL = "+"

ALSO_CALLED = {
    "voice": ("voice", "id"),
    "engine": ("voice", "engine"),
    "rate": ("voice", "rate_wpm"),
    "volume": ("voice", "volume"),
    "loudness": ("sound", "loudness_lufs"),
    "music": ("music", "path"),
    "sounds": ("sound", "beeps"),
    "breath": ("breath", "on"),
    "lead": ("lead", "on"),
}
"""Options whose name is not that of their key."""

ONLY_KEPT = ("voice", "command"), ("voice", "version")
"""Settings that a table can't state: a file that somebody sends must not be able to run a program here."""

UNITS = re.compile(r"_(?:s|ms|db|lufs|wpm)$")
"""Ends a key with its unit, which people leave out."""

YES, NO = ("yes", "true", "on", "1", "y", "x"), ("no", "false", "off", "0", "n")

ANY = "*"
"""Stands in a key for an exercise, a choice or a word."""


class Key(Struct, frozen=True):
    """A setting of a profile.

    Attributes:
        path: where it stands in a profile file; at most one step is `ANY`.
        types: what it may be, in the words of JSON schema: ``number``, ``boolean``, ``array``, ….
    """

    path: tuple[str, ...]
    types: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """What its column may be called, the shortest last; `ANY` for what a person fills in."""
        if ANY not in self.path:
            return (".".join(self.path), " ".join(UNITS.sub("", step).replace("_", " ") for step in self.path))
        at = self.path.index(ANY)
        behind = self.path[at + 1 :]
        # As the options have it: the dose, then whose it is, then the side.
        first, rest = (behind[0], behind[1:]) if behind else (self.path[at - 1], ())
        bare = UNITS.sub("", first).replace("_", " ")
        return (".".join(self.path), *(".".join([f"{word} {ANY}", *rest]) for word in (first, bare)))


class Column(Struct, frozen=True):
    """A column of a table.

    Attributes:
        heading: as the table has it.
        key: the setting that it states; None for one of `ABOUT_THE_SESSION`.
        path: where its value stands in a profile file; for those of the session its name alone.
    """

    heading: str
    key: Key | None
    path: tuple[str, ...]

    @property
    def filled_in(self) -> str | None:
        """The exercise, choice or word of its heading; None where it has none."""
        return self.path[self.key.path.index(ANY)] if self.key is not None and ANY in self.key.path else None


@cache
def keys() -> tuple[Key, ...]:
    """Return every setting of a profile that a table may state."""
    schema = Profile.model_json_schema()
    return tuple(key for key in _keys_in(schema, (), schema["$defs"]) if key.path[:2] not in ONLY_KEPT)


def _keys_in(schema: Mapping[str, Any], path: tuple[str, ...], definitions: Mapping[str, Any]) -> Iterator[Key]:
    """Yield the settings that ``schema`` describes, which stands at ``path``."""
    forms = list(_forms(schema, definitions))
    plain = {kind for form in forms for kind in [form.get("type", "string")] if kind not in ("object", "null")}
    if plain:
        yield Key(path, frozenset(plain))
    for form in forms:
        for name, inner in form.get("properties", {}).items():
            # What is for all sides has no word of its own.
            if name != "default" or not plain:
                yield from _keys_in(inner, (*path, name), definitions)
        free = [form.get("additionalProperties"), *form.get("patternProperties", {}).values()]
        for inner in free:
            # A word of the lexicon by engine would be two things to fill in.
            if isinstance(inner, dict) and ANY not in path:
                yield from _keys_in(inner, (*path, ANY), definitions)


def _forms(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield each form that a value may have."""
    if "$ref" in schema:
        yield from _forms(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    for several in ("anyOf", "oneOf", "allOf"):
        for form in schema.get(several, ()):
            yield from _forms(form, definitions)
    if "type" in schema or "enum" in schema or "const" in schema:
        yield schema


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Key], ...]:
    """Return what headings look like and the setting each means, the surest first."""
    by_path = {key.path: key for key in keys()}
    found = [(_pattern(name), by_path[path]) for name, path in ALSO_CALLED.items()]
    found += [(_pattern(name), key) for key in keys() for name in key.names]
    # What a person fills in may hold any words, so those come last.
    return tuple(sorted(found, key=lambda entry: ANY in entry[1].path))


def _pattern(name: str) -> re.Pattern[str]:
    """Return what matches a name however its words are joined; a group takes what a person fills in."""
    filled = "(?P<filled>.+)" if name.startswith("lexicon") else r"(?P<filled>[^\s.]+)"
    words = [re.escape(word).replace(re.escape(ANY), filled) for word in re.split("[ _]", name)]
    return re.compile("[ _-]".join(words).replace(r"\.", "[. ]"), re.IGNORECASE)


def read_headings(headings: Sequence[str]) -> tuple[list[Column | None], list[Problem]]:
    """Return what each column states, None for those that are passed over, and every problem of the headings."""
    columns: list[Column | None] = []
    problems: list[Problem] = []
    taken: dict[tuple[str, ...], str] = {}
    for number, heading in enumerate(headings, 1):
        column = None
        if not heading:
            problems.append(Problem(f"row 1, column {number}", "has no heading", "write one, or clear the column"))
        elif not heading.startswith(COMMENT):
            column = _column(" ".join(heading.split()))
            if column is None:
                problems.append(_unknown(heading))
        if column is not None:
            if other := taken.get(column.path):
                what = f"means the same as '{other}'" if other != heading else "stands twice"
                problems.append(Problem(f"column '{heading}'", what, "keep one of them"))
            taken[column.path] = heading
        columns.append(column)
    return columns, problems


def _column(heading: str) -> Column | None:
    plain = heading.casefold().replace("_", " ").replace("-", " ")
    if plain in ABOUT_THE_SESSION:
        return Column(heading, None, (plain,))
    # An option's name is right with its dashes, too.
    heading_only = heading.removeprefix("--")
    for pattern, key in _patterns():
        if found := pattern.fullmatch(heading_only):
            filled = found.groupdict().get("filled")
            path = tuple(str(filled).strip() if step == ANY else step for step in key.path)
            return Column(heading, key, path)
    return None


def _unknown(heading: str) -> Problem:
    where = f"column '{heading}'"
    first, _, rest = heading.partition(" ")
    names = [*ABOUT_THE_SESSION, *ALSO_CALLED, *(key.names[-1] for key in keys())]
    doses = sorted({name.partition(" ")[0] for name in names if name.endswith(f" {ANY}")})
    if heading.casefold() in doses:
        return Problem(where, "names no exercise", f"write one behind it, such as '{heading} couch-stretch'")
    if tuple(heading.casefold().replace(".", " ").split()) in ONLY_KEPT:
        return Problem(where, "can't be stated in a table", "keep it in a profile, and name that in a column 'profile'")
    similar = [f"{name} {rest}" for name in similar_names(first.casefold(), doses, most=1)] if rest else []
    similar = similar or similar_names(heading.casefold(), [name for name in names if ANY not in name], most=2)
    advice = f"did you mean {' or '.join(repr(name) for name in similar)}?" if similar else "remove it"
    return Problem(where, "is no setting", f"{advice} A column of your own begins with {COMMENT}")


def value_of(key: Key, text: str) -> Any:
    """Return what ``text``, not empty, means as a value of a setting; what its form leaves open the profile refuses.

    Raises:
        ValueError: when it is certainly none, with what to write.
    """
    types = key.types
    if "boolean" in types:
        if text.casefold() in YES:
            return True
        if text.casefold() in NO:
            return False
        raise ValueError(f"'{text[:40]}' is neither yes nor no")
    if types & {"number", "integer"}:
        parts = [part.strip() for part in text.split(",")] if "array" in types else [text]
        numbers = [_number(part) for part in parts]
        return numbers[0] if len(numbers) == 1 else numbers
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text) and key.path[-1] == "tempo":
        raise ValueError(
            f"a spreadsheet made a date of it ({text}); give the column the format Text, then type it anew"
        )
    if "array" in types:
        return [part.strip() for part in re.split("[,;]", text) if part.strip()]
    return text


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        advice = f"write {text.replace(',', '.')}" if re.fullmatch(r"\d+,\d+", text) else "write one such as 45"
        raise ValueError(f"'{text[:40]}' is no number; {advice}") from None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def column_at(where: str, columns: Iterable[Column]) -> Column | None:
    """Return the column that states what stands at ``where`` in a profile, as problems name it."""
    # The second entry of a list is at `skip 2`.
    steps = tuple(where.partition(" ")[0].split("."))
    matching = [
        column for column in columns if column.path[: len(steps)] == steps or steps[: len(column.path)] == column.path
    ]
    return max(matching, key=lambda column: len(column.path), default=None)
