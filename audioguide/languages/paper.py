"""The paper that a page is printed on where a language is spoken."""

from __future__ import annotations

_LETTER = {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
"""Where Letter is usual (CLDR, supplementalData, measurementData, paperSize)."""


def paper_of(tag: str) -> str:
    """Return the size of paper as CSS has it, ``A4`` or ``letter``; empty for English that names no region.

    Who speaks English may have either, and the printer's own setting knows it better.
    """
    language, _, rest = tag.partition("-")
    region = next((part for part in rest.split("-") if len(part) == 2), "")
    if language == "en" and not region:
        return ""
    return "letter" if region in _LETTER else "A4"
