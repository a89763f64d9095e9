"""How long a text will take to say, before it is said."""

from __future__ import annotations

import re
from functools import lru_cache

START_MS, BREAK_MS, STOP_MS = 230, 360, 570
"""At `RATE_WPM`: for every text, for a comma or its like, and for the end of a sentence within.

Fitted, with the 70 ms of an English letter, to the 254 texts of the built-in sessions, spoken by two voices: those are
4% longer and shorter than this, and a single text differs by 7% on average, at 110 to 190 words a minute. In other
languages only the length of a letter is another.
"""

RATE_WPM = 150
LETTERS_OF_A_DIGIT = 4

_BREAKS, _STOPS = re.compile(r"[,;:](?=\s)"), re.compile(r"[.!?](?=\s)")


# Fitting to minutes times the same texts for each of its trials.
@lru_cache(maxsize=2048)
def expected_ms(text: str, rate_wpm: int, letter_ms: int = 70) -> int:
    """Return about how many ms ``text``, normalised for speech, takes at ``rate_wpm`` words a minute.

    Args:
        text: as it is said.
        rate_wpm: words a minute.
        letter_ms: how long a letter takes at `RATE_WPM` in the text's language.
    """
    letters = sum(c.isalpha() for c in text) + LETTERS_OF_A_DIGIT * sum(c.isdigit() for c in text)
    breaks, stops = len(_BREAKS.findall(text)), len(_STOPS.findall(text))
    at_usual_rate_ms = START_MS + letter_ms * letters + BREAK_MS * breaks + STOP_MS * stops
    return round(at_usual_rate_ms * RATE_WPM / rate_wpm)
