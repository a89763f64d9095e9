"""The text of a new profile file, with notes that explain each line to someone who has never seen one."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from audioguide.model.kinds import Sides
from audioguide.model.limits import MOST_MINUTES
from audioguide.model.protocol import Protocol
from audioguide.model.text import listed, printable
from audioguide.model.voice import DEFAULT_WPM, FASTEST_WPM, SLOWEST_WPM


class Note(Struct, frozen=True):
    """What the file says above one of its lines.

    Attributes:
        key: the setting.
        example: what stands in the line, as a note, where the profile doesn't state it.
        lines: the explanation, a line each.
    """

    key: str
    example: Any
    lines: tuple[str, ...]


NOTES = (
    Note(
        "detail",
        "full",
        (
            'How much is said: "full" explains everything, "brief" is for someone who',
            'knows the exercises, "minimal" says names, doses, times and what keeps you safe.',
        ),
    ),
    Note(
        "minutes", 20, (f"How many minutes it may take, 1 to {MOST_MINUTES}. Without this line: as long as it takes.",)
    ),
    Note(
        "weak_side",
        "left",
        (
            'The side that is weaker or more sensitive, "left" or "right". It begins,',
            "and where there are several sets it ends too; it gets one more where ranges allow.",
        ),
    ),
    Note(
        "acute",
        True,
        (
            "Whether the pain is acute at the moment, true or false. While it is, doses are",
            "at their least, and the gentle exercises are done.",
        ),
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


_SOME_MUSIC = "/home/me/music/rain.mp3"


def profile_text(
    stated: Mapping[str, Any],
    protocol: Protocol,
    source: str,
    conditions: Sequence[str] = (),
    lacking: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """Return the file of a profile.

    Args:
        stated: what the profile states; all but ``LINES`` only decides which examples are given.
        protocol: what it is made for; examples are of its exercises.
        source: what the user calls the protocol: an id or a path.
        conditions: the conditions that the protocol's exercises know.
        lacking: exercises that need what is not at hand, each with those things.
    """
    name = str(stated["name"])
    # A line break in a path would end the comment.
    quoted = shlex.quote(printable(source))
    # The first condition is only an example, so all are named in the note.
    known = f"'{protocol.title}' knows {listed(conditions) or 'none'}."
    ids = f"Exercises to leave out, by the ids in `audioguide protocol show {quoted}`."
    why = [f"{item}: no {listed(lacking[item], 'or')} at hand." for item in stated.get("skip", ()) if item in lacking]
    sections = [
        [
            f"# The profile {name}. This makes the session that it was written for:",
            f"#   audioguide build {quoted} --profile {shlex.quote(name)}",
            "# What stands behind a # is a note. To make a line such as `# minutes = 20` count,",
            f"# take its # away, or say `audioguide profile set {shlex.quote(name)} --minutes 20`.",
            "",
            f"name = {_value(name)}",
        ]
    ]
    for note in (
        *NOTES,
        Note("avoid", list(conditions[:1]), ("Conditions for which exercises are left out.", known)),
        Note("skip", [protocol.items()[-1].options[-1].use], (ids, *why)),
    ):
        is_stated = note.key in stated
        setting = f"{note.key} = {_value(stated[note.key] if is_stated else note.example)}"
        sections.append([*(f"# {line}" for line in note.lines), setting if is_stated else f"# {setting}"])
    sections += _tables(stated, protocol)
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def _tables(stated: Mapping[str, Any], protocol: Protocol) -> Iterator[list[str]]:
    """Yield the lines of each table, which TOML wants behind all plain lines; what is stated has no example."""
    if choices := protocol.choices():
        lines = ["[choose]", "# Which exercise is done where there is a choice; the first is the usual one."]
        for name, item in choices.items():
            options = [ref.use for ref in item.options]
            lines.append(f"# {name}: {listed(map(_value, options), 'or')}.")
            if name not in stated.get("choose", {}):
                lines.append(f"# {name} = {_value(options[-1])}")
        yield lines
    rates = f"Words a minute, {SLOWEST_WPM} to {FASTEST_WPM}; without this line {DEFAULT_WPM}, and 130 in French."
    music = "Music below the voice: a file, or a folder whose files are played in order."
    for table, note, key, example in (("voice", rates, "rate_wpm", 130), ("music", music, "path", _SOME_MUSIC)):
        lines = [f"[{table}]", f"# {note}"]
        yield lines if key in stated.get(table, {}) else [*lines, f"# {key} = {_value(example)}"]
    lines = ["[exercise]", "# Your own seconds (hold_s, rest_s, setup_s), reps and sets of an exercise:"]
    yield lines + [f"# {name} = {{ {dose} }}" for name, dose in _example_doses(stated, protocol)]


def _example_doses(stated: Mapping[str, Any], protocol: Protocol) -> Iterator[tuple[str, str]]:
    """Yield an example of each kind that the protocol has: a hold, one that differs by side, and reps."""
    # Examples are of what this person does: a dose of anything else would be warned of when its # is taken away.
    avoided = set(stated.get("avoid", ()))
    passed_over = {*stated.get("skip", ()), *stated.get("exercise", {})}
    usual = [item.options[0].use for item in protocol.items() if item.options[0].use not in passed_over]
    done = [name for name in usual if avoided.isdisjoint(protocol.exercise[name].avoid_if)]
    held = [name for name in done if protocol.exercise[name].hold_s is not None]
    sided = [name for name in held if protocol.exercise[name].sides is Sides.EACH][:1]
    for name in [name for name in held if name not in sided][:1]:
        yield name, "hold_s = 50"
    for name in sided:
        yield name, "hold_s = { left = 60, right = 45 }"
    for name in [name for name in done if name not in held][:1]:
        yield name, "reps = 10"


def _value(value: Any) -> str:
    """Return ``value`` in TOML, whose texts, numbers, lists and truths are written as in JSON."""
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
