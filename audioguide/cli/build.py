"""`audioguide build`: makes the MP3 and says what came out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.options import layers, session_options, sources
from audioguide.export.registry import EXPORTS

if TYPE_CHECKING:
    from audioguide.model.plan import Plan
    from audioguide.pipeline import Progress


def export_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each row of the registry of exports that has words for one, in the order of the rows."""
    for name, export in reversed(EXPORTS.items()):
        if export.help:
            command = click.option(f"--{name}", is_flag=True, help=export.help)(command)
    return command


@click.command()
@session_options
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the MP3 goes.")
@click.option(
    "--plan", "plan_file", type=click.Path(path_type=Path), metavar="FILE", help="Write the plan as JSON too."
)
@export_options
@click.option("--quiet", is_flag=True, help="Print only the path.")
def build(
    protocol: str,
    profile: str | None,
    output: Path | None,
    plan_file: Path | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Make the MP3 of a session.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor.
    """
    from audioguide.library.protocol_files import load_protocol
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_all

    wanted = [export for name, export in EXPORTS.items() if options.pop(name, False)]
    wishes = layers(profile, options)
    loaded = load_protocol(protocol)
    path = output or default_output(loaded.id, profile)
    beside = [(path.with_suffix(export.suffix), export.write) for export in wanted]
    if plan_file is not None:
        beside.append((plan_file, EXPORTS["plan"].write))
    refuse_clashes([path, *(target for target, _ in beside)], sources(protocol, profile, wishes))
    for target in (path, *(target for target, _ in beside)):
        refuse_unwritable(target)

    from audioguide.pipeline import make_mp3, prepare_session

    with _progress(shown=not quiet and sys.stderr.isatty()) as progress:
        prepared = prepare_session(loaded, wishes, progress, date.today())
        mp3 = make_mp3(prepared, progress)
    exports = {target: [export(prepared.plan).encode()] for target, export in beside}
    write_all({path: mp3, **exports})
    if quiet:
        click.echo(path)
    else:
        from audioguide.cli.show import summary

        _warn(prepared.plan)
        click.echo(summary(prepared.plan, path, path.stat().st_size, tuple(exports)))


def _progress(shown: bool) -> AbstractContextManager[Progress | None]:
    if not shown:
        return nullcontext()
    from audioguide.cli.show import progress_bar

    return progress_bar()


def default_output(protocol: str, profile: str | None) -> Path:
    """Return where a session's MP3 goes if nobody says; its folder is made.

    Raises:
        RequestError: when the folder can't be made.
    """
    from audioguide.errors import RequestError

    folder = Path("output")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise RequestError(f"{folder}: can't be made ({error.strerror}); name a file with -o") from None
    return folder / f"{session_name(protocol, profile)}.mp3"


def session_name(protocol: str, profile: str | None) -> str:
    """Return what the files of a session are called if nobody says: its protocol, and whose it is."""
    return protocol if profile is None else f"{protocol}-{Path(profile).stem}"


def _warn(plan: Plan) -> None:
    for warning in plan.warnings:
        click.echo(f"note: {warning}", err=True)
