"""How English is spoken."""

from __future__ import annotations

from audioguide.languages.speaking import Speaking

SPEAKING = Speaking(espeak="gmw/en-us", letter_ms=70)
"""Fitted to the 254 texts of the built-in sessions, spoken by two voices: those are 4% longer and shorter than this."""
