"""The options that build, plan and profile share, and how their values become a profile laid over all others."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from audioguide.errors import Problem, RequestError
from audioguide.model.kinds import Detail, Side

Function = Callable[..., Any]

DOSES = (
    ("hold", "hold_s", "EXERCISE=SECONDS", "Own hold; EXERCISE.left=SECONDS for one side."),
    ("reps", "reps", "EXERCISE=N", "Own number of reps."),
    ("sets", "sets", "EXERCISE=N", "Own number of sets."),
    ("rest", "rest_s", "EXERCISE=SECONDS", "Own rest after each set."),
    ("setup", "setup_s", "EXERCISE=SECONDS", "Own time to get into position."),
)
"""Options that may be given once for each exercise: option, field of the profile, form, help."""

VALUES = ("scale", "detail", "first_side", "weak_side", "minutes", "week", "started", "acute")
VOICE = {"engine": "engine", "voice": "id", "rate": "rate_wpm", "volume": "volume"}
LISTS = ("skip", "avoid")
SOUND = {
    "loudness": ("sound", "loudness_lufs"),
    "sounds": ("sound", "beeps"),
    "music": ("music", "path"),
    "music_below": ("music", "below_db"),
    "breath": ("breath", "on"),
    "breath_in": ("breath", "in_s"),
    "breath_out": ("breath", "out_s"),
    "lead": ("lead", "on"),
    "lead_below": ("lead", "below_db"),
    "lead_length": ("lead", "length_ms"),
}
"""Options about sound: the table and the key that they are in a profile file."""


def person_options(function: Function) -> Function:
    """Add the options that say how this person does the session."""
    decorators: list[Callable[[Function], Function]] = [
        click.option(f"--{name}", multiple=True, metavar=form, help=f"{text} May be given again.")
        for name, _, form, text in DOSES
    ]
    decorators += [
        click.option("--scale", type=float, metavar="X", help="All holds times X."),
        click.option("--skip", multiple=True, metavar="EXERCISE", help="Leave an exercise out."),
        click.option("--choose", multiple=True, metavar="CHOICE=EXERCISE", help="Take this option of a choice."),
        click.option(
            "--avoid",
            multiple=True,
            metavar="CONDITION",
            help="Leave out what a condition, such as pregnancy, rules out.",
        ),
        click.option("--detail", type=click.Choice([level.value for level in Detail]), help="How much is said."),
        click.option("--first-side", type=click.Choice([side.value for side in Side]), help="The side that begins."),
        click.option("--weak-side", type=click.Choice([side.value for side in Side]), help="It goes first, and last."),
        click.option("--minutes", type=int, metavar="N", help="Fit the session to N minutes, inside its ranges."),
        click.option("--week", type=int, metavar="N", help="The doses of week N of the programme."),
        click.option("--started", metavar="YYYY-MM-DD", help="When the programme began; the week is counted from it."),
        click.option("--days", metavar="DAYS", help="Days of the week once it isn't daily, such as mon,wed,fri."),
        click.option("--acute/--no-acute", default=None, help="Pain is acute: take the gentle options."),
        click.option("--engine", metavar="NAME", help="Speech engine: espeak, pyttsx3."),
        click.option("--voice", metavar="ID", help="A voice that `audioguide voices list` names."),
        click.option("--rate", type=int, metavar="WPM", help="Words a minute, 80 to 300."),
        click.option("--volume", type=float, metavar="X", help="Loudness of voice and beeps, over 0 up to 1."),
        *_sound_options(),
    ]
    return functools.reduce(lambda decorated, decorator: decorator(decorated), reversed(decorators), function)


def _sound_options() -> list[Callable[[Function], Function]]:
    return [
        click.option("--loudness", type=float, metavar="LUFS", help="Loudness of the voice, −31 to −14; else −16."),
        click.option("--sounds", metavar="DIR", help="Beeps of your own, named like the roles: start.wav, end.mp3, …"),
        click.option("--music", metavar="FILE|FOLDER", help="Play this below the voice; a folder's files in order."),
        click.option("--no-music", is_flag=True, help="No music, whatever the profile says."),
        click.option("--music-below", type=float, metavar="DB", help="How far below the voice, 12 to 30; else 16."),
        click.option("--breath/--no-breath", default=None, help="A tone to breathe by, where deep breathing is asked."),
        click.option("--breath-in", type=float, metavar="SECONDS", help="How long it rises; else 4."),
        click.option("--breath-out", type=float, metavar="SECONDS", help="How long it falls; else 6."),
        click.option("--lead/--no-lead", default=None, help="A soft tone that wakes Bluetooth outputs before speech."),
        click.option("--lead-below", type=float, metavar="DB", help="How far below the voice, 6 to 40; else 18."),
        click.option("--lead-length", type=int, metavar="MS", help="How long it is, 50 to 3000."),
    ]


def session_options(function: Function) -> Function:
    """Add the protocol argument, the profile and the person's options."""
    with_person = person_options(function)
    with_profile = click.option("--profile", metavar="NAME|FILE", help="A kept profile, or a file.")(with_person)
    return click.argument("protocol", default="hip-flexor", metavar="[PROTOCOL]")(with_profile)


def profile_table(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options as the table that a profile file would hold, only what was given.

    Raises:
        RequestError: for a value that is not of its option's form.
    """
    table: dict[str, Any] = {name: options[name] for name in VALUES if options[name] is not None}
    table |= {name: list(options[name]) for name in LISTS if options[name]}
    if options["days"] is not None:
        table["days"] = [day.strip().lower()[:3] for day in options["days"].split(",") if day.strip()]
    voice = {key: options[name] for name, key in VOICE.items() if options[name] is not None}
    choose = dict(_pair("choose", text, "CHOICE=EXERCISE") for text in options["choose"])
    doses: dict[str, dict[str, Any]] = {}
    for name, field, form, _ in DOSES:
        for text in options[name]:
            _set_dose(doses, name, field, *_pair(name, text, form), text)
    for key, value in (("voice", voice), ("choose", choose), ("exercise", doses), *_sound_tables(options).items()):
        if value:
            table[key] = value
    return table


def _sound_tables(options: dict[str, Any]) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {}
    for name, (table, key) in SOUND.items():
        if options[name] is not None:
            tables.setdefault(table, {})[key] = options[name]
    if options["music"] is not None and options["no_music"]:
        raise RequestError(f"--music {options['music']} and --no-music contradict each other; drop one of them")
    if options["music"] is not None or options["no_music"]:
        tables.setdefault("music", {})["on"] = not options["no_music"]
    return tables


def _set_dose(doses: dict[str, dict[str, Any]], option: str, field: str, target: str, value: str, text: str) -> None:
    exercise, _, side = target.partition(".")
    number = _number(option, value, text)
    own = doses.setdefault(exercise, {})
    if field != "hold_s":
        if side:
            raise RequestError(f"--{option} {text}: only a hold may differ by side; drop '.{side}'")
        own[field] = number
        return
    if side and side not in [*Side]:
        raise RequestError(f"--{option} {text}: '{side}' is no side; use {exercise}.left or {exercise}.right")
    own.setdefault(field, {})[side or "default"] = number


def _pair(option: str, text: str, form: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise RequestError(f"--{option} {text}: write {form}, such as --{option} {_EXAMPLES[option]}")
    return name.strip(), value.strip()


_EXAMPLES = {
    "hold": "couch-stretch=60",
    "reps": "glute-bridge=10",
    "sets": "glute-bridge=2",
    "rest": "glute-bridge=45",
    "setup": "couch-stretch=20",
    "choose": "deep-stretch=supine-hang",
}


def _number(option: str, value: str, text: str) -> float | int:
    try:
        number = float(value)
    except ValueError:
        raise RequestError(
            f"--{option} {text}: '{value}' is no number; write one such as {_EXAMPLES[option]}"
        ) from None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def layers(profile: str | None, options: dict[str, Any]) -> list[Any]:
    """Return the layers of this session: the profile's, then the command line's.

    Raises:
        RequestError: for options that can't be, an unknown profile, or a profile file with problems.
    """
    from audioguide.library.profile_files import load_profile
    from audioguide.prescribe.layers import Layer

    found = [] if profile is None else [Layer.of_profile(load_profile(profile))]
    return [*found, Layer.of_options(checked(profile_table(options)))]


def checked(table: dict[str, Any]) -> Any:
    """Return the profile that the options make.

    Raises:
        RequestError: for doses and settings out of bounds, one line each.
    """
    from audioguide.errors import FileError
    from audioguide.library.profile_files import parse_profile

    try:
        return parse_profile(table, "command line")
    except FileError as error:
        raise RequestError("\n".join(_as_option(problem) for problem in error.problems)) from None


def _as_option(problem: Problem) -> str:
    """Return a problem of the options' table in the words of the command line."""
    where, rest = problem.where, problem.text
    for name, field, _, _ in DOSES:
        marker = f".{field}"
        if where.startswith("exercise.") and marker in where:
            exercise, _, side = where.removeprefix("exercise.").partition(marker)
            return f"--{name} {exercise}{side}: {rest}"
    keys = {f"voice.{key}": name for name, key in VOICE.items()}
    keys |= {f"{table}.{key}": name for name, (table, key) in SOUND.items()}
    option = keys.get(where, where).replace("_", "-")
    return f"--{option.split('.')[0].split(' ')[0]}: {rest}"


def sources(protocol: str, profile: str | None, wishes: list[Any]) -> list[Path]:
    """Return the files that a session is made from, which no result may replace."""
    from audioguide.library.profile_files import find_profile
    from audioguide.prescribe.layers import Layers
    from audioguide.prescribe.sound_choices import sound_files

    files = sound_files(Layers(wishes))
    named = [Path(protocol), *([] if profile is None else [find_profile(profile)]), files.music, files.beeps]
    found = [path for path in named if path is not None]
    inside = [file for folder in found if folder.is_dir() for file in folder.iterdir()]
    return [path for path in (*found, *inside) if path.is_file()]
