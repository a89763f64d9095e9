"""How German is spoken."""

from __future__ import annotations

from audioguide.languages.speaking import Speaking

SPEAKING = Speaking(espeak="gmw/de", system_voices=("Anna", "Petra", "Katja", "Hedda"), letter_ms=66)
"""`letter_ms` as its eSpeak voice takes for some twenty cues, pauses aside."""
