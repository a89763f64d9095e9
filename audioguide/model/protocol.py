"""A protocol as its file states it. `library` reads it and checks what concerns more than one field."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from audioguide.model.doses import Count, FileModel, NotNegative, PartSeconds, SecondsDose, Times, TimesDose, Work
from audioguide.model.kinds import BreathRole, Sides
from audioguide.model.lexicon import Entry

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
"""Ids name files and options, so they are lower case letters, digits and hyphens."""

LONGEST_SENTENCE = 500
LONGEST_TITLE = 120
LAST_WEEK = 520
"""Ten years: a later week is a slip of the keyboard."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LETTERS = {"Lu", "Ll", "Lt", "Lo"}


def _sayable(text: str) -> str:
    if _CONTROL.search(text):
        raise PydanticCustomError("one_line", "has a line break or control character; write it on one line")
    if not any(char in "0123456789" or unicodedata.category(char) in _LETTERS for char in text):
        raise PydanticCustomError("sayable", "has no word that could be said")
    return text


def _line_as_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _list_as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Sentence = Annotated[str, StringConstraints(max_length=LONGEST_SENTENCE), AfterValidator(_sayable)]
Title = Annotated[str, StringConstraints(max_length=LONGEST_TITLE), AfterValidator(_sayable)]
Sentences = Annotated[
    tuple[Sentence, ...], BeforeValidator(_line_as_list, json_schema_input_type=Sentence | list[Sentence])
]
Words = Annotated[tuple[Title, ...], BeforeValidator(_list_as_tuple, json_schema_input_type=list[Title])]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_list_as_tuple, json_schema_input_type=list[Id])]


class TempoPart(FileModel):
    """One part of a rep: how long it takes and the word that starts it."""

    s: Annotated[PartSeconds, Field(description="Seconds this part takes.")]
    say: Annotated[Title | None, Field(description="The word that starts it; may hold {side} and {other_side}.")] = None
    breath: Annotated[
        BreathRole | None, Field(strict=False, description="in, stay or out: how the breath pacer's tone goes, if on.")
    ] = None


class Exercise(FileModel):
    """One exercise. It has exactly one kind of work: `hold_s`, or `reps` with a `tempo`."""

    name: Annotated[Title, Field(description="The name that is spoken.")]
    target: Annotated[Words, Field(description="Muscles it works on; printed, not spoken.")] = ()
    equipment: Annotated[Words, Field(description="What it needs, named at the start and before the exercise.")] = ()
    sides: Annotated[
        Sides,
        Field(strict=False, description="each: one side after the other; alternating: rep by rep; both: together."),
    ] = Sides.BOTH
    hold_s: Annotated[SecondsDose | None, Field(description="Seconds in one position, or of rolling.")] = None
    reps: Annotated[TimesDose | None, Field(description="Reps in a set; for each or alternating sides, a side.")] = None
    tempo: Annotated[
        tuple[TempoPart, ...],
        BeforeValidator(_list_as_tuple, json_schema_input_type=list[TempoPart]),
        Field(description="The parts of one rep, in order."),
    ] = ()
    breath: Annotated[
        bool, Field(description="Whether it asks for deep breathing: a hold is then paced by a tone, for who wants it.")
    ] = False
    count: Annotated[bool, Field(description="Whether reps are counted aloud; false for breathing.")] = True
    sets: TimesDose = Times(default=1)
    rest_s: Annotated[NotNegative, Field(description="Seconds of rest after each set.")] = 0.0
    setup_s: Annotated[NotNegative, Field(description="Seconds to get into position after the instructions.")] = 10.0
    switch_s: Annotated[
        NotNegative | None, Field(description="Seconds to change sides; as setup_s where not stated.")
    ] = None
    setup: Annotated[Sentences, Field(description="How to get into position and what to do.")] = ()
    setup_brief: Annotated[
        Sentences | None, Field(description="The same for someone who knows it; else the first sentence of setup.")
    ] = None
    coaching: Annotated[
        Sentences, Field(description="Said in a hold where there is room; for reps, in the rests.")
    ] = ()
    caution: Annotated[Sentences, Field(description="What to watch for, said before the first time.")] = ()
    mistake: Annotated[Sentences, Field(description="The usual mistake, said where there is room.")] = ()
    avoid_if: Annotated[
        Ids, Field(description="Conditions in which to leave it out, such as pregnancy; said first.")
    ] = ()

    @property
    def brief(self) -> tuple[str, ...]:
        """What is said for getting into position at brief detail."""
        return self.setup[:1] if self.setup_brief is None else self.setup_brief


class ExerciseRef(FileModel):
    """An exercise in a phase, with doses other than its own where stated."""

    use: Id
    hold_s: SecondsDose | None = None
    reps: TimesDose | None = None
    sets: TimesDose | None = None
    rest_s: NotNegative | None = None
    setup_s: NotNegative | None = None


def _id_as_ref(value: Any) -> Any:
    return {"use": value} if isinstance(value, str) else value


ChoiceOption = Annotated[ExerciseRef, BeforeValidator(_id_as_ref, json_schema_input_type=Id | ExerciseRef)]


class Harder(FileModel):
    """A harder exercise that takes a place from some week on."""

    use: Id
    from_week: Annotated[int, Field(ge=2, le=LAST_WEEK, strict=True)]


class Item(FileModel):
    """One place in a phase: an exercise (`use`), or a `choice` with its options in `of`, the usual one first."""

    use: Id | None = None
    hold_s: SecondsDose | None = None
    reps: TimesDose | None = None
    sets: TimesDose | None = None
    rest_s: NotNegative | None = None
    setup_s: NotNegative | None = None
    choice: Id | None = None
    of: Annotated[
        tuple[ChoiceOption, ...], BeforeValidator(_list_as_tuple, json_schema_input_type=list[ChoiceOption])
    ] = ()
    gentle: Annotated[Id | None, Field(description="The option of a choice that is taken while pain is acute.")] = None
    harder: Annotated[
        Harder | None, Field(description="What takes its place from a week on, for who goes by weeks.")
    ] = None
    priority: Annotated[
        int,
        Field(ge=1, le=9, strict=True, description="1 stays longest in a session fitted to few minutes, 9 goes first."),
    ] = 5

    @property
    def options(self) -> tuple[ExerciseRef, ...]:
        """What may be done here: the options of a choice, or the one exercise."""
        if self.choice is not None:
            return self.of
        return (ExerciseRef(**{name: getattr(self, name) for name in ExerciseRef.model_fields}),)


class Circuit(FileModel):
    """Rounds of a phase's exercises, one after the other, with a rest between them."""

    rounds: Annotated[Count, Field(description="How often the exercises go round.")] = 1
    work_s: Annotated[Work | None, Field(description="Seconds of each exercise, instead of its own hold.")] = None
    rest_s: Annotated[NotNegative, Field(description="Seconds between two exercises.")] = 10.0
    round_rest_s: Annotated[
        NotNegative | None, Field(description="Seconds between two rounds; as rest_s where not stated.")
    ] = None


class Phase(FileModel):
    """A part of the session with a title."""

    title: Title
    say: Annotated[Sentences, Field(description="Said after the title.")] = ()
    exercises: Annotated[
        tuple[Annotated[Item, BeforeValidator(_id_as_ref, json_schema_input_type=Id | Item)], ...],
        BeforeValidator(_list_as_tuple, json_schema_input_type=list[Id | Item]),
        Field(min_length=1),
    ]
    circuit: Circuit | None = None


class TimesAWeek(FileModel):
    """On how many days a week a protocol is done."""

    default: Annotated[int, Field(ge=1, le=7, strict=True)]
    min: Annotated[int, Field(ge=1, le=7, strict=True)] = 1
    max: Annotated[int, Field(ge=1, le=7, strict=True)] = 7


def _number_as_times(value: Any) -> Any:
    number = isinstance(value, int) and not isinstance(value, bool)
    return {"default": value, "min": value, "max": value} if number else value


class Programme(FileModel):
    """How often a protocol is done, and how its doses grow over the weeks."""

    daily_days: Annotated[int, Field(ge=0, le=365, strict=True, description="Done every day for so many days.")] = 0
    times_a_week: Annotated[
        TimesAWeek,
        BeforeValidator(_number_as_times, json_schema_input_type=int | TimesAWeek),
        Field(description="On how many days a week after that."),
    ] = TimesAWeek(default=3)
    grow_until_week: Annotated[
        int | None,
        Field(ge=2, le=LAST_WEEK, strict=True, description="Doses start at their min, and are at their max by then."),
    ] = None
    expect: Annotated[Sentences, Field(description="What changes when; printed, not spoken.")] = ()


class Protocol(FileModel):
    """What a protocol file prescribes."""

    format: Literal[1]
    id: Id
    title: Title
    language: Annotated[Literal["en"], Field(description="Language of the fixed sentences.")] = "en"
    summary: Annotated[Sentences, Field(description="What this is, said at the start.")] = ()
    safety: Annotated[Sentences, Field(description="Stop rules, said at the start at every level of detail.")] = ()
    closing: Annotated[Sentences, Field(description="Said at the end.")] = ()
    see_professional: Annotated[Sentences, Field(description="When to see a professional; said at the end.")] = ()
    programme: Annotated[Programme | None, Field(description="How often it is done, and how it grows.")] = None
    lexicon: Annotated[
        dict[str, Entry],
        Field(description="How words are spoken: written form = respelling or /phonemes/, or a table by engine."),
    ] = Field(default_factory=dict)
    phase: Annotated[
        tuple[Phase, ...], BeforeValidator(_list_as_tuple, json_schema_input_type=list[Phase]), Field(min_length=1)
    ]
    exercise: Annotated[
        dict[Id, Exercise], Field(description="Exercises of this file; built-in ones need no definition.")
    ] = Field(default_factory=dict)


class Library(FileModel):
    """A file of exercises without phases."""

    format: Literal[1]
    exercise: dict[Id, Exercise]
