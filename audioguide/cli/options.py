"""The options that the commands of a session share with `profile`, and the table of a profile file they stand for."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from audioguide.cli.parsing import DATE, DAYS
from audioguide.cli.sections import Function, Section, section_option
from audioguide.errors import ProblemsError, RequestError
from audioguide.model.kinds import Detail, Side, Units

if TYPE_CHECKING:
    from audioguide.model.profile import Profile

DETAILS = click.Choice([level.value for level in Detail])
UNITS = click.Choice([units.value for units in Units])
SIDES = click.Choice([side.value for side in Side])


EXPERIENCE = {"new": Detail.FULL, "some": Detail.BRIEF, "expert": Detail.MINIMAL}
"""How well someone knows the exercises, and how much is said to them."""


class Setting(NamedTuple):
    """An option that states one setting of a profile.

    Attributes:
        key: where the setting stands in a profile file, a dotted path; for a dose the field of each exercise.
        section: the section of the help.
        name: the option as click declares it, such as ``--lead/--no-lead``.
        attributes: what else click is told of it.
    """

    key: str
    section: Section
    name: str
    attributes: dict[str, Any]

    @property
    def option(self) -> str:
        """The option as a user types it to state the setting."""
        return self.name.partition("/")[0]

    @property
    def parameter(self) -> str:
        """What click calls the option's value."""
        return self.option.removeprefix("--").replace("-", "_")


def _setting(key: str, name: str, section: Section, words: str, **attributes: Any) -> Setting:
    return Setting(key, section, name, {"help": words, **attributes})


def _dose(field: str, name: str, form: str, words: str) -> Setting:
    attributes = {"multiple": True, "metavar": form, "help": f"{words} May be given again."}
    return Setting(field, Section.DOSES, name, attributes)


DOSES = (
    _dose("hold_s", "--hold", "EXERCISE=SECONDS", "Own hold; EXERCISE.left=… for one side; 20,30,40 for three sets."),
    _dose("repeat", "--repeat", "EXERCISE=N", "Own number of holds in one go, where they are repeated."),
    _dose("reps", "--reps", "EXERCISE=N", "Own number of reps; for sides and sets as --hold."),
    _dose("tempo", "--tempo", "EXERCISE=FIGURES", "Own seconds to lower, pause and lift, such as 3-1-1."),
    _dose("sets", "--sets", "EXERCISE=N", "Own number of sets; EXERCISE.left=N for one side."),
    _dose("rest_s", "--rest", "EXERCISE=SECONDS", "Own rest after each set."),
    _dose("setup_s", "--setup", "EXERCISE=SECONDS", "Own time to get into position."),
)
"""Options that may be given once for each exercise."""

SIDED = ("hold_s", "reps", "sets")
"""Doses that may differ by side."""

LISTED = ("hold_s", "reps", "rest_s")
"""Doses that may differ from set to set."""

CHOOSE = _setting(
    "choose", "--choose", Section.DOSES, "Take this option of a choice.", multiple=True, metavar="CHOICE=EXERCISE"
)

NOTE = _setting(
    "exercise", "--note", Section.WORDS, "Said before the exercise.", multiple=True, metavar="EXERCISE=TEXT"
)

# The bounds in the help are numbers in a text, held to the model by a test: importing the model's limits of voice and
# sound for them would cost each `--help` some 3 ms.

NO_MUSIC = _setting("music.on", "--no-music", Section.SOUND, "No music, whatever the profile says.", is_flag=True)

SETTINGS = (
    _setting("scale", "--scale", Section.DOSES, "All holds times X.", type=float, metavar="X"),
    _setting("detail", "--detail", Section.WORDS, "How much is said.", type=DETAILS),
    _setting("language", "--language", Section.WORDS, "Speak and print in this language.", metavar="CODE"),
    _setting("units", "--units", Section.WORDS, "Centimetres or inches, where a text has both.", type=UNITS),
    _setting(
        "gather_s", "--gather", Section.DOSES, "Time at the start to fetch things.", type=float, metavar="SECONDS"
    ),
    _setting(
        "encouragement",
        "--encouragement/--no-encouragement",
        Section.WORDS,
        "Whether an encouraging word is said once a phase.",
        default=None,
    ),
    _setting("greeting", "--greeting", Section.WORDS, "Said before all else.", metavar="TEXT"),
    _setting("first_side", "--first-side", Section.PERSON, "The side that begins.", type=SIDES),
    _setting(
        "weak_side",
        "--weak-side",
        Section.PERSON,
        "It goes first and last, and has a set more where ranges allow.",
        type=SIDES,
    ),
    _setting("only_side", "--only-side", Section.PERSON, "Do one-sided exercises on this side only.", type=SIDES),
    _setting(
        "minutes", "--minutes", Section.DOSES, "Fit the session to N minutes, inside its ranges.", type=int, metavar="N"
    ),
    _setting("week", "--week", Section.WEEKS, "The doses of week N of the programme.", type=int, metavar="N"),
    _setting(
        "started",
        "--started",
        Section.WEEKS,
        "When the programme began; the week is counted from it.",
        type=DATE,
        metavar="YYYY-MM-DD",
    ),
    _setting(
        "seed",
        "--seed",
        Section.DOSES,
        "The order of shuffled phases and the day's words; else today's.",
        type=int,
        metavar="N",
    ),
    _setting(
        "acute", "--acute/--no-acute", Section.PERSON, "Pain is acute: least doses, gentle options.", default=None
    ),
    _setting("skip", "--skip", Section.DOSES, "Leave an exercise out.", multiple=True, metavar="EXERCISE"),
    _setting(
        "avoid",
        "--avoid",
        Section.PERSON,
        "Leave out what a condition, such as pregnancy, rules out; nothing else is cleared for it.",
        multiple=True,
        metavar="CONDITION",
    ),
    _setting(
        "days",
        "--days",
        Section.WEEKS,
        "Days of the week once it isn't daily, such as mon,wed,fri.",
        type=DAYS,
        metavar="DAYS",
    ),
    _setting("voice.engine", "--engine", Section.VOICE, "Speech engine: hibari, espeak, pyttsx3.", metavar="NAME"),
    _setting("voice.id", "--voice", Section.VOICE, "A voice that `audioguide voices list` names.", metavar="ID"),
    _setting("voice.rate_wpm", "--rate", Section.VOICE, "Words a minute, 80 to 300.", type=int, metavar="WPM"),
    _setting(
        "voice.volume",
        "--volume",
        Section.VOICE,
        "Loudness of voice and beeps, over 0 up to 1.",
        type=float,
        metavar="X",
    ),
    _setting(
        "sound.loudness_lufs",
        "--loudness",
        Section.SOUND,
        "Loudness of the voice, −31 to −14; else −16.",
        type=float,
        metavar="LUFS",
    ),
    _setting(
        "sound.beeps",
        "--sounds",
        Section.SOUND,
        "Beeps of your own, named like the roles: start.wav, end.mp3, …",
        metavar="DIR",
    ),
    _setting(
        "music.path",
        "--music",
        Section.SOUND,
        "Play this below the voice; a folder's files in order.",
        metavar="FILE|FOLDER",
    ),
    NO_MUSIC,
    _setting(
        "music.below_db",
        "--music-below",
        Section.SOUND,
        "How far below the voice, 12 to 30; else 16.",
        type=float,
        metavar="DB",
    ),
    _setting(
        "breath.on",
        "--breath/--no-breath",
        Section.SOUND,
        "A tone to breathe by, where deep breathing is asked.",
        default=None,
    ),
    _setting("breath.in_s", "--breath-in", Section.SOUND, "How long it rises; else 4.", type=float, metavar="SECONDS"),
    _setting(
        "breath.out_s", "--breath-out", Section.SOUND, "How long it falls; else 6.", type=float, metavar="SECONDS"
    ),
    _setting(
        "lead.on",
        "--lead/--no-lead",
        Section.SOUND,
        "A soft tone that wakes Bluetooth outputs before speech.",
        default=None,
    ),
    _setting(
        "lead.below_db",
        "--lead-below",
        Section.SOUND,
        "How far below the voice, 6 to 40; else 18.",
        type=float,
        metavar="DB",
    ),
    _setting("lead.length_ms", "--lead-length", Section.SOUND, "How long it is, 50 to 3000.", type=int, metavar="MS"),
)
"""Options that state one setting each. A new profile file has its lines in this order."""

TABLES = ("voice", "choose", "exercise", "sound", "music", "breath", "lead")
"""The tables of a new profile file, in its order."""

EXAMPLES = {
    "--hold": "couch-stretch=60",
    "--repeat": "half-crimp=8",
    "--reps": "glute-bridge=10",
    "--tempo": "glute-bridge=3-1-1",
    "--sets": "glute-bridge=2",
    "--rest": "glute-bridge=45",
    "--setup": "couch-stretch=20",
    "--choose": "deep-stretch=supine-hang",
    "--note": '"couch-stretch=Mind your left knee."',
}


def person_options(function: Function) -> Function:
    """Add the options that say how this person does the session."""
    decorators = [
        section_option(setting.section, setting.name, **setting.attributes)
        for setting in (*DOSES, *SETTINGS, CHOOSE, NOTE)
    ]
    # The decorator applied last stands first in the help.
    return functools.reduce(lambda decorated, decorator: decorator(decorated), reversed(decorators), function)


def session_options(function: Function) -> Function:
    """Add the argument of protocols, which are joined into one, their breaks, the profile and the person's options."""
    with_person = section_option(
        Section.DOSES, "--with-breaks", is_flag=True, help="Do the protocol's breaks from sitting at the end too."
    )(person_options(function))
    with_profile = section_option(
        Section.PERSON, "--profile", metavar="NAME|FILE", help="A profile that you made, or a file."
    )(with_person)
    return click.argument("protocol", nargs=-1, metavar="[PROTOCOL]...")(with_profile)


def profile_table(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options as the table that a profile file would hold, only what was given.

    Raises:
        RequestError: for a value that is not of its option's form.
    """
    if options["music"] is not None and options["no_music"]:
        raise RequestError(f"--music {options['music']} and --no-music contradict each other; drop one of them")
    plain: dict[str, Any] = {}
    tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    for setting in SETTINGS:
        value = options[setting.parameter]
        # None and () are what click gives for an option that isn't there; False is stated, as by --no-acute.
        if value in (None, ()) or setting is NO_MUSIC:
            continue
        name, _, key = setting.key.rpartition(".")
        (tables[name] if name else plain)[key] = list(value) if isinstance(value, tuple) else value
    if options["music"] is not None or options["no_music"]:
        # Said either way: music of the options is played even where the profile has it off.
        tables["music"]["on"] = not options["no_music"]
    tables["choose"] |= dict(_pair(CHOOSE, text) for text in options["choose"])
    for setting in DOSES:
        for text in options[setting.parameter]:
            _add_dose(tables["exercise"], setting, text)
    for text in options["note"]:
        exercise, note = _pair(NOTE, text)
        tables["exercise"].setdefault(exercise, {})["note"] = note
    return plain | {name: table for name, table in tables.items() if table}


def _pair(setting: Setting, text: str) -> tuple[str, str]:
    """Return the two sides of ``NAME=VALUE``."""
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        form, example = setting.attributes["metavar"], EXAMPLES[setting.option]
        raise RequestError(f"{setting.option} {text}: write {form}, such as {setting.option} {example}")
    return name.strip(), value.strip()


def _add_dose(doses: dict[str, dict[str, Any]], setting: Setting, text: str) -> None:
    """Add the dose in ``text``, such as ``couch-stretch.left=60``, to those of its exercise."""
    target, value = _pair(setting, text)
    where = f"{setting.option} {text}"
    exercise, _, side = target.partition(".")
    if side and setting.key not in SIDED:
        raise RequestError(f"{where}: only holds, reps and sets may differ by side; drop '.{side}'")
    if side and side not in [*Side]:
        raise RequestError(f"{where}: '{side}' is no side; use {exercise}.left or {exercise}.right")
    own = doses.setdefault(exercise, {})
    if setting.key == "tempo":
        own["tempo"] = value
        return
    numbers = [_number(where, part.strip(), setting) for part in value.split(",")]
    if len(numbers) > 1 and setting.key not in LISTED:
        raise RequestError(f"{where}: only holds, reps and rests may differ by set; write one number")
    dose = numbers if len(numbers) > 1 else numbers[0]
    if setting.key in SIDED:
        own.setdefault(setting.key, {})[side or "default"] = dose
    else:
        own[setting.key] = dose


def _number(where: str, text: str, setting: Setting) -> float:
    try:
        number = float(text)
    except ValueError:
        raise RequestError(f"{where}: '{text}' is no number; write one such as {EXAMPLES[setting.option]}") from None
    # A count is a whole number in a file; a float beyond 1e15 is too coarse to tell, and refused by its size anyway.
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def checked(table: dict[str, Any]) -> Profile:
    """Return the profile that the options make.

    Raises:
        RequestError: for doses and settings out of bounds, one line each.
    """

    from audioguide.errors import FileError
    from audioguide.library.profile_files import parse_profile

    try:
        return parse_profile(table, "command line")
    except FileError as error:
        problems = [problem._replace(where=option_of(problem.where, table)) for problem in error.problems]
        raise ProblemsError(map(str, problems)) from None


def option_of(where: str, table: dict[str, Any]) -> str:
    """Return the option that states what stands at ``where`` in ``table``: ``--hold couch-stretch.left``."""
    if where.startswith("exercise."):
        _, exercise, *rest = where.split(".")
        # Without a field it is the exercise's name that can't be; any option that named it will do.
        field, *side = rest or [next(iter(table["exercise"][exercise]))]
        option = next((setting.option for setting in DOSES if setting.key == field), NOTE.option)
        # Both sides' hold stands as `default` in the table; as an option it is the one without a side.
        return f"{option} {'.'.join([exercise, *(one for one in side if one != 'default')])}"
    # The second entry of a list is at `skip 2`, a choice at `choose.deep-stretch`: the option is that of the whole.
    key = where.partition(" ")[0]
    options = {setting.key: setting.option for setting in (*SETTINGS, CHOOSE)}
    return options.get(key) or options[key.partition(".")[0]]
