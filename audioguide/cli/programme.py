"""`audioguide programme`: makes the sessions of several weeks, each distinct one once, with an index and a playlist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from audioguide.cli.options import session_options
from audioguide.cli.requests import (
    OUTPUT,
    SessionRequest,
    chosen_days,
    note_past,
    output_folder,
    read_request,
    started_on,
)
from audioguide.cli.sections import Section, SectionCommand, section_option
from audioguide.model.limits import DEFAULT_WEEKS, LAST_WEEK

if TYPE_CHECKING:
    from audioguide.export.programme_index import Week
    from audioguide.model.kinds import Day
    from audioguide.pipeline import Prepared
    from audioguide.prescribe.layers import Layer

MOST_SHUFFLED = 120
"""Sessions made at once of which each has an order of its own: every day of 17 weeks, which are over a gigabyte."""

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

    Doses grow as the protocol says, and shuffled phases have another order each day.
    The first week begins on the day that --started names, else today.
    """
    from audioguide.errors import RequestError
    from audioguide.export.bystanders import refuse_bystanders
    from audioguide.prescribe.training_days import weeks_wanted
    from audioguide.storage.whole_files import refuse_clashes, write_all

    if options["week"] is not None:
        raise RequestError(f"--week {options['week']}: a programme has all its weeks; say how many with --weeks")
    request = read_request(options)
    weeks = weeks_wanted(request.protocol, weeks, DEFAULT_WEEKS)
    start = started_on(request.layers, date.today()) or date.today()
    days = chosen_days(request.protocol, request.layers)
    folder = output_folder(output or OUTPUT / f"{request.name}-programme", advice="name another with -o")
    # Before a minute of work, and below again for the files whose names it gives.
    refuse_bystanders([folder / INDEX, folder / PLAYLIST], advice="name another folder with -o")
    rows, sessions = weeks_of(request, weeks, start, days=days)

    from audioguide.pipeline import make_mp3

    refuse_bystanders([folder / file for file in sessions], advice="name another folder with -o")
    written = overviews_of(rows, request)
    texts = {folder / name: [text.encode()] for name, text in written.items()}
    mp3s = {folder / file: make_mp3(prepared) for file, prepared in sessions.items()}
    refuse_clashes([*mp3s, *texts], request.sources)
    write_all({**mp3s, **texts})
    for path in (*mp3s, *texts):
        click.echo(path)
    if not quiet:
        # Where days have orders of their own, those of one order stand together.
        note_past(sorted(day for week in rows for day in week.dates), date.today(), option="--started")
        # Most weeks give the same notes.
        for warning in dict.fromkeys(note for prepared in sessions.values() for note in prepared.plan.warnings):
            click.echo(f"note: {warning}", err=True)
        click.echo(f"\n{written[INDEX]}", nl=False)


def overviews_of(rows: Sequence[Week], request: SessionRequest) -> Mapping[str, str]:
    """Return the index and the playlist of a programme's weeks by the names of their files, in its language."""
    from audioguide.export.programme_index import index_of, playlist_of
    from audioguide.languages.registry import find
    from audioguide.prescribe.language_choice import session_language
    from audioguide.prescribe.layers import Layers

    language = find(session_language(request.protocol, Layers(request.layers)))
    return {INDEX: index_of(rows, language), PLAYLIST: playlist_of(rows, language)}


class _Making(NamedTuple):
    """A session to be made, before it is known whether another sounds the same.

    Attributes:
        week: number of its week, 1 for the first.
        dates: the days on which it is done.
        layers: the person's changes, and what the programme adds for the week and the day.
        file: what its file is called, if no earlier one is the same.
    """

    week: int
    dates: tuple[date, ...]
    layers: list[Layer]
    file: str


def _makings(request: SessionRequest, weeks: int, start: date, dates: Sequence[date]) -> Iterator[_Making]:
    """Yield what is made: a session a week, or one a day where a phase of the week is shuffled."""
    from audioguide.model.limits import LARGEST_SEED
    from audioguide.model.profile import Profile
    from audioguide.model.protocol_weeks import differs_by_week, of_week
    from audioguide.prescribe.layers import Layer, Layers
    from audioguide.prescribe.shuffling import has_shuffled, seed_of_day

    protocol = request.protocol
    first_seed = Layers(request.layers).last(lambda profile: profile.seed, None)
    for number in range(1, weeks + 1):
        first = start + timedelta(weeks=number - 1)
        days = tuple(day for day in dates if first <= day < first + timedelta(weeks=1))
        week = number if differs_by_week(protocol) else None
        if not has_shuffled(of_week(protocol, number)):
            layers = [*request.layers, Layer("programme", Profile(week=week))]
            yield _Making(number, days, layers, f"{protocol.id}-week-{number:02}.mp3")
            continue
        for day in days:
            # The day's own seed, so that what is built on that day is the same; else one seed after the other.
            seed = seed_of_day(day) if first_seed is None else (first_seed + dates.index(day)) % (LARGEST_SEED + 1)
            layers = [*request.layers, Layer("programme", Profile(week=week, seed=seed))]
            yield _Making(number, (day,), layers, f"{protocol.id}-{day.isoformat()}.mp3")


def weeks_of(
    request: SessionRequest,
    weeks: int,
    start: date,
    *,
    days: Sequence[Day],
    prepare: Callable[..., Prepared] | None = None,
) -> tuple[list[Week], dict[str, Prepared]]:
    """Return what the index says of each week, and the distinct sessions by the names of their files.

    ``prepare`` prepares a session where voices are open already, as `pipeline.prepare_session` does.

    Raises:
        RequestError: when there are more orders than are made at once.
    """
    from audioguide.errors import RequestError
    from audioguide.export.programme_index import Week
    from audioguide.export.week_contents import phase_lines
    from audioguide.languages.registry import find
    from audioguide.model.protocol import Programme
    from audioguide.model.protocol_weeks import stated_weeks
    from audioguide.pipeline import prepare_session, prescribed
    from audioguide.prescribe.training_days import session_dates

    protocol = request.protocol
    programme = protocol.programme or Programme()
    dates = session_dates(programme, start, weeks, days)
    makings = list(_makings(request, weeks, start, dates))
    # Doses and order decide how a session sounds; what is the same is spoken and timed once.
    planned = [prescribed(protocol, making.layers) for making in makings]
    count = len({session.phases for session in planned if session.seed is not None})
    if count > MOST_SHUFFLED:
        what = f"{count} sessions, each in an order of its own, are too many at once"
        raise RequestError(f"{what}; at most {MOST_SHUFFLED} are made, so name fewer --weeks")
    made: dict[object, Prepared] = {}
    rows: dict[tuple[int, str], Week] = {}
    sessions: dict[str, Prepared] = {}
    # Weeks with the same events sound the same, whatever doses led there; the first of them names their file.
    files: dict[object, str] = {}
    for making, session in zip(makings, planned, strict=True):
        key = session.phases, session.closing
        if key not in made:
            made[key] = (prepare or prepare_session)(protocol, making.layers)
        file = files.setdefault(made[key].plan.timeline.events, making.file)
        prepared = sessions.setdefault(file, made[key])
        printed = find(prepared.plan.language).printed
        plan, row = prepared.plan, rows.get((making.week, file))
        listed = phase_lines(prepared.session) if stated_weeks(protocol) or plan.seed is not None else ()
        doses = (f"{change.exercise} {change.what}: {change.before} → {change.after}" for change in plan.changes)
        rows[making.week, file] = Week(
            number=making.week,
            start=start + timedelta(weeks=making.week - 1),
            dates=(*(row.dates if row else ()), *making.dates),
            file=file,
            title=plan.title,
            length_ms=plan.timeline.duration_ms,
            doses=(*listed, *doses, *([] if plan.seed is None else [printed.index.order.format(seed=plan.seed)])),
            times_a_day=programme.times_a_day,
        )
    return list(rows.values()), sessions
