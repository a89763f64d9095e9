"""The doses of one week, as growth over the weeks or acute pain makes them."""

from __future__ import annotations

from msgspec import Struct

from audioguide.prescribe.layers import Layer


class GrownDoses(Struct, frozen=True):
    """The doses of one week.

    Attributes:
        layer: the doses as a layer; None for a protocol whose doses don't grow.
        notes: what held growth back, a line each.
        waits: whether something that is due comes in a later week.
    """

    layer: Layer | None
    notes: tuple[str, ...] = ()
    waits: bool = False

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layer, or none."""
        return () if self.layer is None else (self.layer,)
