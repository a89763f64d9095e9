"""Finds the sets of a session: where each begins and ends, and where one lands to do it, or one side of it, again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from audioguide.model.kinds import EventKind, Side
from audioguide.model.timeline import Event, Timeline

_EFFORTS = frozenset({EventKind.HOLD, EventKind.REP})

READY_MS = 5_000
"""Time to get back into position before an effort that is done again, where its break is that long."""


class Effort(Struct, frozen=True):
    """A hold with its repeats, or a set of reps, on one side or on both.

    Attributes:
        from_ms: when the break before it begins; where there is none, when its work begins.
        ready_ms: where one lands to do it again: `READY_MS` before its work, earlier where something is just being
            said then, and never before its break.
        start_ms: when its work begins, with its start beep.
        end_ms: when its work ends.
        side: the side that works; None for both and for sides in turn.
    """

    from_ms: int
    ready_ms: int
    start_ms: int
    end_ms: int
    side: Side | None


class WorkSet(Struct, frozen=True):
    """The efforts that are done before a rest: one, or one a side."""

    efforts: tuple[Effort, ...]

    @property
    def from_ms(self) -> int:
        """When the break before it begins."""
        return self.efforts[0].from_ms

    @property
    def ready_ms(self) -> int:
        """Where one lands to do it again."""
        return self.efforts[0].ready_ms

    @property
    def end_ms(self) -> int:
        """When its last effort ends, which is where one lands who skips it."""
        return self.efforts[-1].end_ms


def break_ends_ms(timeline: Timeline) -> tuple[int, ...]:
    """Return when each break ends: to rest, to change sides, to get into position; not between holds of one go."""
    return tuple(event.end_ms for event in timeline.of_kind(EventKind.REST) if event.place.rep is None)


def sets_of(timeline: Timeline) -> tuple[WorkSet, ...]:
    """Return the sets of a session in order of time."""
    chapters_ms = sorted(chapter.start_ms for chapter in timeline.chapters)
    speech = timeline.of_kind(EventKind.SPEECH)
    starts_ms = [event.start_ms for event in speech]
    found: list[list[Effort]] = []
    before: tuple[object, ...] | None = None
    for work, pause in _efforts(timeline):
        # The number of a set begins anew with each chapter and each exercise.
        first = work[0]
        key = (bisect_right(chapters_ms, first.start_ms), first.place.exercise, first.place.set)
        if key != before:
            found.append([])
        before = key
        effort = _effort(work, pause)
        # Not in the middle of a sentence.
        said = bisect_left(starts_ms, effort.ready_ms) - 1
        if said >= 0 and effort.ready_ms < speech[said].end_ms:
            effort = replace(effort, ready_ms=max(speech[said].start_ms, effort.from_ms))
        found[-1].append(effort)
    return tuple(WorkSet(tuple(efforts)) for efforts in found)


def _efforts(timeline: Timeline) -> Iterator[tuple[list[Event], Event | None]]:
    """Yield the holds or reps of each effort, and the break before it; None where there is none."""
    work: list[Event] = []
    pause: Event | None = None
    coming: Event | None = None
    for event in timeline.events:
        if event.kind is EventKind.REST and event.place.rep is None:
            coming = event
        elif event.kind in _EFFORTS:
            if work and (coming is not None or not _goes_on(work[-1], event)):
                yield work, pause
                work = []
            if not work:
                pause, coming = coming, None
            work.append(event)
    if work:
        yield work, pause


def _goes_on(before: Event, event: Event) -> bool:
    """Return whether ``event``, which no break divides from the hold or rep ``before``, is of the same effort."""
    one, two = before.place, event.place
    if (before.kind, one.exercise, one.set) != (event.kind, two.exercise, two.set):
        return False
    if one.rep is None or two.rep is None:
        return event.kind is EventKind.REP and one.side is two.side
    # Sides in turn bear the same number each; where a side begins once the other is done, the count begins anew.
    return two.rep > one.rep if one.side is two.side else two.rep >= one.rep


def _effort(work: list[Event], pause: Event | None) -> Effort:
    """Return the effort of holds or reps that belong together, behind the break ``pause``."""
    # A rep comes a moment after the start beep, which sounds as the break ends.
    start_ms = work[0].start_ms if pause is None else min(pause.end_ms, work[0].start_ms)
    from_ms = start_ms if pause is None else pause.start_ms
    sides = {event.place.side for event in work}
    return Effort(
        from_ms=from_ms,
        ready_ms=max(start_ms - READY_MS, from_ms),
        start_ms=start_ms,
        end_ms=work[-1].end_ms,
        side=sides.pop() if len(sides) == 1 else None,
    )
