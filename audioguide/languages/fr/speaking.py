"""How French is spoken."""

from __future__ import annotations

from audioguide.languages.speaking import Speaking

SPEAKING = Speaking(
    espeak="roa/fr",
    espeak_of_region={"fr-be": "roa/fr-be", "fr-ch": "roa/fr-ch"},
    system_voices=("Audrey", "Thomas", "Amélie", "Hortense", "Julie", "Paul"),
    # The voice says the six calibration sentences in 13.3 s at 150 words a minute, where the English one takes 16.9 s.
    rate_wpm=130,
    letter_ms=53,
)
"""`letter_ms` as its eSpeak voice takes for some twenty cues, pauses aside."""
