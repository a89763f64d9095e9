"""Lyrics with times (.lrc), which music players scroll through: what is said, and what to do meanwhile."""

from __future__ import annotations

from audioguide.model.kinds import EventKind
from audioguide.model.plan import Plan
from audioguide.model.timeline import Event
from audioguide.model.units import plain_number, to_seconds


def to_lrc(plan: Plan) -> str:
    """Return ``plan`` as LRC: ``[mm:ss.xx]`` and a line for each spoken cue and each hold, in order of time."""
    shown = [event for event in plan.timeline.events if _line(event)]
    head = f"[ti:{_plain(plan.title)}]\n[by:audioguide]\n[length:{_stamp(plan.timeline.duration_ms)}]\n"
    return head + "".join(f"[{_stamp(event.start_ms)}]{_line(event)}\n" for event in shown)


def _line(event: Event) -> str:
    if event.kind is EventKind.HOLD:
        side = f", {event.place.side} side" if event.place.side else ""
        return f"Hold {plain_number(to_seconds(event.duration_ms))} s{side}"
    return _plain(event.text or "")


def _plain(text: str) -> str:
    """Return ``text`` on one line and without the brackets that would read as a time or a tag."""
    return " ".join(text.translate({ord("["): "(", ord("]"): ")"}).split())


def _stamp(ms: int) -> str:
    """Return ``mm:ss.xx``; minutes go on past 99, as LRC has no hours."""
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000 // 10:02}"
