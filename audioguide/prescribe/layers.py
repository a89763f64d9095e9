"""Lays a person's changes over a protocol's doses, in order of precedence, and keeps who changed what."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from audioguide.model.kinds import Side
from audioguide.model.profile import BySide, Profile

T = TypeVar("T")


class Origin(Enum):
    """Where a layer comes from, which decides what it may name."""

    PROFILE = auto()
    """It serves many protocols, so it may name exercises and choices that only another one has."""

    COMMAND_LINE = auto()
    """It speaks for this session only, so all that it names must be in it."""

    DERIVED = auto()
    """It is worked out for the person, such as a week's doses; nobody wrote it, so it may name what is not done."""


class Layer(Struct, frozen=True):
    """One person's changes.

    Attributes:
        by: what their source is called in messages and in the plan: ``profile anna``, ``week 3``.
        profile: the changes.
        origin: what kind of source it is.
        caps: minutes of rounds against the clock, by the number of their phase in the protocol, 1 for the first.
        file: the file of a profile, as the person knows it; None for what is no file.
    """

    by: str
    profile: Profile
    origin: Origin = Origin.PROFILE
    caps: Mapping[int, float] = field(default_factory=dict)
    file: str | None = None

    @classmethod
    def of_profile(cls, profile: Profile, file: Path | None = None) -> Layer:
        """Return the layer of a person's profile, which was loaded from ``file``."""
        return cls(f"profile {profile.name or 'given'}", profile, file=None if file is None else str(file))

    @classmethod
    def of_options(cls, options: Profile) -> Layer:
        """Return the layer of the options of a command."""
        return cls("command line", options, Origin.COMMAND_LINE)

    def place(self, setting: str) -> str:
        """Return where the person finds a setting to change: the file and the dotted path in it, as problems have it.

        Options are named in the message itself, so that for them it is the command line alone.
        """
        return self.by if self.origin is Origin.COMMAND_LINE else f"{self.file or self.by}: {setting}"


class Resolved(Struct, frozen=True):
    """A dose after all layers.

    Attributes:
        values: what the session uses, in the unit of the field: of each set, or one for all.
        by: who set it last, or None where the protocol did.
        rank: the place of that layer, the strongest highest; −1 for the protocol.
    """

    values: tuple[float, ...]
    by: str | None = None
    rank: int = -1

    @property
    def value(self) -> float:
        """The value of the first set, or of all."""
        return self.values[0]


class Layers:
    """The layers of one session, the strongest last."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers)

    def last(self, pick: Callable[[Profile], T | None], default: T) -> T:
        """Return what the strongest layer that states it says, else ``default``."""
        layer = self.stating(pick)
        stated = None if layer is None else pick(layer.profile)
        return default if stated is None else stated

    def stating(self, pick: Callable[[Profile], object]) -> Layer | None:
        """Return the strongest layer that states it; None where none does."""
        # Only None is "not stated": false and 0 are answers.
        return next((layer for layer in reversed(self._layers) if pick(layer.profile) is not None), None)

    def dose(self, exercise: str, field: str, default: float) -> Resolved:
        """Return a dose that has no sides, such as ``reps`` or ``rest_s``: the strongest layer's that states it."""
        return self.stated(exercise, field) or Resolved((default,))

    def stated(self, exercise: str, field: str) -> Resolved | None:
        """Return what the strongest layer that states a dose without sides says; None where none does."""
        resolved = None
        for rank, layer in enumerate(self._layers):
            own = layer.profile.exercise.get(exercise)
            value = getattr(own, field) if own else None
            if value is not None:
                resolved = Resolved(value if isinstance(value, tuple) else (value,), layer.by, rank)
        return resolved

    def sided(self, exercise: str, field: str, side: Side | None, default: tuple[float, ...]) -> Resolved:
        """Return a dose that may differ by side: ``hold_s``, ``reps`` or ``sets``.

        A person's own dose replaces what lies below it; a scale works on holds. A stronger layer's scale replaces a
        weaker one's, so that two of them never multiply.
        """
        base, scale, by, at = default, 1.0, None, -1
        for rank, layer in enumerate(self._layers):
            own = layer.profile.exercise.get(exercise)
            dose: BySide | None = getattr(own, field) if own else None
            stated = dose.for_side(side) if dose else None
            # A hold that a person states for themselves is exact, so a weaker layer's scale does not touch it.
            if stated is not None:
                base = stated if isinstance(stated, tuple) else (stated,)
                scale, by, at = 1.0, layer.by, rank
            elif field == "hold_s" and layer.profile.scale is not None:
                scale, by = layer.profile.scale, layer.by
        if scale != 1.0:
            # Scaled holds are whole seconds, as people count; floor(x + 0.5), as round() takes 22.5 to the even 22.
            base = tuple(max(1.0, float(math.floor(value * scale + 0.5))) for value in base)
        return Resolved(base, by, at)

    def note(self, exercise: str) -> str | None:
        """Return what the person is to mind in an exercise: the strongest layer's note."""
        own = (layer.profile.exercise.get(exercise) for layer in self._layers)
        notes = [doses.note for doses in own if doses is not None and doses.note is not None]
        return notes[-1] if notes else None

    def cap(self, phase: int, default: float) -> Resolved:
        """Return the minutes of rounds against the clock in the phase with this number, counted from 1."""
        stated = [Resolved((layer.caps[phase],), layer.by) for layer in self._layers if phase in layer.caps]
        return stated[-1] if stated else Resolved((default,))

    def place(self, resolved: Resolved, setting: str) -> str:
        """Return where the layer that set a dose last has ``setting``, as `Layer.place` does."""
        return self._layers[resolved.rank].place(setting)

    def naming(self, pick: Callable[[Profile], Iterable[str]]) -> dict[str, str]:
        """Return every name that a layer lists, each with what the layer that listed it last is called."""
        return {name: layer.by for layer in self._layers for name in pick(layer.profile)}
