"""A protocol as its file states it. `library` reads it and checks what concerns more than one field."""

import re
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic_core import PydanticCustomError

from audioguide.model.cues import Cues
from audioguide.model.doses import (
    LISTED,
    ONE,
    Count,
    D,
    Dose,
    FileModel,
    MinutesDose,
    NotNegative,
    PartSeconds,
    Rests,
    SecondsDose,
    SecondsDoses,
    Times,
    TimesDose,
    TimesDoses,
    Work,
    by_set,
    list_as_tuple,
    refuse_outside_range,
)
from audioguide.model.kinds import BreathRole, Side, Sides, Suggested
from audioguide.model.language_tag import LanguageTag
from audioguide.model.lexicon import Entry
from audioguide.model.limits import GROWTH_PERCENT, LAST_WEEK, LONGEST_GROWN_MIN, LONGEST_SESSION_S, MOST_MINUTES
from audioguide.model.pictured import Figure, OwnPicture
from audioguide.model.recorded import Recorded
from audioguide.model.side_forms import names_a_side
from audioguide.model.tempo import TEMPO_WORDS, read_tempo
from audioguide.model.units import to_ms
from audioguide.model.validators import BeforeValidator, WrapValidator
from audioguide.model.weeks import Weeks, WeeksField, read_weeks

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
"""Ids name files and options, so they are lower case letters, digits and hyphens."""

# Said at 150 words a minute this takes over half a minute: more than anyone follows by ear.
LONGEST_SENTENCE = 500
LONGEST_GIVEN_S = 600
# Titles are chapter names, tags and the cover's lettering, whose smallest size holds so many characters.
LONGEST_TITLE = 120

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Also C1 controls and Unicode's line and paragraph separators, which some terminals and editors obey."""

_LETTERS = {"Lu", "Ll", "Lt", "Lo"}
"""Unicode's categories of letters; a modifier letter alone (Lm) is no word."""


def _sayable(text: str) -> str:
    # Subtitles, tags and messages have a line each, and a terminal would obey a control character.
    if _CONTROL.search(text):
        raise PydanticCustomError("one_line", "has a line break or control character; write it on one line")
    # Signs alone give a clip without a sound, and a cue that can't be heard is no cue.
    if not any(char in "0123456789" or unicodedata.category(char) in _LETTERS for char in text):
        raise PydanticCustomError("sayable", "has no word that could be said")
    return text


def _line_as_list(value: Any) -> Any:
    # A table is one line with its recording.
    return (value,) if isinstance(value, str | dict) else list_as_tuple(value)


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Sentence = Annotated[str, StringConstraints(max_length=LONGEST_SENTENCE), AfterValidator(_sayable)]
Title = Annotated[str, StringConstraints(max_length=LONGEST_TITLE), AfterValidator(_sayable)]
Sentences = Annotated[
    tuple[Sentence, ...], BeforeValidator(_line_as_list, json_schema_input_type=Sentence | list[Sentence])
]
Titles = Annotated[tuple[Title, ...], BeforeValidator(list_as_tuple, json_schema_input_type=list[Title])]
Ids = Annotated[tuple[Id, ...], BeforeValidator(list_as_tuple, json_schema_input_type=list[Id])]
Marks = Annotated[
    tuple[Annotated[Suggested, Field(strict=False)], ...],
    BeforeValidator(list_as_tuple, json_schema_input_type=list[Suggested]),
]
"""What is the author's own suggestion."""

ClipPath = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]+$")]
"""A sound file; a relative path starts from the folder of the protocol file."""


class SideClips(FileModel):
    """The recordings of a text that names a side."""

    left: Annotated[ClipPath, Field(description="What is heard for the left side.", examples=["voice/kneel-left.wav"])]
    right: Annotated[ClipPath, Field(description="And for the right.", examples=["voice/kneel-right.wav"])]


class RecordedText(FileModel):
    """A text with a recording that is heard instead of the synthetic voice."""

    text: Annotated[
        Sentence,
        Field(
            description="The words, for everything that is read; at most as long as without clip.",
            examples=["Well done."],
        ),
    ]
    clip: Annotated[
        ClipPath | SideClips,
        Field(description="The sound file, seen from the protocol file.", examples=["voice/well-done.wav"]),
    ]


def _words(value: Any, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Return a text as ``read`` checks it, or such a text with its recording."""
    if isinstance(value, Recorded) or not isinstance(value, dict):
        return value if isinstance(value, Recorded) else read(value)
    clip = value.get("clip")
    files = {None: clip} if isinstance(clip, str) else clip
    if (
        value.keys() != {"text", "clip"}
        or not isinstance(files, dict)
        or not all(isinstance(path, str) and 0 < len(path) <= 4_000 and "\x00" not in path for path in files.values())
    ):
        raise PydanticCustomError("advice", "is no text with a recording", {"hint": RECORDED_FORM})
    if files.keys() not in ({None}, {*Side}):
        hint = 'write clip = { left = "…", right = "…" }, or one file'
        raise PydanticCustomError("advice", "has recordings for other sides than left and right", {"hint": hint})
    folder = (info.context or {}).get("folder")
    if folder is None:
        hint = "load the protocol from its file, or write the text alone"
        raise PydanticCustomError("advice", "has a recording, and no file of a protocol beside it", {"hint": hint})
    clips = {side and Side(side): Path(folder, file) for side, file in files.items()}
    return Recorded(read(value["text"]), clips)


RECORDED_FORM = 'write { text = "Well done.", clip = "voice/well-done.wav" }'

Spoken = Annotated[Sentence, WrapValidator(_words, json_schema_input_type=Sentence | RecordedText)]
SpokenTitle = Annotated[Title, WrapValidator(_words, json_schema_input_type=Title | RecordedText)]
SpokenSentences = Annotated[
    tuple[Spoken, ...], BeforeValidator(_line_as_list, json_schema_input_type=Spoken | list[Spoken])
]


GivenSeconds = Annotated[float, Field(ge=0, le=LONGEST_GIVEN_S, allow_inf_nan=False, strict=True)]
"""Seconds to do what an instruction says."""

StepSeconds = Annotated[float, Field(ge=12, le=LONGEST_SESSION_S, allow_inf_nan=False, strict=True)]
"""Seconds from one line of coaching to another, which are never said nearer to each other."""


class TextOfWeeks(FileModel):
    """A text that is said in some weeks only."""

    text: Annotated[Spoken, Field(description="What is said then.", examples=["Do this every day for now."])]
    weeks: Annotated[
        Annotated[Weeks, BeforeValidator(read_weeks, json_schema_input_type=str | int | list[int | str])],
        Field(description="The weeks; who goes by none is in the first.", examples=["1-2"]),
    ]


_SAID_WHEN = Discriminator(
    lambda value: LISTED if isinstance(value, TextOfWeeks) or (isinstance(value, dict) and "weeks" in value) else ONE
)
"""Tells a text of some weeks from one of all; a problem is then named in the words of that form alone."""


TextsByWeek = Annotated[
    tuple[Annotated[Annotated[Spoken, Tag(ONE)] | Annotated[TextOfWeeks, Tag(LISTED)], _SAID_WHEN], ...],
    BeforeValidator(_line_as_list, json_schema_input_type=Spoken | TextOfWeeks | list[Spoken | TextOfWeeks]),
]


class TempoPart(FileModel):
    """One part of a rep: how long it takes and the word that starts it."""

    s: Annotated[PartSeconds, Field(description="Seconds this part takes, at least 0.5; 0 for none.", examples=[3])]
    say: Annotated[
        SpokenTitle | None,
        Field(description="The word that starts it; may hold {side} and {other_side}.", examples=["Lower"]),
    ] = None
    breath: Annotated[
        BreathRole | None,
        Field(strict=False, description="in, stay or out: how the breath pacer's tone goes, if on.", examples=["out"]),
    ] = None
    suggested: Annotated[
        bool, Field(description="Whether its seconds are your own suggestion; marked where printed.", examples=[True])
    ] = False


class Call(FileModel):
    """What is said at a fixed time of a hold."""

    at_s: Annotated[Work, Field(description="So long after the hold's start; it begins just then.", examples=[600])]
    say: Annotated[
        Spoken,
        Field(description="What is said; may hold {side} and {other_side}.", examples=["Ten minutes. Turn back."]),
    ]


class CoachingLine(FileModel):
    """A line of coaching that says when it makes sense; a text alone is one with the defaults."""

    say: Annotated[
        Spoken,
        Field(description="What is said; may hold {side} and {other_side}.", examples=["On a tender spot, stay."]),
    ]
    again: Annotated[
        Spoken | None,
        Field(
            description="Shorter words for who has heard it: on the second side, and when it is repeated.",
            examples=["Stay on tender spots."],
        ),
    ] = None
    once: Annotated[
        bool, Field(description="Whether once in a session is enough: not on the second side too.", examples=[True])
    ] = False
    from_s: Annotated[
        NotNegative, Field(description="So many seconds after the hold's start at the earliest.", examples=[20])
    ] = 0.0
    left_s: Annotated[
        NotNegative | None,
        Field(
            description="Seconds of the hold that must be left once it is said; where not stated, the least time that "
            "its words name, else a quarter of the hold, at most 30.",
            examples=[20],
        ),
    ] = None
    after: Annotated[
        StepSeconds | None,
        Field(
            description="Seconds after the start of the line before it, at the earliest; without that line it is not "
            "said either.",
            examples=[25],
        ),
    ] = None
    repeat_s: Annotated[
        StepSeconds | None,
        Field(
            description="So many seconds later it is said again, and the lines with `after` behind it, while there is "
            "room; at full detail.",
            examples=[60],
        ),
    ] = None
    feel: Annotated[
        bool,
        Field(
            description="Whether it says how it should feel; of several one is said in a session, another each day.",
            examples=[True],
        ),
    ] = False
    more: Annotated[
        bool,
        Field(
            description="Whether it asks for more; not said while pain is acute, nor are lines with `after` behind it.",
            examples=[True],
        ),
    ] = False


class ReadTip(FileModel):
    """A tip for reading; a text alone is one with the defaults."""

    text: Annotated[Sentence, Field(description="The words.", examples=["For more, shift forward a little."])]
    more: Annotated[
        bool,
        Field(description="Whether it asks for more; not printed while pain is acute.", examples=[True]),
    ] = False


def _text_as_tip(value: Any) -> Any:
    """Return a text as a tip for reading with the defaults."""
    return {"text": value} if isinstance(value, str) else value


def _text_as_line(value: Any) -> Any:
    """Return a text, or one with its recording, as a line with the defaults."""
    recorded = isinstance(value, dict) and "say" not in value and value.keys() & {"text", "clip"}
    return {"say": value} if isinstance(value, str) or recorded else value


class Instruction(FileModel):
    """An instruction with time to do it; a text alone is one with its share of ``setup_s``."""

    say: Annotated[
        Spoken,
        Field(
            description="What is said; may hold {side} and {other_side}.", examples=["Roll onto your hands and knees."]
        ),
    ]
    give_s: Annotated[
        GivenSeconds | None,
        Field(
            description="Seconds of silence behind it to do it, beside setup_s, or in load as a part of switch_s; "
            "where not stated, a share of those.",
            examples=[8],
        ),
    ] = None

    @property
    def give_ms(self) -> int | None:
        """The same in milliseconds."""
        return None if self.give_s is None else to_ms(self.give_s)


CUES_EXAMPLE = {"halfway": False, "countdown": False, "start": False}
CALLS_EXAMPLE = [{"at_s": 600, "say": "Ten minutes. Turn back."}]

Instructions = Annotated[
    tuple[
        Annotated[
            Instruction,
            BeforeValidator(_text_as_line, json_schema_input_type=Sentence | RecordedText | Instruction),
        ],
        ...,
    ],
    BeforeValidator(
        _line_as_list,
        json_schema_input_type=Sentence | RecordedText | Instruction | list[Sentence | RecordedText | Instruction],
    ),
]
Coaching = Annotated[
    tuple[
        Annotated[
            CoachingLine,
            BeforeValidator(_text_as_line, json_schema_input_type=Sentence | RecordedText | CoachingLine),
        ],
        ...,
    ],
    BeforeValidator(
        _line_as_list,
        json_schema_input_type=Sentence | RecordedText | CoachingLine | list[Sentence | RecordedText | CoachingLine],
    ),
]

ReadTips = Annotated[
    tuple[Annotated[ReadTip, BeforeValidator(_text_as_tip, json_schema_input_type=Sentence | ReadTip)], ...],
    BeforeValidator(_line_as_list, json_schema_input_type=Sentence | ReadTip | list[Sentence | ReadTip]),
]

CallEvery = Annotated[float, Field(ge=10, le=LONGEST_SESSION_S, allow_inf_nan=False, strict=True)]
"""Seconds from one call of the time to the next: nearer to each other, they are all that is heard."""

Calls = Annotated[tuple[Call, ...], BeforeValidator(list_as_tuple, json_schema_input_type=list[Call])]


def _tempo_as_parts(value: Any) -> Any:
    """Return a tempo in figures as its parts; anything else is left to pydantic."""
    if not isinstance(value, str):
        return list_as_tuple(value)
    return tuple({"s": seconds, "say": word} for word, seconds in zip(TEMPO_WORDS, read_tempo(value), strict=False))


class Exercise(FileModel):
    """One exercise. It has exactly one kind of work: `hold_s`, or `reps` with a `tempo`."""

    name: Annotated[SpokenTitle, Field(description="The name that is spoken.", examples=["Calf stretch"])]
    target: Annotated[Titles, Field(description="Muscles it works on; printed, not spoken.", examples=[["calf"]])] = ()
    equipment: Annotated[
        Titles, Field(description="What it needs, named at the start and before the exercise.", examples=[["wall"]])
    ] = ()
    figure: Annotated[
        Figure | None,
        Field(
            description="Its picture: the name of a built-in exercise for that one's figure, or a picture of your own.",
            examples=["bird-dog"],
        ),
    ] = None
    sides: Annotated[
        Sides,
        Field(
            strict=False,
            description="each: one side after the other; alternating: rep by rep; both: together; left or right: "
            "that side only.",
            examples=["each"],
        ),
    ] = Sides.BOTH
    hold_s: Annotated[
        SecondsDoses | None,
        Field(
            description="Seconds in one position, or of rolling; a list has those of each set.",
            examples=[{"default": 30, "min": 20, "max": 60}],
        ),
    ] = None
    repeat: Annotated[
        TimesDose | None,
        Field(
            description="How often it is held in one go, with relax_s between; counted aloud.",
            examples=[{"default": 6, "min": 4, "max": 8}],
        ),
    ] = None
    relax_s: Annotated[
        NotNegative | None,
        Field(description="Seconds to let go between the holds of one go; 0 for none.", examples=[3]),
    ] = None
    reps: Annotated[
        TimesDoses | None,
        Field(
            description="Reps in a set; for each or alternating sides, a side; a list has those of each set.",
            examples=[{"default": 12, "min": 12, "max": 15}],
        ),
    ] = None
    tempo: Annotated[
        tuple[TempoPart, ...],
        BeforeValidator(_tempo_as_parts, json_schema_input_type=str | list[TempoPart]),
        Field(
            description='The parts of one rep, in order; or in figures such as "3-1-1": lower, pause, lift.',
            examples=[[{"say": "Lift", "s": 1}, {"say": "Hold", "s": 5}, {"say": "Lower", "s": 3}]],
        ),
    ] = ()
    breath: Annotated[
        bool,
        Field(
            description="Whether it asks for deep breathing: a hold is then paced by a tone, for who wants it.",
            examples=[True],
        ),
    ] = False
    count: Annotated[
        bool, Field(description="Whether reps are counted aloud; false for breathing.", examples=[False])
    ] = True
    sets: Annotated[
        TimesDose,
        Field(
            description="How often the exercise is done, each time on every side; a list of hold_s or reps says it.",
            examples=[{"default": 3, "min": 1, "max": 3}],
        ),
    ] = Times(default=1)
    rest_s: Annotated[
        Rests | None,
        Field(
            description="Seconds of rest after each set; 0 for none; as long as its words take where not stated; "
            "a list has one rest after each set.",
            examples=[30],
        ),
    ] = None
    setup_s: Annotated[
        NotNegative,
        Field(
            description="Seconds of silence to get into position, between the instructions and after them; 0 for none.",
            examples=[12],
        ),
    ] = 10.0
    switch_s: Annotated[
        NotNegative | None,
        Field(
            description="Seconds to change sides, once it is said which; 0 for none; as setup_s where not stated.",
            examples=[6],
        ),
    ] = None
    setup: Annotated[
        Instructions,
        Field(
            description="How to get into position and what to do.",
            examples=[["Kneel on your {side} knee.", "Look ahead."]],
        ),
    ] = ()
    setup_brief: Annotated[
        Instructions | None,
        Field(
            description="The same for someone who knows it and for the second side; else what of setup names a side, "
            "or its first sentence.",
            examples=[["{side} knee down."]],
        ),
    ] = None
    setup_again: Annotated[
        Instructions | None,
        Field(
            description="The same for a second side at full detail; without it `setup_brief`; [] says that "
            "nothing is new there, at every level.",
            examples=[["Hands on the floor."]],
        ),
    ] = None
    setup_minimal: Annotated[
        Instructions,
        Field(
            description="What of it keeps a person safe, such as where a ball lies: said also where least is said.",
            examples=[["Ball just inside your {side} hip bone."]],
        ),
    ] = ()
    setup_minimal_again: Annotated[
        Instructions | None,
        Field(
            description="The same for a second side that follows its other; without it `setup_minimal`.",
            examples=[["Move to the {other_side}."]],
        ),
    ] = None
    load: Annotated[
        Instructions,
        Field(
            description="What takes effort to keep up, said when the time to get into position is over.",
            examples=[["Squeeze your glutes."]],
        ),
    ] = ()
    load_brief: Annotated[
        Instructions | None,
        Field(
            description="The same for someone who knows it, at brief detail; without it `load`.",
            examples=[["Glutes, and tuck."]],
        ),
    ] = None
    load_again: Annotated[
        Instructions | None,
        Field(
            description="The same for a second side or round at full detail; without it `load`.",
            examples=[["Shift your weight onto your {side} thigh."]],
        ),
    ] = None
    load_minimal: Annotated[
        Instructions,
        Field(
            description="What of it keeps a person safe, in few words: said where load is not.",
            examples=[["Lower back pressed into the floor."]],
        ),
    ] = ()
    side_role: Annotated[
        Title | None,
        Field(
            description='What its side is called, where "left side" could mean two things; with `setup_again = []` '
            'also behind "We begin with".',
            examples=["{side} knee down"],
        ),
    ] = None
    coaching: Annotated[
        Coaching,
        Field(
            description="Said in a hold where there is room and it makes sense; for reps, in the rests.",
            examples=[["Squeeze your glutes.", {"say": "For more, lean back.", "from_s": 20}]],
        ),
    ] = ()
    mid_set: Annotated[
        Spoken | None,
        Field(
            description="Few words said once a set of reps, past its middle, in the longest part of a rep; at full "
            "detail.",
            examples=["Long and level."],
        ),
    ] = None
    leave: Annotated[
        Instructions,
        Field(
            description="How to come out of it, said when it is over.",
            examples=[["Come off the roller."]],
        ),
    ] = ()
    leave_between: Annotated[
        Instructions,
        Field(
            description="How to come out of it before the sides change or a set's rest begins, where that takes care.",
            examples=[["Hands down, and come out slowly."]],
        ),
    ] = ()
    caution: Annotated[
        SpokenSentences,
        Field(
            description="What to watch for, said before the first time.", examples=[["Never roll over the hip bone."]]
        ),
    ] = ()
    caution_brief: Annotated[
        SpokenSentences | None,
        Field(
            description="The same in fewer words, for the second side and later sets; said there alone where `load` "
            "has the same words.",
            examples=[["Never over the hip bone."]],
        ),
    ] = None
    mistake: Annotated[
        SpokenSentences,
        Field(
            description="The usual mistake, said in a hold before the coaching.",
            examples=[["Don't arch your lower back."]],
        ),
    ] = ()
    mistake_brief: Annotated[
        SpokenSentences | None,
        Field(
            description="The same in fewer words, for the second side and later sets.",
            examples=[["Back long, no arch."]],
        ),
    ] = None
    avoid_if: Annotated[
        Ids,
        Field(
            description="Conditions in which to leave it out, such as pregnancy; said first.", examples=[["pregnancy"]]
        ),
    ] = ()
    read: Annotated[
        Sentences,
        Field(
            description="How it is done, for reading: printed instead of setup and load, once for both sides.",
            examples=[["Kneel on one knee, the other foot in front.", "Then change sides."]],
        ),
    ] = ()
    read_tips: Annotated[
        ReadTips,
        Field(
            description="Tips for reading: printed instead of coaching, once for both sides.",
            examples=[["Squeeze your glutes.", {"text": "For more, lean back.", "more": True}]],
        ),
    ] = ()
    suggested: Annotated[
        Marks,
        Field(
            description="Which of its doses, or of their ends, are your own suggestion; setup for how it is done.",
            examples=[["hold_s.min", "rest_s"]],
        ),
    ] = ()
    cues: Annotated[
        Cues | None,
        Field(description="Cues that it goes without, unless a person wants them.", examples=[CUES_EXAMPLE]),
    ] = None
    every_s: Annotated[
        CallEvery | None,
        Field(description='Says every so many seconds of its hold how much is done: "5 minutes done."', examples=[300]),
    ] = None
    calls: Annotated[Calls, Field(description="Said at a fixed time of its hold.", examples=[CALLS_EXAMPLE])] = ()

    @property
    def brief(self) -> tuple[Instruction, ...]:
        """What is said for getting into position at brief detail, and for a second side."""
        if self.setup_brief is not None:
            return self.setup_brief
        # On the other side what differs is where each side goes.
        sided = tuple(line for line in self.setup if names_a_side(line.say))
        return sided or self.setup[:1]

    @property
    def again(self) -> tuple[Instruction, ...]:
        """What is said for getting into position at full detail, for who has heard it."""
        return self.brief if self.setup_again is None else self.setup_again

    @property
    def again_caution(self) -> tuple[str, ...]:
        """What to watch for, for who has heard it."""
        return self.caution if self.caution_brief is None else self.caution_brief

    @property
    def again_mistake(self) -> tuple[str, ...]:
        """The usual mistake, for who has heard it."""
        return self.mistake if self.mistake_brief is None else self.mistake_brief

    @property
    def takes_side(self) -> bool:
        """Whether it is done with the side of a phase that goes by sides; one that states both is done as ever."""
        # In such a phase an exercise that says nothing of sides is a pose with a side, as in a yoga flow.
        return self.sides is not Sides.BOTH or "sides" not in self.model_fields_set

    def used_as(self, ref: "ExerciseRef") -> "Exercise":
        """Return this exercise with the doses that a phase states for it; what it doesn't state stays."""
        listed = next(
            (doses for doses in (ref.hold_s, ref.reps, self.hold_s, self.reps) if isinstance(doses, tuple)), ()
        )
        # A list says how many sets there are, also where one number for all takes its place.
        sets = Times(default=len(listed)) if listed else self.sets
        return self.model_copy(
            update={
                "sides": self.sides if ref.sides is None else ref.sides,
                "hold_s": self.hold_s and _used(self.hold_s, ref.hold_s or ref.work_s),
                "repeat": ref.repeat if self.repeat is None else self.repeat.overridden(ref.repeat),
                "relax_s": self.relax_s if ref.relax_s is None else ref.relax_s,
                "reps": self.reps and _used(self.reps, ref.reps),
                "sets": sets.overridden(ref.sets),
                "rest_s": self.rest_s if ref.rest_s is None else ref.rest_s,
                "setup_s": self.setup_s if ref.setup_s is None else ref.setup_s,
                "cues": self.cues if ref.cues is None else ref.cues.over(self.cues),
                "every_s": self.every_s if ref.every_s is None else ref.every_s,
                "calls": self.calls if ref.calls is None else ref.calls,
                "suggested": (*(mark for mark in self.suggested if not ref.restates(mark)), *ref.suggested),
            }
        )


def _used(own: D | tuple[D, ...], stated: D | tuple[D, ...] | None) -> D | tuple[D, ...]:
    """Return a dose as a place states it; of two single ones, what the place doesn't state stays."""
    if stated is None:
        return own
    return stated if isinstance(own, tuple) or isinstance(stated, tuple) else own.overridden(stated)


class PlaceDoses(FileModel):
    """The sides and doses that a place in a phase states instead of the exercise's own."""

    sides: Annotated[
        Sides | None,
        Field(strict=False, description="Its sides in this place, such as the treated one only.", examples=["left"]),
    ] = None
    hold_s: Annotated[
        SecondsDoses | None, Field(description="Its hold in this place, instead of the exercise's own.", examples=[60])
    ] = None
    repeat: Annotated[
        TimesDose | None, Field(description="How often it is held in one go in this place.", examples=[6])
    ] = None
    relax_s: Annotated[
        NotNegative | None, Field(description="Its time to let go between those holds in this place.", examples=[3])
    ] = None
    reps: Annotated[
        TimesDoses | None, Field(description="Its reps in this place.", examples=[{"default": 10, "max": 12}])
    ] = None
    sets: Annotated[TimesDose | None, Field(description="Its sets in this place.", examples=[2])] = None
    rest_s: Annotated[
        Rests | None,
        Field(
            description="Its rest after each set in this place, in a circuit after each round's turn; 0 for none.",
            examples=[20],
        ),
    ] = None
    setup_s: Annotated[
        NotNegative | None, Field(description="Its time to get into position in this place.", examples=[15])
    ] = None
    work_s: Annotated[
        SecondsDose | None,
        Field(description="In a circuit: its seconds of work, instead of the circuit's work_s.", examples=[60]),
    ] = None
    cues: Annotated[
        Cues | None, Field(description="Cues that it goes without in this place.", examples=[CUES_EXAMPLE])
    ] = None
    every_s: Annotated[
        CallEvery | None,
        Field(description="So often its hold in this place says how much is done.", examples=[300]),
    ] = None
    calls: Annotated[
        Calls | None,
        Field(description="Said in this place, instead of the exercise's own calls.", examples=[CALLS_EXAMPLE]),
    ] = None
    suggested: Annotated[
        Marks,
        Field(description="Which doses of this place are your own suggestion.", examples=[["sets.min"]]),
    ] = ()

    def restates(self, mark: Suggested) -> bool:
        """Return whether this place states anew what ``mark`` says of the exercise."""
        stated = self.work_s if mark.key == "hold_s" and self.hold_s is None else getattr(self, mark.key, None)
        # What a list states holds for each set, so its ends are its own.
        return getattr(stated, mark.end, stated) is not None if mark.end else stated is not None


class ExerciseRef(PlaceDoses):
    """An exercise in a phase, with doses other than its own where stated."""

    use: Annotated[
        Id, Field(description="Id of the exercise: a built-in one or one of this file.", examples=["half-kneeling"])
    ]


def _id_as_ref(value: Any) -> Any:
    return {"use": value} if isinstance(value, str) else value


ChoiceOption = Annotated[ExerciseRef, BeforeValidator(_id_as_ref, json_schema_input_type=Id | ExerciseRef)]


class Harder(FileModel):
    """A harder exercise that takes a place from some week on."""

    use: Annotated[Id, Field(description="Id of the harder exercise.", examples=["single-leg-bridge"])]
    from_week: Annotated[
        int, Field(ge=2, le=LAST_WEEK, strict=True, description="The first week in which it is done.", examples=[8])
    ]


class Item(PlaceDoses):
    """One entry of a phase: an exercise (`use`), or a `choice` with its options in `of`, the usual one first."""

    # With the doses of `ExerciseRef`, so that a file writes { use = "bird-dog", sets = 2 } without a level between.
    use: Annotated[
        Id | None,
        Field(description="Id of the exercise: a built-in one or one of this file.", examples=["half-kneeling"]),
    ] = None
    choice: Annotated[
        Id | None,
        Field(
            description="Name of a choice; a person takes an option with `--choose NAME=ID`.", examples=["deep-stretch"]
        ),
    ] = None
    of: Annotated[
        Annotated[tuple[ChoiceOption, ...], BeforeValidator(list_as_tuple, json_schema_input_type=list[ChoiceOption])],
        Field(
            description="The options of a choice, the usual one first.",
            examples=[["couch-stretch", {"use": "supine-hang", "hold_s": 90}]],
        ),
    ] = ()
    gentle: Annotated[
        Id | None,
        Field(description="The option of a choice that is taken while pain is acute.", examples=["supine-hang"]),
    ] = None
    harder: Annotated[
        Harder | None,
        Field(
            description="What takes its place from a week on, for who goes by weeks.",
            examples=[{"use": "single-leg-bridge", "from_week": 8}],
        ),
    ] = None
    priority: Annotated[
        int,
        Field(
            ge=1,
            le=9,
            strict=True,
            description="1 stays longest in a session fitted to few minutes, 9 goes first.",
            examples=[1],
        ),
    ] = 5
    weeks: Annotated[
        WeeksField, Field(description="The weeks in which it is done here; every week without it.", examples=["5-"])
    ] = None

    @property
    def options(self) -> tuple[ExerciseRef, ...]:
        """What may be done here: the options of a choice, or the one exercise."""
        if self.choice is not None:
            return self.of
        return (ExerciseRef(**{name: getattr(self, name) for name in ExerciseRef.model_fields}),)

    @property
    def refs(self) -> tuple[ExerciseRef, ...]:
        """Every exercise that may be done here: the options, and the harder one of a later week at its own doses."""
        return self.options if self.harder is None else (*self.options, ExerciseRef(use=self.harder.use))


class Circuit(FileModel):
    """Rounds of a phase's exercises, one after the other, with a rest between them."""

    # The rests are our suggestion: the sources of the built-in protocols state none.
    rounds: Annotated[Count, Field(description="How often the exercises go round.", examples=[2])] = 1
    work_s: Annotated[
        Work | None, Field(description="Seconds of each exercise, instead of its own hold.", examples=[30])
    ] = None
    rest_s: Annotated[NotNegative, Field(description="Seconds between two exercises; 0 for none.", examples=[10])] = (
        10.0
    )
    round_rest_s: Annotated[
        NotNegative | None,
        Field(
            description="Seconds between two rounds; 0 for none; where not stated, the last exercise's rest.",
            examples=[60],
        ),
    ] = None
    minutes: Annotated[
        MinutesDose | None,
        Field(
            description="As many rounds as one can in so many minutes, instead of counted rounds (AMRAP).",
            examples=[{"default": 12, "min": 8, "max": 15}],
        ),
    ] = None

    def work_of(self, ref: ExerciseRef) -> Dose | None:
        """Return the time of work that is stated for an exercise in this circuit, its own before the one for all.

        None where nobody states one, so that the exercise's own dose counts with its range.
        """
        own: Dose | tuple[Dose, ...] | None = ref.work_s or (None if self.work_s is None else ref.hold_s)
        if own is None:
            return None if self.work_s is None else Dose(default=self.work_s)
        # A circuit's rounds are its sets, so that nobody lists one a set here.
        return by_set(own)[0]


class Phase(FileModel):
    """A part of the session with a title."""

    title: Annotated[
        SpokenTitle,
        Field(description="Spoken when the phase begins, and part of its chapters' titles.", examples=["Stretch"]),
    ]
    say: Annotated[
        SpokenSentences,
        Field(description="Said after the title.", examples=[["Now hold each stretch, and breathe slowly."]]),
    ] = ()
    exercises: Annotated[
        tuple[Annotated[Item, BeforeValidator(_id_as_ref, json_schema_input_type=Id | Item)], ...],
        BeforeValidator(list_as_tuple, json_schema_input_type=list[Id | Item]),
        Field(
            min_length=1,
            description="What is done, in order: ids, or tables.",
            examples=[["half-kneeling", {"use": "couch-stretch", "sets": 2}]],
        ),
    ]
    circuit: Annotated[
        Circuit | None,
        Field(description="Makes a circuit of the phase.", examples=[{"rounds": 2, "work_s": 30, "rest_s": 10}]),
    ] = None
    sides: Annotated[
        Literal["each"] | None,
        Field(description="each: all of it with one side, then all of it with the other.", examples=["each"]),
    ] = None
    encouragement: Annotated[
        SpokenSentences,
        Field(
            description="Of these one is said in this phase, another each day; instead of the protocol's own.",
            examples=[["Patient pressure does the work here.", "You take your time. Good."]],
        ),
    ] = ()
    shuffle: Annotated[
        bool, Field(description="Whether each day draws the order of its exercises anew.", examples=[True])
    ] = False
    weeks: Annotated[
        WeeksField, Field(description="The weeks in which it is done; every week without it.", examples=["1-3"])
    ] = None


class PhaseFrom(FileModel):
    """All phases of another protocol, which take this place."""

    from_: Annotated[
        str,
        Field(
            alias="from",
            min_length=1,
            description="A built-in id, or the path of a file from the folder of this one.",
            examples=["movement-break"],
        ),
    ]
    weeks: Annotated[
        WeeksField, Field(description="The weeks in which they are done; every week without it.", examples=["1-3"])
    ] = None


class TimesAWeek(FileModel):
    """On how many days a week a protocol is done."""

    default: Annotated[
        int, Field(ge=1, le=7, strict=True, description="On how many days for who chooses none.", examples=[3])
    ]
    min: Annotated[
        int, Field(ge=1, le=7, strict=True, description="The fewest days a person may choose.", examples=[3])
    ] = 1
    max: Annotated[
        int, Field(ge=1, le=7, strict=True, description="The most days a person may choose.", examples=[4])
    ] = 7

    @model_validator(mode="after")
    def _range_holds_default(self) -> Self:
        refuse_outside_range(self.default, self.min, self.max)
        return self


def _number_as_times(value: Any) -> Any:
    number = isinstance(value, int) and not isinstance(value, bool)
    return {"default": value, "min": value, "max": value} if number else value


class Programme(FileModel):
    """How often a protocol is done, and how its doses grow over the weeks."""

    daily_days: Annotated[
        int, Field(ge=0, le=365, strict=True, description="Done every day for so many days.", examples=[14])
    ] = 0
    times_a_week: Annotated[
        TimesAWeek,
        BeforeValidator(_number_as_times, json_schema_input_type=int | TimesAWeek),
        Field(description="On how many days a week after that.", examples=[{"default": 3, "min": 3, "max": 4}]),
    ] = TimesAWeek(default=3)
    times_a_day: Annotated[
        int,
        Field(ge=1, le=12, strict=True, description="How many times on each of these days.", examples=[3]),
    ] = 1
    weeks: Annotated[
        Annotated[int, Field(ge=1, le=LAST_WEEK, strict=True)] | None,
        Field(description="How many weeks it goes on; without it, it has no end.", examples=[9]),
    ] = None
    grow_until_week: Annotated[
        int | None,
        Field(
            ge=2,
            le=LAST_WEEK,
            strict=True,
            description="Doses start at their min, and are at their max by then as far as the next two keys allow.",
            examples=[8],
        ),
    ] = None
    growth_percent: Annotated[
        float,
        Field(
            ge=1,
            le=1_000,
            allow_inf_nan=False,
            strict=True,
            description="How much longer a session gets from one week to the next at most; a minute it always may.",
            examples=[10],
        ),
    ] = float(GROWTH_PERCENT)
    longest_min: Annotated[
        float,
        Field(
            ge=1,
            le=MOST_MINUTES,
            allow_inf_nan=False,
            strict=True,
            description="Doses grow until a session takes about so many minutes.",
            examples=[40],
        ),
    ] = float(LONGEST_GROWN_MIN)
    expect: Annotated[
        Sentences,
        Field(
            description="What changes when; printed, not spoken.", examples=[["Weeks 2 to 4: clearly less daily pain."]]
        ),
    ] = ()


class Protocol(FileModel):
    """What a protocol file prescribes."""

    format: Annotated[Literal[1], Field(description="Version of this format.", examples=[1])]
    id: Annotated[
        Id, Field(description="Names the MP3: lower case letters, digits and hyphens.", examples=["two-stretches"])
    ]
    title: Annotated[
        SpokenTitle, Field(description="Spoken at the start, and shown by players.", examples=["Two stretches"])
    ]
    language: Annotated[
        LanguageTag,
        Field(description="Language of its texts and of all that is said and printed with them.", examples=["de"]),
    ] = "en"
    summary: Annotated[
        SpokenSentences,
        Field(description="What this is, said at the start.", examples=[["Two exercises for the hips."]]),
    ] = ()
    safety: Annotated[
        SpokenSentences,
        Field(
            description="Stop rules, said at the start at every level of detail.",
            examples=[["Stop if you feel sharp or burning pain."]],
        ),
    ] = ()
    red_flags: Annotated[
        SpokenSentences,
        Field(
            description="Who sees a professional before doing this; said at the start at every level of detail.",
            examples=[["See a professional first if you have had hip surgery."]],
        ),
    ] = ()
    check: Annotated[
        Spoken | None,
        Field(
            description="Said once a phase, with what to do where it hurts; without it the fixed one.",
            examples=["If it hurts more than moderately, ease off. If your leg goes numb, stop."],
        ),
    ] = None
    check_again: Annotated[
        Spoken | None,
        Field(description="The same in fewer words, from the second phase on.", examples=["Numb? Stop, and ease off."]),
    ] = None
    put_by: Annotated[
        dict[Title, Title],
        Field(
            description="Where a thing is needed: said with it, where the session needs both.",
            examples=[{"mat": "wall or couch"}],
        ),
    ] = Field(default_factory=dict)
    encouragement: Annotated[
        SpokenSentences,
        Field(
            description="Of these one is said in each phase, another each day; without them the fixed ones.",
            examples=[["Well done for staying with it.", "No hurry, and no force."]],
        ),
    ] = ()
    closing: Annotated[
        TextsByWeek,
        Field(description="Said at the end; what holds in some weeks only, as a table.", examples=[["Well done."]]),
    ] = ()
    done: Annotated[
        Spoken | None,
        Field(
            description="Said when the last exercise is over; without it praise, and that the session is over.",
            examples=["Well done. You took your time."],
        ),
    ] = None
    see_professional: Annotated[
        SpokenSentences,
        Field(
            description="When to see a professional; said at the end.",
            examples=[["See a physiotherapist if pain lasts or grows."]],
        ),
    ] = ()
    read_red_flags: Annotated[
        Sentences,
        Field(
            description="Printed as a list instead of red_flags; a text with a colon at its end leads the list.",
            examples=[["See a professional first if:", "You have had hip surgery."]],
        ),
    ] = ()
    read_see_professional: Annotated[
        Sentences,
        Field(
            description="Printed as a list instead of see_professional; a text with a colon at its end leads the list.",
            examples=[["See a physiotherapist if:", "Pain lasts or grows."]],
        ),
    ] = ()
    why: Annotated[
        Sentences,
        Field(
            description="Why it is done in this way; printed, not spoken.",
            examples=[["Both sides: where one hurts, the other often has its part."]],
        ),
    ] = ()
    mistakes: Annotated[
        Sentences,
        Field(description="Common mistakes; printed, not spoken.", examples=[["Rolling too hard."]]),
    ] = ()
    suggestions: Annotated[
        Sentences,
        Field(
            description="What is your own suggestion and has no mark at a dose; printed, not spoken.",
            examples=[["A cushion under the knee."]],
        ),
    ] = ()
    breaks: Annotated[
        str | None,
        Field(
            min_length=1,
            description="A protocol for breaks from sitting: printed, and done at the end with `--with-breaks`; a "
            "built-in id, or the path of a file from the folder of this one.",
            examples=["movement-break"],
        ),
    ] = None
    conditions: Annotated[
        dict[Id, SpokenSentences],
        Field(
            description="What is said at the start to who has a condition, instead of that the session is not cleared "
            "for it.",
            examples=[{"pregnancy": ["This session is made for pregnancy.", "Ask your midwife before you begin."]}],
        ),
    ] = Field(default_factory=dict)
    programme: Annotated[
        Programme | None,
        Field(description="How often it is done, and how it grows.", examples=[{"daily_days": 14, "times_a_week": 3}]),
    ] = None
    lexicon: Annotated[
        dict[str, Entry],
        Field(
            description="How words are spoken: written form = a respelling or /phonemes/, or a table by engine.",
            examples=[{"iliopsoas": {"other": "ilio so-as", "hibari": "/ˌɪliOsˈOəs/"}}],
        ),
    ] = Field(default_factory=dict)
    phase: Annotated[
        tuple[Phase, ...],
        # Of other protocols, the library puts the phases themselves in.
        BeforeValidator(list_as_tuple, json_schema_input_type=list[Phase | PhaseFrom]),
        Field(
            min_length=1,
            description="The parts of the session, in order: `[[phase]]`.",
            examples=[[{"title": "Stretch", "exercises": ["half-kneeling"]}]],
        ),
    ]
    exercise: Annotated[
        dict[Id, Exercise],
        Field(
            description="Exercises of this file; built-in ones need no definition.",
            examples=[{"reach": {"name": "Overhead reach", "hold_s": 30}}],
        ),
    ] = Field(default_factory=dict)

    def items(self) -> tuple[Item, ...]:
        """The items of all phases, in order."""
        return tuple(item for phase in self.phase for item in phase.exercises)

    def exercise_refs(self) -> tuple[ExerciseRef, ...]:
        """Every use of an exercise that the protocol offers, options of choices and harder exercises included."""
        return tuple(ref for item in self.items() for ref in item.refs)

    def own_pictures(self) -> dict[str, OwnPicture]:
        """The user's own picture of each exercise that has one, by the exercise's id."""
        return {key: found.figure for key, found in self.exercise.items() if isinstance(found.figure, OwnPicture)}

    def closing_in(self, week: int | None) -> tuple[str, ...]:
        """What is said at the end in ``week``; who goes by no weeks hears what the first has."""
        return tuple(
            line.text if isinstance(line, TextOfWeeks) else line
            for line in self.closing
            if not isinstance(line, TextOfWeeks) or (week or 1) in line.weeks
        )

    def choices(self) -> dict[str, Item]:
        """The items that leave a choice, by its name."""
        return {item.choice: item for item in self.items() if item.choice is not None}
