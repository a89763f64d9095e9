"""`audioguide calendar`: reminders of the sessions, and of movement breaks, as a file for any calendar."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.parsing import DATE, DAYS, HOURS, TIME, ZONE, local_zone
from audioguide.cli.requests import existing_files, output_folder, session_name
from audioguide.errors import RequestError
from audioguide.model.kinds import Day
from audioguide.model.limits import DEFAULT_WEEKS, LAST_WEEK, MOST_MINUTES

if TYPE_CHECKING:
    from audioguide.export.calendar.reminders import Reminders
    from audioguide.model.profile import Profile
    from audioguide.model.protocol import Protocol

USUAL_TIME = "18:00"
"""After work: most programmes are done daily, and one that fits no evening can name its time."""

WORKING_DAYS = tuple(Day)[:5]

DEFAULT_REMIND = 10
"""Minutes: enough to put down what one does, and to change."""

LONGEST_REMIND = 7 * MOST_MINUTES
"""An alarm more than a week ahead is a slip of the keyboard."""

ROUNDED_TO_MINUTES = 5


@click.command()
@click.argument("protocol", nargs=-1, metavar="[PROTOCOL]...")
@click.option("--profile", metavar="NAME|FILE", help="A profile that you made, or a file.")
@click.option("--start", type=DATE, metavar="YYYY-MM-DD", help="The first day; else the profile's, else today.")
@click.option(
    "--time",
    "at",
    type=TIME,
    default=USUAL_TIME,
    metavar="HH:MM",
    help=f"When the session begins; else {USUAL_TIME}.",
)
@click.option(
    "--weeks",
    type=int,
    metavar="N",
    help=f"For so many weeks; else as many as the protocol has, or {DEFAULT_WEEKS}.",
)
@click.option(
    "--days",
    type=DAYS,
    metavar="DAYS",
    help="Your days, such as mon,wed,fri; else the profile's, else spread evenly.",
)
@click.option("--length", type=int, metavar="MINUTES", help="How long it takes; else as long as the session is.")
@click.option(
    "--remind",
    type=int,
    default=DEFAULT_REMIND,
    metavar="MINUTES",
    help=f"Alarm so long before; 0 for none; else {DEFAULT_REMIND}.",
)
@click.option("--zone", type=ZONE, metavar="NAME", help="Your time zone, such as Europe/Berlin; else this machine's.")
@click.option(
    "--breaks", type=HOURS, metavar="HH:MM-HH:MM", help="Add a movement break after each of these working hours."
)
@click.option(
    "--break-days",
    type=DAYS,
    metavar="DAYS",
    help=f"Days of the breaks; else {','.join(WORKING_DAYS)}.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the calendar file goes.")
def calendar(protocol: tuple[str, ...], profile: str | None, output: Path | None, **options: Any) -> None:
    """Write reminders for the weeks as a calendar file.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor. Several are
    done one after the other, as one session. Open the file on a phone or computer
    to add the reminders; opening it again updates them.
    """
    from audioguide.export.calendar.reminders import calendar_file
    from audioguide.library.profile_files import find_profile, load_profile
    from audioguide.library.protocol_files import files_of, load_protocols
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_whole

    person = load_profile(profile) if profile is not None else None
    loaded = load_protocols(protocol)
    sources: list[Path | None] = [file for name in protocol for file in files_of(name)]
    sources += [] if profile is None else [find_profile(profile)]
    reminders = _reminders(loaded, person, options)
    path = output or output_folder() / f"{session_name(loaded.id, profile)}.ics"
    refuse_clashes([path], existing_files(sources))
    refuse_unwritable(path)
    write_whole(path, calendar_file(reminders))
    _print_notes(reminders, zone_stated=options["zone"] is not None)
    click.echo(path)
    first, last = reminders.dates[0], reminders.dates[-1]
    said = f"{len(reminders.dates)} sessions of {reminders.minutes} min from {first} to {last}, "
    said += f"at {reminders.at:%H:%M} ({reminders.zone.key})"
    if reminders.breaks is not None:
        times = reminders.breaks.times
        said += f"; {len(times)} movement breaks a working day, {times[0]:%H:%M} to {times[-1]:%H:%M}"
    click.echo(said)


def _reminders(protocol: Protocol, person: Profile | None, options: dict[str, Any]) -> Reminders:
    """Return what is to be remembered; what no option says is the profile's, else the protocol's.

    Raises:
        RequestError: for numbers out of bounds, days that the protocol doesn't allow, and an unknown time zone.
    """
    from audioguide.export.calendar.reminders import Breaks, Reminders
    from audioguide.model.protocol import Programme
    from audioguide.prescribe.training_days import session_dates, weeks_wanted

    weeks = weeks_wanted(protocol, options["weeks"], DEFAULT_WEEKS)
    _refuse_outside("--weeks", weeks, 1, LAST_WEEK)
    start = options["start"] or (person and person.started) or date.today()
    # Python's dates, and most calendars, end with the year 9999.
    if date.max - start < timedelta(weeks=weeks):
        raise RequestError(f"{weeks} weeks from {start} lie beyond the calendar; name an earlier --start")
    _refuse_outside("--remind", options["remind"], 0, LONGEST_REMIND)
    days = options["days"] or (person.days if person is not None else ())
    try:
        # A protocol that does not say how often is done on some days every week.
        dates = session_dates(protocol.programme or Programme(), start, weeks, days)
    except RequestError as error:
        source = f"--days {','.join(days)}" if options["days"] or person is None else f"profile {person.name}"
        raise RequestError(f"{source}: {error}") from None
    hours, break_days = options["breaks"], options["break_days"]
    if hours is None and break_days is not None:
        what = f"--break-days {','.join(break_days)}: there are no breaks"
        raise RequestError(f"{what}; add the hours, such as --breaks 9:00-17:00")
    # Breaks are taken on every working day: a programme's days off are of no account to someone who sits.
    working_days = session_dates(Programme(), start, weeks, break_days or WORKING_DAYS)
    return Reminders(
        protocol=protocol.id,
        title=protocol.title,
        profile=person.name if person is not None else None,
        programme=protocol.programme,
        dates=dates,
        at=options["at"],
        remind=options["remind"],
        zone=options["zone"] or local_zone(),
        breaks=None if hours is None else Breaks(working_days, hours),
        minutes=_minutes(protocol, person, options["length"]),
        # A calendar takes the file made last for the newer one.
        made=date.today(),
    )


def _refuse_outside(option: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise RequestError(f"{option} {value}: name a number from {least} to {most}")


def _minutes(protocol: Protocol, person: Profile | None, length: int | None) -> int:
    """Return how many minutes to keep free: those asked for, else the session's own, up to the next five."""
    if length is not None:
        _refuse_outside("--length", length, 1, MOST_MINUTES)
        return length
    from audioguide.model.profile import Profile
    from audioguide.pipeline import prepare_session, week_sessions
    from audioguide.prescribe.layers import Layer

    layers = [] if person is None else [Layer.of_profile(person)]
    # The same length is kept free in all weeks, so the longest one decides; words differ little between them.
    if weeks := week_sessions(protocol, layers):
        longest = max(weeks, key=lambda session: sum(phase.work_ms for phase in session.phases))
        layers.append(Layer("programme", Profile(week=longest.week)))
    # Calendars lay out their days in steps of five minutes; the next one is free for putting the mat away.
    duration_ms = prepare_session(protocol, layers).plan.timeline.duration_ms
    return -(-duration_ms // (ROUNDED_TO_MINUTES * 60_000)) * ROUNDED_TO_MINUTES


def _print_notes(reminders: Reminders, zone_stated: bool) -> None:
    """Print what may be a mistake: reminders of the past, and a clock that runs on UTC as servers' do."""
    today, first, last = date.today(), reminders.dates[0], reminders.dates[-1]
    if last < today:
        click.echo(f"note: all sessions are past, the last one on {last}; name a later --start", err=True)
    elif today - first > timedelta(days=365):
        click.echo(f"note: the first session, on {first}, is more than a year past", err=True)
    utc = reminders.zone.key.removeprefix("Etc/") in {"UTC", "UCT", "GMT", "Universal", "Zulu"}
    if utc and not zone_stated:
        advice = "if yours does not, add --zone, such as --zone Europe/Berlin"
        click.echo(f"note: this machine's clock runs on UTC; {advice}", err=True)
