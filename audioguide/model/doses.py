"""Doses as a file states them: a default and the range it may be customised in, in seconds or as a count."""

from typing import Annotated, Any, LiteralString, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from audioguide.model.limits import LONGEST_SESSION_S
from audioguide.model.units import plain_number
from audioguide.model.validators import BeforeValidator

Work = Annotated[float, Field(ge=1, le=LONGEST_SESSION_S, allow_inf_nan=False, strict=True)]
"""Seconds of work: at least one, so that start and end can be told apart, and at most a day."""


def _none_or_audible(seconds: float) -> float:
    if 0 < seconds < 0.5:
        raise PydanticCustomError("advice", "is too short to follow", {"hint": "use 0.5 or more, or 0 for none"})
    return seconds


PartSeconds = Annotated[
    float, Field(ge=0, le=3_600, allow_inf_nan=False, strict=True), AfterValidator(_none_or_audible)
]
"""Seconds of one part of a rep, at least half a one; 0 for no such part, as in a tempo of 2-0-2-1."""

NotNegative = Annotated[float, Field(ge=0, le=LONGEST_SESSION_S, allow_inf_nan=False, strict=True)]
"""Seconds that may be none: a rest, time to get into position."""

Count = Annotated[int, Field(ge=1, le=1_000, strict=True)]
"""A count of sets, reps or rounds."""


Cap = Annotated[float, Field(ge=0.5, le=LONGEST_SESSION_S / 60, allow_inf_nan=False, strict=True)]
"""Minutes of rounds against the clock: at least half a one, and at most a day."""


class FileModel(BaseModel):
    """A table in a file that a user writes: unknown keys are refused, and values are not converted."""

    # Strict, as a text that looks like a number is a slip to be told of, not a guess to be made; frozen, as what is
    # read is shared by every trial of a session. Most tables are read as parts of others: a validator of their own is
    # built when it is asked for, and that is hardly ever.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def number_as_table(value: Any) -> Any:
    """Return a bare number as the table that it is short for; anything else is left to pydantic."""
    # In Python a truth value is a number too, in a file it is a slip.
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"default": value} if number else value


ONE, LISTED = "[one]", "[list]"
"""How a value of one number, or of one a set, is told apart; in brackets, as no file has such a key."""

BY_FORM = Discriminator(lambda value: LISTED if isinstance(value, list | tuple) else ONE)
"""Asks which of the two forms a value has, so that a problem is named in the words of that form alone."""


def list_as_tuple(value: Any) -> Any:
    """Return a TOML list as the tuple that a frozen model holds; strict models don't convert it themselves."""
    return tuple(value) if isinstance(value, list) else value


class Dose(FileModel):
    """A dose with its range. A bare number in the file states a dose without a range of its own."""

    default: Annotated[float, Field(description="What is done where nobody says otherwise.", examples=[45])]
    min: Annotated[
        float | None,
        Field(description="The least it may be fitted to, and what it is in the first week.", examples=[30]),
    ] = None
    max: Annotated[
        float | None, Field(description="The most it may be fitted to, and what it grows to.", examples=[60])
    ] = None

    @model_validator(mode="after")
    def _range_holds_default(self) -> Self:
        refuse_outside_range(self.default, self.min, self.max)
        return self

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies in the stated range; without a range any value does."""
        # A range may be open on one side.
        return (self.min is None or value >= self.min) and (self.max is None or value <= self.max)

    @property
    def ranged(self) -> bool:
        """Whether it has a range to move in, with both its ends."""
        return self.min is not None and self.max is not None

    def overridden(self, by: "Dose | None") -> Self:
        """Return this dose with what a phase's use of the exercise states instead.

        One number there is that dose, which nothing moves; of a range stated in part, the rest is this dose's.
        """
        if by is None:
            return self
        if by.min is None and by.max is None:
            return type(self)(default=by.default)
        low = self.min if by.min is None else by.min
        high = self.max if by.max is None else by.max
        # A default outside the exercise's own range widens it: the phase's author meant that dose.
        return type(self)(
            default=by.default,
            min=None if low is None else min(low, by.default),
            max=None if high is None else max(high, by.default),
        )


def refuse_outside_range(default: float, low: float | None, high: float | None) -> None:
    """Refuse a default outside its own range; a range may be open on either side.

    Raises:
        PydanticCustomError: saying which end it misses.
    """
    if low is not None and default < low:
        raise _range_error("{default} is below the min of {limit}", default, low)
    if high is not None and default > high:
        raise _range_error("{default} is above the max of {limit}", default, high)


def _range_error(message: LiteralString, default: float, limit: float) -> PydanticCustomError:
    # An error of our own kind, so that it is explained in the words of the file, not in pydantic's.
    context = {"default": plain_number(default), "limit": plain_number(limit)}
    return PydanticCustomError("dose_range", message, context)


class Seconds(Dose):
    """A dose in seconds."""

    default: Annotated[Work, Field(description="What is done where nobody says otherwise.", examples=[45])]
    min: Annotated[
        Work | None,
        Field(description="The least it may be fitted to, and what it is in the first week.", examples=[30]),
    ] = None
    max: Annotated[
        Work | None, Field(description="The most it may be fitted to, and what it grows to.", examples=[60])
    ] = None


class Times(Dose):
    """A dose as a count."""

    default: Annotated[Count, Field(description="What is done where nobody says otherwise.", examples=[3])]
    min: Annotated[
        Count | None,
        Field(description="The least it may be fitted to, and what it is in the first week.", examples=[1]),
    ] = None
    max: Annotated[
        Count | None, Field(description="The most it may be fitted to, and what it grows to.", examples=[3])
    ] = None


class Minutes(Dose):
    """A time cap in minutes."""

    default: Annotated[Cap, Field(description="How long it is where nobody says otherwise.", examples=[12])]
    min: Annotated[
        Cap | None,
        Field(description="The least it may be fitted to, and what it is in the first week.", examples=[8]),
    ] = None
    max: Annotated[
        Cap | None, Field(description="The most it may be fitted to, and what it grows to.", examples=[15])
    ] = None


SecondsDose = Annotated[Seconds, BeforeValidator(number_as_table, json_schema_input_type=Work | Seconds)]
TimesDose = Annotated[Times, BeforeValidator(number_as_table, json_schema_input_type=Count | Times)]
MinutesDose = Annotated[Minutes, BeforeValidator(number_as_table, json_schema_input_type=Cap | Minutes)]


def _several(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(values) < 2:
        hint = "list a number for each of two sets or more, or write one number for all"
        raise PydanticCustomError("advice", "lists no two sets", {"hint": hint})
    return values


def _some(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise PydanticCustomError("advice", "lists no rest", {"hint": "list one between two sets, or write one number"})
    return values


SecondsDoses = Annotated[
    Annotated[SecondsDose, Tag(ONE)]
    | Annotated[
        tuple[SecondsDose, ...],
        BeforeValidator(list_as_tuple, json_schema_input_type=list[SecondsDose]),
        AfterValidator(_several),
        Tag(LISTED),
    ],
    BY_FORM,
]
"""A dose in seconds, or one a set."""

TimesDoses = Annotated[
    Annotated[TimesDose, Tag(ONE)]
    | Annotated[
        tuple[TimesDose, ...],
        BeforeValidator(list_as_tuple, json_schema_input_type=list[TimesDose]),
        AfterValidator(_several),
        Tag(LISTED),
    ],
    BY_FORM,
]
"""A dose as a count, or one a set."""

WorkBySet = Annotated[
    Annotated[Work, Tag(ONE)]
    | Annotated[
        tuple[Work, ...],
        BeforeValidator(list_as_tuple, json_schema_input_type=list[Work]),
        AfterValidator(_several),
        Tag(LISTED),
    ],
    BY_FORM,
]
"""Seconds of work, or some for each set."""

CountBySet = Annotated[
    Annotated[Count, Tag(ONE)]
    | Annotated[
        tuple[Count, ...],
        BeforeValidator(list_as_tuple, json_schema_input_type=list[Count]),
        AfterValidator(_several),
        Tag(LISTED),
    ],
    BY_FORM,
]
"""A count, or one for each set."""

Rests = Annotated[
    Annotated[NotNegative, Tag(ONE)]
    | Annotated[
        tuple[NotNegative, ...],
        BeforeValidator(list_as_tuple, json_schema_input_type=list[NotNegative]),
        AfterValidator(_some),
        Tag(LISTED),
    ],
    BY_FORM,
]
"""Seconds of rest after each set, or after each a rest of its own."""

D = TypeVar("D", bound=Dose)


def by_set(doses: D | tuple[D, ...]) -> tuple[D, ...]:
    """Return the dose of each set; one alone where it is the same in all."""
    return doses if isinstance(doses, tuple) else (doses,)
