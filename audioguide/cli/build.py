"""`audioguide build`: makes the MP3 and says what came out."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.endings import refuse_ending
from audioguide.cli.options import session_options
from audioguide.cli.requests import output_folder, read_request
from audioguide.cli.sections import Function, Section, SectionCommand, section_option
from audioguide.export.registry import EXPORTS

if TYPE_CHECKING:
    from audioguide.model.progress import Progress

FILE = click.Path(path_type=Path)


def export_options(command: Function) -> Function:
    """Add an option for each row of the registry of exports that has words for one, in the order of the rows."""
    for name, export in reversed(EXPORTS.items()):
        if export.help:
            command = section_option(Section.OUTPUT, f"--{name}", is_flag=True, help=export.help)(command)
    return command


@click.command(cls=SectionCommand)
@session_options
@section_option(Section.OUTPUT, "-o", "--output", type=FILE, metavar="FILE", help="Where the MP3 goes.")
@section_option(Section.OUTPUT, "--plan", type=FILE, metavar="FILE", help="Write the plan as JSON too.")
@export_options
@section_option(Section.OUTPUT, "--quiet", is_flag=True, help="Print only the path.")
def build(output: Path | None, plan: Path | None, quiet: bool, **options: Any) -> None:
    """Make the MP3 of a session.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor. Several are
    done one after the other, as one session.
    """
    from audioguide.export.bystanders import refuse_bystanders
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_all

    wanted = [export for name, export in EXPORTS.items() if options.pop(name, False)]
    request = read_request(options)
    path = output or output_folder() / f"{request.name}.mp3"
    refuse_unwritable(path)  # also what is no name to give another ending, such as "."
    beside = [(path.with_suffix(export.suffix), export) for export in wanted]
    beside += [(plan, EXPORTS["plan"])] if plan else []
    targets = [path, *(target for target, _ in beside)]
    # Refused before a minute of work, not after it.
    refuse_clashes(targets, request.sources)
    for target in targets:
        refuse_unwritable(target)
    unnamed = [target for target, _ in beside if target != plan] + ([] if output else [path])
    refuse_bystanders(unnamed, advice="name another file with -o")
    refuse_ending(path, ".mp3")
    if plan:
        refuse_ending(plan, ".json")

    from audioguide.pipeline import make_mp3, prepare_session

    bars: AbstractContextManager[tuple[Progress | None, Progress | None]] = nullcontext((None, None))
    if not quiet and sys.stderr.isatty():
        from audioguide.cli.show import progress_bars

        bars = progress_bars()
    with bars as (speaking, writing):
        # Today decides the week of a programme that has a first day.
        prepared = prepare_session(request.protocol, request.layers, speaking, date.today())
        mp3 = make_mp3(prepared, writing)
    write_all({path: mp3, **{target: [export.write(prepared.plan).encode()] for target, export in beside}})
    if quiet:
        # For scripts: one line, which is the path.
        click.echo(path)
        return

    from audioguide.cli.show import summary

    for warning in prepared.plan.warnings:
        click.echo(f"note: {warning}", err=True)
    click.echo(summary(prepared.plan, path, path.stat().st_size, tuple(targets[1:])))
