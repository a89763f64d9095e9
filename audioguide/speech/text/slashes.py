"""What a slash joins: a dose and what it is for, days of the week, one stretch of time and the next, or a choice."""

from __future__ import annotations

import re
from re import Match

from audioguide.speech.text.measures import TIME_UNIT
from audioguide.speech.text.rows import rows

# What a dose is for, and its spellings.
_EACH = {
    "sec": "second", "s": "second", "min": "minute", "hr": "hour", "h": "hour", "d": "day", "wk": "week", "mo": "month",
    "mth": "month", "yr": "year", "km": "kilometer", "mi": "mile", "kg": "kilogram", "lb": "pound",
}  # fmt: skip
_WHOLE = (
    "side|leg|arm|hand|foot|knee|hip|shoulder|ankle|wrist|elbow|finger|direction|way|position|exercise|person|breath"
    "|second|minute|hour|day|night|week|month|year|session|workout|set|round|rep|mile|kilometer"
)
_DOSE = (
    r"\d|\b(?:reps?|repetitions|times|once|twice|x|sets?|rounds?|breaths?|steps|days?|sessions?|workouts?|beats|seconds?"
    r"|secs?|s|minutes?|mins?|hours?|hrs?|kilometers?|km|miles?|meters|m|grams|g|kg|ml|laps?|each|one|two|three|four|five)"
)
_PERIODS = {"day", "night", "week", "month", "year", "session", "minute"}


def _per(found: Match[str]) -> str:
    each = _EACH.get(found[2].lower(), found[2].lower())
    return f"{found[1]} {'a' if found[1] in {'times', 'once', 'twice'} and each in _PERIODS else 'per'} {each}"


_NAMES_OF_DAYS = {
    "Monday": "M|Mon?",
    "Tuesday": "T|Tu|Tues?",
    "Wednesday": "W|Weds?|We",
    "Thursday": "Th|Thurs?|Thu|R",
    "Friday": "F|Fri?",
    "Saturday": "S|Sat?",
    "Sunday": "Su|Sun",
}
_DAY = "(?:" + "|".join(_NAMES_OF_DAYS.values()) + ")"
_LONG_DAY = "(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun|Th|Tu|Su|Sa)"


def _days(found: Match[str]) -> str:
    parts = re.split(r"\s*[/,&+]\s*|\s*[-–—]\s*|\s+and\s+", found[0])
    said = [next(day for day, forms in _NAMES_OF_DAYS.items() if re.fullmatch(forms, part)) for part in parts]
    if len(said) == 2 and re.search("[-–—]", found[0]):
        return f"{said[0]} to {said[1]}"
    return f"{', '.join(said[:-1])} and {said[-1]}" if re.search(r"&|\+|\band\b", found[0]) else ", ".join(said)


# Letters of their own are days only where they are three, or one of two has no other meaning ("T/Th").
DAYS = rows(
    (rf"(?<![\w/.-]){_DAY}(?:\s?[/]\s?{_DAY}){{2,}}(?![\w/-])", _days),
    (rf"(?<![\w/.-]){_DAY}(?:-{_DAY}){{2,}}(?![\w/-])", _days),
    (r"(?<![\w/.-])MWF(?![\w/-])", "Monday, Wednesday, Friday"),
    (r"(?<![\w/.-])TTh(?![\w/-])", "Tuesday, Thursday"),
    (rf"(?<![\w/.-])(?:{_LONG_DAY}\s?/\s?{_DAY}|{_DAY}\s?/\s?{_LONG_DAY})(?![\w/-])", _days),
    (rf"(?<![\w/.-])(?:{_LONG_DAY}(?:,\s?{_LONG_DAY})*,?\s?(?:,|&|\+|and)\s?{_LONG_DAY})(?![\w/-])", _days),
    (rf"(?<![\w/.-])(?:M|{_LONG_DAY})\s?[-–—]\s?(?:F|{_LONG_DAY})(?![\w/-])", _days),
)
"""Days of the week in a list or a range; "Sun" or "Sat" alone is a word."""

_WORK = r"(?:hold|rest|walk|jog|run|out|in|exhale|inhale|on|off|up|down|pause|easy|hard|squeeze|relax|work)"

# "12/side" is a dose; "90/90" names a position and is said as two numbers; between words a slash means a choice.
SLASHES = rows(
    (r"(?<=\d)\s?d(?=\s?/\s?(?:wk|week|mo|month)\b)", " days"),
    (rf"({_DOSE})\s?/\s?(sec|s|min|hr|h|d|wk|mo|mth|yr|km|mi|kg|lb|(?i:wk|{_WHOLE}))\b", _per),
    (r"(\w+)\s?/\s?(wk|mo|yr|hr|min)\b", _per),
    (rf"(\b(?!(?:left|right|arm|leg)s\b)[a-z]{{2,}}s)\s?/\s?(min|hr|d|wk|mo|{_WHOLE})\b", _per),
    (r"\s+/\s+", ", "),
    # One time after the other: "10 sec up/3 sec down", "jog 60s/walk 90s", "in 4/hold 7/out 8".
    (rf"(\d|\b{TIME_UNIT})/(?=(?:about |{_WORK} )?\d+(?: to \d+)? {TIME_UNIT}\b)", r"\1, then "),
    (rf"(\b{_WORK})/(?=(?:about )?\d+(?: to \d+)? {TIME_UNIT}\b)", r"\1, then "),
    (r"(\d [a-z]+)/(?=(?!about)[a-z]+ \d)", r"\1, then "),
    (rf"(?<=\d)/(?={_WORK}\b)", ", "),
    (r"(\b(?:seconds?|minutes?))/(?=(?!hours?\b|min)[a-z]{3,})", r"\1 per "),
    (r"(?<= in| on|out|off|own| up)\s?/\s?(?=\d)", ", "),
    (r"(?<=\d)\s?/\s?(?=\d)", " "),
    (r"(?<=\w)\s?/\s?(?=\w)", " or "),
    (r"/", " "),
)
