"""Progress over weeks: in which week of the programme a person is, and which doses that week has. They lie below all
that the person states.
"""

from __future__ import annotations

import math
from datetime import date

from audioguide.errors import RequestError
from audioguide.model.doses import Dose
from audioguide.model.limits import LAST_WEEK
from audioguide.model.profile import DoseOverrides, Profile
from audioguide.model.protocol import Protocol
from audioguide.prescribe.dose_ranges import caps_of, has_range, ranges_of
from audioguide.prescribe.layers import Layer, Layers, Origin
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


def week_layer(protocol: Protocol, week: int) -> Layer | None:
    """Return the doses of a week as a layer, or None for a protocol whose doses don't grow.

    In week 1 every dose with a range is at its min, from ``grow_until_week`` on at its max, and between them it grows
    evenly: holds in steps of five seconds, reps, sets and minutes of rounds against the clock as whole numbers.
    """
    programme = protocol.programme
    if programme is None or programme.grow_until_week is None:
        return None
    share = min(1.0, (week - 1) / (programme.grow_until_week - 1))
    grown: dict[str, DoseOverrides] = {}
    for name, ranges in ranges_of(protocol).items():
        grows: dict[str, tuple[Dose, ...]] = {
            "hold_s": ranges.hold_s,
            "repeat": ranges.repeat,
            "reps": ranges.reps,
            "sets": (ranges.sets,),
        }
        if ranges.in_circuit:
            # A circuit's rounds stay as many as they are.
            del grows["sets"]
        doses = {key: _grown(key, own, share) for key, own in grows.items() if has_range(own)}
        if doses:
            grown[name] = DoseOverrides.model_validate(doses)
    caps = {number: _grown_once(minutes, share, step=1) for number, minutes in caps_of(protocol).items()}
    return Layer(f"week {week}", Profile(exercise=grown), Origin.DERIVED, caps) if grown or caps else None


def _grown(key: str, doses: tuple[Dose, ...], share: float) -> float | list[float]:
    """Return a dose after ``share`` of its growth, as a file would state it: a number, or a list with one a set."""
    grown = [_grown_once(dose, share, HOLD_STEP_S if key == "hold_s" else 1) for dose in doses]
    values: list[float] = [float(value) if key == "hold_s" else round(value) for value in grown]
    return values[0] if len(values) == 1 else values


def _grown_once(dose: Dose, share: float, step: int) -> float:
    """Return one dose after ``share`` of its growth, in whole steps; without a range it does not grow."""
    if dose.min is None or dose.max is None:
        return dose.default
    # floor(x + 0.5), as round() takes halves to the even number, so that growth would not be even.
    value = math.floor((dose.min + share * (dose.max - dose.min)) / step + 0.5) * step
    return min(max(value, dose.min), dose.max)
