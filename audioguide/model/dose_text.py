"""Puts a dose into words, one table of sentences for each place where doses are said, printed or listed.

How a dose is built up is the same everywhere: an amount, once or for each side, in so many sets. Only the words differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audioguide.model.kinds import Side, Sides
from audioguide.model.session import Prescription
from audioguide.model.units import LengthNames


@dataclass(frozen=True, slots=True)
class DoseWording:
    """The words of a dose. ``{work}`` is an amount such as ``45 s``, ``{reps}`` and ``{sets}`` are counts.

    Attributes:
        once: one rep.
        times: any other number of reps.
        one_hold: a single hold that is done once.
        each_side: the same amount on both sides.
        on_left: the left side's amount where the sides differ.
        on_right: the right side's.
        between_sides: what stands between those two.
        sets: several sets of an amount.
        sets_of_sides: several sets in which the sides differ.
    """

    once: str
    times: str
    one_hold: str
    each_side: str
    on_left: str
    on_right: str
    between_sides: str
    sets: str
    sets_of_sides: str

    def reps(self, count: int) -> str:
        """Return a number of reps."""
        return self.once if count == 1 else self.times.format(reps=count)

    def work(self, amounts: Mapping[Side | None, str], sets: int | str = 1, each_side: bool = False) -> str:
        """Return a dose whose amounts are in words already.

        Args:
            amounts: how much is done, by side in the person's order; one amount under None for all that is not sided.
            sets: how often, as a number or as words such as ``3 (2–4)``.
            each_side: whether an amount that all sides share is done on each of them.
        """
        distinct = tuple(dict.fromkeys(amounts.values()))
        if len(distinct) == 1:
            work, in_sets = distinct[0], self.sets
            if each_side:
                work = self.each_side.format(work=work)
        else:
            of_side = {None: "{work}", Side.LEFT: self.on_left, Side.RIGHT: self.on_right}
            work = self.between_sides.join(of_side[side].format(work=amount) for side, amount in amounts.items())
            in_sets = self.sets_of_sides
        return work if sets == 1 else in_sets.format(sets=sets, work=work)

    def prescribed(self, item: Prescription, lengths: LengthNames) -> str:
        """Return what is to be done in one exercise, without its rests."""
        holds = {effort.side: lengths.text(effort.hold_ms) for effort in item.efforts if effort.hold_ms is not None}
        if len(holds) == 1 and item.sets == 1:
            return self.one_hold.format(work=next(iter(holds.values())))
        reps = item.efforts[0].reps or 0
        # "Once" and "5 times" stand alone; behind a number of sets the bare count is clearer: "3 sets of 5".
        amounts = holds or {None: self.reps(reps) if item.sets == 1 else f"{reps}"}
        # One effort of a phase that goes by sides is that of one side.
        each_side = len(item.efforts) > 1 or item.exercise.sides is Sides.ALTERNATING
        return self.work(amounts, item.sets, each_side=each_side)


PRINTED = DoseWording(
    once="once",
    times="{reps} times",
    one_hold="{work}",
    each_side="{work} on each side",
    on_left="left {work}",
    on_right="right {work}",
    between_sides=", ",
    sets="{sets} sets of {work}",
    sets_of_sides="{sets} sets: {work}",
)
"""On paper."""

LISTED = DoseWording(
    once="1 rep",
    times="{reps} reps",
    one_hold="{work}",
    each_side="{work} a side",
    on_left="{work} left",
    on_right="{work} right",
    between_sides=" and ",
    sets="{sets} × {work}",
    sets_of_sides="{sets} × {work}",
)
"""In a table's column, which has room for ``2 × 45 s a side``."""
