"""The multiple-choice knapsack behind `fit`: an option for each group, so that seconds come to a wish at least cost.

Solved exactly, by dynamic programming over whole seconds (Kellerer, Pferschy, Pisinger: Knapsack Problems, 11.5).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

_NEVER = np.iinfo(np.int64).max // 4

Costs = NDArray[np.int64]
"""For each total of seconds the least cost at which it can be had."""

Picks = NDArray[np.int32]
"""For each total what the last group took: twice the number of the option, one more where nothing was kept before."""


class Option(Struct, frozen=True):
    """One option of a group.

    Attributes:
        seconds: how long it takes, 0 or more.
        cost: what it costs, 0 or more; the costs of all groups together stay below 2⁶¹.
        kept: whether anything is done in it.
    """

    seconds: int
    cost: int
    kept: bool = True


class Group(Struct, frozen=True):
    """The options of which one is taken. Groups of a phase are neighbours, and something is kept in one of them."""

    phase: int
    options: tuple[Option, ...]


class _Step(Struct, frozen=True):
    """What one group took for each total, with nothing and with something kept of its phase."""

    none_picks: Picks
    some_picks: Picks
    opens_phase: bool


def cheapest(groups: Sequence[Group], wish_s: float, within_s: float) -> tuple[int, ...]:
    """Return the number of each group's option: the cheapest whose seconds are within ``within_s`` of the wish.

    Where none are, the nearest, and of those the cheapest.
    """
    never = np.full(sum(max(option.seconds for option in group.options) for group in groups) + 1, _NEVER, np.int64)
    # Two tables: with nothing kept yet of the phase, and with something kept.
    none, some = never.copy(), never.copy()
    some[0] = 0
    steps: list[_Step] = []
    for number, group in enumerate(groups):
        opens_phase = number == 0 or groups[number - 1].phase != group.phase
        if opens_phase:
            # Only totals that kept something of the phase before may go on, so that no phase is lost.
            none, some = some, never.copy()
        next_none, next_some = never.copy(), never.copy()
        untaken = np.full(never.size, -1, np.int32)
        step = _Step(untaken.copy(), untaken.copy(), opens_phase)
        for index, option in enumerate(group.options):
            _take(option, some, next_some, step.some_picks, pick=2 * index)
            if option.kept:
                _take(option, none, next_some, step.some_picks, pick=2 * index + 1)
            else:
                _take(option, none, next_none, step.none_picks, pick=2 * index + 1)
        none, some = next_none, next_some
        steps.append(step)
    possible = np.flatnonzero(some < _NEVER)
    near = possible[np.abs(possible - wish_s) <= within_s]
    if near.size:
        total = min(near, key=lambda at: (int(some[at]), abs(at - wish_s)))
    else:
        total = min(possible, key=lambda at: (abs(at - wish_s), int(some[at])))
    return _options_of(int(total), groups, steps)


def _take(option: Option, before: Costs, into: Costs, picks: Picks, *, pick: int) -> None:
    """Lower ``into`` where ``option`` after a total of ``before`` is cheaper, and note it as ``pick``."""
    size = into.size - option.seconds
    costs = before[:size] + option.cost
    # A total that can't be had stays so: its cost only marks it, and an option must not make it look had.
    better = (before[:size] < _NEVER) & (costs < into[option.seconds :])
    into[option.seconds :][better] = costs[better]
    picks[option.seconds :][better] = pick


def _options_of(total: int, groups: Sequence[Group], steps: Sequence[_Step]) -> tuple[int, ...]:
    """Return which option each group took to a total of the last table, by going back from it."""
    taken: list[int] = []
    kept = True
    for group, step in zip(reversed(groups), reversed(steps), strict=True):
        index, from_none = divmod(int((step.some_picks if kept else step.none_picks)[total]), 2)
        taken.append(index)
        total -= group.options[index].seconds
        # What opens a phase starts from the phase before, of which something was kept.
        kept = step.opens_phase or not from_none
    return tuple(reversed(taken))
