"""A plan as JSON text: for `plan --json`, `build --plan`, and the copy that is embedded in the MP3."""

from __future__ import annotations

import json
import re

import msgspec

from audioguide.model.plan import Plan
from audioguide.model.text import written_name

_ENCODER = json.JSONEncoder(ensure_ascii=False)
"""One for all lines: `json.dumps` makes one a call."""

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
        "voice": _table(plan.voice),
        "sound": _table(plan.sound),
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
    rows: dict[str, list[dict[str, object]]] = {
        "events": events,
        "chapters": [_table(chapter) for chapter in timeline.chapters],
        "dropped": [_table(cue) for cue in timeline.dropped],
        "changes": [_table(change) for change in plan.changes],
        "left_out": [_table(exercise) for exercise in plan.left_out],
        "notes": [_table(note) for note in plan.notes],
        "recordings": [_table(recording) for recording in plan.recordings],
        "figures": [_table(figure) for figure in plan.figures],
        "fingerprints": [_table(fingerprint) for fingerprint in plan.fingerprints],
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


def _table(record: object) -> dict[str, object]:
    # A text that a user's own recording speaks is a text of a type of its own.
    table: dict[str, object] = msgspec.to_builtins(record, enc_hook=str)
    return table


_STEERING = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
"""Signs that steer a terminal or an editor and that JSON lets stand as they are."""


def _compact(value: object) -> str:
    # Letters as they are: the file is UTF-8, and people read it.
    return _ENCODER.encode(value)
