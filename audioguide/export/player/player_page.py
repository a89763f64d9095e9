"""Writes a session as a web page that plays it, and a list of such pages. They load nothing but the recording.

`export.player.blocks` says what is shown when; the templates are in `templates`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from audioguide.export.plan.picture import COLOURS, REST
from audioguide.export.player.blocks import Block, Rep, blocks_of, chapters_of, exercise_count, phase_and_name
from audioguide.export.tags.id3 import HEALTH_NOTE, NO_ADVICE
from audioguide.model.kinds import EventKind
from audioguide.model.plan import Plan
from audioguide.model.units import clock

if TYPE_CHECKING:
    from jinja2 import Environment

LIST_NOTE = f"What is here informs and times exercises. {NO_ADVICE}"

_PHASES = {f"{kind}-{side}" if side else str(kind): colour for (kind, side), colour in COLOURS.items()} | {
    "rest": REST,
    "switch": REST,
}
"""The colour of each phase; talk and getting ready have the page's own."""

_UNSAFE_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
"""What could end a script element or begin a comment in it, written so that JSON means the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session on the list.

    Attributes:
        plan: the session.
        link: address of its player page.
        made: the day it was made.
        recording: address of its MP3, to keep it; None where it is not offered.
    """

    plan: Plan
    link: str
    made: date
    recording: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A chapter in the words of the page."""

    number: int
    start_ms: int
    at: str
    phase: str
    name: str


@dataclass(frozen=True, slots=True)
class _Bar:
    """A block of the picture: where it begins and how long it is in ms, and its colour."""

    x: int
    width: int
    colour: str


def player_html(plan: Plan, audio: str, nonce: str | None = None, home: str | None = None) -> str:
    """Return the page that plays ``plan``.

    Args:
        plan: the session.
        audio: address of its MP3, or the MP3 itself as a ``data:`` address in base64.
        nonce: what allows the page's script and style in a server's Content-Security-Policy. Without it, the page
            carries a policy of its own.
        home: address of the list of sessions; None where there is none.
    """
    embedded = audio.partition(";base64,")[2] if audio.startswith("data:") else None
    return rendered(
        "player.html.j2",
        nonce=nonce,
        title=_title(plan),
        home=home,
        audio=audio if embedded is None else None,
        embedded=embedded,
        data=_script_json(_data(plan)),
        bars=_bars(plan),
        duration_ms=plan.timeline.duration_ms,
        length=clock(plan.timeline.duration_ms),
        chapters=_rows(plan),
        exercises=exercise_count(plan),
        phases=_PHASES,
        note=HEALTH_NOTE,
    )


def sessions_html(entries: Iterable[Entry], nonce: str | None = None, feed: str | None = None) -> str:
    """Return the page that lists ``entries``, the newest first where the caller sorted them so.

    Args:
        entries: the sessions.
        nonce: as for `player_html`.
        feed: address of the podcast feed, shown as text to copy into an app; None where there is none.
    """
    cards = [
        {
            "title": _title(entry.plan),
            "minutes": max(1, round(entry.plan.timeline.duration_ms / 60_000)),
            "exercises": exercise_count(entry.plan),
            "made": entry.made,
            "day": f"{entry.made.day} {entry.made:%b %Y}",
            "link": entry.link,
            "recording": entry.recording,
            "bars": _bars(entry.plan),
            "duration_ms": entry.plan.timeline.duration_ms,
        }
        for entry in entries
    ]
    return rendered("sessions.html.j2", nonce=nonce, cards=cards, feed=feed, note=LIST_NOTE)


def rendered(template: str, **values: object) -> str:
    """Return the page that ``template``, a file of the folder ``templates``, makes of ``values``."""
    # A plan read from a file may hold half a surrogate pair, which no encoding of a page can write.
    page = _environment().get_template(template).render(values)
    return page.encode("utf-8", "replace").decode("utf-8")


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("audioguide.export.player"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _title(plan: Plan) -> str:
    title = plan.title.strip() or plan.protocol or "Session"
    return f"{title} ({plan.profile})" if plan.profile else title


def _rows(plan: Plan) -> tuple[_Row, ...]:
    titles = [(chapter.start_ms, *phase_and_name(chapter.title)) for chapter in chapters_of(plan)]
    return tuple(
        _Row(number, start_ms, clock(start_ms), phase, name or "Session")
        for number, (start_ms, phase, name) in enumerate(titles)
    )


def _bars(plan: Plan) -> tuple[_Bar, ...]:
    """Return the blocks of the picture that have a colour."""
    return tuple(
        _Bar(block.start_ms, block.end_ms - block.start_ms, _PHASES[block.phase])
        for block in blocks_of(plan)
        if block.phase in _PHASES
    )


def _data(plan: Plan) -> dict[str, object]:
    """Return what the script needs of ``plan``."""
    return {
        "key": f"{plan.protocol}:{plan.timeline.duration_ms}",
        "title": _title(plan),
        "duration": plan.timeline.duration_ms,
        "chapters": [{"start": row.start_ms, "phase": row.phase, "name": row.name} for row in _rows(plan)],
        "blocks": [_block(block) for block in blocks_of(plan)],
        "cues": [[event.start_ms, event.end_ms, event.text or ""] for event in plan.timeline.of_kind(EventKind.SPEECH)],
    }


def _block(block: Block) -> dict[str, object]:
    return {
        "start": block.start_ms,
        "end": block.end_ms,
        "chapter": block.chapter,
        "phase": block.phase,
        "label": block.label,
        "where": block.where,
        "say": block.say,
        "next": block.next,
        "reps": [_rep(rep) for rep in block.reps],
    }


def _rep(rep: Rep) -> dict[str, object]:
    return {
        "end": rep.end_ms,
        "phase": rep.phase,
        "label": rep.label,
        "where": rep.where,
        "parts": list(rep.parts_ms),
    }


def _script_json(value: object) -> str:
    """Return ``value`` as JSON that can't break out of a script element; all but ASCII is escaped."""
    return json.dumps(value, separators=(",", ":")).translate(_UNSAFE_IN_SCRIPT)
