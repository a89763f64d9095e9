"""What is done in which weeks of a protocol whose weeks differ: a row for each stretch of weeks that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from audioguide.model.dose_text import PRINTED
from audioguide.model.session import Session
from audioguide.model.units import PRINTED_LENGTHS
from audioguide.model.weeks import Weeks


@dataclass(frozen=True, slots=True)
class WeekContent:
    """Weeks that are alike, and what is done in them, a line a phase."""

    weeks: str
    lines: tuple[str, ...]


def week_contents(sessions: Sequence[Session], goes_on: bool) -> Iterator[WeekContent]:
    """Yield what is done in which weeks.

    Phases that all weeks have alike are left out, so that what differs is seen.

    Args:
        sessions: the session of each week, from the first.
        goes_on: whether later weeks are like the last.
    """
    contents = [phase_lines(session, ordered=False) for session in sessions]
    common = set(contents[0]).intersection(*contents) if contents else set()
    number = 1
    for lines, alike in groupby(contents):
        count = len(tuple(alike))
        last = number + count - 1
        weeks = Weeks(((number, None if goes_on and last == len(contents) else last),))
        yield WeekContent(weeks.numbers, tuple(line for line in lines if line not in common) or lines)
        number += count


def phase_lines(session: Session, ordered: bool = True) -> tuple[str, ...]:
    """Return a line for each phase: its title, rounds, and exercises with their doses.

    Where they are of several days, not ``ordered``, shuffled phases say that their order varies.
    """
    lines = []
    for phase in session.phases:
        items = ", ".join(f"{item.exercise.name} {PRINTED.prescribed(item, PRINTED_LENGTHS)}" for item in phase.listed)
        rounds, cap = (phase.circuit.rounds, phase.circuit.cap) if phase.circuit else (1, None)
        before = f"{rounds} rounds of " if rounds > 1 else ""
        if cap is not None:
            before = f"as many rounds as you can in {PRINTED_LENGTHS.text(cap.length_ms)} of "
        after = ", in varying order" if phase.shuffled and not ordered else ""
        lines.append(f"{phase.title}: {before}{items}{after}")
    return tuple(lines)
