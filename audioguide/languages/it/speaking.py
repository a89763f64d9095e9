"""How Italian is spoken."""

from __future__ import annotations

from audioguide.languages.speaking import Speaking

SPEAKING = Speaking(espeak="roa/it", system_voices=("Alice", "Federica", "Elsa", "Cosimo"), letter_ms=68)
"""`letter_ms` as its eSpeak voice takes for some twenty cues, pauses aside."""
