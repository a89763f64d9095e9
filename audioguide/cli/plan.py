"""`audioguide plan`: the timeline as a table, as JSON or as a picture, without an MP3."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from audioguide.cli.endings import refuse_ending
from audioguide.cli.options import session_options
from audioguide.cli.requests import read_request
from audioguide.cli.sections import Section, SectionCommand, section_option

FILE = click.Path(path_type=Path)


@click.command(cls=SectionCommand)
@session_options
@section_option(Section.OUTPUT, "--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@section_option(Section.OUTPUT, "--svg", type=FILE, metavar="FILE", help="Draw the session as a picture.")
@section_option(Section.OUTPUT, "--beeps", is_flag=True, help="List every beep and count too.")
def plan(as_json: bool, svg: Path | None, beeps: bool, **options: Any) -> None:
    """Show a session's times without making an MP3.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor. Several are
    done one after the other, as one session.
    """
    from audioguide.export.registry import EXPORTS
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_whole

    request = read_request(options)
    if svg is not None:
        refuse_clashes([svg], request.sources)
        refuse_unwritable(svg)
        refuse_ending(svg, ".svg")

    from audioguide.cli.show import print_plan
    from audioguide.languages.en.printed import PRINTED
    from audioguide.pipeline import prepare_session

    made = prepare_session(request.protocol, request.layers, today=date.today()).plan
    if svg is not None:
        write_whole(svg, EXPORTS["svg"].write(made).encode())
        if not as_json:
            # Beside JSON a path would spoil what the next program reads.
            click.echo(svg)
    if as_json:
        click.echo(EXPORTS["plan"].write(made), nl=False)
    elif svg is None:
        programme = request.protocol.programme
        print_plan(made, beeps, often=PRINTED.programme.how_often(programme) if programme else "")
