"""`audioguide programme`: makes the sessions of several weeks, each distinct one once, with an index and a playlist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.options import session_options
from audioguide.cli.requests import OUTPUT, SessionRequest, output_folder, read_request
from audioguide.cli.sections import Section, SectionCommand, section_option
from audioguide.model.limits import DEFAULT_WEEKS, LAST_WEEK

if TYPE_CHECKING:
    from audioguide.export.programme_index import Week
    from audioguide.model.kinds import Day
    from audioguide.pipeline import Prepared

INDEX, PLAYLIST = "index.txt", "programme.m3u8"

WEEKS = click.IntRange(1, LAST_WEEK)


@click.command(cls=SectionCommand)
@session_options
@section_option(
    Section.WEEKS,
    "--weeks",
    type=WEEKS,
    metavar="N",
    help=f"How many weeks; else as many as the protocol has, or {DEFAULT_WEEKS}.",
)
@section_option(
    Section.OUTPUT, "-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where the files go."
)
@section_option(Section.OUTPUT, "--quiet", is_flag=True, help="Print only the paths.")
def programme(weeks: int | None, output: Path | None, quiet: bool, **options: Any) -> None:
    """Make the sessions of several weeks: each distinct one once, an index of which is for which days, a playlist.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor. Several are
    done one after the other, as one session.

    Doses grow as the protocol says. The first week begins on the day that --started names, else today.
    """
    from audioguide.errors import RequestError
    from audioguide.prescribe.layers import Layers
    from audioguide.prescribe.training_days import weeks_wanted
    from audioguide.storage.whole_files import refuse_clashes, write_all

    if options["week"] is not None:
        raise RequestError(f"--week {options['week']}: a programme has all its weeks; say how many with --weeks")
    request = read_request(options)
    weeks = weeks_wanted(request.protocol, weeks, DEFAULT_WEEKS)
    person = Layers(request.layers)
    start = person.last(lambda profile: profile.started, None) or date.today()
    days: tuple[Day, ...] = person.last(lambda profile: profile.days or None, ())
    folder = output_folder(output or OUTPUT / f"{request.name}-programme", advice="name another with -o")
    rows, sessions = _weeks(request, weeks, start, days)

    from audioguide.export.programme_index import index_of, playlist_of
    from audioguide.pipeline import make_mp3

    texts = {folder / INDEX: [index_of(rows).encode()], folder / PLAYLIST: [playlist_of(rows).encode()]}
    mp3s = {folder / file: make_mp3(prepared) for file, prepared in sessions.items()}
    refuse_clashes([*mp3s, *texts], request.sources)
    write_all({**mp3s, **texts})
    for path in (*mp3s, *texts):
        click.echo(path)
    if not quiet:
        # Most weeks give the same notes.
        for warning in dict.fromkeys(note for prepared in sessions.values() for note in prepared.plan.warnings):
            click.echo(f"note: {warning}", err=True)
        click.echo(f"\n{index_of(rows)}", nl=False)


def _weeks(
    request: SessionRequest, weeks: int, start: date, days: Sequence[Day]
) -> tuple[list[Week], dict[str, Prepared]]:
    """Return what the index says of each week, and the distinct sessions by the names of their files."""
    from audioguide.export.programme_index import Week
    from audioguide.export.week_contents import phase_lines
    from audioguide.model.profile import Profile
    from audioguide.model.protocol import Programme
    from audioguide.model.protocol_weeks import stated_weeks
    from audioguide.pipeline import prepare_session
    from audioguide.prescribe.layers import Layer
    from audioguide.prescribe.training_days import session_dates

    protocol = request.protocol
    programme = protocol.programme or Programme()
    dates = session_dates(programme, start, weeks, days)
    rows: list[Week] = []
    sessions: dict[str, Prepared] = {}
    # Weeks with the same events sound the same, whatever doses led there; the first of them names their file.
    files: dict[object, str] = {}
    for number in range(1, weeks + 1):
        differs = programme.grow_until_week is not None or stated_weeks(protocol)
        own = [Layer("programme", Profile(week=number))] if differs else []
        prepared = prepare_session(protocol, [*request.layers, *own])
        file = files.setdefault(prepared.plan.timeline.events, f"{protocol.id}-week-{number:02}.mp3")
        plan = sessions.setdefault(file, prepared).plan
        first = start + timedelta(weeks=number - 1)
        phases = phase_lines(sessions[file].session) if stated_weeks(protocol) else ()
        doses = (f"{change.exercise} {change.what}: {change.before} → {change.after}" for change in plan.changes)
        rows.append(
            Week(
                number=number,
                start=first,
                dates=tuple(day for day in dates if first <= day < first + timedelta(weeks=1)),
                file=file,
                title=plan.title,
                length_ms=plan.timeline.duration_ms,
                doses=(*phases, *doses),
            )
        )
    return rows, sessions
