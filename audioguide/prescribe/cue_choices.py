"""Resolves which cues an exercise has for one person, and which of its protocol's calls its hold has time for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from audioguide.model.cues import LAST_MS, Cues
from audioguide.model.protocol import CoachingLine, Exercise
from audioguide.model.session import CueSwitches, Effort, HoldCall
from audioguide.model.units import plain_number, to_ms, to_seconds
from audioguide.prescribe.layers import Layers


def cue_switches(layers: Layers, usual: Cues | None = None) -> CueSwitches:
    """Return the switches after all layers: what the person states, else what ``usual`` does, else on."""
    stated = usual or Cues()
    return CueSwitches(
        **{
            name: layers.last(attrgetter(f"cues.{name}"), getattr(stated, name) is not False)
            for name in CueSwitches.__struct_fields__
        }
    )


def own_switches(layers: Layers, exercise: Exercise) -> CueSwitches | None:
    """Return the switches of an exercise that has some of its own; None for those of the session."""
    return None if exercise.cues is None else cue_switches(layers, exercise.cues)


def without_more(exercise: Exercise) -> Exercise:
    """Return ``exercise`` without the tips that ask for more, spoken or printed, and what is said only after them."""
    kept: list[CoachingLine] = []
    dropped = False
    for line in exercise.coaching:
        dropped = line.more or (dropped and line.after is not None)
        kept += [] if dropped else [line]
    read_tips = tuple(tip for tip in exercise.read_tips if not tip.more)
    return exercise.model_copy(update={"coaching": tuple(kept), "read_tips": read_tips})


def own_calls(exercise: Exercise) -> tuple[HoldCall, ...]:
    """Return what the protocol wants said at a fixed time of the exercise's hold, in order of time."""
    calls = (HoldCall(to_ms(call.at_s), call.say) for call in exercise.calls)
    return tuple(sorted(calls, key=lambda call: call.at_ms))


def untimed_calls(name: str, exercise: Exercise) -> Iterator[str]:
    """Yield a warning where an exercise has calls and stands in rounds against the clock, where no hold is timed."""
    if exercise.calls or exercise.every_s is not None:
        yield f"the calls in '{name}' are not made in rounds against the clock, where each person times their own holds"


def unsaid_calls(name: str, exercise: Exercise, efforts: Sequence[Effort]) -> Iterator[str]:
    """Yield a warning for each call that some hold of ``efforts`` is too short for."""
    shortest_ms = min((effort.hold_ms for effort in efforts if effort.hold_ms is not None), default=0)
    for call in own_calls(exercise):
        if call.at_ms >= shortest_ms - LAST_MS:
            at, hold = (plain_number(to_seconds(ms)) for ms in (call.at_ms, shortest_ms))
            yield (
                f"the call at {at} s in '{name}' is not made in a hold of {hold} s, whose last ten seconds are kept "
                "for its end"
            )
