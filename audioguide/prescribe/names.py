"""Checks that what a person asks for exists: exercises, choices, conditions. Names near ones where it doesn't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from audioguide.errors import RequestError
from audioguide.model.protocol import ExerciseRef, Item, Protocol
from audioguide.model.text import listed, suggest
from audioguide.prescribe.layers import Layer, Layers

COMMAND_LINE = "command line"
"""What the layer of the options is called; it speaks of this session alone, so all it names must be in it."""


def exercise_refs(protocol: Protocol) -> Iterator[ExerciseRef]:
    """Yield every use of an exercise that the protocol offers, options of choices included."""
    for phase in protocol.phase:
        for item in phase.exercises:
            yield from item.options
            if item.harder is not None:
                yield ExerciseRef(use=item.harder.use)


def choices(protocol: Protocol) -> dict[str, Item]:
    """Return the protocol's choices by name."""
    return {item.choice: item for phase in protocol.phase for item in phase.exercises if item.choice is not None}


def refuse_unknown(protocol: Protocol, layers: Layers, known_elsewhere: Iterable[str], conditions: set[str]) -> None:
    """Refuse names that a layer states and nothing bears.

    Args:
        protocol: what is done.
        layers: what the person asks for.
        known_elsewhere: exercises of the library; a profile serves many protocols and may name them.
        conditions: every condition that some exercise knows.

    Raises:
        RequestError: for an unknown exercise, choice, option or condition.
    """
    offered = {use.use for use in exercise_refs(protocol)}
    elsewhere = offered | set(known_elsewhere) | set(protocol.exercise)
    for layer in layers:
        own = layer.by == COMMAND_LINE
        for name in (*layer.profile.exercise, *layer.profile.skip):
            _refuse_exercise(name, layer, offered if own else elsewhere)
        _refuse_choices(protocol, layer, strict=own)
        _refuse_conditions(layer, conditions)


def doubtful_choices(protocol: Protocol, layers: Layers) -> Iterator[str]:
    """Yield a warning for each choice of a profile that this protocol lacks while it has one of nearly that name."""
    known = choices(protocol)
    for layer in layers:
        for name in layer.profile.choose:
            if name not in known and get_close_matches(name, known):
                yield f"{layer.by}: no choice '{name}' in this protocol; {suggest(name, known)}"


def not_in_session(layers: Layers, offered: set[str], done: set[str]) -> Iterator[tuple[Layer, str]]:
    """Yield each exercise that a layer states doses for and this session does not do."""
    for layer in layers:
        for name in () if layer.derived else layer.profile.exercise:
            if name in offered and name not in done:
                yield layer, name


def _refuse_exercise(name: str, layer: Layer, known: set[str]) -> None:
    if name not in known:
        raise RequestError(f"{layer.by}: no exercise '{name}' in this session; {suggest(name, sorted(known))}")


def _refuse_choices(protocol: Protocol, layer: Layer, strict: bool) -> None:
    known = choices(protocol)
    for name, option in layer.profile.choose.items():
        if name not in known:
            if strict:
                raise RequestError(f"{layer.by}: {_no_choice(name, list(known))}")
            continue
        options = [use.use for use in known[name].of]
        if option not in options:
            raise RequestError(f"{layer.by}: '{option}' is no option of '{name}'; choose {listed(options, 'or')}")


def _no_choice(name: str, known: list[str]) -> str:
    if not known:
        return f"no choice '{name}'; this protocol offers none"
    return f"no choice '{name}' in this protocol; {suggest(name, known)}"


def _refuse_conditions(layer: Layer, conditions: set[str]) -> None:
    for name in layer.profile.avoid:
        if name not in conditions:
            raise RequestError(
                f"{layer.by}: no exercise knows the condition '{name}'; {suggest(name, sorted(conditions))}"
            )
