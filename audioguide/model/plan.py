"""The plan: a timeline with what a reader needs to understand it. It is embedded in the MP3 and written as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct, field

from audioguide.model.kinds import Side
from audioguide.model.sound import SoundSettings
from audioguide.model.timeline import Timeline
from audioguide.model.voice import VoiceSettings


# What a plan lists are dataclasses: pydantic reads them from the file as they are.
@dataclass(frozen=True, slots=True)
class Change:
    """A dose that differs from the protocol's default.

    Attributes:
        exercise: the exercise's id, the choice's name, for rounds against the clock the phase's title, or ``session``.
        what: the field, such as ``hold_s`` or ``choose``.
        side: the side it is for, or None for all.
        before: the value in the protocol, as people write it.
        after: the value in this session.
        by: who changed it: ``command line`` or ``profile NAME``.
    """

    exercise: str
    what: str
    side: Side | None
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True)
class Omitted:
    """An exercise of the protocol that is not in this session.

    Attributes:
        exercise: its id.
        name: its spoken name.
        why: the reason, such as ``avoided: pregnancy`` or ``skipped by profile anna``.
    """

    exercise: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class PersonNote:
    """What this person is to mind in an exercise.

    Attributes:
        exercise: its id.
        text: the person's own words.
    """

    exercise: str
    text: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A text that is heard from a recording of the protocol's, wherever it stands.

    Attributes:
        text: the words.
        file: the name of the file, without where it lies.
    """

    text: str
    file: str


@dataclass(frozen=True, slots=True)
class ExerciseFigure:
    """The figure of an exercise.

    Attributes:
        exercise: its id.
        figure: the name of a built-in figure, or of the file of a picture of the user's own, without where it lies.
        alt: what such a picture shows; None for a built-in figure.
    """

    exercise: str
    figure: str
    alt: str | None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How a text sounded when it was spoken, by which a check tells its words from others.

    Attributes:
        text: the words.
        levels: a letter of base64 for the level of each of six bands in each 50 ms, in steps of 2 dB from −126 dBFS.
    """

    text: str
    levels: str


# Changes and omissions are texts here: a plan outlives the build, and who reads it later shows them and does not act.
class Plan(Struct, frozen=True):
    """Everything about one session that outlives the build.

    Attributes:
        protocol: the protocol's id.
        title: the protocol's title.
        profile: name of the profile, or None.
        voice: the settings the cues are spoken with, engine and voice filled in.
        timeline: every event with its times.
        changes: doses that differ from the protocol, and by whom.
        left_out: exercises not done, and why.
        warnings: what the person should know, a line each.
        sound: loudness, lead tone, music and breath pacer.
        week: the week of the programme that it was made for, 1 for the first; None where nobody goes by weeks.
        seed: what the order of shuffled phases came from; None where nothing was shuffled.
        notes: what the person is to mind, an entry for each exercise that has a note.
        recordings: the texts that are recordings, not spoken by the voice.
        figures: the figure of each exercise that has one.
        notices: what this person is told before they begin, such as that the session is not cleared for a condition.
        fingerprints: how each text sounds.
        language: the BCP 47 tag of the language in which it is spoken and printed.
    """

    protocol: str
    title: str
    profile: str | None
    voice: VoiceSettings
    timeline: Timeline
    changes: tuple[Change, ...] = field(default=())
    left_out: tuple[Omitted, ...] = field(default=())
    warnings: tuple[str, ...] = field(default=())
    sound: SoundSettings = SoundSettings()
    week: int | None = None
    seed: int | None = None
    notes: tuple[PersonNote, ...] = field(default=())
    recordings: tuple[Recording, ...] = field(default=())
    figures: tuple[ExerciseFigure, ...] = field(default=())
    notices: tuple[str, ...] = field(default=())
    language: str = "en"
    fingerprints: tuple[Fingerprint, ...] = field(default=())
