"""`audioguide edit`: a page on this machine on which a protocol is written without knowing TOML."""

from __future__ import annotations

import secrets
from importlib.util import find_spec
from pathlib import Path

import click

from audioguide.cli.command import Command
from audioguide.cli.endings import refuse_ending
from audioguide.errors import RequestError

EXTRA = ("starlette", "uvicorn")
"""What it needs of the extra `share`."""

NEW = Path("my-session.toml")
"""Where a new protocol goes if nobody says."""


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Else the first free one from 8000 on.")
@click.option("--engine", metavar="NAME", help="What speaks when you press Hear; else the usual engine.")
@click.option("--voice", metavar="ID", help="A voice that `audioguide voices list` names.")
def edit(file: Path | None, port: int | None, engine: str | None, voice: str | None) -> int:
    """Write a protocol on a page in your browser.

    FILE is a protocol, or a new file; without it the page asks what to start from. The page is for this machine alone,
    and nothing leaves it.
    """
    if any(find_spec(name) is None for name in EXTRA):
        raise RequestError('editing needs the extra `share`: pip install "audioguide[share]"')
    if file is not None:
        refuse_ending(file, ".toml")

    from audioguide.edit.edit_app import Editing
    from audioguide.edit.hearing import Speaker
    from audioguide.edit.open_file import opened
    from audioguide.library.protocol_files import refuse_as_new
    from audioguide.share.address import THIS_MACHINE, host_of, hosts_of, listen
    from audioguide.share.gate import TOKEN_BYTES, Gate
    from audioguide.share.server import interrupts_stop, make_server, run
    from audioguide.storage.cache import default_cache

    # What can't be read or written is told here, before a page is opened.
    current = opened(file) if file is not None and file.exists() else None
    if file is not None and current is None:
        refuse_as_new(file)
    with listen(THIS_MACHINE, port) as listener:
        host, token = (THIS_MACHINE, listener.getsockname()[1]), secrets.token_urlsafe(TOKEN_BYTES)
        hosts = hosts_of(*host)
        speaker = Speaker(default_cache(), engine, voice)
        app = Editing(
            current,
            file or NEW,
            gate=Gate(token, hosts),
            origins=frozenset(f"http://{name}" for name in hosts),
            speaker=speaker,
        )
        server = make_server(app)
        try:
            with interrupts_stop(server) as interrupts:
                click.echo(f"Open this in a browser on this machine:\nhttp://{host_of(*host)}/{token}/\n")
                click.echo("Only this machine can, and the address is secret. Ctrl-C ends it.")
                run(server, listener, None)
                ended = "Ended." if app.is_saved else "Ended; what was changed and not saved is gone."
                # The terminal shows ^C on the line of its own that Ctrl-C interrupts.
                click.echo(f"\n{ended}" if interrupts else ended)
        finally:
            speaker.close()
    return 130 if interrupts else 0
