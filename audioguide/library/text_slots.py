"""Where a protocol's file holds texts, and how texts of another language take their places.

A translation has the shape of the file that it translates, with its texts alone: doses, tempo and order stay in one
place. Where the original has a table around a text, as in ``{ say = "Lift", s = 1 }``, a translation may write the text
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, field

from audioguide.errors import Problem
from audioguide.library.problems import path
from audioguide.model.side_forms import has_measure, names_other_side, names_working_side
from audioguide.model.text import quoted


class Texts:
    """A place for a text or a list of them, each alone or in a table."""


class Things:
    """A place for names of things and muscles, which are translated once for all exercises."""


class Each(Struct, frozen=True):
    """A table by names of the user's, such as the ids of exercises, with ``inside`` under each."""

    inside: Shape


class Listed(Struct, frozen=True):
    """A list of tables, each with ``inside``."""

    inside: Shape


Shape = type[Texts] | type[Things] | Each | Listed | Mapping[str, Any]
"""Where texts are: at a place itself, or by key below it."""

CALLS: Mapping[str, Any] = {"calls": Texts}

EXERCISE: Shape = {
    "name": Texts,
    "target": Things,
    "equipment": Things,
    "figure": {"alt": Texts},
    "tempo": Texts,
    **dict.fromkeys(("setup", "setup_brief", "setup_again", "setup_minimal", "setup_minimal_again"), Texts),
    **dict.fromkeys(("load", "load_brief", "load_again", "load_minimal"), Texts),
    "side_role": Texts,
    **dict.fromkeys(
        ("coaching", "mid_set", "leave", "leave_between", "caution", "caution_brief", "mistake", "mistake_brief"), Texts
    ),
    **dict.fromkeys(("calls", "read", "read_tips"), Texts),
}

PROTOCOL: Shape = {
    **dict.fromkeys(("title", "summary", "safety", "red_flags", "check", "check_again"), Texts),
    "put_by": Things,
    **dict.fromkeys(("encouragement", "done", "closing", "see_professional"), Texts),
    **dict.fromkeys(("read_red_flags", "read_see_professional", "why", "mistakes", "suggestions"), Texts),
    "conditions": Each(Texts),
    "programme": {"expect": Texts},
    "phase": Listed(
        {
            **dict.fromkeys(("title", "say", "encouragement"), Texts),
            "exercises": Listed({**CALLS, "of": Listed(CALLS)}),
        }
    ),
    "exercise": Each(EXERCISE),
}
"""Every place of a protocol's file, and of a file of exercises, that holds texts."""

INNER = ("text", "say", "again")
"""What of a table that stands for a text is text; all else says when or how it is said."""

THINGS = "things"
"""The table of a translation with the names of things and muscles."""


class Slot(NamedTuple):
    """A text and its place, as `problems.path` writes it."""

    where: tuple[str | int, ...]
    text: str


def slots(table: Any, shape: Shape = PROTOCOL, where: tuple[str | int, ...] = ()) -> Iterator[Slot]:
    """Yield every text of a raw ``table`` in the order of the file, names of things aside.

    What doesn't have the shape of a protocol is passed over: it is a problem of its own.
    """
    if shape is Texts:
        yield from _texts(table, where)
    elif isinstance(shape, Each) and isinstance(table, Mapping):
        for name, inside in table.items():
            yield from slots(inside, shape.inside, (*where, name))
    elif isinstance(shape, Listed) and isinstance(table, Sequence) and not isinstance(table, str):
        for index, inside in enumerate(table):
            yield from slots(inside, shape.inside, (*where, index))
    elif isinstance(shape, Mapping) and isinstance(table, Mapping):
        for key, inside in table.items():
            if key in shape:
                yield from slots(inside, shape[key], (*where, key))


def _texts(value: Any, where: tuple[str | int, ...]) -> Iterator[Slot]:
    if isinstance(value, str):
        yield Slot(where, value)
    elif isinstance(value, Sequence):
        for index, entry in enumerate(value):
            yield from _texts(entry, (*where, index))
    elif isinstance(value, Mapping):
        for key in INNER:
            yield from _texts(value.get(key), (*where, key))


def things_of(table: Any, shape: Shape = PROTOCOL) -> Iterator[str]:
    """Yield every name of a thing or muscle in a raw ``table``, as often as it stands there."""
    if shape is Things:
        # Of where a thing is needed, both are things.
        for entry in [*table, *table.values()] if isinstance(table, Mapping) else table:
            if isinstance(entry, str):
                yield entry
    elif isinstance(shape, Each) and isinstance(table, Mapping):
        for inside in table.values():
            yield from things_of(inside, shape.inside)
    elif isinstance(shape, Mapping) and isinstance(table, Mapping):
        for key, inside in table.items():
            if key in shape:
                yield from things_of(inside, shape[key])


class Translated(NamedTuple):
    """A table in another language.

    Attributes:
        table: the original with the texts of the translation in their places.
        problems: what the translation lacks, or has too much; the table is of use only where there are none.
    """

    table: dict[str, Any]
    problems: list[Problem]


def translated(
    original: Mapping[str, Any], texts: Mapping[str, Any], things: Mapping[str, str], shape: Shape = PROTOCOL
) -> Translated:
    """Return the raw ``original`` with ``texts`` in the places of its own.

    Args:
        original: the raw table of a protocol, a file of exercises, or what ``shape`` describes.
        texts: the raw table of its translation.
        things: the names of things and muscles in that language, by those in the original.
        shape: where the texts are.
    """
    own = texts.get(THINGS)
    inside = {key: value for key, value in texts.items() if key != THINGS}
    placing = _Placing({**things, **(own if isinstance(own, Mapping) else {})})
    table = placing.over(shape, original, inside, ())
    return Translated(table, placing.problems)


class _Placing(Struct):
    """Puts texts into their places.

    Attributes:
        things: names of things by those of the original.
        problems: what was found on the way.
    """

    things: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def over(self, shape: Shape, original: Any, own: Any, where: tuple[str | int, ...]) -> Any:
        """Return ``original`` with the texts of ``own``; where ``own`` is None, it lacks them."""
        if shape is Things:
            return self._things(original, where)
        if shape is Texts:
            return self._texts(original, own, where)
        if isinstance(shape, Listed) and isinstance(original, list):
            return self._list(shape.inside, original, own, where)
        if isinstance(original, Mapping) and isinstance(shape, Each | Mapping):
            return self._table(shape, original, own, where)
        return original

    def _table(
        self, shape: Each | Mapping[str, Any], original: Mapping[str, Any], own: Any, where: tuple[str | int, ...]
    ) -> dict[str, Any]:
        shapes = dict.fromkeys(original, shape.inside) if isinstance(shape, Each) else shape
        if own is not None and not isinstance(own, Mapping):
            self._problem(where, "is no table", "write it in the shape of the original")
            own = None
        for key in own or {}:
            if key not in original:
                self._problem((*where, key), "is not in the original", "remove it")
            elif key not in shapes:
                self._problem((*where, key), "is no text", "remove it: doses and structure stay in the original")
            elif shapes[key] is Things:
                self._problem((*where, key), "is named once for all exercises", f"write [{THINGS}] with each name")
        return {
            key: self.over(shapes[key], value, (own or {}).get(key), (*where, key)) if key in shapes else value
            for key, value in original.items()
        }

    def _list(self, inside: Shape, original: list[Any], own: Any, where: tuple[str | int, ...]) -> list[Any]:
        if own is not None and (not isinstance(own, list) or len(own) != len(original)):
            has = len(own) if isinstance(own, list) else "no list of"
            self._problem(where, f"has {has} entries, and the original {len(original)}", "write one for each, in order")
            return original
        entries = own or [None] * len(original)
        return [
            self.over(inside, one, entry, (*where, index))
            for index, (one, entry) in enumerate(zip(original, entries, strict=True))
        ]

    def _things(self, original: Any, where: tuple[str | int, ...]) -> Any:
        for name in dict.fromkeys(things_of(original, Things)):
            if not self.things.get(name):
                self._problem(where, f"{quoted(name)} has no name", f'write it under [{THINGS}]: "{name}" = "…"')
        if isinstance(original, Mapping):
            return {self.things.get(name, name): self.things.get(place, place) for name, place in original.items()}
        return [self.things.get(name, name) if isinstance(name, str) else name for name in original]

    def _texts(self, original: Any, own: Any, where: tuple[str | int, ...]) -> Any:
        if isinstance(original, str):
            return self._text(original, own, where)
        if isinstance(original, list):
            # A part of a tempo that is not said has no text.
            said = [index for index, entry in enumerate(original) if next(_texts(entry, ()), None) is not None]
            entries = own if isinstance(own, list) else [own]
            if own is None:
                entries = [None] * len(said)
            if len(entries) != len(said):
                numbers = f"{len(entries)} text{'s' * (len(entries) != 1)}, and the original {len(said)}"
                self._problem(where, f"has {numbers}", "write one for each, in order")
                return original
            placed = dict(zip(said, entries, strict=True))
            return [
                self._texts(entry, placed[index], (*where, index)) if index in placed else entry
                for index, entry in enumerate(original)
            ]
        if isinstance(original, Mapping):
            return self._text_table(original, own, where)
        return original

    def _text_table(self, original: Mapping[str, Any], own: Any, where: tuple[str | int, ...]) -> Any:
        """Return a text in a table, such as one with its time, in the words of ``own``."""
        keys = [key for key in INNER if key in original]
        if "clip" in original:
            # A recording is in the language of the original; a translation has its own, or is spoken.
            return self._text(original["text"], own, where)
        if isinstance(own, list) and len(own) == 1:
            own = own[0]
        inside = own if isinstance(own, Mapping) and "clip" not in own else {keys[0]: own}
        for key in inside.keys() - {*keys}:
            self._problem((*where, key), "is no text of the original", "remove it")
        return {**original, **{key: self._texts(original[key], inside.get(key), (*where, key)) for key in keys}}

    def _text(self, original: str, own: Any, where: tuple[str | int, ...]) -> Any:
        if isinstance(own, list) and len(own) == 1:
            own = own[0]
        words = own.get("text") if isinstance(own, Mapping) else own
        if words is None or words == "":
            self._problem(where, "is not translated", f"the original says: {original}")
            return original
        if not isinstance(words, str):
            self._problem(where, "is no text", f"the original says: {original}")
            return original
        for what, holds in _HELD.items():
            if holds(words) != holds(original):
                lacks = f"lacks {what}" if holds(original) else f"has {what}"
                has = "has" if holds(original) else "lacks"
                self._problem(where, f"{lacks}, which the original {has}", f"the original says: {original}")
        return own

    def _problem(self, where: tuple[str | int, ...], what: str, hint: str) -> None:
        self.problems.append(Problem(path(where), what, hint))


_HELD = {
    "the side that works": names_working_side,
    "the other side": names_other_side,
    "a measure in two units": has_measure,
}
"""What a text and its translation hold both, or neither."""
