"""`audioguide share`: serves finished sessions to phones in the same network, and says how they get there."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audioguide.errors import RequestError

if TYPE_CHECKING:
    from audioguide.share.address import Address
    from audioguide.share.recordings import Recording

FOLDER = Path("output")
"""Where `audioguide build` puts sessions."""

LONGEST_MINUTES = 7 * 24 * 60

_EXTRA = ("starlette", "uvicorn", "segno")
_FAREWELL = "The sharing has ended; nobody can listen any more."


@click.command()
@click.argument("places", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|FOLDER]…")
@click.option("--address", metavar="IP", help="This machine's address in the network; else the usual one.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Else the first free one from 8000 on.")
@click.option("--minutes", type=float, default=60, metavar="N", help="End after N minutes; 0: when stopped. Else 60.")
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
    _refuse_without_extra()
    from audioguide.share.address import host_of, hosts_of, listen, own_address, parse_address

    at = own_address() if address is None else parse_address(address)
    with listen(at, port) as listener:
        recordings = _sessions(ctx, places)
        host, token = (at, listener.getsockname()[1]), _new_token()
        home = f"http://{host_of(*host)}/{token}/"
        from audioguide.share.app import Sharing
        from audioguide.share.server import interrupts_stop, make_server, run

        server = make_server(Sharing(recordings, token, hosts_of(*host), home))
        with interrupts_stop(server) as interrupts:
            _warn(at, chosen=address is None)
            _introduce(recordings, home, minutes, feed)
            run(server, listener, minutes * 60 or None)
            click.echo(f"\n{_FAREWELL}" if interrupts else _FAREWELL)
    return 130 if interrupts else 0


def _refuse_without_extra() -> None:
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in _EXTRA):
        raise RequestError('sharing needs the extra `share`: pip install "audioguide[share]"')


def _new_token() -> str:
    from audioguide.share.app import TOKEN_BYTES

    return secrets.token_urlsafe(TOKEN_BYTES)


def _sessions(ctx: click.Context, places: Sequence[Path]) -> tuple[Recording, ...]:
    """Return the sessions in ``places``; without places those in the output folder, where one is built if need be."""
    from audioguide.share.recordings import find_sessions

    found = find_sessions(places or ([FOLDER] if FOLDER.is_dir() else []))
    if not found.recordings and not places:
        from audioguide.cli.build import build

        click.echo(f"There is no session in {FOLDER} yet, so the default one is built first.", err=True)
        ctx.invoke(build)
        found = find_sessions([FOLDER])
    for reason in found.refused:
        click.echo(_printable(f"not shared: {reason}"), err=True)
    if not found.recordings:
        where = ", ".join(map(str, places)) or FOLDER
        raise RequestError(f"no session to share in {where}; make one with: audioguide build")
    return found.recordings


def _introduce(recordings: Sequence[Recording], home: str, minutes: float, feed: bool) -> None:
    """Print what is shared, where, and until when."""
    from audioguide.model.units import clock
    from audioguide.share.feed import title_of

    for recording in recordings:
        title = _printable(f"{title_of(recording.plan)} ({recording.path.name})")
        click.echo(f"{clock(recording.plan.timeline.duration_ms):>8}  {title}")
    click.echo(f"\nOpen this on a phone in the same Wi-Fi, or scan it:\n{home}\n")
    _print_qr(home)
    click.echo(f"\nAs a podcast (AntennaPod, Apple Podcasts):\n{home}feed.xml\n")
    if feed:
        _print_qr(f"{home}feed.xml")
        click.echo()
    click.echo(f"Shared {_until(minutes)}; Ctrl-C ends it. Keep this machine awake.")
    click.echo("Anyone in the same Wi-Fi who has the address can listen, and as it is plain http, others there can")
    click.echo("read along. The address is secret and new every time; pass it only to those who are to listen.")


def _printable(text: str) -> str:
    """Return ``text`` without signs that would steer the terminal; files may come from anyone."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _until(minutes: float) -> str:
    if not minutes:
        return "until you stop it"
    end = datetime.now() + timedelta(minutes=minutes)
    return f"for {minutes:g} minute{'' if minutes == 1 else 's'}, until {end:%H:%M}"


def _print_qr(address: str) -> None:
    from audioguide.share.qr import BLOCKS, coloured, qr_lines

    try:
        BLOCKS.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        click.echo("(This terminal can't show the signs that a QR code is drawn with; type the address.)")
        return
    lines = qr_lines(address)
    click.echo("\n".join(coloured(lines) if sys.stdout.isatty() else lines))


def _warn(address: Address, chosen: bool) -> None:
    if address.is_loopback and chosen:
        click.echo("note: this machine seems to be in no network, so only it can listen; see --address", err=True)
    elif address.is_loopback:
        click.echo("note: only this machine can listen at this address", err=True)
    elif address.is_global:
        click.echo(f"note: {address} is a public address: who has the link can listen from anywhere", err=True)
