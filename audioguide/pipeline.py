"""The road from a protocol to an MP3, in order: prescribe, compose, speak, schedule, render, tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from audioguide.audio.clip import Clip
from audioguide.audio.cues.beeps import Beeps, session_beeps
from audioguide.audio.render.render import render
from audioguide.compose.composer import compose
from audioguide.compose.wording import ENGLISH
from audioguide.errors import RequestError
from audioguide.export.tags.id3 import tag_of
from audioguide.library.builtin import conditions
from audioguide.library.protocol_files import builtin_exercise_ids
from audioguide.model.kinds import BeepRole
from audioguide.model.plan import Plan
from audioguide.model.protocol import Protocol
from audioguide.model.session import Session
from audioguide.model.timeline import Timeline
from audioguide.model.units import LONGEST_SESSION_MS
from audioguide.prescribe.layers import Layer
from audioguide.prescribe.minutes import fitted
from audioguide.prescribe.prescriber import prescribe
from audioguide.schedule.scheduler import schedule
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.registry import default_engine, open_engine
from audioguide.speech.voicing import Voicing
from audioguide.storage.cache import Store, default_cache

Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""

_MOST_PASSES = 4

Sounds = Mapping[BeepRole, Clip]
Speech = Mapping[str, Clip]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A session that is planned and spoken, and not yet rendered.

    Attributes:
        plan: the timed session.
        speech: the clip of each text of the plan, at its final loudness.
        sounds: the clip of each beep.
        store: where encoded sound is kept for the next build.
        session: the doses and words that the plan was made of.
        music: the files of the music, in order; empty for none.
    """

    plan: Plan
    speech: Speech
    sounds: Sounds
    store: Store
    session: Session
    music: tuple[Path, ...] = ()


def prepare_session(
    protocol: Protocol, layers: Sequence[Layer] = (), progress: Progress | None = None, today: date | None = None
) -> Prepared:
    """Return the planned and spoken session of ``protocol`` for the person whose changes ``layers`` are.

    Where they wish for minutes, doses are fitted to them. ``today`` counts the week for who states a start.

    Raises:
        RequestError: for wishes that can't be met, such as an unknown exercise or voice, or sounds that can't be used.
        SpeechError: when the voice engine fails.
    """
    prescribed = partial(prescribe, protocol, library=builtin_exercise_ids(), conditions=conditions(), today=today)
    session = prescribed(layers)
    music = pieces_of(session.files.music)
    beeps = session_beeps(session.sound, session.voice.volume, session.files.beeps)
    session = _with_sounds(session, music, beeps)
    store = default_cache()
    engine = open_engine(session.voice.engine, session.voice.voice)
    try:
        session = _with_voice(session, engine)
        voicing = Voicing(engine, session.voice, session.lexicon, store, session.sound.loudness_lufs)
        timed = partial(_time, voicing=voicing, sounds=beeps.clips, progress=progress)
        session = fitted(protocol, layers, session, prescribed, timed)
        timeline, speech = timed(session)
    finally:
        engine.close()
    used = {text: speech[text] for text in timeline.texts()}
    return Prepared(_plan(session, timeline), used, beeps.clips, store, session, music)


def make_mp3(prepared: Prepared, progress: Progress | None = None) -> Iterator[bytes]:
    """Yield the session as a tagged MP3 file, in pieces; all that can fail has failed before the first.

    Raises:
        RequestError: when a piece of the music can't be read, is silent or too short.
        OutputError: when the encoder failed.
    """

    def on_share(share: float) -> None:
        if progress is not None:
            progress("encode", round(share * 1000), 1000)

    plan = prepared.plan
    voice_lufs, breath_lufs = plan.sound.voice_lufs(plan.voice.volume), plan.sound.breath_lufs(plan.voice.volume)
    heard = plan.timeline, prepared.speech, prepared.sounds
    if plan.sound.music is None:
        stream = render(*heard, on_share, prepared.store, breath_lufs)
    else:
        from audioguide.audio.render.render_music import SessionMusic, render_with_music

        music = SessionMusic(prepared.music, plan.sound.music, voice_lufs)
        stream = render_with_music(*heard, music, on_share, breath_lufs)
    prepared.store.trim()
    return chain([tag_of(plan)], stream.chunks())


def pieces_of(music: Path | None) -> tuple[Path, ...]:
    """Return the files of the music, in order; empty for none.

    Raises:
        RequestError: when there are none where they should be.
    """
    if music is None:
        return ()
    from audioguide.audio.music.pieces import find_pieces

    return find_pieces(music)


def _with_sounds(session: Session, music: tuple[Path, ...], beeps: Beeps) -> Session:
    """Return ``session`` with the names of the user's own sounds; where they lie is nobody's business but theirs."""
    sound = replace(session.sound, own_sounds=beeps.own)
    if sound.music is not None:
        sound = replace(sound, music=replace(sound.music, pieces=tuple(piece.name for piece in music)))
    return replace(session, sound=sound, warnings=(*session.warnings, *beeps.notes))


def _with_voice(session: Session, engine: SpeechEngine) -> Session:
    """Return ``session`` with its voice settled, and a note where that decided the engine."""
    voice = engine.check(session.voice)
    if session.voice.engine or engine.name == default_engine():
        return replace(session, voice=voice)
    note = f"the voice '{voice.voice}' is one of the engine {engine.name}, so that one speaks; name it beside the voice"
    return replace(session, voice=voice, warnings=(*session.warnings, note))


def _time(session: Session, voicing: Voicing, sounds: Sounds, progress: Progress | None) -> tuple[Timeline, Speech]:
    """Speak and schedule until the length that the intro says is the one that comes out, which saying it moves."""
    beep_ms = {role: clip.duration_ms for role, clip in sounds.items()}
    on_done = partial(progress, "voice") if progress is not None else None
    said_ms: int | None = None
    for _ in range(_MOST_PASSES):
        script = compose(session, said_ms)
        speech = voicing.clips(script.texts(), on_done)
        # Where there is music no output falls asleep.
        lead = session.sound.lead is not None and session.sound.music is None
        timeline = schedule(script, {text: clip.duration_ms for text, clip in speech.items()}, beep_ms, lead)
        _refuse_endless(timeline)
        if said_ms is not None and ENGLISH.about(said_ms) == ENGLISH.about(timeline.duration_ms):
            break
        said_ms = timeline.duration_ms
    return timeline, speech


def _refuse_endless(timeline: Timeline) -> None:
    if timeline.duration_ms > LONGEST_SESSION_MS:
        raise RequestError("the session would take over 24 hours, words included; shorten its doses")


def _plan(session: Session, timeline: Timeline) -> Plan:
    return Plan(
        protocol=session.protocol,
        title=session.title,
        profile=session.profile,
        voice=session.voice,
        timeline=timeline,
        sound=session.sound,
        changes=session.changes,
        left_out=session.left_out,
        warnings=session.warnings,
    )
