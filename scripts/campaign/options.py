"""Option sets of every command, as click declares them: right values, bounds, and odd ones.

A command that is added is tried as soon as it stands in the table of commands. What serves or opens something gets
only what it refuses, or seconds.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import click

from scripts.campaign.odd_values import LANGUAGES, NUMBERS, TEXTS, small_protocol, toml_of
from scripts.campaign.trial import DONE, FAILED, INTERRUPTED, MISTAKE, Trial

SHORT = """format = 1
id = "short"
title = "Short"
safety = ["Stop if it hurts."]
programme = { daily_days = 7, times_a_week = 3, weeks = 3 }
[exercise.hold]
name = "Hold"
sides = "each"
setup = ["Stand tall."]
hold_s = { default = 5, min = 3, max = 10 }
avoid_if = ["pregnancy"]
[exercise.bridge]
name = "Bridge"
reps = 2
tempo = "1-0-1"
equipment = ["mat"]
[[phase]]
title = "Only"
exercises = [{ use = "hold", sets = 2 }, { choice = "way", of = ["bridge", "hold"], gentle = "hold" }]
"""

BY_METAVAR: dict[str, tuple[str, ...]] = {
    "EXERCISE=SECONDS": ("hold=4", "hold.left=6", "bridge=3", "hold=", "=5", "hold=nan", "hold.up=5", "hold=1e308"),
    "EXERCISE=N": ("bridge=2", "hold=2", "hold.right=3", "bridge=0", "bridge=2.5", "nobody=1", "bridge=99999"),
    "EXERCISE=FIGURES": ("bridge=3-1-1", "bridge=0-0-0", "bridge=X-X", "hold=1-1-1", "bridge=9999-1-1"),
    "EXERCISE=TEXT": ("hold=Mind it.", "hold=\x1b[31m", "hold=…", "bridge={side} up", "nobody=Hi."),
    "CHOICE=EXERCISE": ("way=hold", "way=bridge", "way=nobody", "no=hold", "way"),
    "EXERCISE": ("hold", "bridge", "nobody", ""),
    "CONDITION": ("pregnancy", "asthma", ""),
    "CODE": (*LANGUAGES, "de-AT", "xx", "", "en_US", "zh"),
    "TAG": (*LANGUAGES, "xx", ""),
    "YYYY-MM-DD": ("2026-11-02", "2026-02-30", "9999-12-31", "0001-01-01", "today", "26-1-1"),
    "DAYS": ("mon,wed,fri", "mon,mon", "sun", "monday", ",", "mon-fri"),
    "HH:MM": ("8:00", "23:59", "24:00", "8", "08:00:30"),
    "HH:MM-HH:MM": ("9:00-17:00", "17:00-9:00", "9:00-9:01", "0:00-23:59", "9-17"),
    "NAME": ("Europe/Berlin", "UTC", "fake", "low", "me", "nobody", "Mars/Base"),
    "ID": ("low", "high", "nobody", "low+high"),
    "WPM": ("80", "150", "300", "79", "301", "fast"),
    "X": ("0.1", "0.5", "1", "10", "0", "11", "nan", "inf", "-1"),
    "N": ("1", "2", "5", "60", "0", "-1", "521", "1440", "1441", "999999999", "1000000000", "many", "1e3"),
    "SECONDS": ("0", "2", "4.5", "600", "601", "nan", "-1"),
    "MINUTES": ("0", "5", "60", "1440", "1441", "-5", "x"),
    "MS": ("50", "400", "3000", "49", "3001"),
    "DB": ("6", "12", "20", "30", "40", "5", "41", "nan"),
    "LUFS": ("-16", "-31", "-14", "-13", "-32", "nan"),
    "DIR": ("out", ".", "none/there", "short.toml", "\x1b[31m", "x" * 300, "sounds", "/proc/none"),
    "FOLDER": ("out", ".", "none/there", "short.toml"),
    "FOLDER|URL": ("out", "none", "file:///etc", "ftp://x.invalid/"),
    "FILE|FOLDER": ("short.toml", "sounds", "none.mp3", "silent.wav"),
    "NAME|FILE": ("./me.toml", "./short.toml", "nobody", "none.toml", "../x"),
    "ID|FILE": ("short.toml", "none.toml", "box-breathing", "nobody"),
    "IP": ("0.0.0.0", "8.8.8.8", "::ffff:0.0.0.0", "224.0.0.1", "x", "255.255.255.255"),
    "ADDRESS": ("tcp://127.0.0.1:1", "x", "tcp://", "http://127.0.0.1:1"),
    "THING": ("mat", "wall", "spaceship"),
    "THING|KEY": ("minutes", "voice", "voice.rate_wpm", "nobody", ""),
    "KEY": ("minutes", "voice", "voice.rate_wpm", "exercise.hold.hold_s", "nobody", ""),
    "TEXT": ("Hello.", "…", "", "\x1b[31mHi", "Kneel {side}"),
}  # fmt: skip
"""Values by what an option's help calls them: right ones first, then bounds, then wrong ones."""

ENDINGS = (
    "s.mp3",
    "s.html",
    "s.toml",
    "s.csv",
    "s.wav",
    "s.ics",
    "s.json",
    "s.svg",
    "s.lrc",
    "s",
    "s.txt",
    ".",
    "none/s.mp3",
)

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "protocol": ("short.toml", "own.toml", "box-breathing", "none.toml", "nobody"),
    "mp3": ("made.mp3", "short.toml", "none.mp3", "silent.wav", "."),
    "places": ("made.mp3", ".", "none.mp3", "short.toml"),
    "people": ("people.csv", "short.toml", "none.csv", "people.xlsx"),
    "file": ("short.toml", "own.toml", "new.toml", "none.toml", "new.csv", "silent.wav"),
    "source": ("people.csv", "short.toml", "none.csv", "silent.wav"),
    "name": ("me", "./me.toml", "nobody", "new-one", "short.toml", "hold", "box-breathing", "Ä b", "..", "\x1b[31m"),
    "names": ("nobody", "de_DE-mls-medium", "\x1b[31m"),
    "text": ("Hello there.", "…", "", "\x1b[31mHi", "x" * 400),
}  # fmt: skip

NEVER = {"play", "cluster"}
"""Options that would make noise, or wait for a cluster; the campaign `tables` has its own."""

NEVER_SERVING = {"minutes", "open"}
"""Options of commands that serve which would keep them at it, or open a browser."""

SERVES = ("share", "edit")
"""Commands that serve until they are stopped: they are stopped after a moment."""

SERVED_S = 2.0


def prepare(world: Path) -> Path:
    """Make the files that trials begin with."""
    from scripts.campaign.trial import Forked, Ran, Trial, forked

    folder = world / "files"
    folder.mkdir()
    (folder / "short.toml").write_text(SHORT)
    (folder / "me.toml").write_text('name = "Me"\nminutes = 5\n[voice]\nengine = "fake"\n')
    (folder / "people.csv").write_text(
        "name,protocol,engine,hold hold\nAnna,short.toml,fake,4\nBen,short.toml,fake,5\n"
    )
    (folder / "sounds").mkdir()
    trial = Trial("options", 0, chance=Random(0), folder=folder, world=world)
    for arguments in (
        ("build", "short.toml", "--engine", "fake", "-o", "made.mp3", "--quiet"),
        ("voices", "say", "Hi.", "--engine", "fake", "-o", "silent.wav"),
    ):
        ran: Ran = forked(arguments, folder, trial.variables(), Forked())
        if ran.code:
            raise SystemExit(ran.err)
    return folder


@cache
def commands() -> tuple[tuple[tuple[str, ...], click.Command], ...]:
    """Return every command with the words that call it."""
    from importlib import import_module

    from audioguide.cli.commands import COMMANDS

    return tuple(
        found
        for name in COMMANDS
        for found in _commands((name,), getattr(import_module(f"audioguide.cli.{name}"), name))
    )


def _commands(words: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _commands((*words, name), inner)
    else:
        yield words, command


def attempt(trial: Trial) -> None:
    """Try one set of options."""
    chance = trial.chance
    shutil.copytree(trial.prepared, trial.folder, dirs_exist_ok=True, symlinks=True)
    trial.write("own.toml", toml_of(small_protocol(chance)))
    # A command with many options has more to try.
    weights = [3 + len(command.params) for _, command in commands()]
    words, command = chance.choices(commands(), weights)[0]
    arguments = list(words)
    options = [
        option
        for option in command.params
        if isinstance(option, click.Option)
        and option.name not in {*NEVER, *(NEVER_SERVING if words[0] in SERVES else ())}
    ]
    for option in chance.sample(options, min(len(options), chance.choice((0, 1, 1, 2, 3, 6)))):
        for _ in range(chance.choice((1, 1, 2)) if option.multiple else 1):
            arguments += _stated(trial, option)
    arguments += _settled(words, command, arguments)
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            arguments += _positional(trial, parameter)
    if chance.random() < 0.05:
        arguments.insert(chance.randrange(len(arguments) + 1), chance.choice(TEXTS).replace("\0", ""))
    answers = chance.choice((b"", b"y\n", b"\n\n\n", b"x\n5\n\xff\n"))
    codes = (DONE, FAILED, MISTAKE, INTERRUPTED) if words[0] in SERVES else (DONE, FAILED, MISTAKE)
    ran = trial.run(
        *arguments, stdin=answers, codes=codes, interrupted_after_s=SERVED_S if words[0] in SERVES else None
    )
    if ran.code == FAILED and words not in (("check",), ("batch",)):
        # Nothing here is beyond the user: 1 is for disks that are full, and answers that do not come.
        known = ("no answer", "silence", "is not installed", "not be fetched", "can't be fetched", "gave", "needs the")
        trial.expect(any(word in ran.err for word in known), f"a failure, and not a mistake: {ran.err[:300]}")
    if ran.code == DONE and words == ("build",) and (trial.folder / "s.mp3").is_file():
        trial.checked("s.mp3")


def _stated(trial: Trial, option: click.Option) -> list[str]:
    """Return an option as it is typed."""
    chance = trial.chance
    name = chance.choice([*option.opts, *option.secondary_opts])
    if option.is_flag or option.secondary_opts:
        return [name]
    return [name, _value(trial, option)]


def _value(trial: Trial, option: click.Option) -> str:
    """Return a value for an option: now and then an odd one, else of the kind that it asks for."""
    chance = trial.chance
    if chance.random() < 0.08:
        return str(chance.choice((*TEXTS, *NUMBERS))).replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(option.type, click.Choice):
        return str(chance.choice(option.type.choices)) if chance.random() < 0.9 else "Full"
    if option.name == "engine" or option.name == "engines":
        return chance.choice(("fake",) * 8 + ("espeak", "nobody"))
    if isinstance(option.type, click.Path) and option.metavar in (None, "FILE"):
        return chance.choice(ENDINGS)
    values = BY_METAVAR.get(option.metavar or "", ("x", "1", "short.toml"))
    # Right values stand first.
    return values[min(int(chance.expovariate(0.5)), len(values) - 1)]


def _settled(words: tuple[str, ...], command: click.Command, stated: list[str]) -> list[str]:
    """Return options that keep a command quick and in its folder, unless they are stated."""
    names = {name for option in command.params for name in option.opts}
    more: list[str] = []
    if "--engine" in names and "--engine" not in stated and words != ("profile", "set"):
        more += ["--engine", "fake"]
    if words == ("calendar",) and "--length" not in stated:
        more += ["--length", "10"]
    if words == ("programme",) and "--weeks" not in stated:
        more += ["--weeks", "2"]
    if words == ("batch",):
        more += ["--workers", "1"] if "--workers" not in stated and "--cluster" not in stated else []
    if words == ("voices", "get") and "--from" not in stated:
        more += ["--from", "none"]
    if words == ("profile", "new") and not {"--ask", "--no-ask"} & {*stated}:
        more += ["--no-ask"]
    if words[0] in SERVES and "--minutes" in names:
        at = [*stated, *more]
        more += [] if "--address" in at or "--address" not in names else ["--address", "127.0.0.1"]
        more += ["--minutes", "0.001"]
    return more


def _positional(trial: Trial, argument: click.Argument) -> list[str]:
    """Return what is typed for an argument: now and then nothing, or a name that no text can hold."""
    chance = trial.chance
    values = ARGUMENTS.get(argument.name or "", ("short.toml", "nobody", "new.toml"))
    count = chance.choice((1, 1, 2)) if argument.nargs == -1 else 1
    if not argument.required and chance.random() < 0.05 and argument.name != "places" and argument.name != "protocol":
        return []
    picked = [values[min(int(chance.expovariate(0.7)), len(values) - 1)] for _ in range(count)]
    if chance.random() < 0.03:
        picked[0] = os.fsdecode(chance.choice((b"n\xff.toml", b"x" * 300, b"", b"-", b"--", b"a\nb")))
    return picked
