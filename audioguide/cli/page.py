"""`audioguide page`: one web page with the player and the session in it, to open from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from audioguide.cli.command import Command
from audioguide.cli.endings import refuse_ending

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audioguide.export.figures.pictures import Picture
    from audioguide.model.plan import Plan


@click.command(cls=Command)
@click.argument("mp3", type=click.Path(path_type=Path), metavar="MP3")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where it goes; else beside MP3.")
def page(mp3: Path, output: Path | None) -> None:
    """Make one web page with the player and the session in it.

    MP3 is a file that audioguide built. The page needs no network and no other file.
    """
    from audioguide.export.bystanders import refuse_bystanders
    from audioguide.export.tags.id3 import read_pictures, read_plan
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_all

    plan = read_plan(mp3)
    path = mp3.with_suffix(".html") if output is None else output
    refuse_clashes([path], [mp3])
    refuse_unwritable(path)
    if output is None:
        refuse_bystanders([path], advice=f"replace it with -o {path}")
    refuse_ending(path, ".html")

    write_all({path: page_of(mp3, plan, read_pictures(mp3))})
    click.echo(path)


PIECE_BYTES = 3 << 18
"""Of a recording that are put into a page at once; a multiple of three, as each becomes base64 without padding."""


def page_of(mp3: Path, plan: Plan, pictures: Mapping[str, Picture]) -> Iterator[bytes]:
    """Yield the page of a finished session, from its MP3, its plan, and the figures in it by their names, in pieces.

    Raises:
        RequestError: when the MP3 can't be read.
    """
    import os
    from base64 import b64encode

    from audioguide.errors import RequestError
    from audioguide.export.player.player_page import player_html
    from audioguide.storage.plain_files import open_plain

    # Nobody's text holds it. The recording itself, of an hour or of twenty, is not to be in memory several times over.
    place = os.urandom(16).hex()
    html = player_html(plan, f"data:audio/mpeg;base64,{place}", own_pictures=pictures)
    before, after = html.encode().split(place.encode())

    # Browsers refuse a page that is opened from a file to fetch another one, so the recording goes into the page.
    yield before
    try:
        with open_plain(mp3) as file:
            while piece := file.read(PIECE_BYTES):
                yield b64encode(piece)
    except OSError as error:
        raise RequestError(f"{mp3}: can't be read ({error.strerror})") from error
    yield after
