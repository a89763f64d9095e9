"""Cuts a plan into the blocks that the player page shows one after the other: talk, getting ready, hold, reps, rest.

Blocks cover the whole session, each with its words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from audioguide.languages.formats import unit
from audioguide.languages.language import Language
from audioguide.languages.registry import nearest
from audioguide.languages.sides import of_side
from audioguide.languages.wording import capitalised
from audioguide.model.kinds import BeepRole, EventKind, HoldRole, RestRole, Side, SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter, Event, Timeline
from audioguide.model.units import clock

TALK, SETUP, SWITCH, REST, HOLD, REP = "talk", "setup", "switch", "rest", "hold", "rep"
"""What a person does in a block; a hold and a rep may have the side behind them, as in ``hold-left``."""

_STRETCHES = frozenset({EventKind.HOLD, EventKind.REP, EventKind.REST})
_MARKS = (SpeechRole.COUNT, BeepRole.REP, BeepRole.REP_LEFT, BeepRole.REP_PART)
"""What begins a part of a rep."""

_EFFORTS = frozenset({EventKind.HOLD, EventKind.REP})

_SHORT_MS = 3_000
"""A pause shorter than this before a chapter belongs to it, as its title says what comes."""

_IN_SECONDS = 120
"""Lengths under it are said in seconds, as exercises are prescribed."""


class Rep(Struct, frozen=True):
    """One repetition: its times, the activity that colours it, its words, where its parts begin, and its side."""

    start_ms: int
    end_ms: int
    activity: str
    label: str
    where: str
    parts_ms: tuple[int, ...]
    side: Side | None = None


class Block(Struct, frozen=True):
    """What is shown until the next block.

    Attributes:
        start_ms: when it begins.
        end_ms: when it ends, which is what the countdown runs to.
        chapter: number of the chapter it belongs to, from 0.
        activity: what the person does, with the side where there is one.
        label: the same in words.
        where: side and set, or nothing.
        say: what a screen reader says when it begins.
        next: what comes after it, or nothing at the end.
        reps: the reps of a set; empty otherwise.
        exercise: what is done, or comes next in its chapter.
        side: the side that works in that, None for both and for sides in turn.
    """

    start_ms: int
    end_ms: int
    chapter: int
    activity: str
    label: str
    where: str
    say: str
    next: str
    reps: tuple[Rep, ...] = ()
    exercise: str | None = None
    side: Side | None = None


class _Span(Struct, frozen=True):
    """A stretch of time before it has words.

    Attributes:
        start_ms: when it begins.
        end_ms: when it ends.
        chapter: number of its chapter.
        events: what is done in it: nothing, one hold or rest, or the reps of a set.
        lead_in: whether it is the moment between a start beep and the first of ``events``, which come after it.
    """

    start_ms: int
    end_ms: int
    chapter: int
    events: tuple[Event, ...] = ()
    lead_in: bool = False

    @property
    def event(self) -> Event | None:
        return self.events[0] if self.events else None

    @property
    def rounds(self) -> bool:
        """Whether it is the time of rounds against the clock."""
        return self.event is not None and self.event.role is HoldRole.ROUNDS

    @property
    def seconds(self) -> int:
        return round((self.end_ms - self.start_ms) / 1000)

    @property
    def side(self) -> Side | None:
        """The side that works in all of it; None for both and for alternating ones."""
        sides = {event.place.side for event in self.events}
        return sides.pop() if len(sides) == 1 else None

    @property
    def activity(self) -> str:
        if self.lead_in:
            return SETUP
        if self.event is None:
            return TALK
        if self.event.kind is EventKind.REST:
            return {RestRole.SETUP: SETUP, RestRole.SWITCH: SWITCH}.get(RestRole(self.event.role), REST)
        return _sided(self.event.kind, self.side)


def chapters_of(plan: Plan) -> tuple[Chapter, ...]:
    """Return the chapters of ``plan`` in order of time; the session as one where there are none."""
    found = tuple(sorted(plan.timeline.chapters, key=lambda chapter: chapter.start_ms))
    return found or (Chapter(0, plan.timeline.duration_ms, plan.title),)


def exercise_count(plan: Plan) -> int:
    """Return how many chapters of ``plan`` have something to do in them."""
    return len({block.chapter for block in blocks_of(plan) if block.activity.startswith((HOLD, REP))})


def blocks_of(plan: Plan) -> tuple[Block, ...]:
    """Return the blocks of ``plan``, one after the other from 0 to its end."""
    chapters = chapters_of(plan)
    words = _BlockWords(plan.timeline, chapters, nearest(plan.language))
    spans = tuple(_spans(plan.timeline, chapters))
    blocks: list[Block] = []
    for place, span in enumerate(spans, 1):
        block = words.block(span, spans[place:])
        if block.exercise is None and blocks and blocks[-1].chapter == block.chapter:
            # What is said when the last effort of a chapter is over still belongs to it.
            block = replace(block, exercise=blocks[-1].exercise, side=blocks[-1].side)
        blocks.append(block)
    return tuple(blocks)


def _spans(timeline: Timeline, chapters: Sequence[Chapter]) -> Iterator[_Span]:
    """Yield the whole session in spans: holds and rests one by one, the reps of a set together, and talk between."""
    found = [event for event in timeline.events if event.kind in _STRETCHES]
    stretches: list[tuple[Event, ...]] = []
    for (kind, *_), group in groupby(found, key=lambda event: (event.kind, event.place.exercise, event.place.set)):
        events = tuple(group)
        stretches += [events] if kind is EventKind.REP else [(event,) for event in events]
    at_ms, before = 0, None
    for events in stretches:
        first, end_ms = events[0], events[-1].end_ms
        start_ms = max(first.start_ms, at_ms)
        # A plan read from a file may hold stretches within others; what is over already is not shown again.
        if start_ms >= end_ms:
            continue
        resting = first.kind is EventKind.REST
        # A rest belongs where it ends: it opens the chapter that it leads to.
        chapter = _chapter_at(chapters, end_ms - 1 if resting else start_ms)
        opening_ms = max(at_ms, chapters[chapter].start_ms)
        if resting and start_ms - opening_ms < _SHORT_MS:
            start_ms = min(start_ms, opening_ms)
        span = _Span(start_ms=start_ms, end_ms=end_ms, chapter=chapter, events=events)
        # Between the start beep and the first rep is a moment to begin on the beat, no talk.
        if before is not None and first.kind is EventKind.REP and start_ms > at_ms:
            yield replace(span, start_ms=at_ms, end_ms=start_ms, lead_in=True)
        else:
            yield from _talk(at_ms, start_ms, chapters)
        yield span
        at_ms, before = end_ms, first.kind
    yield from _talk(at_ms, timeline.duration_ms, chapters)


def _talk(start_ms: int, end_ms: int, chapters: Sequence[Chapter]) -> Iterator[_Span]:
    """Yield the time between two stretches, cut where a chapter begins."""
    cuts = [chapter.start_ms for chapter in chapters if start_ms + _SHORT_MS <= chapter.start_ms < end_ms]
    for begin_ms, finish_ms in pairwise(sorted({start_ms, *cuts, end_ms})):
        chapter = _chapter_at(chapters, min(begin_ms + _SHORT_MS, finish_ms) - 1)
        yield _Span(start_ms=begin_ms, end_ms=finish_ms, chapter=chapter)


def _chapter_at(chapters: Sequence[Chapter], ms: int) -> int:
    return max((number for number, chapter in enumerate(chapters) if chapter.start_ms <= ms), default=0)


class _BlockWords:
    """Puts spans into words.

    Attributes:
        language: the language of the page.
        words: its fixed sentences.
        names: what each chapter is called, without its phase.
        sets: how many sets each exercise has in each chapter.
        goes: how many holds one go of it has there, where they are repeated.
        stations: what a round has, of each chapter of rounds against the clock.
        marks_ms: each moment at which a part of a rep may begin, in order: a word, a tick, a breath.
    """

    def __init__(self, timeline: Timeline, chapters: Sequence[Chapter], language: Language) -> None:
        self.language, self.words = language, language.printed.player
        self.names = [chapter.name or language.printed.titles.untitled for chapter in chapters]
        self.sets: dict[tuple[int, str | None], int] = {}
        self.goes: dict[tuple[int, str | None], int] = {}
        self.stations: dict[int, list[str]] = {}
        marks_ms: set[int] = set()
        for event in timeline.events:
            if event.kind in _EFFORTS:
                key = (_chapter_at(chapters, event.start_ms), event.place.exercise)
                self.sets[key] = max(self.sets.get(key, 1), event.place.set or 1)
                if event.kind is EventKind.HOLD and event.place.rep:
                    self.goes[key] = max(self.goes.get(key, 1), event.place.rep)
            elif event.role is SpeechRole.STATION:
                self.stations.setdefault(_chapter_at(chapters, event.start_ms), []).append(event.text or "")
            elif event.role in _MARKS or event.kind is EventKind.BREATH:
                marks_ms.add(event.start_ms)
        self.marks_ms = sorted(marks_ms)

    def block(self, span: _Span, later: Sequence[_Span]) -> Block:
        """Return the block of ``span``, which the ones in ``later`` follow."""
        words = self.words
        labels = {
            TALK: words.listen,
            SETUP: words.setup,
            SWITCH: words.switch,
            REST: words.rest,
            HOLD: words.hold,
            REP: words.reps,
        }
        reps: list[Rep] = []
        if span.activity.startswith(REP):
            total = max(event.place.rep or 0 for event in span.events)
            for event in span.events:
                side, number = event.place.side, event.place.rep
                first, last = (bisect_right(self.marks_ms, ms) for ms in (event.start_ms, event.end_ms - 1))
                rep = Rep(
                    start_ms=event.start_ms,
                    end_ms=event.end_ms,
                    activity=_sided(EventKind.REP, side),
                    label=words.rep_of.format(number=number, total=total) if number else words.rep,
                    where=self._shown(span, side),
                    parts_ms=(event.start_ms, *self.marks_ms[first:last]),
                    side=side,
                )
                reps.append(rep)
        coming = (after for after in (span, *later) if after.chapter == span.chapter)
        doing = next((after for after in coming if after.event is not None and after.event.kind in _EFFORTS), None)
        return Block(
            start_ms=span.start_ms,
            end_ms=span.end_ms,
            chapter=span.chapter,
            activity=span.activity,
            label=words.rounds if span.rounds else labels[span.activity.split("-")[0]],
            where=self._shown(span, span.side),
            # A lead-in lasts a second or two, and what is said in it would still be read out during the first rep.
            say="" if span.lead_in else self._say(span),
            next=self._next(span, next((after for after in later if not after.lead_in), None)),
            reps=tuple(reps),
            exercise=doing.event.place.exercise if doing is not None and doing.event is not None else None,
            side=None if doing is None else doing.side,
        )

    def _shown(self, span: _Span, side: Side | None) -> str:
        """Return where a span is as it is shown; of rounds against the clock, what each has."""
        if span.rounds:
            return " ".join(self.stations.get(span.chapter, []))
        return " · ".join(map(capitalised, self._where(span, side)))

    def _where(self, span: _Span, side: Side | None) -> list[str]:
        """Return the side, the set and the hold of a go, of which an exercise with only one says nothing.

        Each as it stands in the middle of a sentence.
        """
        words = self.words
        place = span.event.place if span.event else None
        total = self.sets.get((span.chapter, place.exercise), 1) if place else 1
        number = words.set_of.format(number=place.set, total=total) if place and place.set and total > 1 else ""
        goes = self.goes.get((span.chapter, place.exercise), 1) if place else 1
        hold = words.hold_of.format(number=place.rep, total=goes) if place and place.rep and goes > 1 else ""
        return [text for text in (of_side(words.side, side) if side else "", number, hold) if text]

    def _say(self, span: _Span) -> str:
        """Return what a screen reader says: words in full, as it reads units and signs in its own way."""
        name = self.names[span.chapter]
        if span.activity == TALK:
            return name
        if span.activity == REST:
            return self.words.said_rest.format(length=self._spoken(span.seconds))
        if span.rounds:
            return f"{name}, {self._effort(span, self._spoken(span.seconds))}. {self._shown(span, None)}".rstrip()
        where = self._where(span, span.side)
        # Where a phase goes by sides, the chapter's name has the side already.
        if name.endswith(f", {', '.join(where)}"):
            where = []
        if span.activity == SWITCH:
            return ", ".join([self.words.switch, *where])
        if span.activity == SETUP:
            return ", ".join([self.words.said_setup.format(name=name), *where])
        return ", ".join([name, *where, self._effort(span, self._spoken(span.seconds))])

    def _next(self, span: _Span, after: _Span | None) -> str:
        """Return what ``after`` is: an exercise by its name where it is another, else the side and the effort."""
        if after is None:
            return ""
        if after.chapter != span.chapter or after.activity == TALK:
            return self.names[after.chapter]
        if after.activity == REST:
            return self.words.next_rest.format(length=_short(after.seconds))
        if after.rounds:
            return self._effort(after, _short(after.seconds))
        where = ", ".join(self._where(after, after.side))
        if after.activity in (SETUP, SWITCH):
            return where or self.names[after.chapter]
        return ", ".join(text for text in (self._effort(after, _short(after.seconds)), where) if text)

    def _effort(self, span: _Span, length: str) -> str:
        if span.rounds:
            return self.words.next_rounds.format(length=length)
        if span.event is not None and span.event.kind is EventKind.HOLD:
            return self.words.next_hold.format(length=length)
        # Reps on alternating sides bear a number for both: eight on each side are sixteen events.
        count = max(event.place.rep or 0 for event in span.events) or len(span.events)
        on_each_side = len({event.place.side for event in span.events}) > 1
        return (self.words.next_reps_each_side if on_each_side else self.words.next_reps).text(count)

    def _spoken(self, seconds: int) -> str:
        """Return a length in full, in seconds up to two minutes."""
        locale = self.language.formats.locale
        if seconds < _IN_SECONDS:
            return unit(locale, seconds, "second")
        minutes, rest = divmod(seconds, 60)
        parts = [unit(locale, minutes, "minute"), *([unit(locale, rest, "second")] if rest else [])]
        return self.language.wording.lengths.between.join(parts)


def _sided(kind: EventKind, side: Side | None) -> str:
    return f"{kind}-{side}" if side else str(kind)


def _short(seconds: int) -> str:
    return f"{seconds} s" if seconds < _IN_SECONDS else f"{clock(seconds * 1000)} min"
