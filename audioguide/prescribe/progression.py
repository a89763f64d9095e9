"""Progress over weeks: in which week of the programme a person is, and which doses that week has. They lie below all
that the person states.
"""

from __future__ import annotations

import math
from datetime import date

from audioguide.errors import RequestError
from audioguide.model.doses import Dose
from audioguide.model.limits import LAST_WEEK
from audioguide.model.profile import DoseOverrides, Holds, Profile
from audioguide.model.protocol import Protocol
from audioguide.prescribe.dose_ranges import caps_of, ranges_of
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
        doses: dict[str, float] = {}
        for key, dose in (("hold_s", ranges.hold_s), ("reps", ranges.reps), ("sets", ranges.sets)):
            # Nothing grows without a range, and a circuit's rounds stay as many as they are.
            if dose is None or dose.min is None or dose.max is None or (key == "sets" and ranges.in_circuit):
                continue
            doses[key] = _grown(dose, share, HOLD_STEP_S if key == "hold_s" else 1)
        if doses:
            grown[name] = DoseOverrides(
                hold_s=Holds(default=float(doses["hold_s"])) if "hold_s" in doses else None,
                reps=round(doses["reps"]) if "reps" in doses else None,
                sets=round(doses["sets"]) if "sets" in doses else None,
            )
    caps = {number: _grown(minutes, share, step=1) for number, minutes in caps_of(protocol).items()}
    return Layer(f"week {week}", Profile(exercise=grown), Origin.DERIVED, caps) if grown or caps else None


def _grown(dose: Dose, share: float, step: int) -> float:
    """Return a dose with a range after this share of its growth, in whole steps."""
    assert dose.min is not None
    assert dose.max is not None
    # floor(x + 0.5), as round() takes halves to the even number, so that growth would not be even.
    value = math.floor((dose.min + share * (dose.max - dose.min)) / step + 0.5) * step
    return min(max(value, dose.min), dose.max)
