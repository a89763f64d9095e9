"""A script: what is said and done, in order, not yet timed. From `compose.composer` to `schedule.scheduler`."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from audioguide.model.kinds import BeepRole, BreathRole, HoldRole, Need, RestRole, Side, SpeechRole
from audioguide.model.sound import Breath


class Place(Struct, frozen=True):
    """Where in the session something belongs. Sets and reps count from 1."""

    exercise: str | None = None
    side: Side | None = None
    set: int | None = None
    rep: int | None = None


class When(Struct, frozen=True):
    """When a line of a hold makes sense.

    Attributes:
        key: names what it says, whatever the side and the words; what was heard under it is known.
        from_ms: so long after the hold's start at the earliest.
        left_ms: how much of the hold must be left when it has been said; None for what most lines need.
        after_ms: so long after the start of the line before it, without which it is not said; None where it stands
            alone.
        repeat_ms: so long after its start it is said again, with the lines that come after it; None for once.
        again: the words for who heard it before; None for the same.
        once: whether it is said only to who has not heard it.
        fallback: whether it is said only if no other line of its key has room, also of those that come after it.
    """

    key: str
    from_ms: int = 0
    left_ms: int | None = None
    after_ms: int | None = None
    repeat_ms: int | None = None
    again: str | None = None
    once: bool = False
    fallback: bool = False


class Line(Struct, frozen=True):
    """One spoken cue.

    Attributes:
        role: what it is for.
        text: the words as people read them; speech normalises them for the ear.
        place: where it belongs.
        shorter: wordings to fall back on, in order, where the text doesn't fit; the last may be the shortest word.
        need: how much it is needed in a break that lasts exactly what was asked.
        about: what it tells, the nearest first, such as an exercise's dose; a break leaves it out where what was last
            said about that had the same words. Empty for what is said each time.
        instruction: whether it tells what to do, so that a person must be told where it is never heard.
        when: when it makes sense; None where any time will do.
        moves: whether it is a step on the way into position, which takes time to do.
        give_ms: how long that takes, on top of ``settle_ms``, in a break that takes as long as its words; None for a
            share of that.
    """

    role: SpeechRole
    text: str
    place: Place = Place()
    shorter: tuple[str, ...] = ()
    need: Need = Need.WANTED
    about: tuple[str, ...] = ()
    instruction: bool = False
    when: When | None = None
    moves: bool = False
    give_ms: int | None = None

    @property
    def wordings(self) -> tuple[str, ...]:
        """The text and its shorter forms, longest first."""
        return (self.text, *self.shorter)


def given_ms(lines: Iterable[Line]) -> int:
    """Return how long ``lines`` have in all to be done, where they state a time of their own."""
    return sum(line.give_ms or 0 for line in lines)


class ChapterTitle(Struct, frozen=True):
    """What a chapter is called: its title, and the phase that the title begins with where a session has several."""

    title: str
    phase: str | None = None


class Say(Struct, frozen=True):
    """Lines said one after another, as long as they take; then ``pause_ms`` of silence.

    A chapter begins before them where ``chapter`` names one.
    """

    lines: tuple[Line, ...]
    pause_ms: int = 0
    chapter: ChapterTitle | None = None


class Break(Struct, frozen=True):
    """Time between two efforts: to rest, to change sides, to get into position.

    It lasts from the end of the effort before to the start beep of the next.

    Attributes:
        role: what the time is for.
        place: the effort that follows.
        lines: what is said in it, the most needed first.
        rest_ms: how long it lasts at least; exactly so where ``exact``, and then lines without room are dropped. An
            exact break of 0 ms is none: what comes is said in the efforts beside it, where they have room.
        settle_ms: silence to get into position: a part of it is behind the lines that move the person, the rest after
            the last line.
        last: said when that silence is over, just before ``ready``; none in a break of exact length.
        beep: the sound that opens it.
        ready: said just before the start beep.
        position: said ``settle_ms`` before the start beep of a long break, where there is room; of several lines the
            last is what takes effort, and comes just before ``ready``.
        length: says how long it lasts; not said where all that is said in it makes it longer.
        chapter: what the chapter is called that begins with the first line.
    """

    role: RestRole
    place: Place
    lines: tuple[Line, ...] = ()
    rest_ms: int = 0
    settle_ms: int = 0
    last: tuple[Line, ...] = ()
    exact: bool = False
    beep: BeepRole | None = None
    ready: Line | None = None
    position: tuple[Line, ...] = ()
    length: Line | None = None
    chapter: ChapterTitle | None = None


class TimeCall(Struct, frozen=True):
    """A call that a hold makes at a fixed moment, ``at_ms`` after its start: spoken, or a beep.

    It is left out where it would not be over ``until_ms`` after the start; None lets it last to the hold's end.
    """

    at_ms: int
    sound: Line | BeepRole
    until_ms: int | None = None


class Hold(Struct, frozen=True):
    """A stretch of time in one position, from the onset of its start beep to the onset of its end beep.

    Attributes:
        place: where it belongs.
        duration_ms: how long the person asked to hold.
        calls: time calls, which come before all else.
        lines: spoken where there is room, in this order: cautions, mistakes, coaching; and what may stand anywhere.
        calm: what is said in turn where silence is long; empty where it may be.
        breath: how the breath pacer goes; None where there is none.
        beep: the sound that starts it; None where it begins without one.
        role: what it is where it is no position.
    """

    place: Place
    duration_ms: int
    calls: tuple[TimeCall, ...] = ()
    lines: tuple[Line, ...] = ()
    calm: tuple[Line, ...] = ()
    breath: Breath | None = None
    beep: BeepRole | None = BeepRole.START
    role: HoldRole | None = None


class Rep(Struct, frozen=True):
    """One repetition.

    Attributes:
        place: where it belongs, its number included.
        parts_ms: how long each part of the tempo takes.
        marks: what is heard as each part begins: a word, a beep, or nothing. The first opens the rep and is always
            heard: a count, a word or a tick.
        breaths: what the breath pacer does in each part; empty where there is none.
        tick: its tick, which opens it where no word does.
    """

    place: Place
    parts_ms: tuple[int, ...]
    marks: tuple[Line | BeepRole | None, ...]
    breaths: tuple[BreathRole | None, ...] = ()
    tick: BeepRole = BeepRole.REP

    @property
    def duration_ms(self) -> int:
        """Length of the whole rep."""
        return sum(self.parts_ms)


class RepSet(Struct, frozen=True):
    """A set of reps on an absolute clock: a start beep or none, ``lead_ms`` later the first rep, then an end beep."""

    place: Place
    reps: tuple[Rep, ...]
    lead_ms: int
    beep: BeepRole | None = BeepRole.START


class Finish(Struct, frozen=True):
    """The sound that ends the session."""

    beep: BeepRole = BeepRole.DONE


Step = Say | Break | Hold | RepSet | Finish


class Script(Struct, frozen=True):
    """The whole session in order."""

    steps: tuple[Step, ...] = field(default=())

    def lines(self) -> tuple[Line, ...]:
        """Every spoken line, in order of the script."""
        found: list[Line | BeepRole | None] = []
        for step in self.steps:
            match step:
                case Say(lines=lines):
                    found += lines
                case Break(lines=lines, last=last, ready=ready, position=position, length=length):
                    found += (length, *lines, *last, *position, ready)
                case Hold(calls=calls, lines=lines, calm=calm):
                    found += (*(call.sound for call in calls), *lines, *calm)
                case RepSet(reps=reps):
                    found += (mark for rep in reps for mark in rep.marks)
        return tuple(line for line in found if isinstance(line, Line))

    def texts(self) -> tuple[str, ...]:
        """Each distinct wording that may be spoken, in order of first use."""
        # All wordings, as which of them fits is known only when all are spoken.
        found: dict[str, None] = {}
        for line in self.lines():
            found[line.text] = None
            for text in line.shorter:
                found[text] = None
            if line.when is not None and line.when.again is not None:
                found[line.when.again] = None
        return tuple(found)
