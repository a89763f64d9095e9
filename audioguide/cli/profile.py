"""`audioguide profile`: keeps one person's own doses, choices and voice as a file with a name."""

from __future__ import annotations

import functools
import os
import shlex
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from audioguide.cli.command import Group
from audioguide.cli.options import EXPERIENCE, checked, person_options, profile_table
from audioguide.cli.sections import Function, Section, SectionCommand, section_option
from audioguide.errors import RequestError
from audioguide.model.limits import DEFAULT_PROTOCOL

if TYPE_CHECKING:
    from audioguide.cli.draft import Start

CUES = {
    "halfway": "Give the halfway cue in holds.",
    "ten_seconds": "Give the ten seconds cue in holds.",
    "countdown": "Give the countdown cue in holds.",
    "tips": "Give the tips cue in holds.",
    "start": 'Say "Ready" and beep when a hold or a set begins.',
}
"""The switches of cues, each with the words of its option."""


@click.group(cls=Group)
def profile() -> None:
    """Keep a person's own doses and voice."""


def cue_options(function: Function) -> Function:
    """Add a switch for each kind of cue that may be left out."""
    decorators = [
        section_option(
            Section.WORDS,
            "--{0}/--no-{0}".format(name.replace("_", "-")),
            default=None,
            help=words,
        )
        for name, words in CUES.items()
    ]
    return functools.reduce(lambda decorated, decorator: decorator(decorated), reversed(decorators), function)


@profile.command(cls=SectionCommand)
@click.argument("name", required=False)
@person_options
@cue_options
@section_option(Section.PROFILE, "--protocol", metavar="ID|FILE", help=f"What it is made for; else {DEFAULT_PROTOCOL}.")
@section_option(
    Section.PERSON,
    "--without",
    multiple=True,
    metavar="THING",
    help="Equipment that is not at hand. May be given again.",
)
@section_option(
    Section.WORDS, "--experience", type=click.Choice(list(EXPERIENCE)), help="How well the exercises are known."
)
@section_option(
    Section.PROFILE,
    "--ask/--no-ask",
    default=None,
    help="Ask what no option says, or never; else only where none is given.",
)
@click.pass_context
def new(context: click.Context, /, name: str | None, ask: bool | None, **options: Any) -> None:
    """Make the profile NAME; change it later with `set`, or in an editor.

    In a terminal and without options it asks a few questions, shows the session and writes a file with notes. Every
    question has an option, so that nothing needs to be asked.
    """
    from audioguide.cli.draft import Start, made_from_options, refuse_name
    from audioguide.cli.profile_document import merged, write_profile
    from audioguide.library.profile_files import profile_path

    if name is not None:
        refuse_name(name)
    start = Start(options["protocol"], options["without"], options["experience"])
    table = _table(options)
    stated = {key for key in context.params if context.get_parameter_source(key) is ParameterSource.COMMANDLINE}
    if ask is None:
        # Questions need someone who answers, and who says something with options wants no more questions.
        ask = stated <= {"name"} and sys.stdin.isatty() and sys.stdout.isatty()
    if ask:
        _new_by_asking(name, table, start)
    elif name is None:
        raise RequestError("the profile needs a name, such as `audioguide profile new anna`; --ask asks for all")
    elif start == Start():
        write_profile(profile_path(name), merged({"name": name}, table))
    else:
        made = made_from_options(name, table, start)
        for note in made.notes:
            click.echo(f"note: {note}", err=True)
        write_profile(profile_path(name), made.document())


def _new_by_asking(name: str | None, table: dict[str, Any], start: Start) -> None:
    """Ask what no option says, show the session, and write the profile if that is wished."""
    from audioguide.cli.draft import refuse_name
    from audioguide.cli.profile_document import refuse_profile_folder, write_profile
    from audioguide.cli.wizard import ask_profile, confirm
    from audioguide.library.profile_files import profile_path

    refuse_profile_folder()
    made = ask_profile(name, table, start, date.today())
    document = made.document()
    if not confirm(made, document.as_string(), date.today()):
        click.echo("nothing was written")
        return
    # Somebody may have taken the name while the questions were answered.
    refuse_name(made.name)
    write_profile(profile_path(made.name), document)
    click.echo(f"make its MP3: audioguide build {shlex.quote(made.source)} --profile {shlex.quote(made.name)}")


@profile.command("set", cls=SectionCommand)
@click.argument("name")
@person_options
@cue_options
@section_option(
    Section.PROFILE,
    "--unset",
    multiple=True,
    metavar="KEY",
    help="Forget a setting, such as scale or exercise.pigeon.",
)
def set_(name: str, unset: tuple[str, ...], **options: Any) -> None:
    """Change the profile NAME (or a profile file) by what the options say; all else in it stays, comments too.

    A list, such as that of --skip, takes the place of the list before.
    """
    from audioguide.cli.profile_document import forget, merged, with_lines_for, write_profile
    from audioguide.library.profile_files import find_profile, load_profile
    from audioguide.storage.plain_files import read_plain

    path = find_profile(name)
    # Problems that the file has already are told as its own, not as those of the options.
    load_profile(path)
    changes = _table(options)
    if not changes and not unset:
        raise RequestError(f"nothing to change in '{name}'; give an option, such as --hold couch-stretch=60")
    # Windows' editor puts a byte order mark first, which utf-8-sig leaves out.
    document = with_lines_for(changes, read_plain(path).decode("utf-8-sig"))
    for key in unset:
        forget(document, key)
    write_profile(path, merged(document, changes))


def _table(options: dict[str, Any]) -> dict[str, Any]:
    """Return what the options say as a profile's table, checked by itself.

    Raises:
        RequestError: for doses and settings out of bounds.
    """
    table = profile_table(options)
    for key, name in (("music", "path"), ("sound", "beeps")):
        if name in table.get(key, {}):
            # The command may be called in another folder next time.
            table[key][name] = f"{Path(os.path.expanduser(table[key][name])).absolute()}"  # noqa: PTH111
    cues = {name: options[name] for name in CUES if options[name] is not None}
    if cues:
        table["cues"] = cues
    # Checked before it is laid over the file: problems are told in the words of the options.
    checked(table)
    return table


@profile.command()
@click.argument("name")
def show(name: str) -> None:
    """Print the profile NAME."""
    from audioguide.library.profile_files import find_profile, load_profile
    from audioguide.storage.plain_files import read_plain

    path = find_profile(name)
    load_profile(path)
    click.echo(f"# {path}")
    click.echo(read_plain(path).decode("utf-8-sig").rstrip())


@profile.command("list")
def list_() -> None:
    """List the profiles."""
    from audioguide.library.profile_files import profile_folder, profile_names

    for name in profile_names():
        click.echo(name)
    if not profile_names():
        click.echo(f"no profiles yet in {profile_folder()}; make one with `audioguide profile new NAME`", err=True)


@profile.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(name: str, yes: bool) -> None:
    """Delete the profile NAME."""
    from audioguide.library.profile_files import find_profile, profile_path

    path = find_profile(name)
    # A path may lead anywhere; only what `profile new` made is deleted.
    if path != profile_path(path.stem):
        raise RequestError(f"{name} is a file of your own; delete it yourself")
    if not yes and not click.confirm(f"Delete the profile {name}?"):
        click.echo(f"kept {name}")
        return
    try:
        path.unlink()
    except OSError as error:
        raise RequestError(f"{path}: can't be deleted ({error.strerror})") from None
    click.echo(f"deleted {name}")
