"""What flows from a sheet to a protocol: its lines, doses as they are written there, and what was made of each line."""

from __future__ import annotations

from enum import Enum, StrEnum, auto

from msgspec import Struct, field

from audioguide.model.kinds import Sides


class Made(Enum):
    """What was made of a line of a sheet."""

    EXERCISE = auto()
    """An exercise with its dose, or a part of one."""

    TITLE = auto()
    PHASE = auto()
    SAFETY = auto()
    """What keeps a person safe, of the whole session or of one exercise."""

    TEXT = auto()
    OFTEN = auto()
    """How often the session is done."""

    COLUMNS = auto()
    """The headings of a table."""

    LEFT_OUT = auto()
    """About the person or the clinic, which is no part of a protocol."""

    UNREAD = auto()


class Why(StrEnum):
    """Why a line can't be read, with what to do about it behind the bar."""

    BARE_COUNT = "doesn't say whether it is seconds or reps|write the unit: 3 x 30 s, or 3 x 10 reps"
    BARE_TIME = "is a time without a unit|write the unit, such as 30 s or 2 min"
    UNKNOWN = "isn't understood|write it as in '3 x 10 reps each side, rest 30 s'"
    NO_DOSE = "has no dose|write how much: 3 x 30 s, or 3 x 10 reps; a text ends with a full stop"
    NO_NAME = "has a dose and no exercise|write the exercise's name before it"
    TWICE = "states one thing twice|write one dose a line"
    DATE = "is a date, as spreadsheets make of 3-1-1 or 8-12|format the cells as text, and type it again"
    COMMA = "has a comma in a number, which may be a decimal or a list|write 1.5, or 12/10/8"
    THOUSANDS = "has a number whose point may be a decimal or of thousands|write the number without it"
    CLOCK = "may be hours and minutes or minutes and seconds|write 90 s, or 1 min 30 s"
    PRIME = "has a ' alone, which may be minutes, seconds or feet|write min or s"
    SPACED_DASH = "has a dash with spaces between numbers, which may be a range or two things|write 8-12, or a comma"
    TWO_FIGURES = "has two numbers with a slash, which may be sides or sets|write each set: 12/10/8, or '10 each side'"
    FIGURES = "has three numbers with dashes that may be a tempo or sets|write 'tempo 3-1-1', or 12/10/8"
    BACKWARDS = "has a range whose first number is the larger one|write the smaller one first"
    MORE_SETS = "may be sets of reps or the other way round|write '3 sets of 10 reps'"
    TIME_OF_REPS = "has reps and a time that may be a hold or a rest|write 'hold 5 s', or 'rest 30 s'"
    TIMES = "says how many times, and not of what|write sets, reps, or times a day"
    BOTH_SIDES = "may mean one side after the other, or both together|write 'each side', or 'together'"
    SIDE = "names a side where it can't be told what is done with it|write 'each side', 'left only' or 'right only'"
    ALTERNATING = "may count the reps of a side or of both|write '10 each side, alternating'"
    REPS_OF_SIDES = "may count the reps of a side or of both|write '10 each side'"
    HELD_ALTERNATING = "holds alternating sides, which only reps do|write 'each side'"
    SIDE_REMARK = "has a remark that may change the dose|write it as a part of the dose, or as a caution"
    TOTAL = "states a total|write what is done on each side, or in each set"
    UNTIL_TIRED = "has no number to count to|write how many, or how long"
    JOINED = "joins exercises to a superset, circuit or rounds|write that phase in the protocol file by hand"
    OTHER_UNIT = "is in a unit that nobody can be guided by|write it in seconds, minutes or reps"
    EVERY_OTHER = "has no number of days|write '3 x a week' or 'daily'"
    WEEKS = "may say in which weeks it is done|write weeks = … in the protocol file by hand, and leave them out here"
    VAGUE = "has a number that is only a limit or a guess|write the number, or a range such as 8-12"
    NONE = "says that there is none of a part of the dose|write 'rest 0 s' behind the dose, or leave it out"
    NUMBER_WORD = "has a number in words|write it in figures"
    LIMITS = "is more than a sheet would ask for, or less than can be done|check the number"
    TEMPO = "has a tempo that can't be followed|write seconds to lower, pause and lift, such as tempo 3-1-1"
    TEMPO_OF_HOLD = "has a tempo and a hold|write reps with the tempo, or the hold alone"
    RELAX = "has a time to let go, and no hold that is repeated|write '10 x 5 s hold, 3 s relax'"
    SET_LIST = "lists other sets than it counts|write one number for each set"
    OFTEN_DIFFERS = "says other than the lines before how often it is done|write sheets of their own"
    OFTEN_SOME = "says how often, and other exercises don't|write it on a line of its own, or at each exercise"
    CAUTION_OR_DOSE = "reads like a caution and like a dose|write them on two lines, or begin with 'Caution:'"
    COLUMN = "stands under a heading that isn't known|name the column as one of docs/sheets.md"
    NO_COLUMN = "stands under no heading|write a heading over each column"
    BRACES = "has a brace or bar, which texts of a protocol can't hold|write it otherwise"
    LONG = "is too long to be said in one go|write it in shorter sentences"
    NO_WORD = "has no word that could be said|write it in words, or leave it out"
    NAME_IN_DOSE = "has a dose in the exercise's name|write the dose in its own columns"
    PICTURE = "is a picture|leave it out, or say what it shows"

    @property
    def what(self) -> str:
        """What is the matter."""
        return self.value.partition("|")[0]

    @property
    def hint(self) -> str:
        """What to do."""
        return self.value.partition("|")[2]


REFUSED = frozenset({Why.UNTIL_TIRED, Why.JOINED, Why.OTHER_UNIT, Why.TOTAL, Why.EVERY_OTHER, Why.BRACES, Why.PICTURE})
"""What a protocol can't say in any wording, or not yet; of all others it is asked what they mean."""


class UnreadError(Exception):
    """Something in a sheet can't be read; told by line, and never guessed.

    Attributes:
        why: the reason.
        text: the part of the line that it is about; empty for all of it.
    """

    def __init__(self, why: Why, text: str = "") -> None:
        super().__init__(why.what)
        self.why = why
        self.text = text


class Line(Struct, frozen=True):
    """A line of a sheet, or a row of its table.

    Attributes:
        number: as editors and spreadsheets count, from 1.
        text: what stands there.
    """

    number: int
    text: str


class Quantity(Struct, frozen=True):
    """A number, or a range; both ends alike for one number."""

    low: float
    high: float

    @property
    def ranged(self) -> bool:
        """Whether its ends differ."""
        return self.low != self.high


EVERY_DAY = Quantity(7, 7)
"""Days a week."""


class Often(Struct, frozen=True):
    """How often a session is done.

    Attributes:
        per_day: times a day; None where nobody says.
        per_week: on how many days a week; None where nobody says.
        weeks: for how many weeks; None where nobody says.
    """

    per_day: int | None = None
    per_week: Quantity | None = None
    weeks: int | None = None


class SheetDose(Struct, frozen=True):
    """A dose as a sheet writes it; what it doesn't state is None.

    Attributes:
        sets: how often.
        hold_s: the holds in seconds, one or one a set.
        held: whether a word says that a time is held.
        reps: the reps, one or one a set.
        bare: a number behind the sets that may be reps.
        times: how many times, of what isn't said.
        rep_hold_s: how long each rep is held, in seconds.
        relax_s: seconds to let go between repeated holds.
        rest_s: seconds of rest after a set.
        sides: which sides work.
        both_sides: the words that may mean each side or both together; empty where none do.
        alternating: whether sides alternate.
        tempo: in figures.
        loads: weights and efforts, as they stand.
        often: how often it is done; None where nobody says.
        assumed: what was taken for granted.
    """

    sets: Quantity | None = None
    hold_s: tuple[Quantity, ...] = ()
    held: bool = False
    reps: tuple[Quantity, ...] = ()
    bare: Quantity | None = None
    times: Quantity | None = None
    rep_hold_s: Quantity | None = None
    relax_s: Quantity | None = None
    rest_s: Quantity | None = None
    sides: Sides | None = None
    both_sides: str = ""
    alternating: bool = False
    tempo: str | None = None
    loads: tuple[str, ...] = ()
    often: Often | None = None
    assumed: tuple[str, ...] = ()

    @property
    def has_work(self) -> bool:
        """Whether it says how much is done."""
        return bool(self.hold_s or self.reps or self.bare or self.times or self.rep_hold_s)

    @property
    def stated(self) -> frozenset[str]:
        """The names of what it states, except for what was taken for granted."""
        # The defaults are all empty.
        return frozenset(name for name in self.__struct_fields__ if name != "assumed" and getattr(self, name))


class Entry(Struct, frozen=True):
    """One exercise of a sheet.

    Attributes:
        lines: those it stands on, its name's first.
        name: what the sheet calls it.
        dose: how much.
        remarks: how it is done, in sentences.
        cautions: what keeps a person safe in it.
        assumed: what was taken for granted besides what its dose says.
    """

    lines: tuple[Line, ...]
    name: str
    dose: SheetDose
    remarks: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


class SheetPhase(Struct, frozen=True):
    """Exercises under one heading; the title is empty where there is none."""

    title: str
    entries: tuple[Entry, ...]


class UnreadLine(Struct, frozen=True):
    """A line that can't be read.

    Attributes:
        line: the line.
        why: the reason.
        part: the part of the line that it is about; empty for all of it.
        heads: whether it says something of the lines below it, as a heading does.
    """

    line: Line
    why: Why
    part: str = ""
    heads: bool = False


class Sheet(Struct, frozen=True):
    """A sheet that was read, before its exercises are looked up.

    Attributes:
        place: what its lines are called: ``line`` or ``row``.
        language: the code of the language it is read in.
        title: its title; empty for none.
        phases: its exercises.
        safety: stop rules and cautions of the whole session.
        summary: texts before the first exercise.
        closing: texts after it.
        often: how often it is done.
        notes: what was taken for granted, or left out, by line.
        unread: the lines that can't be read.
        made: what was made of each line, by number.
    """

    place: str
    language: str
    title: str = ""
    phases: tuple[SheetPhase, ...] = ()
    safety: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    often: Often = Often()
    notes: tuple[tuple[int, str], ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    made: dict[int, Made] = field(default_factory=dict)
