"""Text as people write it made into text as it is said: engines read "3x12" and "SI joint" literally.

The tables stand in `speech.text.readings`, the cleaning of characters in `speech.text.clean`; `speech.batch` calls
this.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache, partial
from re import Match, Pattern

from audioguide.speech.text import readings
from audioguide.speech.text.clean import clean, has_words
from audioguide.speech.text.readings import NUMBER, Rows

MOST_PASSES = 8
"""One rule may make work for another, so all run until nothing changes; two passes are usual."""

TIME = re.compile(
    r"(?<![\w:.])(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?![\d:])(?!\s?[ap]\.?m\b)(?:\s?(?:minutes?|mins?|hours?|hrs?)\b)?",
    re.IGNORECASE,
)

QUOTED = re.compile(r'(?<![\w"])"[^"]*"|(?<=\d)\s?"')


def spoken(text: str, lexicon: Mapping[str, str]) -> str:
    """Return ``text`` as it is to be said; saying that again changes nothing.

    Never empty for a text with a letter or digit; empty for others.

    Args:
        text: as people read it, in English.
        lexicon: words or phrases, in any case, and how they are said; it comes before the built-in table.
    """
    text = clean(html.unescape(text))
    said = _settled(_worded(text, lexicon), frozenset(clean(key).casefold() for key in lexicon))
    if has_words(said) or not has_words(text):
        return said
    # All of it looked like markup: better to say it than to lose a cue.
    return _settled("".join(c if c.isalnum() else " " for c in text), frozenset())


def _settled(text: str, overridden: frozenset[str]) -> str:
    for _ in range(MOST_PASSES):
        before, text = text, _once(text, overridden)
        if text == before:
            break
    return text


def _once(text: str, overridden: frozenset[str]) -> str:
    text = _applied(readings.MARKUP, text)
    text = _abbreviated(text, overridden)
    for rows in (readings.SHORT_FORMS, readings.FRACTIONS, readings.SPINE):
        text = _applied(rows, text)
    text = readings.RUN.sub(lambda run: " ".join(re.findall(r"\d+", run[0])), text)
    text = QUOTED.sub(lambda quote: quote[0] if len(quote[0]) > 2 else " inches", text)
    for rows in (readings.REPS, readings.RANGES, readings.SIGNS):
        text = _applied(rows, text)
    text = TIME.sub(_duration, text)
    text = _with_units(text)
    for rows in (readings.SLASHES, readings.LEFTOVERS, readings.PUNCTUATION):
        text = _applied(rows, text)
    return clean(text)


def _applied(rows: Rows, text: str) -> str:
    for pattern, said in rows:
        text = pattern.sub(said, text)
    return text


def _worded(text: str, lexicon: Mapping[str, str]) -> str:
    """Return ``text`` with the lexicon's words replaced, longest first, in one go so that none is replaced twice."""
    said = {clean(key).casefold(): clean(value) for key, value in lexicon.items() if clean(key)}
    if not said:
        return text
    pattern = _whole_words(tuple(sorted(said, key=lambda key: (-len(key), key))), re.IGNORECASE)
    return pattern.sub(lambda found: said.get(found[0].casefold(), found[0]), text)


def _abbreviated(text: str, overridden: frozenset[str]) -> str:
    words = {word: said for word, said in readings.WORDS.items() if word.casefold() not in overridden}
    pattern = _whole_words(tuple(sorted(words, key=lambda key: (-len(key), key))), 0)
    return pattern.sub(lambda found: words[found[0]], text)


@lru_cache(maxsize=64)
def _whole_words(keys: tuple[str, ...], flags: int) -> Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, keys)) + r")(?!\w)", flags)


def _duration(time: Match[str]) -> str:
    hours, minutes, seconds = (int(part or 0) for part in time.groups())
    parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    return " ".join(_counted(count, unit) for count, unit in parts if count) or "0 seconds"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _with_units(text: str) -> str:
    text = readings.INCHES.sub(" inches", readings.PERCENT.sub(" percent", text))
    for hyphened, counted, one, several in _UNIT_PATTERNS:
        text = hyphened.sub(rf"\1 {one}", text)
        text = counted.sub(partial(_said_unit, one, several), text)
    return _SINGLE.sub(r"\1", text)


def _said_unit(one: str, several: str, found: Match[str]) -> str:
    number, unit = found["number"], found["unit"]
    # A unit written out in the singular is left alone: "a 45 second hold".
    said = one if number == "1" or unit == one else several
    return f"{number} {said}"


def _unit_pattern(unit: str) -> Pattern[str]:
    # A full stop after a unit is the abbreviation's own where the sentence goes on in a small letter.
    return re.compile(rf"(?<![\w.,])(?P<number>{NUMBER})\s?(?P<unit>{unit})(?!\w)(?:\.(?=\s+[a-z]))?")


_UNIT_PATTERNS = tuple(
    (re.compile(rf"(?<![\w.,])({NUMBER})-(?:{unit})(?![\w-])"), _unit_pattern(unit), one, several)
    for unit, one, several in readings.UNITS
)
_SINGLE = re.compile(rf"(?<![\w.,])(1 (?:{'|'.join(readings.COUNTED)}))(?:e?s)\b")
