"""Resolves how a session is to sound for one person: loudness, lead tone, music, breath pacer. `prescribe` calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from audioguide.errors import RequestError
from audioguide.model.profile import Profile
from audioguide.model.sound import DEFAULT_LUFS, Breath, LeadTone, Music, SoundFiles, SoundSettings
from audioguide.model.units import to_ms
from audioguide.prescribe.layers import Layers

T = TypeVar("T")


def sound_settings(layers: Layers) -> SoundSettings:
    """Return the settings after all layers; the names of the music's pieces and of own beeps are filled in later.

    Raises:
        RequestError: when music is on and nothing says which.
    """
    return SoundSettings(
        loudness_lufs=layers.last(lambda profile: profile.sound.loudness_lufs, DEFAULT_LUFS),
        lead=_lead(layers),
        music=_music(layers),
        breath=_breath(layers),
    )


def sound_files(layers: Layers) -> SoundFiles:
    """Return where the person's own sounds lie; music only where it is on."""
    music = layers.last(lambda profile: profile.music.path, None) if _music_is_on(layers) else None
    beeps = layers.last(lambda profile: profile.sound.beeps, None)
    return SoundFiles(None if music is None else Path(music), None if beeps is None else Path(beeps))


def _lead(layers: Layers) -> LeadTone | None:
    usual = LeadTone()
    if not layers.last(lambda profile: profile.lead.on, True):
        return None
    return LeadTone(
        below_db=layers.last(lambda profile: profile.lead.below_db, usual.below_db),
        length_ms=layers.last(lambda profile: profile.lead.length_ms, usual.length_ms),
    )


def _music_is_on(layers: Layers) -> bool:
    """Return what the strongest layer says: a layer that names music wants it, unless it says that it is off."""

    def wanted(profile: Profile) -> bool | None:
        return True if profile.music.on is None and profile.music.path is not None else profile.music.on

    return layers.last(wanted, False)


def _music(layers: Layers) -> Music | None:
    if not _music_is_on(layers):
        return None
    if layers.last(lambda profile: profile.music.path, None) is None:
        raise RequestError("music is on, but nothing says which; name a file or folder with --music, or music.path")
    usual = Music(())
    return Music(
        pieces=(),
        below_db=layers.last(lambda profile: profile.music.below_db, usual.below_db),
        duck_db=layers.last(lambda profile: profile.music.duck_db, usual.duck_db),
    )


def _breath(layers: Layers) -> Breath | None:
    if not layers.last(lambda profile: profile.breath.on, False):
        return None
    usual = Breath()

    def length_ms(pick: Callable[[Profile], float | None], default_ms: int) -> int:
        seconds = layers.last(pick, None)
        return default_ms if seconds is None else to_ms(seconds)

    return Breath(
        in_ms=length_ms(lambda profile: profile.breath.in_s, usual.in_ms),
        out_ms=length_ms(lambda profile: profile.breath.out_s, usual.out_ms),
        below_db=layers.last(lambda profile: profile.breath.below_db, usual.below_db),
    )
