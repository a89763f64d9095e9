"""Units of measure behind a number, in every spelling, as they are said."""

from __future__ import annotations

import re
from functools import partial
from re import Match

from audioguide.speech.text.rows import applied, rows

# With its thousands and decimals: engines read "1,000" and "1.5" right by themselves.
NUMBER = r"\d+(?:[.,]\d+)*"

_PART = r"a half|a quarter|three quarters|one third|two thirds"

COUNT = rf"{NUMBER}(?: and (?:{_PART}))?(?:\s?(?:[-–—]|to)\s?{NUMBER}(?: and (?:{_PART}))?)?"
"""A number, with a part of one where there is, or a range."""

UNITS: tuple[tuple[str, str, str], ...] = (
    ("seconds?|secs?|s", "second", "seconds"),
    ("minutes?|mins?", "minute", "minutes"),
    ("hours?|hrs?|h", "hour", "hours"),
    ("weeks?|wks?", "week", "weeks"),
    ("years?|yrs?", "year", "years"),
    ("km/h|kph|kmh", "kilometer per hour", "kilometers per hour"),
    ("mi/h|mph", "mile per hour", "miles per hour"),
    ("m/s", "meter per second", "meters per second"),
    ("millimet(?:er|re)s?|mm", "millimeter", "millimeters"),
    ("centimet(?:er|re)s?|cm", "centimeter", "centimeters"),
    ("met(?:er|re)s?|m", "meter", "meters"),
    ("kilomet(?:er|re)s?|km", "kilometer", "kilometers"),
    ("miles?|mi", "mile", "miles"),
    ("yards?|yds?", "yard", "yards"),
    ("kilograms?|kilos?|kgs?", "kilogram", "kilograms"),
    ("grams?|g", "gram", "grams"),
    ("pounds?|lbs?", "pound", "pounds"),
    ("ounces?|oz", "ounce", "ounces"),
    ("inch(?:es)?", "inch", "inches"),
    ("foot|feet|ft", "foot", "feet"),
    ("°\\s?C", "degree Celsius", "degrees Celsius"),
    ("°\\s?F", "degree Fahrenheit", "degrees Fahrenheit"),
    ("degrees?|deg|°", "degree", "degrees"),
    ("bpm", "beat per minute", "beats per minute"),
    ("rpm", "revolution per minute", "revolutions per minute"),
    ("spm", "step per minute", "steps per minute"),
    ("ml", "milliliter", "milliliters"),
)
"""Spellings of a unit after a number, and how one and several of it are said."""

TIME_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|months?|years?|yrs?)"
LENGTH_UNIT = r"(?:met(?:er|re)s?|m|kilomet(?:er|re)s?|km|miles?|mi|yards?|yds?|feet|ft)"
LOAD_UNIT = r"(?:kilograms?|kilos?|kgs?|grams?|g|pounds?|lbs?|%|percent|°|degrees?)"

# Of which there can be a half without a number, and the article of one.
_HALVED = {
    "second": r"seconds?|secs?",
    "minute": r"minutes?|mins?",
    "hour": r"hours?|hrs?",
    "mile": r"miles?|mi",
    "kilometer": r"kilomet(?:er|re)s?|km",
    "kilogram": r"kilograms?|kilos?|kgs?",
    "pound": r"pounds?|lbs?",
    "meter": r"met(?:er|re)s?|m",
    "inch": r"inch(?:es)?",
    "cup": r"cups?",
    "liter": r"lit(?:er|re)s?",
}
_PARTS = {"½": "half", "1/2": "half", "¼": "a quarter of", "1/4": "a quarter of"} | dict.fromkeys(
    ("¾", "3/4"), "three quarters of"
)
# Behind an article it is a word for a thing: "a half hour walk".
_NO_ARTICLE = r"(?<!\ba )(?<!\ban )(?<!\bthe )(?<!every )(?<!each )"
_PART_OF_UNIT = tuple(
    (
        re.compile(rf"(?<![\w./])(?<!\d[ -]){_NO_ARTICLE}([½¼¾]|[13]/[24])\s?(?:{unit})(?!\w)"),
        f"{'an' if one in {'hour', 'inch'} else 'a'} {one}",
    )
    for one, unit in _HALVED.items()
)

_OR_MORE = re.compile(
    rf"(?<![\w.,])({COUNT})\s?(?:\+\s?({TIME_UNIT}|{LENGTH_UNIT}|{LOAD_UNIT})(?!\w)"
    rf"|({TIME_UNIT}|{LENGTH_UNIT}|{LOAD_UNIT})\s?\+(?!\s?\w))"
)

PERCENT = re.compile(r"(?<=\d)\s?%")

# "in" is a unit only where it can't be the preposition.
INCHES = re.compile(
    r"(?<=\d)(?:in\b|\sin\.(?=\s+[a-z])|\sin(?=\s*(?:$|[,;:)]|\.(?:$|\s+[A-Z]))"
    r"|\s+(?:apart|wide|high|tall|thick|deep|long|above|below|off|away|forward|from)\b))"
)

# What takes an s: one of them loses it again where a rule above has made "1 minutes".
COUNTED = (
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "rep",
    "set",
    "round",
    "breath",
    "time",
    "mile",
    "degree",
    "percent",
)

# "5 sec hold" is said as "5 second hold"; these are verbs where an object or another number follows.
_NO_VERB = r"(?!\s+(?:\d|the|your|a|an|it|this|that|still|on|onto|to|up|down|until|back|each|both|weights?)\b)"
_NAMED = re.compile(
    r"\s+(?:(?:isometric|static|plank|side|wall|easy|slow|fast|hard|brisk|rest|steady|recovery|walk|jog)\s)?"
    rf"(?:(?:hold|pause|squeeze|contraction|walk|jog|run|sprint|swim|ride|stride)\b{_NO_VERB}"
    r"|holds|pauses|planks?|walks|jogs|runs|sprints|strides|intervals|rests|breaks|efforts|repeats|pickups|surges|laps?"
    r"|warm[- ]?up|cool[- ]?down|wall[- ]sits?|shuttles?|dumbbells?|kettlebells?|weights?|balls?|plates?|vest|sandbag"
    r"|(?:ankle|wrist|hand|medicine|med) (?:weights?|balls?)|barbell|box|roller|block|band|dowel|board)\b"
)
_ARTICLE = re.compile(r"\b(?:a|an|your|the|another|one|x)\s$", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"\s+(?:of|and|or|to|on|in|at|for|with|then|per|each|off|before|after|between|is|are|was|into|later|from|apart|away"
    r"|above|below|a|when|while|by|once|twice|daily|if|as|every|ago|plus|minus|half|left|right)\b"
)

# A full stop after a unit is the abbreviation's own where the sentence goes on in a small letter.
_PATTERNS = tuple(
    (
        re.compile(rf"(?<![\w.,])({NUMBER})-(?:{unit})(?![\w-])"),
        re.compile(
            rf"(?<![\w.,])(?P<number>{NUMBER}(?: and (?:{_PART}))?)\s?(?P<unit>{unit})(?!\w)(?:\.(?=\s+[a-z]))?"
        ),
        one,
        several,
    )
    for unit, one, several in UNITS
)
_SINGLE = re.compile(rf"(?<![\w.,])(1 (?:{'|'.join(COUNTED)}))(?:e?s)\b")

_SHORT = {"sec": "second", "min": "minute", "hr": "hour", "wk": "week", "yr": "year"}
_SEVERAL = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|forty-five|sixty|ninety|few)"
)

# Short forms without digits before them. "Min" and "sec" are also "minimum" and a wine.
_WITHOUT_NUMBER = rows(
    (rf"\b({_SEVERAL}) (sec|min|hr|wk|yr)s?\b", lambda found: f"{found[1]} {_SHORT[found[2]]}s"),
    (
        r"\b(a|an|one|every|per|each|first|last|next|half|\d+(?:st|nd|rd|th)) (sec|min|hr|wk|yr)\b",
        lambda found: f"{found[1]} {_SHORT[found[2]]}",
    ),
    (r"\bWk(?=\s?\d)", "Week"),
    (r"\bwk(?=\s?\d)", "week"),
    (r"\b([SMHWYsmhwy])(ecs|ins|rs|ks)\b", lambda found: _plural(found[0])),
)


def _plural(short: str) -> str:
    word = _SHORT.get(short[:-1].lower())
    return short if word is None else short[0] + word[1:] + "s"


def with_parts(text: str) -> str:
    """Return ``text`` with a part of one unit, or a number of them with a plus, as it is said."""
    for pattern, unit in _PART_OF_UNIT:

        def in_full(found: Match[str], of: str = unit) -> str:
            return f"{_PARTS[found[1]]} {of}" if found[1] in _PARTS else found[0]

        text = pattern.sub(in_full, text)
    return _OR_MORE.sub(lambda found: f"{found[1]} {found[2] or found[3]} or more", text)


def measured(text: str) -> str:
    """Return ``text`` with units in full, in the number that the number before them asks for."""
    text = INCHES.sub(" inches", PERCENT.sub(" percent", text))
    for hyphened, counted, one, several in _PATTERNS:
        text = hyphened.sub(rf"\1 {one}", text)
        text = counted.sub(partial(_said_unit, one, several), text)
    return applied(_WITHOUT_NUMBER, _SINGLE.sub(r"\1", text))


def _said_unit(one: str, several: str, found: Match[str]) -> str:
    number, unit = found["number"], found["unit"]
    # A unit written out is left alone: "a 45 second hold".
    if number == "1" or unit == one:
        return f"{number} {one}"
    if unit != several:
        after = found.string[found.end() :]
        thing = (
            re.match(r"\s+[a-z]", after)
            and not _NO_NOUN.match(after)
            and _ARTICLE.search(found.string[: found.start()])
        )
        if _NAMED.match(after) or thing:
            return f"{number} {one}"
    return f"{number} {several}"
