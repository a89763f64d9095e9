"""What varies from day to day, above all the order of shuffled phases: the same seed gives the same, everywhere."""

from __future__ import annotations

from collections import Counter
from datetime import date
from hashlib import sha256

from audioguide.model.protocol import Item, Phase, Protocol


def has_shuffled(protocol: Protocol) -> bool:
    """Return whether some phase has an order that varies."""
    return any(phase.shuffle for phase in protocol.phase)


def seed_of_day(day: date) -> int:
    """Return the seed of a day: its date as a number, such as 20261123."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of_seed(seed: int) -> int:
    """Return the number of the day that ``seed`` is the date of, one more each day; of another seed the seed itself."""
    try:
        return date(seed // 10_000, seed // 100 % 100, seed % 100).toordinal()
    except ValueError:
        return seed


def shuffled(phase: Phase, seed: int) -> tuple[Item, ...]:
    """Return the exercises of ``phase`` in the order that ``seed`` gives.

    Each gets a place by itself, so that one that is left out, or is for other weeks, doesn't change the order of the
    rest. Python's own shuffle promises no equal order in later versions; a digest does.
    """
    seen: Counter[str] = Counter()
    places = []
    for item in phase.exercises:
        name = item.options[0].use
        places.append(sha256(f"{seed}\n{phase.title}\n{name}\n{seen[name]}".encode()).digest())
        seen[name] += 1
    # Equal digests can't be; were they, the file's order would decide.
    return tuple(item for _, item in sorted(zip(places, phase.exercises, strict=True), key=lambda pair: pair[0]))
