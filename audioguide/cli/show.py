"""What the terminal shows: progress, the plan as a table people like to read, the summary of a build."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace
from rich.markup import escape
from rich.table import Table

from audioguide.cli.consoles import console
from audioguide.languages.registry import nearest
from audioguide.model.kinds import EventKind, HoldRole, SpeechRole
from audioguide.model.plan import Change, Plan
from audioguide.model.progress import Progress
from audioguide.model.sound import DEFAULT_LUFS
from audioguide.model.timeline import Dropped, Event
from audioguide.model.units import clock, plain_number, to_seconds


@contextlib.contextmanager
def progress_bars() -> Iterator[tuple[Progress, Progress]]:
    """Give what moves two progress bars on stderr: one for the voice, one for the MP3."""
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console(stderr=True), transient=True) as bars:

        def bar(title: str) -> Progress:
            task = bars.add_task(title, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield bar("Speaking"), bar("Writing MP3")


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
    # Nobody asked for fewer words, so that what gave way is said where the result is; a plan lists all that changed.
    lines += [f"less is said: {_change(change)}" for change in plan.changes if change.what == "detail"]
    if plan.seed is not None:
        lines.append(f"the order is that of --seed {plan.seed}")
    return "\n".join(lines)


def print_plan(plan: Plan, beeps: bool, often: str = "") -> None:
    """Print the plan as a table, a section for each chapter, then what changed and what is left out.

    ``often`` says how often the session is done; empty where nobody says.
    """
    screen = console()
    week = "" if plan.week is None else f", week {plan.week}"
    whose = f" for {escape(plan.profile)}" if plan.profile else ""
    screen.print(f"[bold]{escape(plan.title)}[/bold]{week}{whose}")
    if often:
        screen.print(often)
    if (language := nearest(plan.language)).code != "en":
        screen.print(f"in {language.name} ({plan.language})")
    screen.print(_totals(plan))
    screen.print(_timetable(plan, beeps))
    for title, rows in (
        ("Told first", list(plan.notices)),
        ("Changed", [_change(change) for change in plan.changes]),
        ("Left out", [f"{item.name} ({item.exercise}): {item.why}" for item in plan.left_out]),
        ("To mind", [f"{note.exercise}: {note.text}" for note in plan.notes]),
        ("Recorded", [f"“{recording.text}” from {recording.file}" for recording in plan.recordings]),
        # Built-in figures go without saying.
        ("Own pictures", [f"{own.exercise}: {own.figure}" for own in plan.figures if own.alt is not None]),
        ("No room for", list(_dropped(plan.timeline.dropped))),
        ("Note", list(plan.warnings)),
    ):
        if rows:
            screen.print(f"\n[bold]{title}[/bold]")
            # Not broken: these lines are copied into searches and mails.
            for row in rows:
                screen.print(f"  {escape(row)}", soft_wrap=True)


def _dropped(cues: Iterable[Dropped]) -> Iterator[str]:
    """Yield what had no room, a line for all that is alike: the same words for the same reason."""
    alike: dict[tuple[str, str], list[Dropped]] = {}
    for cue in cues:
        # Each rest that was made longer has a length of its own in its reason.
        alike.setdefault((cue.text, "longer" if cue.longer_ms else cue.why), []).append(cue)
    for (text, _), group in alike.items():
        count = sum(cue.count for cue in group)
        names = ", ".join(dict.fromkeys(cue.exercise for cue in group if cue.exercise))
        longer_ms = sum(cue.longer_ms for cue in group)
        if longer_ms and count > 1:
            seconds = plain_number(to_seconds(longer_ms))
            why = f"made longer, {seconds} s in all, to say what comes next"
        else:
            why = group[0].why
        times = f" ({count} times)" if count > 1 else ""
        yield f"“{text}” {names}{times}: {why}"


def _totals(plan: Plan) -> str:
    """Return how long what lasts, and in a second line what sounds: the voice, and what is not the usual."""
    timeline = plan.timeline
    lengths_ms = {
        name: sum(event.duration_ms for event in timeline.of_kind(kind))
        for name, kind in (("holds", EventKind.HOLD), ("reps", EventKind.REP), ("rests and changes", EventKind.REST))
    }
    rounds_ms = sum(event.duration_ms for event in timeline.events if event.role is HoldRole.ROUNDS)
    lengths_ms = {"rounds": rounds_ms, **lengths_ms, "holds": lengths_ms["holds"] - rounds_ms}
    # A session without reps or rests need not say so.
    parts = [f"{name} {_rounded(length_ms)}" for name, length_ms in lengths_ms.items() if length_ms >= 500]
    lengths = [f"{clock(timeline.duration_ms)} in all", *parts, f"speech {timeline.speech_share():.0%}"]
    sound = plan.sound
    sounds = [f"voice {plan.voice.engine} {plan.voice.voice} at {plan.voice.rate_wpm} words a minute"]
    if sound.voice_lufs(plan.voice.volume) != DEFAULT_LUFS:
        sounds.append(f"{plain_number(round(sound.voice_lufs(plan.voice.volume), 1))} LUFS")
    if sound.music is not None:
        pieces = sound.music.pieces
        named = pieces[0] if len(pieces) == 1 else f"{len(pieces)} pieces"
        sounds.append(f"music {named}, {plain_number(sound.music.below_db)} dB below")
    if sound.breath is not None:
        seconds = [plain_number(to_seconds(ms)) for ms in (sound.breath.in_ms, sound.breath.out_ms)]
        sounds.append(f"breath tone, {seconds[0]} s in and {seconds[1]} s out")
    if sound.own_sounds:
        sounds.append(f"own beeps: {', '.join(sound.own_sounds)}")
    if plan.seed is not None:
        sounds.append(f"order of seed {plan.seed}")
    return f"{' · '.join(lengths)}\n{escape(' · '.join(sounds))}"


def _rounded(ms: int) -> str:
    """Return a length to the nearest second; a hold of 45 s lies on the frame grid at 44.99 s."""
    return clock(round(to_seconds(ms)) * 1000)


def _timetable(plan: Plan, beeps: bool) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim")
    for name, style, justify in (("Time", "cyan", "right"), ("Length", "dim", "right"), ("Side", "magenta", "left")):
        table.add_column(name, style=style, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    # rich would else cut a long word short.
    table.add_column("What happens", overflow="fold")
    for chapter in plan.timeline.chapters:
        table.add_row("", "", "", "")
        length = _rounded(chapter.end_ms - chapter.start_ms)
        table.add_row(f"[bold]{clock(chapter.start_ms)}", length, "", f"[bold]{escape(chapter.title)}")
        events = plan.timeline.events_in(chapter)
        for event in events if beeps else _without_small_sounds(events):
            # Beeps are told apart by milliseconds, chapters and words by seconds.
            start = f"{event.start_ms / 1000:.3f}" if beeps else clock(event.start_ms)
            length = ""
            if event.kind in (EventKind.HOLD, EventKind.REP, EventKind.REST):
                length = f"{plain_number(round(to_seconds(event.duration_ms), 1))} s"
            table.add_row(start, length, event.place.side or "", _what(event))
    return table


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
    # Where sides alternate from rep to rep the set has none of its own.
    sides = {event.place.side for event in reps}
    place = replace(reps[0].place, rep=None, side=reps[0].place.side if len(sides) == 1 else None)
    return replace(reps[0], end_ms=reps[-1].end_ms, place=place, text=f"{len(reps)} rep{'s' * (len(reps) != 1)}")


def _what(event: Event) -> str:
    number = f", set {event.place.set}" if event.place.set and event.place.set > 1 else ""
    match event.kind:
        case EventKind.SPEECH:
            return f"“{escape(event.text or '')}”"
        case EventKind.BEEP:
            return f"[yellow]♪ {event.role}[/yellow]"
        case EventKind.HOLD if event.role is HoldRole.ROUNDS:
            return "[bold green]As many rounds as you can[/bold green]"
        case EventKind.HOLD:
            repeat = f", hold {event.place.rep}" if event.place.rep else ""
            return f"[bold green]Hold[/bold green] {event.place.exercise}{number}{repeat}"
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
