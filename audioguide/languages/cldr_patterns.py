"""Patterns of lengths and lists of the Unicode CLDR, as Babel has them. Written by scripts/make_patterns."""

from __future__ import annotations

LENGTHS = {
    "en": {
        "second": ("{} seconds", "{} second", "{} seconds"),
        "minute": ("{} minutes", "{} minute", "{} minutes"),
        "hour": ("{} hours", "{} hour", "{} hours"),
    },
    "de": {
        "second": ("{} Sekunden", "{} Sekunde", "{} Sekunden"),
        "minute": ("{} Minuten", "{} Minute", "{} Minuten"),
        "hour": ("{} Stunden", "{} Stunde", "{} Stunden"),
    },
    "es": {
        "second": ("{} segundos", "{} segundo", "{} segundos"),
        "minute": ("{} minutos", "{} minuto", "{} minutos"),
        "hour": ("{} horas", "{} hora", "{} horas"),
    },
    "fr": {
        "second": ("{} seconde", "{} seconde", "{} secondes"),
        "minute": ("{} minute", "{} minute", "{} minutes"),
        "hour": ("{} heure", "{} heure", "{} heures"),
    },
    "it": {
        "second": ("{} secondi", "{} secondo", "{} secondi"),
        "minute": ("{} minuti", "{} minuto", "{} minuti"),
        "hour": ("{} ore", "{} ora", "{} ore"),
    },
    "pt_BR": {
        "second": ("{} segundo", "{} segundo", "{} segundos"),
        "minute": ("{} minuto", "{} minuto", "{} minutos"),
        "hour": ("{} hora", "{} hora", "{} horas"),
    },
}
"""By locale and unit the patterns for 0, for 1 and for other whole counts below 1,000."""

LISTS = {
    "de": {
        "standard": (" und ", ", ", " und "),
        "or": (" oder ", ", ", " oder "),
    },
    "en": {
        "standard": (" and ", ", ", ", and "),
        "or": (" or ", ", ", ", or "),
    },
    "en_GB": {
        "standard": (" and ", ", ", " and "),
        "or": (" or ", ", ", " or "),
    },
    "es": {
        "standard": (" y ", ", ", " y "),
        "or": (" o ", ", ", " o "),
    },
    "fr": {
        "standard": (" et ", ", ", " et "),
        "or": (" ou ", ", ", " ou "),
    },
    "it": {
        "standard": (" e ", ", ", " e "),
        "or": (" o ", ", ", " o "),
    },
    "pt_BR": {
        "standard": (" e ", ", ", " e "),
        "or": (" ou ", ", ", " ou "),
    },
}
"""By locale and style what stands between two, between more, and before the last of more."""
