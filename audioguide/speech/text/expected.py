"""How long a text will take to say, before it is said."""

from __future__ import annotations

import re
from functools import lru_cache

START_MS, LETTER_MS, BREAK_MS, STOP_MS = 230, 70, 360, 570
"""At `RATE_WPM`: for every text, for each letter, for a comma or its like, and for the end of a sentence within.

Fitted to the 254 texts of the built-in sessions, spoken by two voices: those are 4% longer and shorter than this, and a
single text differs by 7% on average, at 110 to 190 words a minute.
"""

RATE_WPM = 150
LETTERS_OF_A_DIGIT = 4

_BREAKS, _STOPS = re.compile(r"[,;:](?=\s)"), re.compile(r"[.!?](?=\s)")


# Fitting to minutes times the same texts for each of its trials.
@lru_cache(maxsize=2048)
def expected_ms(text: str, rate_wpm: int) -> int:
    """Return about how many ms ``text``, normalised for speech, takes at ``rate_wpm`` words a minute."""
    letters = sum(c.isalpha() for c in text) + LETTERS_OF_A_DIGIT * sum(c.isdigit() for c in text)
    breaks, stops = len(_BREAKS.findall(text)), len(_STOPS.findall(text))
    at_usual_rate_ms = START_MS + LETTER_MS * letters + BREAK_MS * breaks + STOP_MS * stops
    return round(at_usual_rate_ms * RATE_WPM / rate_wpm)
