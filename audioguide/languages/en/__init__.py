"""English."""

from __future__ import annotations

from audioguide.languages.en.printed import PRINTED
from audioguide.languages.en.spoken import FORMATS, SPOKEN
from audioguide.languages.language import Language

LANGUAGE = Language(
    code="en",
    name="English",
    own_name="English",
    formats=FORMATS,
    iso639_2="eng",
    wording=SPOKEN,
    printed=PRINTED,
)
