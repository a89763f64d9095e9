"""The text of a new profile file, with notes that explain each line to someone who has never seen one."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from audioguide.model.kinds import Sides
from audioguide.model.protocol import Item, Protocol
from audioguide.model.text import listed


@dataclass(frozen=True, slots=True)
class Note:
    """What the file says above one of its lines.

    Attributes:
        key: the setting.
        example: what stands in the line, as a note, where the profile doesn't state it.
        words: the explanation, a line each.
    """

    key: str
    example: Any
    words: tuple[str, ...]


NOTES = (
    Note(
        "detail",
        "full",
        (
            'How much is said: "full" explains everything, "brief" is for someone who',
            'knows the exercises, "minimal" says little more than names and times.',
        ),
    ),
    Note("minutes", 20, ("How many minutes it may take, 1 to 1440. Without this line: as long as it takes.",)),
    Note(
        "weak_side",
        "left",
        (
            'The side that is weaker or more sensitive, "left" or "right". It begins,',
            "and where there are several sets it ends too.",
        ),
    ),
    Note(
        "acute",
        True,
        ("Whether the pain is acute at the moment, true or false. While it is, the gentle", "exercises are done."),
    ),
    Note(
        "started",
        date(2030, 1, 31),
        ("The first day, as year-month-day: doses grow from week to week. Without this", "line there are no weeks."),
    ),
    Note(
        "days",
        ["mon", "wed", "fri"],
        ("Your days of the week, once the programme is no longer daily: mon, tue, wed, thu,", "fri, sat, sun."),
    ),
)
"""The plain lines of the file, in its order. Those about exercises follow; they depend on the protocol."""

LINES = frozenset(note.key for note in NOTES) | {"name", "avoid", "skip"}
"""The settings that the text states; a caller adds any others to it, and there are tables for them."""


def profile_text(
    stated: Mapping[str, Any],
    protocol: Protocol,
    source: str,
    conditions: Sequence[str] = (),
    lacking: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return the file of a profile.

    Args:
        stated: what the profile states; all but ``LINES`` only decides which examples are given.
        protocol: what it is made for; examples are of its exercises.
        source: what the user calls the protocol: an id or a path.
        conditions: the conditions that the protocol's exercises know.
        lacking: exercises that need what is not at hand, each with those things.
    """
    skipped = stated.get("skip", ())
    notes = (*NOTES, _avoid(protocol, conditions), _skip(protocol, source, skipped, lacking or {}))
    parts = [_head(str(stated["name"]), source), *(_line(note, stated) for note in notes)]
    parts += [part for part in (_choose(protocol, stated), *_sound(stated), _exercise(protocol, stated)) if part]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(name: str, source: str) -> list[str]:
    return [
        f"# The profile {name}. This makes the session that it was written for:",
        f"#   audioguide build {shlex.quote(_one_line(source))} --profile {shlex.quote(name)}",
        "# What stands behind a # is a note. To make a line such as `# minutes = 20` count,",
        f"# take its # away, or say `audioguide profile set {shlex.quote(name)} --minutes 20`.",
        "",
        f"name = {_value(name)}",
    ]


def _one_line(path: str) -> str:
    # A path may hold anything, and a line break would end the comment.
    return "".join(char if char.isprintable() else "?" for char in path)


def _line(note: Note, stated: Mapping[str, Any]) -> list[str]:
    words = [f"# {text}" for text in note.words]
    if note.key in stated:
        return [*words, f"{note.key} = {_value(stated[note.key])}"]
    return [*words, f"# {note.key} = {_value(note.example)}"]


def _value(value: Any) -> str:
    """Return ``value`` in TOML, whose texts, numbers, lists and truths are written as in JSON."""
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _avoid(protocol: Protocol, conditions: Sequence[str]) -> Note:
    known = f"'{protocol.title}' knows {listed(conditions) or 'none'}."
    return Note("avoid", list(conditions[:1]), ("Conditions for which exercises are left out.", known))


def _skip(protocol: Protocol, source: str, skipped: Sequence[str], lacking: Mapping[str, Sequence[str]]) -> Note:
    ids = f"Exercises to leave out, by the ids in `audioguide protocol show {shlex.quote(_one_line(source))}`."
    why = [f"{name}: no {listed(lacking[name], 'or')} at hand." for name in skipped if name in lacking]
    return Note("skip", [_items(protocol)[-1].options[-1].use], (ids, *why))


def _choose(protocol: Protocol, stated: Mapping[str, Any]) -> list[str]:
    choices = {item.choice: item for item in _items(protocol) if item.choice is not None}
    if not choices:
        return []
    lines = ["[choose]", "# Which exercise is done where there is a choice; the first is the usual one."]
    for name, item in choices.items():
        options = [use.use for use in item.options]
        lines.append(f"# {name}: {listed(map(_value, options), 'or')}.")
        if name not in stated.get("choose", {}):
            lines.append(f"# {name} = {_value(options[-1])}")
    return lines


def _sound(stated: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield the tables of voice and music with an example each, unless the profile states that itself."""
    for table, note, key, example in (
        ("voice", "Words a minute, 80 to 300; without this line 150.", "rate_wpm", 130),
        ("music", "Music below the voice: a file, or a folder whose files are played in order.", "path", _SOME_MUSIC),
    ):
        lines = [f"[{table}]", f"# {note}"]
        yield lines if key in stated.get(table, {}) else [*lines, f"# {key} = {_value(example)}"]


_SOME_MUSIC = "/home/me/music/rain.mp3"


def _exercise(protocol: Protocol, stated: Mapping[str, Any]) -> list[str]:
    lines = ["[exercise]", "# Your own seconds (hold_s, rest_s, setup_s), reps and sets of an exercise:"]
    return lines + [f"# {name} = {{ {dose} }}" for name, dose in _own_doses(protocol, stated)]


def _own_doses(protocol: Protocol, stated: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield an example of each kind that the protocol has: a hold, one that differs by side, and reps."""
    avoided = set(stated.get("avoid", ()))
    passed_over = {*stated.get("skip", ()), *stated.get("exercise", {})}
    usual = [item.options[0] for item in _items(protocol) if item.options[0].use not in passed_over]
    done = [use for use in usual if avoided.isdisjoint(protocol.exercise[use.use].avoid_if)]
    held = [use for use in done if protocol.exercise[use.use].hold_s is not None]
    sided = [use for use in held if protocol.exercise[use.use].sides is Sides.EACH][:1]
    for use in [use for use in held if use not in sided][:1]:
        yield use.use, "hold_s = 50"
    for use in sided:
        yield use.use, "hold_s = { left = 60, right = 45 }"
    for use in [use for use in done if use not in held][:1]:
        yield use.use, "reps = 10"


def _items(protocol: Protocol) -> list[Item]:
    return [item for phase in protocol.phase for item in phase.exercises]
