"""The multiple-choice knapsack behind `fit`: a way for each place, so that seconds come to a wish at the least cost.

Solved exactly, by dynamic programming over whole seconds (Kellerer, Pferschy, Pisinger: Knapsack Problems, 11.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NEVER = np.iinfo(np.int64).max // 4

Costs = NDArray[np.int64]
"""For each total of seconds the least cost at which it can be had."""

Picks = NDArray[np.int32]
"""For each total what the last place took: twice the number of the way, and one more where nothing was kept before."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way for a place.

    Attributes:
        seconds: how long it takes, 0 or more.
        cost: what it costs, 0 or more; the costs of all places together stay below 2⁶¹.
        kept: whether anything is done in it.
    """

    seconds: int
    cost: int
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its ways. Places of a phase are neighbours, and something is kept in one of them at least."""

    phase: int
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    none_picks: Picks
    some_picks: Picks
    opens_phase: bool


def cheapest(places: Sequence[Place], wish_s: float, within_s: float) -> tuple[int, ...]:
    """Return the number of each place's way: the cheapest whose seconds are within ``within_s`` of the wish.

    Where none are, the nearest, and of those the cheapest.
    """
    longest_s = sum(max(way.seconds for way in place.ways) for place in places)
    # Two tables: with nothing kept yet of the phase, and with something kept.
    none, some = _table(longest_s), _table(longest_s)
    some[0] = 0
    steps: list[_Step] = []
    for number, place in enumerate(places):
        opens = number == 0 or places[number - 1].phase != place.phase
        if opens:
            none, some = some, _table(longest_s)
        none, some, step = _with_place(place, none, some, opens)
        steps.append(step)
    return _traced(places, steps, _best(some, wish_s, within_s))


def _table(longest_s: int) -> Costs:
    return np.full(longest_s + 1, _NEVER, np.int64)


def _with_place(place: Place, none: Costs, some: Costs, opens: bool) -> tuple[Costs, Costs, _Step]:
    next_none, next_some = np.full_like(none, _NEVER), np.full_like(some, _NEVER)
    none_picks, some_picks = (np.full(none.size, -1, np.int32) for _ in range(2))
    for number, way in enumerate(place.ways):
        _take(next_some, some_picks, some, way, 2 * number)
        if way.kept:
            _take(next_some, some_picks, none, way, 2 * number + 1)
        else:
            _take(next_none, none_picks, none, way, 2 * number + 1)
    return next_none, next_some, _Step(none_picks, some_picks, opens)


def _take(into: Costs, picks: Picks, table: Costs, way: Way, pick: int) -> None:
    size = into.size - way.seconds
    costs = table[:size] + way.cost
    better = (table[:size] < _NEVER) & (costs < into[way.seconds :])
    into[way.seconds :][better] = costs[better]
    picks[way.seconds :][better] = pick


def _best(costs: Costs, wish_s: float, within_s: float) -> int:
    possible = np.flatnonzero(costs < _NEVER)
    near = possible[np.abs(possible - wish_s) <= within_s]
    if near.size:
        return int(min(near, key=lambda at: (int(costs[at]), abs(at - wish_s))))
    return int(min(possible, key=lambda at: (abs(at - wish_s), int(costs[at]))))


def _traced(places: Sequence[Place], steps: Sequence[_Step], at: int) -> tuple[int, ...]:
    """Return which way each place took to a total of the last table."""
    taken: list[int] = []
    kept = True
    for place, step in zip(reversed(places), reversed(steps), strict=True):
        number, from_none = divmod(int((step.some_picks if kept else step.none_picks)[at]), 2)
        taken.append(number)
        at -= place.ways[number].seconds
        # What opens a phase starts from the phase before, of which something was kept.
        kept = step.opens_phase or not from_none
    return tuple(reversed(taken))
