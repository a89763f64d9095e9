"""A plan as JSON text: for `plan --json`, `build --plan`, and the copy that is embedded in the MP3."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import msgspec

from audioguide.model.plan import Plan
from audioguide.model.text import written_name

# A text that a user's own recording speaks is a text of a type of its own.
_ENCODER = msgspec.json.Encoder(enc_hook=str)
"""One for all lines, which are a thousand in each MP3."""

FORMAT = 1
"""Version of the schema. A reader refuses what is newer."""


def to_json(plan: Plan) -> str:
    """Return ``plan`` as JSON text, one line an event, keys always in the same order; times in whole milliseconds."""
    timeline = plan.timeline
    heads: dict[str, object] = {
        "format": FORMAT,
        "protocol": plan.protocol,
        "title": plan.title,
        "language": plan.language,
        "profile": plan.profile,
        "week": plan.week,
        "seed": plan.seed,
        "voice": plan.voice,
        "sound": plan.sound,
        "duration_ms": timeline.duration_ms,
    }
    events: list[dict[str, object]] = [
        {
            "kind": event.kind,
            "role": event.role,
            "start_ms": event.start_ms,
            "end_ms": event.end_ms,
            "text": event.text,
            "exercise": event.place.exercise,
            "side": event.place.side,
            "set": event.place.set,
            "rep": event.place.rep,
        }
        for event in timeline.events
    ]
    rows: dict[str, Sequence[object]] = {
        "events": events,
        "chapters": timeline.chapters,
        "dropped": timeline.dropped,
        "changes": plan.changes,
        "left_out": plan.left_out,
        "notes": plan.notes,
        "recordings": plan.recordings,
        "figures": plan.figures,
        "fingerprints": plan.fingerprints,
    }
    # A line for each row, which json can't: two versions of a plan are then compared line by line.
    parts = [f'  "{key}": {_compact(value)}' for key, value in heads.items()]
    for key, values in rows.items():
        listed = ",\n    ".join(map(_compact, values))
        parts.append(f'  "{key}": [\n    {listed}\n  ]' if values else f'  "{key}": []')
    parts.append(f'  "notices": {_compact(plan.notices)}')
    parts.append(f'  "warnings": {_compact(plan.warnings)}')
    # A note may quote the name of a file, and that may be no UTF-8.
    text = written_name("{\n" + ",\n".join(parts) + "\n}\n")
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_STEERING = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
"""Signs that steer a terminal or an editor and that JSON lets stand as they are."""


def _compact(value: object) -> str:
    # Letters as they are: the file is UTF-8, and people read it.
    try:
        return msgspec.json.format(_ENCODER.encode(value), indent=0).decode()
    except UnicodeEncodeError:
        # The name of a file that is no UTF-8; it becomes a sign in the end.
        return json.dumps(msgspec.to_builtins(value, enc_hook=str), ensure_ascii=False)
