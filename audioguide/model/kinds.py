"""The kinds of things that flow: sides, details, and the roles of what is heard. Each kind is named here once."""

from __future__ import annotations

from enum import Enum, StrEnum, auto


# The values are the words that files, options and the plan's JSON have. Plans are embedded in MP3s that people keep:
# add kinds, and leave the names of old ones.
class Side(StrEnum):
    """A side of the body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Day(StrEnum):
    """A day of the week, Monday first."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


class Sides(StrEnum):
    """How an exercise uses the two sides of the body."""

    EACH = "each"
    # Rep by rep, as in a dead bug: one set has both sides, and there is no change of sides to announce.
    ALTERNATING = "alternating"
    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"

    @property
    def only(self) -> Side | None:
        """The one side that works; None where both do."""
        return Side(self) if self in (Sides.LEFT, Sides.RIGHT) else None

    @property
    def one_at_a_time(self) -> bool:
        """Whether one side works while the other rests, so that its texts can name it."""
        return self is Sides.EACH or self.only is not None


class Suggested(StrEnum):
    """What of an exercise its author suggests without a source: a dose, an end of its range, or how it is done.

    The values are keys of a file: ``sets`` for the dose, ``sets.min`` for the least it may be.
    """

    HOLD = "hold_s"
    HOLD_MIN = "hold_s.min"
    HOLD_MAX = "hold_s.max"
    REPEAT = "repeat"
    REPEAT_MIN = "repeat.min"
    REPEAT_MAX = "repeat.max"
    REPS = "reps"
    REPS_MIN = "reps.min"
    REPS_MAX = "reps.max"
    SETS = "sets"
    SETS_MIN = "sets.min"
    SETS_MAX = "sets.max"
    REST = "rest_s"
    SETUP = "setup"

    @property
    def key(self) -> str:
        """The key of the file whose value it is, or whose table it stands in."""
        return self.partition(".")[0]

    @property
    def end(self) -> str:
        """The end of the range, ``min`` or ``max``; empty for the value itself."""
        return self.partition(".")[2]


class Detail(StrEnum):
    """How much is said."""

    FULL = "full"
    BRIEF = "brief"
    MINIMAL = "minimal"


class Units(StrEnum):
    """In which units a text states a measure that it has in two."""

    METRIC = "metric"
    IMPERIAL = "imperial"


class EventKind(StrEnum):
    """What an event of the timeline is. Speech and beeps are cues; the others are stretches of time.

    A breath is a stretch that a tone paces: it sounds below the cues, and may go on while they do.
    """

    SPEECH = "speech"
    BEEP = "beep"
    HOLD = "hold"
    REP = "rep"
    REST = "rest"
    # The only event that may lie under others, so it is no cue: the words and beeps go on above it.
    BREATH = "breath"


class SpeechRole(StrEnum):
    """What a spoken cue is for."""

    INTRO = "intro"
    SAFETY = "safety"
    PHASE = "phase"
    EXERCISE = "exercise"
    STATION = "station"
    SETUP = "setup"
    COACHING = "coaching"
    MISTAKE = "mistake"
    CAUTION = "caution"
    # Asks whether it hurts, and says what to do then.
    CHECK = "check"
    ENCOURAGEMENT = "encouragement"
    SWITCH = "switch"
    COUNT = "count"
    TIME = "time"
    REST = "rest"
    CLOSING = "closing"


class Need(Enum):
    """How much a line of a break is needed where the break is to last exactly what was asked."""

    WANTED = auto()
    """Said where there is room."""

    AS_IT_BEGINS = auto()
    """Nobody can do what follows without it: said before, or as the effort begins."""

    BEFORE = auto()
    """Said before the effort, however long that takes: who holds already can't be told how to get into position."""


class BeepRole(StrEnum):
    """What a beep means. Each role has a sound of its own, named like the role."""

    START = "start"
    COUNTDOWN = "countdown"
    HALF = "half"
    END = "end"
    SWITCH = "switch"
    SET = "set"
    REP = "rep"
    # The tick of the left side where sides alternate: it is lower, so that nobody loses track without words.
    REP_LEFT = "rep_left"
    # The tick of a rep's further parts, lower than the one that begins it.
    REP_PART = "rep_part"
    REST = "rest"
    DONE = "done"
    # Not a message but a knock: it wakes a Bluetooth output, which would swallow the first syllable after silence.
    LEAD = "lead"


class BreathRole(StrEnum):
    """A part of a breath: the tone rises, stays, or falls; after falling it is silent until the next one in."""

    IN = "in"
    STAY = "stay"
    OUT = "out"


class HoldRole(StrEnum):
    """What a hold is where it is no position: the time from its start beep to its end beep is kept in the same way."""

    ROUNDS = "rounds"
    """As many rounds of a circuit as one can, uncounted."""


class RestRole(StrEnum):
    """What a stretch of time between two efforts is for."""

    SETUP = "setup"
    SWITCH = "switch"
    REST = "rest"
