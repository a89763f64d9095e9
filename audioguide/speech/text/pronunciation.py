"""Phonemes inside a text that goes to an engine, for a word whose spelling can't say how it sounds.

They travel between characters of Unicode's private use area: what people write has none left, as `speech.text.clean`
takes them out, so no text can be mistaken for phonemes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from audioguide.model.lexicon import OTHER, Spoken

_WORD, _PHONEMES, _END, _SPACE = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKED = re.compile(f"{_WORD}([^{_PHONEMES}]*){_PHONEMES}([^{_END}]*){_END}")


def in_phonemes(said: str) -> bool:
    """Return whether ``said``, an entry of a lexicon, is phonemes between slashes instead of a respelling."""
    return len(said) > 2 and said.startswith("/") and said.endswith("/")


def entries_for(lexicon: Mapping[str, Spoken], engine: str, *, takes_phonemes: bool) -> dict[str, str]:
    """Return what one engine says for each word of ``lexicon``; words that it says as written are left out.

    Args:
        lexicon: written form to a respelling or phonemes for all engines, or a table of them by engine.
        engine: its name in the registry.
        takes_phonemes: whether it can be told phonemes; one that can't says those words as they are written.
    """
    entries = {}
    for written, spoken in lexicon.items():
        said = spoken if isinstance(spoken, str) else spoken.get(engine, spoken.get(OTHER))
        if said is not None and (takes_phonemes or not in_phonemes(said)):
            entries[written] = said
    return entries


def marked(written: str, phonemes: str) -> str:
    """Return a word with its phonemes (between slashes), as a part of a text that has no space to be parted at."""
    return f"{_WORD}{written}{_PHONEMES}{phonemes.strip('/')}{_END}".replace(" ", _SPACE)


def replaced(text: str, plain: Callable[[str], str], word: Callable[[str, str], str]) -> str:
    """Return ``text`` with what is between marked words passed through ``plain``, and each of those through ``word``.

    Args:
        text: as the normaliser gives it.
        plain: takes and returns text without phonemes.
        word: takes a word as written and its phonemes, without slashes.
    """
    parts = _MARKED.split(text)
    for at in range(0, len(parts), 3):
        parts[at] = plain(parts[at])
    for at in range(1, len(parts) - 1, 3):
        parts[at : at + 2] = word(parts[at].replace(_SPACE, " "), parts[at + 1].replace(_SPACE, " ")), ""
    return "".join(parts)
