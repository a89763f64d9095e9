"""Brazilian Portuguese, to one person, with "você", as instructors and physiotherapists address them."""

from __future__ import annotations

from audioguide.languages.language import Language
from audioguide.languages.pt_br.printed import PRINTED
from audioguide.languages.pt_br.spoken import FORMATS, SPOKEN

LANGUAGE = Language(
    code="pt-BR",
    name="Brazilian Portuguese",
    own_name="Português do Brasil",
    formats=FORMATS,
    iso639_2="por",
    wording=SPOKEN,
    printed=PRINTED,
)
