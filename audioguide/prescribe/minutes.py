"""A session brought to the minutes that a person wishes for: the trials that `prescribe.fit` asks for, spoken and
timed.

Stands between `planning` and the voice; `pipeline` calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from audioguide.model.protocol import Protocol
from audioguide.model.session import Session
from audioguide.model.timeline import Timeline
from audioguide.model.units import clock
from audioguide.prescribe.layers import Layer, Layers

Rest = TypeVar("Rest")


def fitted(
    protocol: Protocol,
    layers: Sequence[Layer],
    session: Session,
    prescribed: Callable[[Sequence[Layer]], Session],
    timed: Callable[[Session], tuple[Timeline, Rest]],
) -> Session:
    """Return ``session``, or, where minutes are wished for, the one that takes them.

    Args:
        protocol: the checked protocol.
        layers: the person's changes, the strongest last.
        session: what they make of it, its voice and sounds settled.
        prescribed: makes a session of other layers.
        timed: speaks and schedules a session.
    """
    minutes = Layers(layers).last(lambda profile: profile.minutes, None)
    if minutes is None:
        return session
    from audioguide.prescribe.fit import fit

    # What doesn't depend on doses stays as it was settled: the voice, the user's own sounds.
    settled = partial(replace, voice=session.voice, sound=session.sound)

    def measure(tried: Sequence[Layer]) -> tuple[Session, Timeline]:
        trial = settled(prescribed(tried))
        return trial, timed(trial)[0]

    found = fit(protocol, layers, minutes, measure)
    best = settled(prescribed([*layers, found.layer]))
    warnings = (*best.warnings, *session.warnings, *_missed(minutes, found.length_ms, found.reach_ms))
    return replace(best, warnings=tuple(dict.fromkeys(warnings)))


def _missed(minutes: int, length_ms: int, reach_ms: tuple[int, int] | None) -> Iterator[str]:
    if reach_ms is None:
        return
    shortest, longest = (clock(ms) for ms in reach_ms)
    span = f"from {shortest} to {longest}" if shortest != longest else f"{shortest} and nothing else"
    made = clock(length_ms)
    wish = f"{minutes} minute{'s' * (minutes != 1)}"
    yield f"{wish} can't be reached: inside its ranges this session takes {span}; it is made {made} long"
