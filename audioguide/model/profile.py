"""A profile: one person's changes to any protocol. The options of the command line are a profile too, laid over it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from audioguide.errors import RequestError
from audioguide.model.cues import Cues
from audioguide.model.dates import in_week_order, read_date, read_days
from audioguide.model.doses import (
    Count,
    CountBySet,
    FileModel,
    NotNegative,
    Rests,
    WorkBySet,
    list_as_tuple,
    number_as_table,
)
from audioguide.model.kinds import Day, Detail, Side, Units
from audioguide.model.language_tag import LanguageTag
from audioguide.model.lexicon import Entry
from audioguide.model.limits import LARGEST_SEED, LAST_WEEK, MOST_MINUTES
from audioguide.model.protocol import Id, Ids, Sentence, Title
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
from audioguide.model.tempo import read_tempo
from audioguide.model.validators import BeforeValidator
from audioguide.model.voice import FASTEST_WPM, SLOWEST_WPM

T = TypeVar("T")


class BySide(FileModel):
    """A person's own dose: one for both sides, or one a side; each one number, or one a set."""

    default: Any = None
    left: Any = None
    right: Any = None

    @property
    def sided(self) -> bool:
        """Whether a side is named."""
        return self.left is not None or self.right is not None

    @property
    def listed(self) -> bool:
        """Whether any of it has a number of its own for each set."""
        return any(isinstance(value, tuple) for value in (self.default, self.left, self.right))

    def for_side(self, side: Side | None) -> float | tuple[float, ...] | None:
        """Return the dose of ``side``, one for all sets or a list; None where the person states none."""
        sides: dict[Side | None, float | tuple[float, ...] | None] = {Side.LEFT: self.left, Side.RIGHT: self.right}
        stated = sides.get(side)
        return self.default if stated is None else stated


def _without_braces(text: str) -> str:
    # What stands in braces is filled in only in a protocol; here it would be said as it stands.
    if "{" in text or "}" in text:
        raise PydanticCustomError(
            "advice", "has braces, and nothing is filled in here", {"hint": "write the word itself"}
        )
    return text


PersonalSentence = Annotated[Sentence, AfterValidator(_without_braces)]


class Holds(BySide):
    """A person's own hold: seconds for both sides, or some a side; a list has those of each set."""

    default: Annotated[WorkBySet | None, Field(description="For the sides that are not stated.", examples=[60])] = None
    left: Annotated[WorkBySet | None, Field(description="For the left side.", examples=[60])] = None
    right: Annotated[WorkBySet | None, Field(description="For the right side.", examples=[45])] = None


class Reps(BySide):
    """A person's own reps: one number, or one a side; a list has those of each set."""

    default: Annotated[CountBySet | None, Field(description="For the sides that are not stated.", examples=[8])] = None
    left: Annotated[CountBySet | None, Field(description="For the left side.", examples=[8])] = None
    right: Annotated[CountBySet | None, Field(description="For the right side.", examples=[6])] = None


class Sets(BySide):
    """A person's own sets: one number, or one a side."""

    default: Annotated[Count | None, Field(description="For the sides that are not stated.", examples=[2])] = None
    left: Annotated[Count | None, Field(description="For the left side.", examples=[3])] = None
    right: Annotated[Count | None, Field(description="For the right side.", examples=[2])] = None


def _number_or_list_as_table(value: Any) -> Any:
    return {"default": value} if isinstance(value, list | tuple) else number_as_table(value)


def _readable_tempo(text: str) -> str:
    read_tempo(text)
    return text


class DoseOverrides(FileModel):
    """A person's own doses of one exercise, and what they are to mind in it."""

    @property
    def listed(self) -> bool:
        """Whether its work has a number of its own for each set."""
        return any(dose is not None and dose.listed for dose in (self.hold_s, self.reps))

    hold_s: Annotated[
        Annotated[Holds | None, BeforeValidator(_number_or_list_as_table, json_schema_input_type=WorkBySet | Holds)],
        Field(description="The person's hold.", examples=[{"left": 60, "right": 45}]),
    ] = None
    repeat: Annotated[
        Count | None, Field(description="How often the person holds in one go, where it is repeated.", examples=[8])
    ] = None
    reps: Annotated[
        Annotated[Reps | None, BeforeValidator(_number_or_list_as_table, json_schema_input_type=CountBySet | Reps)],
        Field(description="The person's reps in a set.", examples=[{"left": 8, "right": 6}]),
    ] = None
    tempo: Annotated[
        Annotated[str, AfterValidator(_readable_tempo)] | None,
        Field(description="The person's seconds to lower, pause and lift in a rep.", examples=["3-1-1"]),
    ] = None
    sets: Annotated[
        Annotated[Sets | None, BeforeValidator(number_as_table, json_schema_input_type=Count | Sets)],
        Field(description="The person's sets.", examples=[2]),
    ] = None
    rest_s: Annotated[
        Rests | None, Field(description="The person's rest after each set; 0 for none.", examples=[45])
    ] = None
    setup_s: Annotated[
        NotNegative | None, Field(description="The person's time to get into position; 0 for none.", examples=[20])
    ] = None
    note: Annotated[
        PersonalSentence | None,
        Field(
            description="Said, at every level of detail, before it is done for the first time; shown and printed.",
            examples=["Mind your left knee."],
        ),
    ] = None

    @property
    def states_dose(self) -> bool:
        """Whether it changes how much is done."""
        return any(getattr(self, name) is not None for name in DoseOverrides.model_fields if name != "note")


Argument = Annotated[str, Field(max_length=4_000, pattern=r"^[^\x00]*$")]


def _usable_command(command: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Return the command of a voice, or refuse one that can't say a text into a file."""
    if command is None:
        return None
    arguments = " ".join(command[1:])
    for placeholder, meaning in (("{wav}", "the file to write"), ("{text}", "what to say")):
        if placeholder not in arguments:
            raise PydanticCustomError("advice", f"has no {placeholder}", {"hint": f"it stands for {meaning}"})
    if not command[0].strip():
        raise PydanticCustomError("advice", "names no program", {"hint": "write the program first"})
    return command


class VoiceChoice(FileModel):
    """The voice a person wants; what is not stated is the engine's default."""

    engine: Annotated[
        str | None,
        Field(
            description="Speech engine, as `audioguide voices list --engine` takes it; else the machine's default.",
            examples=["espeak"],
        ),
    ] = None
    id: Annotated[
        str | None, Field(description="A voice that `audioguide voices list` names.", examples=["gmw/en-us"])
    ] = None
    command: Annotated[
        tuple[Argument, ...] | None,
        BeforeValidator(list_as_tuple, json_schema_input_type=list[Argument] | None),
        AfterValidator(_usable_command),
        Field(
            description="For the engine `command`: a program of your own and its arguments; in a kept profile only.",
            examples=[["my-tts", "--out", "{wav}", "{text}"]],
        ),
    ] = None
    version: Annotated[
        Title | None,
        Field(description="What you change when that program speaks otherwise than before.", examples=["1"]),
    ] = None
    rate_wpm: Annotated[
        Annotated[int, Field(ge=SLOWEST_WPM, le=FASTEST_WPM, strict=True)] | None,
        Field(description="How fast it speaks; 150 where not stated, and 130 in French.", examples=[140]),
    ] = None
    volume: Annotated[
        Annotated[float, Field(gt=0, le=1, allow_inf_nan=False, strict=True)] | None,
        Field(description="Gain of the voice and what goes by it, 1 for none.", examples=[0.8]),
    ] = None

    @model_validator(mode="after")
    def _command_is_complete(self) -> Self:
        if self.command is not None:
            for key, value in (("engine", "command"), ("version", "1")):
                if getattr(self, key) is None:
                    hint = f'add {key} = "{value}"'
                    raise PydanticCustomError("advice", f"states a command without {key}", {"hint": hint})
        return self


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


# Without null characters, for which open() raises a ValueError instead of saying that there is no such file.
FilePath = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]+$")]
"""A file or folder; a profile's relative ones start from the folder of the profile."""

BreathSeconds = Annotated[float, Field(ge=SHORTEST_BREATH_S, le=LONGEST_BREATH_S, allow_inf_nan=False, strict=True)]
Below = Annotated[float, Field(ge=TONE_NEAREST_DB, le=TONE_FARTHEST_DB, allow_inf_nan=False, strict=True)]
"""How far a tone lies below the voice, in dB."""


class SoundChoice(FileModel):
    """How loud the session is, and whose beeps it has."""

    loudness_lufs: Annotated[
        Annotated[float, Field(ge=QUIETEST_LUFS, le=LOUDEST_LUFS, allow_inf_nan=False, strict=True)] | None,
        Field(description="Loudness of every spoken cue; −16 where not stated.", examples=[-18]),
    ] = None
    beeps: Annotated[
        FilePath | None,
        Field(description="A folder with sounds named like the beeps they replace.", examples=["my-beeps"]),
    ] = None


class LeadChoice(FileModel):
    """The soft tone that wakes a Bluetooth output before speech after silence."""

    on: Annotated[bool | None, Field(description="Whether it sounds; on where not stated.", examples=[False])] = None
    below_db: Annotated[
        Below | None, Field(description="How far it lies below the voice; 18 where not stated.", examples=[12])
    ] = None
    length_ms: Annotated[
        Annotated[int, Field(ge=SHORTEST_LEAD_MS, le=LONGEST_LEAD_MS, strict=True)] | None,
        Field(description="How long it lasts; as the shipped tone where not stated.", examples=[400]),
    ] = None


class MusicChoice(FileModel):
    """Music below the voice: a file, or a folder whose files are played in order."""

    on: Annotated[
        bool | None, Field(description="Whether there is music where `path` says which.", examples=[False])
    ] = None
    path: Annotated[
        FilePath | None,
        Field(description="A sound file, or a folder whose files are played in order.", examples=["rain.mp3"]),
    ] = None
    below_db: Annotated[
        Annotated[float, Field(ge=MUSIC_NEAREST_DB, le=MUSIC_FARTHEST_DB, allow_inf_nan=False, strict=True)] | None,
        Field(description="How far it lies below the voice; 16 where not stated.", examples=[18]),
    ] = None
    duck_db: Annotated[
        Annotated[float, Field(ge=0, le=DEEPEST_DUCK_DB, allow_inf_nan=False, strict=True)] | None,
        Field(description="How much further down it goes while something is said; 8 where not stated.", examples=[10]),
    ] = None


class BreathChoice(FileModel):
    """A tone to breathe by, in the exercises that ask for deep breathing."""

    on: Annotated[bool | None, Field(description="Whether the tone sounds; off where not stated.", examples=[True])] = (
        None
    )
    in_s: Annotated[BreathSeconds | None, Field(description="Breathing in; 4 where not stated.", examples=[4])] = None
    out_s: Annotated[BreathSeconds | None, Field(description="Breathing out; 6 where not stated.", examples=[6])] = None
    below_db: Annotated[Below | None, Field(description="How far it lies below the voice.", examples=[20])] = None


class Profile(FileModel):
    """What a profile file states."""

    # None is "not stated" throughout, so that a stronger layer's "off" can be told from its silence.
    name: Annotated[
        Title | None,
        Field(description="Whose changes these are; shown in the plan and in the MP3's title.", examples=["Anna"]),
    ] = None
    greeting: Annotated[
        PersonalSentence | None,
        Field(description="Said before all else, and printed on the handout.", examples=["Hello Anna."]),
    ] = None
    detail: Annotated[Detail | None, Field(strict=False, description="How much is said.", examples=["brief"])] = None
    language: Annotated[
        LanguageTag | None,
        Field(
            description="In which language the session is spoken and printed; the protocol's where not stated.",
            examples=["de"],
        ),
    ] = None
    units: Annotated[
        Units | None,
        Field(
            strict=False,
            description="In which units a text has a measure that it states in two; else those usual in its language.",
            examples=["metric"],
        ),
    ] = None
    gather_s: Annotated[
        NotNegative | None,
        Field(
            le=600,
            description="Seconds at the start to fetch what is needed; 0 for none; else 10 a thing, at most 30.",
            examples=[60],
        ),
    ] = None
    encouragement: Annotated[
        bool | None,
        Field(
            description="Whether an encouraging word is said once a phase; it is where not stated.", examples=[False]
        ),
    ] = None
    # Beyond these a hold of 45 s would be under 5 s, or over 7 minutes: a slip.
    scale: Annotated[
        float | None,
        Field(
            ge=0.1,
            le=10,
            allow_inf_nan=False,
            strict=True,
            description="All holds by this factor, to whole seconds.",
            examples=[0.8],
        ),
    ] = None
    first_side: Annotated[
        Side | None, Field(strict=False, description="The side that begins, else left.", examples=["right"])
    ] = None
    weak_side: Annotated[
        Side | None,
        Field(
            strict=False,
            description="The weaker side: it goes first, in the last set last, and has a set more where ranges allow.",
            examples=["left"],
        ),
    ] = None
    only_side: Annotated[
        Side | None,
        Field(
            strict=False,
            description="The treated side: what is done on each side is done on this one only.",
            examples=["right"],
        ),
    ] = None
    # Whole minutes: a wish is met within 15 s, so a finer one could not be kept.
    minutes: Annotated[
        Annotated[int, Field(ge=1, le=MOST_MINUTES, strict=True)] | None,
        Field(description="The whole session's length; doses move inside their ranges.", examples=[20]),
    ] = None
    week: Annotated[
        Annotated[int, Field(ge=1, le=LAST_WEEK, strict=True)] | None,
        Field(description="The week of the programme, 1 for the first.", examples=[3]),
    ] = None
    started: Annotated[
        Annotated[date | None, BeforeValidator(_as_date, json_schema_input_type=date)],
        Field(description="The day the programme began; the week is counted from it.", examples=["2026-11-02"]),
    ] = None
    seed: Annotated[
        Annotated[int, Field(ge=0, le=LARGEST_SEED, strict=True)] | None,
        Field(
            description="The order of shuffled phases, and which words of encouragement; the day's date where not "
            "stated.",
            examples=[7],
        ),
    ] = None
    days: Annotated[
        tuple[Day, ...],
        BeforeValidator(_as_days, json_schema_input_type=tuple[Day, ...]),
        Field(description="The person's training days.", examples=[["mon", "wed", "fri"]]),
    ] = ()
    acute: Annotated[
        bool | None,
        Field(
            description="Whether pain is acute: least doses and gentle options are taken, and nothing grows.",
            examples=[True],
        ),
    ] = None
    skip: Annotated[Ids, Field(description="Exercises to leave out.", examples=[["bird-dog"]])] = ()
    choose: Annotated[
        dict[Id, Id], Field(description="An option for each choice.", examples=[{"deep-stretch": "supine-hang"}])
    ] = Field(default_factory=dict)
    avoid: Annotated[
        Ids,
        Field(
            description="The person's conditions: what they rule out is left out, and the rest said not to be cleared.",
            examples=[["pregnancy"]],
        ),
    ] = ()
    voice: Annotated[
        VoiceChoice, Field(description="Which voice, and how it speaks.", examples=[{"rate_wpm": 140}])
    ] = VoiceChoice()
    cues: Annotated[Cues, Field(description="Which calls are made.", examples=[{"halfway": False}])] = Cues()
    sound: Annotated[
        SoundChoice, Field(description="Loudness, and beeps of one's own.", examples=[{"loudness_lufs": -18}])
    ] = SoundChoice()
    lead: Annotated[
        LeadChoice, Field(description="The tone that wakes a Bluetooth output.", examples=[{"length_ms": 400}])
    ] = LeadChoice()
    music: Annotated[MusicChoice, Field(description="Music below the voice.", examples=[{"path": "rain.mp3"}])] = (
        MusicChoice()
    )
    breath: Annotated[BreathChoice, Field(description="A tone to breathe by.", examples=[{"on": True}])] = (
        BreathChoice()
    )
    exercise: Annotated[
        dict[Id, DoseOverrides],
        Field(
            description="The person's own doses of an exercise: `[exercise.ID]`.",
            examples=[{"couch-stretch": {"hold_s": 75}}],
        ),
    ] = Field(default_factory=dict)
    lexicon: Annotated[
        dict[str, Entry],
        Field(
            description="How words are spoken: written form = a respelling or /phonemes/, or a table by engine.",
            examples=[{"iliopsoas": {"other": "ilio so-as", "hibari": "/ˌɪliOsˈOəs/"}}],
        ),
    ] = Field(default_factory=dict)
