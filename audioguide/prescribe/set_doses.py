"""Works out what each set of one exercise has, side by side: holds or reps, and how many sets there are.

A protocol or a person may state one number for all sets, or a list with one for each, whose length then is the number
of sets; a person also one a side.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from audioguide.errors import RequestError
from audioguide.model.doses import Dose, by_set
from audioguide.model.kinds import Side, Sides
from audioguide.model.protocol import Exercise
from audioguide.model.session import Effort
from audioguide.model.units import to_ms
from audioguide.prescribe.layers import Layer, Layers, Origin, Resolved

Noted = Callable[[str, tuple[Dose, ...], Resolved, Side | None], tuple[float, ...]]
"""Returns the values of a resolved dose, and keeps who changed it: field, the protocol's doses, the person's, side."""


class SetDoses(Struct, frozen=True):
    """What the sets of an exercise have.

    Attributes:
        efforts: of the first set, one effort, or one a side in the person's order.
        sets: how many there are.
        by_set: the efforts of each set where they differ.
    """

    efforts: tuple[Effort, ...]
    sets: int = 1
    by_set: tuple[tuple[Effort, ...], ...] = ()


class Rests(Struct, frozen=True):
    """The rests of an exercise in seconds.

    Attributes:
        last_s: after the last set, and between sets where ``between_s`` is empty; None where nobody states one.
        between_s: between each two sets, where they differ.
    """

    last_s: float | None = None
    between_s: tuple[float, ...] = ()

    def at_least(self, least_s: float) -> Rests:
        """Return these with every rest between sets made ``least_s`` long at least."""
        if self.between_s or self.last_s is None:
            return Rests(self.last_s, tuple(max(rest_s, least_s) for rest_s in self.between_s))
        return Rests(max(self.last_s, least_s))


def set_doses(name: str, used: Exercise, layers: Layers, *, first: Side, noted: Noted) -> SetDoses:
    """Return what each set of an exercise outside circuits has.

    Args:
        name: the exercise's id.
        used: the exercise as its place uses it.
        layers: the person's changes.
        first: the side that begins.
        noted: keeps what differs from the protocol.

    Raises:
        RequestError: where a number of sets contradicts a list that has one number for each of them.
    """
    sides = sides_of(used, first)
    go = _go(name, used, layers, noted)
    own_doses = [layer.profile.exercise[name] for layer in layers if name in layer.profile.exercise]
    sets_by_side = any(doses.sets is not None and doses.sets.sided for doses in own_doses)
    efforts: dict[Side | None, list[Effort]] = {}
    for side in sides:
        key, own = _work(used)
        work = layers.sided(name, key, side, tuple(dose.default for dose in own))
        values = noted(key, own, work, side)
        sets = _sets(name, used, layers, side=side, work=Resolved(values, work.by, work.rank))
        count = round(noted("sets", (used.sets,), sets, side if sets_by_side else None)[0])
        # Beyond a list no set is left: its length is the number of sets.
        each = values if len(values) > 1 else values * count
        efforts[side] = [_effort(side, key, value, go) for value in each]
    most = max(map(len, efforts.values()))
    found = tuple(tuple(each[number] for each in efforts.values() if number < len(each)) for number in range(most))
    return SetDoses(found[0], most, found if len(set(found)) > 1 else ())


def circuit_efforts(name: str, used: Exercise, layers: Layers, *, first: Side, noted: Noted) -> tuple[Effort, ...]:
    """Return the efforts of an exercise in a circuit, whose rounds are its sets; lists have no place there."""
    plain = without_lists(layers, name)
    key, own = _work(used)
    default = tuple(dose.default for dose in own)
    go = _go(name, used, layers, noted)
    found = []
    for side in sides_of(used, first):
        (value, *_) = noted(key, own, plain.sided(name, key, side, default), side)
        found.append(_effort(side, key, value, go))
    return tuple(found)


def without_lists(layers: Layers, name: str) -> Layers:
    """Return the layers with what they state of an exercise for all its sets alike, as a circuit has no others."""
    return Layers([_without_list(layer, name) for layer in layers])


def sides_of(used: Exercise, first: Side) -> tuple[Side | None, ...]:
    """Return the sides of an exercise's efforts in their order; None for both together or in turn."""
    return (first, first.other) if used.sides is Sides.EACH else (used.sides.only,)


def _work(used: Exercise) -> tuple[str, tuple[Dose, ...]]:
    """Return the field of an exercise's work with the protocol's doses, of each set or one for all."""
    if used.hold_s is not None:
        return "hold_s", by_set(used.hold_s)
    assert used.reps is not None
    return "reps", by_set(used.reps)


def _without_list(layer: Layer, name: str) -> Layer:
    """Return a layer whose lists for an exercise are not stated; all else of it stays, such as a scale."""
    own = layer.profile.exercise.get(name)
    if own is None or not (own.listed or isinstance(own.rest_s, tuple)):
        return layer
    unused = ["hold_s", "reps"] if own.listed else []
    unused += ["rest_s"] if isinstance(own.rest_s, tuple) else []
    single = own.model_copy(update=dict.fromkeys(unused))
    profile = layer.profile.model_copy(update={"exercise": {**layer.profile.exercise, name: single}})
    return replace(layer, profile=profile)


def _go(name: str, used: Exercise, layers: Layers, noted: Noted) -> tuple[int, int]:
    """Return how often a hold is done in one go, and how many milliseconds there are to let go between."""
    if used.repeat is None:
        return 1, 0
    (repeat,) = noted("repeat", (used.repeat,), layers.dose(name, "repeat", used.repeat.default), None)
    return round(repeat), to_ms(used.relax_s or 0)


def _effort(side: Side | None, key: str, value: float, go: tuple[int, int]) -> Effort:
    if key == "reps":
        return Effort(side, reps=round(value))
    return Effort(side, hold_ms=to_ms(value), repeat=go[0], relax_ms=go[1])


def _sets(name: str, used: Exercise, layers: Layers, side: Side | None, work: Resolved) -> Resolved:
    """Return how many sets one side has, beside the doses of its sets."""
    stated = layers.sided(name, "sets", side, (used.sets.default,))
    count = len(work.values)
    if count == 1 or stated.value == count:
        return stated
    derived = {layer.by for layer in layers if layer.origin is Origin.DERIVED}
    if stated.rank >= work.rank and stated.by not in derived:
        key = _work(used)[0]
        where = layers.place(stated, f"exercise.{name}.sets")
        raise RequestError(
            f"{where}: '{name}' has {key} of its own in each of {count} sets; "
            f"state {key} for {round(stated.value)} sets, or one number for all"
        )
    return Resolved((float(count),), work.by, work.rank)


def rests(name: str, used: Exercise, layers: Layers, *, sets: int, noted: Noted) -> Rests:
    """Return the rests between the sets of an exercise, and after the last one.

    Raises:
        RequestError: where a person lists more or fewer rests than the sets have.
    """
    own = () if used.rest_s is None else used.rest_s if isinstance(used.rest_s, tuple) else (used.rest_s,)
    resolved = layers.stated(name, "rest_s") or Resolved(own)
    count = len(resolved.values)
    if resolved.by is not None and count > 1 and count not in (sets - 1, sets):
        where = layers.place(resolved, f"exercise.{name}.rest_s")
        raise RequestError(
            f"{where}: '{name}' has {sets} set{'s' * (sets != 1)} and {count} rests; state one for all, or "
            f"{sets - 1} between its sets"
        )
    if not resolved.values:
        return Rests()
    values = noted("rest_s", tuple(Dose(default=rest_s) for rest_s in own), resolved, None)
    if count == 1 and (resolved.by is not None or not isinstance(used.rest_s, tuple)):
        return Rests(values[0])
    # A person may do more sets than the protocol lists rests for, or fewer.
    between_s = tuple(values[min(number, count - 1)] for number in range(sets - 1))
    return Rests(values[sets - 1] if count >= sets else None, between_s)
