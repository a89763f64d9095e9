"""The beeps of one session: shipped or the user's own, as loud as its voice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from msgspec import Struct

from audioguide.audio.clip import Clip
from audioguide.audio.cues.tones import lead_tone, load_sounds
from audioguide.audio.level.decibels import amplitude_to_db, db_to_amplitude
from audioguide.model.kinds import BeepRole
from audioguide.model.sound import DEFAULT_LUFS, LeadTone, SoundSettings


class Beeps(Struct, frozen=True):
    """The sound of every role.

    Attributes:
        clips: by role, 24 kHz, as loud as they are heard.
        own: the roles whose sound is the user's own.
        notes: what the user should know of their own sounds, a line each.
    """

    clips: dict[BeepRole, Clip]
    own: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def session_beeps(sound: SoundSettings, volume: float, folder: Path | None = None) -> Beeps:
    """Return the beeps of a session.

    Args:
        sound: how it is to sound.
        volume: the voice's factor on its loudness; beeps go with it.
        folder: the user's own sounds, each in the place of a shipped one; None for none.

    Raises:
        RequestError: for a sound of the user's that can't be used.
        InstallationError: when a sound is not the one that came with the program.
    """
    clips = load_sounds()
    own_clips: dict[BeepRole, Clip] = {}
    notes: tuple[str, ...] = ()
    if folder is not None:
        # Reading sound files of any kind takes a while to load, which most sessions do without.
        from audioguide.audio.cues.own_sounds import own_sounds

        own = own_sounds(folder, clips)
        own_clips, notes = own.clips, own.notes
    lead = sound.lead or LeadTone()
    if lead.length_ms is not None:
        clips[BeepRole.LEAD] = lead_tone(lead.length_ms)
    clips |= own_clips
    # The shipped beeps are made to sit with a voice at the default loudness; they follow it up and down.
    level_db = sound.loudness_lufs - DEFAULT_LUFS + amplitude_to_db(volume)
    # The shipped lead tone lies as far below the voice as the default says, so only the difference is turned.
    lead_db = level_db + LeadTone().below_db - lead.below_db
    for role, clip in clips.items():
        gain_db = lead_db if role is BeepRole.LEAD else level_db
        if gain_db:
            clips[role] = Clip(clip.samples * np.float32(db_to_amplitude(gain_db)))
    if lead.length_ms is not None and BeepRole.LEAD in own_clips:
        notes += (
            f"the lead tone is a sound of your own and has its length; the {lead.length_ms} ms asked for are not used",
        )
    return Beeps(clips, own=tuple(role.value for role in BeepRole if role in own_clips), notes=notes)
