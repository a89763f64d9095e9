"""Golden scripts and timelines: what every built-in protocol says and when, to be reviewed as a reader would.

Run with AUDIOGUIDE_UPDATE_GOLDEN=1 to write them anew, then read the difference:

    AUDIOGUIDE_UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/schedule/test_golden.py
    git diff tests/schedule/golden

Times count from the start of their chapter, so that a sentence more or less moves lines of its own chapter only.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail, EventKind
from audioguide.model.protocol import CoachingLine, Instruction, Protocol
from audioguide.model.timeline import Timeline
from audioguide.model.units import clock
from tests.helpers import layer, session_of, timed

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("detail", [*Detail])
@pytest.mark.parametrize("protocol", builtin_ids())
def test_a_built_in_protocol_says_what_its_golden_file_says(protocol: str, detail: Detail):
    path = GOLDEN / f"{protocol}-{detail}.txt"
    text = golden_text(load_protocol(protocol), detail)
    if os.environ.get("AUDIOGUIDE_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


ADDED = "Take a slow breath before you begin."


def test_a_sentence_more_in_the_intro_changes_a_few_lines():
    protocol = load_protocol("hip-flexor")
    changed = changed_lines(protocol, protocol.model_copy(update={"summary": (*protocol.summary, ADDED)}))
    assert {chapter for chapter, _ in changed} == {"", "Start"}
    assert len(changed) <= 12


def test_a_sentence_more_in_an_exercise_changes_lines_of_its_chapter_only():
    protocol = load_protocol("hip-flexor")
    changed = changed_lines(protocol, with_line(protocol, "half-kneeling", "setup"))
    # The start says how long it takes, in minutes.
    chapters = {chapter for chapter, _ in changed} - {"Start"}
    assert chapters == {"", f"Stretch: {protocol.exercise['half-kneeling'].name}"}
    assert len(changed) <= 55


def test_a_sentence_more_in_a_hold_changes_a_few_lines():
    protocol = load_protocol("hip-flexor")
    changed = changed_lines(protocol, with_line(protocol, "half-kneeling", "coaching"))
    # What stands behind it in the hold gives way, or is listed below the chapters.
    assert len([text for chapter, text in changed if chapter]) <= 8
    assert len(changed) <= 10


def with_line(protocol: Protocol, exercise: str, field: str) -> Protocol:
    """Return ``protocol`` with a sentence more in one exercise, behind the others."""
    usual = protocol.exercise[exercise]
    added = CoachingLine(say=ADDED) if field == "coaching" else Instruction(say=ADDED)
    longer = usual.model_copy(update={field: (*getattr(usual, field), added)})
    return protocol.model_copy(update={"exercise": protocol.exercise | {exercise: longer}})


def changed_lines(before: Protocol, after: Protocol) -> list[tuple[str, str]]:
    """Return each line of the golden text that is new or other afterwards, with the title of its chapter.

    The total above the chapters and what had no room below them are under no title.
    """
    lines = [golden_text(protocol, Detail.FULL).splitlines() for protocol in (before, after)]
    chapter, found = "", []
    for line in difflib.ndiff(*lines):
        mark, text = line[:2], line[2:]
        if mark in ("  ", "+ ") and text and not text.startswith(" "):
            chapter = "" if text.startswith("no room: ") else text.rpartition(", ")[0]
        if mark == "+ ":
            found.append((chapter, text))
    return found


def golden_text(protocol: Protocol, detail: Detail) -> str:
    """Return a session as text, with its length said in the intro as it comes out."""
    session = session_of(protocol, layer(detail=detail))
    _, timeline = timed(session, timed(session)[1].duration_ms)
    return readable(timeline)


def readable(timeline: Timeline) -> str:
    """Return the timeline as text: a line a chapter with its length, below it a line an event.

    An event has its time in seconds from the start of its chapter, side, set and rep, what is heard or done, and for a
    hold or rest its length. A rest opens the chapter that it leads to, though it begins before its first word does.
    """
    lines = [f"{clock(timeline.duration_ms)} in all"]
    for chapter in timeline.chapters:
        lines += ["", f"{chapter.title}, {(chapter.end_ms - chapter.start_ms) / 1000:.3f} s"]
        for event in timeline.events_in(chapter):
            what = event.text if event.text else f"({event.role})"
            length = f" {event.duration_ms / 1000:.3f} s" if event.kind in (EventKind.HOLD, EventKind.REST) else ""
            place = " ".join(str(part) for part in (event.place.side, event.place.set, event.place.rep) if part)
            offset_s = (event.start_ms - chapter.start_ms) / 1000
            lines.append(f"  {offset_s:8.3f}  {place:<12} {what}{length}".rstrip())
    lines += [""] + [f"no room: {drop.text} [{drop.exercise}] {drop.why}" for drop in timeline.dropped]
    return "\n".join(lines).rstrip() + "\n"
