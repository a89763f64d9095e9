"""Italian, to one person, with "tu", as teachers and apps address them."""

from __future__ import annotations

from audioguide.languages.it.printed import PRINTED
from audioguide.languages.it.spoken import FORMATS, SPOKEN
from audioguide.languages.language import Language

LANGUAGE = Language(
    code="it",
    name="Italian",
    own_name="Italiano",
    formats=FORMATS,
    iso639_2="ita",
    wording=SPOKEN,
    printed=PRINTED,
)
