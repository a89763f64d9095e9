"""Notices texts that are plainly not in the language that a protocol states, by the small words of each language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from audioguide.languages.registry import FOLDERS, code_of, find
from audioguide.languages.text_words import text_words
from audioguide.library.text_slots import slots
from audioguide.model.protocol import Protocol
from audioguide.model.remembered_answers import remembered

_FEWEST = 6
"""Small words of another language that must be there: names alone, such as "Pas de bourrée", have fewer."""

_TIMES = 2
"""So many times as often as those of the stated language they must come: plain, not a guess."""

_WORD = re.compile(r"[^\W\d_]+")


def language_told(texts: Iterable[str], stated: str) -> str | None:
    """Return the code of the language that ``texts`` are plainly in, where it is not that of the tag ``stated``."""
    own = code_of(stated)
    found = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    hits = {code: sum(found[word] for word in text_words(code).function_words) for code in FOLDERS}
    told = max(FOLDERS, key=lambda code: hits[code])
    # Two languages that are near each other share half of these words, and English ones may be quoted anywhere.
    plain = hits[told] >= _FEWEST and hits[told] > _TIMES * hits.get(own or "", 0)
    return told if told != own and plain else None


@remembered
def other_language_note(protocol: Protocol) -> str | None:
    """Return what to say of a protocol whose texts are plainly in another language than it states; None for nothing."""
    texts = [slot.text for slot in slots(protocol.model_dump(by_alias=True))]
    told = language_told(texts, protocol.language)
    if told is None:
        return None
    stated = "states no language" if "language" not in protocol.model_fields_set else f"states '{protocol.language}'"
    return (
        f"this protocol's texts look like {find(told).name}, and it {stated}, so that they are read as "
        f'{find(protocol.language).name}; write language = "{told}" in the file'
    )
