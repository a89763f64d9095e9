"""French, to one person, with "vous", as physiotherapists and many teachers address them."""

from __future__ import annotations

from audioguide.languages.fr.printed import PRINTED
from audioguide.languages.fr.spoken import FORMATS, SPOKEN
from audioguide.languages.language import Language

LANGUAGE = Language(
    code="fr",
    name="French",
    own_name="Français",
    formats=FORMATS,
    iso639_2="fra",
    wording=SPOKEN,
    printed=PRINTED,
)
