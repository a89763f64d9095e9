"""What is done in which weeks of a protocol whose weeks differ: a row for each stretch of weeks that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from audioguide.languages.registry import find
from audioguide.model.session import Session


class WeekContent(Struct, frozen=True):
    """Weeks that are alike, as ``Weeks 1 to 3``, and what is done in them, a line a phase."""

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
        words = find(sessions[0].language).printed.handout
        form = words.contents_week if count == 1 else words.contents_weeks
        if goes_on and last == len(contents):
            form = words.contents_on
        yield WeekContent(
            form.format(first=number, last=last), tuple(line for line in lines if line not in common) or lines
        )
        number += count


def phase_lines(session: Session, ordered: bool = True) -> tuple[str, ...]:
    """Return a line for each phase: its title, rounds, and exercises with their doses.

    Where they are of several days, not ``ordered``, shuffled phases say that their order varies.
    """
    printed, lines = find(session.language).printed, []
    words = printed.phases
    for phase in session.phases:
        items = ", ".join(
            f"{item.exercise.name} {printed.dose.prescribed(item, printed.lengths)}" for item in phase.listed
        )
        rounds, cap = (phase.circuit.rounds, phase.circuit.cap) if phase.circuit else (1, None)
        if cap is not None:
            items = words.rounds_in.format(length=printed.lengths.text(cap.length_ms), exercises=items)
        elif rounds > 1:
            items = words.rounds.text(rounds, exercises=items)
        after = words.varying if phase.shuffled and not ordered else ""
        lines.append(words.line.format(phase=phase.title, exercises=f"{items}{after}"))
    return tuple(lines)
