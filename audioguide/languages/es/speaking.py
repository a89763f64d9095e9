"""How Spanish is spoken."""

from __future__ import annotations

from audioguide.languages.speaking import Speaking

SPEAKING = Speaking(
    espeak="roa/es",
    espeak_of_region=dict.fromkeys(("es-419", "es-mx", "es-ar", "es-co", "es-cl", "es-pe", "es-us"), "roa/es-419"),
    system_voices=("Mónica", "Monica", "Paulina", "Helena", "Laura", "Sabina"),
    letter_ms=69,
)
"""`letter_ms` as its eSpeak voice takes for some twenty cues, pauses aside."""
