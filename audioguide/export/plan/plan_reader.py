"""Reads the plan's JSON: its keys, types and ranges, checked by pydantic, and one line on the first that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from audioguide.errors import RequestError
from audioguide.export.plan.plan_json import FORMAT
from audioguide.model.kinds import BeepRole, BreathRole, EventKind, HoldRole, RestRole, Side, SpeechRole
from audioguide.model.plan import Change, ExerciseFigure, Fingerprint, Omitted, PersonNote, Plan, Recording
from audioguide.model.script import Place
from audioguide.model.sound import Breath, LeadTone, Music, SoundSettings
from audioguide.model.timeline import Chapter, Dropped, Event, Role, Timeline
from audioguide.model.voice import VoiceSettings

_ROLES: dict[EventKind, dict[str, Role]] = {
    EventKind.SPEECH: {role: role for role in SpeechRole},
    EventKind.BEEP: {role: role for role in BeepRole},
    EventKind.HOLD: {EventKind.HOLD: EventKind.HOLD, **{role: role for role in HoldRole}},
    EventKind.REP: {EventKind.REP: EventKind.REP},
    EventKind.REST: {role: role for role in RestRole},
    EventKind.BREATH: {role: role for role in BreathRole},
}
"""The roles that an event of each kind may have."""


# Strict, as 1.5 and "1" are no milliseconds, and true is no number. JSON knows no NaN, but parsers let it pass.
_STRICT = ConfigDict(strict=True, frozen=True, allow_inf_nan=False)


def _known_format(version: int) -> int:
    if version > FORMAT:
        raise ValueError(f"the plan has format {version}; this program reads {FORMAT}: a newer audioguide wrote it")
    if version != FORMAT:
        raise ValueError(f"the plan has format {version}; there is only {FORMAT}")
    return version


# The file's objects state all their keys, without the defaults of the program's own classes: a plan says what a session
# is, so a missing key is an error and no wish for the usual. Plain dataclasses, as pydantic then builds one validator
# for the whole file: a model of its own for each takes 4 ms more at the start and reads 10% slower.
@dataclass(frozen=True, slots=True)
class _Voice:
    engine: str | None
    voice: str | None
    rate_wpm: int
    volume: Annotated[float, Field(gt=0, le=1)]


@dataclass(frozen=True, slots=True)
class _Lead:
    below_db: float
    length_ms: int | None


@dataclass(frozen=True, slots=True)
class _Music:
    pieces: tuple[str, ...]
    below_db: float
    duck_db: float


@dataclass(frozen=True, slots=True)
class _Breath:
    in_ms: int
    out_ms: int
    below_db: float


@dataclass(frozen=True, slots=True)
class _Sound:
    loudness_lufs: float
    lead: _Lead | None
    music: _Music | None
    breath: _Breath | None
    own_sounds: tuple[str, ...]

    def settings(self) -> SoundSettings:
        lead, music, breath = self.lead, self.music, self.breath
        return SoundSettings(
            loudness_lufs=self.loudness_lufs,
            lead=None if lead is None else LeadTone(below_db=lead.below_db, length_ms=lead.length_ms),
            music=None if music is None else Music(music.pieces, below_db=music.below_db, duck_db=music.duck_db),
            breath=None if breath is None else Breath(breath.in_ms, breath.out_ms, below_db=breath.below_db),
            own_sounds=self.own_sounds,
        )


@dataclass(frozen=True, slots=True)
class _Event:
    kind: EventKind
    role: str
    start_ms: int
    end_ms: int
    text: str | None
    exercise: str | None
    side: Side | None
    set: int | None
    rep: int | None

    def event(self, number: int) -> Event:
        roles = _ROLES[self.kind]
        if self.role not in roles:
            wanted = ", ".join(roles)
            raise RequestError(f"the plan: events[{number}]: 'role' must be one of {wanted}, not {_shown(self.role)}")
        return Event(
            kind=self.kind,
            role=roles[self.role],
            start_ms=self.start_ms,
            end_ms=self.end_ms,
            place=Place(exercise=self.exercise, side=self.side, set=self.set, rep=self.rep),
            text=self.text,
        )


class _Chapter(BaseModel):
    # A model, as only these tell whether a key was there.
    model_config = _STRICT

    start_ms: int
    end_ms: int
    title: str
    phase: str | None = None

    def chapter(self) -> Chapter:
        if "phase" in self.model_fields_set:
            return Chapter(self.start_ms, self.end_ms, self.title, self.phase)
        # Plans of before this key was written say the phase in the title alone: before its first colon, if it has one.
        phase, colon, name = self.title.partition(": ")
        return Chapter(self.start_ms, self.end_ms, self.title, phase if colon and name else None)


class PlanFile(BaseModel):
    """A plan as it stands in the file. Unknown keys are ignored: an older program reads what a newer one adds."""

    model_config = _STRICT

    # The first, so that a plan of a newer format is refused for that and not for what else is new in it.
    format: Annotated[int, AfterValidator(_known_format)]
    protocol: str
    title: str
    profile: str | None
    # Not in plans of before these keys were written, which all were English.
    language: str = "en"
    week: int | None = None
    seed: int | None = None
    voice: _Voice
    # Plans of before this key was written sound as a session does without settings.
    sound: _Sound | None = None
    duration_ms: int
    events: tuple[_Event, ...]
    chapters: tuple[_Chapter, ...]
    dropped: tuple[Dropped, ...]
    changes: tuple[Change, ...]
    left_out: tuple[Omitted, ...]
    # Plans of before these keys were written have no notes, recordings, figures and notices.
    notes: tuple[PersonNote, ...] = ()
    recordings: tuple[Recording, ...] = ()
    figures: tuple[ExerciseFigure, ...] = ()
    notices: tuple[str, ...] = ()
    # Nor have they fingerprints.
    fingerprints: tuple[Fingerprint, ...] = ()
    warnings: tuple[str, ...]

    def plan(self) -> Plan:
        """Return the plan.

        Raises:
            RequestError: when the role of an event is none of its kind's.
            ValueError: when its times make no timeline.
        """
        return Plan(
            protocol=self.protocol,
            title=self.title,
            profile=self.profile,
            voice=VoiceSettings(
                engine=self.voice.engine,
                voice=self.voice.voice,
                rate_wpm=self.voice.rate_wpm,
                volume=self.voice.volume,
            ),
            timeline=Timeline(
                events=tuple(row.event(number) for number, row in enumerate(self.events)),
                chapters=tuple(row.chapter() for row in self.chapters),
                dropped=self.dropped,
                duration_ms=self.duration_ms,
            ),
            changes=self.changes,
            left_out=self.left_out,
            warnings=self.warnings,
            sound=SoundSettings() if self.sound is None else self.sound.settings(),
            week=self.week,
            seed=self.seed,
            notes=self.notes,
            recordings=self.recordings,
            fingerprints=self.fingerprints,
            figures=self.figures,
            notices=self.notices,
            language=self.language,
        )


def from_json(text: str) -> Plan:
    """Return the plan that `export.plan.plan_json` wrote as ``text``.

    Raises:
        RequestError: when ``text`` is no JSON, no plan, of a newer format, or its times make no timeline.
    """
    try:
        return PlanFile.model_validate_json(text).plan()
    except ValidationError as error:
        # One line for the first: what else is wrong in a damaged file helps nobody, as no one edits a plan by hand.
        raise RequestError(_problem(error.errors(include_url=False)[0])) from error
    except ValueError as error:
        raise RequestError(f"the plan contradicts itself: {error}") from error


_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "tuple_type": "a list",
    "greater_than": "over 0 and up to 1",
    "less_than_equal": "over 0 and up to 1",
}
"""What a key must be, by the type of pydantic's error. Only the volume has bounds."""

_CHOICES = {"kind": EventKind, "side": Side}


def _problem(details: ErrorDetails) -> str:
    """Return what is wrong as a line that names the key, in the words of people who know JSON and not pydantic."""
    kind, given, context = details["type"], _shown(details["input"]), details.get("ctx", {})
    if kind == "json_invalid":
        return f"the plan is not JSON: {context['error']}"
    if kind == "value_error":
        return str(context["error"])
    if kind in ("model_type", "dataclass_type"):
        return f"{_where(details['loc'])} must be an object, not {given}"
    *above, key = details["loc"]
    if kind == "missing":
        return f"{_where(above)} has no '{key}'"
    if isinstance(key, int):
        *above, name = above
        return f"{_where(above)}: '{name}' must be a list of texts; number {key + 1} is {given}"
    wanted = f"one of {', '.join(_CHOICES[str(key)])}" if kind == "enum" else _WANTED[kind]
    return f"{_where(above)}: '{key}' must be {wanted}, not {given}"


def _where(steps: Sequence[str | int]) -> str:
    """Return what people call an object of the file, such as ``the plan: events[3]``."""
    return "the plan" + "".join(f"[{step}]" if isinstance(step, int) else f": {step}" for step in steps)


def _shown(value: object) -> str:
    """Return ``value`` short enough for a line."""
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else f"{value!r:.40}"
