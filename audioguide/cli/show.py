"""What the terminal shows: progress, the plan as a table people like to read, the summary of a build."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from audioguide.model.kinds import EventKind, SpeechRole
from audioguide.model.plan import Change, Plan
from audioguide.model.sound import DEFAULT_LUFS
from audioguide.model.timeline import Chapter, Event
from audioguide.model.units import clock, plain_number, to_seconds

STAGES = {"voice": "Speaking", "encode": "Writing MP3"}


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that moves a progress bar on stderr."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = {stage: progress.add_task(title, total=None) for stage, title in STAGES.items()}

        def move(stage: str, done: int, total: int) -> None:
            if stage in tasks:
                progress.update(tasks[stage], completed=done, total=total)

        yield move


def size(count: int) -> str:
    """Return a file's size as people write it."""
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(count / 1000, 0.1):.1f} kB"


def summary(plan: Plan, path: Path, count: int, beside: tuple[Path, ...]) -> str:
    """Return what a build says at its end: file, length, size, chapters."""
    lines = [
        f"{path}",
        f"{clock(plan.timeline.duration_ms)} long, {size(count)}, spoken by {plan.voice.engine} {plan.voice.voice}, "
        f"{len(plan.timeline.chapters)} chapters:",
    ]
    lines += [f"  {clock(chapter.start_ms):>7}  {chapter.title}" for chapter in plan.timeline.chapters]
    lines += [f"also {other}" for other in beside]
    return "\n".join(lines)


def print_plan(plan: Plan, beeps: bool) -> None:
    """Print the plan as a table, a section for each chapter, then what changed and what is left out."""
    console = Console(highlight=False)
    console.print(f"[bold]{_plain(plan.title)}[/bold]" + (f" for {_plain(plan.profile)}" if plan.profile else ""))
    console.print(_totals(plan))
    console.print(_timetable(plan, beeps))
    for title, rows in (
        ("Changed", [_change(change) for change in plan.changes]),
        ("Left out", [f"{item.name} ({item.exercise}): {item.why}" for item in plan.left_out]),
        ("No room for", [f"“{item.text}” {item.exercise or ''}: {item.why}" for item in plan.timeline.dropped]),
        ("Note", list(plan.warnings)),
    ):
        if rows:
            console.print(f"\n[bold]{title}[/bold]")
            for row in rows:
                console.print(f"  {_plain(row)}", soft_wrap=True)


def _totals(plan: Plan) -> str:
    timeline = plan.timeline
    holds = sum(event.duration_ms for event in timeline.of_kind(EventKind.HOLD))
    reps = sum(event.duration_ms for event in timeline.of_kind(EventKind.REP))
    rests = sum(event.duration_ms for event in timeline.of_kind(EventKind.REST))
    parts = [f"{clock(timeline.duration_ms)} in all", f"holds {_rounded(holds)}", f"reps {_rounded(reps)}"]
    parts += [f"rests and changes {_rounded(rests)}", f"speech {timeline.speech_share():.0%}"]
    voice = f"voice {plan.voice.engine} {plan.voice.voice} at {plan.voice.rate_wpm} words a minute"
    sound = " · ".join([voice, *_sounds(plan)])
    return " · ".join(part for part in parts if not part.endswith(" 0:00")) + f"\n{_plain(sound)}"


def _sounds(plan: Plan) -> Iterator[str]:
    """Yield what sounds besides the voice, and how loud it is where that is not the usual."""
    sound = plan.sound
    if sound.voice_lufs(plan.voice.volume) != DEFAULT_LUFS:
        yield f"{plain_number(round(sound.voice_lufs(plan.voice.volume), 1))} LUFS"
    if sound.music is not None:
        pieces = sound.music.pieces
        named = pieces[0] if len(pieces) == 1 else f"{len(pieces)} pieces"
        yield f"music {named}, {plain_number(sound.music.below_db)} dB below"
    if sound.breath is not None:
        seconds = [plain_number(to_seconds(ms)) for ms in (sound.breath.in_ms, sound.breath.out_ms)]
        yield f"breath tone, {seconds[0]} s in and {seconds[1]} s out"
    if sound.own_sounds:
        yield f"own beeps: {', '.join(sound.own_sounds)}"


def _rounded(ms: int) -> str:
    """Return a length to the nearest second; a hold of 45 s lies on the frame grid at 44.99 s."""
    return clock(round(to_seconds(ms)) * 1000)


def _timetable(plan: Plan, beeps: bool) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim")
    for name, style, justify in (("Time", "cyan", "right"), ("Length", "dim", "right"), ("Side", "magenta", "left")):
        table.add_column(name, style=style, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("What happens", overflow="fold")
    for chapter in plan.timeline.chapters:
        table.add_row("", "", "", "")
        length = _rounded(chapter.end_ms - chapter.start_ms)
        table.add_row(f"[bold]{clock(chapter.start_ms)}", length, "", f"[bold]{_plain(chapter.title)}")
        _add_events(table, plan, chapter, beeps)
    return table


def _add_events(table: Table, plan: Plan, chapter: Chapter, beeps: bool) -> None:
    events = plan.timeline.events_in(chapter)
    for event in events if beeps else _without_small_sounds(events):
        start = clock(event.start_ms) if not beeps else f"{event.start_ms / 1000:.3f}"
        table.add_row(start, _length(event), event.place.side or "", _what(event))


def _without_small_sounds(events: Sequence[Event]) -> Iterator[Event]:
    """Yield what a reader follows: no ticks and counts; a set of reps as one row."""
    reps: list[Event] = []
    for event in events:
        if event.kind in (EventKind.BEEP, EventKind.BREATH) or event.role is SpeechRole.COUNT:
            continue
        if event.kind is EventKind.REP:
            reps.append(event)
            continue
        if reps:
            yield _whole_set(reps)
            reps = []
        yield event
    if reps:
        yield _whole_set(reps)


def _whole_set(reps: Sequence[Event]) -> Event:
    """Return a set as one event; its place says no rep, and as text how many there are."""
    sides = {event.place.side for event in reps}
    place = replace(reps[0].place, rep=None, side=reps[0].place.side if len(sides) == 1 else None)
    return replace(reps[0], end_ms=reps[-1].end_ms, place=place, text=f"{len(reps)} rep{'s' * (len(reps) != 1)}")


def _length(event: Event) -> str:
    if event.kind in (EventKind.HOLD, EventKind.REP, EventKind.REST):
        return f"{plain_number(round(to_seconds(event.duration_ms), 1))} s"
    return ""


def _what(event: Event) -> str:
    number = f", set {event.place.set}" if event.place.set and event.place.set > 1 else ""
    match event.kind:
        case EventKind.SPEECH:
            return f"“{_plain(event.text or '')}”"
        case EventKind.BEEP:
            return f"[yellow]♪ {event.role}[/yellow]"
        case EventKind.HOLD:
            return f"[bold green]Hold[/bold green] {event.place.exercise}{number}"
        case EventKind.REP:
            return f"[bold green]{event.text or f'Rep {event.place.rep}'}[/bold green] {event.place.exercise}{number}"
        case EventKind.REST:
            words = {"setup": "get into position", "switch": "change sides", "rest": "rest"}
            return f"[blue]{words[event.role]}[/blue]"
        case EventKind.BREATH:
            return f"[dim]breath {event.role}[/dim]"


def _change(change: Change) -> str:
    side = f" {change.side}" if change.side else ""
    return f"{change.exercise} {change.what}{side}: {change.before} → {change.after}, by {change.by}"


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
