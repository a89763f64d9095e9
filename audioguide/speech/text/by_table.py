"""Text as people write it made into text as it is said, by the tables of a language (`languages.reading`).

What is done here is the same in every language; what is said stands in the tables. English has rules of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache, partial
from re import Match

from msgspec import Struct

from audioguide.languages.reading import Reading, Unit
from audioguide.speech.text.clean import clean
from audioguide.speech.text.readings import PUNCTUATION
from audioguide.speech.text.rows import Rows, Written, applied, rows

MOST_PASSES = 8
"""One rule may make work for another, so all run until nothing changes; two passes are usual."""

_N = r"\d+(?:[.,]\d+)?"
_FREE = r"(?<![\w.,:/–—-])"
"""Before a number that is no part of a date, a time, a version or a word."""

_RUN_OF_ROMAN = r"(?:XII|XI|IX|X|VIII|VII|VI|IV|V|III|II|I)"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FRACTIONS = {"½": 0, "1/2": 0, "¼": 1, "1/4": 1, "¾": 2, "3/4": 2}
_DECIMALS = ("5", "25", "75")
_FRACTION = r"[½¼¾]|(?<![\d/])(?:1/2|1/4|3/4)(?![\d/])"

# A full stop after a unit is the abbreviation's own where the sentence goes on.
_OWN_STOP = r"(?:\.(?=\s+[^\W\dA-ZÀ-ÖØ-Þ_]|\s*[,;:)\d/x×–-]))?"

MARKUP = rows(
    (r"</?[A-Za-z][^<>]*>", " "),
    (r"->|=>", "→"),
    (r"<\s?=|[≦⩽]", "≤"),
    (r">\s?=|[≧⩾]", "≥"),
    (r"\s*\+\s?/\s?[-–]\s?|\s*\+[-–]\s?(?=\d)", " ± "),
    (r"[\\^`_{}|\[\]]", " "),
    (r"(?<!\d)\s?\*|\*\s?(?!\s?\d)", " "),
    (r"#(?!\s?\d)", " "),
    # Marks without the space behind them, which engines name or run over.
    (r"\.(?:\s?\.)+(?=[\w(])", ", "),
    (r"(?<=\w)([!?;,])(?=[^\W\d_])", r"\1 "),
    (r"(?<=[^\W\d_]{3})\.(?=[A-ZÀ-ÖØ-Þ][^\W\d_])", ". "),
    (r"(?<=\d)\s*→\s*(?=\d)", "–"),
    (r"\s*[→•·]\s*", ", "),
)
"""What no voice should read, in any language, and signs that are written in several ways."""

RUNS = rows(
    # A breathing pattern or a tempo; a date has a longer number in it.
    (r"(?<![\w.,–—-])\d{1,2}(?:\s?[-–—]\s?\d{1,2}){2,}(?![\w–—-])", lambda run: " ".join(re.findall(r"\d+", run[0]))),
    # Compounds of which a position or a range is the first part: "90-90-Sitz", "12-15-mal".
    (r"(?<![\w.,–—-])(\d{1,3})[-–]\1-(?=[^\W\d_])", r"\1 \1 "),
    (r"(?<![\w.,–—-])(\d{1,2})[-–](\d{1,2})-(?=[^\W\d_])", r"\1–\2 "),
)

LEFTOVERS = rows((r"\s*--+\s*|\s*—\s*|\s+[–-]\s+|^[–-]\s*|\s*[–-]$", ", "))
"""A dash that is no range is a pause."""


class _Rules(Struct, frozen=True):
    """The tables of a language, compiled; each list is applied in order."""

    own: Rows
    capitals: Rows
    numbers: Rows
    marks_and_times: Rows
    sets: Rows
    fractions: Rows
    ranges: Rows
    slashes: Rows
    signs: Rows
    units: Rows
    agreement: Rows


def normalised(text: str, reading: Reading, overridden: Collection[str]) -> str:
    """Return ``text`` as it is to be said in the language of ``reading``.

    Args:
        text: cleaned.
        reading: the tables.
        overridden: words, case-folded, that a lexicon says otherwise.
    """
    rules = _rules(reading)
    # Cleaned as texts are, which makes one sign of several that look alike.
    cleaned = {clean(word): said for word, said in reading.words.items()}
    words = {word: said for word, said in cleaned.items() if word.casefold() not in overridden}
    # Not \b: a key may begin or end with a sign, where there is no border of a word.
    keys = sorted(words, key=lambda key: (-len(key), key))
    whole_words = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, keys)) + r")(?!\w)")
    for _ in range(MOST_PASSES):
        before = text
        text = applied(MARKUP, text)
        text = whole_words.sub(lambda found: words[found[0]], text) if words else text
        text = applied(rules.own, text)
        if any(character.islower() for character in text):
            text = applied(rules.capitals, text)
        text = applied(rules.numbers, text)
        text = applied(rules.marks_and_times, text)
        # Runs of numbers before ranges, of which they look like several.
        for table in (RUNS, rules.sets, rules.fractions, rules.ranges, rules.units, rules.slashes, rules.signs):
            text = applied(table, text)
        text = clean(applied(PUNCTUATION, applied(LEFTOVERS, applied(rules.agreement, text))))
        if text == before:
            break
    return text


@cache
def _rules(reading: Reading) -> _Rules:
    return _Rules(
        own=rows(*reading.rows),
        capitals=_capitals(reading),
        numbers=_numbers(reading),
        marks_and_times=_marks_and_times(reading),
        sets=_sets(reading),
        fractions=_fractions(reading),
        ranges=_ranges(reading),
        slashes=_slashes(reading),
        signs=_signs(reading),
        units=_units(reading),
        agreement=_agreement(reading),
    )


def _all_units(reading: Reading) -> tuple[Unit, ...]:
    times = tuple(unit for unit in (reading.second, reading.minute, reading.hour) if unit is not None)
    return (*reading.units, *times, *reading.nouns)


def _spellings(unit: Unit) -> str:
    """Return a pattern of a unit's spellings and of the unit in full."""
    return f"{unit.written}|{re.escape(unit.one)}|{re.escape(unit.several)}"


def _capitals(reading: Reading) -> Rows:
    made: list[Written] = []
    if reading.stressed:
        stressed = "|".join(sorted(word.upper() for word in reading.stressed))
        made.append((rf"(?<![\w.'&/-])(?:{stressed})(?![\w'&/-]|\.\w)", lambda found: found[0].lower()))
    if reading.counted_in_roman:
        numbers = dict(zip(_ROMAN, reading.first_twelve, strict=True))
        made.append(
            (
                rf"\b((?i:{reading.counted_in_roman})\s)({_RUN_OF_ROMAN})(?![\w'’-])",
                lambda found: found[1] + numbers[found[2]],
            )
        )
    return rows(*made)


def _numbers(reading: Reading) -> Rows:
    """Return the rows for thousands, which are joined, and decimals, which get the language's own sign."""
    thousands = "." if reading.decimal == "," else ","
    made: list[Written] = [
        # A point of less than one would go as a stray mark, and leave ten times as much.
        (r"(?<![\w.,)])[.,](?=\d)", f"0{reading.decimal}"),
        # A narrow space is a space here, which also stands between two numbers: joined are only round hundreds.
        (
            r"(?<![\w.,+])(?<!\d )\d{1,3}(?: \d{3})* \d00(?!\d| \d|[.,]\d|\s?[x×])",
            lambda found: found[0].replace(" ", ""),
        ),
        # Three digits behind a sign are thousands, fewer are decimals.
        (rf"(?<![\w.,])(\d{{1,3}}){re.escape(thousands)}(?=\d{{3}}(?![\d.,]\d|\d))", r"\1"),
        (rf"(?<![\w.,])(\d+){re.escape(thousands)}(?=\d{{1,2}}(?![\d.:]\d|\d|\.(?:\s|$)))", rf"\1{reading.decimal}"),
    ]
    return rows(*made)


def _marks_and_times(reading: Reading) -> Rows:
    """Return the rows for times with a colon, and for seconds and minutes in marks: no length is written so here."""
    second, minute, hour = reading.second, reading.minute, reading.hour
    made: list[Written] = []
    if reading.clock is not None:
        clock = reading.clock
        of_day = r"(?P<hours>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)(?![\d:])"

        def said(found: Match[str]) -> str:
            hours, minutes = int(found["hours"]), int(found["minutes"])
            form = clock.said if minutes else clock.said_full
            return found["before"] + form.format(hours=hours, minutes=minutes)

        made.append((rf"(?P<before>){of_day}(?:{clock.after})", said))
        made.append((rf"(?P<before>{clock.before}){of_day}", said))
    if second is None or minute is None or hour is None:
        return rows(*made)
    units = (hour, minute, second)
    either = "|".join(f"(?:{_spellings(unit)})" for unit in (minute, hour))
    made.append(
        (
            rf"{_FREE}(?:(\d{{1,2}}):)?(\d{{1,3}}):([0-5]\d)(?!\d|:\d|\s?[-–]\s?\d+:)(?:\s?(?:{either})(?!\w)\.?)?",
            lambda found: _duration(units, [int(part or 0) for part in found.groups()]),
        )
    )
    made.append((r"(?<=\d)\s?''(?!\w)", '"'))
    made.append(
        (
            r"(?<![\w.,'])(\d{1,3})\s?'\s?([0-5]?\d)(?:\s?\"|(?![\w.,'\"]))",
            lambda found: _duration(units, [0, int(found[1]), int(found[2])]),
        )
    )
    # What two double marks enclose is a quotation.
    made.append(
        (
            rf"(?<![\w\"])\"[^\"]*\"|(?<![\d.,])(?P<count>{_N}(?:\s?\"?\s?[-–]\s?{_N})?)\s?\"",
            lambda found: (
                found[0] if found["count"] is None else f"{found['count'].replace(chr(34), '')} {second.several}"
            ),
        )
    )
    made.append(
        (
            rf"(?<![\d.,'])({_N}(?:\s?'?\s?[-–]\s?{_N})?)'(?![\w'])",
            lambda found: f"{found[1].replace(chr(39), '')} {minute.several}",
        )
    )
    return rows(*made)


def _duration(units: tuple[Unit, Unit, Unit], counts: list[int]) -> str:
    said = [
        f"{count} {unit.one if count == 1 else unit.several}"
        for count, unit in zip(counts, units, strict=True)
        if count
    ]
    return " ".join(said) or f"0 {units[2].several}"


def _sets(reading: Reading) -> Rows:
    """Return the rows for the sign of times: sets by reps, sizes, repeats."""
    count = rf"{_N}(?:\s?[-–]\s?{_N})?"
    spelled = "|".join(f"(?:{_spellings(unit)})" for unit in _all_units(reading))
    lengths = r"(?:cm|mm|m|km)"
    made: list[Written] = []
    if reading.by:
        made.append((rf"{_FREE}({_N}\s?{lengths}?)\s?[x×*]\s?({_N})(?=\s?{lengths}(?!\w))", rf"\1 {reading.by} \2"))
    if reading.sets_of and reading.times:
        sets, times = f" {reading.sets_of} ", f" {reading.times}"
        made += [
            # "3 x 10 x 5 s": each of the ten lasts so long.
            (rf"{_FREE}({count}\s?[x×*]\s?{count})\s?[x×*]\s?(?=\d)", r"\1, "),
            (rf"{_FREE}({count})\s?[x×*]\s?(?=\d)", rf"\1{sets}"),
            (rf"({_N}\s?(?:{spelled})\.?)\s?[x×]\s?({count})(?!\w|\s?(?:{spelled})(?!\w))", rf"\1, \2{times}"),
            (rf"(?<!\d)(?<!\d\s)(?<![^\W\d])\s?[x×]\s?(?={count}\s?(?:{spelled})(?!\w))", " "),
            (rf"(?<![\w])[x×]\s?({count})(?!\w|[.,]\d)", rf"\1{times}"),
            (rf"{_FREE}({count})\s?[x×](?!\w)", rf"\1{times}"),
        ]
    return rows(*made)


def _fractions(reading: Reading) -> Rows:
    made: list[Written] = []
    counted = _all_units(reading)
    number = rf"{_FREE}(?P<number>\d+)(?:\s?(?=[½¼¾])|\s(?=\d/))(?P<part>{_FRACTION})"
    if reading.one_and_a_half:
        for unit in counted:
            template = reading.one_and_a_half.get(unit.gender)
            if template:
                pattern = rf"{_FREE}(?P<number>\d+)(?:\s?½|\s1/2)\s?(?:{_spellings(unit)})(?!\w){_OWN_STOP}"
                made.append((pattern, partial(_and_a_half, reading, template, unit)))
    made.append((number, lambda found: f"{found['number']}{reading.decimal}{_DECIMALS[_FRACTIONS[found['part']]]}"))
    for unit in counted:
        if unit.parts:
            pattern = rf"(?<![\d/.,])(?P<part>{_FRACTION})\s?(?:{_spellings(unit)})(?!\w){_OWN_STOP}"
            made.append((pattern, partial(_part, unit.parts)))
    if reading.parts:
        made.append((rf"(?<![\w/.,])(?P<part>{_FRACTION})(?![\w/])", partial(_part, reading.parts)))
    return rows(*made)


def _and_a_half(reading: Reading, template: str, unit: Unit, found: Match[str]) -> str:
    number = int(found["number"])
    if number == 1 and reading.one_and_a_half_of_one:
        template = reading.one_and_a_half_of_one
    return template.format(number=number, unit=unit.one if number == 1 else unit.several, several=unit.several)


def _part(parts: tuple[str, ...], found: Match[str]) -> str:
    return parts[_FRACTIONS[found["part"]]]


def _ranges(reading: Reading) -> Rows:
    """Return the rows for ranges: a hyphen joins at most three digits, as longer ones are phone numbers and years."""
    counted = _all_units(reading)
    spelled = "|".join(f"(?:{_spellings(unit)})" for unit in counted)
    unit = rf"(?:\s?(?:{spelled})\.?)?"
    # Twice the same is a position: "90-90".
    made: list[Written] = [(r"(?<![\w.,/–—-])(\d{1,3})-\1(?![\w/–—:-]|[.,]\d)", r"\1 \1")]
    if reading.days_between:
        # A short name alone may be a word.
        day = "(?:" + "|".join(f"(?:{short})" for short, _ in reading.days) + r")\.?"
        made += [
            (rf"(?<![\w/.-]){day}\s?[-–—]\s?{day}(?![\w/-])", partial(_said_days, reading)),
            (rf"(?<![\w/.-]){day}(?:\s?[/,+]\s?{day})+(?![\w/-])", partial(_said_days, reading)),
        ]
    end = r"(?![\d/]|:\d|[-–—]\w|[.,]\d)"
    time, short = r"\d{1,2}:[0-5]\d", r"\d{1,3}(?:[.,]\d+)?"
    forms = (
        (rf"(?P<first>{time})\s?[-–—]\s?(?P<last>{time}(?:\s?Uhr)?)", ""),
        (rf"(?P<first>{short}{unit})-(?P<last>{short}){end}", r"(?<!\d:)"),
        (rf"(?P<first>{_N}{unit})\s?–\s?(?P<last>{_N}){end}", r"(?<!\d:)"),
        (rf"(?P<first>{_N}{unit})\s[-–—]\s(?P<last>{_N}){end}", r"(?<!\d:)"),
    )
    for form, guard in forms:
        for before, said in reading.ranges:
            pattern = rf"(?P<before>{before}){_FREE}{guard}{form}"
            made.append((pattern, re.sub(r"\{(\w+)\}", r"\\g<\1>", said)))
    if reading.ranges:
        spine = reading.ranges[-1][1].replace("{before}", "")
        joined = spine.replace("{first}", r"\1 \2").replace("{last}", r"\3 \4")
        made.append((r"\b([CTLSBD])(\d{1,2})\s?[-–—/]\s?([CTLSBD])(\d{1,2})\b", joined))
        joined = spine.replace("{first}", r"\1 \2").replace("{last}", r"\3")
        made.append((r"\b([CTLSBD])(\d{1,2})\s?[-–—/]\s?(\d{1,2})\b", joined))
    return rows(*made)


def _said_days(reading: Reading, found: Match[str]) -> str:
    parts = [part.rstrip(".") for part in re.split(r"\s*[/,+–—-]\s*", found[0])]
    said = [next(name for short, name in reading.days if re.fullmatch(short, part)) for part in parts]
    if len(said) == 2 and re.search("[-–—]", found[0]):
        return reading.days_between.format(first=said[0], last=said[1])
    return ", ".join(said)


def _slashes(reading: Reading) -> Rows:
    made: list[Written] = []
    for written, said in reading.per:
        dose = rf"(?P<dose>{_FREE}{_N}(?:\s[^\W\d_]+\.?)?|\b(?:{reading.times or '(?!)'}))"
        made.append((rf"{dose}\s?/\s?(?P<of>{written})(?!\w)", partial(_per, written, said)))
    if reading.out_of:
        score = reading.out_of.format(score=r"\1", most="10")
        made.append((r"(?<![\w/.,])(\d(?:[.,]\d)?|10)\s?/\s?10(?![\w/])", score))
    made += [(r"\s+/\s+", ", "), (r"(?<=\d)\s?/\s?(?=\d)", " ")]
    if reading.either:
        made.append((r"(?<=[\w.])\s?/\s?(?=\w)", f" {reading.either} "))
    return rows(*made)


def _per(written: str, said: str, found: Match[str]) -> str:
    of = re.fullmatch(written, found["of"])
    return f"{found['dose']} {of.expand(said) if of else said}"


def _signs(reading: Reading) -> Rows:
    made: list[Written] = []
    for sign, said in reading.signs.items():
        if sign == "-":
            made.append((r"(?<![\w.)])-(?=\d)", f"{said} "))
        elif sign in "<>#~≈":
            made.append((rf"\s*{re.escape(sign)}\s*(?=\d)", f" {said} "))
        elif sign in "≤≥":
            # Said once where the text says the same before the sign.
            made.append((rf"\b((?i:{re.escape(said)}))\s*{sign}\s*", r"\1 "))
            made.append((rf"\s*{sign}\s*", f" {said} "))
        elif sign in "%°":
            made.append((rf"(?<=\d)\s?{sign}", f" {said}"))
        else:
            made.append((rf"\s*{re.escape(sign)}\s*", f" {said} "))
    if "~" in reading.signs:
        made.append((r"[~<>]", " "))
    return rows(*made)


def _units(reading: Reading) -> Rows:
    number, after = rf"(?<![\w.,])(?P<number>{_N})(?P<more>\s?\+)?", r"(?P<after>\s?\+(?!\s?\w))?"
    made: list[Written] = [
        (
            rf"{number}(?:\s|-(?!\w+-))?(?P<unit>{_spellings(unit)})(?!\w){_OWN_STOP}{after}",
            partial(_said_unit, unit, reading),
        )
        for unit in _all_units(reading)
    ]
    return rows(*made)


def _said_unit(unit: Unit, reading: Reading, found: Match[str]) -> str:
    number = found["number"]
    value = float(number.replace(",", "."))
    few = value < 2 if reading.singular_below_two else value == 1
    said = f"{number} {unit.one if few else unit.several}"
    more = found["more"] or found["after"]
    return f"{said} {reading.or_more}" if more and reading.or_more else said + (more or "")


def _agreement(reading: Reading) -> Rows:
    """Return the rows that give a number the ending of what it counts: voices read a lone digit in one form only."""
    by_gender: dict[str, set[str]] = {}
    for unit in _all_units(reading):
        by_gender.setdefault(unit.gender, set()).update((unit.one, unit.several))
    joiners = {said.partition("{first}")[2].partition("{last}")[0].strip() for _, said in reading.ranges}
    joined = "|".join(sorted(joiners)) or "(?!)"
    made: list[Written] = []
    for gender, numbers in reading.agreeing.items():
        nouns = "|".join(sorted(map(re.escape, by_gender.get(gender, ())), key=lambda noun: (-len(noun), noun)))
        if nouns:
            listed = "|".join(str(number) for number in sorted(numbers, reverse=True))

            def said(found: Match[str], of_gender: Mapping[int, str] = numbers) -> str:
                return of_gender[int(found[1])]

            if gender == "f":
                # The first number of a range counts the same; the masculine has another form there ("de uno a 2").
                made.append((rf"(?<![\w.,])({listed})(?=\s(?:{joined})\s{_N}\s(?:{nouns})(?!\w))", said))
            made.append((rf"(?<![\w.,])({listed})(?=\s(?:{nouns})(?!\w))", said))
    return (*rows(*reading.inflected), *rows(*made))
