"""`audioguide share`: serves finished sessions to phones in the same network, and says how they get there."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audioguide.cli.command import Command
from audioguide.cli.requests import OUTPUT
from audioguide.cli.streams import styled
from audioguide.errors import RequestError
from audioguide.model.text import printable

if TYPE_CHECKING:
    from audioguide.share.recordings import Recording

LONGEST_MINUTES = 7 * 24 * 60
"""A week: whoever shares for longer can say 0 and stop it."""

DEFAULT_MINUTES = 60

EXTRA = ("starlette", "uvicorn", "segno")
"""What the extra `share` installs; other commands do without."""

FAREWELL = "The sharing has ended; nobody can listen any more."


@click.command(cls=Command)
@click.argument("places", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|FOLDER]…")
@click.option("--address", metavar="IP", help="This machine's address in the network; else the usual one.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Else the first free one from 8000 on.")
@click.option(
    "--minutes",
    type=float,
    default=DEFAULT_MINUTES,
    metavar="N",
    help=f"End after N minutes; 0: when stopped. Else {DEFAULT_MINUTES}.",
)
@click.option("--feed", is_flag=True, help="Show a QR code of the podcast feed too.")
@click.pass_context
def share(
    ctx: click.Context, places: tuple[Path, ...], address: str | None, port: int | None, minutes: float, feed: bool
) -> int:
    """Serve sessions to phones in the same network, with a QR code to scan.

    FILE is an MP3 that audioguide built, FOLDER one with such files; without any, those in output. Whoever is in the
    same Wi-Fi and has the address can listen, and http can be read there.
    """
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise RequestError(f"--minutes {minutes:g}: write 1 to {LONGEST_MINUTES} minutes, or 0 for until you stop it")
    if any(find_spec(name) is None for name in EXTRA):
        raise RequestError('sharing needs the extra `share`: pip install "audioguide[share]"')

    from audioguide.share.address import host_of, hosts_of, listen, own_address, parse_address
    from audioguide.share.gate import TOKEN_BYTES

    at = own_address() if address is None else parse_address(address)
    # The port is taken before a session may have to be built: one that is in use is told at once.
    with listen(at, port) as listener:
        recordings = _sessions(ctx, places)
        host, token = (at, listener.getsockname()[1]), secrets.token_urlsafe(TOKEN_BYTES)
        home = f"http://{host_of(*host)}/{token}/"
        from audioguide.share.app import Sharing
        from audioguide.share.server import interrupts_stop, make_server, run

        server = make_server(Sharing(recordings, token, hosts_of(*host), home))
        with interrupts_stop(server) as interrupts:
            if at.is_loopback and address is None:
                click.echo(
                    "note: this machine seems to be in no network, so only it can listen; see --address", err=True
                )
            elif at.is_loopback:
                click.echo("note: only this machine can listen at this address", err=True)
            elif at.is_global:
                click.echo(f"note: {at} is a public address: who has the link can listen from anywhere", err=True)
            _introduce(recordings, home, minutes, feed)
            run(server, listener, minutes * 60 or None)
            # The terminal shows ^C on the line of its own that Ctrl-C interrupts.
            click.echo(f"\n{FAREWELL}" if interrupts else FAREWELL)
    return 130 if interrupts else 0


def _sessions(ctx: click.Context, places: Sequence[Path]) -> tuple[Recording, ...]:
    """Return the sessions in ``places``; without places those in the output folder, where one is built if need be."""
    from audioguide.share.recordings import find_sessions

    found = find_sessions(places or ([OUTPUT] if OUTPUT.is_dir() else []))
    if not found.recordings and not places:
        from audioguide.cli.build import build

        click.echo(f"There is no session in {OUTPUT} yet, so the default one is built first.", err=True)
        ctx.invoke(build)
        found = find_sessions([OUTPUT])
    for reason in found.refused:
        click.echo(printable(f"not shared: {reason}"), err=True)
    if not found.recordings:
        where = ", ".join(map(str, places)) or OUTPUT
        raise RequestError(f"no session to share in {where}; make one with: audioguide build")
    return found.recordings


def _introduce(recordings: Sequence[Recording], home: str, minutes: float, feed: bool) -> None:
    """Print what is shared, where, and until when."""
    from audioguide.export.titles import full_title
    from audioguide.model.units import clock

    for recording in recordings:
        title = printable(f"{full_title(recording.plan)} ({recording.path.name})")
        click.echo(f"{clock(recording.plan.timeline.duration_ms):>8}  {title}")
    click.echo(f"\nOpen this on a phone in the same Wi-Fi, or scan it:\n{home}\n")
    _print_qr(home)
    click.echo(f"\nAs a podcast (AntennaPod, Apple Podcasts):\n{home}feed.xml\n")
    if feed:
        _print_qr(f"{home}feed.xml")
        click.echo()
    until = "until you stop it"
    if minutes:
        end = datetime.now() + timedelta(minutes=minutes)
        until = f"for {minutes:g} minute{'' if minutes == 1 else 's'}, until {end:%H:%M}"
    click.echo(f"Shared {until}; Ctrl-C ends it. Keep this machine awake.")
    click.echo("Anyone in the same Wi-Fi who has the address can listen, and as it is plain http, others there can")
    click.echo("read along. The address is secret and new every time; pass it only to those who are to listen.")


def _print_qr(address: str) -> None:
    from audioguide.share.qr import BLOCKS, coloured, qr_lines

    # A terminal of Windows may know no block characters.
    try:
        BLOCKS.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        click.echo("(This terminal can't show the signs that a QR code is drawn with; type the address.)")
        return
    lines = qr_lines(address)
    if sys.stdout.isatty():
        click.echo("\n".join(coloured(lines)), file=styled(sys.stdout))
    else:
        click.echo("\n".join(lines))
