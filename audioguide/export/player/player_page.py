"""Writes a session as a web page that plays it, and a list of such pages. They load nothing but the recording."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from audioguide.export.figures.figure_svg import FIGURE_CSS
from audioguide.export.figures.pictures import Picture
from audioguide.export.page_templates import filled_page
from audioguide.export.plan.picture import COLOURS, REST
from audioguide.export.player.blocks import Block, blocks_of, chapters_of, exercise_count
from audioguide.export.player.page_figures import PageFigures
from audioguide.export.player.set_positions import WorkSet, break_ends_ms, sets_of
from audioguide.export.titles import full_title
from audioguide.languages.printed import Printed
from audioguide.languages.registry import nearest
from audioguide.model.kinds import EventKind, Side, SpeechRole
from audioguide.model.plan import Plan
from audioguide.model.timeline import Chapter
from audioguide.model.units import clock, whole_minutes

_TEMPLATES = "audioguide.export.player"

_COLOURS = {f"{kind}-{side}" if side else str(kind): colour for (kind, side), colour in COLOURS.items()} | {
    "rest": REST,
    "switch": REST,
}
"""The colour of each activity; talk and getting ready have the page's own."""

STEP_S = 10
"""How far the page's buttons go back and on, as its script has it."""

_SCRIPT_WORDS = (
    *("next", "done", "play", "pause", "loading"),
    *("stopped", "damaged", "unloaded", "unplayable", "tap", "waiting"),
)
"""The sentences that the page's script shows, of `PlayerWords`."""

_LOG_WORDS = {
    **{name: name for name in ("day", "session", "done", "part", "effort", "note", "chart", "course")},
    **{name: name for name in ("saved", "erased", "refused", "full", "unreadable")},
    **{name: name for name in ("erase_one", "erase_one_ask", "erase_yes", "erase_no", "erased_one")},
    "before": "pain_before",
    "after": "pain_after",
}
"""The sentences that it shows in the log, by its names for them: those of `LogWords`."""

_UNSAFE_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
"""What could end a script element or begin a comment in it, written so that JSON means the same."""


class Entry(Struct, frozen=True):
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


class _ListedChapter(Struct, frozen=True):
    """A chapter in the words of the page."""

    number: int
    start_ms: int
    at: str
    phase: str
    name: str
    note: str


class _Bar(Struct, frozen=True):
    """A block of the picture: where it begins and how long it is in ms, and its colour."""

    x: int
    width: int
    colour: str


def player_html(
    plan: Plan,
    audio: str,
    nonce: str | None = None,
    home: str | None = None,
    own_pictures: Mapping[str, Picture] = MappingProxyType({}),
) -> str:
    """Return the page that plays ``plan``.

    Args:
        plan: the session.
        audio: address of its MP3, or the MP3 itself as a ``data:`` address in base64.
        nonce: what allows the page's script and style in a server's Content-Security-Policy (CSP Level 3, 2.3.1).
            Without it, the page carries a policy of its own.
        home: address of the list of sessions; None where there is none.
        own_pictures: the pictures in the MP3 by their short names, the user's own among them.
    """
    blocks, language = blocks_of(plan), nearest(plan.language)
    figures, words = PageFigures(plan, own_pictures), language.printed.player
    data = _script_data(plan, blocks, figures)
    # In an element of its own, which the script makes a blob of: 13 MB are ready in 0.6 s, and seeking takes 6 ms.
    embedded = audio.partition(";base64,")[2] if audio.startswith("data:") else None
    return filled_page(
        _TEMPLATES,
        "player.html.j2",
        nonce=nonce,
        lang=plan.language,
        direction=language.formats.direction,
        words=words,
        transcript=language.printed.transcript,
        log=language.printed.log,
        number=language.formats.number,
        step_s=STEP_S,
        title=_title(plan),
        home=home,
        audio=audio if embedded is None else None,
        embedded=embedded,
        data=data,
        figures=figures,
        figure_css=FIGURE_CSS,
        bars=_bars(plan),
        duration_ms=plan.timeline.duration_ms,
        length=clock(plan.timeline.duration_ms),
        chapters=_listed(plan),
        exercises=words.exercises.text(exercise_count(plan)),
        phases=_COLOURS,
        note=language.printed.notes.recording,
    )


def sessions_html(entries: Iterable[Entry], nonce: str | None = None, feed: str | None = None) -> str:
    """Return the page that lists ``entries``, the newest first where the caller sorted them so.

    Args:
        entries: the sessions.
        nonce: as for `player_html`.
        feed: address of the podcast feed, shown as text to copy into an app; None where there is none.
    """
    found = list(entries)
    # A list has one language; that of the session that stands first in it.
    lang = found[0].plan.language if found else "en"
    language = nearest(lang)
    words = language.printed.player
    cards = [
        {
            "lang": entry.plan.language,
            "title": _title(entry.plan),
            "minutes": words.minutes.format(minutes=whole_minutes(entry.plan.timeline.duration_ms)),
            "exercises": words.exercises.text(exercise_count(entry.plan)),
            "made": entry.made,
            "day": language.formats.month_date(entry.made),
            "link": entry.link,
            "recording": entry.recording,
            "bars": _bars(entry.plan),
            "duration_ms": entry.plan.timeline.duration_ms,
        }
        for entry in found
    ]
    return filled_page(
        _TEMPLATES,
        "sessions.html.j2",
        nonce=nonce,
        lang=lang,
        direction=language.formats.direction,
        words=words,
        cards=cards,
        feed=feed,
        note=language.printed.notes.sessions,
    )


def _title(plan: Plan) -> str:
    title = plan.title.strip() or plan.protocol or nearest(plan.language).printed.titles.untitled
    return full_title(replace(plan, title=title, profile=plan.profile or None))


def _listed(plan: Plan) -> tuple[_ListedChapter, ...]:
    notes = {note.exercise: note.text for note in plan.notes}

    def note_of(chapter: Chapter) -> str:
        # Rounds against the clock belong to no exercise; what they have was said before.
        exercises = (
            event.place.exercise
            for event in plan.timeline.events_in(chapter)
            if not event.sounds or event.role is SpeechRole.STATION
        )
        return " ".join(notes[name] for name in dict.fromkeys(exercises) if name in notes) if notes else ""

    return tuple(
        _ListedChapter(
            number=number,
            start_ms=chapter.start_ms,
            at=clock(chapter.start_ms),
            phase=chapter.phase or "",
            name=chapter.name or nearest(plan.language).printed.titles.untitled,
            # What is told before the session begins stands with its beginning.
            note=" ".join(plan.notices) if number == 0 and plan.notices else note_of(chapter),
        )
        for number, chapter in enumerate(chapters_of(plan))
    )


def _bars(plan: Plan) -> tuple[_Bar, ...]:
    """Return the blocks of the picture that have a colour."""
    return tuple(
        _Bar(x=block.start_ms, width=block.end_ms - block.start_ms, colour=_COLOURS[block.activity])
        for block in blocks_of(plan)
        if block.activity in _COLOURS
    )


def _script_data(plan: Plan, blocks: Sequence[Block], figures: PageFigures) -> str:
    """Return what the script needs of ``plan``, as JSON that can't break out of a script element."""
    data = {
        # By it the page knows its session again; a build with other lengths starts from the beginning.
        "key": f"{plan.protocol}:{plan.timeline.duration_ms}" + ("" if plan.seed is None else f":{plan.seed}"),
        # Whose log it is: a new session goes on with it, and nobody sees that of another person.
        "logKey": plan.protocol if plan.profile is None else f"{plan.protocol}:{plan.profile}",
        "protocol": plan.protocol,
        "title": _title(plan),
        "words": _script_words(nearest(plan.language).printed),
        "duration": plan.timeline.duration_ms,
        "breaks": break_ends_ms(plan.timeline),
        "sets": [_set_data(work_set) for work_set in sets_of(plan.timeline)],
        "chapters": [
            {"start": chapter.start_ms, "phase": chapter.phase, "name": chapter.name, "note": chapter.note}
            for chapter in _listed(plan)
        ],
        "blocks": [
            {
                "start": block.start_ms,
                "end": block.end_ms,
                "chapter": block.chapter,
                "phase": block.activity,
                "label": block.label,
                "where": block.where,
                "say": block.say,
                "next": block.next,
                "reps": [
                    {
                        "end": rep.end_ms,
                        "phase": rep.activity,
                        "label": rep.label,
                        "where": rep.where,
                        "parts": list(rep.parts_ms),
                        # Sides in turn have a figure each; else the block's is right all the time.
                        **(_figure_of(block.exercise, rep.side, figures) if rep.side != block.side else {}),
                    }
                    for rep in block.reps
                ],
                **_figure_of(block.exercise, block.side, figures),
            }
            for block in blocks
        ],
        # The counts and words of reps are many, and stand side by side in the transcript.
        "cues": [
            [event.start_ms, event.end_ms, event.text or "", *([1] if event.role is SpeechRole.COUNT else [])]
            for event in plan.timeline.of_kind(EventKind.SPEECH)
        ],
    }
    # json escapes all but ASCII by itself, the line separators that older scripts can't hold among it.
    return json.dumps(data, separators=(",", ":")).translate(_UNSAFE_IN_SCRIPT)


def _script_words(printed: Printed) -> dict[str, object]:
    """Return the sentences that the script shows, by the names that it has for them."""
    return {
        **{name: getattr(printed.player, name) for name in _SCRIPT_WORDS},
        "found": printed.transcript.found,
        "log": {name: getattr(printed.log, field) for name, field in _LOG_WORDS.items()},
    }


def _set_data(work_set: WorkSet) -> dict[str, object]:
    """Return where a set and its sides are, in milliseconds, as the script asks for it."""
    return {
        "from": work_set.from_ms,
        "ready": work_set.ready_ms,
        "end": work_set.end_ms,
        "sides": [
            {"ready": effort.ready_ms, "start": effort.start_ms, "sided": effort.side is not None}
            for effort in work_set.efforts
        ],
    }


def _figure_of(exercise: str | None, side: Side | None, figures: PageFigures) -> dict[str, int]:
    number = figures.number_of(exercise, side)
    return {} if number is None else {"figure": number}
