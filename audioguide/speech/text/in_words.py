"""Numbers and signs written out, for an engine that would read them in its own way: "10/12" as October twelfth.

The text comes normalised, so what is left are numbers (with decimals, ordinals, years, times of day), sums of money and
stray signs.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from re import Match

from audioguide.errors import SpeechError

LONGEST_WORD = 24
"""Letters of a word that hibari doesn't know: it reads no more of them. A longer word is parted."""

LONGEST_NUMBER = 15
"""Digits that are said as one number; more are a code, and said one by one."""

CURRENCIES = {"$": ("dollar", "dollars"), "€": ("euro", "euros"), "£": ("pound", "pounds"), "¥": ("yen", "yen")}

SIGNS = {
    "&": "and",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "%": "percent",
    "°": "degrees",
    "²": "squared",
    "³": "cubed",
    "×": "times",
    "÷": "divided by",
    "±": "plus or minus",
    "/": "or",
}
"""Signs that the normaliser makes words of too; engines may be given a text without it."""

# What pauses or joins; all other signs have no sound. A square bracket would start hibari's notation for phonemes.
KEPT = set(" .,;:!?-—–'\"()")

_MONEY = re.compile(r"([$€£¥])\s?(\d[\d,]*(?:\.\d+)?)")
_TIME_OF_DAY = re.compile(r"(?<![\d:.])(\d{1,2}):([0-5]\d)(?![\d:])")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_ORDINAL = re.compile(r"(\d{1,15})(?:st|nd|rd|th)\b")
_YEAR = re.compile(r"(?<![\d.,])(?:1[1-9]|20)\d\d(?![\d,.]\d|\d)")
_TOO_LONG = re.compile(rf"([^\W\d_]{{{LONGEST_WORD}}})(?=[^\W\d_])")


def in_words(text: str) -> str:
    """Return ``text`` with letters and punctuation only: numbers in English words, signs said or left out.

    Raises:
        SpeechError: for a letter of another script than Latin, which an English voice would drop.
    """
    text = _MONEY.sub(_money, text)
    text = _TIME_OF_DAY.sub(_time_of_day, text)
    text = _ORDINAL.sub(lambda found: _apart(found, _number(found[1], "ordinal")), text)
    text = _YEAR.sub(lambda found: _apart(found, _number(found[0], "year")), text)
    text = _NUMBER.sub(lambda found: _apart(found, _number(found[0])), text)
    text = _TOO_LONG.sub(r"\1 ", "".join(map(_letter, text)))
    return re.sub(r"\s+(?=[.,;:!?])", "", " ".join(text.split()))


def _number(digits: str, kind: str = "cardinal") -> str:
    # A library for numbers, as their exceptions are many ("nineteen oh-five"); of those there are this one reads years
    # and loads in 15 ms, where inflect takes seconds.
    from num2words import num2words

    digits = digits.replace(",", "")
    whole, point, decimals = digits.partition(".")
    if (whole.startswith("0") and len(whole) > 1) or len(whole) > LONGEST_NUMBER:
        said = " ".join(num2words(digit) for digit in whole)
    else:
        said = str(num2words(int(whole), to=kind))
    if point:
        said += " point " + " ".join(num2words(Decimal(digit)) for digit in decimals)
    return said.replace(",", "")  # "one thousand, two hundred": a voice would pause there


def _apart(found: Match[str], said: str) -> str:
    """Return ``said`` with spaces where ``found`` touches letters: "C5", "10x"."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return (" " if before.isalpha() else "") + said + (" " if after.isalpha() else "")


def _money(found: Match[str]) -> str:
    one, several = CURRENCIES[found[1]]
    return f"{found[2]} {one if found[2] == '1' else several}"


def _time_of_day(found: Match[str]) -> str:
    hours, minutes = _number(str(int(found[1]))), int(found[2])
    if minutes == 0:
        return hours
    return f"{hours} {'oh ' if minutes < 10 else ''}{_number(str(minutes))}"


def _letter(character: str) -> str:
    """Return what stands for ``character``: itself, a word for a sign, a space for one without sound."""
    if character in KEPT:
        return character
    if character in SIGNS:
        return f" {SIGNS[character]} "
    if character.isnumeric():  # a fraction, or a digit of another script
        value = unicodedata.numeric(character)
        return f" {_number(f'{value:.3g}' if value < 1 else str(int(value)))} "
    if character.isalpha():
        plain = unicodedata.normalize("NFKC", character)
        if not all("LATIN" in unicodedata.name(letter, "") for letter in plain):
            raise SpeechError(
                f"this voice speaks English only and can't read '{character}'; write it in Latin letters, "
                "respell the word in the lexicon, or take the engine 'espeak'"
            )
        return plain
    return "" if unicodedata.combining(character) else " "
