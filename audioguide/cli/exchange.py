"""`audioguide protocol import` and `export`: sheets of clinics and timers of another app become protocols, and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from audioguide.cli.command import Command
from audioguide.cli.endings import ending, refuse_ending
from audioguide.cli.options import session_options
from audioguide.cli.requests import read_request
from audioguide.cli.sections import Section, SectionCommand, section_option
from audioguide.errors import RequestError

FILE = click.Path(path_type=Path)

ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1")


@click.command("import", cls=Command)
@click.argument("sheet", type=FILE, metavar="FILE")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="The protocol to write; else named like the sheet.")
@click.option("--language", metavar="CODE", help="The sheet's language, such as de; else told by its words.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Of a file that is not Unicode.")
@click.option("--skip-unread", is_flag=True, help="Leave out what can't be read, unless it is for a person's safety.")
@click.option("--timer", metavar="NAME", help="Which timer of a backup that has several.")
def import_(sheet: Path, output: Path | None, timer: str | None, **options: Any) -> None:
    """Make a protocol of a clinic's sheet, or of a timer of TimeR Machine.

    FILE is a CSV, XLSX, text or Markdown file with exercises such as "Couch stretch, 3 x 60 s each
    side, rest 30 s", or a backup of TimeR Machine (.json). What is taken for granted is told line by
    line; what can't be read is named, and then nothing is written.
    """
    from audioguide.library.protocol_files import refuse_as_new
    from audioguide.model.text import printable
    from audioguide.sheets.sheet_import import import_sheet
    from audioguide.sheets.timer_import import import_timer
    from audioguide.storage.whole_files import write_whole

    output = output or Path(f"{sheet.stem}.toml")
    refuse_ending(output, ".toml")
    refuse_as_new(output)
    if ending(sheet) == ".json":
        given = [name for name in ("encoding", "skip_unread") if options[name]]
        if given:
            raise RequestError(f"--{given[0].replace('_', '-')} is for sheets, and {sheet} is a backup; leave it out")
        imported = import_timer(sheet, options["language"], timer)
    else:
        if timer is not None:
            raise RequestError(f"--timer {timer}: {sheet} is a sheet, not a backup (.json); leave it out")
        imported = import_sheet(sheet, **options)
    write_whole(output, imported.text.encode())
    click.echo(output)
    for line in imported.told:
        click.echo(printable(line))
    for problem in imported.unread:
        click.echo(printable(f"not read: {problem}"), err=True)
    click.echo(f"read each line against the sheet, then: audioguide protocol check {output}")


@click.command(cls=SectionCommand)
@session_options
@section_option(
    Section.OUTPUT, "--timer", type=FILE, required=True, metavar="FILE", help="Write a timer of TimeR Machine (.json)."
)
def export(timer: Path, **options: Any) -> None:
    """Write a session for another app: its holds, reps and rests as a timer.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor. The app imports
    the file as a backup.
    """
    from audioguide.pipeline import prescribed, told_first
    from audioguide.sheets.timer_export import timer_of
    from audioguide.sheets.timer_file import timers_text
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_whole

    request = read_request(options)
    refuse_clashes([timer], request.sources)
    refuse_ending(timer, ".json")
    refuse_unwritable(timer)
    session = prescribed(request.protocol, request.layers, date.today())
    write_whole(timer, timers_text((timer_of(session, told_first(session)),)).encode())
    click.echo(timer)
