"""`audioguide calendar`: reminders of the sessions, and of movement breaks, as a file for any calendar."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from audioguide.export.calendar.reminders import Breaks, Reminders
    from audioguide.model.kinds import Day
    from audioguide.model.profile import Profile
    from audioguide.model.protocol import Protocol

WORKING_DAYS = "mon,tue,wed,thu,fri"
LONGEST_LENGTH = 1_440
LONGEST_REMIND = 10_080


@click.command()
@click.argument("protocol", default="hip-flexor", metavar="[PROTOCOL]")
@click.option("--profile", metavar="NAME|FILE", help="A kept profile, or a file.")
@click.option("--start", metavar="YYYY-MM-DD", help="The first day; else the profile's, else today.")
@click.option("--time", "at", default="18:00", metavar="HH:MM", help="When the session begins; else 18:00.")
@click.option("--weeks", type=int, default=12, metavar="N", help="For so many weeks; else 12.")
@click.option("--days", metavar="DAYS", help="Your days, such as mon,wed,fri; else the profile's, else spread evenly.")
@click.option("--length", type=int, metavar="MINUTES", help="How long it takes; else as long as the session is.")
@click.option("--remind", type=int, default=10, metavar="MINUTES", help="Alarm so long before; 0 for none; else 10.")
@click.option("--zone", metavar="NAME", help="Your time zone, such as Europe/Berlin; else this machine's.")
@click.option("--breaks", metavar="HH:MM-HH:MM", help="Add a movement break after each of these working hours.")
@click.option("--break-days", metavar="DAYS", help="Days of the breaks; else mon,tue,wed,thu,fri.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the calendar file goes.")
def calendar(protocol: str, profile: str | None, output: Path | None, **options: Any) -> None:
    """Write reminders for the weeks as a calendar file.

    PROTOCOL is a built-in id or the path of a protocol file; without it, hip-flexor. Open the file on a phone or
    computer to add the reminders; opening it again updates them.
    """
    from audioguide.cli.build import default_output
    from audioguide.cli.options import sources
    from audioguide.export.calendar.reminders import calendar_file
    from audioguide.library.profile_files import load_profile
    from audioguide.library.protocol_files import load_protocol
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_whole

    person = load_profile(profile) if profile is not None else None
    loaded = load_protocol(protocol)
    reminders = _reminders(loaded, person, options)
    path = output or default_output(loaded.id, profile).with_suffix(".ics")
    refuse_clashes([path], sources(protocol, profile, []))
    refuse_unwritable(path)
    write_whole(path, calendar_file(reminders))
    _note(reminders, chosen_zone=options["zone"] is not None)
    click.echo(path)
    click.echo(_summary(reminders))


def _reminders(protocol: Protocol, person: Profile | None, options: dict[str, Any]) -> Reminders:
    from audioguide.cli.parsing import local_zone, read_time, read_zone
    from audioguide.export.calendar.reminders import Reminders

    start, weeks = _span(person, options)
    _within("--remind", options["remind"], 0, LONGEST_REMIND)
    return Reminders(
        protocol=protocol.id,
        title=protocol.title,
        profile=person.name if person is not None else None,
        programme=protocol.programme,
        dates=_dates(protocol, person, options["days"], start, weeks),
        at=read_time("--time", options["at"]),
        remind=options["remind"],
        zone=local_zone() if options["zone"] is None else read_zone(options["zone"]),
        breaks=_breaks(options["breaks"], options["break_days"], start, weeks),
        minutes=_minutes(protocol, person, options["length"]),
        made=date.today(),
    )


def _span(person: Profile | None, options: dict[str, Any]) -> tuple[date, int]:
    from audioguide.cli.parsing import read_date
    from audioguide.errors import RequestError
    from audioguide.model.limits import LAST_WEEK

    weeks = options["weeks"]
    _within("--weeks", weeks, 1, LAST_WEEK)
    begun = person.started if person is not None else None
    start = begun or date.today() if options["start"] is None else read_date("--start", options["start"])
    if date.max - start < timedelta(weeks=weeks):
        raise RequestError(f"{weeks} weeks from {start} lie beyond the calendar; name an earlier --start")
    return start, weeks


def _within(option: str, value: int, least: int, most: int) -> None:
    from audioguide.errors import RequestError

    if not least <= value <= most:
        raise RequestError(f"{option} {value}: name a number from {least} to {most}")


def _dates(protocol: Protocol, person: Profile | None, days: str | None, start: date, weeks: int) -> tuple[date, ...]:
    """Return the dates of the session; a protocol that does not say how often is done on some days every week."""
    from audioguide.cli.parsing import read_days
    from audioguide.errors import RequestError
    from audioguide.model.protocol import Programme
    from audioguide.prescribe.training_days import session_dates

    chosen: tuple[Day, ...] = person.days if person is not None else ()
    where = f"profile {person.name}" if chosen and person is not None else ""
    if days is not None:
        chosen, where = read_days("--days", days), f"--days {days}"
    try:
        return session_dates(protocol.programme or Programme(), start, weeks, chosen)
    except RequestError as error:
        raise RequestError(f"{where}: {error}") from None


def _breaks(hours: str | None, days: str | None, start: date, weeks: int) -> Breaks | None:
    from audioguide.cli.parsing import read_days, read_hours
    from audioguide.errors import RequestError
    from audioguide.export.calendar.reminders import Breaks
    from audioguide.model.protocol import Programme
    from audioguide.prescribe.training_days import session_dates

    if hours is None:
        if days is not None:
            raise RequestError(f"--break-days {days}: there are no breaks; add the hours, such as --breaks 9:00-17:00")
        return None
    chosen = read_days("--break-days", WORKING_DAYS if days is None else days)
    return Breaks(session_dates(Programme(), start, weeks, chosen), read_hours("--breaks", hours))


def _minutes(protocol: Protocol, person: Profile | None, length: int | None) -> int:
    """Return how many minutes to keep free: those asked for, else the session's own, up to the next five."""
    if length is not None:
        _within("--length", length, 1, LONGEST_LENGTH)
        return length
    from audioguide.pipeline import prepare_session
    from audioguide.prescribe.layers import Layer

    layers = [] if person is None else [Layer.of_profile(person)]
    duration_ms = prepare_session(protocol, layers).plan.timeline.duration_ms
    return -(-duration_ms // 300_000) * 5


def _note(reminders: Reminders, chosen_zone: bool) -> None:
    today, first, last = date.today(), reminders.dates[0], reminders.dates[-1]
    if last < today:
        click.echo(f"note: all sessions are past, the last one on {last}; name a later --start", err=True)
    elif today - first > timedelta(days=365):
        click.echo(f"note: the first session, on {first}, is more than a year past", err=True)
    if not chosen_zone and _is_utc(reminders.zone):
        advice = "if yours does not, add --zone, such as --zone Europe/Berlin"
        click.echo(f"note: this machine's clock runs on UTC; {advice}", err=True)


def _is_utc(zone: ZoneInfo) -> bool:
    return zone.key.removeprefix("Etc/") in {"UTC", "UCT", "GMT", "Universal", "Zulu"}


def _summary(reminders: Reminders) -> str:
    first, last = reminders.dates[0], reminders.dates[-1]
    hours = f"{reminders.at:%H:%M} ({reminders.zone.key})"
    sessions = f"{len(reminders.dates)} sessions of {reminders.minutes} min from {first} to {last}, at {hours}"
    if reminders.breaks is None:
        return sessions
    times = reminders.breaks.times
    return f"{sessions}; {len(times)} movement breaks a working day, {times[0]:%H:%M} to {times[-1]:%H:%M}"
