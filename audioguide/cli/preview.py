"""Shows in a few lines what session results: how long it is, which exercises it has, what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from audioguide.cli.consoles import console
from audioguide.languages.listed_doses import LISTED
from audioguide.model.kinds import EventKind, HoldRole
from audioguide.model.plan import Plan
from audioguide.model.protocol import Protocol
from audioguide.model.text import listed
from audioguide.model.timeline import Event
from audioguide.model.units import clock, plain_number, to_seconds

WORK = (EventKind.HOLD, EventKind.REP)


def print_preview(plan: Plan, protocol: Protocol, lacking: Mapping[str, Sequence[str]]) -> None:
    """Print what session ``plan`` is.

    Args:
        plan: the timed session.
        protocol: what it is made from, which names the exercises.
        lacking: exercises that need what is not at hand, each with those things.
    """
    screen = console()
    screen.print(f"[bold]{escape(plan.title)}[/bold], {clock(plan.timeline.duration_ms)} long")
    table = Table(box=None, pad_edge=False, show_edge=False, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(style="cyan")
    works: dict[str, list[Event]] = {}
    for event in plan.timeline.events:
        if event.kind in WORK and event.place.exercise:
            works.setdefault(event.place.exercise, []).append(event)
    for name, work in works.items():
        table.add_row(escape(protocol.exercise[name].name), dose(work))
    for event in plan.timeline.events:
        if event.role is HoldRole.ROUNDS:
            table.add_row(
                "As many rounds as you can", f"{plain_number(round(to_seconds(event.duration_ms) / 60, 1))} min"
            )
    screen.print(Padding(table, (0, 0, 0, 2)))
    # The profile skips what needs missing equipment, so the plan only knows that it is skipped.
    why = {exercise: f"no {listed(things, 'or')} at hand" for exercise, things in lacking.items()}
    for title, rows in (
        ("Left out", [f"{item.name}: {why.get(item.exercise, item.why)}" for item in plan.left_out]),
        ("Note", list(plan.warnings)),
    ):
        if rows:
            screen.print(f"[bold]{title}[/bold]")
        for row in rows:
            screen.print(Padding(escape(row), (0, 0, 0, 2)))


def dose(work: Sequence[Event]) -> str:
    """Return what an exercise's holds or reps come to: ``2 × 45 s a side``, ``3 × 12 reps``."""
    sides = dict.fromkeys(event.place.side for event in work)
    amounts = {side: list(_amounts([event for event in work if event.place.side == side])) for side in sides}
    sets = max(len(each) for each in amounts.values())
    if any(len(set(each)) > 1 or len(each) < sets for each in amounts.values()):
        # Sets that differ are listed one by one.
        listed_sets = {side: ", ".join(each) for side, each in amounts.items()}
        return LISTED.work(listed_sets, each_side=len(sides) > 1)
    return LISTED.work({side: each[0] for side, each in amounts.items()}, sets, each_side=len(sides) > 1)


def _amounts(work: Sequence[Event]) -> Iterator[str]:
    """Yield how much each set of one side has."""
    holds = [event for event in work if event.kind is EventKind.HOLD]
    for event, following in pairwise([*holds, None]):
        # The holds of one go are counted like reps.
        number = event.place.rep if event and event.place.rep else 0
        if event and (following is None or (following.place.rep or 0) <= number):
            length = f"{plain_number(round(to_seconds(event.duration_ms)))} s"
            yield LISTED.repeated.text(number, work=length) if number > 1 else length
    # A set ends where the next rep has no higher number.
    reps = [event.place.rep or 0 for event in work if event.kind is EventKind.REP]
    yield from (LISTED.reps(rep) for rep, following in pairwise([*reps, 0]) if following <= rep)
