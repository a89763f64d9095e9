"""English."""

from __future__ import annotations

from audioguide.languages.en.printed import PRINTED
from audioguide.languages.en.spoken import SPOKEN
from audioguide.languages.language import Language

LANGUAGE = Language(code="en", name="English", own_name="English", wording=SPOKEN, printed=PRINTED)
