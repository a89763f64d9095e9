"""What is particular of a person today, as it is said before they begin: acute pain, conditions, the weaker side, and
that less is said than usual."""

from __future__ import annotations

from audioguide.model.protocol import Protocol
from audioguide.model.session import Circumstances, Session
from audioguide.prescribe.layers import Layers
from audioguide.prescribe.selection import ACUTE
from audioguide.prescribe.weak_side import WEAK_SIDE, weak_side


def circumstances_of(session: Session, protocol: Protocol, layers: Layers) -> Circumstances:
    """Return what is particular of the person whose changes ``layers`` are in ``session``.

    Only what is true of it: nothing is called eased where nothing is.
    """
    eased = [change for change in session.changes if change.by == ACUTE]
    side = weak_side(layers)
    first = {item.first_side for item in session.prescriptions() if item.sided}
    return Circumstances(
        eased=bool(eased),
        gentle=any(change.what == "choose" for change in eased),
        avoided=tuple(
            (name, protocol.conditions.get(name, ())) for name in layers.naming(lambda profile: profile.avoid)
        ),
        weak_side=side if side in first else None,
        more_sets=any(change.by == WEAK_SIDE for change in session.changes),
        # Only a level that nobody states is a change.
        less_said=any(change.what == "detail" for change in session.changes),
    )
