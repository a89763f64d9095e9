"""How Brazilian Portuguese is spoken."""

from __future__ import annotations

from audioguide.languages.speaking import Speaking

SPEAKING = Speaking(espeak="roa/pt-br", system_voices=("Luciana", "Maria", "Daniel"), letter_ms=75)
"""`letter_ms` as its eSpeak voice takes for some twenty cues, pauses aside."""
