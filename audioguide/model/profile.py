"""A profile: one person's changes to any protocol. The options of the command line are a profile too, laid over it."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from audioguide.model.doses import Count, FileModel, NotNegative, Work
from audioguide.model.kinds import Day, Detail, Side
from audioguide.model.lexicon import Entry
from audioguide.model.protocol import LAST_WEEK, Id, Ids, Title
from audioguide.model.sound import (
    LONGEST_BREATH_S,
    LONGEST_LEAD_MS,
    LOUDEST_LUFS,
    MUSIC_FARTHEST_DB,
    MUSIC_NEAREST_DB,
    QUIETEST_LUFS,
    SHORTEST_BREATH_S,
    SHORTEST_LEAD_MS,
)
from audioguide.model.voice import FASTEST_WPM, SLOWEST_WPM


class Holds(FileModel):
    """A person's own hold: one number of seconds, or one a side."""

    default: Work | None = None
    left: Work | None = None
    right: Work | None = None

    def for_side(self, side: Side | None) -> float | None:
        """Return the hold for ``side`` in seconds, or None where the person states none."""
        stated = {Side.LEFT: self.left, Side.RIGHT: self.right}.get(side) if side else None
        return self.default if stated is None else stated


def _number_as_holds(value: Any) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"default": value} if number else value


class DoseOverrides(FileModel):
    """A person's own doses of one exercise."""

    hold_s: Annotated[Holds | None, BeforeValidator(_number_as_holds, json_schema_input_type=Work | Holds)] = None
    reps: Count | None = None
    sets: Count | None = None
    rest_s: NotNegative | None = None
    setup_s: NotNegative | None = None


class VoiceChoice(FileModel):
    """The voice a person wants; what is not stated is the engine's default."""

    engine: str | None = None
    id: str | None = None
    rate_wpm: Annotated[int, Field(ge=SLOWEST_WPM, le=FASTEST_WPM, strict=True)] | None = None
    volume: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False, strict=True)] | None = None


def _text_as_date(value: Any) -> Any:
    # TOML has dates of its own; on the command line one is a text.
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    return value


def _list_as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Weekday = Annotated[Day, Field(strict=False)]


class Cues(FileModel):
    """Which calls a person wants in holds; what is not stated is on."""

    halfway: bool | None = None
    ten_seconds: bool | None = None
    countdown: bool | None = None
    tips: bool | None = None


FilePath = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]+$")]
"""A file or folder; a profile's relative ones start from the folder of the profile."""

BreathSeconds = Annotated[float, Field(ge=SHORTEST_BREATH_S, le=LONGEST_BREATH_S, allow_inf_nan=False, strict=True)]
Below = Annotated[float, Field(ge=6, le=40, allow_inf_nan=False, strict=True)]
"""How far a sound lies below the voice, in dB."""


class SoundChoice(FileModel):
    """How loud the session is, and whose beeps it has."""

    loudness_lufs: (
        Annotated[float, Field(ge=QUIETEST_LUFS, le=LOUDEST_LUFS, allow_inf_nan=False, strict=True)] | None
    ) = None
    beeps: FilePath | None = None


class LeadChoice(FileModel):
    """The soft tone that wakes a Bluetooth output before speech after silence."""

    on: bool | None = None
    below_db: Below | None = None
    length_ms: Annotated[int, Field(ge=SHORTEST_LEAD_MS, le=LONGEST_LEAD_MS, strict=True)] | None = None


class MusicChoice(FileModel):
    """Music below the voice: a file, or a folder whose files are played in order."""

    on: bool | None = None
    path: FilePath | None = None
    below_db: (
        Annotated[float, Field(ge=MUSIC_NEAREST_DB, le=MUSIC_FARTHEST_DB, allow_inf_nan=False, strict=True)] | None
    ) = None
    duck_db: Annotated[float, Field(ge=0, le=30, allow_inf_nan=False, strict=True)] | None = None


class BreathChoice(FileModel):
    """A tone to breathe by, in the exercises that ask for deep breathing."""

    on: bool | None = None
    in_s: BreathSeconds | None = None
    out_s: BreathSeconds | None = None
    below_db: Below | None = None


class Profile(FileModel):
    """What a profile file states."""

    name: Title | None = None
    detail: Annotated[Detail | None, Field(strict=False)] = None
    scale: Annotated[float | None, Field(ge=0.1, le=10, allow_inf_nan=False, strict=True)] = None
    first_side: Annotated[Side | None, Field(strict=False)] = None
    weak_side: Annotated[Side | None, Field(strict=False)] = None
    minutes: Annotated[int, Field(ge=1, le=1_440, strict=True)] | None = None
    week: Annotated[int, Field(ge=1, le=LAST_WEEK, strict=True)] | None = None
    started: Annotated[date | None, BeforeValidator(_text_as_date, json_schema_input_type=date)] = None
    days: Annotated[tuple[Weekday, ...], BeforeValidator(_list_as_tuple), Field(max_length=7)] = ()
    acute: bool | None = None
    skip: Ids = ()
    choose: dict[Id, Id] = Field(default_factory=dict)
    avoid: Ids = ()
    voice: VoiceChoice = VoiceChoice()
    cues: Cues = Cues()
    sound: SoundChoice = SoundChoice()
    lead: LeadChoice = LeadChoice()
    music: MusicChoice = MusicChoice()
    breath: BreathChoice = BreathChoice()
    exercise: dict[Id, DoseOverrides] = Field(default_factory=dict)
    lexicon: dict[str, Entry] = Field(default_factory=dict)
