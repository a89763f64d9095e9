"""`audioguide handout`: a page to print that goes with the recording."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.options import layers, session_options, sources
from audioguide.errors import RequestError
from audioguide.model.kinds import Day

if TYPE_CHECKING:
    from audioguide.export.handout.handout_page import Handout
    from audioguide.export.handout.week_table import Weeks
    from audioguide.model.protocol import Programme, Protocol
    from audioguide.prescribe.layers import Layer

_ANY_MONDAY = date(2024, 1, 1)
"""Where nobody knows the start, the weeks begin on Mondays."""


@click.command()
@session_options
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the page goes (.html).")
@click.option("--start", metavar="YYYY-MM-DD", help="First day to print; else by when it started.")
@click.option("--weeks", type=click.IntRange(1, 52), default=4, metavar="N", help="How many weeks to tick; else 4.")
def handout(
    protocol: str, profile: str | None, output: Path | None, start: str | None, weeks: int, **options: Any
) -> None:
    """Write a page to print: exercises, doses, weeks to tick.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor. Print FILE from a browser.
    """
    from audioguide.cli.build import default_output
    from audioguide.library.protocol_files import load_protocol
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_whole

    wishes = layers(profile, options)
    first_day = None if start is None else _date(start)
    loaded = load_protocol(protocol)
    path = output or default_output(loaded.id, profile).with_suffix(".html")
    refuse_clashes([path], sources(protocol, profile, wishes))
    refuse_unwritable(path)

    from audioguide.export.handout.handout_page import to_html

    made = _handout(loaded, wishes, first_day, weeks)
    write_whole(path, to_html(made).encode())
    for warning in made.plan.warnings:
        click.echo(f"note: {warning}", err=True)
    click.echo(path)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(f"--start {text}: no such day; write one such as 2026-10-05") from None


def _handout(protocol: Protocol, wishes: list[Layer], first_day: date | None, count: int) -> Handout:
    from audioguide.export.handout.handout_page import Handout
    from audioguide.model.protocol import Programme, TimesAWeek
    from audioguide.pipeline import prepare_session
    from audioguide.prescribe.layers import Layers
    from audioguide.prescribe.training_days import training_days

    laid = Layers(wishes)
    made = prepare_session(protocol, wishes, today=date.today())
    session, plan = made.session, made.plan
    programme = protocol.programme or Programme(times_a_week=TimesAWeek(default=len(Day)))
    chosen: tuple[Day, ...] = laid.last(lambda person: person.days or None, ())
    days, week = training_days(programme, chosen), session.week or 1
    try:
        start = first_day - timedelta(weeks=week - 1) if first_day else laid.last(lambda person: person.started, None)
        weeks = _weeks(programme, start, days, week, count)
    except OverflowError:
        raise RequestError(f"the calendar ends before week {week + count - 1} does; name another --start") from None
    stated = days if protocol.programme or chosen else ()
    return Handout(session, plan, protocol.programme, stated, weeks)


def _weeks(programme: Programme, start: date | None, days: tuple[Day, ...], first: int, count: int) -> Weeks:
    from audioguide.export.handout.week_table import Weeks
    from audioguide.prescribe.training_days import session_dates

    begin = start or _ANY_MONDAY
    done_on = frozenset(session_dates(programme, begin, first + count - 1, days))
    return Weeks(begin, start is not None, done_on, first, count)
