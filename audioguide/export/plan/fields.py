"""Typed reading of parsed JSON: each problem is one line that names the field. `export.plan.plan_json` reads plans
with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from audioguide.errors import RequestError

_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of the file. Keys that nobody asks for are let be, so that an older program reads what a newer adds.

    Each method returns one field and raises RequestError, naming it, when it is missing or not of that type.

    Attributes:
        values: the object's keys and values.
        where: what people call the object, such as ``events[3]``.
    """

    values: dict[str, object]
    where: str

    @classmethod
    def of(cls, value: object, where: str) -> Fields:
        """Return ``value`` as an object."""
        if not isinstance(value, dict):
            raise RequestError(f"{where} must be an object, not {_shown(value)}")
        return cls(value, where)

    def text(self, key: str) -> str:
        """Return a text."""
        value = self._present(key)
        if not isinstance(value, str):
            raise self._problem(key, "a text")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Return a text or null."""
        return None if self._present(key) is None else self.text(key)

    def number(self, key: str) -> int:
        """Return a whole number."""
        value = self._present(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._problem(key, "a whole number")
        return value

    def number_or_none(self, key: str) -> int | None:
        """Return a whole number or null."""
        return None if self._present(key) is None else self.number(key)

    def real(self, key: str) -> float:
        """Return a number."""
        value = self._present(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._problem(key, "a number")
        return float(value)

    def kind(self, key: str, kinds: type[_Kind]) -> _Kind:
        """Return one of ``kinds``."""
        value = self.text(key)
        if value not in kinds.__members__.values():
            raise self._problem(key, "one of " + ", ".join(kinds))
        return kinds(value)

    def kind_or_none(self, key: str, kinds: type[_Kind]) -> _Kind | None:
        """Return one of ``kinds`` or null."""
        return None if self._present(key) is None else self.kind(key, kinds)

    def inner(self, key: str) -> Fields:
        """Return an object inside this one."""
        return Fields.of(self._present(key), f"{self.where}: {key}")

    def inner_or_none(self, key: str) -> Fields | None:
        """Return an object inside this one, or None for null."""
        return None if self._present(key) is None else self.inner(key)

    def has(self, key: str) -> bool:
        """Return whether there is such a field; older files may lack it."""
        return key in self.values

    def rows(self, key: str) -> tuple[Fields, ...]:
        """Return a list of objects."""
        return tuple(Fields.of(row, f"{self.where}: {key}[{at}]") for at, row in enumerate(self._list(key)))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._list(key)
        texts = tuple(value for value in values if isinstance(value, str))
        if len(texts) != len(values):
            raise self._problem(key, "a list of texts")
        return texts

    def _list(self, key: str) -> list[object]:
        value = self._present(key)
        if not isinstance(value, list):
            raise self._problem(key, "a list")
        return value

    def _present(self, key: str) -> object:
        if key not in self.values:
            raise RequestError(f"{self.where} has no '{key}'")
        return self.values[key]

    def _problem(self, key: str, wanted: str) -> RequestError:
        return RequestError(f"{self.where}: '{key}' must be {wanted}, not {_shown(self.values[key])}")


def _shown(value: object) -> str:
    """Return ``value`` short enough for a line."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return f"{value!r:.40}"
