"""`audioguide batch`: a table of people becomes a folder of sessions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audioguide.cli.parsing import DATE
from audioguide.cli.requests import OUTPUT
from audioguide.cli.sections import Section, SectionCommand, section_option
from audioguide.errors import RequestError
from audioguide.model.limits import DEFAULT_PROTOCOL, DEFAULT_WEEKS, LAST_WEEK
from audioguide.model.text import printable

if TYPE_CHECKING:
    from audioguide.batches.batch_run import Batch, Result, Workers
    from audioguide.batches.making import Beside, Finished

FILE = click.Path(path_type=Path)

ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1")

STOPPED = 130
"""Exit code after Ctrl-C, as of every command."""


@click.command(cls=SectionCommand)
@click.argument("people", type=FILE, required=False, metavar="[PEOPLE]")
@section_option(Section.PERSON, "--protocol", metavar="NAME|FILE", help="For rows that name none; else hip-flexor.")
@section_option(Section.PERSON, "--encoding", type=click.Choice(ENCODINGS), help="Of a CSV that is not Unicode.")
@section_option(
    Section.PERSON,
    "--template",
    type=FILE,
    metavar="FILE",
    help="Write a table with examples for the protocol instead.",
)
@section_option(Section.WEEKS, "--programme", is_flag=True, help="Make each person's weeks too, in a folder of theirs.")
@section_option(
    Section.WEEKS,
    "--weeks",
    type=click.IntRange(1, LAST_WEEK),
    metavar="N",
    help=f"How many weeks; else as many as the protocol has, or {DEFAULT_WEEKS}.",
)
@section_option(
    Section.WEEKS,
    "--start",
    type=DATE,
    metavar="YYYY-MM-DD",
    help="When weeks begin for who has not started; else today.",
)
@section_option(Section.OUTPUT, "-o", "--output", type=FILE, metavar="DIR", help="Where the files go.")
@section_option(Section.OUTPUT, "--handout", is_flag=True, help="Write each person's page to print (.handout.html).")
@section_option(Section.OUTPUT, "--calendar", is_flag=True, help="Write each person's reminders (.ics).")
@section_option(Section.OUTPUT, "--page", is_flag=True, help="Write each person's page that plays the session (.html).")
@section_option(
    Section.OUTPUT, "--workers", type=click.IntRange(1, 1000), metavar="N", help="Processes; else one a processor."
)
@section_option(
    Section.OUTPUT, "--cluster", metavar="ADDRESS", help="Work on the Dask cluster at tcp://HOST:8786 instead."
)
@section_option(Section.OUTPUT, "--quiet", is_flag=True, help="Print only what failed.")
def batch(people: Path | None, **options: Any) -> int:
    """Make the sessions of many people: a row a person, a column a setting.

    PEOPLE is a CSV, TSV or XLSX file. Its columns are named like options and the keys of profiles:
    name, protocol, minutes, weak side, hold couch-stretch, note couch-stretch, and so on. The same
    command again makes only what is new.
    """
    if options["template"] is not None:
        return _write_template(people, options)
    if people is None:
        raise RequestError("name a table of people, or write one with --template people.csv")

    from audioguide.batches.batch_run import Batch
    from audioguide.batches.local_workers import LocalWorkers
    from audioguide.batches.making import Job
    from audioguide.batches.people import read_people
    from audioguide.batches.tables import read_table

    table = read_table(people, options["encoding"])
    reader, listed = read_people(table, options["protocol"] or DEFAULT_PROTOCOL)
    job = Job(reader, date.today(), tuple(_beside(options)))
    folder = options["output"] or OUTPUT / people.stem
    workers: Workers
    if options["cluster"] is not None:
        from audioguide.batches.cluster import ClusterWorkers

        if options["workers"] is not None:
            raise RequestError(f"--workers {options['workers']}: a cluster has its own; leave it out")
        workers = ClusterWorkers(job, options["cluster"])
    else:
        workers = LocalWorkers(job, min(options["workers"] or LocalWorkers.usual(), len(listed)))
    with Batch(job, listed, folder, workers) as made:
        return _made(made, folder, quiet=options["quiet"])


def _made(made: Batch, folder: Path, quiet: bool) -> int:
    """Make everyone's sessions and say what became of them; return the exit code."""
    from audioguide.batches.batch_run import Status, counts

    with _bar(made.count, quiet) as advance:
        try:
            made.check()
            for result in made.run():
                advance(result)
        except KeyboardInterrupt:
            done = sum(result.record is not None for result in made.results)
            click.echo(f"audioguide: stopped; {done} of {made.count} people are done in {folder}", err=True)
            click.echo("the same command goes on from there", err=True)
            return STOPPED
    failed = [result for result in made.results if result.status is Status.FAILED]
    for result in sorted(failed, key=lambda result: result.number):
        click.echo(f"row {result.number}, {printable(result.name)}: {result.problem}", err=True)
    if not quiet:
        numbers = counts(made.results)
        kept = f", {numbers[Status.KEPT]} kept" if numbers[Status.KEPT] else ""
        wrong = f", {len(failed)} failed" if failed else ""
        click.echo(f"{numbers[Status.MADE]} made{kept}{wrong}")
        for listing in (folder / "index.html", folder / "manifest.csv"):
            if listing.exists():
                click.echo(listing)
    return 1 if failed else 0


@contextmanager
def _bar(total: int, quiet: bool) -> Iterator[Any]:
    """Give what moves a progress bar on stderr by a person; where nobody looks at it there is none."""
    if quiet or not sys.stderr.isatty():
        yield lambda result: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from audioguide.cli.consoles import console

    columns = (
        TextColumn("People"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bars:
        task = bars.add_task("people", total=total, rate="")

        def advance(_: Result) -> None:
            bars.advance(task)
            speed = bars.tasks[0].finished_speed or bars.tasks[0].speed
            bars.update(task, rate=f"{speed:.1f} a second" if speed else "")

        yield advance


def _write_template(people: Path | None, options: Mapping[str, Any]) -> int:
    from audioguide.batches.template_table import template_csv
    from audioguide.library.protocol_files import load_protocol
    from audioguide.storage.whole_files import refuse_unwritable, write_whole

    path: Path = options["template"]
    if people is not None:
        raise RequestError(f"--template {path} writes a table and makes no sessions; name no other")
    refuse_unwritable(path)
    if path.exists():
        raise RequestError(f"{path} is there already; name another file, or remove it")
    if path.suffix.casefold() != ".csv":
        raise RequestError(f"{path}: what is written is CSV; name it {path.with_suffix('.csv')}")
    name = options["protocol"] or DEFAULT_PROTOCOL
    write_whole(path, template_csv(load_protocol(name), name))
    click.echo(path)
    return 0


def _beside(options: Mapping[str, Any]) -> Iterator[Beside]:
    """Yield what makes the files that are asked for besides the MP3."""
    weeks, start = options["weeks"], options["start"]
    if options["handout"]:
        yield partial(handout_file, weeks=weeks, start=start)
    if options["page"]:
        yield page_file
    # What begins today is another thing tomorrow, so the day is a part of what is asked for.
    if options["calendar"]:
        yield partial(calendar_file_of, weeks=weeks, start=start or date.today())
    if options["programme"]:
        yield partial(programme_files, weeks=weeks, start=start or date.today())
    elif weeks is not None and not (options["handout"] or options["calendar"]):
        raise RequestError(f"--weeks {weeks}: nothing has weeks here; add --programme, --handout or --calendar")


def handout_file(finished: Finished, weeks: int | None, start: date | None) -> Mapping[str, Iterable[bytes]]:
    """Return a person's page to print."""
    from audioguide.cli.handout import handout_of
    from audioguide.cli.requests import SessionRequest
    from audioguide.export.handout.handout_page import to_html

    wanted = finished.wanted
    request = SessionRequest(wanted.protocol, list(wanted.layers), wanted.protocol.id, wanted.sources)
    made = handout_of(request, start, weeks, prepare=finished.prepare)
    return {".handout.html": [to_html(made).encode()]}


def page_file(finished: Finished) -> Mapping[str, Iterable[bytes]]:
    """Return a person's page that plays the session."""
    from audioguide.cli.page import page_of
    from audioguide.export.tags.id3 import read_pictures

    return {".html": page_of(finished.mp3, finished.prepared.plan, read_pictures(finished.mp3))}


def calendar_file_of(finished: Finished, weeks: int | None, start: date) -> Mapping[str, Iterable[bytes]]:
    """Return a person's reminders."""
    from audioguide.cli.calendar import DEFAULT_REMIND, reminders_of
    from audioguide.cli.requests import started_on
    from audioguide.export.calendar.reminders import calendar_file

    wanted = finished.wanted
    options = {
        "weeks": weeks,
        "start": started_on(wanted.layers, date.today()) or start,
        "remind": DEFAULT_REMIND,
        **dict.fromkeys(("days", "breaks", "break_days", "zone", "length", "language")),
        "times": (),
    }
    reminders = reminders_of(wanted.protocol, wanted.layers, options, prepare=finished.prepare)
    return {".ics": [calendar_file(reminders)]}


def programme_files(finished: Finished, weeks: int | None, start: date) -> Mapping[str, Iterable[bytes]]:
    """Return the sessions of a person's weeks, in a folder of theirs, with an index and a playlist."""
    from audioguide.cli.programme import overviews_of, weeks_of
    from audioguide.cli.requests import SessionRequest, chosen_days, started_on
    from audioguide.pipeline import make_mp3
    from audioguide.prescribe.training_days import weeks_wanted

    wanted = finished.wanted
    layers = list(wanted.layers)
    count = weeks_wanted(wanted.protocol, weeks, DEFAULT_WEEKS)
    first = started_on(layers, date.today()) or start
    request = SessionRequest(wanted.protocol, layers, wanted.protocol.id, wanted.sources)
    days = chosen_days(wanted.protocol, layers)
    rows, sessions = weeks_of(request, count, first, days=days, prepare=finished.prepare)
    files: dict[str, Iterable[bytes]] = {f"/{file}": make_mp3(prepared) for file, prepared in sessions.items()}
    return files | {f"/{name}": [text.encode()] for name, text in overviews_of(rows, request).items()}
