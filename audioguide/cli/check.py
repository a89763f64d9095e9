"""`audioguide check`: holds a finished MP3 against the plan embedded in it."""

from __future__ import annotations

from pathlib import Path

import click

from audioguide.cli.command import Command
from audioguide.cli.endings import ending

PROBLEMS_SHOWN = 5
"""Of each row: where a whole session is shifted, a thousand events are."""


@click.command(cls=Command)
@click.argument("mp3", type=click.Path(path_type=Path), metavar="MP3")
@click.option("--sounds", type=click.Path(path_type=Path), metavar="DIR", help="The beeps of your own that it has.")
@click.pass_context
def check(ctx: click.Context, mp3: Path, sounds: Path | None) -> int:
    """Hold a finished MP3 against its plan: decoded, measured, compared. Exit code 1 if anything falls short."""
    from rich.markup import escape
    from rich.table import Table

    from audioguide.cli.consoles import console
    from audioguide.verify.check import check as examine

    report = examine(mp3, own=sounds)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "What", "Planned", "Measured", "Worst"):
        table.add_column(name, overflow="fold")
    for row in report.rows:
        mark = "[green]ok[/green]" if row.ok else "[red bold]FAILS[/red bold]"
        # What a file says of itself may look like rich's markup.
        table.add_row(mark, *map(escape, (row.name, row.planned, row.measured, row.worst)))
    screen = console()
    screen.print(table)
    for row in report.rows:
        for problem in row.problems[:PROBLEMS_SHOWN]:
            screen.print(f"  {row.name}: {problem}", soft_wrap=True, markup=False)
        if len(row.problems) > PROBLEMS_SHOWN:
            screen.print(f"  {row.name}: and {len(row.problems) - PROBLEMS_SHOWN} more")
    if ending(mp3) not in ("", ".mp3"):
        note = f"{mp3} is an MP3 whose name says otherwise, and players go by names"
        click.echo(f"note: {note}; rename it to {mp3.with_suffix('.mp3')}", err=True)
    screen.print(f"{mp3}: " + ("as planned" if report.ok else "not as planned"), soft_wrap=True, markup=False)
    # A file that isn't as planned is no mistake in what was asked.
    return 0 if report.ok else 1
