"""Puts the pieces of a line together: ranges, lists, times with their units, tempos, and phrases of sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from audioguide.sheets.sheet import Quantity, Why
from audioguide.sheets.tokens import Kind, Token, kinds

_LONGEST_CLOCK_MIN = 9
"""Of more minutes before a colon nobody knows whether they are hours: 10:15."""


class _Found(NamedTuple):
    """Tokens that a rule looks at, and the line that they are of."""

    tokens: Sequence[Token]
    text: str

    @property
    def close(self) -> bool:
        """Whether nothing stands between them."""
        return all(one.end == two.start for one, two in zip(self.tokens, self.tokens[1:], strict=False))

    def made(self, kind: Kind, values: Sequence[Quantity] = (), assumed: str = "") -> Token:
        """Return the tokens as one of a kind, which assumes what they and the rule assume."""
        last = self.tokens[-1]
        noted = "; ".join(filter(None, (*(token.assumed for token in self.tokens), assumed)))
        return Token(kind, self.tokens[0].start, last.end, tuple(values), assumed=noted, ends=last.ends)

    def refused(self, why: Why) -> Token:
        """Return the tokens as one that no dose can have."""
        return replace(self.made(Kind.REFUSED), why=why)

    @property
    def written(self) -> str:
        """The piece of the line that they are."""
        return self.text[self.tokens[0].start : self.tokens[-1].end]

    @property
    def numbers(self) -> tuple[Quantity, ...]:
        """All numbers in them, in order."""
        return tuple(value for token in self.tokens for value in token.values)


def _figures(found: _Found) -> Token | None:
    # Of the tempos' X, as fast as one can, the sign is that of times.
    return found.made(Kind.FIGURES) if found.close else None


def _list(found: _Found) -> Token | None:
    if not found.close:
        return None
    return found.made(Kind.COUNTS, found.numbers) if len(found.numbers) > 2 else found.refused(Why.TWO_FIGURES)


def _range(found: _Found) -> Token | None:
    low, high = (value.low for value in found.numbers)
    if found.tokens[1].kind is Kind.DASH and not found.close:
        return found.refused(Why.SPACED_DASH)
    if low > high:
        return found.refused(Why.BACKWARDS)
    return found.made(Kind.QUANTITY, [Quantity(low, high)])


def _clock(found: _Found) -> Token | None:
    if not found.close:
        return None
    written = found.written
    if not re.fullmatch(r"\d{1,2}:[0-5]\d", written) or found.numbers[0].low > _LONGEST_CLOCK_MIN:
        return found.refused(Why.CLOCK)
    minutes, seconds = (value.low for value in found.numbers)
    total = minutes * 60 + seconds
    return found.made(Kind.TIME, [Quantity(total, total)], f"{written} is {minutes:.0f} min {seconds:.0f} s")


def _minutes_and_seconds(found: _Found) -> Token | None:
    minutes, seconds = (value.low for value in found.numbers)
    if any(value.ranged for value in found.numbers) or seconds >= 60 or minutes % 1:
        return found.refused(Why.BARE_TIME)
    total = minutes * 60 + seconds
    primes = any(token.kind in (Kind.PRIME, Kind.DOUBLE_PRIME) for token in found.tokens)
    assumed = f"{found.written} is {minutes:.0f} min {seconds:.0f} s" if primes else ""
    return found.made(Kind.TIME, [Quantity(total, total)], assumed)


def _seconds(found: _Found) -> Token | None:
    kind = Kind.TIMES if found.tokens[0].kind is Kind.COUNTS else Kind.TIME
    primes = found.tokens[-1].kind is Kind.DOUBLE_PRIME
    return found.made(kind, found.numbers, f"{found.written} is in seconds" if primes else "")


def _minutes(found: _Found) -> Token | None:
    number = found.text[found.tokens[0].start : found.tokens[0].end]
    # 2.30 min may be two minutes thirty.
    if re.search(r"[.,]\d\d", number):
        return found.refused(Why.CLOCK)
    kind = Kind.TIMES if found.tokens[0].kind is Kind.COUNTS else Kind.TIME
    return found.made(kind, [Quantity(value.low * 60, value.high * 60) for value in found.numbers])


def _as(kind: Kind) -> Callable[[_Found], Token]:
    return lambda found: found.made(kind, found.numbers)


def _as_refused(why: Why) -> Callable[[_Found], Token]:
    return lambda found: found.refused(why)


# The order matters: a tempo comes before the ranges that it holds, and a list before its numbers.
_RULES: tuple[tuple[str, Callable[[_Found], Token | None]], ...] = (
    (r"N-[Nx]-[Nx]-[Nx]|N-N-[Nx]", _figures),
    (r"N(?:HN)+", _list),
    (r"N[-u]N", _range),
    (r"NCNCN", _as_refused(Why.CLOCK)),
    (r"NCN", _clock),
    (r"N1N2?", _minutes_and_seconds),
    (r"NmNs", _minutes_and_seconds),
    (r"NmN(?![xsm12])", _as_refused(Why.BARE_TIME)),
    (r"[NQ]1", _as_refused(Why.PRIME)),
    (r"[NQL][s2]", _seconds),
    (r"[NQL]m", _minutes),
    (r"N", _as(Kind.QUANTITY)),
    (r"[yz][cH][yz]", _as(Kind.BOTH_SIDES)),
    (r"b[jn]", _as(Kind.BOTH_SIDES)),
    (r"[ePHf]n", _as(Kind.EACH_SIDE)),
    (r"yn|ny", _as(Kind.LEFT)),
    (r"zn|nz", _as(Kind.RIGHT)),
)
"""What is put together, in this order: a pattern of kinds, and what becomes of it; None leaves it apart."""


def put_together(tokens: Sequence[Token], text: str) -> tuple[Token, ...]:
    """Return the ``tokens`` of the line ``text`` with ranges, lists, times and sides as one each."""
    for pattern, make in _RULES:
        made: list[Token] = []
        at = 0
        for match in re.finditer(pattern, kinds(tuple(tokens))):
            found = make(_Found(tokens[match.start() : match.end()], text))
            if found is not None:
                made += [*tokens[at : match.start()], found]
                at = match.end()
        tokens = [*made, *tokens[at:]]
    return tuple(tokens)
