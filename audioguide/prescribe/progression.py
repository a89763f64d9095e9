"""Progress over weeks: in which week of the programme a person is, and which doses that week has. `prescribe` lays them
below all that the person states.
"""

from __future__ import annotations

import math
from datetime import date

from audioguide.errors import RequestError
from audioguide.model.doses import Dose
from audioguide.model.limits import LAST_WEEK
from audioguide.model.profile import DoseOverrides, Holds, Profile
from audioguide.model.protocol import Protocol
from audioguide.prescribe.dose_ranges import Ranges, ranges_of
from audioguide.prescribe.layers import Layer, Layers
from audioguide.prescribe.training_days import week_of

HOLD_STEP_S = 5
"""Holds move in steps that people count in."""


def asked_week(layers: Layers, today: date | None) -> int | None:
    """Return the week that the strongest layer speaks of, 1 for the first; None where none does.

    Args:
        layers: what the person asks for.
        today: from which a start is counted; None leaves starts aside.

    Raises:
        RequestError: for a start in the future, or over ten years ago.
    """
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


def week_layer(protocol: Protocol, week: int) -> Layer | None:
    """Return the doses of a week as a layer, or None for a protocol whose doses don't grow.

    In week 1 every dose with a range is at its min, from ``grow_until_week`` on at its max, and between them it grows
    evenly: holds in steps of five seconds, reps and sets as whole numbers.
    """
    programme = protocol.programme
    if programme is None or programme.grow_until_week is None:
        return None
    share = min(1.0, (week - 1) / (programme.grow_until_week - 1))
    grown = {name: own for name, ranges in ranges_of(protocol).items() if (own := _grown(ranges, share)) is not None}
    return Layer(f"week {week}", Profile(exercise=grown), derived=True) if grown else None


def _grown(ranges: Ranges, share: float) -> DoseOverrides | None:
    if ranges.in_circuit:
        return None
    hold_s, reps, sets = (_at(dose, share) for dose in (ranges.hold_s, ranges.reps, ranges.sets))
    if hold_s is reps is sets is None:
        return None
    return DoseOverrides(
        hold_s=None if hold_s is None else Holds(default=_stepped(ranges.hold_s, hold_s)),
        reps=None if reps is None else math.floor(reps + 0.5),
        sets=None if sets is None else math.floor(sets + 0.5),
    )


def _at(dose: Dose | None, share: float) -> float | None:
    if dose is None or dose.min is None or dose.max is None:
        return None
    return dose.min + share * (dose.max - dose.min)


def _stepped(dose: Dose | None, value: float) -> float:
    """Return ``value`` in whole steps, inside the range."""
    assert dose is not None
    assert dose.min is not None
    assert dose.max is not None
    stepped = math.floor(value / HOLD_STEP_S + 0.5) * HOLD_STEP_S
    return float(min(max(stepped, dose.min), dose.max))
