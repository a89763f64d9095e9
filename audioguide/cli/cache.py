"""`audioguide cache`: shows or clears what is kept between builds."""

from __future__ import annotations

import click

from audioguide.cli.command import Group

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
    click.echo(OFF if folder is None else f"removed {_entries(kept.clear())} from {folder}")


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"
