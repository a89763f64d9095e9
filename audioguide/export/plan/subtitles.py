"""Subtitles (.vtt): every spoken cue while it is heard, for those who read along or can't hear."""

from __future__ import annotations

from audioguide.model.kinds import EventKind
from audioguide.model.made_by import MADE_BY
from audioguide.model.plan import Plan

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""A ``-->`` would end the cue; escaped it can't occur (W3C WebVTT, 4.1 and 4.2.2)."""


def to_vtt(plan: Plan) -> str:
    """Return the spoken cues of ``plan`` as WebVTT, in order of time."""
    # Behind the signature any text may stand (W3C WebVTT, 4.1).
    cues = [f"WEBVTT - {MADE_BY}\n"]
    for event in plan.timeline.of_kind(EventKind.SPEECH):
        # On one line, as an empty line would end the cue (W3C WebVTT, 4.1).
        text = " ".join((event.text or "").split()).translate(_ESCAPES)
        cues.append(f"\n{_timestamp(event.start_ms)} --> {_timestamp(event.end_ms)}\n{text}\n")
    return "".join(cues)


def _timestamp(ms: int) -> str:
    """Return ``hh:mm:ss.ttt``."""
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
