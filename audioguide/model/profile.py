"""A profile: one person's changes to any protocol. The options of the command line are a profile too, laid over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from audioguide.errors import RequestError
from audioguide.model.dates import in_week_order, read_date, read_days
from audioguide.model.doses import Count, FileModel, NotNegative, Work
from audioguide.model.kinds import Day, Detail, Side
from audioguide.model.limits import LAST_WEEK, MOST_MINUTES
from audioguide.model.protocol import Id, Ids, Title
from audioguide.model.sound import (
    DEEPEST_DUCK_DB,
    LONGEST_BREATH_S,
    LONGEST_LEAD_MS,
    LOUDEST_LUFS,
    MUSIC_FARTHEST_DB,
    MUSIC_NEAREST_DB,
    QUIETEST_LUFS,
    SHORTEST_BREATH_S,
    SHORTEST_LEAD_MS,
    TONE_FARTHEST_DB,
    TONE_NEAREST_DB,
)
from audioguide.model.voice import FASTEST_WPM, SLOWEST_WPM

T = TypeVar("T")


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


def _as_date(value: Any) -> Any:
    """Return the date that a text means, or eight digits without quotes, which TOML takes for a number."""
    eight_digits = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, str) or eight_digits:
        return _read(read_date, f"{value}")
    return value


def _as_days(value: Any) -> Any:
    if isinstance(value, str):
        return _read(read_days, value)
    if isinstance(value, list | tuple):
        return _read(in_week_order, [f"{word}" for word in value])
    return value


def _read(read: Callable[[T], Any], value: T) -> Any:
    try:
        return read(value)
    except RequestError as error:
        raise PydanticCustomError("unreadable", "{reason}", {"reason": f"{error}"}) from None


class Cues(FileModel):
    """Which calls a person wants in holds; what is not stated is on."""

    halfway: bool | None = None
    ten_seconds: bool | None = None
    countdown: bool | None = None
    tips: bool | None = None


FilePath = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]+$")]
"""A file or folder; a profile's relative ones start from the folder of the profile."""

BreathSeconds = Annotated[float, Field(ge=SHORTEST_BREATH_S, le=LONGEST_BREATH_S, allow_inf_nan=False, strict=True)]
Below = Annotated[float, Field(ge=TONE_NEAREST_DB, le=TONE_FARTHEST_DB, allow_inf_nan=False, strict=True)]
"""How far a tone lies below the voice, in dB."""


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
    duck_db: Annotated[float, Field(ge=0, le=DEEPEST_DUCK_DB, allow_inf_nan=False, strict=True)] | None = None


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
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES, strict=True)] | None = None
    week: Annotated[int, Field(ge=1, le=LAST_WEEK, strict=True)] | None = None
    started: Annotated[date | None, BeforeValidator(_as_date, json_schema_input_type=date)] = None
    days: Annotated[tuple[Day, ...], BeforeValidator(_as_days, json_schema_input_type=tuple[Day, ...])] = ()
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
    lexicon: dict[str, str] = Field(default_factory=dict)
