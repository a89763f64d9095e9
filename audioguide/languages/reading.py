"""Which tables a language needs for reading written shorthand aloud: units, ranges, times, fractions, signs.

Each language's own stand in ``reading.py`` of its folder; `speech.text.by_table` applies them. Whatever a table lacks
leaves the text as it is: what a voice makes of an unknown sign is better than a word of another language.
English has rules of its own in `speech.text`, as it is the only one whose inches and feet share signs with times.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

Row = tuple[str, str]
"""A pattern, and what is said in its place, as `re.sub` takes them."""


class Unit(Struct, frozen=True, kw_only=True):
    """What is counted or measured, behind a number.

    Attributes:
        written: a pattern of its spellings, without the full stop of an abbreviation.
        one: how one of it is said.
        several: how several are said.
        gender: its grammatical gender, a key of `Reading.agreeing`; empty where numbers before it never change.
        parts: how a half, a quarter and three quarters of one are said; empty where nobody says so.
    """

    written: str
    one: str
    several: str
    gender: str = ""
    parts: tuple[str, str, str] | tuple[()] = ()


class Clock(Struct, frozen=True, kw_only=True):
    """How times of day are told from lengths, and said.

    Attributes:
        before: a pattern of words before a time of day.
        after: a pattern of what follows one; gone when it is said.
        said: with ``{hours}`` and ``{minutes}``.
        said_full: the same on the hour; with ``{hours}``.
    """

    before: str
    after: str
    said: str
    said_full: str


class Reading(Struct, frozen=True, kw_only=True, eq=False):
    """The tables of one language. Patterns are searched in the case in which they stand here.

    Attributes:
        decimal: the sign before decimals, a comma or a full stop.
        singular_below_two: whether 1.5 and 0 of a thing are said like one of it.
        words: whole words and abbreviations, exactly as written, and how they are said.
        rows: rows of the language's own, which are applied before all others.
        inflected: rows that are applied when all units are in full, before `agreeing`: for forms that depend on the
            words before a number.
        stressed: short words, in small letters, that people write in capitals for stress; voices spell those.
        second: the unit of seconds.
        minute: the unit of minutes.
        hour: the unit of hours.
        units: all other units.
        nouns: what exercise sheets count: sets, reps, times, breaths, sides.
        agreeing: by gender, the numbers that change with it, such as ``1`` to ``eine``.
        times: what is said after how often, ``mal``; one of `nouns`.
        sets_of: what is said between sets and reps; a word of `nouns` first, where one set is said otherwise.
        by: what is said between two lengths of a surface.
        ranges: patterns of what stands before a range, and how it is said after it, the special ones first; with
            ``{before}``, ``{first}`` and ``{last}``.
        one_and_a_half: by gender, how a half more is said; with ``{number}``, ``{unit}`` (in the number's form) and
            ``{several}``. Empty: decimals are said.
        one_and_a_half_of_one: the same where the number is 1; empty for no difference.
        parts: how a half, a quarter and three quarters are said of nothing in particular.
        or_more: what is said for a plus behind a number with its unit.
        per: what follows a slash behind a dose, and how it is said.
        out_of: a score, such as 3/10; with ``{score}`` and ``{most}``.
        either: what is said for a slash between words.
        signs: signs and what is said for them; ``<`` and ``>`` only before a number, ``-`` for a minus.
        counted_in_roman: a pattern of the nouns that Roman numerals number.
        first_twelve: the numbers from one to twelve in words.
        days: patterns of the short names of days, Monday first, and their names.
        days_between: a range of days; with ``{first}`` and ``{last}``.
        clock: times of day; None for none.
    """

    decimal: str = "."
    singular_below_two: bool = False
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rows: tuple[Row, ...] = ()
    inflected: tuple[Row, ...] = ()
    stressed: frozenset[str] = frozenset()
    second: Unit | None = None
    minute: Unit | None = None
    hour: Unit | None = None
    units: tuple[Unit, ...] = ()
    nouns: tuple[Unit, ...] = ()
    agreeing: Mapping[str, Mapping[int, str]] = field(default_factory=lambda: MappingProxyType({}))
    times: str = ""
    sets_of: str = ""
    by: str = ""
    ranges: tuple[Row, ...] = ()
    one_and_a_half: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    one_and_a_half_of_one: str = ""
    parts: tuple[str, str, str] | tuple[()] = ()
    or_more: str = ""
    per: tuple[Row, ...] = ()
    out_of: str = ""
    either: str = ""
    signs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    counted_in_roman: str = ""
    first_twelve: tuple[str, ...] = ()
    days: tuple[Row, ...] = ()
    days_between: str = ""
    clock: Clock | None = None
