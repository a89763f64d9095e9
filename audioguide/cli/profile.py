"""`audioguide profile`: keeps one person's own doses, choices and voice as a file with a name."""

from __future__ import annotations

import os
import re
import shlex
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from audioguide.cli.options import checked, person_options, profile_table

if TYPE_CHECKING:
    from audioguide.cli.wizard import Made, Start

CUES = ("halfway", "ten_seconds", "countdown", "tips")


@click.group()
def profile() -> None:
    """Keep a person's own doses and voice."""


def cue_options(function: Any) -> Any:
    """Add a switch for each call that a hold may make."""
    for name in reversed(CUES):
        option = name.replace("_", "-")
        words = name.replace("_", " ")
        function = click.option(f"--{option}/--no-{option}", default=None, help=f"Give the {words} cue in holds.")(
            function
        )
    return function


@profile.command()
@click.argument("name", required=False)
@person_options
@cue_options
@click.option("--protocol", metavar="ID|FILE", help="What it is made for; else hip-flexor.")
@click.option("--without", multiple=True, metavar="THING", help="Equipment that is not at hand. May be given again.")
@click.option("--experience", type=click.Choice(["new", "some", "expert"]), help="How well the exercises are known.")
@click.option("--ask/--no-ask", default=None, help="Ask what no option says, or never; else only where none is given.")
@click.pass_context
def new(
    context: click.Context,
    /,
    name: str | None,
    protocol: str | None,
    without: tuple[str, ...],
    experience: str | None,
    ask: bool | None,
    **options: Any,
) -> None:
    """Make the profile NAME; change it later with `set`, or in an editor.

    In a terminal and without options it asks a few questions, shows the session and writes a file with notes. Every
    question has an option, so that nothing needs to be asked.
    """
    from audioguide.cli.wizard import Start, refuse_name, unattended
    from audioguide.errors import RequestError
    from audioguide.library.profile_files import profile_path

    if name is not None:
        refuse_name(name)
    table = _table(options)
    start = Start(protocol, without, experience)
    if _asks(context, ask):
        _new_by_asking(name, table, start)
    elif name is None:
        raise RequestError("the profile needs a name, such as `audioguide profile new anna`; --ask asks for all")
    elif start == Start():
        _write(profile_path(name), _merged({"name": name}, table))
    else:
        made = unattended(name, table, start)
        for note in made.notes:
            click.echo(f"note: {note}", err=True)
        _write(profile_path(name), _document(made))


def _asks(context: click.Context, ask: bool | None) -> bool:
    """Whether to ask: as wished, else where nothing is said and someone can answer."""
    if ask is not None:
        return ask
    stated = [key for key in context.params if context.get_parameter_source(key) is ParameterSource.COMMANDLINE]
    return not set(stated) - {"name"} and sys.stdin.isatty() and sys.stdout.isatty()


def _new_by_asking(name: str | None, table: dict[str, Any], start: Start) -> None:
    import tomlkit

    from audioguide.cli.wizard import agreed, asked, refuse_name
    from audioguide.library.profile_files import profile_folder, profile_path

    _refuse_folder(profile_folder())
    made = asked(name, table, start, date.today())
    document = _document(made)
    if not agreed(made, tomlkit.dumps(document), date.today()):
        click.echo("nothing was written")
        return
    refuse_name(made.name)
    _write(profile_path(made.name), document)
    click.echo(f"make its MP3: audioguide build {shlex.quote(made.source)} --profile {shlex.quote(made.name)}")


def _document(made: Made) -> Any:
    import tomlkit

    return _merged(tomlkit.parse(made.text), dict(made.rest))


@profile.command("set")
@click.argument("name")
@person_options
@cue_options
@click.option("--unset", multiple=True, metavar="KEY", help="Forget a setting, such as scale or exercise.pigeon.")
def set_(name: str, unset: tuple[str, ...], **options: Any) -> None:
    """Change the profile NAME (or a profile file) by what the options say; all else in it stays, comments too.

    A list, such as that of --skip, takes the place of the list before.
    """
    from audioguide.errors import RequestError
    from audioguide.library.profile_files import find_profile, load_profile

    path = find_profile(name)
    load_profile(path)
    changes = _table(options)
    if not changes and not unset:
        raise RequestError(f"nothing to change in '{name}'; give an option, such as --hold couch-stretch=60")
    document = _with_lines_for(changes, path.read_text(encoding="utf-8-sig"))
    for key in unset:
        _forget(document, key)
    _write(path, _merged(document, changes))


def _with_lines_for(changes: dict[str, Any], text: str) -> Any:
    """Return the document in ``text``; a new setting takes the place of the note that shows it as an example."""
    import tomlkit

    for key, value in changes.items():
        if not isinstance(value, dict) and key not in tomlkit.parse(text):
            text = _with_line_for(key, text)
    return tomlkit.parse(text)


def _with_line_for(key: str, text: str) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    opened = re.sub(rf"^# {key} = [^\r\n]*", f"{key} = 0", text, count=1, flags=re.MULTILINE)
    try:
        return opened if key in tomlkit.parse(opened) else text
    except TOMLKitError:
        # The note stood inside something, such as a list of several lines.
        return text


@profile.command()
@click.argument("name")
def show(name: str) -> None:
    """Print the profile NAME."""
    from audioguide.library.profile_files import find_profile, load_profile

    path = find_profile(name)
    load_profile(path)
    click.echo(f"# {path}")
    click.echo(path.read_text(encoding="utf-8-sig").rstrip())


@profile.command("list")
def list_() -> None:
    """List the kept profiles."""
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
    from audioguide.errors import RequestError
    from audioguide.library.profile_files import find_profile, profile_path

    path = find_profile(name)
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


def _table(options: dict[str, Any]) -> dict[str, Any]:
    """Return what the options say as a profile's table, checked by itself."""
    cues = {name: options.pop(name) for name in CUES}
    table = _with_absolute_paths(profile_table(options))
    stated = {name: on for name, on in cues.items() if on is not None}
    if stated:
        table["cues"] = stated
    checked(table)
    return table


def _with_absolute_paths(table: dict[str, Any]) -> dict[str, Any]:
    """Return ``table`` with paths that hold from everywhere: the command may be called in another folder next time."""
    for key, name in (("music", "path"), ("sound", "beeps")):
        if name in table.get(key, {}):
            table[key][name] = str(Path(table[key][name]).expanduser().absolute())
    return table


def _merged(document: Any, changes: dict[str, Any]) -> Any:
    """Lay ``changes`` over ``document``, table by table; a hold given as one number may become one a side."""
    import tomlkit

    for key, value in changes.items():
        if not isinstance(value, dict):
            document[key] = value
        elif key == "hold_s":
            document[key] = _hold(document.get(key), value)
        else:
            if key not in document:
                document[key] = tomlkit.table(is_super_table=key == "exercise") if key != "name" else value
            _merged(document[key], value)
    return document


def _hold(before: Any, changes: dict[str, Any]) -> Any:
    """Return the hold after ``changes``: a plain number where both sides are alike, else a small table."""
    import tomlkit

    if "default" in changes:
        before = {}
    known = {"default": before} if isinstance(before, int | float) else dict(before or {})
    merged = known | changes
    if list(merged) == ["default"]:
        return merged["default"]
    table = tomlkit.inline_table()
    table.update(merged)
    return table


def _forget(document: Any, key: str) -> None:
    from audioguide.errors import RequestError

    *parents, last = key.split(".")
    table = document
    for parent in parents:
        table = table.get(parent) if isinstance(table, dict) else None
    if not isinstance(table, dict) or last not in table:
        raise RequestError(f"--unset {key}: the profile has no such setting")
    del table[last]


def _refuse_folder(folder: Path) -> None:
    """Refuse a folder that can't be made, before someone answers questions for nothing."""
    from audioguide.errors import RequestError

    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise RequestError(f"{folder}: profiles can't be kept there; see to {existing}")


def _make_folder(folder: Path) -> None:
    from audioguide.errors import RequestError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"{folder}: profiles can't be kept there ({error.strerror}); see to that folder") from None


def _write(path: Path, document: Any) -> None:
    import tomlkit

    from audioguide.library.profile_files import parse_profile, profile_folder
    from audioguide.library.toml_files import parse_toml
    from audioguide.storage.whole_files import write_whole

    text = tomlkit.dumps(document)
    parse_profile(parse_toml(text.encode(), str(path)), str(path))
    if path.parent == profile_folder():
        _make_folder(path.parent)
    write_whole(path, text.encode())
    click.echo(path)
