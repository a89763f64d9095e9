"""Spanish, to one person, with "tú", in words that are understood in Spain and in Latin America."""

from __future__ import annotations

from audioguide.languages.es.printed import PRINTED
from audioguide.languages.es.spoken import FORMATS, SPOKEN
from audioguide.languages.language import Language

LANGUAGE = Language(
    code="es",
    name="Spanish",
    own_name="Español",
    formats=FORMATS,
    iso639_2="spa",
    wording=SPOKEN,
    printed=PRINTED,
)
