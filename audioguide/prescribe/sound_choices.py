"""Resolves how a session is to sound for one person: voice, loudness, lead tone, music, breath pacer."""

from __future__ import annotations

from pathlib import Path

from audioguide.errors import RequestError
from audioguide.model.profile import Profile
from audioguide.model.sound import DEFAULT_LUFS, SPEECH_CLEAR_DB, Breath, LeadTone, Music, SoundFiles, SoundSettings
from audioguide.model.units import plain_number, to_ms
from audioguide.model.voice import VoiceCommand, VoiceSettings
from audioguide.prescribe.layers import Layers


def voice_settings(layers: Layers, usual_wpm: int) -> VoiceSettings:
    """Return the voice that a person asks for; what nobody states is left to the engine.

    Args:
        layers: what the person asks for.
        usual_wpm: words a minute where nobody states a rate, which languages differ in.
    """
    usual = VoiceSettings(rate_wpm=usual_wpm)
    return VoiceSettings(
        engine=layers.last(lambda profile: profile.voice.engine, usual.engine),
        voice=layers.last(lambda profile: profile.voice.id, usual.voice),
        rate_wpm=layers.last(lambda profile: profile.voice.rate_wpm, usual.rate_wpm),
        volume=layers.last(lambda profile: profile.voice.volume, usual.volume),
    )


def voice_command(layers: Layers) -> VoiceCommand | None:
    """Return the program of the person's own that the engine `command` runs, or None where no profile names one."""
    choice = layers.last(lambda profile: profile.voice if profile.voice.command else None, None)
    # Program and version are one layer's: its version says nothing about another layer's program.
    return VoiceCommand(choice.command, choice.version or "") if choice and choice.command else None


def sound_settings(layers: Layers) -> SoundSettings:
    """Return the settings after all layers; names of files come with `SoundSettings.played_from`.

    Raises:
        RequestError: when music is on and nothing says which.
    """
    lead = music = None
    if layers.last(lambda profile: profile.lead.on, True):
        lead = LeadTone(
            below_db=layers.last(lambda profile: profile.lead.below_db, LeadTone().below_db),
            length_ms=layers.last(lambda profile: profile.lead.length_ms, LeadTone().length_ms),
        )
    if _music_is_on(layers):
        # Music may be on in one layer and named in another, so only all of them together can lack it.
        if layers.last(lambda profile: profile.music.path, None) is None:
            raise RequestError("music is on, but nothing says which; name a file or folder with --music, or music.path")
        music = Music(
            pieces=(),
            below_db=layers.last(lambda profile: profile.music.below_db, Music(()).below_db),
            duck_db=layers.last(lambda profile: profile.music.duck_db, Music(()).duck_db),
        )
    loudness_lufs = layers.last(lambda profile: profile.sound.loudness_lufs, DEFAULT_LUFS)
    return SoundSettings(loudness_lufs=loudness_lufs, lead=lead, music=music, breath=breath_settings(layers))


def breath_settings(layers: Layers) -> Breath | None:
    """Return how the breath pacer goes, or None where nobody wants it."""
    if not layers.last(lambda profile: profile.breath.on, False):
        return None
    # Files state seconds, the program counts milliseconds, so the usual lengths are not simply defaults here.
    in_s = layers.last(lambda profile: profile.breath.in_s, None)
    out_s = layers.last(lambda profile: profile.breath.out_s, None)
    return Breath(
        in_ms=Breath().in_ms if in_s is None else to_ms(in_s),
        out_ms=Breath().out_ms if out_s is None else to_ms(out_s),
        below_db=layers.last(lambda profile: profile.breath.below_db, Breath().below_db),
    )


def sound_notes(sound: SoundSettings) -> tuple[str, ...]:
    """Return what may be a mistake in how a session sounds, a line each."""
    music = sound.music
    if music is None or music.below_speech_db >= SPEECH_CLEAR_DB:
        return ()
    clear_db = plain_number(SPEECH_CLEAR_DB)
    lies = f"music lies {plain_number(music.below_speech_db)} dB below the voice while it speaks"
    asked = f"WCAG 2.2 (1.4.7) asks for {clear_db}"
    return (f"{lies}, and {asked}; raise music.below_db or music.duck_db until they come to {clear_db}",)


def sound_files(layers: Layers) -> SoundFiles:
    """Return where the person's own sounds lie; music only where it is on."""
    music = layers.last(lambda profile: profile.music.path, None) if _music_is_on(layers) else None
    beeps = layers.last(lambda profile: profile.sound.beeps, None)
    return SoundFiles(None if music is None else Path(music), None if beeps is None else Path(beeps))


def _music_is_on(layers: Layers) -> bool:
    """Return what the strongest layer says: a layer that names music wants it, unless it says that it is off."""

    def wanted(profile: Profile) -> bool | None:
        return True if profile.music.on is None and profile.music.path is not None else profile.music.on

    return layers.last(wanted, False)
