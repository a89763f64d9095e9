"""What a weaker side gets besides going first: one set more than the other side, where the protocol's range has room.

The sources say to do both sides always, and nothing of more for one: the further set is our suggestion.
"""

from __future__ import annotations

from audioguide.model.kinds import Side, Sides
from audioguide.model.profile import DoseOverrides, Profile, Sets
from audioguide.model.protocol import Protocol
from audioguide.model.session import Session
from audioguide.prescribe.dose_ranges import ranges_of
from audioguide.prescribe.layers import Layer, Layers, Origin
from audioguide.prescribe.selection import is_acute

WEAK_SIDE = "weak side, our suggestion"
"""What the changes are by."""


def weak_side_sets(session: Session, protocol: Protocol, layers: Layers) -> Layer | None:
    """Return the further sets of the weak side as a layer below all that the person states; None for none.

    There are none while pain is acute, and where the person has so many minutes and no more.

    Args:
        session: what is done, with both sides alike.
        protocol: what it was made of.
        layers: the person's changes.
    """
    side = weak_side(layers)
    if side is None or is_acute(layers) or layers.last(lambda profile: profile.minutes, None) is not None:
        return None
    ranges = ranges_of(protocol)
    more: dict[str, DoseOverrides] = {}
    # A circuit's rounds are its sets, and a phase by sides does all with one side and then with the other.
    for item in (item for phase in session.phases if phase.circuit is None for item in phase.prescriptions):
        own = (layer.profile.exercise.get(item.id) for layer in layers)
        stated = any(doses is not None and doses.sets is not None for doses in own)
        most = ranges[item.id].sets.max
        alike = item.exercise.sides is Sides.EACH and not item.by_side and not item.by_set
        if alike and not stated and most is not None and item.sets < most:
            more[item.id] = DoseOverrides(sets=Sets.model_validate({side.value: item.sets + 1}))
    return Layer(WEAK_SIDE, Profile(exercise=more), Origin.DERIVED) if more else None


def weak_side(layers: Layers) -> Side | None:
    """Return the side that goes first as it is weaker; None where nobody names one, or one side is done alone."""
    if layers.last(lambda profile: profile.only_side, None) is not None:
        return None
    return layers.last(lambda profile: profile.weak_side, None)
