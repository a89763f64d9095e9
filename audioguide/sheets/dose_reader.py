"""Reads a dose as sheets write it: 3 x 60 s each side, rest 30 s.

The grammar is a table of clauses, each a pattern over the kinds of words (`sheets.tokens`). A dose is read where
clauses fill it to its end, and not otherwise: what no clause tells is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from audioguide.model.kinds import Sides
from audioguide.model.tempo import read_tempo
from audioguide.model.units import plain_number
from audioguide.sheets.quantities import put_together
from audioguide.sheets.sheet import EVERY_DAY, Often, Quantity, SheetDose, UnreadError, Why
from audioguide.sheets.tokens import Kind, Token, kinds, tokens_of


class Clause(Struct, frozen=True):
    """A part of a dose.

    Attributes:
        pattern: the kinds of its words; a group is the field of the dose that it states.
        sides: the sides that it states.
    """

    pattern: str
    sides: Sides | None = None


_NOT_OF_REST = r"(?![pl]C?V?(?!C?V?[fc]?[TK]))"
"""Behind a time: it is no rest's, as in "30 s rest"; in "3 x 60 s rest 30 s" the rest has a time of its own."""

CLAUSES = (
    # How often, before the counts that it looks like.
    Clause(r"f(?P<weeks>Q)w"),
    Clause(r"(?P<per_day>Q)x?(?:[PHfu]d|D)"),
    Clause(r"(?P<per_week>Q)(?:x?(?:[PHfu]w|W)|d[PHfue]w)"),
    Clause(r"(?P<daily>D|[eP]d)"),
    # Sets, and what is done in each.
    Clause(rf"(?P<sets>Q)S?x(?P<reps>Q)r?xh?(?P<rep_hold_s>T)h?{_NOT_OF_REST}"),
    Clause(rf"(?P<sets>Q)S?x(?P<held>h)?(?P<hold_s>[TK])h?{_NOT_OF_REST}"),
    Clause(r"(?P<hold_s>T)h?x(?P<sets>Q)(?:S|(?![A-Za-z0-9]))"),
    Clause(r"(?P<reps>Q)rx(?P<sets>Q)S"),
    Clause(r"(?P<sets>Q)S?x(?P<reps>(?:Q(?=r)|L))r?"),
    Clause(r"(?P<sets>Q)S?x(?P<bare>Q)(?!x)"),
    Clause(rf"(?P<sets>Q)S(?:OP?|u)?h?(?P<hold_s>[TK])h?{_NOT_OF_REST}"),
    Clause(r"(?P<sets>Q)S(?:OP?|u)?(?P<reps>(?:Q(?=r)|L))r?"),
    Clause(r"(?P<sets>Q)S(?:OP?|u)(?P<bare>Q)(?![xS])"),
    Clause(r"(?P<bare>Q)(?=E)"),
    Clause(r"(?P<sets>Q)S"),
    Clause(r"SC?(?P<sets>Q)(?![xrs])"),
    Clause(r"(?P<reps>[QL])r(?!C)"),
    Clause(r"rC?(?P<reps>[QL])(?![xSs])"),
    Clause(r"(?P<times>Q)x(?![QTKLFNdDwWPHfu])"),
    # Times.
    Clause(r"V?(?P<rest_s>i)V?"),
    Clause(r"(?:pC?V?C?[fO]?|V?C?pC?)(?P<rest_s>T)(?:V|p(?![CTf]))?"),
    Clause(r"(?P<rest_s>T)(?:[OP]?p(?![CT])V?|V)"),
    Clause(r"lC?f?(?P<relax_s>T)"),
    Clause(r"(?P<relax_s>T)l(?![CT])"),
    Clause(r"(?P<held>h)C?f?(?P<hold_s>[TK])"),
    Clause(rf"f?(?P<hold_s>[TK])(?P<held>h)?{_NOT_OF_REST}"),
    # Sides.
    Clause(r"E(?!o)", Sides.EACH),
    Clause(r"(?P<alternating>a)"),
    Clause(r"oy|yo?", Sides.LEFT),
    Clause(r"oz|zo?", Sides.RIGHT),
    Clause(r"g", Sides.BOTH),
    Clause(r"(?P<both_sides>B)"),
    Clause(r"tC?(?P<tempo>F)"),
    Clause(r"(?P<loads>M?(?:kC?Q|QkG?k?|QG(?:k)?))"),
    # "No weight on the leg" is no dose.
    Clause(r"(?P<loads>Y)(?=I|$)"),
)
"""Every way in which a part of a dose is written; at each place the first that fits counts."""

_COMPILED = tuple((re.compile(clause.pattern), clause) for clause in CLAUSES)
_BETWEEN = re.compile("[ICcO-]*")

LIMITS: dict[str, tuple[float, float]] = {
    "sets": (1, 20),
    "reps": (1, 100),
    "bare": (1, 100),
    "times": (1, 100),
    "hold_s": (1, 3600),
    "rep_hold_s": (1, 60),
    "relax_s": (1, 60),
    "rest_s": (0, 900),
    "per_day": (1, 12),
    "per_week": (1, 7),
    "weeks": (1, 52),
}
"""The least and most of each number that a sheet would ask for; others are slips, such as a missing space."""

FEWEST_TIMES = 5
"""Of fewer times it can't be told whether they are reps or sets: "bridge, 3 times"."""

_COUNTS = ("sets", "reps", "bare", "times", "per_day", "per_week", "weeks")
"""What comes in whole numbers only."""


class Parsed(Struct, frozen=True):
    """Clauses that were read one after the other.

    Attributes:
        dose: what they state together.
        end: the index of the first token that no clause tells; the number of tokens where all are told.
    """

    dose: SheetDose
    end: int


def read_tokens(text: str, code: str) -> tuple[Token, ...]:
    """Return the pieces of a line in the language of ``code``, ready for `parse`."""
    return put_together(tokens_of(text, code), text)


def parse(tokens: Sequence[Token], text: str, start: int = 0) -> Parsed:
    """Return the dose that begins with the token at ``start``, as far as clauses tell it.

    Raises:
        UnreadError: for a dose that contradicts itself, or can't be done.
    """
    letters = kinds(tuple(tokens))
    dose, at = SheetDose(), start
    often: dict[str, Quantity] = {}
    while True:
        begin = at + len(_BETWEEN.match(letters, at)[0])  # type: ignore[index]
        found = next(((match, clause) for rule, clause in _COMPILED if (match := rule.match(letters, begin))), None)
        if found is None:
            return Parsed(_with_often(dose, often), at)
        match, clause = found
        for name in (name for name, value in match.groupdict().items() if value is not None):
            first, last = tokens[match.start(name)], tokens[match.end(name) - 1]
            written = text[first.start : last.end].rstrip(".")
            if name in ("per_day", "per_week", "weeks", "daily"):
                if name in often:
                    raise UnreadError(Why.TWICE, written)
                often[name] = EVERY_DAY if name == "daily" else checked(name, first.values)[0]
            else:
                dose = _with(dose, name, _value(name, first, written))
        if clause.sides is not None:
            dose = _with(dose, "sides", clause.sides)
        told = tokens[match.start() : match.end()]
        noted = [token.assumed for token in told if token.assumed]
        dose = replace(dose, assumed=(*dose.assumed, *noted))
        at = match.end()


def _value(name: str, token: Token, written: str) -> Any:
    """Return what a clause states of the field ``name``."""
    if name in ("alternating", "held"):
        return True
    if name == "both_sides":
        return written
    if name == "tempo":
        try:
            read_tempo(written)
        except ValueError:
            raise UnreadError(Why.TEMPO, written) from None
        return written
    if name == "loads":
        return (written,)
    values = checked(name, token.values)
    return values if name in ("hold_s", "reps") else values[0]


def checked(name: str, values: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the numbers of the field ``name``.

    Raises:
        UnreadError: for one outside `LIMITS`, or a fraction of what is counted.
    """
    low, high = LIMITS[name]
    for value in values:
        whole = name not in _COUNTS or (value.low % 1 == 0 and value.high % 1 == 0)
        if not whole or value.low < low or value.high > high:
            raise UnreadError(Why.LIMITS, f"{plain_number(value.low)}")
    return tuple(values)


def _with(dose: SheetDose, name: str, value: Any) -> SheetDose:
    """Return ``dose`` with one field more.

    Raises:
        UnreadError: where it states that already.
    """
    if name == "loads":
        return replace(dose, loads=(*dose.loads, *value))
    if name in dose.stated:
        raise UnreadError(Why.TWICE)
    return replace(dose, **{name: value})


def _with_often(dose: SheetDose, often: dict[str, Quantity]) -> SheetDose:
    """Return ``dose`` with how often it is done, from the numbers by the names of the clauses that state them.

    Raises:
        UnreadError: where they contradict each other, or one is a range that no programme can have.
    """
    if not often:
        return dose
    if "daily" in often and "per_week" in often:
        raise UnreadError(Why.TWICE)
    per_day, weeks = often.get("per_day"), often.get("weeks")
    if any(value is not None and value.ranged for value in (per_day, weeks)):
        raise UnreadError(Why.UNKNOWN)
    per_week = often.get("daily") or often.get("per_week")
    if per_day is not None and per_week is None:
        # So many times a day is each day's.
        per_week = EVERY_DAY
    found = Often(None if per_day is None else int(per_day.low), per_week, None if weeks is None else int(weeks.low))
    return replace(dose, often=found)


def read_dose(text: str, code: str) -> SheetDose:
    """Return the dose that the whole of ``text`` is, in the language of ``code``.

    Raises:
        UnreadError: where something in it isn't told by any clause.
    """
    tokens = read_tokens(text, code)
    parsed = parse(tokens, text)
    if rest := tokens[parsed.end :]:
        if all(token.kind is Kind.SEPARATOR for token in rest):
            return settled(parsed.dose)
        raise why_unread(rest, text)
    return settled(parsed.dose)


def settled(dose: SheetDose) -> SheetDose:
    """Return ``dose`` with a time beside reps as how long each rep is held, and checked as a whole.

    Raises:
        UnreadError: where its parts can't be one dose.
    """
    if (dose.reps or dose.bare) and dose.hold_s:
        if dose.rep_hold_s or len(dose.hold_s) > 1:
            raise UnreadError(Why.TWICE)
        if not dose.held:
            raise UnreadError(Why.TIME_OF_REPS)
        (held,) = checked("rep_hold_s", dose.hold_s)
        dose = replace(dose, hold_s=(), rep_hold_s=held)
    if dose.rep_hold_s is not None and dose.bare is not None:
        dose = replace(dose, reps=(dose.bare,), bare=None)
    if dose.times is not None:
        dose = _with_times(dose)
    if dose.bare is not None and dose.sets is not None and dose.sets.high > dose.bare.low:
        raise UnreadError(Why.MORE_SETS)
    listed = dose.reps if len(dose.reps) > 1 else dose.hold_s
    if len(listed) > 1 and dose.sets is not None and dose.sets != Quantity(len(listed), len(listed)):
        raise UnreadError(Why.SET_LIST)
    if dose.tempo and (dose.hold_s or dose.rep_hold_s):
        raise UnreadError(Why.TEMPO_OF_HOLD)
    if dose.alternating and dose.hold_s:
        raise UnreadError(Why.HELD_ALTERNATING)
    if dose.alternating and dose.sides is not Sides.EACH:
        raise UnreadError(Why.ALTERNATING)
    if dose.relax_s is not None and not (dose.hold_s or dose.rep_hold_s):
        raise UnreadError(Why.RELAX)
    return dose


def _with_times(dose: SheetDose) -> SheetDose:
    """Return a dose that says "10 times": sets of a hold, or reps."""
    assert dose.times is not None
    many = plain_number(dose.times.low)
    if dose.hold_s and dose.sets is None:
        noted = f"{many} times is {many} holds"
        return replace(dose, sets=checked("sets", [dose.times])[0], times=None, assumed=(*dose.assumed, noted))
    if dose.hold_s or dose.reps or dose.bare or dose.sets or dose.times.low < FEWEST_TIMES:
        raise UnreadError(Why.TIMES)
    return replace(dose, bare=dose.times, times=None)


def why_unread(tokens: Sequence[Token], text: str) -> UnreadError:
    """Return why the first of ``tokens`` ends a dose: what is refused is told first."""
    told = next((token for token in tokens if token.why is not None), None)
    if told is not None:
        assert told.why is not None
        return UnreadError(told.why, text[told.start : told.end].strip())
    if any(token.kind is Kind.WEEK for token in tokens):
        return UnreadError(Why.WEEKS, text)
    reasons = {
        Kind.NUMBER_WORD: Why.NUMBER_WORD,
        Kind.VAGUE: Why.VAGUE,
        Kind.FIGURES: Why.FIGURES,
        Kind.QUANTITY: Why.BARE_COUNT,
    }
    first, *others = [token for token in tokens if token.kind not in (Kind.SEPARATOR, Kind.CONNECT)] or [tokens[0]]
    if first.kind in (Kind.HOLD, Kind.REST, Kind.RELAX) and [one.kind for one in others][:1] == [Kind.QUANTITY]:
        return UnreadError(Why.BARE_TIME, text[first.start : others[0].end])
    return UnreadError(reasons.get(first.kind, Why.UNKNOWN), text[first.start :].strip()[:60])
