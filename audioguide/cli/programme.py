"""`audioguide programme`: makes the sessions of several weeks, each distinct one once, with an index and a playlist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.options import layers, session_options, sources

if TYPE_CHECKING:
    from audioguide.export.programme_index import Week
    from audioguide.model.kinds import Day
    from audioguide.model.plan import Plan
    from audioguide.model.protocol import Programme, Protocol
    from audioguide.pipeline import Prepared

INDEX, PLAYLIST = "index.txt", "programme.m3u8"


@click.command()
@session_options
@click.option("--weeks", type=click.IntRange(1, 520), default=12, show_default=True, help="How many weeks.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where the files go.")
@click.option("--quiet", is_flag=True, help="Print only the paths.")
def programme(protocol: str, profile: str | None, weeks: int, output: Path | None, quiet: bool, **options: Any) -> None:
    """Make the sessions of several weeks: each distinct one once, an index of which is for which days, a playlist.

    Doses grow as the protocol says. The first week begins on the day that --started names, else today.
    """
    from audioguide.errors import RequestError
    from audioguide.library.protocol_files import load_protocol
    from audioguide.model.protocol import Programme
    from audioguide.prescribe.layers import Layers
    from audioguide.storage.whole_files import refuse_clashes, write_all

    if options["week"] is not None:
        raise RequestError(f"--week {options['week']}: a programme has all its weeks; say how many with --weeks")
    wishes = layers(profile, options)
    laid = Layers(wishes)
    loaded = load_protocol(protocol)
    start = laid.last(lambda person: person.started, None) or date.today()
    none: tuple[Day, ...] = ()
    days = laid.last(lambda person: person.days or None, none)
    folder = _folder(output, loaded.id, profile)
    made = list(_sessions(loaded, wishes, weeks))
    files = _file_names(loaded.id, [prepared for _, prepared in made])
    rows = _rows(loaded.programme or Programme(), made, files, start, weeks, days)

    from audioguide.export.programme_index import index_of, playlist_of
    from audioguide.pipeline import make_mp3

    texts = {folder / INDEX: [index_of(rows).encode()], folder / PLAYLIST: [playlist_of(rows).encode()]}
    mp3s = {folder / files[id(prepared)]: make_mp3(prepared) for prepared in {id(p): p for _, p in made}.values()}
    refuse_clashes([*mp3s, *texts], sources(protocol, profile, wishes))
    write_all({**mp3s, **texts})
    for path in (*mp3s, *texts):
        click.echo(path)
    if not quiet:
        for warning in dict.fromkeys(note for _, prepared in made for note in prepared.plan.warnings):
            click.echo(f"note: {warning}", err=True)
        click.echo(f"\n{index_of(rows)}", nl=False)


def _sessions(loaded: Protocol, wishes: Sequence[Any], weeks: int) -> Iterator[tuple[int, Prepared]]:
    """Yield each week's session; weeks that are heard alike share one."""
    from audioguide.model.profile import Profile
    from audioguide.pipeline import prepare_session
    from audioguide.prescribe.layers import Layer

    known: dict[object, Prepared] = {}
    grows = loaded.programme is not None and loaded.programme.grow_until_week is not None
    for week in range(1, weeks + 1):
        own = [Layer("programme", Profile(week=week))] if grows else []
        prepared = prepare_session(loaded, [*wishes, *own])
        yield week, known.setdefault(prepared.plan.timeline.events, prepared)


def _file_names(protocol: str, sessions: Sequence[Prepared]) -> dict[int, str]:
    """Return the file of each distinct session, named by the week in which it comes up first."""
    names: dict[int, str] = {}
    for week, prepared in enumerate(sessions, 1):
        names.setdefault(id(prepared), f"{protocol}-week-{week:02}.mp3")
    return names


def _rows(
    programme: Programme,
    made: Sequence[tuple[int, Prepared]],
    files: dict[int, str],
    start: date,
    weeks: int,
    days: Sequence[Any],
) -> list[Week]:
    from audioguide.export.programme_index import Week
    from audioguide.prescribe.training_days import session_dates

    dates = session_dates(programme, start, weeks, days)
    rows = []
    for week, prepared in made:
        first = start + timedelta(weeks=week - 1)
        own = tuple(day for day in dates if first <= day < first + timedelta(weeks=1))
        plan = prepared.plan
        doses = tuple(_doses(plan))
        rows.append(Week(week, first, own, files[id(prepared)], plan.title, plan.timeline.duration_ms, doses))
    return rows


def _doses(plan: Plan) -> Iterator[str]:
    """Yield what differs from the protocol's usual doses."""
    for change in plan.changes:
        yield f"{change.exercise} {change.what}: {change.before} → {change.after}"


def _folder(output: Path | None, protocol: str, profile: str | None) -> Path:
    from audioguide.cli.build import session_name
    from audioguide.errors import RequestError

    folder = output or Path("output") / f"{session_name(protocol, profile)}-programme"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(
            f"{folder}: can't be made ({(error.strerror or '').lower()}); name another with -o"
        ) from None
    return folder
