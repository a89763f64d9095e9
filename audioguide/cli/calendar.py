"""`audioguide calendar`: reminders of the sessions, and of movement breaks, as a file for any calendar."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.command import Command
from audioguide.cli.endings import refuse_ending
from audioguide.cli.parsing import DATE, DAYS, HOURS, TIME, ZONE, local_zone
from audioguide.cli.requests import chosen_days, existing_files, note_past, output_folder, session_name, started_on
from audioguide.errors import RequestError
from audioguide.model.kinds import Day
from audioguide.model.limits import DEFAULT_WEEKS, LAST_WEEK, MOST_MINUTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audioguide.export.calendar.reminders import Reminders
    from audioguide.model.protocol import Programme, Protocol
    from audioguide.pipeline import Prepared
    from audioguide.prescribe.layers import Layer

WORKING_DAYS = tuple(Day)[:5]

DEFAULT_REMIND = 10
"""Minutes: enough to put down what one does, and to change."""

LONGEST_REMIND = 7 * MOST_MINUTES
"""An alarm more than a week ahead is a slip of the keyboard."""

ROUNDED_TO_MINUTES = 5


@click.command(cls=Command)
@click.argument("protocol", nargs=-1, metavar="[PROTOCOL]...")
@click.option("--profile", metavar="NAME|FILE", help="A profile that you made, or a file.")
@click.option(
    "--start",
    "--started",
    type=DATE,
    metavar="YYYY-MM-DD",
    help="The first day of the programme; else the profile's, else today.",
)
@click.option(
    "--time",
    "times",
    type=TIME,
    multiple=True,
    metavar="HH:MM",
    help="When the session begins; again for each time of a day; else 18:00, or spread from 8:00 to 20:00.",
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
@click.option("--language", metavar="CODE", help="In this language; else the profile's, else the protocol's.")
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
    from audioguide.export.bystanders import refuse_bystanders
    from audioguide.export.calendar.reminders import calendar_file
    from audioguide.library.profile_files import find_profile, load_profile
    from audioguide.library.protocol_files import files_of, load_protocols
    from audioguide.prescribe.layers import Layer
    from audioguide.prescribe.times_of_day import shown
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_whole

    profile_file = None if profile is None else find_profile(profile)
    person = None if profile_file is None else Layer.of_profile(load_profile(profile_file), profile_file)
    language = options["language"] or (None if person is None else person.profile.language)
    loaded = load_protocols(protocol, language=language)
    sources = [profile_file, *(file for name in protocol for file in files_of(name))]
    reminders = reminders_of(loaded, [] if person is None else [person], options)
    path = output or output_folder() / f"{session_name(loaded.id, profile)}.ics"
    refuse_clashes([path], existing_files(sources))
    refuse_unwritable(path)
    if output is None:
        refuse_bystanders([path], advice="name another file with -o")
    refuse_ending(path, ".ics")
    write_whole(path, calendar_file(reminders))
    _print_notes(reminders, options)
    click.echo(path)
    first, last = reminders.dates[0], reminders.dates[-1]
    sessions = len(reminders.dates) * len(reminders.times)
    said = f"{sessions} sessions of {reminders.minutes} min from {first} to {last}, "
    said += f"at {shown(*reminders.times)} ({reminders.zone.key})"
    if reminders.breaks is not None:
        times = reminders.breaks.times
        said += f"; {len(times)} movement breaks a working day, {times[0]:%H:%M} to {times[-1]:%H:%M}"
    click.echo(said)


def reminders_of(
    protocol: Protocol, layers: Sequence[Layer], options: dict[str, Any], prepare: Callable[..., Prepared] | None = None
) -> Reminders:
    """Return what is to be remembered; what no option says is the person's, whose ``layers`` are, else the protocol's.

    ``prepare`` prepares the session where voices are open already, as `pipeline.prepare_session` does.

    Raises:
        RequestError: for numbers out of bounds, days that the protocol doesn't allow, and an unknown time zone.
    """
    from audioguide.cli.options import checked
    from audioguide.export.calendar.reminders import Breaks, Reminders
    from audioguide.model.protocol import Programme
    from audioguide.prescribe.language_choice import session_language
    from audioguide.prescribe.layers import Layer, Layers
    from audioguide.prescribe.training_days import session_dates, weeks_wanted

    weeks = weeks_wanted(protocol, options["weeks"], DEFAULT_WEEKS)
    _refuse_outside("--weeks", weeks, 1, LAST_WEEK)
    stated = checked({"language": options["language"]} if options["language"] is not None else {})
    stated = stated.model_copy(update={"started": options["start"], "days": options["days"] or ()})
    own, layers = layers, [*layers, Layer.of_options(stated)]
    start = started_on(layers, date.today()) or date.today()
    # Python's dates, and most calendars, end with the year 9999.
    if date.max - start < timedelta(weeks=weeks):
        raise RequestError(f"{weeks} weeks from {start} lie beyond the calendar; name an earlier --start")
    _refuse_outside("--remind", options["remind"], 0, LONGEST_REMIND)
    # A protocol that does not say how often is done on some days every week.
    programme = protocol.programme or Programme()
    dates = session_dates(programme, start, weeks, chosen_days(protocol, layers))
    hours, break_days = options["breaks"], options["break_days"]
    if hours is None and break_days is not None:
        what = f"--break-days {','.join(break_days)}: there are no breaks"
        raise RequestError(f"{what}; add the hours, such as --breaks 9:00-17:00")
    # Breaks are taken on every working day: a programme's days off are of no account to someone who sits.
    working_days = session_dates(Programme(), start, weeks, break_days or WORKING_DAYS)
    return Reminders(
        protocol=protocol.id,
        title=protocol.title,
        profile=Layers(own).last(lambda profile: profile.name, None),
        programme=protocol.programme,
        dates=dates,
        times=_times(options["times"], programme),
        remind=options["remind"],
        zone=options["zone"] or local_zone(),
        breaks=None if hours is None else Breaks(working_days, hours),
        minutes=_minutes(protocol, own, options["length"], prepare),
        # A calendar takes the file made last for the newer one.
        made=date.today(),
        language=session_language(protocol, Layers(layers)),
    )


def _times(named: tuple[time, ...], programme: Programme) -> tuple[time, ...]:
    """Return when the session begins on each day: at the times of the option, else spread over the day."""
    from audioguide.prescribe.times_of_day import shown, times_of_day

    try:
        return times_of_day(named, programme.times_a_day)
    except RequestError as error:
        raise RequestError(f"--time {shown(*named)}: {error}") from None


def _refuse_outside(option: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise RequestError(f"{option} {value}: name a number from {least} to {most}")


def _minutes(
    protocol: Protocol, own: Sequence[Layer], length: int | None, prepare: Callable[..., Prepared] | None
) -> int:
    """Return how many minutes to keep free: those asked for, else the session's own, up to the next five."""
    if length is not None:
        _refuse_outside("--length", length, 1, MOST_MINUTES)
        return length
    from audioguide.model.profile import Profile
    from audioguide.pipeline import prepare_session, week_sessions
    from audioguide.prescribe.layers import Layer

    layers = [*own]
    # The same length is kept free in all weeks, so the longest one decides; words differ little between them.
    if weeks := week_sessions(protocol, layers):
        longest = max(weeks, key=lambda session: sum(phase.work_ms for phase in session.phases))
        layers.append(Layer("programme", Profile(week=longest.week)))
    # Calendars lay out their days in steps of five minutes; the next one is free for putting the mat away.
    duration_ms = (prepare or prepare_session)(protocol, layers).plan.timeline.duration_ms
    return -(-duration_ms // (ROUNDED_TO_MINUTES * 60_000)) * ROUNDED_TO_MINUTES


def _print_notes(reminders: Reminders, options: dict[str, Any]) -> None:
    """Print what may be a mistake: times nobody named, reminders of the past, a clock on UTC as servers' are."""
    from audioguide.prescribe.times_of_day import shown

    note_past(reminders.dates, date.today(), option="--start")
    count, times_a_day = len(reminders.times), reminders.programme.times_a_day if reminders.programme else None
    if count > 1 and not options["times"]:
        click.echo(
            f"note: {count} times a day are spread to {shown(*reminders.times)}; name yours with --time", err=True
        )
    elif times_a_day is not None and count > times_a_day:
        says = "once" if times_a_day == 1 else f"{times_a_day} times"
        click.echo(f"note: the protocol says {says} a day, and you named {count} times", err=True)
    utc = reminders.zone.key.removeprefix("Etc/") in {"UTC", "UCT", "GMT", "Universal", "Zulu"}
    if utc and options["zone"] is None:
        advice = "if yours does not, add --zone, such as --zone Europe/Berlin"
        click.echo(f"note: this machine's clock runs on UTC; {advice}", err=True)
