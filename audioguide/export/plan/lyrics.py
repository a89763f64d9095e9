"""Lyrics: what is said and what to do meanwhile, in order of time, and as a file that music players scroll (.lrc).

The tags of the MP3 hold the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.languages.registry import nearest
from audioguide.languages.sides import of_side
from audioguide.model.kinds import EventKind, HoldRole
from audioguide.model.plan import Plan
from audioguide.model.timeline import Event
from audioguide.model.units import to_seconds

# LRC has no escapes: a bracket in the words would read as a time or a tag.
_ROUND_BRACKETS = str.maketrans("[]", "()")


def to_lrc(plan: Plan) -> str:
    """Return ``plan`` as LRC: ``[mm:ss.xx]`` and the words of each line of its lyrics."""
    title = _on_one_line(plan.title).translate(_ROUND_BRACKETS)
    lines = [f"[ti:{title}]", "[by:audioguide]", f"[length:{_timestamp(plan.timeline.duration_ms)}]"]
    lines += [f"[{_timestamp(event.start_ms)}]{words.translate(_ROUND_BRACKETS)}" for event, words in lyrics(plan)]
    return "\n".join(lines) + "\n"


def lyrics(plan: Plan) -> Iterator[tuple[Event, str]]:
    """Yield each spoken cue and each hold of ``plan`` with its words on one line, in order of time."""
    language = nearest(plan.language)
    forms, number = language.printed.lyrics, language.formats.number
    for event in plan.timeline.events:
        if event.role is HoldRole.ROUNDS:
            yield event, forms.rounds.format(length=f"{number(round(to_seconds(event.duration_ms) / 60, 1))} min")
        elif event.kind is EventKind.HOLD:
            # To tenths, as the frame grid makes 19.992 s of 20.
            length, side = f"{number(round(to_seconds(event.duration_ms), 1))} s", event.place.side
            yield event, (of_side(forms.hold_of_side, side) if side else forms.hold).format(length=length)
        elif words := _on_one_line(event.text or ""):
            yield event, words


def _on_one_line(text: str) -> str:
    # A NUL ends a text in a tag (ID3v2.3, 3.3), and readers of files stop at it too.
    return " ".join(text.replace("\0", " ").split())


def _timestamp(ms: int) -> str:
    """Return ``mm:ss.xx``; minutes go on past 99, as LRC has no hours."""
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000 // 10:02}"
