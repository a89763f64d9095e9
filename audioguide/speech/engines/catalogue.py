"""What an engine offers, and how the voice that a user names is found in it. All engines share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from audioguide.errors import RequestError
from audioguide.model.voice import FASTEST_WPM, SLOWEST_WPM, VoiceSettings
from audioguide.speech.engines.engine import Voice
from audioguide.speech.engines.voice_list import listed_voices

MOST_NAMED = 5
"""How many names an error message lists: an engine has a hundred voices and more."""


class Catalogue(Struct, frozen=True):
    """What one engine offers on this machine.

    Attributes:
        version: what identifies the engine and its data.
        voices: every voice that may be chosen.
        default: id of the voice for users who name none.
        tags: language tag in small letters to the ids of the voices that speak it best.
        variants: what may follow a voice's id after a plus sign, such as ``f2``; none where there is no such thing.
    """

    version: str
    voices: tuple[Voice, ...]
    default: str
    tags: Mapping[str, Sequence[str]]
    variants: tuple[str, ...] = ()

    def check(self, settings: VoiceSettings, engine: str) -> VoiceSettings:
        """Return ``settings`` with voice and ``engine`` filled in.

        Raises:
            RequestError: for an unknown voice or variant (naming similar ones), or a rate that voices don't keep.
        """
        voice = self.find(settings.voice) if settings.voice else self.default
        # A profile or a caller may bring a float or NaN, which engines ignore without an error.
        if not isinstance(settings.rate_wpm, int) or not SLOWEST_WPM <= settings.rate_wpm <= FASTEST_WPM:
            raise RequestError(
                f"a rate of {settings.rate_wpm} words a minute can't be spoken; give {SLOWEST_WPM} to {FASTEST_WPM}"
            )
        return replace(settings, engine=engine, voice=voice)

    def find(self, name: str) -> str:
        """Return the id of the voice that ``name`` means: an id, language tag, end of an id or name, in any case.

        A variant may follow after a plus sign, and stays in the id.

        Raises:
            RequestError: when there is no such voice or variant, or several fit.
        """
        # Only espeak knows variants. A system's own ids may hold a plus sign that means nothing.
        base, plus, variant = name.partition("+") if self.variants else (name, "", "")
        key = base.strip().casefold()
        by_id = [voice.id for voice in self.voices if voice.id.casefold() == key]
        by_tag = list(self.tags.get(key.replace("_", "-"), ()))
        by_end = [voice.id for voice in self.voices if voice.id.casefold().endswith(f"/{key}")]
        by_name = [voice.id for voice in self.voices if voice.name.casefold() == key]
        for found in (by_id, by_tag, by_end, by_name):
            if len(found) == 1:
                return found[0] + plus + (self._find_variant(variant) if plus else "")
            if found:
                raise RequestError(f"voice '{base}' may mean {_listed(found)}; ask for one of them by its id")
        for listed in listed_voices():
            if listed.name.casefold() == key:
                hint = f"'audioguide voices get {listed.name}' gets it and says its engine"
                raise RequestError(f"this engine has no voice '{base}' here; {hint}")
        # A voice is looked for by all it is called, and shown by its id; of equal names the first voice's counts.
        ids = {
            term.casefold(): voice.id
            for voice in reversed(self.voices)
            for term in (voice.name, voice.language, voice.id)
        }
        similar = _advice(list(dict.fromkeys(ids[term] for term in similar_names(base.casefold(), ids))))
        raise RequestError(f"there is no voice '{base}'{similar}; 'audioguide voices list' shows all")

    def _find_variant(self, name: str) -> str:
        """Return the variant that ``name`` means, in any case: espeak looks for a file of exactly that name."""
        variants = {variant.casefold(): variant for variant in self.variants}
        key = name.strip().casefold()
        if key not in variants:
            similar = [variants[term] for term in similar_names(key, variants)]
            raise RequestError(f"there is no variant '{name}' of a voice{_advice(similar)}")
        return variants[key]


def tags_of(voices: Sequence[Voice]) -> dict[str, list[str]]:
    """Return each language tag in small letters with the ids of its voices, for engines that rank none of them."""
    tags: dict[str, list[str]] = {}
    for voice in voices:
        tags.setdefault(voice.language.casefold().replace("_", "-"), []).append(voice.id)
    return tags


def similar_names(name: str, known: Iterable[str]) -> list[str]:
    """Return up to five of ``known`` like ``name``: those spelled nearly so, and those that contain it."""
    from difflib import get_close_matches

    pool = sorted(set(known))
    # Ids read like paths ("gmw/en-us"), of which people remember the end: spelling alone would not find it.
    tail = name.rsplit("/", 1)[-1]
    inside = [one for one in pool if len(tail) > 1 and tail in one]
    close = get_close_matches(name, pool, n=MOST_NAMED, cutoff=0.6)
    return list(dict.fromkeys([*close, *inside]))[:MOST_NAMED]


def _listed(ids: Sequence[str]) -> str:
    shown = ", ".join(f"'{one}'" for one in ids[:MOST_NAMED])
    return shown + (f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else "")


def _advice(names: Sequence[str]) -> str:
    return f"; near ones are {_listed(names)}" if names else ""
