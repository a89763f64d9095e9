"""What the tests ask of every translated text beside that it is there: sides, no English left, and its length."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from audioguide.languages.registry import FOLDERS
from audioguide.languages.spoken_form import reading_of, speaking_of
from audioguide.languages.text_words import TextWords, text_words
from audioguide.library.problems import path
from audioguide.library.text_slots import INNER, slots, translated
from audioguide.model.kinds import Side
from audioguide.model.side_forms import filled, side_forms
from audioguide.speech.text.expected import RATE_WPM, expected_ms
from audioguide.speech.text.normalise import spoken
from scripts.translating.folder import all_things, originals

PRINTED_ONLY = {"read", "read_tips", "read_red_flags", "read_see_professional", "why", "mistakes", "suggestions"} | {
    *("expect", "alt")
}
"""The keys whose texts nobody speaks."""

SHORTEST, LONGEST = 0.6, 1.7
"""How long a text may be, as a multiple of its English: rests and the tempo of reps don't wait."""

NAMED_ALIKE = {"name", "title"}
"""The keys whose texts may be the same in English, as the names of many exercises are."""

LONG_ENOUGH_MS = 1_000
"""Of shorter texts a letter more is a large part."""

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_PAIR = re.compile(r"\{[^{}]*\}")


class Pair(NamedTuple):
    """A text and its translation.

    Attributes:
        file: the file of the translation.
        where: its place there.
        key: the key that it stands under.
        english: the English text.
        own: the translation.
    """

    file: str
    where: str
    key: str
    english: str
    own: str

    def spoken(self) -> Iterator[tuple[str, str]]:
        """Yield what is said in English and in the language, for each side where it names one."""
        if self.key in PRINTED_ONLY:
            return
        for side in Side if side_forms(self.english) else (Side.LEFT,):
            english, own = (_one_measure(filled(text, side)) for text in (self.english, self.own))
            yield english, own


def _one_measure(text: str) -> str:
    return _PAIR.sub(lambda pair: pair[0].strip("{}").split("|")[0], text)


def pairs(folder: Path) -> Iterator[Pair]:
    """Yield every text in ``folder`` that is translated, with its English."""
    for original in originals():
        file = folder / f"{original.name}.toml"
        if file.exists():
            yield from pairs_of(f"texts/{original.name}.toml", original.table, file)


def pairs_of(name: str, original: Mapping[str, Any], file: Path) -> Iterator[Pair]:
    """Yield every text of the raw ``original`` that ``file``, called ``name`` in messages, translates."""
    texts = tomllib.loads(file.read_text(encoding="utf-8"))
    table = translated(original, texts, dict.fromkeys(all_things(), "-")).table
    for english, own in zip(slots(original), slots(table), strict=True):
        keys = [step for step in english.where if isinstance(step, str)]
        # A phase's words stand under say, as those of a line of coaching do under their own key.
        key = next((key for key in reversed(keys) if key not in INNER), "say")
        if own.text != english.text or key in NAMED_ALIKE:
            yield Pair(name, path(english.where), key, english.text, own.text)


def text_faults(code: str, folder: Path) -> Iterator[str]:
    """Yield what is wrong with the texts of a language that are translated, a line each."""
    words, english = text_words(code), text_words("en")
    for pair in pairs(folder):
        place = f"{pair.file}: {pair.where}"
        yield from (f"{place}: {fault}" for fault in side_faults(pair.own, words))
        if pair.key == "tempo" and (movement := movement_of(pair.english, english)) != movement_of(pair.own, words):
            yield f"{place}: '{pair.own}' is not among the words for {movement} in words.toml, as its English is"
        left = english_left(pair.own, english, words) if pair.key not in NAMED_ALIKE else []
        if left:
            yield f"{place}: has English words: {', '.join(left)}"
        yield from (f"{place}: {fault}" for fault in length_faults(pair, _expected("en"), _expected(code)))


def _expected(code: str) -> Callable[[str], int]:
    """Return what estimates how long a text of a language takes, before it is spoken."""
    if code not in FOLDERS:
        return lambda text: expected_ms(text, RATE_WPM)
    reading, letter_ms = reading_of(code), speaking_of(code).letter_ms
    return lambda text: expected_ms(spoken(text, {}, reading), RATE_WPM, letter_ms)


def movement_of(word: str, words: TextWords) -> str:
    """Return which movement of a rep a part's words begin with: lower, lift or pause; empty for none."""
    first = next(iter(_WORD.findall(word)), "").casefold()
    known = {"lower": words.lower, "lift": words.lift, "pause": words.pause}
    return next((name for name, found in known.items() if first in map(str.casefold, found)), "")


def side_faults(text: str, words: TextWords) -> Iterator[str]:
    """Yield each pair of forms whose first form doesn't say left, or whose second doesn't say right."""
    for form in side_forms(text):
        if form.left == Side.LEFT.value and form.right == Side.RIGHT.value:
            # A placeholder, which is filled in with the words of the language.
            continue
        if not words.says_left(form.left) or not words.says_right(form.right):
            yield f"{{{form.left}|{form.right}}} does not say left first and right second"


def english_left(text: str, english: TextWords, words: TextWords) -> list[str]:
    """Return the small English words in a text of another language; those of two letters are words of others too."""
    found = _WORD.findall(_PAIR.sub("", text).lower())
    return [word for word in found if len(word) > 2 and word in english.function_words - words.function_words]


def length_faults(
    pair: Pair, english_ms: Callable[[str], int], own_ms: Callable[[str], int] | None = None
) -> Iterator[str]:
    """Yield what is said much longer or shorter than its English, by what says how long either takes."""
    for english, own in pair.spoken():
        lengths = english_ms(english), (own_ms or english_ms)(own)
        times = lengths[1] / lengths[0]
        if lengths[0] >= LONG_ENOUGH_MS and not SHORTEST <= times <= LONGEST:
            yield f"takes {times:.1f} times as long as its English, not {SHORTEST} to {LONGEST}: {own}"
