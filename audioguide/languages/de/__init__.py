"""German, to one person, with "du", as trainers and apps address them."""

from __future__ import annotations

from audioguide.languages.de.printed import PRINTED
from audioguide.languages.de.spoken import FORMATS, SPOKEN
from audioguide.languages.language import Language

LANGUAGE = Language(
    code="de",
    name="German",
    own_name="Deutsch",
    formats=FORMATS,
    iso639_2="deu",
    wording=SPOKEN,
    printed=PRINTED,
)
