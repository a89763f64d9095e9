"""Asks in the terminal until an answer can be used, and reads answers: one of a few words, a number, a date, a list."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import click

from audioguide.errors import RequestError
from audioguide.model.dates import read_date
from audioguide.model.limits import MOST_MINUTES
from audioguide.model.text import listed, printable, quoted, suggest

T = TypeVar("T")

FARTHEST_DAYS = 366
"""A first day further off is a slip of the keyboard."""

LONGEST_AGO_DAYS = 3_600


def say(text: str = "", indent: str = "", first: str | None = None) -> None:
    """Print ``text``, broken between words where the terminal is narrow; ``first`` stands before its first line."""
    click.echo("\n".join(_wrapped(text, indent, first)))


def ask(question: str, default: str, read: Callable[[str], T]) -> T:
    """Return what ``read`` makes of the answer; where it refuses it, its reason is shown and the question comes again.

    Args:
        question: a short line.
        default: what Enter means, shown in brackets; ``read`` gets an empty text for it.
        read: takes the answer; it raises `RequestError` for one that can't be used.
    """
    *lines, last = _wrapped(f"{question} [{default}]:" if default else f"{question}:")
    while True:
        for line in lines:
            click.echo(line)
        try:
            return read(click.prompt(last, default="", show_default=False, prompt_suffix=" ").strip())
        except click.Abort:
            click.echo()  # what the command says of it stands on a line of its own
            raise
        except UnicodeDecodeError:
            say("That can't be read as text; type it again.", "  ")
        except RequestError as error:
            for line in str(error).splitlines():
                say(line[:1].upper() + line[1:], "  ")


def numbered(title: str, rows: Sequence[str]) -> None:
    """Print ``rows`` with their numbers below a title."""
    say(title)
    width = len(f"{len(rows)}")
    for number, row in enumerate(rows, 1):
        say(row, " " * (width + 4), first=f"  {number:>{width}}  ")


def _wrapped(text: str, indent: str = "", first: str | None = None) -> list[str]:
    # A line of the whole width makes some terminals add an empty one.
    width = max(20, shutil.get_terminal_size().columns - 1)
    return textwrap.wrap(printable(text), width, initial_indent=first or indent, subsequent_indent=indent) or [""]


def one_of(words: Mapping[str, T]) -> Callable[[str], T]:
    """Return a reader of one of a few words, of which the beginning is enough; Enter takes the first."""

    def read(answer: str) -> T:
        if not answer:
            return next(iter(words.values()))
        begun = answer.casefold()
        found = [word for word in words if any(part.startswith(begun) for part in (word, *word.split()))]
        if len(found) != 1:
            raise RequestError(f"{quoted(answer)} is no answer here; type {listed(words, 'or')}, or press Enter.")
        return words[found[0]]

    return read


def minutes(answer: str) -> int | None:
    """Return a whole number of minutes, or None for an empty answer."""
    if not answer:
        return None
    # int() alone takes signs, underscores and the digits of every script.
    if not re.fullmatch(r"[0-9]{1,4}", answer) or not 1 <= int(answer) <= MOST_MINUTES:
        raise RequestError(f"{quoted(answer)} can't be; type whole minutes from 1 to {MOST_MINUTES}, or press Enter.")
    return int(answer)


def first_day(today: date) -> Callable[[str], date | None]:
    """Return a reader of the first day; an empty answer is ``today``, and ``none`` is None."""

    def read(answer: str) -> date | None:
        if not answer:
            return today
        if answer.casefold() == "none":
            return None
        try:
            day = read_date(answer)
        except RequestError as error:
            raise RequestError(f"{error}, or none") from None
        # A slip in the year would make a session of week 500, or none for years.
        if not -LONGEST_AGO_DAYS <= (day - today).days <= FARTHEST_DAYS:
            raise RequestError(f"{day} is far from today, {today}; type a nearer day, or none.")
        return day

    return read


def several(names: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of some of ``names``, by number or name, with commas between them; an empty answer is none.

    Capitals and hyphens don't matter, and a name may hold commas of its own.
    """
    known = {_key(name): name for name in names} | {f"{number}": name for number, name in enumerate(names, 1)}
    # Else `bed, table or bench` would be taken for a thing called `bed`.
    longest_first = "|".join(re.escape(key) for key in sorted(known, key=len, reverse=True))
    part = re.compile(rf"({longest_first}|[^,;]+)\s*(?:[,;]\s*|$)")

    def read(answer: str) -> tuple[str, ...]:
        key = _key(answer)
        if key in ("", "none", "nothing"):
            return ()
        if key == "all":
            return tuple(names)
        # Numbers need no commas.
        numbers = re.fullmatch(r"[0-9 ]+", key)
        parts = key.split() if numbers else [found[1].strip() for found in part.finditer(key)]
        for word in parts or [key]:
            if word.isdecimal() and word not in known:
                raise RequestError(
                    f"There is no number {quoted(word)[1:-1]}; type numbers from 1 to {len(names)}, or press Enter."
                )
            if word not in known:
                raise RequestError(f"{quoted(word)} is not in the list; {suggest(word, names)}")
        return tuple(name for name in names if any(known[word] == name for word in parts))

    return read


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())
