"""`audioguide cache`: shows or clears what is kept between builds."""

from __future__ import annotations

import os
from pathlib import Path

import click

from audioguide.cli.command import Group
from audioguide.errors import OutputError, RequestError
from audioguide.storage.cache import LAYOUT

OFF = "the cache is off; nothing is kept between builds"


@click.group(cls=Group)
def cache() -> None:
    """Show or clear what is kept between builds."""


@cache.command()
def info() -> None:
    """Show where it is kept, how much of each kind, and how much it may become."""
    from audioguide.cli.show import size
    from audioguide.storage.cache import default_cache

    held = default_cache().info()
    if held.folder is None:
        click.echo(OFF)
        return
    _refuse_closed(held.folder)
    rows = [(kind.kind, _entries(kind.entries), size(kind.bytes)) for kind in held.kinds]
    rows += [
        ("in all", _entries(held.entries), size(held.bytes) if held.entries else ""),
        ("limit", "", size(held.limit_bytes)),
    ]
    click.echo(held.folder)
    for name, entries, room in rows:
        click.echo(f"  {name:<8}{entries:>16}{room:>12}".rstrip())


@cache.command()
def clear() -> None:
    """Remove all of it; the next build takes longer, and is the same."""
    from audioguide.storage.cache import default_cache

    kept = default_cache()
    folder = kept.info().folder
    if folder is None:
        click.echo(OFF)
        return
    _refuse_closed(folder)
    click.echo(f"removed {_entries(kept.clear())} from {folder}")
    if left := kept.info().entries:
        raise OutputError(f"{_entries(left)} can't be removed from {folder}; see to who may write there")


def _refuse_closed(folder: Path) -> None:
    """Refuse a folder that can't be looked into: to say that nothing is in it would be wrong."""
    for place in (folder, folder / LAYOUT):
        if os.path.isdir(place) and not os.access(place, os.R_OK | os.X_OK):  # noqa: PTH112 - unlike pathlib no error
            raise RequestError(f"{place} may not be looked into; see to who may read there")


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"
