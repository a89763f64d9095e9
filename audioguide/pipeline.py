"""The way from a protocol to an MP3, in order: prescribe, compose, speak, schedule, render, tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from audioguide.audio.clip import Clip
from audioguide.audio.cues.beeps import session_beeps
from audioguide.audio.level.fingerprint import fingerprint_of
from audioguide.audio.mp3.mp3_stream import Mp3Stream
from audioguide.audio.render.render import render
from audioguide.compose.composer import compose, with_length
from audioguide.compose.notices import notices
from audioguide.compose.other_doses import texts_of_other_doses
from audioguide.errors import ProblemsError, RequestError, SpeechError
from audioguide.export.figures.pictures import FIGURE_VERSION, PNG, Picture
from audioguide.export.figures.shown_figures import Shown
from audioguide.export.tags.id3 import tag_of
from audioguide.languages.registry import find
from audioguide.languages.spoken_form import reading_of, speaking_of
from audioguide.library.builtin import conditions
from audioguide.library.language_guess import other_language_note
from audioguide.library.protocol_files import and_breaks, builtin_exercise_ids
from audioguide.library.text_places import place_of
from audioguide.library.translations import same_language
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
from audioguide.model.units import FRAME_MS
from audioguide.model.voice import VoiceSettings
from audioguide.prescribe.layers import Layer, Layers
from audioguide.prescribe.prescriber import prescribe
from audioguide.prescribe.progression import protocol_of
from audioguide.prescribe.sound_choices import sound_files, sound_notes, sound_settings, voice_command, voice_settings
from audioguide.schedule.efforts import word_limits_ms
from audioguide.schedule.scheduler import schedule
from audioguide.schedule.shortages import shortages
from audioguide.speech.open_voices import OpenVoices
from audioguide.speech.own_clips import read_own_clips
from audioguide.speech.text.clean import excerpt
from audioguide.speech.text.expected import expected_ms
from audioguide.speech.voicing import Texts, Voicing
from audioguide.storage.cache import Store, default_cache, digest

# Two do nearly always; a length on the edge between two wordings could change its words for ever.
_MOST_PASSES = 4

_LONGEST_SAYING_MS = 20_000
"""The sentence of the length, and what may give way to it, takes less, at the slowest rate too."""

_FIGURE_KIND = "figure"
"""What pictures are kept as between builds."""

Sounds = Mapping[BeepRole, Clip]
Speech = Mapping[str, Clip]


class Prepared(Struct, frozen=True):
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
        letters = find(self.plan.language).printed.side_letters
        key = digest("figure", FIGURE_VERSION, name, side, letters)
        data = self.store.get(_FIGURE_KIND, key)
        if data is None:
            # Loaded only where one has to be drawn, which takes longer than the rest of a tag.
            from audioguide.export.figures.figure_png import figure_png

            data = figure_png(name, side, letters)
            if data is not None:
                self.store.put(_FIGURE_KIND, key, data)
        return None if data is None else Picture(name, PNG, data)


class KnownLengths:
    """How much longer than its work each protocol's last session was, to guess the next one's length."""

    def __init__(self) -> None:
        self._more_ms: dict[str, int] = {}

    def guess_ms(self, session: Session) -> int | None:
        """Return how long ``session`` may take; None where none of its protocol is known."""
        more_ms = self._more_ms.get(session.protocol)
        return None if more_ms is None else session.work_ms + more_ms

    def learn(self, session: Session, length_ms: int) -> None:
        """Remember how long ``session`` takes."""
        self._more_ms[session.protocol] = length_ms - session.work_ms


class SessionPlanner(Struct, frozen=True):
    """Makes sessions of one protocol and times them with the real voice; what `prescribe.fit.Planner` asks for.

    Attributes:
        protocol: what is done.
        today: from which weeks are counted.
        voicing: what speaks; it remembers every clip, so that nothing is spoken twice.
        sounds: the clip of each beep.
        sound: how the session sounds.
        progress: told how much is spoken.
        lengths: what is known of sessions before.
    """

    protocol: Protocol
    today: date | None
    voicing: Voicing
    sounds: Sounds
    sound: SoundSettings
    progress: Progress | None
    lengths: KnownLengths
    _last: list[tuple[Session, Script]] = field(default_factory=list)

    def script(self, session: Session) -> Script:
        """Return what is said and done in ``session``, without its length; the last one is remembered."""
        if not self._last or self._last[0][0] is not session:
            self._last[:] = [(session, compose(session, None))]
        return self._last[0][1]

    def prescribe(self, layers: Sequence[Layer]) -> Session:
        """Return the session that ``layers`` make, the strongest last."""
        return prescribed(self.protocol, layers, self.today)

    def time(self, session: Session) -> Timeline:
        """Return ``session`` spoken and scheduled.

        Raises:
            RequestError: when it takes over 24 hours, words included.
            SpeechError: when the voice engine fails.
        """

        # The same whatever length is said at the start.
        limits_ms = word_limits_ms(self.script(session))

        def lengths_ms(script: Script) -> dict[str, int]:
            try:
                clips = self.voicing.clips(script.texts(), self.progress, limits_ms)
            except SpeechError as error:
                if not error.text:
                    raise
                # What no file states, such as a count, is told by its words.
                where = place_of(error.text, self.protocol) or f"“{excerpt(error.text)}”"
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
        script = self.script(session)

        say = find(session.language).wording
        made: dict[str, Timeline] = {}

        def saying(said_ms: int | None) -> Timeline:
            words = "" if said_ms is None else say.about(said_ms)
            # Of a length only its words are heard.
            if words in made:
                return made[words]
            said = script if said_ms is None else with_length(script, session, said_ms)
            timeline = schedule(said, lengths_ms(said), beep_ms, lead)
            if timeline.duration_ms > LONGEST_SESSION_MS:
                raise RequestError(
                    f"{session.protocol}: the session would take over 24 hours, words included; shorten its doses"
                )
            made[words] = timeline
            return timeline

        guess_ms = self.lengths.guess_ms(session)
        if guess_ms is not None:
            timeline = saying(guess_ms)
            length_ms = timeline.duration_ms
            # Only where it comes out whatever is begun with: the same session must be the same, known or not.
            without_ms = length_ms - _LONGEST_SAYING_MS
            if {say.about(ms) for ms in (without_ms, length_ms + FRAME_MS)} == {say.about(guess_ms)}:
                self.lengths.learn(session, length_ms)
                return timeline
        said_ms: int | None = None
        # The intro says how long the session takes, and saying it takes time: the length that is said must come out.
        for _ in range(_MOST_PASSES):
            timeline = saying(said_ms)
            if said_ms is not None and say.about(said_ms) == say.about(timeline.duration_ms):
                break
            said_ms = timeline.duration_ms
        self.lengths.learn(session, timeline.duration_ms)
        return timeline


def prepare_session(
    protocol: Protocol,
    layers: Sequence[Layer] = (),
    progress: Progress | None = None,
    today: date | None = None,
    voices: OpenVoices | None = None,
    lengths: KnownLengths | None = None,
) -> Prepared:
    """Return the planned and spoken session of ``protocol`` for the person whose changes ``layers`` are.

    Where they wish for minutes, doses are fitted to them. ``progress`` is told how much is spoken; ``today`` counts the
    week for who states a start. ``voices`` serve many sessions; without them, a voice is opened for this one.
    ``lengths`` of sessions before save a pass of timing, and change nothing.

    Raises:
        RequestError: for wishes that can't be met, such as an unknown exercise or voice, or sounds and recordings that
            can't be used.
        SpeechError: when the voice engine fails.
    """
    # First, so that a wrong wish is refused before files are read and a voice starts.
    session = prescribed(protocol, layers, today)
    if not same_language(session.language, protocol.language):
        asked, stated = find(session.language), find(protocol.language)
        hint = f'load_protocol(…, language="{asked.code}") gives it in {asked.name}'
        raise RequestError(f"{protocol.id}: its texts are in {stated.name}, and {asked.name} is asked for; {hint}")
    laid = Layers(layers)
    texts_note = () if (note := other_language_note(protocol)) is None else (note,)
    own = read_own_clips(protocol)
    language = session.language
    speaking = nullcontext(voices) if voices else closing(OpenVoices(default_cache()))
    wanted, files = sound_settings(laid), sound_files(laid)
    asked_voice = voice_settings(laid, speaking_of(language).rate_wpm)
    music = pieces_of(files.music)
    beeps = session_beeps(wanted, asked_voice.volume, files.beeps)
    # Only names: where the files lie is nobody's business but the user's, and a plan goes with the MP3.
    sound = wanted.played_from(pieces=tuple(piece.name for piece in music), own_sounds=beeps.own)
    with speaking as open_voices:
        store = open_voices.store
        pictures = read_own_pictures(protocol.own_pictures(), store)
        voice = open_voices.voice(asked_voice, voice_command(laid), language)
        texts = Texts(language, session.lexicon, own)
        voicing = open_voices.voicing(voice, texts, loudness_lufs=sound.loudness_lufs)
        planner = SessionPlanner(
            protocol, today, voicing, beeps.clips, sound=sound, progress=progress, lengths=lengths or KnownLengths()
        )
        about_sound = (*texts_note, *beeps.notes, *sound_notes(sound), *voice.notes)
        minutes = laid.last(lambda profile: profile.minutes, None)
        about_minutes: tuple[str, ...] = ()
        if minutes is None:
            timeline = planner.time(session)
        else:
            from audioguide.prescribe.fit import fit

            fitted = fit(protocol_of(protocol, session.week), layers, minutes, planner)
            session, timeline, about_minutes = fitted.best.session, fitted.best.timeline, fitted.warnings
        # Only what is heard: trials speak wordings that found no room.
        speech = voicing.clips(timeline.texts(), within_ms=word_limits_ms(planner.script(session)))
        voicing.speak_ahead(texts_of_other_doses(session, timeline.duration_ms))
    plan = Plan(
        protocol=session.protocol,
        title=session.title,
        language=session.language,
        profile=session.profile,
        voice=voice.settings,
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
        notices=told_first(session),
        fingerprints=tuple(Fingerprint(text, fingerprint_of(clip)) for text, clip in speech.items()),
    )
    return Prepared(plan, speech, beeps.clips, store, session=session, music=music, pictures=pictures)


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
        raise ProblemsError(problems)
    return found


def expected_shortages(protocol: Protocol) -> tuple[str, ...]:
    """Return what ``protocol`` has no room for at its own doses, a line each, without speaking it.

    How long its words take is estimated, so what only just fits or doesn't may come out otherwise with a voice.

    Raises:
        RequestError: when it can't be done as it stands, such as over 24 hours.
    """
    distinct: dict[object, Session] = {}
    for session in week_sessions(protocol) or (prescribed(protocol),):
        distinct.setdefault(session.phases, session)
    found: list[str] = []
    for session in distinct.values():
        of_week = "" if session.week is None else f"week {session.week}: "
        found += [f"{of_week}{line}" for line in shortages(_expected_timeline(session))]
    return tuple(found)


def expected_plan(protocol: Protocol) -> Plan:
    """Return the plan of ``protocol`` at its own doses without speaking it; how long its words take is estimated.

    Where it goes by weeks it is the plan of the first one.

    Raises:
        RequestError: when it can't be done as it stands, such as over 24 hours.
    """
    week = (Layer("programme", Profile(week=1)),) if stated_weeks(protocol) else ()
    session = prescribed(protocol, week)
    return Plan(
        protocol=session.protocol,
        title=session.title,
        language=session.language,
        profile=None,
        voice=VoiceSettings(rate_wpm=speaking_of(session.language).rate_wpm),
        timeline=_expected_timeline(session),
        left_out=tuple(Omitted(omission.exercise, omission.name, omission.why) for omission in session.left_out),
        warnings=session.warnings,
        week=session.week,
        seed=session.seed,
        figures=session.figures(),
    )


def _expected_timeline(session: Session) -> Timeline:
    """Return ``session`` scheduled with lengths that are estimated from its texts."""
    # The rules of reading take a while to load, which most builds do without.
    from audioguide.speech.text.normalise import spoken

    beeps = session_beeps(SoundSettings(), volume=1.0).clips
    beep_ms = {role: clip.duration_ms for role, clip in beeps.items()}
    reading, speaking = reading_of(session.language), speaking_of(session.language)
    script = compose(session, 0)
    lengths_ms = {
        text: expected_ms(spoken(text, {}, reading), speaking.rate_wpm, speaking.letter_ms) for text in script.texts()
    }
    return schedule(script, lengths_ms, beep_ms)


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


class TaggedMp3(Struct, frozen=True):
    """A finished session, in which equal frames are held once: a quarter of its file where there is no music.

    Attributes:
        tag: what stands before the frames.
        stream: the frames.
    """

    tag: bytes
    stream: Mp3Stream

    def pieces(self) -> Iterator[bytes]:
        """Return the file in pieces."""
        return chain([self.tag], self.stream.chunks())


def make_mp3(prepared: Prepared, progress: Progress | None = None) -> Iterator[bytes]:
    """Yield the session as a tagged MP3 file, in pieces; all that can fail has failed before the first.

    Takes and raises what `tagged_mp3` does.
    """
    return tagged_mp3(prepared, progress).pieces()


def tagged_mp3(prepared: Prepared, progress: Progress | None = None) -> TaggedMp3:
    """Return the session as a tagged MP3. ``progress`` is told how much is encoded.

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
    return TaggedMp3(tag, stream)


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


def told_first(session: Session) -> tuple[str, ...]:
    """Return what this person is told before they begin, such as that the session is not cleared for a condition."""
    return tuple(line.text for line in notices(session, find(session.language).wording))


def prescribed(protocol: Protocol, layers: Sequence[Layer] = (), today: date | None = None) -> Session:
    """Return the session of ``protocol`` for the person whose changes ``layers`` are, at its usual minutes.

    Raises:
        RequestError: for wishes that can't be met.
    """
    return prescribe(protocol, layers, builtin_exercise_ids(), conditions=conditions(), today=today)
