"""`audioguide protocol`: lists, shows, checks and writes protocols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audioguide.cli.command import Group
from audioguide.cli.endings import refuse_ending
from audioguide.cli.exchange import export, import_

if TYPE_CHECKING:
    from audioguide.model.protocol import CoachingLine, Exercise, Instruction, Protocol


@click.group(cls=Group)
def protocol() -> None:
    """List, show, check and write protocols."""


@protocol.command("list")
def list_() -> None:
    """List the built-in protocols and exercises."""
    from rich.table import Table

    from audioguide.cli.consoles import console
    from audioguide.languages.listed_doses import dose_of
    from audioguide.library.builtin import exercises
    from audioguide.library.protocol_files import builtin_ids, load_protocol

    screen = console()
    protocols = Table("Protocol", "Title", "Phases", box=None, pad_edge=False, header_style="dim")
    for name in builtin_ids():
        loaded = load_protocol(name)
        protocols.add_row(name, loaded.title, ", ".join(phase.title for phase in loaded.phase))
    screen.print(protocols)
    table = Table("Exercise", "Name", "Dose", "Sides", box=None, pad_edge=False, header_style="dim")
    for name, exercise in exercises().items():
        table.add_row(name, exercise.name, dose_of(exercise), exercise.sides.value)
    screen.print()
    screen.print(table)


@protocol.command()
@click.argument("name", metavar="ID|FILE")
@click.option("--toml", is_flag=True, help="Print the file of a built-in protocol, to start your own from.")
@click.option(
    "--svg",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the figure of each exercise into FOLDER instead, for either side where it matters.",
)
def show(name: str, toml: bool, svg: Path | None) -> None:
    """Show what a protocol, or one exercise, prescribes."""
    from audioguide.library.builtin import exercises
    from audioguide.library.protocol_files import builtin_text, load_protocol

    if toml and svg:
        raise click.UsageError("--toml prints a file and --svg writes figures; name one of them")
    if toml:
        click.echo(builtin_text(name), nl=False)
    elif name in exercises():
        if svg:
            _write_figures({name: exercises()[name]}, svg)
        else:
            click.echo("\n".join(_exercise_lines(name, exercises()[name])))
    else:
        loaded = load_protocol(name)
        if svg:
            _write_figures(loaded.exercise, svg, name, loaded.language)
        else:
            click.echo("\n".join(_protocol_lines(loaded)))


def _write_figures(
    exercises: Mapping[str, Exercise], folder: Path, protocol: str | None = None, language: str = "en"
) -> None:
    """Write the figure of each exercise into ``folder``, all of them or none, and print where they are.

    Raises:
        RequestError: when there are none, or they can't be written there.
    """
    from audioguide.cli.requests import existing_files, output_folder
    from audioguide.errors import RequestError
    from audioguide.export.bystanders import refuse_bystanders
    from audioguide.export.figures.figure_files import figure_files
    from audioguide.languages.registry import find
    from audioguide.library.protocol_files import files_of
    from audioguide.model.pictured import OwnPicture
    from audioguide.pipeline import read_own_pictures
    from audioguide.storage.cache import default_cache
    from audioguide.storage.whole_files import refuse_clashes, refuse_unwritable, write_all

    own = {key: found.figure for key, found in exercises.items() if isinstance(found.figure, OwnPicture)}
    files = dict(figure_files(exercises, read_own_pictures(own, default_cache()), find(language)))
    if not files:
        raise RequestError(f"{protocol}: none of its exercises has a figure; give it one: figure = …")
    made = output_folder(folder, "name another folder")
    targets = {made / name: [content] for name, content in files.items()}
    sources = [*(files_of(protocol) if protocol else ()), *(picture.path for picture in own.values())]
    refuse_clashes([*targets], existing_files([*sources]))
    for target in targets:
        refuse_unwritable(target)
    # A user's own picture has no mark; one that is there as it is stays the same.
    changed = [path for path, content in targets.items() if not path.exists() or [path.read_bytes()] != content]
    refuse_bystanders(changed, advice="name another folder")
    write_all(targets)
    click.echo("\n".join(map(str, targets)))


@protocol.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Check a protocol file; every problem is named at once."""
    from audioguide.languages.registry import find
    from audioguide.library.language_guess import other_language_note
    from audioguide.library.protocol_files import load_protocol, unused_exercises
    from audioguide.library.translations import own_translations
    from audioguide.model.protocol_weeks import all_weeks, stated_weeks
    from audioguide.model.recorded import recorded_in
    from audioguide.pipeline import expected_shortages, read_own_pictures

    loaded = load_protocol(file)
    if next(recorded_in(loaded), None) is not None:
        # Loaded only where there are recordings, which most protocols do without.
        from audioguide.speech.own_clips import read_own_clips

        read_own_clips(loaded)
    if pictures := loaded.own_pictures():
        from audioguide.storage.cache import NoCache

        read_own_pictures(pictures, NoCache())
    uses = sum(len(phase.exercises) for phase in loaded.phase)
    phases = len(loaded.phase)
    counts = f"{phases} phase{'s' * (phases != 1)}, {uses} exercise{'s' * (uses != 1)}"
    if stated_weeks(loaded):
        counts += f", {all_weeks(loaded)}"
    click.echo(f"{file}: all right: {loaded.title}, {counts}")
    for code, path in own_translations(file).items():
        load_protocol(file, language=code)
        click.echo(f"{path}: all right: its {find(code).name} texts")
    if (note := other_language_note(loaded)) is not None:
        click.echo(f"note: {note}")
    for name in unused_exercises(loaded):
        click.echo(f"note: exercise.{name} is defined but no phase uses it")
    for shortage in expected_shortages(loaded):
        click.echo(f"note: {shortage}")


@protocol.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", default="en", metavar="CODE", help="Write it in this language, such as de.")
def new(file: Path, language: str) -> None:
    """Write a small protocol to FILE, with comments that explain each line, to change into your own."""
    from audioguide.library.protocol_files import refuse_as_new
    from audioguide.library.translations import template
    from audioguide.storage.whole_files import write_whole

    refuse_ending(file, ".toml")
    refuse_as_new(file)
    write_whole(file, template(language).encode())
    click.echo(f"{file}\nchange it, then: audioguide protocol check {file}, audioguide build {file}")


@protocol.command()
def schema() -> None:
    """Print the JSON Schema of protocol files, for editors."""
    import json

    from audioguide.model.protocol import Protocol

    # Editors look for the version of JSON Schema in the first line; pydantic leaves it out.
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Protocol.model_json_schema()}
    click.echo(json.dumps(made, indent=2))


protocol.add_command(import_)
protocol.add_command(export)


def _protocol_lines(loaded: Protocol) -> list[str]:
    """Return what a protocol prescribes: its phases, and below each its exercises with their doses."""
    from audioguide.languages.en.printed import PRINTED
    from audioguide.languages.listed_doses import dose_of, ranged
    from audioguide.model.units import plain_number

    lines = [f"{loaded.title} ({loaded.id})", *(f"  {text}" for text in (*loaded.summary, *loaded.safety))]
    if loaded.programme is not None:
        lines.append(f"  {PRINTED.programme.how_often(loaded.programme)}.")
    for phase in loaded.phase:
        title = phase.title
        if phase.circuit and phase.circuit.minutes:
            title += f" (as many rounds as you can in {ranged(phase.circuit.minutes)} min)"
        elif phase.circuit:
            work = f"work {plain_number(phase.circuit.work_s)} s, " if phase.circuit.work_s else ""
            rest = f"rest {plain_number(phase.circuit.rest_s)} s"
            title += f" (circuit: {phase.circuit.rounds} × round, {work}{rest})"
        if phase.sides:
            title += " (all with one side, then all with the other)"
        if phase.shuffle:
            title += " (shuffled)"
        if phase.weeks:
            title += f" ({phase.weeks})"
        lines += ["", title]
        for item in phase.exercises:
            if item.choice:
                lines.append(f"  one of, --choose {item.choice}=…")
            indent = "    " if item.choice else "  "
            for use in item.options:
                exercise = loaded.exercise[use.use]
                dose = dose_of(exercise, use)
                if phase.circuit and isinstance(use.rest_s, float):
                    dose += f", rest {plain_number(use.rest_s)} s"
                if item.weeks:
                    dose += f" ({item.weeks})"
                lines.append(f"{indent}{use.use:<22} {exercise.name:<38} {dose}")
    for title, texts in (
        ("Why in this way", loaded.why),
        ("Common mistakes", loaded.mistakes),
        ("Our own suggestions", loaded.suggestions),
        ("Breaks, --with-breaks", () if loaded.breaks is None else (loaded.breaks,)),
    ):
        lines += ["", title, *(f"  {text}" for text in texts)] if texts else []
    return lines


def _exercise_lines(name: str, exercise: Exercise) -> list[str]:
    """Return all that is known of one exercise, a line each."""
    from audioguide.languages.listed_doses import dose_of
    from audioguide.model.units import plain_number

    lines = [f"{exercise.name} ({name})", f"  {dose_of(exercise)}, sides {exercise.sides}"]
    parts = [f"tempo {number}" for number, part in enumerate(exercise.tempo, 1) if part.suggested]
    marked = [*exercise.suggested, *parts]
    for title, texts in (
        ("target", exercise.target),
        ("needs", exercise.equipment),
        ("figure", [exercise.figure] if isinstance(exercise.figure, str) else []),
        ("setup", _said(exercise.setup)),
        ("minimal", _said((*exercise.setup_minimal, *exercise.load_minimal))),
        ("load", _said(exercise.load)),
        ("coaching", _said(exercise.coaching)),
        ("caution", exercise.caution),
        ("mistake", exercise.mistake),
        ("avoid if", exercise.avoid_if),
        ("read", exercise.read),
        ("its tips", tuple(tip.text for tip in exercise.read_tips)),
        ("our own", [", ".join(marked)] if marked else []),
    ):
        lines += [f"  {title + ':' if index == 0 else '':<10}{text}" for index, text in enumerate(texts)]
    if exercise.every_s is not None:
        lines.append(f"  calls:    the time every {plain_number(exercise.every_s)} s")
    lines += [f"  {'calls:':<10}at {plain_number(call.at_s)} s: {call.say}" for call in exercise.calls]
    switches = {} if exercise.cues is None else exercise.cues.model_dump()
    off = [name.replace("_", " ") for name, on in switches.items() if on is False]
    return [*lines, f"  {'without:':<10}{', '.join(off)}"] if off else lines


def _said(lines: Iterable[Instruction | CoachingLine]) -> tuple[str, ...]:
    return tuple(line.say for line in lines)
