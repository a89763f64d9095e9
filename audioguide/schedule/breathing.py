"""Times the breath pacer: whole breaths that end with the hold, or the parts of a tempo. `timing_efforts` calls it."""

from __future__ import annotations

from audioguide.model.kinds import BreathRole, EventKind
from audioguide.model.script import Hold, Rep
from audioguide.model.units import plain_number, to_seconds
from audioguide.schedule.placer import Placer


def place_breaths(placer: Placer, hold: Hold, start_ms: int, end_ms: int) -> None:
    """Place as many whole breaths as the hold has room for, so that the last one ends with it.

    What is left over lies at the start, while the person settles: no breath is ever hurried to fit.
    """
    if hold.breath is None:
        return
    cycle_ms = hold.breath.in_ms + hold.breath.out_ms
    count = (end_ms - start_ms) // cycle_ms
    if count == 0:
        seconds = plain_number(to_seconds(hold.duration_ms))
        breath = plain_number(to_seconds(cycle_ms))
        placer.drop("breath pacer", hold.place, f"no room for a breath of {breath} s in a hold of {seconds} s")
    for number in range(count):
        in_ms = end_ms - (count - number) * cycle_ms
        out_ms = in_ms + hold.breath.in_ms
        placer.span(EventKind.BREATH, in_ms, out_ms, hold.place, BreathRole.IN)
        placer.span(EventKind.BREATH, out_ms, in_ms + cycle_ms, hold.place, BreathRole.OUT)


def place_rep_breaths(placer: Placer, rep: Rep, clock_ms: int) -> None:
    """Place the breath of each part of a rep that has one."""
    at_ms = clock_ms
    for part_ms, breath in zip(rep.parts_ms, rep.breaths, strict=False):
        if breath is not None:
            placer.span(EventKind.BREATH, at_ms, at_ms + part_ms, rep.place, breath)
        at_ms += part_ms
