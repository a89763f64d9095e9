"""Golden scripts and timelines: what every built-in protocol says and when, to be reviewed as a reader would.

Run with AUDIOGUIDE_UPDATE_GOLDEN=1 to write them anew, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audioguide.library.protocol_files import builtin_ids, load_protocol
from audioguide.model.kinds import Detail, EventKind
from audioguide.model.timeline import Timeline
from audioguide.model.units import clock
from tests.helpers import layer, session_of, timed

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("detail", [*Detail])
@pytest.mark.parametrize("protocol", builtin_ids())
def test_a_built_in_protocol_says_what_its_golden_file_says(protocol, detail):
    session = session_of(load_protocol(protocol), layer(detail=detail))
    _, timeline = timed(session, timed(session)[1].duration_ms)
    path = GOLDEN / f"{protocol}-{detail}.txt"
    text = readable(timeline)
    if os.environ.get("AUDIOGUIDE_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def readable(timeline: Timeline) -> str:
    """Return the timeline as text: a line an event, indented below its chapter."""
    lines = [f"{clock(timeline.duration_ms)} in all"]
    for chapter in timeline.chapters:
        lines += ["", f"{clock(chapter.start_ms)} {chapter.title}"]
        for event in timeline.events:
            if chapter.start_ms <= event.start_ms < chapter.end_ms:
                what = event.text if event.text else f"({event.role})"
                length = f" {event.duration_ms / 1000:.3f} s" if event.kind in (EventKind.HOLD, EventKind.REST) else ""
                place = " ".join(str(part) for part in (event.place.side, event.place.set, event.place.rep) if part)
                lines.append(f"  {event.start_ms / 1000:9.3f}  {place:<12} {what}{length}".rstrip())
    lines += [""] + [f"no room: {drop.text} [{drop.exercise}] {drop.why}" for drop in timeline.dropped]
    return "\n".join(lines).rstrip() + "\n"
