"""Cuts a line of a sheet into numbers, signs and words, and tells what each word means in a dose.

A kind is one letter, so that the grammar of doses (`sheets.dose_reader`) is a table of regular expressions over kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import product

from msgspec import Struct

from audioguide.languages.sheet_words import plain, sheet_words
from audioguide.sheets.sheet import Quantity, Why


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "N"
    QUANTITY = "Q"
    TIME = "T"
    COUNTS = "L"
    """A number for each set."""

    TIMES = "K"
    """A time for each set."""

    FIGURES = "F"
    """Three or four numbers with dashes: a tempo."""

    SECONDS = "s"
    MINUTES = "m"
    SETS = "S"
    REPS = "r"
    CROSS = "x"
    """A sign or word for times: 3 x 10."""

    HOLD = "h"
    REST = "p"
    RELAX = "l"
    EACH = "e"
    PER = "P"
    SIDE_NOUN = "n"
    SIDE_NOUNS = "j"
    EACH_SIDE = "E"
    BOTH = "b"
    BOTH_SIDES = "B"
    TOGETHER = "g"
    LEFT = "y"
    RIGHT = "z"
    ONLY = "o"
    ALTERNATING = "a"
    TEMPO = "t"
    DAY = "d"
    WEEK = "w"
    DAILY = "D"
    WEEKLY = "W"
    FOR = "f"
    OF = "O"
    TO = "u"
    BETWEEN_SETS = "V"
    CONNECT = "c"
    LOAD = "k"
    FILLER = "q"
    NUMBER_WORD = "v"
    VAGUE = "U"
    """A word by which a number is only a limit or a guess."""

    NO_REST = "i"
    NO_LOAD = "Y"
    MEASURE = "Z"
    """A unit that is no dose's, such as centimetres."""

    WORD = "A"
    REFUSED = "R"
    COLON = "C"
    SLASH = "H"
    AT = "M"
    PERCENT = "G"
    PRIME = "1"
    DOUBLE_PRIME = "2"
    DASH = "-"
    SEPARATOR = "I"
    OTHER = "X"


_WORD_KINDS = {
    "seconds": Kind.SECONDS,
    "minutes": Kind.MINUTES,
    "sets": Kind.SETS,
    "reps": Kind.REPS,
    "times": Kind.CROSS,
    "hold": Kind.HOLD,
    "rest": Kind.REST,
    "relax": Kind.RELAX,
    "each": Kind.EACH,
    "per": Kind.PER,
    "side_noun": Kind.SIDE_NOUN,
    "side_nouns": Kind.SIDE_NOUNS,
    "both": Kind.BOTH,
    "both_sides": Kind.BOTH_SIDES,
    "together": Kind.TOGETHER,
    "left": Kind.LEFT,
    "right": Kind.RIGHT,
    "only": Kind.ONLY,
    "alternating": Kind.ALTERNATING,
    "tempo": Kind.TEMPO,
    "day": Kind.DAY,
    "week": Kind.WEEK,
    "daily": Kind.DAILY,
    "weekly": Kind.WEEKLY,
    "for_": Kind.FOR,
    "of": Kind.OF,
    "to": Kind.TO,
    "between_sets": Kind.BETWEEN_SETS,
    "connect": Kind.CONNECT,
    "load": Kind.LOAD,
    "filler": Kind.FILLER,
    "number_word": Kind.NUMBER_WORD,
    "vague": Kind.VAGUE,
    "measure": Kind.MEASURE,
}

_REASONS = {
    "total": Why.TOTAL,
    "until_tired": Why.UNTIL_TIRED,
    "joined": Why.JOINED,
    "other_unit": Why.OTHER_UNIT,
    "every_other": Why.EVERY_OTHER,
}

_SIGNS_OF_KIND = {
    Kind.CROSS: "×*✕",
    Kind.COLON: ":",
    Kind.SLASH: "/",
    Kind.AT: "@",
    Kind.PERCENT: "%",
    Kind.PRIME: "'’′",
    Kind.DOUBLE_PRIME: '"″”',
    Kind.DASH: "-–—‑−",
    Kind.SEPARATOR: ",;.()[]|•·&+",
    Kind.VAGUE: "<>=~≤≥±≈",
}
_SIGNS = {sign: kind for kind, signs in _SIGNS_OF_KIND.items() for sign in signs}

_PART = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)|(?P<cross>[xX×](?=\s?\d)|(?<=\d)[xX](?=\w))|(?P<primes>''|’’|′′)"
    r"|(?P<word>[^\W\d_][\w°º]*(?:['’][^\W\d_]+)*|n°|#)|(?P<sign>\S)"
)

_KINDS_OF_PARTS = {"cross": Kind.CROSS, "primes": Kind.DOUBLE_PRIME, "word": Kind.WORD}
"""The kinds of the groups of `_PART` that are no numbers and signs."""


class Token(Struct, frozen=True):
    """A piece of a line.

    Attributes:
        kind: what it is.
        start: where it begins in the line.
        end: where it ends.
        values: the numbers in it, several for a list; in seconds for times.
        why: for a refused piece the reason.
        assumed: what reading it so took for granted.
        ends: whether a full stop behind it may end a sentence; then the stop is a part of it.
    """

    kind: Kind
    start: int
    end: int
    values: tuple[Quantity, ...] = ()
    why: Why | None = None
    assumed: str = ""
    ends: bool = False


@cache
def _phrases(code: str) -> Mapping[tuple[str, ...], tuple[Kind, Why | None]]:
    """Return each phrase of a language as the texts of its pieces; English ones where it has none that is the same."""
    found: dict[tuple[str, ...], tuple[Kind, Why | None]] = {}
    # The language's own come last, as they count where both have one.
    for each in dict.fromkeys(("en", code)):
        language = sheet_words(each)
        for name, words in language.words.items():
            found |= {_pieces(word): (_WORD_KINDS[name], None) for word in words}
        for name, words in language.refused.items():
            found |= {_pieces(word): (Kind.REFUSED, _REASONS[name]) for word in words}
        for words, kind, why in (
            (language.words["rest"], Kind.NO_REST, None),
            (language.columns["load"], Kind.NO_LOAD, None),
            (language.words["hold"], Kind.REFUSED, Why.NONE),
        ):
            found |= {_pieces(f"{no} {word}"): (kind, why) for no, word in product(language.without, words)}
    return found


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(match[0] for match in _PART.finditer(text))


def tokens_of(text: str, code: str) -> tuple[Token, ...]:
    """Return the pieces of ``text`` in the language of ``code``, with its words told and nothing else put together."""
    parts = list(_PART.finditer(text))
    keys = [plain(part[0]) for part in parts]
    phrases = _phrases(code)
    longest = max(map(len, phrases))
    found: list[Token] = []
    at = 0
    while at < len(parts):
        # The longest phrase first: "each side" is more than "each".
        for length in range(min(longest, len(parts) - at), 0, -1):
            known = phrases.get(tuple(keys[at : at + length]))
            # "x" and "s" are letters too: as parts of a name they stand alone, which no name does.
            if known is not None:
                end = parts[at + length - 1].end()
                dotted = text[end : end + 1] == "." and parts[at].lastgroup == "word"
                values = (Quantity(0, 0),) if known[0] is Kind.NO_REST else ()
                found.append(Token(known[0], parts[at].start(), end + dotted, values, why=known[1], ends=dotted))
                at += length + dotted
                break
        else:
            # It is no word of a dose.
            part, at = parts[at], at + 1
            if part.lastgroup == "number":
                found.append(_number(part, code))
            else:
                kind = _KINDS_OF_PARTS.get(part.lastgroup or "") or _SIGNS.get(part[0], Kind.OTHER)
                found.append(Token(kind, part.start(), part.end()))
    return tuple(found)


def _number(part: re.Match[str], code: str) -> Token:
    """Return a number as a token; one that has two readings, or is no dose's, is refused with the reason."""
    start, end, text = part.start(), part.end(), part[0]
    whole, sign, decimals = re.fullmatch(r"(\d+)([.,]?)(\d*)", text).groups()  # type: ignore[union-attr]
    if len(whole) > 6:
        return Token(Kind.REFUSED, start, end, why=Why.LIMITS)
    if len(decimals) >= 3:
        return Token(Kind.REFUSED, start, end, why=Why.THOUSANDS)
    # ".5" without its nought may be a half or a slip.
    if (
        part.string[max(0, start - 1) : start] in (".", ",")
        and not part.string[max(0, start - 2) : start - 1].isalpha()
    ):
        return Token(Kind.REFUSED, start, end, why=Why.COMMA)
    # A third number makes a list of it: 12,10,8.
    if sign == "," and (not sheet_words(code).decimal_comma or re.match(r",\d", part.string[end:])):
        return Token(Kind.REFUSED, start, end, why=Why.COMMA)
    value = float(f"{whole}.{decimals or 0}")
    return Token(Kind.NUMBER, start, end, (Quantity(value, value),))


def kinds(tokens: Iterator[Token] | tuple[Token, ...]) -> str:
    """Return the letters of the tokens' kinds."""
    return "".join(token.kind for token in tokens)
