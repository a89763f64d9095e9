"""A language: all that is said and printed in it which no protocol states."""

from __future__ import annotations

from msgspec import Struct

from audioguide.languages.formats import Formats
from audioguide.languages.printed import Printed
from audioguide.languages.wording import Wording


class Language(Struct, frozen=True, kw_only=True):
    """What a language's folder holds.

    Attributes:
        code: its BCP 47 tag, such as ``de`` or ``pt-BR``.
        name: what it is called in English.
        own_name: what it calls itself.
        formats: how numbers, lists and dates are written.
        iso639_2: its code of three letters, which the tags of an MP3 have.
        wording: the fixed sentences that are spoken.
        printed: those that are printed.
    """

    code: str
    name: str
    own_name: str
    formats: Formats
    iso639_2: str
    wording: Wording
    printed: Printed
