"""Decides what a person without some equipment leaves out or does instead. The guided start writes it into a profile,
which `prescribe` obeys like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from audioguide.errors import RequestError
from audioguide.model.protocol import ExerciseRef, Item, Phase, Protocol
from audioguide.model.text import listed, suggest
from audioguide.prescribe.names import exercise_refs


@dataclass(frozen=True, slots=True)
class Without:
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
    for use in exercise_refs(protocol):
        for thing in protocol.exercise[use.use].equipment:
            found.setdefault(_key(thing), thing)
    return tuple(found.values())


def conditions_of(protocol: Protocol) -> tuple[str, ...]:
    """Return every condition that rules out some exercise of the protocol, in order of use."""
    return tuple(dict.fromkeys(name for use in exercise_refs(protocol) for name in protocol.exercise[use.use].avoid_if))


def named_equipment(protocol: Protocol, name: str) -> str:
    """Return the thing that ``name`` means; capitals and hyphens don't matter.

    Raises:
        RequestError: when no exercise needs such a thing.
    """
    known = {_key(thing): thing for thing in equipment_of(protocol)}
    if _key(name) not in known:
        advice = suggest(_key(name), known) or "it needs no equipment"
        raise RequestError(f"nothing in this session needs '{name}'; {advice}")
    return known[_key(name)]


def without(
    protocol: Protocol,
    missing: Iterable[str],
    avoid: Collection[str] = (),
    skip: Collection[str] = (),
    choose: Mapping[str, str] = MappingProxyType({}),
) -> Without:
    """Return how ``protocol`` is done without ``missing``.

    Args:
        protocol: what is done.
        missing: things that are not at hand.
        avoid: the person's conditions; what they rule out is no way out.
        skip: exercises that the person leaves out anyway.
        choose: options that the person has chosen already.

    Raises:
        RequestError: when a chosen option needs something that is missing.
    """
    gone = {_key(thing) for thing in missing}
    lacking = {use.use: lacked for use in exercise_refs(protocol) if (lacked := _lacked(protocol, use, gone))}
    avoided = {name for name, exercise in protocol.exercise.items() if not set(avoid).isdisjoint(exercise.avoid_if)}
    return _Sifter(lacking, avoided | set(skip), choose).sift(protocol)


def _lacked(protocol: Protocol, use: ExerciseRef, gone: Collection[str]) -> tuple[str, ...]:
    return tuple(thing for thing in protocol.exercise[use.use].equipment if _key(thing) in gone)


def _key(thing: str) -> str:
    return " ".join(thing.casefold().replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class _Sifter:
    """Goes through a protocol place by place, knowing what can't be done and what the person has chosen."""

    lacking: Mapping[str, tuple[str, ...]]
    avoided: Collection[str]
    chosen: Mapping[str, str]

    def sift(self, protocol: Protocol) -> Without:
        items = [item for phase in protocol.phase for item in phase.exercises]
        emptied = tuple(phase.title for phase in protocol.phase if not self._left(phase))
        return Without(
            lacking=self.lacking,
            skip=tuple(dict.fromkeys(name for item in items for name in self._skipped(item))),
            choose={item.choice: name for item in items if item.choice and (name := self._instead(item))},
            emptied=emptied,
            nothing_left=len(emptied) == len(protocol.phase),
        )

    def _left(self, phase: Phase) -> bool:
        return any(map(self._possible, phase.exercises))

    def _possible(self, item: Item) -> tuple[str, ...]:
        """Return the options of a place that can be done."""
        return tuple(use.use for use in item.options if use.use not in self.lacking and use.use not in self.avoided)

    def _skipped(self, item: Item) -> Iterator[str]:
        if item.harder is not None and item.harder.use in self.lacking:
            yield item.harder.use
        names = [use.use for use in item.options]
        if not self._possible(item) and not self.lacking.keys().isdisjoint(names):
            # All of them: an option that a condition rules out would give its place to one that can't be done.
            yield from names

    def _instead(self, item: Item) -> str | None:
        """Return the option to choose where what would be done needs something missing."""
        stated = self.chosen.get(item.choice or "", "")
        if stated in self.lacking:
            needed = listed(self.lacking[stated])
            raise RequestError(f"'{stated}' is chosen but needs {needed}, not at hand; drop one of the two")
        likely = [name for first in (item.options[0].use, item.gentle) if first for name in self._likely(item, first)]
        if stated or self.lacking.keys().isdisjoint(likely):
            return None
        return next(iter(self._possible(item)), None)

    def _likely(self, item: Item, first: str) -> Iterator[str]:
        """Yield what a session does when ``first`` is wanted and only conditions are known."""
        names = (first, *(use.use for use in item.options))
        yield from [name for name in names if name not in self.avoided][:1]
