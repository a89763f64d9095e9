"""Puts a dose into words, one table of sentences for each place where doses are said, printed or listed.

How a dose is built up is the same everywhere: an amount, once or for each side, in so many sets. Only the words differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from audioguide.languages.formats import Counted, Formats
from audioguide.languages.lengths import Lengths
from audioguide.model.kinds import Side, Sides
from audioguide.model.session import Effort, Prescription


# A table of words is neither compared nor shown whole; see `languages.printed`.
class DoseWording(Struct, frozen=True, eq=False):
    """The words of a dose. ``{work}`` is an amount such as ``45 s``, ``{count}`` how many.

    Attributes:
        formats: how amounts are put into a list.
        once: one rep.
        times: a number of reps.
        reps_of_set: the same behind a number of sets, where the bare count may be clearer: "3 sets of 5".
        one_hold: a single hold that is done once.
        each_side: the same amount on both sides.
        on_left: the left side's amount where the sides differ.
        on_right: the right side's.
        only_left: an amount where only the left side works.
        only_right: the same for the right side.
        between_sides: what stands between those two.
        sets: several sets of an amount.
        sets_of_sides: several sets in which the sides differ.
        varied: sets that differ from one to the next; ``{work}`` is a list with an amount for each.
        between_lists: what stands between the two sides' sets where they differ so.
        repeated: a hold that is done several times in one go.
    """

    formats: Formats
    once: str
    times: Counted
    reps_of_set: Counted
    one_hold: str
    each_side: str
    on_left: str
    on_right: str
    only_left: str
    only_right: str
    between_sides: str
    sets: Counted
    sets_of_sides: Counted
    varied: Counted
    between_lists: str
    repeated: Counted

    def reps(self, count: int) -> str:
        """Return a number of reps."""
        return self.once if count == 1 else self.times.text(count)

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
            elif len(amounts) == 1:
                of_side = {None: "{work}", Side.LEFT: self.only_left, Side.RIGHT: self.only_right}
                work = of_side[next(iter(amounts))].format(work=work)
        else:
            of_side = {None: "{work}", Side.LEFT: self.on_left, Side.RIGHT: self.on_right}
            work = self.between_sides.join(of_side[side].format(work=amount) for side, amount in amounts.items())
            in_sets = self.sets_of_sides
        return work if sets == 1 else in_sets.text(sets, work=work)

    def prescribed(self, item: Prescription, lengths: Lengths) -> str:
        """Return what is to be done in one exercise, without its rests."""
        sets = [item.efforts_in(number) for number in range(1, item.sets + 1)] if item.by_set else [item.efforts]
        efforts = {first.side: [one for each in sets for one in each if one.side is first.side] for first in sets[0]}
        # Where one side has more sets, the other may have none in the first one.
        efforts |= {one.side: [one] for each in sets for one in each if one.side not in efforts}
        if item.by_side:
            # Whose turn it is was said for all of the sequence.
            efforts = {None: [one for each in efforts.values() for one in each]}
        if item.by_set:
            return self._of_sets(efforts, item.sided, lengths)
        only = item.exercise.sides.only
        holds = {
            side: self._go(hold, lengths.text(hold.hold_ms))
            for side, (hold,) in efforts.items()
            if hold.hold_ms is not None
        }
        if len(holds) == 1 and item.sets == 1 and only is None and item.efforts[0].repeat == 1:
            return self.one_hold.format(work=next(iter(holds.values())))
        # "Once" and "5 times" stand alone, and not behind a number of sets.
        in_words = self.reps if item.sets == 1 else self.reps_of_set.text
        reps = {side: in_words(one.reps or 0) for side, (one,) in efforts.items()}
        return self.work(holds or reps, item.sets, each_side=item.sided)

    def of_set(self, item: Prescription, number: int, lengths: Lengths) -> str:
        """Return what the set with this number has."""
        efforts = {None if item.by_side else effort.side: [effort] for effort in item.efforts_in(number)}
        amounts = {side: self._amounts(each, lengths, alone=True) for side, each in efforts.items()}
        # Of one side's own set nothing is done on each side.
        both = item.exercise.sides is Sides.ALTERNATING or len(amounts) > 1
        return self.work(amounts, each_side=both)

    def _of_sets(self, efforts: Mapping[Side | None, Sequence[Effort]], each_side: bool, lengths: Lengths) -> str:
        """Return a dose whose sets differ: in what is done, or in how many each side has."""
        works = {side: [(one.hold_ms, one.reps) for one in each] for side, each in efforts.items()}
        if all(work == next(iter(works.values())) for work in works.values()):
            amounts = {side: self._amounts(each, lengths) for side, each in efforts.items()}
            return self.varied.text(len(next(iter(works.values()))), work=self.work(amounts, each_side=each_side))
        parts = {}
        for side, each in efforts.items():
            if len(set(works[side])) > 1:
                parts[side] = self.varied.text(len(each), work=self._amounts(each, lengths))
            else:
                work = self._amounts(each[:1], lengths, alone=len(each) == 1)
                parts[side] = work if len(each) == 1 else self.sets.text(len(each), work=work)
        of_side = {Side.LEFT: self.on_left, Side.RIGHT: self.on_right}
        return self.between_lists.join(of_side[side].format(work=work) for side, work in parts.items() if side)

    def _amounts(self, efforts: Sequence[Effort], lengths: Lengths, alone: bool = False) -> str:
        """Return the amounts of several sets as a list; one that stands ``alone`` in full, as in "5 times"."""
        holds_ms = [effort.hold_ms for effort in efforts if effort.hold_ms is not None]
        if holds_ms:
            return self._go(efforts[0], self.formats.list(lengths.texts(holds_ms)))
        reps = [effort.reps or 0 for effort in efforts]
        return self.reps(reps[0]) if alone else self.formats.list(map(str, reps))

    def _go(self, effort: Effort, work: str) -> str:
        """Return what a hold comes to in one go."""
        return self.repeated.text(effort.repeat, work=work) if effort.repeat > 1 else work
