"""Lays a person's changes over a protocol's doses, in order of precedence, and keeps who changed what."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar

from audioguide.model.kinds import Side
from audioguide.model.profile import Profile

T = TypeVar("T")


class Origin(Enum):
    """Where a layer comes from, which decides what it may name."""

    PROFILE = auto()
    """It serves many protocols, so it may name exercises and choices that only another one has."""

    COMMAND_LINE = auto()
    """It speaks for this session only, so all that it names must be in it."""

    DERIVED = auto()
    """It is worked out for the person, such as a week's doses; nobody wrote it, so it may name what is not done."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One person's changes.

    Attributes:
        by: what their source is called in messages and in the plan: ``profile anna``, ``week 3``.
        profile: the changes.
        origin: what kind of source it is.
        caps: minutes of rounds against the clock, by the number of their phase in the protocol, 1 for the first.
    """

    by: str
    profile: Profile
    origin: Origin = Origin.PROFILE
    caps: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def of_profile(cls, profile: Profile) -> Layer:
        """Return the layer of a person's profile."""
        return cls(f"profile {profile.name or 'given'}", profile)

    @classmethod
    def of_options(cls, options: Profile) -> Layer:
        """Return the layer of the options of a command."""
        return cls("command line", options, Origin.COMMAND_LINE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A dose after all layers.

    Attributes:
        value: what the session uses, in the unit of the field.
        by: who set it last, or None where the protocol did.
    """

    value: float
    by: str | None = None


class Layers:
    """The layers of one session, the strongest last."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers)

    def last(self, pick: Callable[[Profile], T | None], default: T) -> T:
        """Return what the strongest layer that states it says, else ``default``."""
        # Only None is "not stated": false and 0 are answers.
        found = [value for layer in self._layers if (value := pick(layer.profile)) is not None]
        return found[-1] if found else default

    def dose(self, exercise: str, field: str, default: float) -> Resolved:
        """Return a dose that has no sides, such as ``reps`` or ``rest_s``: the strongest layer's that states it."""
        return self.stated(exercise, field) or Resolved(default)

    def stated(self, exercise: str, field: str) -> Resolved | None:
        """Return what the strongest layer that states a dose without sides says; None where none does."""
        resolved = None
        for layer in self._layers:
            own = layer.profile.exercise.get(exercise)
            value = getattr(own, field) if own else None
            if value is not None:
                resolved = Resolved(value, layer.by)
        return resolved

    def hold(self, exercise: str, side: Side | None, default_s: float) -> Resolved:
        """Return a hold in seconds. A person's own hold replaces what lies below it; a scale works on it.

        A stronger layer's scale replaces a weaker one's, so that two of them never multiply.
        """
        base, scale, by = default_s, 1.0, None
        for layer in self._layers:
            own = layer.profile.exercise.get(exercise)
            stated = own.hold_s.for_side(side) if own and own.hold_s else None
            # A hold that a person states for themselves is exact, so a weaker layer's scale does not touch it.
            if stated is not None:
                base, scale, by = stated, 1.0, layer.by
            elif layer.profile.scale is not None:
                scale, by = layer.profile.scale, layer.by
        # Scaled holds are whole seconds, as people count; floor(x + 0.5), as round() takes 22.5 to the even 22.
        return Resolved(base, by) if scale == 1.0 else Resolved(max(1.0, float(math.floor(base * scale + 0.5))), by)

    def cap(self, phase: int, default: float) -> Resolved:
        """Return the minutes of rounds against the clock in the phase with this number, counted from 1."""
        stated = [Resolved(layer.caps[phase], layer.by) for layer in self._layers if phase in layer.caps]
        return stated[-1] if stated else Resolved(default)

    def naming(self, pick: Callable[[Profile], Iterable[str]]) -> dict[str, str]:
        """Return every name that a layer lists, each with what the layer that listed it last is called."""
        return {name: layer.by for layer in self._layers for name in pick(layer.profile)}
