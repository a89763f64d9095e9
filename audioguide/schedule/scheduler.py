"""Gives every cue, hold, rep and rest its absolute time. Times are decided here and nowhere else; rendering obeys.

Sounds stand on the MP3 frame grid. The exception is a hold's countdown, which is evenly spaced back from its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from audioguide.model.kinds import BeepRole
from audioguide.model.script import Break, Finish, Hold, RepSet, Say, Script
from audioguide.model.timeline import Timeline
from audioguide.model.units import FRAME_MS
from audioguide.schedule.breaks import place_break, place_finish, place_say
from audioguide.schedule.efforts import place_hold, place_reps
from audioguide.schedule.lead_tones import ahead_ms, with_lead_tones
from audioguide.schedule.placer import Placer

OPENING_SILENCE_MS = 42 * FRAME_MS
"""Silence before the first word, or before its lead tone where that is long: players that fade in cut nothing."""

LEAST_OPENING_MS = 21 * FRAME_MS
"""Silence before the first lead tone, however long the tone is."""


def schedule(
    script: Script, speech_ms: Mapping[str, int], beep_ms: Mapping[BeepRole, int], lead: bool = True
) -> Timeline:
    """Return the timeline of ``script``.

    Args:
        script: what is said and done, in order.
        speech_ms: how long each text of the script lasts when spoken.
        beep_ms: how long each beep lasts.
        lead: whether a soft tone comes ahead of sound after silence.

    Raises:
        KeyError: when the length of a text or beep is missing.
    """
    # Room for the first lead tone, which is placed when all else has its time.
    lead_ms = ahead_ms(beep_ms[BeepRole.LEAD]) if lead else 0
    placer = Placer(speech_ms, beep_ms, max(OPENING_SILENCE_MS, lead_ms + LEAST_OPENING_MS))
    for step, following in zip_longest(script.steps, script.steps[1:]):
        match step:
            case Say():
                place_say(placer, step)
            case Break():
                place_break(placer, step, following)
            case Hold():
                place_hold(placer, step)
            case RepSet():
                place_reps(placer, step)
            case Finish():
                place_finish(placer, step)
    timeline = placer.timeline()
    return with_lead_tones(timeline, beep_ms[BeepRole.LEAD]) if lead else timeline
