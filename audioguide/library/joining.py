"""Joins protocols: several into one session, and phases of another file into a protocol. Each thing is said once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from audioguide.errors import Problem, RequestError
from audioguide.languages.registry import find
from audioguide.model.protocol import LONGEST_TITLE, Phase, Protocol
from audioguide.model.recorded import Recorded, recordings_of
from audioguide.model.weeks import Weeks

T = TypeVar("T")

_LONGEST_ID = 64
"""As `model.protocol.ID_PATTERN` has it."""


class Part(NamedTuple):
    """A protocol that is joined with others.

    Attributes:
        source: its file or id, as the user named it.
        protocol: what it prescribes.
    """

    source: str
    protocol: Protocol


def join_protocols(parts: Sequence[Part]) -> Protocol:
    """Return one protocol that does all ``parts``, one after the other.

    Its title names them all. Summaries, stop rules, closings and advice to see a professional are said once each, in
    the order of the parts, and so is what is printed; of a condition only where all of them speak of
    it. How often it is done is what the first says that says it, and so
    is how a word is spoken. Its breaks are the first that are stated and are not among the parts.

    Raises:
        RequestError: when an exercise or a choice of one name is not the same in two of them.
    """
    for number, part in enumerate(parts):
        for conflict in conflicts(parts[:number], part):
            raise RequestError(f"{part.source}: {conflict}; rename it in one of the two")
    first, protocols = parts[0].protocol, [part.protocol for part in parts]
    if len(parts) == 1:
        return first
    titles = list(dict.fromkeys(protocol.title for protocol in protocols))
    # Only a few titles that are long each need it, and so it has no words of a language.
    short = f"{titles[0]} and {len(titles) - 1} more" if first.language == "en" else f"{titles[0]} + {len(titles) - 1}"
    whole = find(first.language).wording.list(titles)
    return first.model_copy(
        update={
            "id": _joined_id([protocol.id for protocol in protocols]),
            "title": next((title for title in (whole, short) if len(title) <= LONGEST_TITLE), titles[0]),
            "summary": _each_once(protocol.summary for protocol in protocols),
            "safety": _each_once(protocol.safety for protocol in protocols),
            "red_flags": _each_once(protocol.red_flags for protocol in protocols),
            "put_by": _first_of(protocol.put_by for protocol in protocols),
            # Words for the end of one of them don't fit the end of all.
            "done": first.done if len({protocol.done for protocol in protocols}) == 1 else None,
            "closing": _each_once(protocol.closing for protocol in protocols),
            "see_professional": _each_once(protocol.see_professional for protocol in protocols),
            "encouragement": _each_once(protocol.encouragement for protocol in protocols),
            **_check(protocols),
            "read_red_flags": _read_once(protocols, "red_flags"),
            "read_see_professional": _read_once(protocols, "see_professional"),
            "why": _each_once(protocol.why for protocol in protocols),
            "mistakes": _each_once(protocol.mistakes for protocol in protocols),
            "suggestions": _each_once(protocol.suggestions for protocol in protocols),
            "breaks": _breaks(parts),
            "conditions": _said_by_all([protocol.conditions for protocol in protocols]),
            "programme": next((protocol.programme for protocol in protocols if protocol.programme), None),
            "lexicon": _first_of(protocol.lexicon for protocol in protocols),
            "phase": tuple(phase for protocol in protocols for phase in protocol.phase),
            "exercise": _first_of(protocol.exercise for protocol in protocols),
        }
    )


def _check(protocols: Iterable[Protocol]) -> dict[str, str | None]:
    """Return what the first of ``protocols`` with words of its own says of pain, in the first phase and later."""
    first = next((one for one in protocols if one.check), None)
    return {} if first is None else {"check": first.check, "check_again": first.check_again}


def with_phases_of(protocol: Protocol, included: Sequence[Part], phases: Iterable[Phase]) -> Protocol:
    """Return ``protocol`` with ``phases``, which are its own and those of ``included``, and what these need.

    Their stop rules and advice to see a professional are said too; their titles, summaries and closings are not.
    """
    protocols = [protocol, *(part.protocol for part in included)]
    return protocol.model_copy(
        update={
            "safety": _each_once(one.safety for one in protocols),
            "red_flags": _each_once(one.red_flags for one in protocols),
            "see_professional": _each_once(one.see_professional for one in protocols),
            "read_red_flags": _read_once(protocols, "red_flags"),
            "read_see_professional": _read_once(protocols, "see_professional"),
            **_check(protocols),
            "put_by": _first_of(one.put_by for one in protocols),
            "conditions": _said_by_all([one.conditions for one in protocols]),
            "lexicon": _first_of(one.lexicon for one in protocols),
            "phase": tuple(phases),
            "exercise": _first_of(one.exercise for one in protocols),
        }
    )


def conflicts(earlier: Iterable[Part], part: Part) -> Iterator[str]:
    """Yield what has one name and is not the same in ``part`` and in one of ``earlier``."""
    for other in earlier:
        for kind, own, others in (
            ("exercise", part.protocol.exercise, other.protocol.exercise),
            ("choice", part.protocol.choices(), other.protocol.choices()),
        ):
            for name in own:
                # A person's doses, skips and choices are by name, so one name must mean one thing; and a text equals
                # one with a recording, though they don't sound the same.
                if name in others and (
                    own[name] != others[name] or recordings_of(own[name]) != recordings_of(others[name])
                ):
                    yield f"{kind} '{name}' is another one in {other.source}"


def phases_within(part: Part, weeks: Weeks | None, where: str) -> tuple[Phase, ...] | Problem:
    """Return the phases of ``part`` as they are done in ``weeks``, or the problem at ``where`` that there are none."""
    if weeks is None:
        return part.protocol.phase
    found = []
    for phase in part.protocol.phase:
        shared = weeks.within(phase.weeks)
        if shared is not None:
            kept = (item for item in phase.exercises if item.weeks is None or item.weeks.within(shared) is not None)
            found.append(phase.model_copy(update={"weeks": shared, "exercises": tuple(kept)}))
    phases = tuple(phase for phase in found if phase.exercises)
    return phases or Problem(f"{where}.weeks", f"nothing of {part.source} is done in {weeks}", "name other weeks")


def _joined_id(ids: Sequence[str]) -> str:
    whole = "-".join(ids)
    if len(whole) <= _LONGEST_ID:
        return whole
    more = f"-and-{len(ids) - 1}-more"
    return ids[0][: _LONGEST_ID - len(more)] + more


def _each_once(texts: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    # One with a recording comes before the same words without; of two recordings both stay, and are found as a problem
    # where all recordings are read.
    words = [text for group in texts for text in group]
    recorded = [text for text in words if isinstance(text, Recorded)]
    found: dict[tuple[T, object], T] = {}
    for text in words:
        if isinstance(text, Recorded):
            found.setdefault((text, tuple(text.clips.values())), text)
        elif text not in recorded:
            found.setdefault((text, None), text)
    return tuple(found.values())


def _read_once(protocols: Sequence[Protocol], key: str) -> tuple[str, ...]:
    """Return a list for reading, to which those give what they have spoken under ``key`` that have none for reading.

    Empty where nobody has one, so that what is spoken is printed.
    """
    read: list[tuple[str, ...]] = [getattr(one, f"read_{key}") for one in protocols]
    # Spoken ones first, as those for reading may be led by a line with a colon.
    spoken = [getattr(one, key) for one, own in zip(protocols, read, strict=True) if not own]
    return _each_once([*spoken, *read]) if any(read) else ()


def _breaks(parts: Sequence[Part]) -> str | None:
    """Return the first stated breaks that are none of ``parts``, however they are named."""
    own = {os.path.realpath(part.source) for part in parts}
    stated = (part.protocol.breaks for part in parts if part.protocol.breaks is not None)
    return next((breaks for breaks in stated if os.path.realpath(breaks) not in own), None)


def _said_by_all(tables: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Return what all protocols say of each condition; what only some speak of is not cleared by the others."""
    shared = [name for name in tables[0] if all(name in table for table in tables)]
    return {name: _each_once(table[name] for table in tables) for name in shared}


def _first_of(tables: Iterable[Mapping[str, T]]) -> dict[str, T]:
    """Return all entries; of several with one name the first."""
    found: dict[str, T] = {}
    for table in tables:
        found = {**found, **{name: value for name, value in table.items() if name not in found}}
    return found
