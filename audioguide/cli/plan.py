"""`audioguide plan`: the timeline as a table, as JSON or as a picture, without an MP3."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from audioguide.cli.options import layers, session_options, sources


@click.command()
@session_options
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option("--svg", type=click.Path(path_type=Path), metavar="FILE", help="Draw the session as a picture.")
@click.option("--beeps", is_flag=True, help="List every beep and count too.")
def plan(protocol: str, profile: str | None, as_json: bool, svg: Path | None, beeps: bool, **options: Any) -> None:
    """Show a session's times without making an MP3.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor.
    """
    from audioguide.export.registry import EXPORTS
    from audioguide.library.protocol_files import load_protocol
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_whole

    wishes = layers(profile, options)
    loaded = load_protocol(protocol)
    if svg is not None:
        refuse_clashes([svg], sources(protocol, profile, wishes))
        refuse_unwritable(svg)

    from audioguide.cli.show import print_plan
    from audioguide.pipeline import prepare_session

    made = prepare_session(loaded, wishes, today=date.today()).plan
    if svg is not None:
        write_whole(svg, EXPORTS["svg"].write(made).encode())
        if not as_json:
            click.echo(svg)
    if as_json:
        click.echo(EXPORTS["plan"].write(made), nl=False)
    elif svg is None:
        print_plan(made, beeps)
