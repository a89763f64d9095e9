"""The road from a protocol to an MP3, in order: prescribe, compose, speak, schedule, render, tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from audioguide.audio.clip import Clip
from audioguide.audio.render import render
from audioguide.audio.tones import load_sounds
from audioguide.audio.voice import prepare
from audioguide.export.id3 import tag
from audioguide.library.builtin import conditions, exercises
from audioguide.model.kinds import BeepRole
from audioguide.model.plan import Plan
from audioguide.model.protocol import Protocol
from audioguide.model.script import Script
from audioguide.model.session import Session
from audioguide.model.timeline import Timeline
from audioguide.model.voice import VoiceSettings
from audioguide.planning.compose import compose
from audioguide.planning.layers import Layer
from audioguide.planning.prescribe import prescribe
from audioguide.planning.schedule import schedule
from audioguide.speech.batch import speak_all
from audioguide.speech.engine import SpeechEngine
from audioguide.speech.normalise import spoken
from audioguide.speech.registry import open_engine

Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""

Sounds = Mapping[BeepRole, Clip]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A session that is planned and spoken, and not yet rendered.

    Attributes:
        plan: the timed session.
        speech: the clip of each text of the plan, at its final loudness.
        sounds: the clip of each beep.
    """

    plan: Plan
    speech: Mapping[str, Clip]
    sounds: Sounds


def prepare_session(protocol: Protocol, layers: Sequence[Layer] = (), progress: Progress | None = None) -> Prepared:
    """Return the planned and spoken session of ``protocol`` for the person whose changes ``layers`` are.

    Raises:
        RequestError: for wishes that can't be met, such as an unknown exercise or voice.
        SpeechError: when the voice engine fails.
    """
    session = prescribe(protocol, layers, exercises(), conditions())
    sounds = load_sounds()
    engine = open_engine(session.voice.engine)
    try:
        session = replace(session, voice=engine.check(session.voice))
        timeline, speech = _time(session, engine, sounds, progress)
    finally:
        engine.close()
    return Prepared(_plan(session, timeline), {text: speech[text] for text in timeline.texts()}, sounds)


def make_mp3(prepared: Prepared, progress: Progress | None = None) -> bytes:
    """Return the session as a tagged MP3 file."""

    def on_share(share: float) -> None:
        if progress is not None:
            progress("encode", round(share * 1000), 1000)

    audio = render(prepared.plan.timeline, prepared.speech, prepared.sounds, on_share)
    return tag(audio, prepared.plan)


def _time(
    session: Session, engine: SpeechEngine, sounds: Sounds, progress: Progress | None
) -> tuple[Timeline, dict[str, Clip]]:
    """Speak and schedule twice: the intro says how long the session is, and only a first schedule knows that."""
    beep_ms = {role: clip.duration_ms for role, clip in sounds.items()}
    speech: dict[str, Clip] = {}
    length_ms: int | None = None
    for _ in range(2):
        script = compose(session, length_ms)
        speech |= _speak(script, session, engine, speech, progress)
        timeline = schedule(script, {text: clip.duration_ms for text, clip in speech.items()}, beep_ms)
        length_ms = timeline.duration_ms
    return timeline, speech


def _speak(
    script: Script, session: Session, engine: SpeechEngine, known: Mapping[str, Clip], progress: Progress | None
) -> dict[str, Clip]:
    """Return a clip for each text of the script that is not known yet."""
    words = {text: spoken(text, session.lexicon) for text in script.texts() if text not in known}

    def on_done(done: int, total: int) -> None:
        if progress is not None:
            progress("voice", done, total)

    raw = speak_all(engine, list(words.values()), session.voice, on_done)
    levelled = {said: _levelled(clip, session.voice) for said, clip in raw.items()}
    return {text: levelled[said] for text, said in words.items()}


def _levelled(clip: Clip, voice: VoiceSettings) -> Clip:
    return prepare(clip, volume=voice.volume)


def _plan(session: Session, timeline: Timeline) -> Plan:
    return Plan(
        protocol=session.protocol,
        title=session.title,
        profile=session.profile,
        voice=session.voice,
        timeline=timeline,
        changes=session.changes,
        left_out=session.left_out,
        warnings=session.warnings,
    )
