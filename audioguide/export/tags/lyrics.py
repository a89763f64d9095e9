"""Lyrics: what is said and what to do meanwhile, in order of time, and as a file that music players scroll (.lrc).

`export.tags.id3` puts the same lines into the MP3.
"""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.model.kinds import EventKind
from audioguide.model.plan import Plan
from audioguide.model.timeline import Event
from audioguide.model.units import plain_number, to_seconds


def to_lrc(plan: Plan) -> str:
    """Return ``plan`` as LRC: ``[mm:ss.xx]`` and the words of each line of its lyrics."""
    head = f"[ti:{_unbracketed(_plain(plan.title))}]\n[by:audioguide]\n[length:{_stamp(plan.timeline.duration_ms)}]\n"
    return head + "".join(f"[{_stamp(event.start_ms)}]{_unbracketed(words)}\n" for event, words in lyrics(plan))


def lyrics(plan: Plan) -> Iterator[tuple[Event, str]]:
    """Return each spoken cue and each hold of ``plan`` with its words on one line, in order of time."""
    for event in plan.timeline.events:
        words = _words(event)
        if words:
            yield event, words


def _words(event: Event) -> str:
    if event.kind is EventKind.HOLD:
        side = f", {event.place.side} side" if event.place.side else ""
        # To tenths, as the frame grid makes 19.992 s of 20.
        return f"Hold {plain_number(round(to_seconds(event.duration_ms), 1))} s{side}"
    return _plain(event.text or "")


def _plain(text: str) -> str:
    """Return ``text`` on one line and without the NUL that would end it in a tag."""
    return " ".join(text.replace("\0", " ").split())


def _unbracketed(words: str) -> str:
    """Return ``words`` without the brackets that would read as a time or a tag."""
    return words.translate({ord("["): "(", ord("]"): ")"})


def _stamp(ms: int) -> str:
    """Return ``mm:ss.xx``; minutes go on past 99, as LRC has no hours."""
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000 // 10:02}"
