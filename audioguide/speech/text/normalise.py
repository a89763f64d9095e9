"""Text as people write it made into text as it is said: engines read "3x12" and "SI joint" literally.

The order of the English rules stands here, their rows in `speech.text.readings`, the cleaning of characters in
`speech.text.clean`. Other languages are read by their tables, in `speech.text.by_table`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from re import Match, Pattern
from types import MappingProxyType

from audioguide.languages.reading import Reading
from audioguide.speech.text import by_table, capitals, marks, measures, readings, repetitions, slashes
from audioguide.speech.text.clean import clean, has_words
from audioguide.speech.text.pronunciation import in_phonemes, marked
from audioguide.speech.text.rows import applied

MOST_PASSES = 8
"""One rule may make work for another, so all run until nothing changes; two passes are usual."""

STAND_INS = tuple(map(chr, range(0x12000, 0x12300)))
"""Letters of cuneiform, which no text of ours holds: rules take them for a word, and cleaning leaves them alone."""

# In a duration only: not "3:1 ratio" (two digits of seconds), not part of a date or of another number, not a time of
# day ("7:30 am"). A unit after it says the same again.
TIME = re.compile(
    r"(?<![\w:.])(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?!\d|:\d)(?!\s?[ap]\.?m\b)(?:\s?(?:minutes?|mins?|hours?|hrs?)\b)?",
    re.IGNORECASE,
)


def spoken(
    text: str,
    lexicon: Mapping[str, str],
    reading: Reading | None = None,
    respelt: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return ``text`` as it is to be said; saying that again changes nothing.

    Never empty for a text with a letter or digit; empty for others.

    Args:
        text: as people read it.
        lexicon: words or phrases, in any case, and how they are said, as `pronunciation.entries_for` gives them; it
            comes before the built-in table. A word with phonemes is marked in the text with them.
        reading: the tables of the text's language; None for English.
        respelt: words of the language that the engine misreads, in small letters, and how they are spelt for it. They
            come last, as the tables know words as they are written ("1 Atemzug"), and leave those of ``lexicon`` alone.
    """
    text = clean(html.unescape(text))
    own = {clean(key).casefold(): clean(value) for key, value in lexicon.items() if clean(key)}
    # Phonemes would not survive the rules: one letter stands for such a word until all have run.
    folded = text.casefold()
    in_text = [key for key, value in own.items() if in_phonemes(value) and key in folded]
    letters = dict(zip(in_text, (letter for letter in STAND_INS if letter not in text), strict=False))
    phonemes = str.maketrans({letter: marked(key, own[key]) for key, letter in letters.items()})
    own |= letters
    # Not in the loop below: what a lexicon says may hold its own key ("psoas" as "psoas muscle").
    said = _normalised(_with_words(text, own, ignore_case=True), overridden=frozenset(own), reading=reading)
    if has_words(said) or not has_words(text):
        misread = {word: spelt for word, spelt in respelt.items() if word not in own}
        return _with_words(said, misread, ignore_case=True).translate(phonemes)
    # All of it looked like markup: better to say it than to lose a cue.
    return _normalised("".join(c if c.isalnum() else " " for c in text), overridden=frozenset(), reading=reading)


@lru_cache(maxsize=4096)  # sessions made one after another say much the same
def _normalised(text: str, overridden: frozenset[str], reading: Reading | None) -> str:
    """Return ``text`` with all rules applied until nothing changes, but for the words in ``overridden``."""
    if reading is not None:
        return by_table.normalised(text, reading, overridden)
    words = {word: said for word, said in readings.WORDS.items() if word.casefold() not in overridden}
    for _ in range(MOST_PASSES):
        before = text
        # Markup goes first, as its signs would be read; words before all that takes letters and slashes apart.
        text = applied(readings.MARKUP, text)
        text = _with_words(text, words, ignore_case=False)
        text = capitals.numerals(capitals.lowered(text, overridden))
        for table in (readings.DOTS, readings.SHORT_FORMS, slashes.DAYS):
            text = applied(table, text)
        # Marks while the set sign, which tells seconds from inches, is still there.
        text = measures.with_parts(marks.with_units(text))
        for table in (repetitions.PATTERNS, readings.FRACTIONS, readings.SPINE):
            text = applied(table, text)
        # Runs of numbers before ranges, of which they look like several.
        text = repetitions.parted(text)
        for table in (repetitions.REPS, repetitions.RANGES):
            text = applied(table, text)
        text = applied(readings.SIGNS, measures.with_parts(text))
        text = TIME.sub(_said_duration, text)
        # Units after everything that needs their short forms: sizes ("10x10 cm") and ranges ("30-60s").
        text = measures.measured(text)
        for table in (slashes.SLASHES, readings.LEFTOVERS, readings.PUNCTUATION):
            text = applied(table, text)
        text = clean(text)
        if text == before:
            break
    return text


def _with_words(text: str, said: Mapping[str, str], *, ignore_case: bool) -> str:
    """Return ``text`` with whole words replaced, the longest first, in one go so that none is replaced twice."""
    if not said:
        return text
    pattern = _whole_words(tuple(sorted(said, key=lambda key: (-len(key), key))), re.IGNORECASE if ignore_case else 0)
    return pattern.sub(lambda found: said.get(found[0].casefold() if ignore_case else found[0], found[0]), text)


@lru_cache(maxsize=64)
def _whole_words(keys: tuple[str, ...], flags: int) -> Pattern[str]:
    # Not \b: a key may begin or end with a sign ("and/or", "C++"), where there is no border of a word.
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, keys)) + r")(?!\w)", flags)


def _said_duration(time: Match[str]) -> str:
    hours, minutes, seconds = (int(part or 0) for part in time.groups())
    counts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counts if count) or "0 seconds"
