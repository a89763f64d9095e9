"""What tests share: short protocols, fake lengths of speech and beeps, and a session timed without a voice."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from audioguide.audio.clip import Clip
from audioguide.audio.parallel import in_parallel
from audioguide.compose.composer import compose
from audioguide.library.builtin import conditions, exercises
from audioguide.library.protocol_files import parse_protocol
from audioguide.model.kinds import BeepRole
from audioguide.model.profile import Profile
from audioguide.model.protocol import Protocol
from audioguide.model.script import Break, Line, Script
from audioguide.model.session import Session
from audioguide.model.timeline import Timeline
from audioguide.model.voice import VoiceSettings
from audioguide.prescribe.layers import Layer
from audioguide.prescribe.prescriber import prescribe
from audioguide.schedule.scheduler import schedule
from audioguide.speech.engines.engine import SpeechEngine

BEEP_MS: Mapping[BeepRole, int] = dict.fromkeys(BeepRole, 300) | {
    BeepRole.COUNTDOWN: 120,
    BeepRole.REP: 60,
    BeepRole.REP_LEFT: 60,
    BeepRole.REP_PART: 60,
    BeepRole.LEAD: 150,
    BeepRole.DONE: 1200,
}

HEAD = 'format = 1\nid = "test"\ntitle = "Test session"\n'

HOLD = """
[[phase]]
title = "Stretch"
exercises = ["reach"]
[exercise.reach]
name = "Reach"
sides = "each"
hold_s = { default = 45, min = 30, max = 60 }
setup = ["Kneel on your {side} knee.", "Look ahead."]
coaching = ["Breathe out.", "Reach with your {other_side} hand."]
mistake = ["Don't arch."]
caution = ["Stay off the bone."]
"""

REPS = """
[[phase]]
title = "Strengthen"
exercises = ["bridge"]
[exercise.bridge]
name = "Bridge"
reps = 4
sets = 2
tempo = [ { say = "Lift", s = 1 }, { say = "Hold", s = 3 }, { say = "Lower", s = 2 } ]
rest_s = 20
"""


def parsed(text: str) -> Protocol:
    """Return the protocol in ``text``, with a head where it has none."""
    return parse_protocol(tomllib.loads(text if "format" in text else HEAD + text), "test.toml")


def layer(by: str | None = None, **table: Any) -> Layer:
    """Return a layer of changes: of a profile called ``by``, or the options of the command line."""
    profile = Profile.model_validate(table)
    return Layer.of_options(profile) if by is None else Layer(by, profile)


def session_of(protocol: Protocol, *layers: Layer) -> Session:
    """Return the session that ``layers`` make of ``protocol``."""
    return prescribe(protocol, layers, exercises(), conditions())


def speech_ms(text: str) -> int:
    """Return a length in proportion to the text, as a slow speaker's."""
    return 250 + 60 * len(text)


def timed(
    session: Session, length_ms: int | None = 1_200_000, length_of: Callable[[str], int] = speech_ms
) -> tuple[Script, Timeline]:
    """Return the script of ``session`` and its timeline with fake lengths of speech."""
    script = compose(session, length_ms)
    return script, schedule(script, {text: length_of(text) for text in script.texts()}, BEEP_MS)


def without_pauses(script: Script) -> Timeline:
    """Return the timeline of ``script``, with fake lengths of speech, as it is where no step asks for time to do it."""
    steps = tuple(
        replace(step, lines=still(step.lines), last=still(step.last)) if isinstance(step, Break) else step
        for step in script.steps
    )
    return schedule(Script(steps), {text: speech_ms(text) for text in script.texts()}, BEEP_MS)


def still(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return ``lines`` as if none of them moved the person."""
    return tuple(replace(line, moves=False) for line in lines)


def timeline_of(text: str, *layers: Layer) -> Timeline:
    """Return the timeline of the protocol in ``text``."""
    return timed(session_of(parsed(text), *layers))[1]


def speak_all(engine: SpeechEngine, texts: Iterable[str], settings: VoiceSettings) -> dict[str, Clip]:
    """Return each distinct text as ``engine`` speaks it, as many at once as it is worth."""
    distinct = list(dict.fromkeys(texts))
    clips = in_parallel(distinct, lambda text: engine.synthesize(text, settings), engine.parallel)
    return dict(zip(distinct, clips, strict=True))
