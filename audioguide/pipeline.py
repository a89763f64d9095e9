"""The way from a protocol to an MP3, in order: prescribe, compose, speak, schedule, render, tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from audioguide.audio.clip import Clip
from audioguide.audio.cues.beeps import session_beeps
from audioguide.audio.level.fingerprint import fingerprint
from audioguide.audio.render.render import render
from audioguide.compose.composer import compose
from audioguide.compose.notices import notices
from audioguide.compose.other_doses import texts_of_other_doses
from audioguide.compose.wording import ENGLISH
from audioguide.errors import RequestError, SpeechError
from audioguide.export.figures.pictures import FIGURE_VERSION, PNG, Picture
from audioguide.export.figures.shown_figures import Shown
from audioguide.export.tags.id3 import tag_of
from audioguide.library.builtin import conditions
from audioguide.library.protocol_files import and_breaks, builtin_exercise_ids
from audioguide.library.text_places import place_of
from audioguide.model.kinds import BeepRole
from audioguide.model.limits import LAST_WEEK, LONGEST_SESSION_MS
from audioguide.model.pictured import OwnPicture
from audioguide.model.plan import Fingerprint, Omitted, PersonNote, Plan, Recording
from audioguide.model.profile import Profile
from audioguide.model.progress import Progress
from audioguide.model.protocol import Programme, Protocol
from audioguide.model.protocol_weeks import distinct_until, last_week, stated_weeks
from audioguide.model.script import Script
from audioguide.model.session import Session, SessionPhase
from audioguide.model.sound import SoundSettings
from audioguide.model.timeline import Timeline
from audioguide.model.voice import DEFAULT_WPM, VoiceSettings
from audioguide.prescribe.layers import Layer, Layers
from audioguide.prescribe.prescriber import prescribe
from audioguide.prescribe.progression import protocol_of
from audioguide.prescribe.sound_choices import sound_files, sound_notes, sound_settings, voice_command, voice_settings
from audioguide.schedule.efforts import word_limits_ms
from audioguide.schedule.scheduler import schedule
from audioguide.schedule.shortages import shortages
from audioguide.speech.engines.engine import SpeechEngine
from audioguide.speech.own_clips import read_own_clips
from audioguide.speech.registry import default_engine, open_engine
from audioguide.speech.text.expected import expected_ms
from audioguide.speech.voice_language import language_note
from audioguide.speech.voicing import Voicing
from audioguide.storage.cache import Store, default_cache, digest

# Two do nearly always; a length on the edge between two wordings could change its words for ever.
_MOST_PASSES = 4

_FIGURE_KIND = "figure"
"""What pictures are kept as between builds."""

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
        pictures: the user's own picture of each exercise that has one.
    """

    plan: Plan
    speech: Speech
    sounds: Sounds
    store: Store
    session: Session
    music: tuple[Path, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=lambda: MappingProxyType({}))

    def picture_of(self, shown: Shown) -> Picture | None:
        """Return the picture of a figure, for its chapters; None where this program knows none of that name."""
        name, side = shown.figure.figure, shown.side
        if shown.figure.alt is not None:
            return self.pictures.get(shown.figure.exercise)
        key = digest("figure", FIGURE_VERSION, name, side)
        data = self.store.get(_FIGURE_KIND, key)
        if data is None:
            # Loaded only where one has to be drawn, which takes longer than the rest of a tag.
            from audioguide.export.figures.figure_png import figure_png

            data = figure_png(name, side)
            if data is not None:
                self.store.put(_FIGURE_KIND, key, data)
        return None if data is None else Picture(name, PNG, data)


@dataclass(frozen=True, slots=True)
class SessionPlanner:
    """Makes sessions of one protocol and times them with the real voice; what `prescribe.fit.Planner` asks for.

    Attributes:
        protocol: what is done.
        today: from which weeks are counted.
        voicing: what speaks; it remembers every clip, so that nothing is spoken twice.
        sounds: the clip of each beep.
        sound: how the session sounds.
        progress: told how much is spoken.
    """

    protocol: Protocol
    today: date | None
    voicing: Voicing
    sounds: Sounds
    sound: SoundSettings
    progress: Progress | None

    def prescribe(self, layers: Sequence[Layer]) -> Session:
        """Return the session that ``layers`` make, the strongest last."""
        return prescribed(self.protocol, layers, self.today)

    def time(self, session: Session) -> Timeline:
        """Return ``session`` spoken and scheduled.

        Raises:
            RequestError: when it takes over 24 hours, words included.
            SpeechError: when the voice engine fails.
        """

        def lengths_ms(script: Script) -> dict[str, int]:
            try:
                clips = self.voicing.clips(script.texts(), self.progress, word_limits_ms(script))
            except SpeechError as error:
                where = place_of(error.text, self.protocol) if error.text else ""
                if not where:
                    raise
                raise SpeechError(f"{self.protocol.id}: {where}: {error}") from error
            return {text: clip.duration_ms for text, clip in clips.items()}

        return self._scheduled(session, lengths_ms)

    def estimate(self, session: Session) -> Timeline:
        """Return ``session`` scheduled as `time` would, with the length of what was not spoken yet taken from its text.

        Raises:
            RequestError: when it takes over 24 hours, words included.
        """
        return self._scheduled(session, lambda script: self.voicing.expected_ms(script.texts()))

    def _scheduled(self, session: Session, lengths_ms: Callable[[Script], dict[str, int]]) -> Timeline:
        beep_ms = {role: clip.duration_ms for role, clip in self.sounds.items()}
        # Where there is music no output falls asleep.
        lead = self.sound.lead is not None and self.sound.music is None
        said_ms: int | None = None
        # The intro says how long the session takes, and saying it takes time: the length that is said must come out.
        for _ in range(_MOST_PASSES):
            script = compose(session, said_ms)
            timeline = schedule(script, lengths_ms(script), beep_ms, lead)
            if timeline.duration_ms > LONGEST_SESSION_MS:
                raise RequestError("the session would take over 24 hours, words included; shorten its doses")
            if said_ms is not None and ENGLISH.about(said_ms) == ENGLISH.about(timeline.duration_ms):
                break
            said_ms = timeline.duration_ms
        return timeline


def prepare_session(
    protocol: Protocol, layers: Sequence[Layer] = (), progress: Progress | None = None, today: date | None = None
) -> Prepared:
    """Return the planned and spoken session of ``protocol`` for the person whose changes ``layers`` are.

    Where they wish for minutes, doses are fitted to them. ``progress`` is told how much is spoken; ``today`` counts the
    week for who states a start.

    Raises:
        RequestError: for wishes that can't be met, such as an unknown exercise or voice, or sounds and recordings that
            can't be used.
        SpeechError: when the voice engine fails.
    """
    # First, so that a wrong wish is refused before files are read and a voice starts.
    session = prescribed(protocol, layers, today)
    laid = Layers(layers)
    own = read_own_clips(protocol)
    store = default_cache()
    pictures = read_own_pictures(protocol.own_pictures(), store)
    wanted, files, asked_voice = sound_settings(laid), sound_files(laid), voice_settings(laid)
    music = pieces_of(files.music)
    beeps = session_beeps(wanted, asked_voice.volume, files.beeps)
    # Only names: where the files lie is nobody's business but the user's, and a plan goes with the MP3.
    sound = wanted.played_from(pieces=tuple(piece.name for piece in music), own_sounds=beeps.own)
    with closing(open_engine(asked_voice.engine, asked_voice.voice, voice_command(laid))) as engine:
        voice = engine.check(asked_voice)
        voicing = Voicing(engine, voice, session.lexicon, store, loudness_lufs=sound.loudness_lufs, own=own)
        planner = SessionPlanner(protocol, today, voicing, beeps.clips, sound=sound, progress=progress)
        about_sound = (*beeps.notes, *sound_notes(sound), *_voice_notes(engine, voice, asked_voice, protocol.language))
        minutes = laid.last(lambda profile: profile.minutes, None)
        about_minutes: tuple[str, ...] = ()
        if minutes is None:
            timeline = planner.time(session)
        else:
            from audioguide.prescribe.fit import fit

            fitted = fit(protocol_of(protocol, session.week), layers, minutes, planner)
            session, timeline, about_minutes = fitted.best.session, fitted.best.timeline, fitted.warnings
        # Only what is heard: trials speak wordings that found no room.
        speech = voicing.clips(timeline.texts(), within_ms=word_limits_ms(compose(session, None)))
        voicing.speak_ahead(texts_of_other_doses(session, timeline.duration_ms))
    plan = Plan(
        protocol=session.protocol,
        title=session.title,
        profile=session.profile,
        voice=voice,
        timeline=timeline,
        sound=sound,
        changes=session.changes,
        left_out=tuple(Omitted(omission.exercise, omission.name, omission.why) for omission in session.left_out),
        warnings=tuple(dict.fromkeys((*session.warnings, *about_sound, *about_minutes, *shortages(timeline)))),
        week=session.week,
        seed=session.seed,
        notes=tuple(PersonNote(exercise, text) for exercise, text in session.notes().items()),
        recordings=tuple(Recording(text, own[text].name) for text in timeline.texts() if text in own),
        figures=session.figures(),
        notices=tuple(line.text for line in notices(session, ENGLISH)),
        fingerprints=tuple(Fingerprint(text, fingerprint(clip.samples)) for text, clip in speech.items()),
    )
    return Prepared(plan, speech, beeps.clips, store, session=session, music=music, pictures=pictures)


def _voice_notes(engine: SpeechEngine, voice: VoiceSettings, asked: VoiceSettings, language: str) -> Iterator[str]:
    """Yield what a person should know of the voice that speaks, a line each."""
    if (note := language_note(engine, voice, language)) is not None:
        yield note
    if not asked.engine and engine.name != default_engine():
        yield f"the voice '{voice.voice}' is one of {engine.name}, so that engine speaks; name it with the voice"


def break_phases(
    protocol: Protocol, layers: Sequence[Layer] = (), today: date | None = None
) -> tuple[SessionPhase, ...]:
    """Return what is done in the breaks that ``protocol`` states, as this person does them behind the session.

    Empty where it states none, or this person leaves all of it out.

    Raises:
        RequestError: for wishes that can't be met.
    """
    if protocol.breaks is None:
        return ()
    # Behind the session, so that wishes for its exercises are known there too; of both, the breaks come last.
    before = len(prescribed(protocol, layers, today).phases)
    return prescribed(and_breaks(protocol), layers, today).phases[before:]


def read_own_pictures(pictures: Mapping[str, OwnPicture], store: Store) -> dict[str, Picture]:
    """Return the user's own ``pictures``, by their exercises, as they are shown; they are kept in ``store``.

    Raises:
        RequestError: with a line for each picture that is missing, damaged, too large, or could run or load something,
            and where the protocol names it.
    """
    found, problems = {}, []
    for exercise, picture in pictures.items():
        # Loaded only where there are pictures, which most protocols do without.
        from audioguide.export.figures.own_pictures import OWN_PICTURE_VERSION, finished_picture, read_picture

        try:
            data = read_picture(picture)
            key = digest("own picture", OWN_PICTURE_VERSION, picture.path.suffix, sha256(data).hexdigest())
            kept = store.get(_FIGURE_KIND, key)
            if kept is not None:
                media_type, _, kept_data = kept.partition(b"\n")
                found[exercise] = Picture(picture.path.name, media_type.decode(), kept_data)
            else:
                found[exercise] = finished = finished_picture(picture.path, data)
                store.put(_FIGURE_KIND, key, finished.media_type.encode() + b"\n" + finished.data)
        except RequestError as error:
            problems.append(f"{picture.source}: exercise.{exercise}.figure: {error}")
    if problems:
        raise RequestError("\n".join(problems))
    return found


def expected_shortages(protocol: Protocol) -> tuple[str, ...]:
    """Return what ``protocol`` has no room for at its own doses, a line each, without speaking it.

    How long its words take is estimated, so what only just fits or doesn't may come out otherwise with a voice.

    Raises:
        RequestError: when it can't be done as it stands, such as over 24 hours.
    """
    # The rules of reading take a while to load, which most builds do without.
    from audioguide.speech.text.normalise import spoken

    beeps = session_beeps(SoundSettings(), volume=1.0).clips
    beep_ms = {role: clip.duration_ms for role, clip in beeps.items()}
    distinct: dict[object, Session] = {}
    for session in week_sessions(protocol) or (prescribed(protocol),):
        distinct.setdefault(session.phases, session)
    found: list[str] = []
    for session in distinct.values():
        script = compose(session, 0)
        lengths_ms = {text: expected_ms(spoken(text, {}), DEFAULT_WPM) for text in script.texts()}
        of_week = "" if session.week is None else f"week {session.week}: "
        found += [f"{of_week}{line}" for line in shortages(schedule(script, lengths_ms, beep_ms))]
    return tuple(found)


def week_sessions(protocol: Protocol, layers: Sequence[Layer] = ()) -> tuple[Session, ...]:
    """Return the session of each week, up to the one from which on nothing changes; empty where no weeks are stated.

    Raises:
        RequestError: for wishes that can't be met, such as a week of which nothing is left to do.
    """
    if not stated_weeks(protocol):
        return ()
    programme = protocol.programme or Programme()
    until = last_week(protocol) or max(distinct_until(protocol), programme.grow_until_week or 1)
    sessions: list[Session] = []
    # Growth that had no room in its week comes later, where there are later weeks.
    goes_on = last_week(protocol) is None
    while len(sessions) < until or (goes_on and sessions[-1].growth_waits and len(sessions) < LAST_WEEK):
        week = Layer("programme", Profile(week=len(sessions) + 1))
        sessions.append(prescribed(protocol, [*layers, week]))
    return tuple(sessions)


def make_mp3(prepared: Prepared, progress: Progress | None = None) -> Iterator[bytes]:
    """Yield the session as a tagged MP3 file, in pieces; all that can fail has failed before the first.

    ``progress`` is told how much is encoded.

    Raises:
        RequestError: when a piece of the music can't be read, is silent or too short.
        OutputError: when the encoder failed.
    """
    plan = prepared.plan
    voice_lufs, breath_lufs = plan.sound.voice_lufs(plan.voice.volume), plan.sound.breath_lufs(plan.voice.volume)
    heard = plan.timeline, prepared.speech, prepared.sounds
    if plan.sound.music is None:
        stream = render(*heard, progress, prepared.store, breath_lufs)
    else:
        from audioguide.audio.render.render_music import SessionMusic, render_with_music

        music = SessionMusic(prepared.music, plan.sound.music, voice_lufs)
        stream = render_with_music(*heard, music, progress, breath_lufs)
    tag = tag_of(plan, prepared.picture_of)
    prepared.store.trim()
    return chain([tag], stream.chunks())


def pieces_of(music: Path | None) -> tuple[Path, ...]:
    """Return the files of the music, in order; empty for none.

    Raises:
        RequestError: when there are none where they should be.
    """
    if music is None:
        return ()
    # Loaded only where there is music, which most sessions do without.
    from audioguide.audio.music.pieces import find_pieces

    return find_pieces(music)


def prescribed(protocol: Protocol, layers: Sequence[Layer] = (), today: date | None = None) -> Session:
    """Return the session of ``protocol`` for the person whose changes ``layers`` are, at its usual minutes.

    Raises:
        RequestError: for wishes that can't be met.
    """
    return prescribe(protocol, layers, builtin_exercise_ids(), conditions=conditions(), today=today)
