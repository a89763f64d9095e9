"""How texts are to be said, remembered from build to build: most are those of the build before.

Loading the rules (some two hundred patterns to compile) and reading a session's texts by them takes a tenth of a build
whose speech is all cached, so they are loaded only where a text is new.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path

from audioguide.languages.spoken_form import lexicon_of, read_by, reading_of
from audioguide.speech.text.pronunciation import entries_for
from audioguide.storage.cache import Store, digest

_KIND = "reading"

MOST_READINGS = 4000
"""How many texts are remembered for one lexicon: some dozens of protocols, and less than a clip takes on disk."""


class KeptReadings:
    """Reads texts with one lexicon; what it read is cached.

    Args:
        lexicon: as for `speech.text.normalise.spoken`.
        store: where readings are cached for the next build. One that is lost is made again.
        language: the BCP 47 tag of the texts' language.
        engine: the name of what speaks, for which the language respells what it misreads.
    """

    def __init__(self, lexicon: Mapping[str, str], store: Store, language: str = "en", engine: str = "") -> None:
        self._lexicon, self._store, self._language = lexicon, store, language
        self._respelt = entries_for(lexicon_of(language), engine, takes_phonemes=False)
        tables = (blake2b(table, digest_size=20).hexdigest() for table in read_by(language))
        entries = (*sorted(lexicon.items()), *sorted(self._respelt.items()))
        self._key = digest(_rules(), *tables, *(part for entry in entries for part in entry))
        self._said: dict[str, str] | None = None

    def of(self, texts: Iterable[str]) -> dict[str, str]:
        """Return each text as it is to be said."""
        if self._said is None:
            self._said = json.loads(self._store.get(_KIND, self._key) or b"{}")
        wanted = list(texts)
        new = [text for text in wanted if text not in self._said]
        if new:
            from audioguide.speech.text.normalise import spoken

            reading = reading_of(self._language)
            self._said |= {text: spoken(text, self._lexicon, reading, self._respelt) for text in new}
            # A build beside this one may have kept others meanwhile. Who writes last wins; the others are read anew.
            kept = dict(list(self._said.items())[-MOST_READINGS:])
            self._store.put(_KIND, self._key, json.dumps(kept).encode())
        return {text: self._said[text] for text in wanted}


@cache
def _rules() -> str:
    """Return a key of all that decides a reading but the lexicon: the rules, and the Python whose Unicode they use."""
    made_of = blake2b(digest_size=20)
    for file in sorted((Path(__file__).parent / "text").glob("*.py")):
        made_of.update(file.read_bytes())
    return digest(made_of.hexdigest(), sys.version)
