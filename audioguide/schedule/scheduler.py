"""Gives every cue, hold, rep and rest its absolute time. Times are decided here and nowhere else; rendering obeys.

Sounds stand on the MP3 frame grid. The exception is a hold's countdown, which is evenly spaced back from its end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from audioguide.model.kinds import BeepRole
from audioguide.model.script import Break, Finish, Hold, Line, RepSet, Say, Script, Step
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
    opening_ms = max(OPENING_SILENCE_MS, lead_ms + LEAST_OPENING_MS)
    placer = Placer(speech_ms, beep_ms, opening_ms)
    _place(placer, _with_fallbacks(script, frozenset()))
    fallbacks = {line.when.key for line in script.lines() if line.when is not None and line.when.fallback}
    if unheard := fallbacks - placer.heard:
        # Whether a later step has room is known only when it is timed, and nothing that has a time moves.
        placer = Placer(speech_ms, beep_ms, opening_ms)
        _place(placer, _with_fallbacks(script, unheard))
    timeline = placer.timeline()
    return with_lead_tones(timeline, beep_ms[BeepRole.LEAD]) if lead else timeline


def _place(placer: Placer, steps: Sequence[Step]) -> None:
    """Place ``steps`` one after the other."""
    for step, following in zip_longest(steps, steps[1:]):
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


def _with_fallbacks(script: Script, keys: Collection[str]) -> tuple[Step, ...]:
    """Return the steps of ``script`` without the fallbacks in its breaks, but for those of ``keys``."""

    def is_said(line: Line) -> bool:
        return line.when is None or not line.when.fallback or line.when.key in keys

    return tuple(
        replace(step, lines=tuple(filter(is_said, step.lines))) if isinstance(step, Break) else step
        for step in script.steps
    )
