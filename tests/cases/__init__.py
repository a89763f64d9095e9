"""Protocols as their users first typed them, each in the folder of what went wrong with it, and sessions of them."""

from __future__ import annotations

from pathlib import Path

from audioguide.library.protocol_files import load_protocol
from audioguide.model.kinds import BeepRole, EventKind, SpeechRole
from audioguide.model.protocol import Protocol
from audioguide.model.timeline import Event, Timeline
from audioguide.prescribe.layers import Layer
from tests.helpers import session_of, timed


def case(name: str) -> Protocol:
    """Return the protocol of a case, such as ``rest-zero/emom``."""
    return load_protocol(Path(__file__).parent / f"{name}.toml")


def timeline_of_case(name: str, *layers: Layer) -> Timeline:
    """Return the timeline of a case with fake lengths of speech."""
    return timed(session_of(case(name), *layers))[1]


def spoken(timeline: Timeline, *roles: SpeechRole) -> list[Event]:
    """Return what is said, of these roles where any are named."""
    return [event for event in timeline.of_kind(EventKind.SPEECH) if not roles or event.role in roles]


def work(timeline: Timeline) -> list[Event]:
    """Return every hold, and every rep."""
    return [event for event in timeline.events if event.kind in (EventKind.HOLD, EventKind.REP)]


def gaps_ms(timeline: Timeline) -> list[int]:
    """Return the time from the end of each effort to the start beep of the next."""
    starts = [event.start_ms for event in timeline.of_kind(EventKind.BEEP) if event.role is BeepRole.START]
    ends = [max(event.end_ms for event in work(timeline) if event.start_ms < start) for start in starts[1:]]
    return [start - end for start, end in zip(starts[1:], ends, strict=True)]
