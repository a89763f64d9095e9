"""Finding the voice that a user means, and refusing with near ones where there is none. All engines share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from audioguide.errors import RequestError
from audioguide.model.voice import FASTEST_WPM, SLOWEST_WPM, VoiceSettings
from audioguide.speech.engines.engine import Voice

MOST_NAMED = 5


def chosen(asked: str, voices: Sequence[Voice], tags: Mapping[str, Sequence[str]]) -> str:
    """Return the id of the voice that ``asked`` names: by id, language tag, end of the id, or name.

    Case doesn't matter.

    Args:
        asked: what the user wrote.
        voices: every voice of the engine.
        tags: language tag in small letters to the ids of the voices that speak it best.

    Raises:
        RequestError: when there is none, or a tag or name fits several.
    """
    key = asked.strip().casefold()
    by_id = [voice.id for voice in voices if voice.id.casefold() == key]
    by_name = [voice.id for voice in voices if voice.name.casefold() == key]
    by_end = [voice.id for voice in voices if voice.id.casefold().endswith(f"/{key}")]
    for found in (by_id, list(tags.get(key.replace("_", "-"), ())), by_end, by_name):
        if len(found) == 1:
            return found[0]
        if found:
            raise RequestError(f"voice '{asked}' may mean {_listed(found)}; ask for one of them by its id")
    raise unknown_voice(asked, voices)


def unknown_voice(asked: str, voices: Sequence[Voice]) -> RequestError:
    """Return the error for a voice that isn't there, with up to five near ones."""
    terms = {term.casefold(): voice.id for voice in reversed(voices) for term in (voice.name, voice.language, voice.id)}
    near = near_ones(asked.casefold(), terms)
    ids = list(dict.fromkeys(terms[term] for term in near))
    return RequestError(f"there is no voice '{asked}'{_hint(ids)}; 'audioguide voices list' shows all")


def near_ones(asked: str, names: Iterable[str]) -> list[str]:
    """Return up to five of ``names`` like ``asked``: those that contain it, and those spelled nearly so."""
    pool = sorted(set(names))
    tail = asked.rsplit("/", 1)[-1]
    inside = [name for name in pool if len(tail) > 1 and tail in name]
    close = get_close_matches(asked, pool, n=MOST_NAMED, cutoff=0.6)
    return list(dict.fromkeys([*close, *inside]))[:MOST_NAMED]


def tags_of(voices: Sequence[Voice]) -> dict[str, list[str]]:
    """Return each language tag in small letters with the ids of its voices, for engines that rank none of them."""
    tags: dict[str, list[str]] = {}
    for voice in voices:
        tags.setdefault(voice.language.casefold().replace("_", "-"), []).append(voice.id)
    return tags


def settled(settings: VoiceSettings, engine: str, voice: str) -> VoiceSettings:
    """Return ``settings`` with ``engine`` and ``voice`` filled in.

    Raises:
        RequestError: for a rate that voices don't speak as asked.
    """
    if not isinstance(settings.rate_wpm, int) or not SLOWEST_WPM <= settings.rate_wpm <= FASTEST_WPM:
        raise RequestError(
            f"a rate of {settings.rate_wpm} words a minute can't be spoken; give {SLOWEST_WPM} to {FASTEST_WPM}"
        )
    return replace(settings, engine=engine, voice=voice)


def _listed(ids: Sequence[str]) -> str:
    shown = ", ".join(f"'{one}'" for one in ids[:MOST_NAMED])
    return shown + (f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else "")


def _hint(ids: Sequence[str]) -> str:
    return f"; near ones are {_listed(ids)}" if ids else ""


def chosen_variant(asked: str, variants: Sequence[str]) -> str:
    """Return the variant of a voice that ``asked`` names; case doesn't matter.

    Raises:
        RequestError: when there is none, with up to five near ones.
    """
    terms = {variant.casefold(): variant for variant in variants}
    key = asked.strip().casefold()
    if key not in terms:
        near = [terms[term] for term in near_ones(key, terms)]
        raise RequestError(f"there is no variant '{asked}' of a voice{_hint(near)}")
    return terms[key]
