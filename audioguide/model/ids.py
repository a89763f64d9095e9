"""Ids made of names that people write: ``calf-stretch`` of "Calf stretch"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection


def id_of(name: str, longest: int = 56) -> str:
    """Return ``name`` as an id of so many characters at most; empty where no letter or digit of it can stay.

    An id has small letters, digits and hyphens of ASCII, so that any program can hold it, and anybody can type it.
    """
    # Letters with accents stand as the plain letter and its accent (NFKD), of which ASCII keeps the letter.
    apart = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    plain = apart.encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return ``wanted``, with the first free number behind it, from 2 on, where it is taken."""
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)
