"""Language tags as files and options state them: BCP 47, such as ``de``, ``es-MX`` or ``pt-BR``."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

# A language, and where it matters a script and a region: all that a fixed sentence, a voice or a date can differ by.
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?")


def _canonical(tag: str) -> str:
    match = _TAG.fullmatch(tag.strip().casefold().replace("_", "-"))
    if match is None:
        raise PydanticCustomError("advice", "is no language tag", {"hint": "write one such as en, de, es-MX or pt-BR"})
    language, script, region = match.groups()
    parts = (language, script and script.title(), region and region.upper())
    return "-".join(part for part in parts if part)


LanguageTag = Annotated[str, AfterValidator(_canonical)]
"""A tag in its canonical form: ``de_at`` becomes ``de-AT``."""
