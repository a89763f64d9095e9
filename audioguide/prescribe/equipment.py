"""Decides what a person without some equipment leaves out or does instead, and how long others have to fetch it.

What they leave out becomes part of their profile, which is obeyed like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from audioguide.errors import RequestError
from audioguide.model.kinds import Detail
from audioguide.model.protocol import Item, Protocol
from audioguide.model.text import listed, suggest
from audioguide.model.units import to_ms
from audioguide.prescribe.layers import Layers

THING_MS, MOST_GATHER_MS = 10_000, 30_000
"""Time to fetch one thing, and to fetch all: they lie in one room."""


class Adaptation(Struct, frozen=True):
    """How a protocol is done without some equipment.

    Attributes:
        lacking: each exercise that needs something that is not at hand, with those things.
        skip: exercises to leave out.
        choose: for choices whose usual option can't be done, the option to take.
        emptied: titles of the phases of which nothing is left.
        nothing_left: whether that is all of them.
    """

    lacking: Mapping[str, tuple[str, ...]]
    skip: tuple[str, ...]
    choose: Mapping[str, str]
    emptied: tuple[str, ...]
    nothing_left: bool


def equipment_of(protocol: Protocol) -> tuple[str, ...]:
    """Return every thing that some exercise of the protocol needs, once, in order of use."""
    found: dict[str, str] = {}
    for ref in protocol.exercise_refs():
        for thing in protocol.exercise[ref.use].equipment:
            found.setdefault(_key(thing), thing)
    return tuple(found.values())


def conditions_of(protocol: Protocol) -> tuple[str, ...]:
    """Return every condition that rules out some exercise of the protocol, in order of use."""
    refs = protocol.exercise_refs()
    return tuple(dict.fromkeys(name for ref in refs for name in protocol.exercise[ref.use].avoid_if))


def find_equipment(protocol: Protocol, name: str) -> str:
    """Return the thing that ``name`` means; capitals and hyphens don't matter.

    Raises:
        RequestError: when no exercise needs such a thing.
    """
    known = {_key(thing): thing for thing in equipment_of(protocol)}
    if _key(name) not in known:
        advice = suggest(_key(name), known) or "it needs no equipment"
        raise RequestError(f"nothing in this session needs '{name}'; {advice}")
    return known[_key(name)]


def adapt_to_missing(
    protocol: Protocol,
    missing: Iterable[str],
    avoid: Collection[str] = (),
    skip: Collection[str] = (),
    choose: Mapping[str, str] = MappingProxyType({}),
) -> Adaptation:
    """Return how ``protocol`` is done without ``missing``.

    Args:
        protocol: what is done.
        missing: things that are not at hand.
        avoid: the person's conditions; what they rule out can't stand in for anything.
        skip: exercises that the person leaves out anyway.
        choose: options that the person has chosen already.

    Raises:
        RequestError: when a chosen option needs something that is missing.
    """
    lacking = _lacking(protocol, missing)
    avoided = {name for name, exercise in protocol.exercise.items() if not set(avoid).isdisjoint(exercise.avoid_if)}
    avoided |= set(skip)
    skipped: list[str] = []
    chosen: dict[str, str] = {}
    emptied: list[str] = []
    for phase in protocol.phase:
        possible = {
            at: tuple(ref.use for ref in item.options if ref.use not in lacking and ref.use not in avoided)
            for at, item in enumerate(phase.exercises)
        }
        # Told to the person, as such a profile would silently drop a whole part of the protocol.
        if not any(possible.values()):
            emptied.append(phase.title)
        for at, item in enumerate(phase.exercises):
            names = [ref.use for ref in item.options]
            if item.harder is not None and item.harder.use in lacking:
                skipped.append(item.harder.use)
            if not possible[at] and not lacking.keys().isdisjoint(names):
                # All of them: an option that a condition rules out would give its place to one that can't be done.
                skipped += names
            if item.choice is None:
                continue
            stated = choose.get(item.choice, "")
            if stated in lacking:
                needed = listed(lacking[stated])
                raise RequestError(f"'{stated}' is chosen but needs {needed}, not at hand; drop one of the two")
            if not stated and possible[at] and not lacking.keys().isdisjoint(_likely(item, avoided)):
                chosen[item.choice] = possible[at][0]
    return Adaptation(
        lacking=lacking,
        skip=tuple(dict.fromkeys(skipped)),
        choose=chosen,
        emptied=tuple(emptied),
        nothing_left=len(emptied) == len(protocol.phase),
    )


def gather_ms(layers: Layers, things: Collection[str]) -> int:
    """Return how long a person has at the start to fetch ``things``: as stated, else by how many there are.

    Who asks for names and times alone knows what is needed, and has it at hand.
    """
    stated_s = layers.last(lambda profile: profile.gather_s, None)
    if not things:
        return 0
    if stated_s is not None:
        return to_ms(stated_s)
    minimal = layers.last(lambda profile: profile.detail, Detail.FULL) is Detail.MINIMAL
    return 0 if minimal else min(MOST_GATHER_MS, THING_MS * len(things))


def _lacking(protocol: Protocol, missing: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return each exercise that needs something missing, with those things as it calls them."""
    gone = {_key(thing) for thing in missing}
    needed = {ref.use: protocol.exercise[ref.use].equipment for ref in protocol.exercise_refs()}
    found = {name: tuple(thing for thing in things if _key(thing) in gone) for name, things in needed.items()}
    return {name: things for name, things in found.items() if things}


def _likely(item: Item, avoided: Collection[str]) -> list[str]:
    """Return what sessions do for a choice, on usual days and on days of acute pain, when only conditions are known."""
    names = [ref.use for ref in item.options]
    wanted = [name for name in (names[0], item.gentle) if name]
    return [next((name for name in (first, *names) if name not in avoided), "") for first in wanted]


def _key(thing: str) -> str:
    """Return what stays the same however people write a thing: ``Foam-Roller`` and ``foam roller``."""
    return " ".join(thing.casefold().replace("-", " ").split())
