"""A plan as JSON text: for `plan --json`, `build --plan`, and the copy that is embedded in the MP3."""

from __future__ import annotations

import json
from dataclasses import asdict

from audioguide.model.plan import Plan
from audioguide.model.timeline import Event

FORMAT = 1
"""Version of the schema. A reader refuses what is newer."""


def to_json(plan: Plan) -> str:
    """Return ``plan`` as JSON text, one line an event, keys always in the same order; times in whole milliseconds."""
    timeline = plan.timeline
    heads: dict[str, object] = {
        "format": FORMAT,
        "protocol": plan.protocol,
        "title": plan.title,
        "profile": plan.profile,
        "voice": asdict(plan.voice),
        "sound": asdict(plan.sound),
        "duration_ms": timeline.duration_ms,
    }
    rows: dict[str, list[dict[str, object]]] = {
        "events": [_event_row(event) for event in timeline.events],
        "chapters": [asdict(chapter) for chapter in timeline.chapters],
        "dropped": [asdict(cue) for cue in timeline.dropped],
        "changes": [asdict(change) for change in plan.changes],
        "left_out": [asdict(exercise) for exercise in plan.left_out],
    }
    parts = [f'  "{key}": {_compact(value)}' for key, value in heads.items()]
    parts += [f'  "{key}": {_a_line_each(values)}' for key, values in rows.items()]
    parts.append(f'  "warnings": {_compact(plan.warnings)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _event_row(event: Event) -> dict[str, object]:
    return {
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


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _a_line_each(rows: list[dict[str, object]]) -> str:
    return "[\n    " + ",\n    ".join(_compact(row) for row in rows) + "\n  ]" if rows else "[]"
