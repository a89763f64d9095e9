"""Times the breath pacer: whole breaths that end with a hold, or a breath for each part of a tempo."""

from __future__ import annotations

from audioguide.model.kinds import BreathRole, EventKind
from audioguide.model.script import Hold, Rep
from audioguide.model.units import plain_number, to_seconds
from audioguide.schedule.placer import Placer


def place_breaths(placer: Placer, hold: Hold, start_ms: int, end_ms: int) -> None:
    """Place as many whole breaths as the hold has room for, so that the last one ends with it."""
    if hold.breath is None:
        return
    cycle_ms = hold.breath.in_ms + hold.breath.out_ms
    count = (end_ms - start_ms) // cycle_ms
    if count == 0:
        seconds = plain_number(to_seconds(hold.duration_ms))
        breath = plain_number(to_seconds(cycle_ms))
        placer.drop("breath pacer", hold.place, f"no room for a breath of {breath} s in a hold of {seconds} s")
    for number in range(count):
        # Counted from the end. What is left over lies at the start, while the person settles: no breath is hurried to
        # fit, and none is cut off by the end beep.
        in_ms = end_ms - (count - number) * cycle_ms
        out_ms = in_ms + hold.breath.in_ms
        placer.span(EventKind.BREATH, in_ms, out_ms, hold.place, role=BreathRole.IN)
        placer.span(EventKind.BREATH, out_ms, in_ms + cycle_ms, hold.place, role=BreathRole.OUT)


def place_rep_breaths(placer: Placer, rep: Rep, clock_ms: int) -> None:
    """Place the breath of each part of a rep that has one; its tone glides, so it needs no place on the frame grid."""
    at_ms = clock_ms
    for part_ms, breath in zip(rep.parts_ms, rep.breaths, strict=False):
        if breath is not None:
            placer.span(EventKind.BREATH, at_ms, at_ms + part_ms, rep.place, role=breath)
        at_ms += part_ms
