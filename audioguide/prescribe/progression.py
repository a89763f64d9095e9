"""Progress over weeks: in which week of the programme a person is, and what is done in it."""

from __future__ import annotations

from datetime import date

from audioguide.errors import RequestError
from audioguide.model.limits import LAST_WEEK
from audioguide.model.protocol import Protocol
from audioguide.model.protocol_weeks import all_weeks, last_week, of_week
from audioguide.prescribe.layers import Layers
from audioguide.prescribe.training_days import week_of

HOLD_STEP_S = 5
"""Holds move in steps that people count in."""


def requested_week(layers: Layers, today: date | None) -> int | None:
    """Return the week that the strongest layer speaks of, 1 for the first; None where none does.

    Args:
        layers: what the person asks for.
        today: from which a start is counted; None leaves starts aside.

    Raises:
        RequestError: for a start in the future, or over ten years ago.
    """
    # A week and a start are two ways to say the same, so the stronger layer's decides, whichever it is.
    for layer in reversed(tuple(layers)):
        if layer.profile.week is not None:
            return layer.profile.week
        if layer.profile.started is not None and today is not None:
            week = week_of(layer.profile.started, today)
            if week > LAST_WEEK:
                raise RequestError(
                    f"{layer.by}: started {layer.profile.started} is over ten years ago; name a later day"
                )
            return week
    return None


def protocol_of(protocol: Protocol, week: int | None) -> Protocol:
    """Return ``protocol`` with what is done in ``week`` alone; the whole of it where nobody goes by weeks.

    Raises:
        RequestError: for a week that the protocol doesn't have.
    """
    if week is None:
        return protocol
    last = last_week(protocol)
    if last is not None and week > last:
        raise RequestError(f"week {week}: this protocol has {all_weeks(protocol)}; name one of them, or a later start")
    return of_week(protocol, week)
