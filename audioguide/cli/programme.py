"""`audioguide programme`: makes the sessions of several weeks, each distinct one once, with an index and a playlist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.options import session_options
from audioguide.cli.requests import OUTPUT, SessionRequest, output_folder, read_request
from audioguide.cli.sections import Section, SectionCommand, section_option
from audioguide.model.limits import DEFAULT_WEEKS, LAST_WEEK

if TYPE_CHECKING:
    from audioguide.export.plan.programme_index import Week
    from audioguide.model.kinds import Day
    from audioguide.pipeline import Prepared

INDEX, PLAYLIST = "index.txt", "programme.m3u8"

WEEKS = click.IntRange(1, LAST_WEEK)


@dataclass(frozen=True, slots=True)
class WeekSession:
    """The session of one week, and the name of its MP3, which several weeks may share."""

    week: int
    file: str
    prepared: Prepared


@click.command(cls=SectionCommand)
@session_options
@section_option(Section.WEEKS, "--weeks", type=WEEKS, default=DEFAULT_WEEKS, show_default=True, help="How many weeks.")
@section_option(
    Section.OUTPUT, "-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where the files go."
)
@section_option(Section.OUTPUT, "--quiet", is_flag=True, help="Print only the paths.")
def programme(weeks: int, output: Path | None, quiet: bool, **options: Any) -> None:
    """Make the sessions of several weeks: each distinct one once, an index of which is for which days, a playlist.

    Doses grow as the protocol says. The first week begins on the day that --started names, else today.
    """
    from audioguide.errors import RequestError
    from audioguide.prescribe.layers import Layers
    from audioguide.storage.whole_files import refuse_clashes, write_all

    if options["week"] is not None:
        raise RequestError(f"--week {options['week']}: a programme has all its weeks; say how many with --weeks")
    request = read_request(options)
    person = Layers(request.layers)
    start = person.last(lambda profile: profile.started, None) or date.today()
    days: tuple[Day, ...] = person.last(lambda profile: profile.days or None, ())
    folder = output_folder(output or OUTPUT / f"{request.name}-programme", advice="name another with -o")
    sessions = _sessions(request, weeks)
    rows = _index_rows(request, sessions, start, days)

    from audioguide.export.plan.programme_index import index_of, playlist_of
    from audioguide.pipeline import make_mp3

    texts = {folder / INDEX: [index_of(rows).encode()], folder / PLAYLIST: [playlist_of(rows).encode()]}
    distinct = {session.file: session.prepared for session in sessions}
    mp3s = {folder / file: make_mp3(prepared) for file, prepared in distinct.items()}
    refuse_clashes([*mp3s, *texts], request.sources)
    write_all({**mp3s, **texts})
    for path in (*mp3s, *texts):
        click.echo(path)
    if not quiet:
        for warning in dict.fromkeys(note for prepared in distinct.values() for note in prepared.plan.warnings):
            click.echo(f"note: {warning}", err=True)
        click.echo(f"\n{index_of(rows)}", nl=False)


def _sessions(request: SessionRequest, weeks: int) -> list[WeekSession]:
    """Return each week's session; weeks that are heard alike share one, named by the week in which it comes first."""
    from audioguide.model.profile import Profile
    from audioguide.pipeline import prepare_session
    from audioguide.prescribe.layers import Layer

    protocol = request.protocol
    grows = protocol.programme is not None and protocol.programme.grow_until_week is not None
    found: list[WeekSession] = []
    # Two sessions with the same events sound the same, whatever week's doses led there.
    known: dict[object, WeekSession] = {}
    for week in range(1, weeks + 1):
        own = [Layer("programme", Profile(week=week))] if grows else []
        prepared = prepare_session(protocol, [*request.layers, *own])
        new = WeekSession(week, f"{protocol.id}-week-{week:02}.mp3", prepared)
        first = known.setdefault(prepared.plan.timeline.events, new)
        found.append(WeekSession(week, first.file, first.prepared))
    return found


def _index_rows(
    request: SessionRequest, sessions: Sequence[WeekSession], start: date, days: Sequence[Day]
) -> list[Week]:
    """Return what the index says of each week: its dates, its file, and what differs from the protocol's doses."""
    from audioguide.export.plan.programme_index import Week
    from audioguide.model.protocol import Programme
    from audioguide.prescribe.training_days import session_dates

    dates = session_dates(request.protocol.programme or Programme(), start, len(sessions), days)
    rows = []
    for session in sessions:
        first = start + timedelta(weeks=session.week - 1)
        plan = session.prepared.plan
        rows.append(
            Week(
                number=session.week,
                start=first,
                dates=tuple(day for day in dates if first <= day < first + timedelta(weeks=1)),
                file=session.file,
                title=plan.title,
                length_ms=plan.timeline.duration_ms,
                doses=tuple(
                    f"{change.exercise} {change.what}: {change.before} → {change.after}" for change in plan.changes
                ),
            )
        )
    return rows
