"""Finds the times of what is said in a hold beside its calls: the most important first, each where it makes sense.

It knows lengths and limits only, no words. docs/cueing.md explains it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from audioguide.model.units import snap_up_ms

SPARE_MS = 1_000
"""Silence that a tip keeps on both sides."""

TIP_SPACING_MS = 12_000
"""From the start of one tip to the next, wherever they stand: more of them nag."""

SPACINGS_MS = (20_000, 15_000, TIP_SPACING_MS)
"""The same inside a hold: as far apart as all that was chosen allows, up to 20 s: how it should
feel helps in the first half of a minute."""

AFTER_CAUTION_MS = 2_000
"""Silence behind what is no tip, such as a caution: the first tip may follow it as a sentence of its own."""

Taken = list[tuple[int, int]]
"""Start and end of each sound that a hold has already, in order of time."""


class Tip(Struct, frozen=True):
    """What is to be placed.

    Attributes:
        length_ms: how long it sounds.
        from_ms: when it may begin at the earliest.
        until_ms: when it must have ended.
        rank: how important it is; 0 comes first.
        follows: the index of the tip that it comes after, without which it makes no sense; None for none.
        after_ms: from the start of that tip to its own, at least.
        anywhere: whether it may stand before or after any other; else all come in the order of the list.
        spaced: whether it is a tip, which keeps its distance to other tips.
    """

    length_ms: int
    from_ms: int
    until_ms: int
    rank: int
    follows: int | None = None
    after_ms: int = 0
    anywhere: bool = False
    spaced: bool = True


def place_tips(tips: Sequence[Tip], taken: Taken) -> dict[int, int]:
    """Return the start in ms of each tip that has room, by its index.

    One after the other in order of rank, a tip is taken in where all that was taken in before keeps its room. Then they
    are spread: each stands as early as it may, with the widest of `SPACINGS_MS` that leaves all of them their room.

    Args:
        tips: in the order in which they are said; each follows an earlier one or none.
        taken: the other sounds, the hold's start and end beep among them.
    """
    ranks = [tip.rank for tip in tips]
    for index in range(len(tips) - 1, -1, -1):
        # What an important tip needs before it is as important.
        if (leader := tips[index].follows) is not None:
            ranks[leader] = min(ranks[leader], ranks[index])
    chosen: list[int] = []
    # Mostly all have room, which one look tells.
    in_order = list(range(len(tips)))
    if _starts(tips, in_order, taken, TIP_SPACING_MS) is not None:
        chosen = in_order
    else:
        for index in sorted(in_order, key=lambda index: (ranks[index], index)):
            chosen = _with(tips, chosen, index, taken)
    layouts = (_starts(tips, chosen, taken, spacing_ms) for spacing_ms in SPACINGS_MS)
    return next((starts for starts in layouts if starts is not None), {})


def _with(tips: Sequence[Tip], chosen: list[int], index: int, taken: Taken) -> list[int]:
    """Return ``chosen``, in order of time, with one more tip in a place that leaves all their room, if any.

    What stands for itself in the order of the list takes the first such place, a step the last, and what may stand
    anywhere the one nearest to its place in the list.
    """
    tip = tips[index]
    if tip.follows is not None and tip.follows not in chosen:
        return chosen
    first, last = 0, len(chosen)
    if tip.follows is not None:
        first = chosen.index(tip.follows) + 1
    if not tip.anywhere:
        earlier = [place for place, other in enumerate(chosen) if other < index and not tips[other].anywhere]
        later = [place for place, other in enumerate(chosen) if other > index and not tips[other].anywhere]
        first, last = max([first, *(place + 1 for place in earlier)]), min([last, *later])
    places = list(range(first, last + 1))
    if tip.anywhere:
        own = sum(other < index for other in chosen)
        places.sort(key=lambda place: abs(place - own))
    elif tip.follows is not None:
        places.reverse()
    for place in places:
        more = [*chosen[:place], index, *chosen[place:]]
        if _starts(tips, more, taken, TIP_SPACING_MS) is not None:
            return more
    return chosen


def _starts(tips: Sequence[Tip], order: Sequence[int], taken: Taken, spacing_ms: int) -> dict[int, int] | None:
    """Return the earliest start of each tip of ``order``, said in this order; None where one has no room.

    With the order given, the earliest start of each is also the best for all behind it, so that one pass decides.
    """
    starts: dict[int, int] = {}
    free_from_ms, spaced_from_ms = 0, None
    for index in order:
        tip = tips[index]
        from_ms = max(tip.from_ms, free_from_ms)
        if tip.follows is not None:
            from_ms = max(from_ms, starts[tip.follows] + tip.after_ms)
        if tip.spaced and spaced_from_ms is not None:
            # Steps keep the pace of the steps; only what stands for itself is spread.
            alone = tip.follows is None and not tip.anywhere
            from_ms = max(from_ms, spaced_from_ms + (spacing_ms if alone else TIP_SPACING_MS))
        at_ms = _first_free(from_ms, tip.length_ms, taken)
        end_ms = at_ms + tip.length_ms
        if end_ms > tip.until_ms:
            return None
        starts[index] = at_ms
        free_from_ms = end_ms + (SPARE_MS if tip.spaced else AFTER_CAUTION_MS)
        spaced_from_ms = at_ms if tip.spaced else spaced_from_ms
    return starts


def _first_free(from_ms: int, length_ms: int, taken: Taken) -> int:
    """Return the first point of the grid from ``from_ms`` on with silence enough for ``length_ms`` of sound."""
    at_ms = snap_up_ms(from_ms)
    for start_ms, end_ms in taken:
        if at_ms + length_ms + SPARE_MS > start_ms and at_ms < end_ms + SPARE_MS:
            at_ms = snap_up_ms(end_ms + SPARE_MS)
    return at_ms
