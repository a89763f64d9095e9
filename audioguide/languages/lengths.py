"""Lengths of time in words: in full where they are spoken, with the signs of the units where they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from audioguide.languages.formats import Unit, number, unit

_SIGNS: dict[Unit, str] = {"second": "s", "minute": "min", "hour": "h"}
"""The signs of the units are the same in every language (BIPM, The International System of Units, 9th ed., table 8)."""


class Lengths(Struct, frozen=True, dict=True):
    """How a language puts lengths of time into words.

    Attributes:
        locale: Babel's name of the language.
        between: what stands between two units, as in ``2 minutes 30 seconds``.
        signs: whether a unit is its sign; else its name in full.
    """

    locale: str
    between: str = " "
    signs: bool = False

    def text(self, ms: int) -> str:
        """Return a length in seconds up to 90, as exercises are prescribed, else in hours, minutes and seconds."""
        exact = round(ms / 1000, 1)
        # A list of doses in seconds stays in seconds on paper; who hears "a minute" counts no seconds.
        if exact <= 90 and not (exact == 60 and not self.signs):
            return self._amount(exact, "second")
        minutes, seconds = divmod(round(exact), 60)
        hours, minutes = divmod(minutes, 60)
        units: tuple[tuple[int, Unit], ...] = ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
        return self.between.join(self._amount(amount, name) for amount, name in units if amount)

    def texts(self, lengths_ms: Sequence[int]) -> list[str]:
        """Return several lengths as a list is read: in seconds the unit stands behind the last one only."""
        exact = [round(ms / 1000, 1) for ms in lengths_ms]
        if max(exact) > 90:
            return [self.text(ms) for ms in lengths_ms]
        return [*(number(self.locale, seconds) for seconds in exact[:-1]), self._amount(exact[-1], "second")]

    def _amount(self, amount: float, name: Unit) -> str:
        if self.signs:
            # A number and its unit belong on one line.
            return f"{number(self.locale, amount)}\N{NO-BREAK SPACE}{_SIGNS[name]}"
        return unit(self.locale, amount, name)

    @cached_property
    def named(self) -> re.Pattern[str]:
        """Finds a length that a text names in figures, or the least of several: a number, and the unit's name."""
        names = "|".join(sorted({re.escape(name) for each in self._names for name in each}, key=len, reverse=True))
        return re.compile(rf"\b(\d+)(?:\D{{1,6}}\d+)?\s+({names})\b", re.IGNORECASE)

    @cached_property
    def _names(self) -> tuple[set[str], set[str]]:
        # What stands beside the number in the forms for one and for several.
        found = [
            {unit(self.locale, count, name).removeprefix(f"{count} ").casefold() for count in (1, 2, 5)}
            for name in ("second", "minute")
        ]
        return found[0], found[1]

    def least_named_ms(self, text: str) -> int | None:
        """Return the least length that a text names in figures, such as 20 s in "for 20 to 30 seconds"; else None."""
        found = self.named.search(text)
        if found is None:
            return None
        return int(found[1]) * (1_000 if found[2].casefold() in self._names[0] else 60_000)


def printed_lengths(locale: str) -> Lengths:
    """Return how lengths are printed: ``60 s``, and over 90 seconds ``2 min 30 s``, on one line."""
    return Lengths(locale, between="\N{NO-BREAK SPACE}", signs=True)
