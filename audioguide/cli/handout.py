"""`audioguide handout`: a page to print that goes with the recording."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.endings import refuse_ending
from audioguide.cli.options import session_options
from audioguide.cli.parsing import DATE
from audioguide.cli.requests import SessionRequest, chosen_days, output_folder, read_request
from audioguide.cli.sections import Section, SectionCommand, section_option
from audioguide.errors import RequestError
from audioguide.model.kinds import Day

if TYPE_CHECKING:
    from collections.abc import Callable

    from audioguide.export.handout.handout_page import Handout
    from audioguide.export.handout.printed_texts import Breaks
    from audioguide.pipeline import Prepared

MOST_WEEKS = 52
"""Weeks on one handout: a year fills several pages already."""

DEFAULT_WEEKS_PRINTED = 4
"""A month to tick, which fits on the page beside the exercises."""

ANY_MONDAY = date(2024, 1, 1)
"""Where nobody knows the start, the weeks begin on Mondays."""


@click.command(cls=SectionCommand)
@session_options
@section_option(
    Section.OUTPUT,
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the page goes (.html).",
)
@section_option(
    Section.WEEKS, "--start", type=DATE, metavar="YYYY-MM-DD", help="First day to print; else by when it started."
)
@section_option(
    Section.WEEKS,
    "--weeks",
    type=click.IntRange(1, MOST_WEEKS),
    metavar="N",
    help=f"How many weeks to tick; else {DEFAULT_WEEKS_PRINTED}.",
)
def handout(output: Path | None, start: date | None, weeks: int | None, **options: Any) -> None:
    """Write a page to print: exercises, doses, weeks to tick.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor. Several are
    done one after the other, as one session. Print FILE from a browser.
    """
    from audioguide.export.bystanders import refuse_bystanders
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_whole

    request = read_request(options)
    path = output or output_folder() / f"{request.name}.html"
    refuse_clashes([path], request.sources)
    refuse_unwritable(path)
    if output is None:
        refuse_bystanders([path], advice="name another file with -o")
    refuse_ending(path, ".html")

    from audioguide.export.handout.handout_page import to_html

    made = handout_of(request, start, weeks)
    write_whole(path, to_html(made).encode())
    for warning in made.plan.warnings:
        click.echo(f"note: {warning}", err=True)
    click.echo(path)


def handout_of(
    request: SessionRequest, first_day: date | None, asked: int | None, prepare: Callable[..., Prepared] | None = None
) -> Handout:
    """Return what the page says: the session of its week, and so many weeks from there as are asked for.

    ``prepare`` prepares the session where voices are open already, as `pipeline.prepare_session` does.

    Raises:
        RequestError: for weeks that the protocol or the calendar doesn't have.
    """
    from audioguide.export.handout.handout_page import Handout
    from audioguide.export.handout.printed_texts import printed_texts
    from audioguide.export.handout.week_table import Weeks
    from audioguide.export.week_contents import week_contents
    from audioguide.library.protocol_files import and_breaks
    from audioguide.model.protocol import Programme, TimesAWeek
    from audioguide.model.protocol_weeks import last_week
    from audioguide.pipeline import prepare_session, read_own_pictures, week_sessions
    from audioguide.prescribe.layers import Layers
    from audioguide.prescribe.training_days import session_dates, training_days

    person = Layers(request.layers)
    made = (prepare or prepare_session)(request.protocol, request.layers, today=date.today())
    programme = request.protocol.programme or Programme(times_a_week=TimesAWeek(default=len(Day)))
    chosen = chosen_days(request.protocol, request.layers)
    days, week = training_days(programme, chosen), made.session.week or 1
    count, last = asked or DEFAULT_WEEKS_PRINTED, last_week(request.protocol)
    if last is not None and week + count - 1 > last:
        if asked is not None:
            raise RequestError(f"--weeks {asked}: from week {week} on, this protocol has {last - week + 1}; name fewer")
        count = last - week + 1
    try:
        # The first day printed begins the week of these doses; the programme began so many weeks before.
        start = first_day - timedelta(weeks=week - 1) if first_day else person.last(lambda own: own.started, None)
        begin = start or ANY_MONDAY
        done_on = frozenset(session_dates(programme, begin, week + count - 1, days))
    except OverflowError:
        raise RequestError(f"the calendar ends before week {week + count - 1} does; name another --start") from None
    return Handout(
        session=made.session,
        plan=made.plan,
        programme=request.protocol.programme,
        days=days if request.protocol.programme or chosen else (),
        weeks=Weeks(
            begin, dated=start is not None, done_on=done_on, first=week, count=count, times_a_day=programme.times_a_day
        ),
        own_pictures=read_own_pictures(and_breaks(request.protocol).own_pictures(), made.store),
        texts=printed_texts(request.protocol, _printed_breaks(request)),
        contents=tuple(week_contents(week_sessions(request.protocol, request.layers), goes_on=last is None)),
    )


def _printed_breaks(request: SessionRequest) -> Breaks | None:
    """Return the breaks that the protocol states, as this person does them; None where nothing is left of them."""
    from audioguide.export.handout.printed_texts import Breaks
    from audioguide.library.protocol_files import load_protocol
    from audioguide.pipeline import break_phases

    phases = break_phases(request.protocol, request.layers, date.today())
    if request.protocol.breaks is None or not phases:
        return None
    breaks = load_protocol(request.protocol.breaks, language=request.protocol.language)
    # What the page says already at its top needs no second place.
    safety = tuple(text for text in breaks.safety if text not in request.protocol.safety)
    return Breaks(breaks.title, breaks.summary, safety, phases)
