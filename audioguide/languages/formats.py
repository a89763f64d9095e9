"""Numbers, lengths, lists, plurals and dates by the rules of the Unicode CLDR, which Babel holds for every language.

Babel is loaded when the first of them is asked for that the table of patterns lacks. Most sessions need only lengths
and lists that are in it; to load Babel's data for them took a twentieth of a build whose speech is kept.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from msgspec import Struct

from audioguide.languages.cldr_patterns import LENGTHS, LISTS

Unit = Literal["second", "minute", "hour"]
Joined = Literal["standard", "or"]
_Locale = str

_GROUPED_FROM = 1_000
"""From here on digits may stand in groups, which the table of patterns leaves to Babel."""

NO_BREAK = {ord("\N{NO-BREAK SPACE}"): " ", ord("\N{NARROW NO-BREAK SPACE}"): " "}


@cache
def number(locale: _Locale, value: float) -> str:
    """Return ``value`` to a thousandth at most, as ``2.5`` or ``2,5``, without groups: ``1200``."""
    if value == int(value):
        # Digits are the same in every language here, and most counts need no Babel.
        return f"{int(value)}"
    from babel.numbers import format_decimal

    # A thousandth is a millisecond; more digits would only show binary fractions.
    return format_decimal(round(value, 3), "0.###", locale=locale)


@cache
def unit(locale: _Locale, value: float, name: Unit) -> str:
    """Return a length of time in full, as it is spoken: ``45 seconds``."""
    patterns = LENGTHS.get(locale)
    if patterns is not None and 0 <= value < _GROUPED_FROM and value == int(value):
        return patterns[name][min(int(value), 2)].format(int(value))
    from babel.units import format_unit

    # Speech has no lines to break, and its texts are compared as they are.
    return format_unit(value, f"duration-{name}", locale=locale).translate(NO_BREAK)


@cache
def plural(locale: _Locale, count: float) -> str:
    """Return the CLDR's category of a count: ``one``, ``other``, and in some languages ``zero``, ``two``, ``few``."""
    from babel import Locale

    return Locale.parse(locale).plural_form(count)


@cache
def direction(locale: _Locale) -> str:
    """Return in which direction a language is written: ``ltr`` or ``rtl``."""
    from babel import Locale

    return Locale.parse(locale).text_direction


class Formats(Struct, frozen=True):
    """How a language writes what is made up as it is needed.

    Attributes:
        locale: Babel's name of the language, such as ``pt_BR``.
        list_locale: the same for lists, where another region's fit what is spoken better.
        day: pattern of a date without its year (CLDR, Date Format Patterns); empty for the CLDR's own.
        full_day: pattern of a date with the name of its day and its year.
        capital_nouns: whether nouns keep their capital letter in the middle of a sentence.
        joints: where a word between two of a list changes with its neighbour: regular expressions and replacements.
    """

    locale: str
    list_locale: str = ""
    day: str = ""
    full_day: str = ""
    capital_nouns: bool = False
    joints: tuple[tuple[str, str], ...] = ()

    @property
    def direction(self) -> str:
        """In which direction it is written: ``ltr`` or ``rtl``."""
        return direction(self.locale)

    def number(self, value: float) -> str:
        """Return ``value`` with the language's decimal sign and without a needless fraction."""
        return number(self.locale, value)

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 as ``17%``, in the language's own writing."""
        from babel.numbers import format_percent

        return format_percent(share, locale=self.locale)

    def list(self, items: Iterable[str], style: Joined = "standard") -> str:
        """Return ``items`` as a list with "and", or in the style ``or`` with that, before the last."""
        found, locale = list(items), self.list_locale or self.locale
        if len(found) < 2:
            return "".join(found)
        if locale in LISTS:
            of_two, between, before_last = LISTS[locale][style]
            *most, last = found
            text = f"{between.join(most)}{before_last if len(most) > 1 else of_two}{last}"
        else:
            from babel.lists import format_list

            text = format_list(found, style, locale)
        for wrong, right in self.joints:
            text = re.sub(wrong, right, text)
        return text

    def within(self, text: str) -> str:
        """Return ``text``, which begins with a capital letter, as it stands in the middle of a sentence."""
        # The first two letters show an abbreviation.
        return text if self.capital_nouns or text[:2].isupper() else text[:1].lower() + text[1:]

    def date(self, day: datetime.date) -> str:
        """Return a date without its year, as short as it goes: ``5 Oct``."""
        from babel.dates import format_date, format_skeleton

        if self.day:
            return format_date(day, self.day, locale=self.locale)
        return format_skeleton("MMMd", day, locale=self.locale)

    def full_date(self, day: datetime.date) -> str:
        """Return a date with the name of its day and its year: ``Monday 5 October 2026``."""
        from babel.dates import format_date

        return format_date(day, self.full_day or "full", locale=self.locale)

    def month_date(self, day: datetime.date) -> str:
        """Return a date with its year and a short month: ``5 Oct 2026``."""
        from babel.dates import format_date, format_skeleton

        if self.day:
            return format_date(day, f"{self.day} y", locale=self.locale)
        return format_skeleton("yMMMd", day, locale=self.locale)

    def day_name(self, weekday: int) -> str:
        """Return the name of a day of the week, 0 for Monday, as it stands in a sentence."""
        from babel.dates import get_day_names

        return f"{get_day_names('wide', 'format', self.locale)[weekday]}"

    def short_day(self, weekday: int) -> str:
        """Return the same name cut short, without a full stop: ``Mon``."""
        from babel.dates import get_day_names

        return f"{get_day_names('abbreviated', 'stand-alone', self.locale)[weekday]}".rstrip(".")


class Counted(Struct, frozen=True):
    """A sentence that holds a count, in a form for each plural category that the language tells apart.

    Attributes:
        locale: Babel's name of the language.
        other: the form of most counts; ``{count}``.
        one: that of one, and in French and Brazilian Portuguese of none and of one and a half; empty for ``other``.
        zero: where the language has such a form; so ``two``, ``few`` and ``many``.
    """

    locale: str
    other: str
    one: str = ""
    zero: str = ""
    two: str = ""
    few: str = ""
    many: str = ""

    @property
    def forms(self) -> dict[str, str]:
        """The forms that there are, by category."""
        names = ("zero", "one", "two", "few", "many", "other")
        return {name: form for name in names if (form := getattr(self, name))}

    def text(self, count: float | str, **words: object) -> str:
        """Return the sentence for ``count``; one that is in words already, such as ``2 (1–3)``, counts as several."""
        if isinstance(count, str):
            return self.other.format(count=count, **words)
        forms = self.forms
        form = self.other if len(forms) == 1 else forms.get(plural(self.locale, count), self.other)
        return form.format(count=number(self.locale, count), **words)
